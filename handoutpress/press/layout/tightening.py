"""The same text a little tighter, or begun on other pages, for what it gains: risks that stand whole, no short end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from math import inf

from handoutpress.content.models.formats import Format
from handoutpress.press.layout.blocks import PageBoxes
from handoutpress.press.layout.choices import (
    LAST_SHORTENED,
    RISKS,
    SIDES,
    LayoutChoice,
    TextLengths,
    TypeSetting,
    shortening_order,
    with_fewer_references,
)
from handoutpress.press.layout.composing import (
    FlowPages,
    PageComposition,
    best_composition,
    flow_pages,
    grown,
    kept_whole,
    parts_of,
    stands_on_two,
)
from handoutpress.press.layout.prediction import MeasuredText, measured_text
from handoutpress.press.layout.trials import LayoutTrial

LESS_LEADING, STEPS_SMALLER = 0.05, 2
"""How much less leading is tried, of the size of type, and how many steps of smaller type."""
TIGHTER_TRIED, SHORTER_TRIED = 2, 3
"""How often type that keeps the risks on one side is tried, and how often short texts that do."""
PARTED_RISKS = 1.0
"""Risks that go on over a page are as bad as so much, as ``badness`` reckons it."""
MOST_BLANK_FOR_RISKS, MOST_BLANK_OVER_PICTURE = 0.25, 0.35
"""No foot is blank for more of its page for the sake of whole risks, without and with a picture below it."""


def tighter_settings(format_: Format, setting: TypeSetting) -> Iterator[TypeSetting]:
    """Yield the same text in a little less leading, then in smaller type; its sections may go on over a page."""
    plain, type_ = _unbroken(setting), format_.type
    if setting.leading - LESS_LEADING >= format_.leading.tight:
        yield replace(plain, leading=round(setting.leading - LESS_LEADING, 4))
    sizes = (setting.size - steps * type_.step for steps in range(1, STEPS_SMALLER + 1))
    yield from (replace(plain, size=size) for size in sizes if size >= type_.floor)


def all_tighter_settings(format_: Format, setting: TypeSetting) -> Iterator[TypeSetting]:
    """Yield the same, then the smaller type that has the least leading, too."""
    tighter, tight = list(tighter_settings(format_, setting)), format_.leading.tight
    yield from tighter
    smaller = (other for other in tighter if other.size < setting.size and other.leading > tight)
    yield from (replace(other, leading=tight) for other in smaller)


def closer_settings(format_: Format, setting: TypeSetting) -> Iterator[TypeSetting]:
    """Yield the same text in ever less leading, in its type and then in type that is a step smaller."""
    for size in (setting.size, setting.size - format_.type.step):
        leading = setting.leading - LESS_LEADING * (size == setting.size)
        while size >= format_.type.floor and leading > format_.leading.tight - LESS_LEADING / 2:
            yield replace(_unbroken(setting), size=size, leading=round(leading, 4))
            leading -= LESS_LEADING


def on_one_sheet(
    format_: Format, trial: LayoutTrial, lengths: TextLengths, attempt: Callable[[TypeSetting], LayoutTrial]
) -> LayoutTrial:
    """Return the same tight and with its first references alone, if that spares it a second sheet or what it gave up.

    References are behind their code as well; texts and people are on the paper or nowhere.
    """
    full = replace(_unbroken(trial.setting), shortened=(), figures=True, icons=True, kept=False)
    if SIDES not in format_.pages or (trial.layout.pages <= SIDES and trial.setting.has_words_of(full)):
        return trial
    tight = replace(full, size=format_.type.floor, leading=format_.leading.tight)
    fewer = list(with_fewer_references(tight, format_, lengths))
    if trial.layout.pages <= SIDES:
        is_drawn = trial.setting.figures and trial.setting.icons
        shorter = [] if is_drawn else [replace(setting, shortened=trial.setting.shortened) for setting in fewer]
        return _first_that_fits(_likely([*fewer, *shorter], trial, lengths)[:TIGHTER_TRIED], attempt) or trial
    if not _first_that_fits(fewer[-1:], attempt):
        return trial
    return _first_that_fits(fewer, attempt) or trial


def _likely(settings: Sequence[TypeSetting], trial: LayoutTrial, lengths: TextLengths) -> list[TypeSetting]:
    """Return the settings that likely fit on one sheet, as a trial tells."""
    measured = measured_text(trial.setting, lengths, trial.blocks())
    return [setting for setting in settings if measured and measured.fits(LayoutChoice(setting, SIDES, 0, 0), lengths)]


def _first_that_fits(
    settings: Sequence[TypeSetting], attempt: Callable[[TypeSetting], LayoutTrial]
) -> LayoutTrial | None:
    """Return the first that fits on one sheet with its risks on one side; None where none does."""
    trials = map(attempt, settings)
    return next((other for other in trials if other.fits(SIDES) and not risks_are_parted(other.blocks())), None)


def pages_needed(trial: LayoutTrial, setting: TypeSetting, flow: FlowPages) -> int:
    """Return how many pages a text likely flows through with a setting, as a trial in other type tells."""
    parts = grown(parts_of(flow_pages(trial.blocks())), setting.scale / trial.setting.scale)
    return flow.sequence(parts, last=True).pages


def composed_cost(trial: LayoutTrial, flow: FlowPages) -> float:
    """Return how bad a trial's pages look at best once their breaks are chosen: nothing is laid out for it."""
    composition = best_composition(parts_of(flow_pages(trial.blocks())), flow)
    return composition.cost if composition else inf


def _unbroken(setting: TypeSetting) -> TypeSetting:
    """Return the same with no page begun by choice and nothing to fill its pages."""
    return replace(setting, whole=False, starts=(), notes=0, rows=0)


def risks_are_parted(pages: Sequence[PageBoxes]) -> bool:
    """Return whether the risks stand on more than one page."""
    return stands_on_two(RISKS, pages)


def settings_with_risks_on_first(
    trial: LayoutTrial, sizes: Sequence[TypeSetting], measured: MeasuredText, lengths: TextLengths | None
) -> Iterator[TypeSetting]:
    """Yield settings that likely end the risks on the first page: smaller ``sizes`` of a trial, then short texts.

    Without ``lengths``, no text may be short.
    """
    smaller = [setting for setting in sizes if setting.scale < trial.setting.scale]
    yield from [setting for setting in smaller if measured.ends_on_first(RISKS, setting)][:TIGHTER_TRIED]
    shorter = [replace(sizes[-1], shortened=keys) for keys in _shorter_above(trial, lengths)] if lengths else []
    yield from [setting for setting in shorter if measured.ends_on_first(RISKS, setting)][:SHORTER_TRIED]


def _shorter_above(trial: LayoutTrial, lengths: TextLengths) -> Iterator[tuple[str, ...]]:
    """Yield ever more texts to be set short, in the order of all formats, as far as one above the risks is the last.

    No text of some of many references: which words a page may have, a proof has to know.
    """
    if trial.setting.references:
        return
    above = {key for block in trial.blocks()[0].blocks for key in block.sections if key not in LAST_SHORTENED}
    order = shortening_order(lengths)
    for count in range(len(trial.setting.shortened) + 1, len(order) + 1):
        if order[count - 1] in above:
            yield tuple(order[:count])


def planned_with_whole_risks(trial: LayoutTrial, setting: TypeSetting, flow: FlowPages) -> PageComposition | None:
    """Return how pages are composed on one of which the risks stand whole, as a trial in other type tells.

    None where no page has room for them.
    """
    key = f"#{RISKS}"
    parts = kept_whole(grown(parts_of(flow_pages(trial.blocks())), setting.scale / trial.setting.scale), key)
    heights = [part.height for part in parts if part.key == key]
    most = MOST_BLANK_OVER_PICTURE if flow.spare.foot else MOST_BLANK_FOR_RISKS
    flow = replace(flow, whole=False, count=None, most_blank=most)
    return best_composition(parts, flow) if heights and heights[0] <= flow.room else None
