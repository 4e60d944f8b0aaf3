"""Lines for the reader's notes stand in one place of what is folded, however many pages its text leaves over."""

from __future__ import annotations

from pathlib import Path

import pytest
from shipped import Shipped
from shipped import shipped as shipped  # noqa: PLC0414

from handoutpress.proof.pdf.finished_pdf import FinishedPdf

FOLDED = (
    "default-half-letter-booklet-dry-needling.en",
    "default-half-letter-booklet-acupuncture-or-dry-needling.en",
    "default-half-letter-booklet-acupuncture.en",
    "default-letter-trifold-dry-needling.en",
)


@pytest.mark.parametrize("name", FOLDED)
def test_notes_have_one_place(name: str, shipped: Shipped) -> None:
    phrases = shipped.editions[name].language.phrases
    with FinishedPdf(Path(name), shipped.printed(name).pdf) as pdf:
        titles = [pdf.text(page).count(phrases.headings.your_notes) for page in pdf.pages]
    first, last = titles.index(1), len(titles) - titles[::-1].index(1)
    assert titles[first:last] == [1] * (last - first)
