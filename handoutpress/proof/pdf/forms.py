"""Form XObjects: which of them a brand put into the slots of a plate, and what their words are painted in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pikepdf

from handoutpress.proof.pdf.colours import Colour
from handoutpress.proof.pdf.geometry import Matrix

MAX_DEPTH = 12
"""Forms inside forms that are followed."""
_SHOW = frozenset({"Tj", "TJ", "'", '"'})
_SET = frozenset({"g", "rg", "k", "cs", "sc", "scn", "Tf"})
_WATCHED = " ".join([*_SHOW, *_SET, "q Q gs Do sh f F f* B B* b b* S s BI ID EI"])
"""The operators that set and show words, or paint anything else."""
_MAY_SHOW = (b"Tj", b"TJ", b"Do", b"'", b'"')
"""What a content stream with words holds: a code's, with its hundreds of rectangles, need not be read."""


def matrix_of(form: Any) -> Matrix:
    """Return where a form's own space lies in the space that it is drawn in."""
    return Matrix(*(float(number) for number in form.get("/Matrix", (1, 0, 0, 1, 0, 0))))


def is_slot(form: Any) -> bool:
    """Return whether a form fills the unit square, as a picture does.

    Branding puts such a form where the slot's picture was. The forms that the engine makes for groups are as large as
    what they hold.
    """
    box = matrix_of(form).box(*(float(number) for number in form["/BBox"]))
    return all(abs(edge - of_unit) < 0.001 for edge, of_unit in zip(box, (0, 0, 1, 1), strict=True))


def slot_inks(pdf: pikepdf.Pdf) -> frozenset[Colour] | None:
    """Return the colours of the words in a PDF's slots.

    None where they cannot be read, where a letter has no glyph, or where a slot with words paints more than them: that
    may be a ground of their own.
    """
    inks: set[Colour] = set()
    try:
        for form in _slots(pdf):
            content = _SlotContent()
            content.read(form, _TextState(fill=(0, 0, 0), font=None))
            if None in content.inks or (content.inks and content.draws) or content.shows_a_box:
                return None
            inks |= content.inks  # type: ignore[arg-type]
    except (pikepdf.PdfError, KeyError, ValueError, TypeError, IndexError):
        return None
    return frozenset(inks)


def _slots(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Yield the forms in slots that may show words, each once."""
    keys = set()
    for page in pdf.pages:
        for drawn in page.obj.get("/Resources", pikepdf.Dictionary()).get("/XObject", pikepdf.Dictionary()).values():
            if drawn.objgen not in keys:
                keys.add(drawn.objgen)
                if drawn.get("/Subtype") == "/Form" and _may_show(drawn.read_bytes()) and is_slot(drawn):
                    yield drawn


def _may_show(content: bytes) -> bool:
    return any(operator in content for operator in _MAY_SHOW)


class _TextState(NamedTuple):
    """What words are painted with now: their colour, None for one that cannot be read, and their font."""

    fill: Colour | None
    font: Any


class _SlotContent:
    """What one slot paints: the colours of its words, None for one that cannot be read, and whether more than words.

    ``shows_a_box`` says whether one of its letters may have no glyph.
    """

    def __init__(self) -> None:
        self.inks: set[Colour | None] = set()
        self.draws = False
        self.shows_a_box = False

    def read(self, form: Any, state: _TextState, depth: int = 0) -> None:
        saved: list[_TextState] = []
        for instruction in pikepdf.parse_content_stream(form, _WATCHED):
            name = str(instruction.operator)
            if name in _SHOW:
                self.inks.add(state.fill)
                self.shows_a_box |= _may_show_a_box(state.font, instruction.operands[-1])
            elif name in _SET:
                state = _after(state, name, instruction.operands, form)
            elif name == "q":
                saved.append(state)
            elif name == "Q":
                state = saved.pop()
            elif name == "Do" and depth < MAX_DEPTH and (inner := _inner(form, instruction.operands[0])) is not None:
                self.read(inner, state, depth + 1)
            elif not (name == "gs" and _is_opaque(form, instruction.operands[0])):
                self.draws = True


def _after(state: _TextState, operator: str, operands: Any, form: Any) -> _TextState:
    if operator == "Tf":
        return state._replace(font=form["/Resources"]["/Font"][str(operands[0])])
    numbers = [float(number) for number in operands] if operator in ("g", "rg") else []
    return state._replace(fill=_colour(operator, numbers))


def _colour(operator: str, numbers: list[float]) -> Colour | None:
    if operator == "g":
        numbers *= 3
    return (round(255 * numbers[0]), round(255 * numbers[1]), round(255 * numbers[2])) if numbers else None


def _inner(form: Any, name: Any) -> Any:
    """Return the form that a form draws under ``name``; None for a picture."""
    drawn = form["/Resources"]["/XObject"][str(name)]
    return drawn if drawn.get("/Subtype") == "/Form" else None


def _is_opaque(form: Any, name: Any) -> bool:
    return float(form["/Resources"]["/ExtGState"][str(name)].get("/ca", 1)) >= 1


def _may_show_a_box(font: Any, operand: Any) -> bool:
    """Return whether a letter has no glyph, or may have none. Codes of the engine's fonts are glyphs; 0 is .notdef."""
    if font is None or font.get("/Subtype") != "/Type0":
        return False
    parts = [operand] if isinstance(operand, pikepdf.String) else operand
    codes = b"".join([bytes(part) for part in parts if isinstance(part, pikepdf.String)])
    codes_are_glyphs = font["/Encoding"] == "/Identity-H" and font["/DescendantFonts"][0]["/CIDToGIDMap"] == "/Identity"
    return not codes_are_glyphs or len(codes) % 2 == 1 or 0 in memoryview(codes).cast("H")
