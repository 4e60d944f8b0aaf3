"""Harms stand on one page: a text above them is set short for that, and pages are begun so that none parts them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from handoutpress.content.loading import load_catalog
from handoutpress.content.project import Project, builtin_root
from handoutpress.press.layout.blocks import BlockBox, PageBoxes
from handoutpress.press.layout.choices import TextLengths, TypeSetting
from handoutpress.press.layout.composing import FlowPages, grown, kept_whole, parts_of
from handoutpress.press.layout.prediction import measured_text
from handoutpress.press.layout.spreading import SpareRoom
from handoutpress.press.layout.tightening import (
    NOTES_COST,
    PARTED_RISKS,
    all_tighter_settings,
    harm_beside_looks,
    planned_with_whole_risks,
    risks_are_parted,
    settings_with_risks_on_first,
)
from handoutpress.press.layout.trials import LayoutTrial
from handoutpress.press.layout.typeset import Layout

ROOM = 1000.0
SETTING = TypeSetting(12.0, 1.2)
LENGTHS = TextLengths(
    {"what_it_is": 400, "what_to_expect": 600, "risks": 400, "after_care": 300},
    {"what_it_is": 350, "what_to_expect": 350, "after_care": 100},
    2,
)


class Boxes:
    """What is asked of a layout where its pages are composed."""

    def __init__(self, boxes: Sequence[PageBoxes]) -> None:
        self.boxes = tuple(boxes)
        self.pages = len(self.boxes)


def page(*heights: tuple[str, float], breaks: Sequence[float] = ()) -> PageBoxes:
    """A page of blocks one below the other, each with the same breaks."""
    blocks, top = [], 0.0
    for key, height in heights:
        inside = tuple(at for at in breaks if at < height)
        blocks.append(BlockBox(f"#{key}", True, top, top + height, False, False, (key,), breaks=inside))
        top += height
    return PageBoxes(0.0, ROOM, tuple(blocks))


def trial_of(*pages: PageBoxes, setting: TypeSetting = SETTING) -> LayoutTrial:
    return LayoutTrial(setting, "", frozenset(), cast(Layout, Boxes(pages)))


PARTED = trial_of(
    page(("what_it_is", 300), ("what_to_expect", 400), ("risks", 300), breaks=(100, 200)),
    page(("risks", 100), ("after_care", 700), breaks=(100, 200)),
)


def test_risks_on_two_pages_are_parted() -> None:
    assert risks_are_parted(PARTED.blocks())
    assert not risks_are_parted(trial_of(page(("risks", 900)), page(("after_care", 300))).blocks())


def test_larger_type_that_parts_risks_and_leaves_pages_for_notes_alone_is_weighed_with_both() -> None:
    whole = trial_of(page(("risks", 900)), page(("after_care", 300)))
    noted = trial_of(*PARTED.blocks(), setting=TypeSetting(12.0, 1.2, notes=2))
    assert harm_beside_looks(whole) == 0
    assert harm_beside_looks(PARTED) == PARTED_RISKS
    assert harm_beside_looks(noted) == PARTED_RISKS + 2 * NOTES_COST


def test_the_text_that_saves_most_above_the_risks_is_set_short_to_end_them_on_the_first_page() -> None:
    measured = measured_text(SETTING, LENGTHS, PARTED.blocks())
    assert measured
    settings = list(settings_with_risks_on_first(PARTED, [SETTING], measured, LENGTHS))
    assert [setting.shortened for setting in settings] == [("what_to_expect",), ("what_to_expect", "what_it_is")]
    assert not list(settings_with_risks_on_first(PARTED, [SETTING], measured, None))


def test_texts_are_set_short_in_the_order_that_a_proof_knows() -> None:
    lengths = TextLengths({**LENGTHS.full, "later": 900}, {**LENGTHS.short, "later": 100}, 2)
    measured = measured_text(SETTING, lengths, PARTED.blocks())
    assert measured
    first, *_ = settings_with_risks_on_first(PARTED, [SETTING], measured, lengths)
    assert first.shortened == ("later", "what_to_expect")
    some = trial_of(*PARTED.blocks(), setting=TypeSetting(12.0, 1.2, references=1))
    assert not list(settings_with_risks_on_first(some, [some.setting], measured, lengths))


def test_tighter_lines_come_before_short_texts() -> None:
    measured = measured_text(SETTING, LENGTHS, PARTED.blocks())
    assert measured
    sizes = [SETTING, TypeSetting(11.0, 1.1), TypeSetting(10.0, 1.1)]
    first, *_ = settings_with_risks_on_first(PARTED, sizes, measured, LENGTHS)
    assert (first.size, first.shortened) == (11.0, ())


def test_risks_that_would_break_take_a_page_more() -> None:
    planned = planned_with_whole_risks(PARTED, SETTING, FlowPages(ROOM, SpareRoom(0, 400)), LENGTHS)
    assert planned
    assert planned.pages == 3


def test_risks_taller_than_a_page_are_left_to_break() -> None:
    tall = trial_of(page(("risks", 1000), breaks=(500,)), page(("risks", 300), breaks=(100,)))
    assert planned_with_whole_risks(tall, SETTING, FlowPages(ROOM, SpareRoom(0, 0)), LENGTHS) is None
    assert planned_with_whole_risks(tall, TypeSetting(10.0, 1.2), FlowPages(ROOM, SpareRoom(0, 0)), LENGTHS)


def test_what_is_kept_whole_has_no_breaks_and_grows_with_the_type() -> None:
    parts = kept_whole(grown(parts_of(PARTED.blocks()), {"#risks": 0.5, "#what_to_expect": 0.5}), "#risks")
    heights = {part.key: (part.height, bool(part.breaks)) for part in parts}
    assert heights["#risks"] == (200.0, False)
    assert heights["#what_to_expect"] == (200.0, True)


def test_no_type_in_which_sections_rather_break_is_for_the_sake_of_harms() -> None:
    format_ = load_catalog(Project(builtin_root(), builtin_root())).formats["a4-trifold"].format
    settings = list(all_tighter_settings(format_, TypeSetting(12.0, 1.25)))
    assert min(setting.size for setting in settings) == format_.type.whole
    small = TypeSetting(format_.type.whole - 0.5, 1.25)
    assert {setting.size for setting in all_tighter_settings(format_, small)} <= {small.size}
