"""The link annotations of a page: where they lie, and where they lead (ISO 32000-1, 12.5.6.5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.geometry import Box


def links_on(pdf: FinishedPdf, page: int) -> Iterator[Any]:
    """Yield the link annotations of a page."""
    for annotation in annotations_on(pdf, page):
        if annotation.get("/Subtype") == "/Link":
            yield annotation


def annotations_on(pdf: FinishedPdf, page: int) -> Iterator[Any]:
    """Yield the annotations of a page."""
    annotations = pdf.pdf.pages[page - 1].obj.get("/Annots")
    for annotation in annotations if isinstance(annotations, pikepdf.Array) else []:
        if isinstance(annotation, pikepdf.Dictionary):
            yield annotation


def link_address(link: Any) -> str:
    """Return where a link leads; empty within the file."""
    action = link.get("/A")
    return str(action.get("/URI", "")) if isinstance(action, pikepdf.Dictionary) else ""


def link_box(link: Any) -> Box | None:
    """Return where a link lies on its page; None where it does not say."""
    try:
        x0, y0, x1, y1 = (float(number) for number in link["/Rect"])
    except (KeyError, ValueError, TypeError):
        return None
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
