"""How a handout's harms stand on one page: in type, with short texts or with page breaks that part them nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from handoutpress.press.layout.blocks import PageBoxes
from handoutpress.press.layout.choices import LAST_SHORTENED, RISKS, TextLengths, TypeSetting
from handoutpress.press.layout.composing import (
    FlowPages,
    PageComposition,
    best_composition,
    flow_pages,
    kept_whole,
    parts_of,
    stands_on_two,
)
from handoutpress.press.layout.prediction import MeasuredText
from handoutpress.press.layout.trials import LayoutTrial

TIGHTER_TRIED, SHORTER_TRIED = 2, 3
"""How often type that keeps the risks on one side is tried, and how often short texts that do."""
PARTED_RISKS = 0.6
"""Risks that go on over a page are as bad as so much, as ``badness`` reckons it."""


MOST_BLANK = 0.25
"""No foot is blank for more of its page for the sake of whole risks."""


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
    """Yield ever more texts to be set short of those above the risks, first the one that saves most."""
    above = [key for block in trial.blocks()[0].blocks for key in block.sections if key not in LAST_SHORTENED]
    full, short, shortened = lengths.full, lengths.short, trial.setting.shortened
    saving = {key: full[key] - short[key] for key in above if key in short and key not in shortened}
    for key in sorted(saving, key=lambda key: -saving[key]):
        shortened = (*shortened, key)
        yield shortened


def planned_with_whole_risks(trial: LayoutTrial, setting: TypeSetting, flow: FlowPages) -> PageComposition | None:
    """Return how pages are composed on one of which the risks stand whole, as a trial in other type tells.

    None where no page has room for them.
    """
    key = f"#{RISKS}"
    parts = kept_whole(parts_of(flow_pages(trial.blocks())), key, setting.scale / trial.setting.scale)
    heights = [part.height for part in parts if part.key == key]
    flow = replace(flow, whole=False, count=None, most_blank=MOST_BLANK)
    return best_composition(parts, flow) if heights and heights[0] <= flow.room else None
