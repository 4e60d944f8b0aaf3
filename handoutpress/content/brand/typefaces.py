"""Font files: those of a project that hold a family, going by the names inside them. Nothing is ever fetched."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from handoutpress.store.files import FileStamp, stamp_of

DEFAULT_FAMILY = "Source Sans 3"
"""What a brand is set in that names no family."""

SERIF_FAMILY = "Source Serif 4"
"""What stands for a serif typeface where a brand asks for any."""
BUILT_IN_FAMILIES = (DEFAULT_FAMILY, SERIF_FAMILY, "Nunito", "IBM Plex Sans Arabic", "Amiri")
GENERIC_FAMILIES = {
    **dict.fromkeys(
        ("sans-serif", "system-ui", "ui-sans-serif", "-apple-system", "blinkmacsystemfont"), DEFAULT_FAMILY
    ),
    **dict.fromkeys(("serif", "ui-serif"), SERIF_FAMILY),
    **dict.fromkeys(("ui-rounded", "cursive", "fantasy"), "Nunito"),
    **dict.fromkeys(("monospace", "ui-monospace"), DEFAULT_FAMILY),
}
"""Which built-in family each generic name means (CSS Fonts 4, 2.1.3), and two names that browsers know as such."""

SUFFIXES = (".ttf", ".otf")
_WEB_SUFFIXES = (".woff", ".woff2")
_FAMILY_NAME = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([^,]+))\s*(?:,|$)""")
_TYPOGRAPHIC_FAMILY, _FAMILY = 16, 1
"""Name identifiers (OpenType, name table): the family as designed, and as the four styles that old systems know."""
_NAMES = (_FAMILY, 2, 4, 6, _TYPOGRAPHIC_FAMILY)
"""Identifiers of the names that the engine and a PDF tell a font by."""


def font_stack(names: str) -> tuple[str, ...]:
    """Return the families of a list as CSS writes it, such as ``"Open Sans", Arial, sans-serif``, without quotes."""
    listed = (match[1] or match[2] or match[3] for match in _FAMILY_NAME.finditer(names.rstrip("; ")))
    return tuple(" ".join(name.split()) for name in listed if name and name.strip())


@dataclass(frozen=True)
class FontFace:
    """What a font file says of itself. ``weight`` is 100 to 900; a variable font holds many faces at once."""

    family: str
    weight: int
    upright: bool
    variable: bool


def read_face(path: Path) -> FontFace:
    """Read a TrueType or OpenType file's own names.

    Raises ``ValueError`` with what is wrong, as it reads after the file's name, and after " Hint: " what to do.
    """
    if not _is_utf8(path):
        raise ValueError("has a name that is not UTF-8. Hint: rename it.")
    if path.suffix.lower() in _WEB_SUFFIXES:
        raise ValueError("is a font for web pages, which is slow to print. Hint: use its TTF or OTF file.")
    try:
        stamp = stamp_of(path)
    except OSError:
        raise ValueError("cannot be read. Hint: check its name and who may read it.") from None
    return _read_face(path, stamp)


def _is_utf8(path: Path) -> bool:
    try:
        return bool(str(path).encode())
    except UnicodeEncodeError:
        return False


@lru_cache(maxsize=1024)
def _read_face(path: Path, _stamp: FileStamp) -> FontFace:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - 80 ms, only once a family is looked for

    try:
        with path.open("rb") as file, TTFont(file, lazy=True) as font:
            names, metrics = font["name"], font["OS/2"]
            family = names.getDebugName(_TYPOGRAPHIC_FAMILY) or names.getDebugName(_FAMILY) or ""
            return FontFace(family, metrics.usWeightClass, _is_upright(metrics), "fvar" in font)
    except Exception:  # fontTools meets broken tables with errors of any kind
        raise ValueError("is not a font that can be read. Hint: use a TTF or OTF file.") from None


_NEEDED = ("head", "hhea", "maxp", "hmtx", "cmap", "name", "OS/2", "post")
"""The tables that every font for print has (OpenType, "Required tables")."""


def check_font(path: Path) -> None:
    """Look whether a font is whole: its tables lie within the file, and those that every page needs can be read.

    Raises ``ValueError`` as ``read_face``.
    """
    _check_font(path, stamp_of(path))


@lru_cache(maxsize=1024)
def _check_font(path: Path, stamp: FileStamp) -> None:
    from fontTools.ttLib import TTFont  # noqa: PLC0415  as in ``_read_face``

    try:
        with path.open("rb") as file, TTFont(file, lazy=True) as font:
            tables = font.reader.tables.values()
            whole = all(table.offset + table.length <= stamp.size for table in tables)
            outlines = [font["glyf"]] if "glyf" in font else [font["CFF "]]
            read = [*(font[tag] for tag in _NEEDED), *outlines, font.getBestCmap()]
            names = [record.toUnicode() for record in font["name"].names if record.nameID in _NAMES]
            whole = whole and all(read) and len(font["hmtx"].metrics) == font["maxp"].numGlyphs
            whole = whole and all(name.isprintable() for name in names) and 16 <= font["head"].unitsPerEm <= 16384
    except Exception:  # as in ``_read_face``
        whole = False
    if not whole:
        raise ValueError("is a damaged font. Hint: get its file again from where it came from.")


def damaged_fonts(folder: Path) -> list[Path]:
    """Return the files of a folder that are named as fonts and cannot be read as such."""
    return [path for path in _font_files(folder) if _face(path) is None]


def _is_upright(metrics: Any) -> bool:
    # Bit 0 is ITALIC (OpenType, OS/2 table).
    return not metrics.fsSelection & 0b1


@lru_cache(maxsize=1024)
def find_family(name: str, folders: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return the static files of the family ``name`` from the first of ``folders`` that holds its regular face.

    A folder is searched with everything in it. Without any, the tuple is empty. Each answer is cached while the process
    lives.
    """
    return next((files for folder in folders if (files := _family_in(name.casefold(), folder))), ())


def _family_in(folded: str, folder: Path) -> tuple[Path, ...]:
    # Built-in families lie in a folder of their name: where it has the family, no other font file is opened.
    named = folder / re.sub(r"[^a-z0-9]+", "-", folded)
    for place in (named, folder):
        static = [item for item in _faces(place) if item[1].family.casefold() == folded and not item[1].variable]
        if any(face.upright and face.weight in range(300, 600) for _, face in static):
            return tuple(path for path, _ in static)
    return ()


def _faces(folder: Path) -> list[tuple[Path, FontFace]]:
    # A broken file that no brand names is no one's mistake.
    return [(path, face) for path in _font_files(folder) if (face := _face(path)) is not None]


def _face(path: Path) -> FontFace | None:
    try:
        return read_face(path)
    except ValueError:
        return None


def _font_files(folder: Path) -> list[Path]:
    found = sorted(folder.rglob("*")) if folder.is_dir() else ()
    return [path for path in found if path.suffix.lower() in SUFFIXES and path.is_file()]
