"""The first page of what has several: whom to call in an emergency, as large as the text, and where to read when."""

from __future__ import annotations

from typing import Any

import pytest
from laid_out_pages import body, copy_of
from laid_out_pages import catalog as catalog  # noqa: PLC0414
from laid_out_pages import maker as maker  # noqa: PLC0414

from handoutpress.content.catalog import Catalog
from handoutpress.press.layout.blocks import classes_of
from handoutpress.press.layout.composing import stands_on_two
from handoutpress.press.plate.plate_maker import PlateMaker

POINT = 0.75
"""A CSS pixel in points."""
BOLD, LARGER = 700, 1.3
"""How bold what is to be read first is, and how much larger than the text a number to call."""
DO_AND_DO_NOT = "body-2"
"""The section that says what to do and what not."""


@pytest.mark.parametrize(
    ("printed", "brand", "number"),
    [
        ("half-letter-booklet", "default", "999"),
        ("a4-trifold", "north-moor", "999"),
        ("letter-large-print", "sunbird-acupuncture", "911"),
    ],
)
def test_the_first_page_says_whom_to_call_and_no_page_parts_what_to_do_from_what_not(
    printed: str, brand: str, number: str, catalog: Catalog, maker: PlateMaker
) -> None:
    trial = maker.fit(copy_of(catalog, "low-back-pain", brand, printed)).trial
    pages = trial.blocks()
    help_on = next(at for at, page in enumerate(pages, 1) for block in page.blocks if "urgent_help" in block.sections)
    bar = next(box for box in body(trial.layout.document.pages[0]).descendants() if "urgent-line" in classes_of(box))
    texts = [box for box in bar.descendants() if getattr(box, "text", "").strip()]
    assert " ".join(box.text.strip() for box in texts) == f"{number} Urgent help: page {help_on}"
    assert all(box.style["font_weight"] == BOLD for box in texts)
    assert size_of(texts[0]) >= LARGER * trial.setting.size - 0.05
    assert min(map(size_of, texts)) >= trial.setting.size - 0.05
    assert not stands_on_two(DO_AND_DO_NOT, pages)


def size_of(box: Any) -> float:
    """The size of a text, pt."""
    return float(box.style["font_size"]) * POINT
