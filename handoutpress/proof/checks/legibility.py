"""Can the text be read: size, edges, overlaps and line length (UKAAF, RNIB; WCAG 2.2, 1.4.8)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from handoutpress.proof.checks.breach import breach
from handoutpress.proof.expectation import Expectation
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.geometry import POINT, Box
from handoutpress.proof.pdf.marks import PathMark, TextMark
from handoutpress.proof.pdf.text import Blocks, words

ROUNDING = 0.05
"""Points by which a size may fall short: sizes are stored rounded."""
COLUMN_GAP = 0.6
"""From which gap on, as a share of the type size, two texts on one line stand in two columns."""
DESCENT, ASCENT, CAPITAL = 0.2, 0.7, 0.66
"""How far letters reach below and above their baseline, and capitals above it, in type sizes."""
TOUCH = 0.05
"""By how much of the type size letters may reach into what is above or below them."""
NARROW = 0.15
"""Which share of the narrower of two texts may stand over the other: letters that lean, and signs set on letters."""
RULE, RULE_LENGTH = 2.0, 12.0
"""A rule is at most so thick, and at least so long, in points."""
_CITATION = re.compile(r"[\d,;.–\-\[\]\s*†•]+")
"""A citation, or the number of a list's entry."""


def check_legibility(pdf: FinishedPdf, expectation: Expectation) -> list[ProofFinding]:
    """Check type size, safe area, cut, overlapping and crossed text, and line length, page by page."""
    findings: list[ProofFinding] = []
    blocks = Blocks(pdf)
    for page in pdf.pages:
        texts = [mark for mark in pdf.marks(page).texts if mark.visible and mark.text.strip()]
        findings += _sizes(pdf, page, texts, blocks, expectation)
        findings += _edges(pdf, page, texts, expectation)
        findings += _cut(pdf, page, texts)
        findings += _overlaps(pdf, page, texts)
        findings += _crossed(pdf, page, texts)
        findings += _line_lengths(pdf, page, texts, blocks, expectation)
    return findings


def _sizes(
    pdf: FinishedPdf, page: int, texts: Sequence[TextMark], blocks: Blocks, expectation: Expectation
) -> Iterator[ProofFinding]:
    """Check type sizes: one finding for each size that is too small, at its first place."""
    if expectation.type_floor is None:
        return
    body = _BodyText(expectation, blocks)
    small: dict[tuple[float, float], list[TextMark]] = {}
    for mark in texts:
        floor = expectation.type_floor if body.holds(mark) else expectation.reference_floor
        if mark.size < floor - ROUNDING:
            small.setdefault((round(mark.size, 1), floor), []).append(mark)
    for (size, floor), marks in small.items():
        sentence = f"Type is too small in {len(marks)} places, first in {marks[0].text.strip()[:50]!r}."
        measured, box = f"{size:.1f} pt", marks[0].box
        yield breach(pdf, "legibility.type-size", sentence, page, box, measured=measured, wanted=f"{floor:g} pt")


class _BodyText:
    """What is held to the size of body type: the handout's own words, but for those that may be small.

    Citation marks, running lines, what a brand put into its slots, and whatever stands beside the text are not. A short
    word such as "or" may stand in both, so the block decides that it belongs to.
    """

    def __init__(self, expectation: Expectation, blocks: Blocks) -> None:
        self._blocks = blocks
        self._has_text = bool(expectation.text)
        self._small = {"".join(words(part)) for part in expectation.small_text}
        self._parts = {"".join(words(part)) for part in expectation.text} - self._small
        self._all_body, self._all_small = "\n".join(sorted(self._parts)), "\n".join(sorted(self._small))
        self._of_brand = "\n".join("".join(words(part)) for part in expectation.in_slots)
        self._any_small = re.compile("|".join(map(re.escape, sorted(self._small, key=len, reverse=True))))

    def holds(self, mark: TextMark) -> bool:
        text, block = "".join(words(mark.text)), self._blocks.words(mark)
        if mark.is_artifact or _CITATION.fullmatch(text) or (mark.in_slot and text in self._of_brand):
            return False
        if text in self._small or (block not in self._parts and self._is_small(block)):
            return False
        return not self._has_text or (text in self._all_body and self._is_of_handout(block))

    def _is_small(self, block: str) -> bool:
        """Return whether a block is some of the small text, or several of it in one line, with signs between them."""
        rest = self._any_small.sub("", block)
        return block in self._all_small or (rest != block and not re.search(r"\w", rest))

    def _is_of_handout(self, block: str) -> bool:
        """Return whether a block belongs to the handout's text: it is in one of its parts, or holds one."""
        return block in self._all_body or any(part in block for part in self._parts)


def _edges(pdf: FinishedPdf, page: int, texts: Sequence[TextMark], expectation: Expectation) -> Iterator[ProofFinding]:
    if expectation.safe_area is None:
        return
    safe = pdf.box(page, "trim").grown(-expectation.safe_area / POINT)
    for mark in texts:
        if not safe.holds(mark.box, slack=0.3):
            sentence = f"Text comes too near the paper's edge: {mark.text.strip()[:50]!r}."
            distance = f"{expectation.safe_area:g} mm from the edge"
            yield breach(pdf, "legibility.safe-area", sentence, page, mark.box, wanted=distance)


def _cut(pdf: FinishedPdf, page: int, texts: Sequence[TextMark]) -> Iterator[ProofFinding]:
    """Check for text of which a clip or the paper's edge takes more than a point of its letters."""
    paper = pdf.box(page, "crop")
    for mark in texts:
        if not mark.clip.overlap(paper).holds(_core(mark), slack=1.0):
            yield breach(pdf, "legibility.clipped", f"Text is cut off: {mark.text.strip()[:50]!r}.", page, mark.box)


def _core(mark: TextMark) -> Box:
    """Return the band of a mark between baseline and x-height, where all letters have ink."""
    return Box(mark.box.left, mark.baseline, mark.box.right, mark.baseline + 0.45 * mark.size)


def _letters(mark: TextMark) -> Box:
    """Return the band of a mark from the foot of a "p" to the head of an "h"."""
    bottom, top = mark.baseline - DESCENT * mark.size, mark.baseline + ASCENT * mark.size
    return Box(mark.box.left, bottom, mark.box.right, top)


def _overlaps(pdf: FinishedPdf, page: int, texts: Sequence[TextMark]) -> Iterator[ProofFinding]:
    """Check for lines of which a good part reaches into another one's letters, whatever block or column they are of."""
    upwards = sorted(((_letters(mark), mark) for mark in texts), key=lambda item: item[0].bottom)
    for index, (band, lower) in enumerate(upwards):
        for other, upper in upwards[index + 1 :]:
            if other.bottom >= band.top:
                break
            shared, size = band.overlap(other), min(lower.size, upper.size)
            narrower = min(band.width, other.width)
            if shared.height > TOUCH * size and shared.width > NARROW * narrower > 0:
                sentence = f"{lower.text.strip()[:30]!r} lies on {upper.text.strip()[:30]!r}."
                yield breach(pdf, "legibility.overlap", sentence, page, shared)


def _crossed(pdf: FinishedPdf, page: int, texts: Sequence[TextMark]) -> Iterator[ProofFinding]:
    """Check for rules through letters, above their baseline: below it, a rule underlines. A logo may have such."""
    painted = (mark for mark in pdf.marks(page).marks if isinstance(mark, PathMark) and mark.ink.alpha)
    rules = [rule for mark in painted if _is_rule(rule := _inked(mark))]
    for mark in texts:
        letters = Box(mark.box.left, mark.baseline, mark.box.right, mark.baseline + CAPITAL * mark.size)
        inner = letters.grown(-TOUCH * mark.size)
        if not mark.in_slot and any(inner.meets(rule) for rule in rules):
            sentence = f"A rule crosses {mark.text.strip()[:30]!r}."
            yield breach(pdf, "legibility.crossed", sentence, page, mark.box)


def _inked(mark: PathMark) -> Box:
    """Return what a path inks: a line without height has that of its stroke."""
    return mark.box.grown((mark.line_width or 0) / 2).overlap(mark.clip)


def _is_rule(box: Box) -> bool:
    return 0 < min(box.width, box.height) <= RULE and max(box.width, box.height) >= RULE_LENGTH


def _line_lengths(
    pdf: FinishedPdf, page: int, texts: Sequence[TextMark], blocks: Blocks, expectation: Expectation
) -> Iterator[ProofFinding]:
    for line in lines([mark for mark in texts if not mark.is_artifact], blocks):
        count = sum(map(_takes_room, "".join(mark.text for mark in line).strip()))
        if count > expectation.line_length:
            box = line[0].box
            for mark in line[1:]:
                box = box.around(mark.box)
            sentence, measured = "A line is too long to follow.", f"{count} characters"
            limit = f"{expectation.line_length}"
            yield breach(pdf, "legibility.line-length", sentence, page, box, measured=measured, wanted=limit)


def _takes_room(letter: str) -> bool:
    """Return whether a letter adds to a line's length: signs on letters and marks of direction do not."""
    return unicodedata.category(letter) not in ("Mn", "Me", "Cf")


def lines(texts: Sequence[TextMark], blocks: Blocks) -> list[list[TextMark]]:
    """Gather marks of one block to lines: on one baseline, and without a gap as wide as between two columns.

    In an untagged file, where each mark stands alone, the gap alone decides.
    """
    gathered: list[list[TextMark]] = []
    for mark in sorted(texts, key=lambda mark: (-round(mark.baseline), mark.box.left)):
        last = gathered[-1][-1] if gathered else None
        if last and blocks.may_join(last, mark) and _goes_on(last, mark):
            gathered[-1].append(mark)
        else:
            gathered.append([mark])
    return gathered


def _goes_on(last: TextMark, mark: TextMark) -> bool:
    return abs(last.baseline - mark.baseline) < 2 and mark.box.left - last.box.right < COLUMN_GAP * mark.size
