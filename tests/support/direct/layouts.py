"""Layouts that were made a moment ago: a page that is only measured need not be laid out again.

To find how an edition is set, the direct way lays the same pages out with their slots empty that the plate was chosen
from, and half of its time went into that. The key of a layout is its whole HTML and its stylesheets, less what cannot
move a line: colours, and what a slot's picture says and shows in a box of a stated size. What differs in anything else
is laid out anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from handoutpress.press.layout.spreading import SpareRoom
from handoutpress.press.layout.typeset import PICTURE_DPI, Fetch, Layout, Typesetter

Key = tuple[str, ...]

_PICTURE = re.compile(r'(<img class="slot [a-z-]+") alt="[^"]*" (style="width:[\d.]+mm;height:[\d.]+mm") src="[^"]*">')
_COLOUR = re.compile(r'(--[a-z-]+: |fill="|stroke=")#[0-9a-f]{6}(?=[;"])')
_ESCAPE = re.compile(r"\\([0-9a-f]{1,6}) ")


def key_of(html: str, sheets: Sequence[Path]) -> Key:
    """Equal only for pages of which every line stands at the same place; CSS escapes are read."""
    html = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), _COLOUR.sub(r"\1", _PICTURE.sub(r"\1 \2>", html)))
    return html, *map(str, sheets)


class Layouts:
    """The layouts that the typesetters of this process make while this listens."""

    def __init__(self) -> None:
        self._kept: dict[Key, Layout] = {}

    def like(self, html: str, sheets: Sequence[Path]) -> Layout | None:
        """A layout of which every line stands where it would in one of ``html``; its colours may be others."""
        return self._kept.get(key_of(html, sheets))

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Keep what is laid out meanwhile, and no longer: a layout of many pages takes 50 MB."""
        typeset = Typesetter.typeset

        def heard(
            typesetter: Typesetter,
            html: str,
            sheets: Sequence[Path],
            fetch: Fetch,
            dpi: int = PICTURE_DPI,
            spare: SpareRoom | None = None,
        ) -> Layout:
            layout = self._kept[key_of(html, sheets)] = typeset(typesetter, html, sheets, fetch, dpi, spare)
            return layout

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Typesetter, "typeset", heard)
            try:
                yield
            finally:
                self._kept.clear()
