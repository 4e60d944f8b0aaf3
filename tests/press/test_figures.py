"""Risk figures: whole numbers, one denominator, and an icon array that counts the same."""

import re

import pytest
import yaml

from handoutpress.content.models.languages import Language
from handoutpress.content.project import builtin_root
from handoutpress.press.page.figures import RiskFigure, icon_array, say_figure, whole_figure

ENGLISH = Language.model_validate(yaml.safe_load((builtin_root() / "languages/en.yaml").read_text("utf-8")))
PHRASES = ENGLISH.phrases.figures

WHOLE = [
    (1463, 7629, RiskFigure(19, 100)),
    (7.55, 100, RiskFigure(8, 100)),
    (3.01, 100, RiskFigure(3, 100)),
    (1, 100, RiskFigure(1, 100)),
    (100, 100, RiskFigure(100, 100)),
    (1, 1024, RiskFigure(1, 1000)),
    (0.99, 100, RiskFigure(1, 100)),
    (1, 1500, RiskFigure(1, 2000)),
    (1, 9600, RiskFigure(1, 10_000)),
    (2, 3_000_000, RiskFigure(1, 2_000_000)),
    (0, 229_230, RiskFigure(0, 229_230)),
]


@pytest.mark.parametrize(("count", "of", "figure"), WHOLE)
def test_a_figure_is_whole(count: float, of: int, figure: RiskFigure) -> None:
    assert whole_figure(count, of) == figure


def test_a_figure_is_said_in_the_words_of_its_unit() -> None:
    assert say_figure(RiskFigure(8, 100), "treatment", PHRASES, "{:,}".format) == "About 8 in 100 treatments"
    assert say_figure(RiskFigure(1, 10_000), "person", PHRASES, "{:,}".format) == "About 1 in 10,000 people"
    assert say_figure(RiskFigure(0, 5000), "report", PHRASES, "{:,}".format) == "None in 5,000 reports"


@pytest.mark.parametrize("count", [1, 20, 37, 99, 100])
def test_an_icon_array_fills_as_many_squares_as_it_says(count: int) -> None:
    svg = icon_array(RiskFigure(count, 100), PHRASES)
    full, rest = re.findall(r' d="([^"]*)"', svg)
    corners = re.findall(r"M([\d.]+) ([\d.]+)", full + rest)
    assert full.count("M") == count
    assert len(corners) == len(set(corners)) == 100
    assert all(float(x) < 250 and float(y) < 40 for x, y in corners)
    assert f"<title>{count} of 100 squares are filled.</title>" in svg


def test_only_what_a_hundred_squares_can_show_is_drawn() -> None:
    assert RiskFigure(1, 100).is_drawn
    assert not RiskFigure(1, 1000).is_drawn
    assert not RiskFigure(0, 100).is_drawn
