"""A clinic's typefaces on its site: of each file the letters that its pages need, as a browser takes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from handoutpress.content.brand.brand import Brand, FontFamily
from handoutpress.content.brand.typefaces import read_face
from handoutpress.site.changes import SiteFile
from handoutpress.store.cache import Cache
from handoutpress.store.digests import bytes_digest, input_digest, parts_digest

REGULAR, BOLD = 400, 700
BASE, HEADING = "site base", "site heading"
"""What the stylesheet calls the families: a part of a font has no other name, since some licences keep theirs whole."""
LETTERS = "".join(chr(code) for block in (range(0x20, 0x7F), range(0xA0, 0x100)) for code in block) + "–—‘’‚“”„…•−≤≥×€™"
"""What every typeface has on a site, besides the letters of the clinic's own texts."""


@dataclass(frozen=True)
class Typeface:
    """One face: the family that the stylesheet calls it by, its weight there, and its file."""

    family: str
    weight: int
    file: SiteFile

    @property
    def rule(self) -> str:
        """How a stylesheet loads it; until then, and without it, the reader's own letters stand there."""
        source = f'url("{self.file.path}") format("woff2")'
        named = f'font-family: "{self.family}"; font-weight: {self.weight}'
        return f"@font-face {{ {named}; font-display: swap; src: {source} }}"


class TypefaceMaker:
    """Makes the typefaces of brands, each subset once. A font that may not be passed on is left out."""

    def __init__(self, cache: Cache, made_by: str) -> None:
        self._cache = cache
        self._made_by = made_by
        self._files: dict[tuple[Path, str], SiteFile | None] = {}
        self._faces: dict[tuple[FontFamily, FontFamily, str], tuple[Typeface, ...]] = {}

    def faces(self, brand: Brand, letters: str) -> tuple[Typeface, ...]:
        """Return the faces of a brand's pages, with ``letters`` as far as its fonts have them."""
        base, heading = brand.base_font, brand.heading_font
        if (base, heading, letters) not in self._faces:
            wanted = [(BASE, REGULAR, base), (BASE, BOLD, base), (HEADING, heading.weight or BOLD, heading)]
            self._faces[base, heading, letters] = tuple(self._found(wanted, letters))
        return self._faces[base, heading, letters]

    def _found(self, wanted: Iterable[tuple[str, int, FontFamily]], letters: str) -> Iterator[Typeface]:
        for name, weight, family in wanted:
            path = self._nearest(family, weight)
            if path and (file := self._file(path, letters)):
                yield Typeface(name, BOLD if name == HEADING else weight, file)

    def _nearest(self, family: FontFamily, weight: int) -> Path | None:
        """Return the upright file of a family whose weight is nearest. Files that did not change are not opened."""
        read = (self._made_by, str(weight), *(f"{path.name} {input_digest(path)}" for path in family.files))
        key = parts_digest(part.encode() for part in read)
        number = int(self._cache.keep("site-faces", key, lambda: str(_nearest(family, weight)).encode()))
        return family.files[number] if number >= 0 else None

    def _file(self, path: Path, letters: str) -> SiteFile | None:
        if (path, letters) not in self._files:
            key = parts_digest(part.encode() for part in (self._made_by, input_digest(path), letters))
            data = self._cache.keep("site-fonts", key, lambda: _subset(path, letters))
            name = f"type-{bytes_digest(data)[:8]}.woff2"
            self._files[path, letters] = SiteFile(name, key[:16], lambda: data) if data else None
        return self._files[path, letters]


def _subset(path: Path, letters: str) -> bytes:
    # It takes 0.2 s to load, and a site that has its typefaces does without.
    from handoutpress.press.layout.font_files import web_subset  # noqa: PLC0415

    return web_subset(path, letters)


def _nearest(family: FontFamily, weight: int) -> int:
    """Return which file of a family is its upright one whose weight is nearest; -1 for none."""
    faces = [(number, path, read_face(path)) for number, path in enumerate(family.files)]
    upright = [(abs(face.weight - weight), path.name, number) for number, path, face in faces if face.upright]
    return min(upright)[2] if upright else -1
