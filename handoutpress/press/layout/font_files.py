"""Font files: which is the upright regular of a family, and the small subset that writes addresses."""

from __future__ import annotations

import hashlib
import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from handoutpress.press.plate.letter_font import LetterFont
from handoutpress.press.plate.plate_file import FontSubset
from handoutpress.yamlfile.problems import HandoutError

ADDRESS_CHARACTERS = range(32, 127)
LAYOUT_TABLES = {"GSUB", "GPOS", "GDEF", "BASE"}
"""Addresses are set one letter after another; reading these tables only to drop them would take a second."""


class FontError(HandoutError):
    """A font that cannot do what a page needs."""


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Turn what fontTools raises at a damaged font, of whatever kind, into ``FontError``."""
    try:
        yield
    except FontError:
        raise
    except Exception as error:
        raise FontError(f"The font {path.name} is damaged. Hint: get its file again.") from error


@cache
def regular_file(files: tuple[Path, ...]) -> Path:
    """Return the upright file whose weight is nearest to 400; raises ``FontError`` if there is none."""
    upright = []
    for path in files:
        with _reading(path), TTFont(path, lazy=True) as font:
            if not font["OS/2"].fsSelection & 1:
                upright.append((abs(font["OS/2"].usWeightClass - 400), path.name, path))
    if not upright:
        raise FontError("The brand's font has no upright file. Hint: add the regular style as a TTF file.")
    return min(upright)[2]


@cache
def address_subset(path: Path) -> FontSubset:
    """Return the printable ASCII characters of a font; raises ``FontError`` if one is missing."""
    with _reading(path):
        return _subset(path)


def _subset(path: Path) -> FontSubset:
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    font = TTFont(path, recalcTimestamp=False)
    for tag in LAYOUT_TABLES & set(font.keys()):
        del font[tag]
    cmap = font.getBestCmap()
    missing = "".join(chr(code) for code in ADDRESS_CHARACTERS if code not in cmap)
    if missing:
        raise FontError(f"The font {path.name} lacks characters that addresses need: {missing}")
    unit = 1000 / font["head"].unitsPerEm
    widths = tuple(round(font["hmtx"][cmap[code]][0] * unit) for code in ADDRESS_CHARACTERS)
    options = Options(layout_features=[], hinting=False, notdef_outline=True, name_IDs=[6], drop_tables=["DSIG"])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=ADDRESS_CHARACTERS)
    subsetter.subset(font)
    out = io.BytesIO()
    font.save(out, reorderTables=False)
    return _described(font, out.getvalue(), widths, unit)


def letter_subset(path: Path, letters: str) -> LetterFont | None:
    """Return the subset of a font that has these letters; None where it lacks any."""
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    font = TTFont(path, recalcTimestamp=False)
    for tag in LAYOUT_TABLES & set(font.keys()):
        del font[tag]
    if not {*map(ord, letters)} <= font.getBestCmap().keys():
        return None
    subsetter = Subsetter(Options(layout_features=[], hinting=False, notdef_outline=True, drop_tables=["DSIG"]))
    subsetter.populate(unicodes=sorted(map(ord, letters)))
    subsetter.subset(font)
    out = io.BytesIO()
    font.save(out, reorderTables=False)
    unit = 1000 / font["head"].unitsPerEm
    names = {letter: font.getBestCmap()[ord(letter)] for letter in sorted(letters)}
    glyphs = {letter: (font.getGlyphID(name), round(font["hmtx"][name][0] * unit)) for letter, name in names.items()}
    described = vars(_described(font, out.getvalue(), (), unit))
    del described["widths"]
    return LetterFont(glyphs=glyphs, **described)


_INSTALLABLE = 0
"""What a font says that anyone may be given (OpenType, OS/2, fsType, bits 0 to 3)."""
_NO_SUBSETS = 0x0100
_COPYRIGHT, _LICENCE, _LICENCE_ADDRESS = 0, 13, 14


def web_subset(path: Path, letters: str) -> bytes:
    """Return those ``letters`` of a font that it has, with kerning and ligatures, as WOFF2.

    Empty where the font says that it may not be passed on, or in parts. Its names are left out but for whose it is.
    """
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    with _reading(path):
        font = TTFont(path, recalcTimestamp=False)
        rights = font["OS/2"].fsType
        if rights & 0x000F != _INSTALLABLE or rights & _NO_SUBSETS:
            return b""
        options = Options(hinting=False, name_IDs=[_COPYRIGHT, _LICENCE, _LICENCE_ADDRESS], drop_tables=["DSIG"])
        options.layout_features = ["kern", "liga", "locl", "mark", "mkmk", "ccmp"]
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=sorted(set(map(ord, letters))))
        subsetter.subset(font)
        font.flavor = "woff2"
        out = io.BytesIO()
        font.save(out)
        return out.getvalue()


def _described(font: TTFont, data: bytes, widths: tuple[int, ...], unit: float) -> FontSubset:
    head, os2 = font["head"], font["OS/2"]
    # Six letters before the name say that this is a subset (ISO 32000-1, 9.6.4); drawn from its bytes, they repeat.
    tag = "".join(chr(65 + byte % 26) for byte in hashlib.sha256(data).digest()[:6])
    return FontSubset(
        data=data,
        name=f"{tag}+{font['name'].getDebugName(6)}",
        widths=widths,
        ascent=round(os2.sTypoAscender * unit),
        descent=round(os2.sTypoDescender * unit),
        cap_height=round(getattr(os2, "sCapHeight", 700) * unit),
        bbox=(round(head.xMin * unit), round(head.yMin * unit), round(head.xMax * unit), round(head.yMax * unit)),
    )
