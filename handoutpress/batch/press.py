"""What a run needs of a press. Anything of this shape will do: the real press, or one that only counts its calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, Protocol

from handoutpress.content.editions import Edition
from handoutpress.press.printed import PrintedPdf

OutputKind = Literal["pdf", "html"]
"""The two things that a run writes: a PDF an edition, and one HTML file per handout, language and brand."""


class OpenPlate(Protocol):
    """A typeset plate in memory, ready for one brand after the other."""

    def print(self, edition: Edition) -> PrintedPdf:
        """Brand the plate. Raises ``HandoutError`` where this edition cannot be made."""
        ...


class Press(Protocol):
    """Makes editions. Two presses made by the same maker give the same bytes."""

    def inputs(self, edition: Edition, kind: OutputKind = "pdf") -> Sequence[Mapping[str, str]]:
        """Return all that the output is made from, in parts: name to digest (hexadecimal) or version.

        For instance ``{"handouts/tea.en.yaml": "9f…", "WeasyPrint": "70.0"}, {"brands/moorland/logo.svg": "4c…"}``.
        A part that many editions share is the same object each time: a run then counts it once.
        """
        ...

    def plate_group(self, edition: Edition) -> str:
        """Return the name of the edition's plate: editions of equal groups share one. Cheap: typesets nothing."""
        ...

    def has_cached_plate(self, edition: Edition) -> bool:
        """Return whether ``open_plate`` would have nothing to typeset."""
        ...

    def open_plate(self, edition: Edition) -> OpenPlate:
        """Typeset the edition's plate, or take it from the cache. Raises ``HandoutError``."""
        ...

    def html(self, edition: Edition) -> bytes:
        """Return the accessible HTML file of the edition's handout, language and brand. Raises ``HandoutError``."""
        ...


PressMaker = Callable[[], Press]
"""Makes a press, in this process or in a worker: a module's function, or a ``partial`` of one with small values."""


class SharedPressMaker:
    """Makes a single press a process: ``press`` is the one that this process has already, if it has."""

    def __init__(self, make: PressMaker, press: Press | None = None) -> None:
        self._make, self._press = make, press

    def __call__(self) -> Press:
        if self._press is None:
            self._press = self._make()
        return self._press

    def __reduce__(self) -> tuple[type[SharedPressMaker], tuple[PressMaker]]:
        # A worker gets the maker without the press, and makes its own.
        return SharedPressMaker, (self._make,)
