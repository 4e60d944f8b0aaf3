"""Where lines of finished sheets end: none ends in a bare figure that the next word belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from shipped import EACH, Shipped
from shipped import shipped as shipped  # noqa: PLC0414

from handoutpress.content.text.ties import MOST
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.text import marks_in_reading_order
from handoutpress.proof.pdf.tree import block_of

NUMBER = r"[(“]?\d+(?:[.,]\d+)*(?: \d{3})*%?"
FIGURE = re.compile(rf"(?:(?P<before>\S+) )?(?<!\S)(?P<figure>(?:{NUMBER} \w+ )?{NUMBER})$")
"""A line's last figure, with those that it is a share of, and the word before."""
NAMES = frozenset({"day", "week"})
"""A figure behind one of these belongs to it alone."""
CELLS = frozenset({"TD", "TH"})
"""They are narrow, and hold but a few letters together."""
FROM_RIGHT = frozenset({"ar"})
"""Numbers are elements of their own there, which no fixed space may touch."""


def blocks(pdf: FinishedPdf) -> Iterator[list[str]]:
    """The lines of each block of running text: of none in a cell, and of nothing that a brand fills in."""
    cells = {content for element, content in pdf.tree.reading_order() if block_of(element).kind in CELLS}
    lines: list[str] = []
    place = (0, 0.0)
    for gap, page, mark in marks_in_reading_order(pdf):
        if gap == "\n" or mark.in_slot or mark.owner in cells:
            yield lines
            lines = []
        if mark.in_slot or mark.owner in cells:
            continue
        if not lines or page != place[0] or place[1] - mark.baseline > mark.size:  # a citation is raised from its line
            lines.append("")
            place = page, mark.baseline
        lines[-1] += gap.strip("\n") + mark.text
    yield lines


def partings(lines: list[str]) -> Iterator[str]:
    """What a line's end parts though it is short enough to stand together."""
    for above, below in pairwise(filter(str.strip, lines)):
        end, word = FIGURE.search(above.replace("\u00a0", " ").rstrip()), below.split()[0]
        if end and word[0].isalpha() and end["before"] not in NAMES and len(f"{end['figure']} {word}") <= MOST:
            yield f"{above} | {below}"


def test_a_parted_figure_is_found() -> None:
    assert list(partings(["for 6 in 100", "people, and", "more"])) == ["for 6 in 100 | people, and"]
    assert (
        list(partings(["From day 1", "until they fade", "in 2019.", "What is told", "at 8 in 100", "treatments"])) == []
    )


@pytest.mark.parametrize("name", EACH)
def test_no_line_ends_in_a_figure_of_the_next_word(name: str, shipped: Shipped) -> None:
    if shipped.editions[name].language_slug in FROM_RIGHT:
        return
    with FinishedPdf(Path(name), shipped.printed(name).pdf) as pdf:
        lines = list(blocks(pdf))
    assert sum(map(len, lines)) > 5
    assert [parted for block in lines for parted in partings(block)] == []
