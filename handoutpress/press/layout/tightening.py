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
    given_back,
    shortening_order,
    with_fewer_references,
)
from handoutpress.press.layout.composing import (
    REFERENCES,
    FlowPages,
    PageComposition,
    PagePart,
    best_composition,
    flow_pages,
    grown,
    kept_whole,
    parts_of,
    stands_on_two,
)
from handoutpress.press.layout.prediction import (
    BENEFITS,
    LEAST_COMPARED,
    MeasuredText,
    least_share_of_references,
    measured_text,
    share_of_references,
)
from handoutpress.press.layout.search import LayoutSearch
from handoutpress.press.layout.trials import LayoutTrial

LESS_LEADING, STEPS_SMALLER, STEPS_TO_FILL = 0.05, 2, 4
"""How much less leading is tried, of the size of type; how many steps of smaller type, and how many to fill pages."""
TIGHTER_TRIED, SHORTER_TRIED = 2, 3
"""How often type that keeps the risks on one side is tried, and how often short texts that do."""
PARTED_RISKS = 1.0
"""Risks that go on over a page are as bad as so much, as ``badness`` reckons it."""
NOTES_COST = 0.25
"""A page for notes alone is as bad as half a page left empty: larger type comes first."""
A_LITTLE_OVER = 1.01
"""Pages that are reckoned to need so much of their room are laid out, to see whether they do."""
MOST_BLANK_FOR_RISKS, MOST_BLANK_OVER_PICTURE = 0.25, 0.35
"""No foot is blank for more of its page for the sake of whole risks, without and with a picture below it."""


def tighter_settings(format_: Format, setting: TypeSetting, most: int = STEPS_SMALLER) -> Iterator[TypeSetting]:
    """Yield the same text in a little less leading, then in smaller type; its sections may go on over a page."""
    plain, type_ = _unbroken(setting), format_.type
    if setting.leading - LESS_LEADING >= format_.leading.tight:
        yield replace(plain, leading=round(setting.leading - LESS_LEADING, 4))
    sizes = (setting.size - steps * type_.step for steps in range(1, most + 1))
    yield from (replace(plain, size=size) for size in sizes if size >= type_.floor)


def all_tighter_settings(format_: Format, setting: TypeSetting) -> Iterator[TypeSetting]:
    """Yield the same, then the smaller type that has the least leading, too; none in which sections rather break."""
    least, tight = min(format_.type.whole, setting.size), format_.leading.tight
    tighter = [other for other in tighter_settings(format_, setting) if other.size >= least]
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


def with_first_references(
    format_: Format, full: LayoutTrial, lengths: TextLengths, attempt: Callable[[TypeSetting], LayoutTrial]
) -> LayoutTrial | None:
    """Return a full text as tight as may be with as many first references as one sheet holds; None where none fits.

    References are behind their code as well; texts and people are on the paper or nowhere.
    """
    if full.stuck or full.layout.pages <= SIDES or risks_are_parted(full.blocks()):
        return None  # what stands before the references is what does not fit
    room = _room_for_references(full.blocks())
    possible = [
        less
        for less in with_fewer_references(full.setting, format_, lengths)
        if least_share_of_references(_share(less, lengths)) <= room
    ]
    found: LayoutTrial | None = None
    likely = (at for at, less in enumerate(possible) if share_of_references(_share(less, lengths)) <= room)
    at, tried = next(likely, len(possible) - 1), set[int]()
    while 0 <= at < len(possible) and at not in tried:
        tried.add(at)
        trial = attempt(possible[at])
        fits = _stands_on_one_sheet(trial)
        found = trial if fits else found
        at += -1 if fits else 1
    return found


def _room_for_references(pages: Sequence[PageBoxes]) -> float:
    """Return how much room one sheet has for references that stand on more, as a share of what they take."""
    taken, room = 0.0, 0.0
    for number, page in enumerate(pages):
        edge = page.top
        for block in page.blocks:
            if block.key == REFERENCES:
                taken += block.bottom - edge
            elif taken:
                room -= block.bottom - edge
            else:
                room = (SIDES - number) * (page.bottom - page.top) - (block.bottom - page.top)
            edge = block.bottom
    return room / taken if taken else 0.0


def _share(setting: TypeSetting, lengths: TextLengths) -> float:
    return (setting.references or 0) / max(1, lengths.references)


def drawn_on_one_sheet(
    format_: Format,
    measures: Sequence[MeasuredText],
    lengths: TextLengths,
    attempt: Callable[[TypeSetting], LayoutTrial],
) -> LayoutTrial | None:
    """Return a text with short texts, its first references and all that is drawn, if one sheet likely holds that.

    The ``measures`` are of its full texts and of its short ones, as tight as may be.
    """
    order = shortening_order(lengths)
    if not measures or not order:
        return None
    *others, short = measures
    drawn = replace(short.setting, figures=True, icons=True)
    settings = [
        less
        for count in range(1, len(order) + 1)
        for less in with_fewer_references(replace(drawn, shortened=tuple(order[:count])), format_, lengths)
        if short.fits(LayoutChoice(less, SIDES, 0, 0), lengths, others) and not short.parts_risks(less, others)
    ]
    return next(filter(_stands_on_one_sheet, map(attempt, settings[:TIGHTER_TRIED])), None)


def _stands_on_one_sheet(trial: LayoutTrial) -> bool:
    """Return whether a trial fits on one sheet with its risks on one side."""
    return trial.fits(SIDES) and not risks_are_parted(trial.blocks())


def taken_back(
    search: LayoutSearch, number: int, full: TypeSetting | None, attempt: Callable[[TypeSetting], LayoutTrial]
) -> LayoutTrial | None:
    """Return a choice with what it gave up and turns out not to be needed; None where all of it is needed.

    What is given back is tried in the closest lines of the choice's range. ``full`` tells how tall full texts are.
    """
    alike = [choice for choice in search.choices if choice.range == search.choices[number].range]
    milder = list(given_back(alike[-1].setting))
    if not milder:
        return None
    tight = search.measured(attempt(alike[-1].setting))
    in_full = search.measured(attempt(full)) if full else None
    others = [in_full] if in_full else []
    for setting in milder:
        choice = replace(alike[-1], setting=setting)
        if tight and tight.fits(choice, search.lengths, others):
            restored = attempt(setting)
            if search.is_fitting(choice, restored):
                return _largest(search, alike[:-1], restored, attempt)
    return None


def _largest(
    search: LayoutSearch,
    alike: Sequence[LayoutChoice],
    trial: LayoutTrial,
    attempt: Callable[[TypeSetting], LayoutTrial],
) -> LayoutTrial:
    """Return the same in the largest type of some choices that is likely to fit and does."""
    measured = search.measured(trial)
    for each in alike:
        larger = replace(trial.setting, size=each.setting.size, leading=each.setting.leading)
        choice = replace(each, setting=larger)
        if measured and measured.fits(choice, search.lengths):
            other = attempt(larger)
            if search.is_fitting(choice, other):
                return other
    return trial


def with_compared(
    trial: LayoutTrial, lengths: TextLengths, attempt: Callable[[TypeSetting], LayoutTrial]
) -> LayoutTrial:
    """Return the same with its people who show a benefit, where the foot below it has room: no other page changes."""
    setting = trial.setting
    is_spared = not setting.short and setting.figures and setting.icons  # texts and harms come first
    if setting.compared or not lengths.compared or not is_spared:
        return trial
    pages = trial.blocks()
    at = [number for number, page in enumerate(pages) if any(BENEFITS in block.sections for block in page.blocks)]
    if len(at) != 1 or pages[at[0]].bottom - pages[at[0]].blocks[-1].bottom < LEAST_COMPARED:
        return trial
    drawn = attempt(replace(setting, compared=True))
    is_alike = drawn.fits(len(pages)) and _apart_from(drawn.blocks(), at[0]) == _apart_from(pages, at[0])
    return drawn if is_alike else trial


def compared_choices(choices: Sequence[LayoutChoice], like: TypeSetting, ideal: float) -> Iterator[LayoutChoice]:
    """Yield those of some choices that have the words of another, in type as large, with its people for a benefit."""
    for choice in choices:
        if choice.setting.has_words_of(like) and choice.setting.size >= ideal:
            yield replace(choice, setting=replace(choice.setting, compared=True))


def harm_beside_looks(trial: LayoutTrial) -> float:
    """Return how bad a trial is beside how its pages look: risks that go on over a page, and pages for notes alone."""
    return PARTED_RISKS * risks_are_parted(trial.blocks()) + NOTES_COST * trial.setting.notes


def _apart_from(pages: Sequence[PageBoxes], number: int) -> list[object]:
    """Return where all stands on pages, but for one of them: of that, which blocks."""
    return [[block.key for block in page.blocks] if at == number else page for at, page in enumerate(pages)]


def pages_needed(trial: LayoutTrial, setting: TypeSetting, flow: FlowPages, lengths: TextLengths) -> int:
    """Return how many pages a text likely flows through with a setting, as a trial in other type tells."""
    return flow.sequence(_parts_in(trial, setting, lengths), last=True).pages


def likely_cost(trial: LayoutTrial, setting: TypeSetting, flow: FlowPages, lengths: TextLengths) -> float:
    """Return how bad pages with a setting likely look once their breaks are chosen, as a trial in any type tells."""
    composition = best_composition(_parts_in(trial, setting, lengths), flow)
    return composition.cost if composition else inf


def _parts_in(trial: LayoutTrial, setting: TypeSetting, lengths: TextLengths) -> list[PagePart]:
    """Return the parts of a trial's pages as they would be in other type, none beginning a page by choice: reckoned."""
    parts, measured = parts_of(flow_pages(trial.blocks())), measured_text(trial.setting, lengths, trial.blocks())
    parts = [replace(part, forced=part.forced and part.key not in trial.setting.starts) for part in parts]
    growth = measured.growth(setting) if measured else {}
    head = next(iter(growth.values()), 1.0)
    return grown(parts, {"": head, **growth})


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


def planned_with_whole_risks(
    trial: LayoutTrial, setting: TypeSetting, flow: FlowPages, lengths: TextLengths
) -> PageComposition | None:
    """Return how pages are composed on one of which the risks stand whole, as a trial in other type tells.

    None where no page has room for them.
    """
    key = f"#{RISKS}"
    parts = kept_whole(_parts_in(trial, setting, lengths), key)
    heights = [part.height - part.gap for part in parts if part.key == key]
    most = MOST_BLANK_OVER_PICTURE if flow.spare.foot else MOST_BLANK_FOR_RISKS
    flow = replace(flow, room=flow.room * A_LITTLE_OVER, whole=False, count=None, most_blank=most)
    return best_composition(parts, flow) if heights and heights[0] <= flow.room else None
