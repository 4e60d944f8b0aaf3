"""Risk figures in whole numbers, and the icon arrays that draw them (CDC Clear Communication Index, items 17-19)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import floor, log10

from markupsafe import Markup

from handoutpress.content.models.handouts import Risk
from handoutpress.content.models.languages import Figures

COLUMNS, ROWS = 25, 4
PITCH, SIDE = 10.0, 7.6
"""An icon array is 25 × 4 squares of 7.6 units, 10 apart."""


@dataclass(frozen=True)
class RiskFigure:
    """``count`` in ``of``, in whole numbers; ``of`` is 100 or, for the rarer, one in so many."""

    count: int
    of: int

    @property
    def is_drawn(self) -> bool:
        return self.of == COLUMNS * ROWS and self.count > 0


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


def _squares(first: int, last: int) -> str:
    corners = ((PITCH * (i % COLUMNS) + 1, PITCH * (i // COLUMNS) + 1) for i in range(first, last))
    return "".join(f"M{x:g} {y:g}h{SIDE}v{SIDE}h-{SIDE}z" for x, y in corners)


def icon_array(figure: RiskFigure, phrases: Figures) -> Markup:
    """Return an SVG of 100 squares, ``figure.count`` of them black: readable without colour."""
    spoken = phrases.squares.format(count=figure.count, of=figure.of)
    return Markup(
        '<svg class="icon-array" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w:g} {h:g}" role="img">'
        '<title>{spoken}</title><path fill="#1a1a1a" d="{full}"/><path fill="#cfcfcf" d="{rest}"/></svg>'
    ).format(
        w=PITCH * COLUMNS,
        h=PITCH * ROWS,
        spoken=spoken,
        full=_squares(0, figure.count),
        rest=_squares(figure.count, figure.of),
    )
