"""Finding out how the logos of one project print, and giving pages the files for them.

The engine draws most SVG right, but not all: masks, filters, blending and much else is lost without a word. So each
SVG is drawn by a second renderer as well, once a logo. Where the two differ, the second one's picture is printed.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from handoutpress.content.brand.brand import Logo
from handoutpress.content.brand.logo_files import printed_picture
from handoutpress.content.brand.svg import is_svg, read_svg
from handoutpress.content.brand.svg_picture import svg_picture
from handoutpress.press.logo.logo_print import HAIRLINE, SVG_BYTES, SVG_DPI, LogoPrint, PrintedLogo
from handoutpress.store.cache import Cache
from handoutpress.store.digests import code_digest, input_digest, library_versions, parts_digest

if TYPE_CHECKING:
    from handoutpress.press.layout.typeset import Typesetter

_INCH = 25.4
"""Millimetres."""


class LogoPrinter:
    """Prepares logos for pages. What was found out of a logo is cached by its content."""

    def __init__(self, cache: Cache, engine: Callable[[], Typesetter]) -> None:
        """``engine`` is asked for the typesetter of this process only where an SVG is met for the first time."""
        self._cache = cache
        self._engine = engine
        self._prints: dict[str, LogoPrint] = {}

    def print_of(self, logo: Logo) -> LogoPrint:
        """Return how a logo prints. Raises ``EngineMissingError`` where an SVG is new and there is no engine."""
        digest = input_digest(logo.path)
        if digest not in self._prints:
            self._prints[digest] = self._find_out(logo.path, digest)
        return self._prints[digest]

    def _find_out(self, path: Path, digest: str) -> LogoPrint:
        raw = path.read_bytes()
        if not is_svg(raw):
            return LogoPrint("pixels")
        key = parts_digest(part.encode() for part in (digest, code_digest(), *library_versions().values()))
        return LogoPrint(**json.loads(self._cache.keep("logos", key, lambda: self._judge(raw))))

    def _judge(self, raw: bytes) -> bytes:
        # Two drawings take libraries that no other page needs.
        from handoutpress.press.logo.judging import judge  # noqa: PLC0415

        return json.dumps(asdict(judge(read_svg(raw), self._engine()))).encode()

    def printed(self, logo: Logo, width: float) -> PrintedLogo:
        """Return the file for a logo that is printed ``width`` mm wide. Raises ``EngineMissingError``."""
        found = self.print_of(logo)
        way = "picture" if found.finest * width < HAIRLINE else found.way
        if way == "pixels":
            picture = printed_picture(logo.path)
            return PrintedLogo(f"logo:logo{picture.suffix}", picture.data)
        svg = read_svg(logo.path.read_bytes()).data
        if way == "lines":
            return PrintedLogo("logo:logo.svg", svg)
        for dpi in SVG_DPI:
            picture_data = svg_picture(svg, round(width / _INCH * dpi))
            if len(picture_data) <= SVG_BYTES:
                break
        # A limit at the very size would have a picture of a broken number of pixels drawn anew, and softer.
        return PrintedLogo("logo:logo.png", picture_data, 2 * SVG_DPI[0])

    def drawing(self, logo: Logo, size: tuple[float, float]) -> bytes:
        """Return a logo on its ground as it prints, ``size`` mm, as a PNG. Raises ``HandoutError``."""
        from handoutpress.press.logo.engine_drawing import printed_drawing  # noqa: PLC0415  as in ``_judge``

        return printed_drawing(self._engine(), logo, self.printed(logo, size[0]), size)
