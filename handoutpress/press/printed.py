"""What the press hands over: a finished PDF, what it is for, and where it lies among others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from handoutpress.content.editions import Edition

Purpose = Literal["screen", "print", "mono"]
"""Pages to read on a screen or print in the office; sheets in four inks; sheets in black alone."""


@dataclass(frozen=True, slots=True)
class PrintedPdf:
    """One finished PDF. ``addresses`` are those of its codes; ``sha256`` is of ``pdf``, in hexadecimal.

    So many of its first bytes as ``plate_bytes`` says are its plate's, and the same whatever the brand.
    ``brand_digest`` is of what the brand brought but for its codes, and the same on every plate with the same slots.
    """

    pdf: bytes
    pages: int
    addresses: tuple[str, ...]
    sha256: str
    plate_bytes: int = 0
    brand_digest: str = ""


def pdf_path(*, brand: str, language: str, format: str, handout: str, purpose: Purpose = "screen") -> str:  # noqa: A002
    """Return where an edition's PDF lies below an output folder, from its names, with ``/``.

    ``language`` is ``es+en`` where two are side by side.
    """
    ending = "pdf" if purpose == "screen" else f"{purpose}.pdf"
    return f"{brand}/{language}/{format}/{handout}.{ending}"


def edition_path(edition: Edition, purpose: Purpose = "screen") -> str:
    """Return where an edition's PDF lies below an output folder."""
    return pdf_path(
        brand=edition.brand_slug,
        language=edition.languages_slug,
        format=edition.format_slug,
        handout=edition.handout_slug,
        purpose=purpose,
    )
