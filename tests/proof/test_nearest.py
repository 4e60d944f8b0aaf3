"""Of all that a file may be, that one is proved against whose words are on its pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from weasyprint import HTML

from handoutpress.proof.expectation import Expectation
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.proving import nearest

PRINTED = "Needles may hurt. Most marks fade. Nine of ten had none. See the code for more."
REFERENCES = ("Adams", "Baker", "Carter", "Davies", "Evans")


def expected(*parts: str, references: int) -> Expectation:
    """What is wanted where so many references are printed: the words of further ones may stand anywhere."""
    return Expectation(text=parts, anywhere=(" ".join(REFERENCES[:references]),))


RIGHT = expected(PRINTED, references=2)
POSSIBLE = {
    "people that are told in words alone": [expected(PRINTED, "Drawn people people", references=2), RIGHT],
    "more references than are printed": [expected(PRINTED, references=5), RIGHT],
    "the right one after others of which nothing is missing": [
        expected(PRINTED, "Needles needles", references=2),
        expected("Needles may hurt.", references=1),
        expected("Needles may hurt. Most marks fade.", references=2),
        RIGHT,
        expected("Needles may hurt.", references=2),
    ],
}


@pytest.mark.parametrize("possible", POSSIBLE.values(), ids=POSSIBLE)
def test_a_file_is_proved_against_what_it_says(possible: list[Expectation]) -> None:
    data = HTML(string=f"<p>{PRINTED}<p>{' '.join(REFERENCES[:2])}").write_pdf()
    with FinishedPdf(Path("leaflet.pdf"), data or b"") as pdf:
        assert nearest(pdf, possible) == RIGHT
