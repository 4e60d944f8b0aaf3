"""The hundreds of people that an edition must draw, from the data of its handout alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handoutpress.content.editions import HandoutFile
from handoutpress.content.models.languages import Language
from handoutpress.press.page.blocks.writer import ViewChoice
from handoutpress.press.page.figures import RiskFigure, compared_figures, figure_of


@dataclass(frozen=True)
class WantedPeople:
    """A hundred people, or treatments, that must be drawn: their words for a screen reader, and how many are filled."""

    spoken: str
    count: int
    of: int


def wanted_people(file: HandoutFile, language: Language, choice: ViewChoice) -> Iterator[WantedPeople]:
    """Yield the hundreds that a page draws for the harms and the benefits of a handout: as its data say."""
    only, handout, drawn = choice.only, file.handout, list[RiskFigure]()
    told = (*handout.harms, *(harm for about in file.about for harm in about.harms))
    harms = [harm for harm in told if not harm.part_of_above]
    if choice.with_figures and (only is None or "risks" in only):
        drawn += [figure for harm in harms if (figure := figure_of(harm)) and figure.is_drawn]
    if choice.with_compared and (only is None or "benefits" in only) and handout.benefits:
        drawn += [figure for benefit in handout.benefits.items for figure in compared_figures(benefit) or ()]
    phrase = language.phrases.figures.filled
    for figure in drawn:
        yield WantedPeople(phrase.format(count=figure.count, of=figure.of), figure.count, figure.of)
