"""A brand: who gives the handout. The resolved values that the press works with."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Literal

from handoutpress.content.brand.extras.values import Extras

LogoShape = Literal["banner", "wide", "square", "tall", "none", "long_name"]
"""What stands for a clinic at a page's head: a logo of one of four shapes, or its name, which may be long."""
BANNER, WIDE, TALL = 8.0, 1.6, 0.75
"""Width by height from which a logo is a banner or wide, and under which it is tall; square is what lies between."""
LONG_NAME = 56
"""Letters of a name that takes the page's width where there is no logo."""

DEFAULT_LOOK = "classic"

LOGO_AREA = 560.0
"""Logos get equal optical area: this many mm², whatever their shape, unless their slot is smaller."""


@dataclass(frozen=True)
class Logo:
    """A logo file inside the project. ``width`` and ``height`` are in its own units: only their ratio counts.

    A logo that cannot be seen on paper lies on ``ground``, ``#rrggbb``, which reaches beyond it by ``padding`` on each
    side; width and height count it. Those of one made of ``pixels`` are their numbers.
    """

    path: Path
    alt: str
    width: float
    height: float
    ground: str = ""
    padding: float = 0.0
    pixels: bool = False

    @property
    def shape(self) -> LogoShape:
        ratio = self.width / self.height
        if ratio >= WIDE:
            return "banner" if ratio >= BANNER else "wide"
        return "tall" if ratio < TALL else "square"


@dataclass(frozen=True)
class Contact:
    """One place of a clinic."""

    name: str = ""
    address: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    hours: str = ""


@dataclass(frozen=True)
class Colours:
    """What the colour roles of a page become, as ``#rrggbb``.

    ``primary_text`` is ``primary``, darkened where it is too pale to read on white (4.5:1, WCAG 2.2 1.4.3).
    ``on_primary`` is black or white, whichever stands out more on ``primary``. ``tint`` is a very light ground.
    """

    primary: str
    primary_text: str
    on_primary: str
    tint: str
    accent: str
    link: str
    heading: str = ""
    """For headings; where the brand names no colour for them, ``primary_text``, or near black beside a pale primary."""


ROLES: tuple[str, ...] = tuple(role.name for role in fields(Colours))
"""The colour roles, by name."""


@dataclass(frozen=True)
class FontFamily:
    """A family with the font files that the page may use, all inside the project (static TTF or OTF)."""

    name: str
    files: tuple[Path, ...] = ()
    weight: int | None = None
    """What the brand asks for, 100 to 900; None leaves it to the page."""
    line_height: float | None = None
    """What the brand asks for, as a multiple of the type size; None leaves it to the page."""


@dataclass(frozen=True)
class BrandRow:
    """Where a brand that stays a row stands in its sheet, and the digest of what the row says as a brand file."""

    line: int
    digest: str


@dataclass(frozen=True)
class Brand:
    """A brand, resolved: light colours, palette names, inheritance, defaults.

    ``path`` is its ``brands/<slug>/_brand.yml``, or the sheet of which it is a ``row``.
    """

    slug: str
    path: Path
    name: str
    short_name: str
    link: str
    country: str
    contacts: tuple[Contact, ...]
    logo: Logo | None
    colours: Colours
    base_font: FontFamily
    heading_font: FontFamily
    article_url: str = ""
    site: str = ""
    """Where its pages are that codes lead to, perhaps with {brand}: its own site, else the project's."""
    look: str = DEFAULT_LOOK
    """How its pages are composed: the name of a folder of looks."""
    writing_lines: tuple[Literal["practitioner", "next_appointment"], ...] = ()
    notes: dict[str, str] = field(default_factory=dict)
    hidden: dict[str, tuple[str, ...]] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    """The languages that this brand wants; none named means all."""
    print_inks: dict[str, tuple[float, float, float, float]] = field(default_factory=dict)
    """What the brand names for a print shop: cyan, magenta, yellow and black, each 0 to 1, by colour role."""
    print_profile: Path | None = None
    """The print shop's own profile; None means the shipped one."""
    formats: tuple[str, ...] = ()
    """The formats that this brand wants; none named means all."""
    needs_approval: bool = False
    """Whether someone of the brand's must approve its PDFs before they are released."""
    extras: Extras = field(default_factory=Extras)
    """What it prints beside its contact: people, marks, lines, links, a photo."""
    files: tuple[Path, ...] = ()
    """Every file that this was read from: its own and its parents' ``_brand.yml``, and the pictures looked at."""
    remarks: tuple[str, ...] = ()
    """What the reader darkened, dropped or could not use, in sentences, for ``handouts doctor``."""
    logo_remarks: tuple[str, ...] = ()
    """How the logo prints otherwise than its file looks, in sentences; a build tells them, too."""
    unseen_logo: Path | None = None
    """The logo's file where it would not be seen, so that the clinic's name is printed."""
    row: BrandRow | None = None
    """None for a brand with a file of its own."""

    @property
    def place(self) -> tuple[int, int]:
        """The line and column of its row in its file; nought and nought for a file of its own."""
        return (self.row.line, 1) if self.row else (0, 0)

    @property
    def settings_path(self) -> Path:
        """The brand file that may list its languages and formats, which no row does: its own, or that it extends."""
        return self.files[1] if self.row and len(self.files) > 1 and self.files[1].suffix == ".yml" else self.path

    def named(self, path: str) -> str:
        """Return ``path``, its file as messages name it, with its slug behind it where the file has many brands."""
        return f"{path} ({self.slug})" if self.row else path

    @property
    def logo_shape(self) -> LogoShape:
        if self.logo:
            return self.logo.shape
        return "long_name" if len(self.usual_name) > LONG_NAME else "none"

    @property
    def usual_name(self) -> str:
        """The clinic's name as people say it: the short one of two."""
        return self.short_name or self.name
