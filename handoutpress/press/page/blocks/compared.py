"""A hundred people as a page draws them, and two hundreds side by side: a benefit with its practice and without."""

from __future__ import annotations

from markupsafe import Markup

from handoutpress.content.models.benefits import Benefit
from handoutpress.press.page.blocks.drawings import role_colours
from handoutpress.press.page.blocks.writer import NOTHING, TextWriter
from handoutpress.press.page.figures import RiskFigure, compared_figures, hundred_drawn, say_figure
from handoutpress.press.page.phrases import apart


def people(figure: RiskFigure, per: str, writer: TextWriter, mark: str = "") -> Markup:
    """Return the drawing of a hundred, its words for a screen reader begun with ``mark``."""
    spoken = mark + writer.phrases.figures.filled.format(count=figure.count, of=figure.of)
    return hundred_drawn(figure, per, spoken, role_colours(is_screen=writer.choice.is_screen))


def compared(benefit: Benefit, writer: TextWriter) -> Markup:
    """Return both hundreds of a benefit, each below its words; nothing where people cannot show it, or have no room."""
    figures = compared_figures(benefit)
    if figures is None or benefit.who is None or benefit.compared_with is None or not writer.choice.with_compared:
        return NOTHING
    groups = zip(figures, (benefit.who, benefit.compared_with.who), strict=True)
    drawn = [_group(figure, who, writer) for figure, who in groups]
    return Markup('<div class="compared">{}{}</div>').format(*drawn)


def _group(figure: RiskFigure, who: str, writer: TextWriter) -> Markup:
    frequency = say_figure(figure, "person", writer.phrases.figures, writer.number)
    words = writer.labelled(frequency, apart(who, writer.language))
    return Markup("<div><p>{}</p>{}</div>").format(words, people(figure, "person", writer))
