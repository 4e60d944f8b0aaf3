"""A page of the site as it is rendered once: words, and the slots that each clinic fills in."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from handoutpress.store.digests import bytes_digest

_OPEN, _CLOSE = "\x02", "\x03"
"""Around the name of a slot: no text of a project has these signs, since nobody could see them."""
_SLOT = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")


def slot(name: str) -> Markup:
    """Return what stands in a page for what each clinic puts there under ``name``, as HTML."""
    return Markup(f"{_OPEN}{name}{_CLOSE}")  # noqa: S704  no sign of HTML


@dataclass(frozen=True)
class PagePlate:
    """A rendered page. Of its ``parts`` every second one is the name of a slot."""

    parts: tuple[str, ...]

    @classmethod
    def of(cls, html: str) -> PagePlate:
        """Return a rendered page, taken apart at its slots."""
        return cls(tuple(_SLOT.split(html)))

    @classmethod
    def from_bytes(cls, data: bytes) -> PagePlate:
        """Return what ``to_bytes`` gave."""
        return cls(tuple(json.loads(data)))

    def to_bytes(self) -> bytes:
        """Return the page as bytes to keep."""
        return json.dumps(self.parts, ensure_ascii=False).encode()

    @cached_property
    def digest(self) -> str:
        """A digest of all that the page says, its slots by their names."""
        return bytes_digest(self.to_bytes())

    def fill(self, values: Mapping[str, str]) -> bytes:
        """Return the page with ``values`` in its slots, as UTF-8. Raises ``KeyError`` for a slot without a value."""
        parts = list(self.parts)
        parts[1::2] = [values[name] for name in parts[1::2]]
        return "".join(parts).encode()
