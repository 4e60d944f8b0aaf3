"""What the press hands over."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Printed:
    """One finished PDF. ``addresses`` are those of its codes; ``sha256`` is of ``pdf``, in hexadecimal."""

    pdf: bytes
    pages: int
    addresses: tuple[str, ...]
    sha256: str
