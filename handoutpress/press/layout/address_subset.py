"""The subset that writes addresses, cached between runs: fontTools takes a quarter of a second to load and make one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from handoutpress.press.plate.letter_font import LetterFont
from handoutpress.press.plate.plate_file import FontSubset
from handoutpress.store.cache import Cache
from handoutpress.store.digests import code_digest, input_digest, parts_digest


def cached_subset(cache: Cache, files: tuple[Path, ...]) -> FontSubset:
    """Return the printable ASCII characters of a family's upright regular. Raises ``FontError`` where it lacks any."""
    key = parts_digest(part.encode() for part in (code_digest(), *map(input_digest, files)))
    return _from_bytes(cache.keep("subsets", key, lambda: _subset_bytes(files)))


def cached_letters(cache: Cache, families: Sequence[tuple[Path, ...]], letters: str) -> LetterFont:
    """Return a font of these letters, from the first of the families that has them. Raises ``FontError``."""
    files = [path for family in families for path in family]
    key = parts_digest(part.encode() for part in (code_digest(), letters, *map(input_digest, files)))
    line, _, data = cache.keep("subsets", key, lambda: _letter_bytes(families, letters)).partition(b"\n")
    measures = json.loads(line)
    glyphs = {letter: (glyph, width) for letter, (glyph, width) in measures.pop("glyphs").items()}
    return LetterFont(data=data, glyphs=glyphs, bbox=tuple(measures.pop("bbox")), **measures)


def _letter_bytes(families: Sequence[tuple[Path, ...]], letters: str) -> bytes:
    from handoutpress.press.layout.font_files import FontError, letter_subset, regular_file  # noqa: PLC0415  as above

    fonts = (letter_subset(regular_file(files), letters) for files in families if files)
    font = next(filter(None, fonts), None)
    if font is None:
        raise FontError(f"No font has all letters of an address: {letters}. Hint: write it in plain letters.")
    measures = {name: value for name, value in vars(font).items() if name != "data"}
    return json.dumps(measures).encode() + b"\n" + font.data


def _subset_bytes(files: tuple[Path, ...]) -> bytes:
    from handoutpress.press.layout.font_files import address_subset, regular_file  # noqa: PLC0415  only where none is cached

    subset = address_subset(regular_file(files))
    measures = {name: value for name, value in vars(subset).items() if name != "data"}
    return json.dumps(measures).encode() + b"\n" + subset.data


def _from_bytes(cached: bytes) -> FontSubset:
    line, _, data = cached.partition(b"\n")
    measures = json.loads(line)
    # JSON has no tuples.
    widths, bbox = tuple(measures.pop("widths")), tuple(measures.pop("bbox"))
    return FontSubset(data=data, widths=widths, bbox=bbox, **measures)
