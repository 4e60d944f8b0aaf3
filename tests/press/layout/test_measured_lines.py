"""How many lines a text has in other type is reckoned from its words, as far as the engine breaks them."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from handoutpress.press.layout.measured_blocks import MeasuredBlock, measured_blocks
from handoutpress.press.layout.spreading import SpareRoom
from handoutpress.press.layout.typeset import Typesetter

ROOT = Path(__file__).parents[3]
PARAGRAPHS = (
    "Most people feel a dull ache that soon goes, and some a warm, heavy or well-known twitch of the muscle.",
    "A small bruise is common; it fades within a week.",
    (
        "Infections are rare where needles are sterile and used once, as ours are. Tell us first if you are pregnant, "
        "if you bleed easily, if you take medicines that thin the blood, or if you wear a pacemaker."
    ),
    "You may be a little sleepy afterwards: sit for ten minutes before you drive, and drink something.",
    "Nobody knows yet how long the effect lasts. In some studies it was gone after three months, in others not.",
    (
        "Keep moving as far as it is comfortable, go on with your usual tablets, and call us where something worries "
        "you that is not told here, however small it may seem."
    ),
    "It is one of several ways.",
)
SIZES = (9.0, 10.0, 11.0, 12.0, 12.5, 13.0)
HUNG_SIZES = (6.0, 7.0, 7.5, 8.0, 9.0, 10.0)
TWO = 2.01
"""By two of thirty lines a section may be reckoned taller or shorter than it is."""


def no_files(url: str) -> bytes:
    raise AssertionError(url)


HUNG = """html { --least-hang: 20mm; --wished-hang: calc(85mm - 23em) }
  section { padding-left: max(var(--least-hang), var(--wished-hang)) }"""
"""A margin that is 28 mm wide in type of 7 pt, narrower in larger type, and 20 mm at least: lines grow up to 8 pt."""


def section(typesetter: Typesetter, size: float, *, above: int = 0, width: int = 85, more: str = "") -> MeasuredBlock:
    """Paragraphs on narrow pages, in type of a size, as they were laid out."""
    style = f"""@page {{ size: {width + 20}mm 148mm; margin: 10mm }}
      body {{ font: {size}pt/1.3 'Source Sans 3'; margin: 0 }} p {{ margin: 0; orphans: 1; widows: 1 }}
      html {{ font: {size}pt 'Source Sans 3' }} {more}"""
    paragraphs = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    blocks = f'<div style="height: {above}mm"></div>' if above else ""
    html = f'<style>{style}</style><body>{blocks}<section id="risks">{paragraphs}</section></body>'
    return measured_blocks(typesetter.typeset(html, [], no_files, spare=SpareRoom(0, 0)).boxes)[-1]


def test_lines_in_other_type_are_reckoned_from_words(tmp_path: Path) -> None:
    typesetter = Typesetter([ROOT / "fonts"], tmp_path)
    measured = {size: section(typesetter, size) for size in SIZES}
    for (size, block), (other, laid_out) in product(measured.items(), repeat=2):
        reckoned, line = block.lines_with(other / size, 1.0), other / 0.75 * 1.3
        assert reckoned == pytest.approx(laid_out.lined, abs=TWO * line), (size, other)
        assert block.least_lines_with(other / size, 1.0) <= laid_out.lined + 0.1, (size, other)


def test_lines_that_grow_with_the_type_are_as_many(tmp_path: Path) -> None:
    typesetter = Typesetter([ROOT / "fonts"], tmp_path)
    measured = {size: section(typesetter, size, more=HUNG) for size in HUNG_SIZES}
    for (size, block), (other, laid_out) in product(measured.items(), repeat=2):
        reckoned, line = block.lines_with(other / size, 1.0), other / 0.75 * 1.3
        assert reckoned == pytest.approx(laid_out.lined, abs=1.01 * line), (size, other)
        assert block.least_lines_with(other / size, 1.0) <= laid_out.lined + 0.1, (size, other)


@pytest.mark.parametrize("width", [70, 90, 110])
def test_longer_and_shorter_lines_are_reckoned_from_words(width: int, tmp_path: Path) -> None:
    typesetter = Typesetter([ROOT / "fonts"], tmp_path)
    other, laid_out = section(typesetter, 11.0).with_lines(85 / width), section(typesetter, 11.0, width=width)
    line = 11.0 / 0.75 * 1.3
    assert other.lined == pytest.approx(laid_out.lined, abs=TWO * line)
    assert other.height - other.lined == pytest.approx(laid_out.height - laid_out.lined, abs=0.1)


@pytest.mark.parametrize("above", [60, 76, 92])
def test_paragraphs_are_the_same_wherever_a_page_ends(above: int, tmp_path: Path) -> None:
    typesetter = Typesetter([ROOT / "fonts"], tmp_path)
    whole, broken = section(typesetter, 11.0), section(typesetter, 11.0, above=above)
    assert [each.count for each in broken.lines] == [each.count for each in whole.lines]
    assert [each.words for each in broken.lines] == [each.words for each in whole.lines]


def test_drawings_with_words_below_them_are_no_lines_of_words(tmp_path: Path) -> None:
    """They stand in one line as tall as they are, which larger type does not break into two."""
    step = '<span style="display: inline-block; width: 40mm"><svg width="30mm" height="20mm"></svg><br>Sit.</span>'
    html = f'<body><section id="body-1"><p>{step}{step}</p><p>Two steps, and no more.</p></section></body>'
    boxes = Typesetter([ROOT / "fonts"], tmp_path).typeset(html, [], no_files, spare=SpareRoom(0, 0)).boxes
    [block] = measured_blocks(boxes)
    [line] = block.lines
    assert [line.count, len(line.words)] == [1, 5]
    assert block.pictures > 20 * 96 / 25.4
