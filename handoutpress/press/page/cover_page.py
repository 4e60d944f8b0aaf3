"""The cover page of a handout that is meant for one patient, with a name and what was written to them.

It is typeset for this one PDF and stored nowhere: no cache, no log, no metadata, and no sentence about it repeats it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from markupsafe import Markup, escape

from handoutpress.content.brand.brand import Brand
from handoutpress.content.models.languages import Language
from handoutpress.content.text_direction import RIGHT_TO_LEFT, kind_of
from handoutpress.press.layout.typeset import PICTURE_DPI, Layout, MissingGlyphsError, Typesetter
from handoutpress.press.logo.logo_printer import LogoPrinter
from handoutpress.press.page.phrases import GROUPED_DIGITS, apart, logo_alt, say, spoken_name
from handoutpress.press.page.templates import COVER_PAGE_STYLE, COVER_PAGE_TEMPLATE, Templates
from handoutpress.press.plate.art_maker import logo_reader
from handoutpress.press.plate.tags import fix_tags
from handoutpress.yamlfile.counts import counted
from handoutpress.yamlfile.problems import HandoutError

LOGO_WIDTH = 60.0
"""The most that a logo is wide, mm."""
MAX_PAGES = 2


class CoverPageError(HandoutError):
    """A cover page that cannot be printed. The sentence never holds the patient's name or note."""


@dataclass(frozen=True)
class CoverPage:
    """What is printed for one patient, before the handout called ``title``; at least one of name and note."""

    title: str
    name: str = ""
    note: str = ""


@dataclass(frozen=True)
class CoverPageLanguage:
    """The language of a cover page, the paper it is on, and the families that may write a name in another script."""

    code: str
    language: Language
    paper: str
    families: Sequence[str]


class CoverPageMaker:
    """A maker of cover pages, with one project's templates and one typesetter."""

    def __init__(
        self, templates: Templates, file: Callable[[str], Path], engine: Typesetter, logos: LogoPrinter
    ) -> None:
        self._templates = templates
        self._file = file
        self._engine = engine
        self._logos = logos

    def make(self, cover_page: CoverPage, brand: Brand, setting: CoverPageLanguage) -> bytes:
        """Return the cover page as a tagged PDF.

        Raises ``CoverPageError`` for a note that is too long or that no font can write.
        """
        logo = self._logos.printed(brand.logo, LOGO_WIDTH) if brand.logo else None
        values = {**_values(cover_page, brand, setting), "logo": logo.address if logo else ""}
        functions = {"apart": lambda text: apart(text, setting.language)}
        html = self._templates.render(COVER_PAGE_TEMPLATE, values, functions)
        sheets, dpi = [self._file(COVER_PAGE_STYLE)], logo.dpi if logo else PICTURE_DPI
        layout = self._engine.typeset(html, sheets, logo_reader(brand, logo), dpi)
        if layout.pages > MAX_PAGES:
            raise CoverPageError(
                f"The note is longer than the {MAX_PAGES} pages that are printed of it. Hint: shorten the note."
            )
        return _tagged_pdf(layout)


def _values(cover_page: CoverPage, brand: Brand, setting: CoverPageLanguage) -> dict[str, object]:
    language = setting.language
    phrases = language.mail
    spoken = spoken_name(cover_page.name)
    name = Markup('<span dir="{}">{}</span>').format(_direction(spoken, language), spoken)
    return {
        "code": setting.code,
        "language": language,
        "paper": setting.paper,
        "families": setting.families,
        "brand": brand,
        "colours": brand.colours,
        "logo_ground": brand.logo.ground if brand.logo else "",
        "logo_alt": logo_alt(brand, language),
        "greeting": say(phrases.greeting_name, language, name=name) if cover_page.name else "",
        "said": phrases,
        "title": cover_page.title,
        "paragraphs": [
            (_direction(paragraph, language), [_unbroken_numbers(line) for line in paragraph.strip().split("\n")])
            for paragraph in re.split(r"\n\s*\n", cover_page.note.replace("\r\n", "\n"))
            if paragraph.strip()
        ],
    }


def _unbroken_numbers(line: str) -> Markup:
    return Markup(GROUPED_DIGITS.sub(r'<span dir="ltr">\g<0></span>', str(escape(line))))  # noqa: S704  escaped within


def _direction(text: str, language: Language) -> str:
    """Return in which direction ``text`` reads: as its first letter does, whatever the page's language (UAX #9, P2)."""
    for letter in text:
        kind = kind_of(letter)
        if kind == "L" or kind in RIGHT_TO_LEFT:
            return "ltr" if kind == "L" else "rtl"
    return language.direction


def _tagged_pdf(layout: Layout) -> bytes:
    try:
        typeset = layout.pdf()
    except MissingGlyphsError as error:
        characters = counted(len(error.characters), "character")
        raise CoverPageError(
            f"The name or the note has {characters} that no font here can print, such as an emoji. "
            "Hint: leave them out, or mail it without printing them."
        ) from None
    with pikepdf.open(io.BytesIO(typeset)) as pdf:
        fix_tags(pdf, {})
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()
