"""What stands in each slot, as plain HTML of the slot's size."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import chain, product
from math import sqrt
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont
from markupsafe import Markup, escape

from handoutpress.content.brand.brand import Brand, Logo
from handoutpress.content.models.formats import Format, SlotSize
from handoutpress.content.models.languages import Language
from handoutpress.content.models.telephones import phone_parts
from handoutpress.content.models.web_addresses import mail_link
from handoutpress.press.page.flow import contact_places
from handoutpress.press.page.phrases import apart, in_order, in_parts, unbroken
from handoutpress.press.page.qrcodes import CorrectionLevel, make_code, svg_path
from handoutpress.press.page.templates import Templates
from handoutpress.press.plate.art_maker import ArtFrame, art_trials, type_sizes
from handoutpress.press.plate.art_search import ArtTrial
from handoutpress.press.plate.slots import ART, slot_boxes

LOGO_AREA = 560.0
ADDRESS_SIZES = (10.0, 9.5, 9.0, 8.5, 8.0)
ADDRESS_LEADING = 1.16
POINTS = 72 / 25.4
LOGO_TYPE = 15.0

Fits = Callable[[str, SlotSize], bool]
"""Whether the HTML of a slot fits one page of the slot's size."""


@dataclass(frozen=True)
class Addresses:
    """Where an edition's codes lead."""

    article: str
    references: str


@dataclass(frozen=True)
class Filler:
    """Fills the slots of one edition."""

    brand: Brand
    language_code: str
    language: Language
    format: Format
    addresses: Addresses
    templates: Templates
    fits: Fits

    def fill(self, name: str) -> Markup:
        """The HTML of the slot ``name``. A ``main`` element tells the tests where a slot of words begins."""
        kind, _, which = name.partition("-")
        if kind == "code":
            return self.code(which)
        if kind == "address":
            return self.address(which)
        return Markup(self.art(name))  # noqa: S704  made below

    def held(self, name: str) -> Markup:
        """The place of the slot ``name`` with nothing in it, for pages that are laid out to be measured."""
        box = self.box(name)
        return Markup(
            '<img class="slot {}" alt="" style="width:{}mm;height:{}mm" src="data:image/svg+xml,'
            "<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'></svg>\">"
        ).format(name, box.width, box.height)

    def box(self, name: str) -> SlotSize:
        """The size of the slot ``name``, mm."""
        return slot_boxes(self.format, self.brand.logo_shape, contact_places(self.brand))[name]

    def spoken(self, which: str) -> str:
        phrases = self.language.phrases
        purpose = phrases.read_article if which == "article" else phrases.see_references
        return phrases.code_alt.format(purpose=purpose, address=getattr(self.addresses, which))

    def code(self, which: str) -> Markup:
        level: CorrectionLevel = self.format.code.level
        code = make_code(getattr(self.addresses, which), level)
        n, side = code.modules, self.format.code.size
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {n} {n}" width="{n}" height="{n}">'
            f'<rect width="{n}" height="{n}" fill="#fff"/><path d="{svg_path(code)}" fill="#000"/></svg>'
        )
        data = base64.b64encode(svg.encode()).decode()
        return Markup(
            '<img class="slot code-{}" alt="{}" style="width:{}mm;height:{}mm" src="data:image/svg+xml;base64,{}">'
        ).format(which, self.spoken(which), side, side, data)

    def address(self, which: str) -> Markup:
        address, box = getattr(self.addresses, which), self.format.slots.address
        font = _measures(_regular(self.brand.base_font.files))
        sizes = self.format.slots.words.sizes if self.format.slots.words else ADDRESS_SIZES
        size, lines = _set(font, _typed(address), (box, sizes))
        side = "right" if self.language.direction == "rtl" else "left"
        drop = font.ascent - ((ADDRESS_LEADING - font.high - font.low) / 2 + font.high)
        style = (
            f"display:block;position:relative;width:{box.width}mm;height:{box.height}mm;white-space:pre;color:#000;"
            f"font:400 {size}pt/{ADDRESS_LEADING} '{self.brand.base_font.name}';font-kerning:none;letter-spacing:0;"
            f"font-variant-ligatures:none;direction:ltr;text-align:{side}"
        )
        words = f'<span style="position:relative;top:{drop * size:.4f}pt">{escape(chr(10).join(lines))}</span>'
        return Markup('<main class="slot address-{}"><a href="{}" title="{}" style="{}">{}</a></main>').format(
            which,
            address,
            self.spoken(which),
            style,
            Markup(words),  # noqa: S704  escaped above
        )

    def art(self, name: str) -> str:
        box = self.box(name)
        frame = ArtFrame({name: box}, type_sizes(self.format), {}, self.format.type.floor)
        for trial in chain(*art_trials(self.brand, name, frame)):
            if self.fits(html := self.dressed(name, trial, box), box):
                return html
        raise AssertionError(f"{name} does not fit")

    def dressed(self, name: str, trial: ArtTrial, box: SlotSize) -> str:
        """The slot's part of the template of all slots, in a box of the slot's size."""
        logo = self.brand.logo
        values = {
            "brand": self.brand,
            "code": self.language_code,
            "language": self.language,
            "phrases": self.language.phrases,
            "boxes": {name: box},
            "text_size": type_sizes(self.format)["contact"][0],
            "name_floor": self.format.type.floor,
            "tried": {**dict.fromkeys(ART, ()), name: (vars(trial),)},
            "shape": self.brand.logo_shape,
            "logo": f"logo:{logo.path.name}" if logo else "",
            "logo_box": "",
        }
        functions: dict[str, Callable[..., Any]] = {
            "typed": _typed,
            "mail_link": mail_link,
            "phone_parts": lambda phone: phone_parts(phone, self.brand.country),
            "apart": lambda text: apart(text, self.language),
            "unbroken": unbroken,
            "in_order": lambda line, words: in_order(line, words, self.language),
            "in_parts": lambda text: in_parts(text, self.language),
        }
        body = self.templates.render("art.html.j2", values, functions).partition("<body>")[2].partition("</body>")[0]
        alt = escape((logo.alt if logo else "") or self.language.phrases.logo_alt.format(name=self.brand.name))
        body = re.sub('class="([^"]*)"', _renamed, body)
        body = body.replace('<div class="', '<div class="art ', 1).replace('alt="logo"', f'alt="{alt}"')
        width, height = self.logo_size(logo, box) if logo else (0, 0)
        body = body.replace("<img ", f'<img style="width:{width}mm;height:{height}mm" ')
        family = self.brand.heading_font if name == "brandmark" else self.brand.base_font
        families = ", ".join(f"'{name}'" for name in (family.name, *self.language.fonts))
        colour = self.brand.colours.primary_text if name == "brandmark" else "#1a1a1a"
        style = (
            f"display:flow-root;width:{box.width}mm;height:{box.height}mm;font:400 {trial.size}pt/1.25 {families};"
            f"color:{colour};letter-spacing:0;white-space:normal;text-align:start"
        )
        return f'<main class="slot {name}" style="{style}">{body.strip()}</main>'

    def logo_size(self, logo: Logo, box: SlotSize) -> tuple[float, float]:
        ratio = logo.width / logo.height
        scale = max(1.0, type_sizes(self.format)["contact"][0] / LOGO_TYPE)
        width = min(scale * sqrt(LOGO_AREA * ratio), box.width, box.height * ratio)
        return width, width / ratio


def _renamed(found: re.Match[str]) -> str:
    return f'class="{" ".join(f"art-{name}" for name in found[1].split())}"'


def _typed(address: str) -> str:
    words = address.lower() if address.isupper() else address
    return re.sub("^https?://", "", words).rstrip("/")


@dataclass(frozen=True)
class _Measures:
    """A font's advance widths, in ems, and what lies above and below its baseline: by its design, and by the engine."""

    widths: dict[str, float]
    ascent: float
    descent: float
    high: float
    low: float

    def width(self, text: str) -> float:
        return sum(self.widths[letter] for letter in text)


def _regular(files: tuple[Path, ...]) -> Path:
    (found,) = [path for path in files if path.stem.endswith("-Regular")]
    return found


@cache
def _measures(path: Path) -> _Measures:
    with TTFont(path) as font:
        em, names = font["head"].unitsPerEm, font.getBestCmap()
        widths = {chr(code): font["hmtx"][names[code]][0] / em for code in range(32, 127)}
        os2, hhea = font["OS/2"], font["hhea"]
        high, low = (os2.sTypoAscender, -os2.sTypoDescender) if os2.fsSelection & 128 else (hhea.ascent, -hhea.descent)
        return _Measures(widths, os2.sTypoAscender / em, -os2.sTypoDescender / em, high / em, low / em)


def _set(font: _Measures, text: str, slot: tuple[SlotSize, tuple[float, ...]]) -> tuple[float, list[str]]:
    box, sizes = slot
    for marks, size in product(("/?=&#", "/.?=&#", r"/.\-_?=&#"), sizes):
        lines: list[str] = []
        for part in re.findall(f"[^{marks}]*[{marks}]?", text):
            if lines and font.width(lines[-1] + part) * size <= box.width * POINTS:
                lines[-1] += part
            elif part:
                lines.append(part)
        high = ((len(lines) - 1) * ADDRESS_LEADING + font.ascent + font.descent) * size <= box.height * POINTS
        if high and all(font.width(line) * size <= box.width * POINTS for line in lines):
            return size, lines
    raise AssertionError(f"{text} does not fit")
