"""What a site knows of a clinic, and what fills the slots of its pages."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from handoutpress.content.brand.brand import Brand, Colours
from handoutpress.content.models.languages import Language
from handoutpress.press.page.flow import FlowFields
from handoutpress.press.page.imprint import say_date
from handoutpress.press.page.phrases import apart, logo_alt, say
from handoutpress.press.page.screen_page import phone_links, phones_of
from handoutpress.site.standings import ClinicTexts
from handoutpress.store.digests import bytes_digest, input_digest, parts_digest

TextKey = tuple[str, str]
"""A handout's slug and language."""
SAID = "*"
"""The slot of the clinic's name where a text says it: a sign that is read from neither side."""
PICTURE_SIZE = (1200, 630)
"""Pixels of the picture of a sheet that is shown where its address is shared: what those who show it ask for."""
NOBODYS = Colours(
    primary="#2f4858",
    primary_text="#2f4858",
    on_primary="#ffffff",
    tint="#eef1f3",
    accent="#33658a",
    link="#1d4f84",
    heading="#2f4858",
)
"""The colours of what several clinics share."""


@dataclass(frozen=True)
class SitePdf:
    """A PDF that a clinic gives: its format, its file, and its size in bytes. ``day`` is the text's."""

    format: str
    name: str
    path: Path
    size: int
    sha256: str
    day: date

    @property
    def file(self) -> str:
        """Its name beside the article."""
        return f"{self.format}.pdf"


def picture_name(key: TextKey) -> str:
    """Return the name of a sheet's picture, which lies at the top of its host: no folder there has a dot."""
    return f"{'.'.join(key)}.png"


@dataclass(frozen=True, eq=False)
class GivenTexts:
    """What a clinic gives, and gave. Clinics of which all of it is the same share one, and are planned once.

    ``flows`` has what of a clinic the text of each handout depends on; its keys are what it gives. ``first`` is the
    language of its own pages. ``before`` are texts that it gave earlier, and ``withheld`` those of which no
    words of the handout may be read, since the editor finds errors in it.
    """

    first: str
    flows: Mapping[TextKey, FlowFields]
    texts: ClinicTexts
    before: tuple[TextKey, ...] = ()
    withheld: frozenset[TextKey] = frozenset()

    def languages_of(self, slug: str) -> tuple[str, ...]:
        """Return the languages in which a handout is given."""
        return tuple(language for name, language in self.flows if name == slug)

    @cached_property
    def shown(self) -> list[TextKey]:
        """What is given without what is withheld."""
        return [key for key in self.flows if key not in self.withheld]

    @cached_property
    def slugs(self) -> tuple[str, ...]:
        """The handouts that are given, in order."""
        return tuple(dict.fromkeys(slug for slug, _ in self.flows))


@dataclass(frozen=True)
class SiteClinic:
    """One clinic of a site: who it is, where its pages are, and what it gives.

    ``base`` is the address of its first page, ``folder`` where that lies below the site's folder.
    """

    brand: Brand
    base: str
    folder: str
    given: GivenTexts
    pdfs: Mapping[TextKey, tuple[SitePdf, ...]] = field(default_factory=dict)
    """Only texts of which there are PDFs."""
    shares: bool = False
    """Whether other clinics may be on its host, each in a folder of its own."""

    @property
    def capitals(self) -> str:
        """The folder, below the site's, in which its codes' pages are in capitals."""
        return self.folder.upper() if self.shares else self.folder

    @property
    def top(self) -> str:
        """The address above those of all clinics on its host that share a site."""
        return self.base.removesuffix(f"/{self.brand.slug}") if self.shares else self.base

    @property
    def path(self) -> str:
        """Where its first page is on its host, with a slash at both ends."""
        return f"{urlsplit(self.base).path}/"


@dataclass(frozen=True)
class BrandFiles:
    """The names of a clinic's own pictures on its site; ``logo`` is empty where it has none."""

    logo: str
    icon: str


class SlotValues(dict[str, bytes]):
    """What fills the slots of a clinic's pages in one language; each value is made when it is first asked for."""

    def __init__(self, clinic: SiteClinic, language: Language, files: BrandFiles, contact: Callable[[], str]) -> None:
        super().__init__()
        self._clinic = clinic
        self._language = language
        self._files = files
        self._contact = contact

    def __missing__(self, name: str) -> bytes:
        value = self[name] = self._made(name).encode()
        return value

    def _made(self, name: str) -> Markup | str:
        kind, _, rest = name.partition(":")
        if kind in self._PLAIN:
            return self._PLAIN[kind](self)
        return self._OF_PLACES[kind](self, rest)

    def _picture(self, text: str) -> Markup:
        """Return what the page of a sheet says of its picture, where there is one (ogp.me)."""
        slug, _, code = text.partition("/")
        if (slug, code) not in self._clinic.pdfs:
            return Markup("")
        lines = (("", f"{self._clinic.top}/{picture_name((slug, code))}"), (":type", "image/png"))
        width, height = PICTURE_SIZE
        tags = (*lines, (":width", width), (":height", height))
        return Markup("\n").join(Markup('<meta property="og:image{}" content="{}">').format(*tag) for tag in tags)

    def _up(self, depth: str) -> str:
        """Return how a page so deep leads to the first one, from the folder in capitals, too."""
        clinic = self._clinic
        return "../" * int(depth) + (f"../{clinic.folder}/" if clinic.shares else "")

    def _mark(self, where: str) -> Markup:
        brand = self._clinic.brand
        if brand.logo is None or not self._files.logo:
            return Markup('<span class="clinic-name">{}</span>').format(brand.name)
        root = "../" * int(where) if where.isdigit() else self._made(where)
        tag = Markup('<img class="logo" src="{}{}" alt="{}" width="{}" height="{}">')
        width, height = _shown_size(brand.logo.width, brand.logo.height)
        logo = tag.format(root, self._files.logo, logo_alt(brand, self._language), width, height)
        # A square logo is a sign without words. Whoever hears the page has the name from the words for the sign.
        name = Markup('<span class="clinic-name" aria-hidden="true">{}</span>').format(brand.short_name)
        return logo + name if brand.logo.shape == "square" else logo

    def _downloads(self, rest: str) -> Markup:
        text, _, root = rest.partition(":")
        slug, _, code = text.partition("/")
        pdfs, site = self._clinic.pdfs.get((slug, code), ()), self._language.site
        if not pdfs:
            return Markup("")
        lines = Markup("").join(
            Markup('<li><a href="{}{}">{}</a></li>').format(root, pdf.file, self._said(pdf)) for pdf in pdfs
        )
        return Markup('<section class="downloads"><h2>{}</h2><ul>{}</ul></section>').format(site.downloads, lines)

    def _said(self, pdf: SitePdf) -> Markup:
        day = say_date(self._language, pdf.day)
        size = str(max(1, round(pdf.size / 1000)))
        return say(self._language.site.download, self._language, name=pdf.name, size=size, date=day)

    # A table made once: a change of an article asks for ten thousand values.
    _PLAIN: ClassVar[Mapping[str, Callable[[SlotValues], Markup | str]]] = {
        "name": lambda values: escape(values._clinic.brand.name),
        "name_text": lambda values: values._clinic.brand.name,
        "name_json": lambda values: json.dumps(values._clinic.brand.name, ensure_ascii=False)[1:-1].replace(
            "<", "\\u003c"
        ),
        "short": lambda values: escape(values._clinic.brand.short_name),
        SAID: lambda values: apart(values._clinic.brand.usual_name, values._language),
        "base": lambda values: escape(values._clinic.base),
        "path": lambda values: escape(values._clinic.path),
        "icon": lambda values: values._files.icon,
        "contact": lambda values: values._contact(),
        "phones": lambda values: phones_of(values._clinic.brand, values._language),
        "phone_links": lambda values: phone_links(values._clinic.brand, values._language),
    }
    _OF_PLACES: ClassVar[Mapping[str, Callable[[SlotValues, str], Markup | str]]] = {
        "up": _up,
        "mark": _mark,
        "downloads": _downloads,
        "picture": _picture,
    }


_LOGO_WIDTH, _LOGO_HEIGHT = 280, 72
"""The largest mark at the top of a page, in CSS pixels."""


def _shown_size(width: float, height: float) -> tuple[int, int]:
    scale = min(_LOGO_WIDTH / width, _LOGO_HEIGHT / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


_ELSEWHERE = frozenset(
    {
        "path",
        "files",
        "logo",
        "colours",
        "base_font",
        "heading_font",
        "notes",
        "hidden",
        "print_inks",
        "print_profile",
        "remarks",
        "logo_remarks",
        "unseen_logo",
    }
)
"""Fields of a brand that fill no slot: what is in its own files or in the text itself, or is for paper alone."""


def values_digest(clinic: SiteClinic, files: BrandFiles) -> str:
    """Return a digest of all that fills the slots of a clinic's pages, but for its PDFs."""
    brand = clinic.brand
    told = [repr(getattr(brand, each.name)) for each in fields(brand) if each.name not in _ELSEWHERE]
    logo = brand.logo and (brand.logo.alt, brand.logo.width, brand.logo.height)
    pictures = [input_digest(picture.path) for picture in brand.extras.pictures]
    told.append(repr((logo, pictures, files, clinic.base, clinic.folder)))
    return parts_digest(part.encode() for part in told)


def pdfs_digest(pdfs: tuple[SitePdf, ...]) -> str:
    """Return a digest of what a page says of the PDFs of a text."""
    return bytes_digest(repr([(pdf.format, pdf.name, pdf.size, pdf.day) for pdf in pdfs]).encode())
