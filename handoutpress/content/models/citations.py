"""Citations in running text: ``[@key]`` and ``[@one; @two]``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

CITATION = re.compile(r"\[@([a-z0-9-]+(?:;\s*@[a-z0-9-]+)*)\]")
"""A citation as the press prints it; whatever else begins with ``[@`` is a slip."""

_MEANT = re.compile(r"(?<!\\)\[@[^\]]*\]?")
_KEY = re.compile(r"@([a-z0-9-]+)")


@dataclass(frozen=True)
class Citation:
    """One key that ``text`` cites, ``start`` characters into it. An unreadable citation has its words as ``key``."""

    key: str
    start: int
    readable: bool = True


def citations(text: str) -> Iterator[Citation]:
    """Yield every citation in ``text``, in its order."""
    if "[@" not in text:
        return
    for meant in _MEANT.finditer(text):
        if CITATION.fullmatch(meant[0]):
            yield from (Citation(key[1], meant.start() + key.start()) for key in _KEY.finditer(meant[0]))
        else:
            yield Citation(" ".join(meant[0][:40].split()), meant.start(), readable=False)
