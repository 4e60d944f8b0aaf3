"""What a run asks of the press. Anything of this shape will do: the real press, or one that only counts its calls."""

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
        """All that the output is made from, in parts: shown name to digest (hexadecimal) or version.

        For instance ``{"handouts/tea.en.yaml": "9f…", "WeasyPrint": "70.0"}, {"brands/river/logo.svg": "4c…"}``.
        A part that many editions share is the same object each time: a run then counts it once.
        """
        ...

    def plate_group(self, edition: Edition) -> str:
        """Editions of equal groups share a plate. Cheap: typesets nothing."""
        ...

    def has_cached_plate(self, edition: Edition) -> bool:
        """Whether ``open_plate`` would have nothing to typeset."""
        ...

    def open_plate(self, edition: Edition) -> OpenPlate:
        """Typeset the edition's plate, or take it from the cache. Raises ``HandoutError``."""
        ...

    def html(self, edition: Edition) -> bytes:
        """The accessible HTML file of the edition's handout, language and brand. Raises ``HandoutError``."""
        ...


PressMaker = Callable[[], Press]
"""Makes a press, in this process or in a worker: a module's function, or a ``partial`` of one with small values."""


class SharedPress:
    """A maker that makes a single press a process: ``here`` is the one that this process has already, if it has."""

    def __init__(self, make: PressMaker, here: Press | None = None) -> None:
        self._make, self._here = make, here

    def __call__(self) -> Press:
        if self._here is None:
            self._here = self._make()
        return self._here

    def __reduce__(self) -> tuple[type[SharedPress], tuple[PressMaker]]:
        return SharedPress, (self._make,)
