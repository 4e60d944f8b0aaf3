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
BUILT_IN_FAMILIES = (DEFAULT_FAMILY, SERIF_FAMILY, "Nunito", "Amiri")
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
    if path.suffix.lower() in _WEB_SUFFIXES:
        raise ValueError("is a font for web pages, which is slow to print. Hint: use its TTF or OTF file.")
    try:
        stamp = stamp_of(path)
    except OSError:
        raise ValueError("cannot be read. Hint: check its name and who may read it.") from None
    return _read_face(path, stamp)


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
    faces = []
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.suffix.lower() in SUFFIXES and path.is_file():
            try:
                faces.append((path, read_face(path)))
            except ValueError:
                continue  # a broken file that no brand names is no one's mistake
    return faces
