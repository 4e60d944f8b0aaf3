"""What is over on a page goes first to the rows in which somebody writes words, and to all of them alike."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from handoutpress.press.layout.spreading import SpareRoom
from handoutpress.press.layout.typeset import Typesetter

ROOT = Path(__file__).parents[3]
STYLE = "@page { size: 100mm 148mm; margin: 10mm } td { height: 8mm }"
BETWEEN = 5.0


def no_files(url: str) -> bytes:
    raise AssertionError(url)


def heights(tmp_path: Path, classes: str, first: str = "") -> list[float]:
    """Return how high three rows of a table stand, px, on a page with room; the ``first`` of a class."""
    rows = "".join(
        f'<tr class="{kind}"><td>{day}</td></tr>' for day, kind in (("Mon", first), ("Tue", ""), ("Wed", ""))
    )
    html = f'<style>{STYLE}</style><section><table><tbody class="{classes}">{rows}</tbody></table></section>'
    typesetter = Typesetter([ROOT / "fonts"], tmp_path)
    (page,) = typesetter.typeset(html, [], no_files, spare=SpareRoom(BETWEEN, 1)).document.pages
    return [box.height for box in _boxes(page) if box.element_tag == "tr"]


def _boxes(page: Any) -> list[Any]:
    return list(page._page_box.descendants())


def test_rows_to_write_in_grow_alike_and_those_for_words_most(tmp_path: Path) -> None:
    first, middle, last = heights(tmp_path, "")
    assert [first, middle] == pytest.approx([last + BETWEEN] * 2)
    assert heights(tmp_path, "to-write-in") == pytest.approx([last + 2 * BETWEEN] * 3)
    assert heights(tmp_path, "to-write-in for-words") == pytest.approx([last + 4 * BETWEEN] * 3)


def test_an_example_is_as_high_as_its_words(tmp_path: Path) -> None:
    *_, plain = heights(tmp_path, "")
    example, tuesday, _ = heights(tmp_path, "to-write-in for-words", "example")
    assert example == pytest.approx(plain)
    assert tuesday == pytest.approx(plain + 4 * BETWEEN)
