"""A clinic's own files on its site: its colours and typefaces as a stylesheet, its logo, and the sign of its pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from markupsafe import escape

from handoutpress.content.brand.brand import Brand, Colours
from handoutpress.content.brand.logo_files import PrintedPicture, printed_picture
from handoutpress.site.changes import SiteFile, files_of
from handoutpress.site.clinics import BrandFiles
from handoutpress.site.typefaces import BASE, HEADING, Typeface, TypefaceMaker
from handoutpress.store.cache import Cache
from handoutpress.store.digests import bytes_digest, input_digest, parts_digest

STYLE = "style.css"
ICON = "favicon"
LOGO = "logo"


class BrandFileMaker:
    """Makes the own files of brands; ``sheet`` has the styles of all clinics. Pictures are prepared once, and kept."""

    def __init__(self, sheet: str, made_by: str, cache: Cache) -> None:
        self._typefaces = TypefaceMaker(cache, made_by)
        self._sheet = sheet
        self._sheet_digest = bytes_digest(sheet.encode())
        self._made_by = made_by
        self._cache = cache

    def files(self, brand: Brand, letters: str) -> tuple[BrandFiles, tuple[SiteFile, ...]]:
        """Return the names of a clinic's pictures, and its files; its pages are written in ``letters``."""
        faces = self._typefaces.faces(brand, letters)
        picture = self._picture(brand.logo.path) if brand.logo else None
        icon = _icon(brand, picture)
        pictures = {f"{ICON}{icon.suffix}": icon.data}
        logo = f"{LOGO}{picture.suffix}" if picture else ""
        if picture:
            pictures[logo] = picture.data
        return BrandFiles(logo, f"{ICON}{icon.suffix}"), (*_once(faces), self._style(brand, faces), *files_of(pictures))

    def _picture(self, path: Path) -> PrintedPicture:
        if path.suffix.lower() == ".svg":
            return printed_picture(path)
        key = parts_digest(part.encode() for part in (self._made_by, input_digest(path)))
        kept = self._cache.keep("site-pictures", key, lambda: _kept(printed_picture(path)))
        suffix, _, data = kept.partition(b"\n")
        return PrintedPicture(data, suffix.decode())

    def _style(self, brand: Brand, faces: Sequence[Typeface]) -> SiteFile:
        ground, rules = brand.logo.ground if brand.logo else "", [face.rule for face in faces]
        families = brand.base_font.name, brand.heading_font.name
        parts = self._made_by, self._sheet_digest, repr((families, brand.colours, ground, rules))
        digest = parts_digest(part.encode() for part in parts)[:16]
        return SiteFile(STYLE, digest, lambda: _style(brand, rules, self._sheet).encode())


def _kept(picture: PrintedPicture) -> bytes:
    return picture.suffix.encode() + b"\n" + picture.data


def _once(faces: Sequence[Typeface]) -> Iterable[SiteFile]:
    return {face.file.path: face.file for face in faces}.values()


def _style(brand: Brand, rules: Sequence[str], sheet: str) -> str:
    named = (("base", BASE, brand.base_font.name), ("heading", HEADING, brand.heading_font.name))
    families = " ".join(f'--{part}-font: "{ours}", "{_name(theirs)}";' for part, ours, theirs in named)
    ground = brand.logo.ground if brand.logo else ""
    mark = f".logo {{ background: {ground}; padding: .5rem }}\n" if ground else ""
    return "\n".join([*rules, f":root {{ {families} {colour_rules(brand.colours)} }}", f"{sheet}{mark}"])


def colour_rules(colours: Colours) -> str:
    """Return the variables of a stylesheet for colours by their roles."""
    return " ".join(f"--{role.replace('_', '-')}: {colour};" for role, colour in asdict(colours).items())


def _name(family: str) -> str:
    return family.replace("\\", "").replace('"', "")


def _icon(brand: Brand, picture: PrintedPicture | None) -> PrintedPicture:
    """Return what a browser shows beside the page's name: a logo as high as wide, else the name's first letter."""
    if picture and brand.logo and brand.logo.shape == "square" and picture.suffix != ".jpg":
        return picture
    colours, letter = brand.colours, escape(brand.short_name[:1].upper())
    drawn = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        f'<rect width="32" height="32" rx="6" fill="{colours.primary}"/>'
        f'<text x="16" y="23" font-family="sans-serif" font-size="20" font-weight="700" text-anchor="middle" '
        f'fill="{colours.on_primary}">{letter}</text></svg>'
    )
    return PrintedPicture(drawn.encode(), ".svg")
