"""Can the text be read: size, edges, overlaps and line length (UKAAF, RNIB; WCAG 2.2, 1.4.8)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from handoutpress.proof.checks.text import words
from handoutpress.proof.expectation import Expectation
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.pdf.blocks import Blocks
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.geometry import POINT, Box
from handoutpress.proof.pdf.marks import TextMark

ROUNDING = 0.05
"""Points by which a size may fall short: sizes are stored rounded."""
COLUMN_GAP = 0.6
"""From which gap on, as a share of the type size, two texts on one line stand in two columns."""
_CITATION = re.compile(r"[\d,;.–\-\[\]\s*†•]+")
"""A citation, or the number of a list's entry."""


def check_legibility(pdf: FinishedPdf, expectation: Expectation) -> list[ProofFinding]:
    """Type size, safe area, cut and overlapping text, and line length, page by page."""
    findings: list[ProofFinding] = []
    blocks = Blocks(pdf)
    for page in pdf.pages:
        texts = [mark for mark in pdf.marks(page).texts if mark.visible and mark.text.strip()]
        findings += _sizes((pdf, page), texts, blocks, expectation)
        findings += _edges(pdf, page, texts, expectation)
        findings += _cut(pdf, page, texts)
        findings += _overlaps(pdf, page, texts)
        findings += _lines((pdf, page), texts, blocks, expectation)
    return findings


def _sizes(
    sheet: tuple[FinishedPdf, int], texts: list[TextMark], blocks: Blocks, expectation: Expectation
) -> Iterator[ProofFinding]:
    """One finding for each size that is too small, at its first place."""
    if expectation.type_floor is None:
        return
    body = _Body(expectation, blocks)
    small: dict[tuple[float, float], list[TextMark]] = {}
    for mark in texts:
        floor = expectation.type_floor if body.holds(mark) else expectation.reference_floor
        if mark.size < floor - ROUNDING:
            small.setdefault((round(mark.size, 1), floor), []).append(mark)
    pdf, page = sheet
    for (size, floor), marks in small.items():
        sentence = f"Type is too small in {len(marks)} places, first in {marks[0].text.strip()[:50]!r}."
        yield pdf.finding("legibility.type-size", sentence, (page, marks[0].box), f"{size:.1f} pt", f"{floor:g} pt")


class _Body:
    """Tells what is held to the size of body type: the handout's own words, but for those that may be small.

    Citation marks, running lines, and whatever stands beside the text are not. A short word such as "or" may stand in
    both, so the block decides that it belongs to.
    """

    def __init__(self, expectation: Expectation, blocks: Blocks) -> None:
        self._blocks = blocks
        self._asked = bool(expectation.text)
        small = {"".join(words(part)) for part in expectation.small_text}
        self._small = small
        self._parts = {"".join(words(part)) for part in expectation.text} - small
        self._body, self._rest = "\n".join(sorted(self._parts)), "\n".join(sorted(small))

    def holds(self, mark: TextMark) -> bool:
        own, whole = "".join(words(mark.text)), self._blocks.words(mark)
        if is_artifact(mark) or _CITATION.fullmatch(own):
            return False
        if own in self._small or (whole not in self._parts and whole in self._rest):
            return False
        return not self._asked or (own in self._body and self._is_told(whole))

    def _is_told(self, whole: str) -> bool:
        """Whether a block belongs to the handout's text: it is in one of its parts, or holds one."""
        return whole in self._body or any(part in whole for part in self._parts)


def is_artifact(mark: TextMark) -> bool:
    """Whether a mark stands outside the handout's text."""
    return mark.sequence is not None and mark.sequence.is_artifact


def _edges(pdf: FinishedPdf, page: int, texts: list[TextMark], expectation: Expectation) -> Iterator[ProofFinding]:
    if expectation.safe_area is None:
        return
    safe = pdf.box(page, "trim").grown(-expectation.safe_area / POINT)
    for mark in texts:
        if not safe.holds(mark.box, slack=0.3):
            sentence = f"Text comes too near the paper's edge: {mark.text.strip()[:50]!r}."
            wanted = f"{expectation.safe_area:g} mm from the edge"
            yield pdf.finding("legibility.safe-area", sentence, (page, mark.box), wanted=wanted)


def _cut(pdf: FinishedPdf, page: int, texts: list[TextMark]) -> Iterator[ProofFinding]:
    """Text is cut where a clip or the paper's edge takes more than a point of its letters."""
    paper = pdf.box(page, "crop")
    for mark in texts:
        if not mark.clip.overlap(paper).holds(_core(mark), slack=1.0):
            sentence = f"Text is cut off: {mark.text.strip()[:50]!r}."
            yield pdf.finding("legibility.clipped", sentence, (page, mark.box))


def _core(mark: TextMark) -> Box:
    """The band of a mark between baseline and x-height, where all letters have ink."""
    return Box(mark.box.left, mark.baseline, mark.box.right, mark.baseline + 0.45 * mark.size)


def _overlaps(pdf: FinishedPdf, page: int, texts: list[TextMark]) -> Iterator[ProofFinding]:
    ordered = sorted(texts, key=lambda mark: mark.baseline)
    for index, mark in enumerate(ordered):
        core = _core(mark)
        for other in ordered[index + 1 :]:
            if other.baseline > core.top:
                break
            shared, smaller = core.overlap(_core(other)).area, min(core.area, _core(other).area)
            if smaller and shared > 0.15 * smaller:
                sentence = f"{mark.text.strip()[:30]!r} lies on {other.text.strip()[:30]!r}."
                yield pdf.finding("legibility.overlap", sentence, (page, mark.box.overlap(other.box)))


def _lines(
    sheet: tuple[FinishedPdf, int], texts: list[TextMark], blocks: Blocks, expectation: Expectation
) -> Iterator[ProofFinding]:
    pdf, page = sheet
    for line in lines([mark for mark in texts if not is_artifact(mark)], blocks):
        count = sum(map(_takes_room, "".join(mark.text for mark in line).strip()))
        if count > expectation.line_length:
            box = line[0].box
            for mark in line[1:]:
                box = box.around(mark.box)
            measured, wanted = f"{count} characters", f"{expectation.line_length}"
            yield pdf.finding("legibility.line-length", "A line is too long to follow.", (page, box), measured, wanted)


def _takes_room(letter: str) -> bool:
    """Whether a letter adds to a line's length: signs on letters and marks that say which way to read do not."""
    return unicodedata.category(letter) not in ("Mn", "Me", "Cf")


def lines(texts: list[TextMark], blocks: Blocks) -> list[list[TextMark]]:
    """Marks of one block gathered to lines: on one baseline, and without a gap as wide as between two columns.

    In an untagged file, where each mark stands alone, the gap alone decides.
    """
    found: list[list[TextMark]] = []
    for mark in sorted(texts, key=lambda mark: (-round(mark.baseline), mark.box.left)):
        last = found[-1][-1] if found else None
        if last and blocks.may_join(last, mark) and _goes_on(last, mark):
            found[-1].append(mark)
        else:
            found.append([mark])
    return found


def _goes_on(last: TextMark, mark: TextMark) -> bool:
    return abs(last.baseline - mark.baseline) < 2 and mark.box.left - last.box.right < COLUMN_GAP * mark.size
