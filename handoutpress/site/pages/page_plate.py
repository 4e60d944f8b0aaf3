"""A page of the site that clinics share: what it is made from, and its words with the slots that each clinic fills."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

_OPEN, _CLOSE = "\x02", "\x03"
"""Around the name of a slot: no text of a project has these signs, since nobody could see them."""
_SLOT = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")


def slot(name: str) -> Markup:
    """Return what stands in a page for what each clinic puts there under ``name``, as HTML."""
    return Markup(f"{_OPEN}{name}{_CLOSE}")  # noqa: S704  no sign of HTML


@dataclass(frozen=True)
class PageParts:
    """The words around a page's slots with room between them, and the names of the slots."""

    words: Sequence[bytes]
    names: Sequence[str]

    @cached_property
    def slots(self) -> frozenset[str]:
        """The names of its slots, each once."""
        return frozenset(self.names)

    def fill(self, values: Mapping[str, bytes]) -> bytes:
        """Return the page with ``values`` in its slots, as UTF-8. Raises ``KeyError`` for a slot without a value."""
        filled = [*self.words]
        filled[1::2] = [values[name] for name in self.names]
        return b"".join(filled)


class PagePlate:
    """A page that is rendered when its words are first asked for, and never where it need not be written.

    ``digest`` is of all that the page is made from: two plates with the same one say the same.
    """

    def __init__(self, digest: str, render: Callable[[], str]) -> None:
        self.digest = digest
        self._render = render

    @cached_property
    def html(self) -> str:
        """The page as it is rendered, its slots by their names."""
        return self._render()

    @cached_property
    def parts(self) -> PageParts:
        """The page as it is filled in."""
        parts = _SLOT.split(self.html)
        return PageParts([part.encode() for part in parts], parts[1::2])

    def fill(self, values: Mapping[str, bytes]) -> bytes:
        """Return the page with ``values`` in its slots, as UTF-8. Raises ``KeyError`` for a slot without a value."""
        return self.parts.fill(values)


@dataclass(frozen=True)
class FilledPage:
    """A page of one clinic: its plate, with the values of its slots in a language. A call gives its bytes."""

    plate: PagePlate
    language: str
    values: Mapping[str, bytes]

    def __call__(self) -> bytes:
        return self.plate.fill(self.values)
