"""The small clinic's handout in every shipped format: pages, sheets in four inks and in black, job sheet."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from press_room import BRAND, HANDOUT, catalog_of, change, clinic

from handoutpress.batch.press import Press
from handoutpress.content.editions import Edition
from handoutpress.content.models.formats import Format
from handoutpress.press.page.templates import Templates
from handoutpress.press.press import HandoutPress
from handoutpress.press.printed import Purpose
from handoutpress.press.printshop.job_sheet import PrintFile, job_sheet
from handoutpress.press.printshop.press import PrintShopPress
from handoutpress.store.cache import Cache

ROOT = Path(__file__).parents[2]
MM = 72 / 25.4


@dataclass(frozen=True)
class Wanted:
    """What a format's files must measure, written down here and taken from no code: mm, and counts for this handout.

    ``pages`` are the widths of the pages as they are read, ``sheet`` is the trimmed sheet, ``least`` the smallest
    type in pt, ``code`` the width of a code with its quiet zone, ``dpi`` the raster from which it must decode.
    """

    sheet: tuple[float, float]
    sides: int
    pages: tuple[float, ...]
    height: float
    least: float = 8.0
    bleed: float = 3.0
    code: float = 25.0
    dpi: int = 150
    folds: tuple[float, ...] = ()
    """Folds of the last side, from its left."""


INCH = 25.4
WANTED = {
    "a3-poster": Wanted((297, 420), 1, (297,), 420, 24.0, code=60, dpi=40),
    "a4-large-print": Wanted((210, 297), 3, (210,) * 3, 297, 16.0),
    "a4-leaflet": Wanted((210, 297), 1, (210,), 297),
    "a4-trifold": Wanted((297, 210), 2, (100, 100, 100, 97, 97, 100), 210, folds=(100, 200)),
    "a5-booklet": Wanted((296, 210), 2, (148,) * 4, 210, folds=(148,)),
    "a6-card": Wanted((210, 297), 2, (105,) * 2, 148.5),
    "half-letter-booklet": Wanted(
        (11 * INCH, 8.5 * INCH), 2, (5.5 * INCH,) * 4, 8.5 * INCH, bleed=INCH / 8, folds=(5.5 * INCH,)
    ),
    "letter-large-print": Wanted((8.5 * INCH, 11 * INCH), 3, (8.5 * INCH,) * 3, 11 * INCH, 16.0, INCH / 8),
    "letter-leaflet": Wanted((8.5 * INCH, 11 * INCH), 1, (8.5 * INCH,), 11 * INCH, bleed=INCH / 8),
    "letter-trifold": Wanted(
        (11 * INCH, 8.5 * INCH), 2, (94, 94, 93.4, 92, 92, 93.4), 8.5 * INCH, bleed=INCH / 8, folds=(94, 187.4)
    ),
    "tabloid-poster": Wanted((11 * INCH, 17 * INCH), 1, (11 * INCH,), 17 * INCH, 24.0, INCH / 8, code=60, dpi=40),
}
FORMATS = tuple(WANTED)
FOLDED = ("a4-trifold", "letter-trifold")


@dataclass(frozen=True)
class Made:
    """One edition: its plate, its pages, its sheets in inks and in black alone."""

    edition: Edition
    plate: bytes
    screen: bytes
    sheets: bytes
    mono: bytes

    @property
    def format(self) -> Format:
        return self.edition.format


LONG = "Sip your tea slowly, and rest a little before you go. It may be warm or hot, as you like it best. " * 5


GLOWING = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 60">
<linearGradient id="g"><stop offset="0" stop-color="#5b2a57"/><stop offset=".5" stop-color="#f4623a"/>\
<stop offset="1" stop-color="#888"/></linearGradient>
<linearGradient id="f"><stop offset="0" stop-color="#14304f"/><stop offset="1" stop-color="#14304f" stop-opacity="0"/>\
</linearGradient>
<rect width="240" height="30" fill="url(#g)"/><rect y="30" width="240" height="30" fill="url(#f)"/>
</svg>
"""
"""A logo in which colours flow into each other and into the paper."""


def own_profile(path: Path) -> None:
    """Write the profile of a print shop: the shipped one under another name of as many letters."""
    shipped = (ROOT / "profiles/FOGRA39L_coated.icc").read_bytes()
    path.write_bytes(shipped.replace(b"FOGRA39L Coated", SHOP.encode()))


SHOP = "Press of Vale 1"


def _project(folder: Path) -> Path:
    """The small clinic and three more: one with an SVG logo, a PNG, and a gradient; a handout fills a thick booklet."""
    root = clinic(folder)
    for name, own, logo in (("dale", "harbour-osteopathy", "logo.svg"), ("vale", "sunbird-acupuncture", "logo.png")):
        shutil.copytree(root / "brands/hill", root / f"brands/{name}")
        shutil.copy(ROOT / "brands" / own / logo, root / f"brands/{name}/{logo}")
        change(root / BRAND.replace("hill", name), lambda brand, file=logo: brand.update(logo=file))  # type: ignore[misc]
    own_profile(root / "brands/vale/shop.icc")
    of_shop = {"profile": "shop.icc", "accent": [0, 40, 100, 40]}
    change(root / BRAND.replace("hill", "vale"), lambda brand: brand["defaults"]["handout"].update(print=of_shop))
    shutil.copytree(root / "brands/hill", root / "brands/glow")
    (root / "brands/glow/logo.svg").write_text(GLOWING, "utf-8")
    change(root / BRAND.replace("hill", "glow"), lambda brand: brand.update(logo="logo.svg"))
    sections = [{"id": f"part-{n}", "heading": f"Part {n}", "text": LONG, "after": "what_it_is"} for n in range(18)]
    change(root / HANDOUT.replace("warm-tea", "honey"), lambda handout: handout.update(sections=sections))
    return root


class PrintRoom:
    """Makes what a test asks for; plates are kept for all processes of a session."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self.catalog = catalog_of(_project(folder))
        self.press = HandoutPress(self.catalog, Cache(cache))
        self._editions = {(e.format_slug, e.handout_slug, e.brand_slug): e for e in self.catalog.editions()}
        self._made: dict[tuple[str, str, str], Made] = {}

    def __call__(self, name: str, slug: str = "warm-tea", brand: str = "hill") -> Made:
        key = (name, slug, brand)
        if key not in self._made:
            edition = self._editions[key]
            purposes: tuple[Purpose, ...] = ("print", "mono")
            presses: list[Press] = [self.press, *(PrintShopPress(self.catalog, self.press, use) for use in purposes)]
            files = (each.open_plate(edition).print(edition).pdf for each in presses)
            self._made[key] = Made(edition, self.press.plate_file(edition), *files)
        return self._made[key]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> PrintRoom:
    base = tmp_path_factory.getbasetemp()
    cache = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "print-room"
    return PrintRoom(tmp_path_factory.mktemp("print-room") / "clinic", cache)


PROFILE = "FOGRA39L Coated"
PAGES_OF_SCHEME = {"trifold": 6, "booklet": 12, "cards": 2}


def shipped_job_sheet() -> Mapping[str, bytes]:
    """The job sheet of made-up files, since only their formats are looked at.

    One file a format, a second trifold in Arabic, and a booklet of a single sheet in black.
    """
    catalog = catalog_of(ROOT)
    formats = {name: file.format for name, file in catalog.formats.items()}
    files = [
        PrintFile(
            f"hill/en/{name}/tea.print.pdf",
            format_,
            "print",
            mirrored=False,
            version="1.2",
            pages=PAGES_OF_SCHEME.get(format_.imposition.scheme, min(7, format_.max_pages)),
            sha256=f"{number:064x}",
            profile=PROFILE,
        )
        for number, (name, format_) in enumerate(formats.items())
    ]
    booklet = PrintFile(
        "hill/en/a5-booklet/tea.mono.pdf", formats["a5-booklet"], "mono", False, "1.2", 4, "b" * 64, PROFILE
    )
    arabic = PrintFile(
        "hill/ar/a4-trifold/tea.print.pdf", formats["a4-trifold"], "print", True, "1.1", 6, "a" * 64, PROFILE
    )
    paths = catalog.project.files("templates", "*.j2").values()
    templates = Templates({path.name: path for path in paths})
    return job_sheet('Hill <Clinic> & "Sons"', [booklet, *files[::-1], arabic], templates)


def separations(data: bytes, folder: Path, dpi: int = 60) -> list[dict[str, Image.Image]]:
    """What Ghostscript gives each ink of each sheet: 0 is full ink, 255 none. A spot colour would be one more."""
    (folder / "sheets.pdf").write_bytes(data)
    pattern, source = str(folder / "s%d.tif"), str(folder / "sheets.pdf")
    command = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", f"-r{dpi}", f"-sOutputFile={pattern}"]
    ended = subprocess.run([*command, source], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout + ended.stderr) == (0, "")
    sheets: dict[str, dict[str, Image.Image]] = {}
    for file in sorted(folder.glob("s*(*).tif")):
        number, ink = re.fullmatch(r"s(\d+)\((\w+)\)", file.stem).groups()  # type: ignore[union-attr]
        sheets.setdefault(number, {})[ink] = Image.open(file).convert("L")
    return [sheets[number] for number in sorted(sheets)]


def heaviest(planes: dict[str, Image.Image]) -> float:
    """The most ink on any point of a sheet, percent."""
    four = Image.merge("CMYK", [ImageChops.invert(planes[ink]) for ink in ("Cyan", "Magenta", "Yellow", "Black")])
    colours = four.getcolors(four.width * four.height) or []
    return max(sum(inks) for _, inks in colours) / 2.55  # type: ignore[arg-type]
