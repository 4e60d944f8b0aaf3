"""What the press hands over."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PrintedPdf:
    """One finished PDF. ``addresses`` are those of its codes; ``sha256`` is of ``pdf``, in hexadecimal.

    So many of its first bytes as ``plate_bytes`` says are its plate's, and the same whatever the brand.
    """

    pdf: bytes
    pages: int
    addresses: tuple[str, ...]
    sha256: str
    plate_bytes: int = 0
