"""What a finished PDF should be: handed to the checks by whoever made it, never read from the PDF itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class WantedCode:
    """A QR code that must be on the page: the address in it and, where known, the words printed beside it."""

    address: str
    printed: str = ""


@dataclass(frozen=True)
class Expectation:
    """What is wanted of one PDF. A field left at None or empty asks nothing.

    Lengths are mm, type sizes pt, ``max_bytes`` bytes. ``text`` holds the words in reading order, a heading,
    paragraph or cell each; ``anywhere`` those that must be printed, but where is for the format to say; ``running``
    the words of running heads and feet, which belong to no section. ``small_text`` names those parts of ``text`` and
    ``anywhere`` that may be as small as ``reference_floor``: references, addresses. ``fonts`` holds family names
    ("Source Sans 3"). ``page_multiple`` is 4 for a booklet; ``widths`` are further widths that its pages may have.
    """

    codes: tuple[WantedCode, ...] | None = None
    text: tuple[str, ...] = ()
    anywhere: tuple[str, ...] = ()
    running: tuple[str, ...] = ()
    language: str = ""
    title: str = ""
    small_text: tuple[str, ...] = ()
    fonts: tuple[str, ...] = ()
    type_floor: float | None = None
    reference_floor: float = 8.0
    paper: tuple[float, float] | None = None
    widths: tuple[float, ...] = ()
    bleed: float | None = None
    safe_area: float | None = None
    max_pages: int | None = None
    page_multiple: int = 1
    max_bytes: int | None = None
    line_length: int = 80
    for_print: bool = False
    release: bool = False
    attachments: tuple[str, ...] = ()


NOTHING_EXPECTED = Expectation()
"""For a PDF from elsewhere: the checks that need no expectation run."""
