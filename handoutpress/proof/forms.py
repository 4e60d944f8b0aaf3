"""Form XObjects: which of them a brand put into the slots of a plate, and what their words are painted in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from handoutpress.proof.colours import Colour
from handoutpress.proof.geometry import Matrix

MAX_DEPTH = 12
"""Forms inside forms that are followed."""
_SHOW = frozenset({"Tj", "TJ", "'", '"'})
_SET = frozenset({"g", "rg", "k", "cs", "sc", "scn"})
_WATCHED = " ".join([*_SHOW, *_SET, "q Q gs Do sh f F f* B B* b b* S s BI ID EI"])
"""The operators that colour words, or paint anything else."""
_MAY_SHOW = re.compile(rb"\bT[jJ]|\bDo\b|['\"]")
"""What a content stream with words holds: a code's, with its hundreds of rectangles, need not be read."""


def matrix_of(form: Any) -> Matrix:
    """Where a form's own space lies in the space that it is drawn in."""
    return Matrix(*(float(number) for number in form.get("/Matrix", (1, 0, 0, 1, 0, 0))))


def is_slot(form: Any) -> bool:
    """Whether a form fills the unit square, as a picture does: branding puts such a form where the slot's picture was.

    The forms that the engine makes for groups are as large as what they hold.
    """
    filled = matrix_of(form).box(*(float(number) for number in form["/BBox"]))
    return all(abs(edge - wanted) < 0.001 for edge, wanted in zip(filled, (0, 0, 1, 1), strict=True))


def slot_inks(pdf: pikepdf.Pdf) -> frozenset[Colour] | None:
    """The colours of the words in a PDF's slots.

    None where they cannot be told, or a slot with words paints more than them: that may be a ground of their own.
    """
    inks: set[Colour] = set()
    try:
        for form in _slots(pdf):
            art = _Art()
            art.read(form, (0, 0, 0))
            if None in art.inks or (art.inks and art.draws):
                return None
            inks |= art.inks  # type: ignore[arg-type]
    except (pikepdf.PdfError, KeyError, ValueError, TypeError, IndexError):
        return None
    return frozenset(inks)


def _slots(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """The forms in slots that may show words, each once."""
    seen = set()
    for page in pdf.pages:
        for drawn in page.obj.get("/Resources", pikepdf.Dictionary()).get("/XObject", pikepdf.Dictionary()).values():
            if drawn.objgen not in seen:
                seen.add(drawn.objgen)
                if drawn.get("/Subtype") == "/Form" and _MAY_SHOW.search(drawn.read_bytes()) and is_slot(drawn):
                    yield drawn


class _Art:
    """What one slot paints: the colours of its words, None for one that cannot be told, and whether more than words."""

    def __init__(self) -> None:
        self.inks: set[Colour | None] = set()
        self.draws = False

    def read(self, form: Any, fill: Colour | None, depth: int = 0) -> None:
        kept: list[Colour | None] = []
        for part in pikepdf.parse_content_stream(form, _WATCHED):
            name = str(part.operator)
            if name in _SHOW:
                self.inks.add(fill)
            elif name in _SET:
                fill = _colour(name, [float(number) for number in part.operands] if name in ("g", "rg") else [])
            elif name == "q":
                kept.append(fill)
            elif name == "Q":
                fill = kept.pop()
            elif name == "Do" and depth < MAX_DEPTH and (inner := _inner(form, part.operands[0])) is not None:
                self.read(inner, fill, depth + 1)
            elif not (name == "gs" and _is_opaque(form, part.operands[0])):
                self.draws = True


def _colour(operator: str, numbers: list[float]) -> Colour | None:
    if operator == "g":
        numbers *= 3
    return (round(255 * numbers[0]), round(255 * numbers[1]), round(255 * numbers[2])) if numbers else None


def _inner(form: Any, name: Any) -> Any:
    """The form that a form draws under ``name``; None for a picture."""
    drawn = form["/Resources"]["/XObject"][str(name)]
    return drawn if drawn.get("/Subtype") == "/Form" else None


def _is_opaque(form: Any, name: Any) -> bool:
    return float(form["/Resources"]["/ExtGState"][str(name)].get("/ca", 1)) >= 1
