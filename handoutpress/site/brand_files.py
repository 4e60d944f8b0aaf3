"""A clinic's own files on its site: its colours and typefaces as a stylesheet, its logo, and the sign of its pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from markupsafe import escape

from handoutpress.content.brand.brand import Brand
from handoutpress.content.brand.logo_files import PrintedPicture, printed_picture
from handoutpress.site.clinics import BrandFiles

STYLE = "style.css"
ICON = "favicon"
LOGO = "logo"


def brand_files(brand: Brand, sheet: str) -> tuple[BrandFiles, Mapping[str, bytes]]:
    """Return the names of a clinic's pictures, and its files by name. ``sheet`` has the styles of all clinics."""
    picture = printed_picture(brand.logo.path) if brand.logo else None
    files = {STYLE: _style(brand, sheet).encode()}
    logo = f"{LOGO}{picture.suffix}" if picture else ""
    if picture:
        files[logo] = picture.data
    icon = _icon(brand, picture)
    files[f"{ICON}{icon.suffix}"] = icon.data
    return BrandFiles(logo, f"{ICON}{icon.suffix}"), files


def _style(brand: Brand, sheet: str) -> str:
    families = f'--base-font: "{_name(brand.base_font.name)}"; --heading-font: "{_name(brand.heading_font.name)}";'
    colours = " ".join(f"--{role.replace('_', '-')}: {colour};" for role, colour in asdict(brand.colours).items())
    ground = brand.logo.ground if brand.logo else ""
    mark = f".logo {{ background: {ground}; padding: .5rem }}\n" if ground else ""
    return f":root {{ {families} {colours} }}\n{sheet}{mark}"


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
