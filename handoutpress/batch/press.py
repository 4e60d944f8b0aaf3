"""What a run asks of the press. Anything of this shape will do: the real press, or one that only counts its calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

Kind = Literal["pdf", "html"]
"""The two things that a run writes: a PDF an edition, and one HTML file per handout, language and brand."""


class Edition(Protocol):
    """What a run must know of an edition: its names, and its handout's version."""

    @property
    def slug(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def format(self) -> str: ...
    @property
    def brand(self) -> str: ...
    @property
    def version(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Printed:
    """One finished PDF. ``addresses`` are those of its codes; ``sha256`` is of ``pdf``, in hexadecimal."""

    pdf: bytes
    pages: int
    addresses: tuple[str, ...]
    sha256: str


class OpenPlate(Protocol):
    """A typeset plate in memory, ready for one brand after the other."""

    def print(self, edition: Edition) -> Printed:
        """Brand the plate. Raises ``HandoutError`` where this edition cannot be made."""
        ...


class Press(Protocol):
    """Makes editions. Two presses made by the same maker give the same bytes."""

    def inputs(self, edition: Edition, kind: Kind = "pdf") -> Mapping[str, str]:
        """All that the output is made from: shown name to digest (hexadecimal) or version.

        For instance ``{"handouts/acupuncture.en.yaml": "9f…", "brands/river/logo.svg": "4c…", "WeasyPrint": "70.0"}``.
        """
        ...

    def plate_group(self, edition: Edition) -> str:
        """Editions of equal groups share a plate. Cheap: typesets nothing."""
        ...

    def open_plate(self, edition: Edition) -> OpenPlate:
        """Typeset the edition's plate, or take it from the cache. Raises ``HandoutError``."""
        ...

    def html(self, edition: Edition) -> bytes:
        """The accessible HTML file of the edition's handout, language and brand. Raises ``HandoutError``."""
        ...


PressMaker = Callable[[], Press]
"""Makes a press, in this process or in a worker: a module's function, or a ``partial`` of one with small values."""
