"""A page of the site that clinics share: what it is made from, and its words with the slots that each clinic fills."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cached_property

from markupsafe import Markup

_OPEN, _CLOSE = "\x02", "\x03"
"""Around the name of a slot: no text of a project has these signs, since nobody could see them."""
_SLOT = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")


def slot(name: str) -> Markup:
    """Return what stands in a page for what each clinic puts there under ``name``, as HTML."""
    return Markup(f"{_OPEN}{name}{_CLOSE}")  # noqa: S704  no sign of HTML


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
    def _parts(self) -> tuple[list[bytes], list[str]]:
        """The words around the slots with room between them, and the names of the slots."""
        parts = _SLOT.split(self.html)
        return [part.encode() for part in parts], parts[1::2]

    def fill(self, values: Mapping[str, bytes]) -> bytes:
        """Return the page with ``values`` in its slots, as UTF-8. Raises ``KeyError`` for a slot without a value."""
        words, names = self._parts
        filled = words.copy()
        filled[1::2] = [values[name] for name in names]
        return b"".join(filled)
