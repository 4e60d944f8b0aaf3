"""Risk figures in whole numbers, and the people that show them (CDC Clear Communication Index, items 17-19).

A hundred people stand in ten rows of ten; those who are affected are filled, together and from below (Zikmund-Fisher
2014, Fagerlin 2011). Treatments are drawn as discs in their place. What is rarer than 1 in 100 and serious is counted
in a town of 100,000 instead: a bar with a dot for each, so that ten of them never look like ten in a hundred. A benefit
is two hundreds side by side: people with the practice, and those whom a study compared them with.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import floor, log10

from markupsafe import Markup

from handoutpress.content.models.benefits import Benefit
from handoutpress.content.models.handouts import Risk
from handoutpress.content.models.languages import Figures

SIDE = 10
"""A hundred people are so many rows of as many."""
ACROSS, DOWN = 2.6, 2.8
"""How far apart people stand, mm; each is 2.5 mm high, or more in larger type."""
TOWN = 100_000
MOST_IN_TOWN = 2 * SIDE
"""Of how many people out of a town dots still show the number at a glance."""
BAR_WIDTH, BAR_HEIGHT, DOT = 60.0, 7.0, 0.67
"""The bar that stands for a town, and the radius of a dot in it, mm: ten that old eyes see leave it empty.

In a bar of 45 mm, as it stands behind words in small type, dots are a millimetre wide.
"""
_ALONG, _ACROSS = 0.618034, 0.754878
"""How far each dot stands from the one before, as parts of the bar: spread evenly, and never in rows."""
_FILLED, _OUTLINE, _TOWN_GROUND = "primary_text", "#595959", "#ececec"
"""Those who are affected are solid, in a colour role; the others an outline, 7:1 on white, since it is a quarter of a
millimetre thin."""


@dataclass(frozen=True)
class RiskFigure:
    """``count`` in ``of``, in whole numbers; ``of`` is 100 or, for the rarer, one in so many."""

    count: int
    of: int

    @property
    def is_drawn(self) -> bool:
        return self.of == SIDE * SIDE and self.count > 0

    @property
    def others(self) -> RiskFigure:
        """Those who are not affected."""
        return RiskFigure(self.of - self.count, self.of)


def whole_figure(count: float, of: int) -> RiskFigure:
    """Round to whole numbers in 100; what is rarer becomes 1 in N, N to one significant digit."""
    if count == 0:
        return RiskFigure(0, of)
    rate = count / of
    if rate >= 0.01:
        return RiskFigure(round(rate * 100), 100)
    one_in = 1 / rate
    digit = 10 ** floor(log10(one_in))
    return RiskFigure(1, round(one_in / digit) * digit)


def figure_of(risk: Risk) -> RiskFigure | None:
    """Return the whole-number figure of a risk, or None where it has none."""
    if risk.count is None or risk.of is None:
        return None
    return whole_figure(risk.count, risk.of)


def say_figure(figure: RiskFigure, per: str, phrases: Figures, number: Callable[[int], str]) -> str:
    """Return such as "About 6 in 100 people"; ``number`` is how the language writes a whole number."""
    phrase = phrases.none_seen if figure.count == 0 else phrases.about
    return phrase.format(count=number(figure.count), of=number(figure.of), unit=getattr(phrases, per))


def town_figure(risk: Risk) -> RiskFigure | None:
    """Return how many of a town of 100,000 people have a serious harm that is rarer than 1 in 100.

    It is None for other harms, for figures that are not of people, and for more people than are seen at a glance.
    """
    if risk.severity != "serious" or risk.per != "person" or not risk.rate:
        return None
    count = round(risk.rate * TOWN)
    return RiskFigure(count, TOWN) if 1 <= count <= MOST_IN_TOWN else None


def is_shown(risk: Risk) -> bool:
    """Return whether a drawing shows how often a harm happens, where a page has room for it."""
    figure = figure_of(risk)
    return not risk.part_of_above and (bool(figure and figure.is_drawn) or town_figure(risk) is not None)


def compared_figures(benefit: Benefit) -> tuple[RiskFigure, RiskFigure] | None:
    """Return how many had a benefit with its practice and without, where two hundreds of people can show it.

    Nothing is rounded: what the two are drawn for is often a difference of a few people.
    """
    if benefit.count is None or benefit.of is None or benefit.compared_with is None:
        return None
    figures = RiskFigure(benefit.count, benefit.of), RiskFigure(benefit.compared_with.count, benefit.of)
    return figures if all(figure.is_drawn for figure in figures) else None


def hundred_drawn(figure: RiskFigure, per: str, spoken: str, colours: Mapping[str, str]) -> Markup:
    """Return an SVG of a hundred, ``figure.count`` of them filled: people, or discs where ``per`` counts what is none.

    ``spoken`` are its words for a screen reader, ``colours`` what roles look like.
    """
    draw = _person if per == "person" else _disc
    full = "".join(draw(at % SIDE, SIDE - 1 - at // SIDE) for at in range(figure.count))
    rest = "".join(draw(at % SIDE, SIDE - 1 - at // SIDE) for at in range(figure.count, SIDE * SIDE))
    others = f'<path fill="#ffffff" stroke="{_OUTLINE}" stroke-width=".25" d="{rest}"/>' if rest else ""
    shapes = Markup('{}<path fill="{}" d="{}"/>').format(Markup(others), colours[_FILLED], full)  # noqa: S704  made here
    return _drawn("people", ACROSS * SIDE, DOWN * SIDE, shapes, spoken)


def bar_of_town(figure: RiskFigure, spoken: str, colours: Mapping[str, str]) -> Markup:
    """Return an SVG of a bar that stands for a town, with a dot for each who is affected.

    ``spoken`` are its words for a screen reader.
    """
    shapes = Markup(
        '<path fill="{}" stroke="{}" stroke-width=".25" d="M.15 .15h{:g}v{:g}h-{:g}z"/><path fill="{}" d="{}"/>'
    ).format(
        _TOWN_GROUND, _OUTLINE, *(BAR_WIDTH - 0.3, BAR_HEIGHT - 0.3, BAR_WIDTH - 0.3),
        colours[_FILLED], "".join(map(_dot, range(figure.count))),
    )  # fmt: skip
    return _drawn("town", BAR_WIDTH, BAR_HEIGHT, shapes, spoken)


def _dot(number: int) -> str:
    """Return the outline of a dot in the bar of a town, mm."""
    edge = 3 * DOT
    x = edge + (0.5 + number * _ALONG) % 1 * (BAR_WIDTH - 2 * edge)
    y = edge + (0.5 + number * _ACROSS) % 1 * (BAR_HEIGHT - 2 * edge)
    return f"M{x:.2f} {y - DOT:.2f}c.37 0 .67.3 .67.67s-.3.67-.67.67s-.67-.3-.67-.67s.3-.67.67-.67z"


def _drawn(name: str, width: float, height: float, shapes: Markup, spoken: str) -> Markup:
    return Markup(
        '<svg class="{name}" width="{w:g}mm" height="{h:g}mm" xmlns="http://www.w3.org/2000/svg" '
        'viewBox="0 0 {w:g} {h:g}" role="img">'
        "<title>{spoken}</title>{shapes}</svg>"
    ).format(name=name, w=round(width, 1), h=round(height, 1), spoken=spoken, shapes=shapes)


def _person(column: int, row: int) -> str:
    """Return the outline of one person, mm, of curves: those that the engine makes of arcs have nine decimals."""
    x, y = ACROSS * column + ACROSS / 2, DOWN * row + 0.15
    head = "c.3 0 .54.24.54.54s-.24.54-.54.54s-.54-.24-.54-.54s.24-.54.54-.54z"
    body = "v-.64c0-.4.3-.68.72-.68s.72.28.72.68v.64z"
    return f"M{x:.2f} {y:.2f}{head}M{x - 0.72:.2f} {y + 2.5:.2f}{body}"


def _disc(column: int, row: int) -> str:
    """Return the outline of a disc, mm: a treatment is not a person, and looks like none."""
    x, y = ACROSS * column + ACROSS / 2, DOWN * row + 0.35
    curve = "c.58 0 1.05.47 1.05 1.05s-.47 1.05-1.05 1.05s-1.05-.47-1.05-1.05s.47-1.05 1.05-1.05z"
    return f"M{x:.2f} {y:.2f}{curve}"
