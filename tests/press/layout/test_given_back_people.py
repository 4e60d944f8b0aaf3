"""People who show a benefit come back where the foot below it has room, and no other page changes for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import pytest

from handoutpress.press.layout.blocks import BlockBox, PageBoxes
from handoutpress.press.layout.choices import TextLengths, TypeSetting
from handoutpress.press.layout.tightening import with_compared
from handoutpress.press.layout.trials import LayoutTrial
from handoutpress.press.layout.typeset import Layout

ROOM, PEOPLE = 1000.0, 150.0
SETTING = TypeSetting(12.0, 1.2)
LENGTHS = TextLengths({"what_it_is": 400, "benefits": 600, "risks": 400}, {}, 2, compared=True)
AT_HAND = (("what_it_is", 300.0), ("benefits", 500.0)), (("risks", 600.0),)
Pages = Sequence[Sequence[tuple[str, float]]]


class Boxes:
    """A layout of sections of these heights, by pages."""

    def __init__(self, pages: Pages) -> None:
        self.boxes = tuple(map(self._page, pages))
        self.pages = len(pages)

    def wide_words(self) -> list[str]:
        return []

    def lines_left_over(self, parts: object) -> list[str]:
        return []

    def _page(self, heights: Sequence[tuple[str, float]]) -> PageBoxes:
        blocks, top = [], 0.0
        for key, height in heights:
            blocks.append(BlockBox(f"#{key}", True, top, top + height, False, True, (key,)))
            top += height
        return PageBoxes(0.0, ROOM, tuple(blocks))


def trial_of(pages: Pages, setting: TypeSetting = SETTING) -> LayoutTrial:
    return LayoutTrial(setting, "", frozenset(), cast(Layout, Boxes(pages)))


def with_people(pages: Pages, setting: TypeSetting) -> LayoutTrial:
    taller = [[(key, height + PEOPLE * (key == "benefits")) for key, height in page] for page in pages]
    return trial_of(taller, setting)


def refuse(setting: TypeSetting) -> LayoutTrial:
    raise AssertionError(f"{setting} was laid out")


def test_people_come_back_below_a_benefit_with_a_blank_foot() -> None:
    tried: list[TypeSetting] = []

    def attempt(setting: TypeSetting) -> LayoutTrial:
        tried.append(setting)
        return with_people(AT_HAND, setting)

    begun = replace(SETTING, starts=("#risks",), rows=3)
    trial = with_compared(trial_of(AT_HAND, begun), LENGTHS, attempt)
    assert trial.setting == replace(begun, compared=True)
    assert tried == [trial.setting], "one layout tells"


@pytest.mark.parametrize(
    "moved",
    [
        [AT_HAND[0], [], AT_HAND[1]],
        [[("what_it_is", 300.0)], [("benefits", 650.0)]],
        [AT_HAND[0], [("risks", 620.0)]],
        [[("what_it_is", 300.0), ("benefits", 500.0), ("risks", 100.0)], [("risks", 500.0)]],
    ],
    ids=["a page more", "another page", "other risks", "another break"],
)
def test_people_stay_away_where_another_page_would_change(moved: Pages) -> None:
    trial = trial_of(AT_HAND)
    assert with_compared(trial, LENGTHS, lambda setting: trial_of(moved, setting)) is trial


@pytest.mark.parametrize(
    ("pages", "setting", "lengths"),
    [
        (AT_HAND, SETTING, replace(LENGTHS, compared=False)),
        (AT_HAND, replace(SETTING, compared=True), LENGTHS),
        (AT_HAND, replace(SETTING, shortened=("benefits",)), LENGTHS),
        (AT_HAND, replace(SETTING, figures=False), LENGTHS),
        ([[("what_it_is", 400.0), ("benefits", 500.0)], [("risks", 600.0)]], SETTING, LENGTHS),
        ([[("what_it_is", 400.0), ("benefits", 300.0)], [("benefits", 200.0)]], SETTING, LENGTHS),
        ([[("what_it_is", 400.0)], [("risks", 200.0)]], SETTING, LENGTHS),
    ],
    ids=["no pair", "at hand", "short texts", "harms in words", "no room", "on two pages", "no benefits"],
)
def test_no_layout_is_made_where_people_cannot_come_back(
    pages: Pages, setting: TypeSetting, lengths: TextLengths
) -> None:
    trial = trial_of(pages, setting)
    assert with_compared(trial, lengths, refuse) is trial
