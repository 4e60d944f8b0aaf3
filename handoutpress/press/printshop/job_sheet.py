"""The job sheet for a print shop: how each kind of sheet is printed, cut and folded, and the files to be printed so.

It is written as HTML, to be printed and to travel with the sheets, and as text, for a mail or an order form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from handoutpress.content.models.formats import Format
from handoutpress.press.page.templates import Templates
from handoutpress.press.printshop.sheets import MARGIN, SheetSide, sides
from handoutpress.yamlfile.counts import counted

TEMPLATE = "job-sheet.html.j2"
BLANK = "____________"
"""What the clinic and the print shop fill in by hand."""
ORDER = ("Ordered by", "Date", "Deliver to", "Deliver by")
EIGHTH = 25.4 / 8
"""Lengths that are whole eighths of an inch are told in inches as well, mm."""
TURNED_SHORT = ("trifold", "booklet")


@dataclass(frozen=True)
class PrintFile:
    """One file of sheets. ``pages`` are those that are read; ``mirrored`` where the language reads from the right.

    ``profile`` is the name of the colour profile that its inks were made for; ``quantity`` is how many copies are
    ordered, which is filled in by hand where it is 0.
    """

    path: str
    format: Format
    purpose: Literal["print", "mono"]
    mirrored: bool
    version: str
    pages: int
    sha256: str
    profile: str
    quantity: int = 0

    @property
    def sides(self) -> list[SheetSide]:
        return sides(self.format, self.pages, mirrored=self.mirrored)

    @property
    def count(self) -> str:
        """The sheets of paper of one copy, in words."""
        printed = len(self.sides)
        sheets = -(-printed // 2)
        return f"{counted(sheets, 'sheet')}, {counted(printed, 'side')}"


@dataclass(frozen=True)
class JobSheetPart:
    """Files that are printed alike: their format's name, what is asked in pairs of name and wish, and the files."""

    name: str
    wishes: tuple[tuple[str, str], ...]
    files: tuple[PrintFile, ...]


def job_sheet(clinic: str, files: Sequence[PrintFile], templates: Templates) -> Mapping[str, bytes]:
    """Return a clinic's job sheet by file ending, ``html`` and ``txt``. The same files give the same bytes."""
    parts = _parts(files)
    values = {"clinic": clinic, "parts": parts, "order": ORDER}
    html = templates.render(TEMPLATE, values)
    return {"html": html.encode(), "txt": "\n".join(_lines(clinic, parts)).encode()}


def _parts(files: Sequence[PrintFile]) -> list[JobSheetPart]:
    grouped: dict[tuple[str, tuple[tuple[str, str], ...]], list[PrintFile]] = {}
    for file in sorted(files, key=lambda file: (file.format.name, file.purpose, file.mirrored, file.path)):
        grouped.setdefault((file.format.name, _wishes(file)), []).append(file)
    return [JobSheetPart(name, wishes, tuple(members)) for (name, wishes), members in grouped.items()]


def _wishes(file: PrintFile) -> tuple[tuple[str, str], ...]:
    """Return how a file is printed, in the order in which a print shop works."""
    lay, first = file.format.imposition, file.sides[0]
    wishes = {
        "Paper": f"{BLANK} (kind and weight)",
        "Trimmed sheet": _size(first.width, first.height),
        "Page of the file, with marks": _size(first.width + 2 * MARGIN, first.height + 2 * MARGIN),
        "Bleed": f"{_length(lay.bleed)} on every side",
        "Scale": "100%; do not fit to the page",
        "Inks": _inks(file),
        "Colour profile": f"{file.profile}, which each file carries as its output intent",
        "Sides": _turning(file),
        "Fold": _fold(file),
        "Finished size": _size(file.format.paper.width, file.format.paper.height),
    }
    return tuple(wishes.items())


def _inks(file: PrintFile) -> str:
    two_sided = len(file.sides) > 1
    if file.purpose == "mono":
        return f"black alone ({'1/1' if two_sided else '1/0'})"
    return f"cyan, magenta, yellow and black ({'4/4' if two_sided else '4/0'}), no spot colours, 300% at most"


def _turning(file: PrintFile) -> str:
    if len(file.sides) == 1:
        return "one side"
    return f"both sides, flip on the {'short' if file.format.imposition.scheme in TURNED_SHORT else 'long'} edge"


def _fold(file: PrintFile) -> str:
    scheme, side = file.format.imposition.scheme, file.sides[-1]
    if scheme == "trifold":
        folds = " and ".join(_length(fold) for fold in side.folds)
        narrow = min(file.format.imposition.panels)
        edge = "left" if file.mirrored else "right"
        return (
            f"C-fold: {folds} from the left of the inside; the panel of {_length(narrow)} on its {edge} folds in first"
        )
    if scheme == "booklet":
        edge = "right" if file.mirrored else "left"
        return f"in half, nested, two staples in the fold; bound on the {edge}{_creep(file)}"
    if scheme == "cards" and side.folds:
        cut = f"cut into {len(side.placed) // 2} cards along the marks, then " if side.rows else ""
        return f"{cut}in half at {_length(side.folds[0])}"
    if scheme == "cards":
        return f"none; cut into {len(side.placed)} cards along the marks"
    if len(file.sides) > 2:
        return f"none; one staple at the upper {'right' if file.mirrored else 'left'} corner"
    return "none"


def _creep(file: PrintFile) -> str:
    creep = file.format.imposition.creep
    return f"; creep of {_length(creep)} a sheet is allowed for" if creep and len(file.sides) > 2 else ""


def _lines(clinic: str, parts: Sequence[JobSheetPart]) -> list[str]:
    lines = [f"JOB SHEET: {clinic}", "", *(f"{name}: {BLANK}" for name in ORDER), ""]
    for part in parts:
        lines += [part.name.upper(), *(f"  {name}: {wish}" for name, wish in part.wishes), ""]
        for file in part.files:
            lines += [
                f"  {file.path}",
                f"    Version {file.version}; {file.count} a copy",
                f"    SHA-256 {file.sha256}",
                f"    Quantity: {file.quantity or BLANK}",
                "",
            ]
    return lines


def _size(width: float, height: float) -> str:
    inches = f" ({width / 25.4:g} × {height / 25.4:g} in)" if _in_eighths(width) and _in_eighths(height) else ""
    return f"{round(width, 2):g} × {round(height, 2):g} mm{inches}"


def _length(length: float) -> str:
    inches = f" ({length / 25.4:g} in)" if _in_eighths(length) else ""
    return f"{round(length, 3):g} mm{inches}"


def _in_eighths(length: float) -> bool:
    return abs(length / EIGHTH - round(length / EIGHTH)) < 0.001
