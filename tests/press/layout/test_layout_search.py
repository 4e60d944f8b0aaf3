"""The search for the least harmful choice: few layouts, one answer wherever it begins, nothing given up in vain."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from random import Random
from statistics import mean
from typing import cast

import pytest
import yaml
from press_room import catalog_of, clinic, edition_of, write_handout

from handoutpress.content.models.formats import Format
from handoutpress.content.models.handouts import Handout
from handoutpress.content.project import builtin_root
from handoutpress.press.layout.blocks import BlockBox, PageBoxes
from handoutpress.press.layout.choices import LayoutChoice, TextLengths, TypeSetting, layout_choices
from handoutpress.press.layout.composing import is_whole
from handoutpress.press.layout.fitting import Fitting
from handoutpress.press.layout.prediction import MeasuredText, measured_text
from handoutpress.press.layout.search import LayoutSearch
from handoutpress.press.layout.trials import LayoutTrial
from handoutpress.press.layout.typeset import Layout

ROOM = 1000.0
SECTIONS = ("what_it_is", "what_to_expect", "benefits", "risks", "after_care", "urgent_help")
NORMAL_LETTERS = 80
"""What is normal: no format counts its letters."""
PEOPLE = 140.0
"""How tall two hundreds of people are who show a benefit."""
FORMATS = ("a4-leaflet", "a4-trifold", "a5-booklet", "a6-card", "a3-poster", "a4-large-print")


@dataclass(frozen=True)
class MadeUpTrial:
    """A layout by arithmetic: lines that grow with the type, on pages of 1,000 pixels."""

    setting: TypeSetting
    pages: int
    boxes: tuple[PageBoxes, ...]
    stuck: bool = False

    def fits(self, pages: int) -> bool:
        return self.pages <= pages and (not self.setting.whole or is_whole(self.boxes))

    def blocks(self) -> tuple[PageBoxes, ...]:
        return self.boxes


def laid_out(lengths: TextLengths, setting: TypeSetting) -> MadeUpTrial:
    """Set sections one after the other in whole lines, each broken between any two, or kept whole on the next page."""
    line = setting.size / 0.75 * setting.leading
    pages: list[list[BlockBox]] = [[]]
    used = 0.0
    normal = {"normal": NORMAL_LETTERS} if lengths.normal and setting.normal else {}
    for key, letters in (*lengths.full.items(), *normal.items()):
        set_letters = lengths.short[key] if key in setting.shortened else letters
        left = line * (2 + -(-set_letters // int(900 / setting.size))) + PEOPLE * (
            setting.compared and key == "benefits"
        )
        if setting.whole and used + left > ROOM >= left:
            pages.append([])
            used = 0.0
        while left > 0.01:
            part = min(left, ROOM - used)
            end = used + part
            digest = f"{key} {set_letters} {setting.compared}"
            ends = tuple(line * count for count in range(1, int(part / line + 0.01)))
            box = BlockBox(f"#{key}", True, used, end, False, setting.whole, (key,), breaks=ends, digest=digest)
            pages[-1].append(box)
            used, left = used + part, left - part
            if left > 0.01:
                pages.append([])
                used = 0.0
    boxes = tuple(PageBoxes(0.0, ROOM, tuple(blocks)) for blocks in pages)
    return MadeUpTrial(setting, len(pages), boxes)


def attempt_of(lengths: TextLengths) -> Callable[[LayoutChoice], LayoutTrial]:
    return cast(Callable[[LayoutChoice], LayoutTrial], lambda choice: laid_out(lengths, choice.setting))


def search(
    format_: Format,
    lengths: TextLengths,
    likely: MeasuredText | None = None,
    failed: Sequence[MeasuredText] = (),
) -> tuple[list[LayoutChoice], int | None, LayoutSearch]:
    choices = layout_choices(format_, lengths)
    found = LayoutSearch(choices, lengths, attempt_of(lengths), likely, failed, basis="made up")
    return choices, found.best(), found


def fits(choice: LayoutChoice, trial: MadeUpTrial) -> bool:
    parted = sum(any(block.key == "#risks" for block in page.blocks) for page in trial.boxes) > 1
    ends = ((above.blocks[-1].key, below.blocks[0].key) for above, below in pairwise(trial.boxes))
    ladder_parted = ("#urgent_help", "#normal") in ends
    is_harmed = (choice.pages <= 2 and parted) or (choice.pages <= 4 and ladder_parted)
    return trial.fits(choice.pages) and not (choice.grown and is_harmed)


def text(random: Random, letters: int) -> TextLengths:
    full = {key: random.randint(letters // 2, letters) for key in SECTIONS}
    short = {key: full[key] // 2 for key in SECTIONS if random.random() < 0.6}
    return TextLengths(full, short, references=27, compared=True, normal=True)


@pytest.fixture(scope="module")
def formats(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Format]:
    catalog = catalog_of(clinic(tmp_path_factory.mktemp("clinic")))
    return {name: catalog.formats[name].format for name in FORMATS}


@pytest.mark.parametrize("name", FORMATS)
def test_the_answer_is_the_first_that_fits_wherever_the_search_begins(name: str, formats: dict[str, Format]) -> None:
    random = Random(17)
    for letters in (50, 250, 500, 1200, 3000):
        lengths = text(random, letters)
        choices, first, _ = search(formats[name], lengths)
        fitting = [n for n, choice in enumerate(choices) if fits(choice, laid_out(lengths, choice.setting))]
        assert first == (fitting[0] if fitting else None)
        for start in (0, len(choices) // 2, len(choices) - 1):
            setting = choices[start].setting
            likely = measured_text(setting, lengths, laid_out(lengths, setting).boxes)
            assert search(formats[name], lengths, likely)[1] == first, (letters, start)


def test_a_poster_leaves_out_what_is_normal_where_nothing_less_is_enough(formats: dict[str, Format]) -> None:
    found = []
    for letters in (600, 800, 1000):
        lengths = TextLengths({"main_message": letters}, {}, 0, normal=True)
        choices, first, _ = search(formats["a3-poster"], lengths)
        found.append(None if first is None else choices[first].setting.normal)
    assert found == [True, False, None]


def test_people_who_show_a_benefit_cost_no_words_nor_type_and_no_choice_where_there_are_none(
    formats: dict[str, Format],
) -> None:
    for format_ in formats.values():
        lengths = text(Random(17), 500)
        drawn, plain = layout_choices(format_, lengths), layout_choices(format_, replace(lengths, compared=False))
        told = [(choice.setting, choice.pages, choice.grown) for choice in drawn if not choice.setting.compared]
        assert told == [(choice.setting, choice.pages, choice.grown) for choice in plain]
        assert not any(choice.setting.compared for choice in plain)
        shown = [choice.setting for choice in drawn if choice.setting.compared]
        assert shown, format_.name
        assert all(setting.has_words_of(plain[0].setting) for setting in shown)
        assert min(setting.size for setting in shown) == format_.type.ideal
        assert min(setting.leading for setting in shown) == format_.leading.ideal


@pytest.mark.parametrize("name", ["a4-leaflet", "a5-booklet"])
def test_people_who_show_a_benefit_are_the_first_to_go(name: str, formats: dict[str, Format]) -> None:
    shown = []
    for letters in range(100, 2000, 100):
        lengths = TextLengths(dict.fromkeys(SECTIONS, letters), {}, references=0, compared=True)
        choices, first, _ = search(formats[name], lengths)
        plain_choices, plain, _ = search(formats[name], replace(lengths, compared=False))
        assert first is not None and plain is not None
        setting, without = choices[first].setting, plain_choices[plain].setting
        shown.append(setting.compared)
        assert choices[first].pages == plain_choices[plain].pages
        if setting.compared:
            assert setting.whole == without.whole
            assert min(setting.size, formats[name].type.ideal) == min(without.size, formats[name].type.ideal)
        else:
            assert setting == without
    assert {True, False} <= set(shown)


@pytest.mark.parametrize("letters", [500, 700, 900])
def test_people_without_room_on_many_pages_tell_nothing_of_smaller_type_on_few(
    letters: int, formats: dict[str, Format]
) -> None:
    lengths = text(Random(1), letters)
    choices, first, _ = search(formats["a5-booklet"], lengths)
    ends = [n for n, (one, two) in enumerate(pairwise(choices)) if one.setting.compared and one.range < two.range]
    for end in ends:
        found = LayoutSearch(choices, lengths, attempt_of(lengths), basis="made up")
        found.lay_out(end)
        assert found.best() == first


def test_a_section_taller_than_a_page_costs_no_pages(formats: dict[str, Format]) -> None:
    lengths = TextLengths({"what_it_is": 300, "risks": 4200, "after_care": 2600}, {}, references=1)
    choices, first, _ = search(formats["a5-booklet"], lengths)
    fitting = [n for n, choice in enumerate(choices) if fits(choice, laid_out(lengths, choice.setting))]
    assert first == fitting[0]
    assert (choices[first].pages, choices[first].setting.whole) == (4, False)


def test_few_layouts_find_it_after_a_text_was_changed(formats: dict[str, Format]) -> None:
    random, counts = Random(3), []
    for name in FORMATS:
        for letters in (150, 300, 500):
            lengths = text(random, letters)
            choices, number, found = search(formats[name], lengths)
            if number is None:
                continue
            likely = measured_text(choices[number].setting, lengths, found.trials[number].blocks())
            key = random.choice(SECTIONS)
            changed = TextLengths({**lengths.full, key: lengths.full[key] + 12}, lengths.short, lengths.references)
            counts.append(len(search(formats[name], changed, likely)[2].trials))
    assert sum(counts) / len(counts) <= 2.2, counts


def test_a_text_that_was_changed_is_found_by_how_the_one_before_failed(formats: dict[str, Format]) -> None:
    counts: list[int] = []
    for name, letters in (("a4-leaflet", 1200), ("a4-leaflet", 1600), ("a5-booklet", 1600), ("a6-card", 1600)):
        lengths = text(Random(5), letters)
        choices, number, found = search(formats[name], lengths)
        assert number and found.failed
        likely = measured_text(choices[number].setting, lengths, found.trials[number].blocks())
        for more in (-40, 0, 40):
            changed = replace(lengths, full={**lengths.full, "risks": lengths.full["risks"] + more})
            _, again, helped = search(formats[name], changed, likely, found.failed)
            assert again == search(formats[name], changed)[1], (name, letters, more)
            counts.append(len(helped.trials))
    assert mean(counts) <= 2, counts


def test_how_a_text_failed_counts_for_nothing_on_other_pages(formats: dict[str, Format]) -> None:
    format_, lengths = formats["a4-leaflet"], text(Random(6), 1200)
    choices, number, found = search(format_, lengths)
    assert number and found.failed
    likely = measured_text(choices[number].setting, lengths, found.trials[number].blocks())
    elsewhere = [replace(measured, basis="another style sheet") for measured in found.failed]
    alone, helped, other = (
        len(search(format_, lengths, likely, failed)[2].trials) for failed in ((), found.failed, elsewhere)
    )
    assert helped < alone == other


def test_reductions_come_in_order_and_more_pages_take_them_back(formats: dict[str, Format]) -> None:
    lengths = TextLengths({"what_it_is": 900, "after_care": 400}, {"what_it_is": 300, "after_care": 100}, references=14)
    choices = layout_choices(formats["a4-leaflet"], lengths)
    steps = [(c.pages, c.setting.references, c.setting.shortened) for c in choices]
    order = [step for step, following in pairwise([*steps, None]) if step != following]
    kept: list[tuple[int, int | None, tuple[str, ...]]] = [
        (2, None, ()),
        (2, None, ("what_it_is",)),
        *((2, references, ("what_it_is", "after_care")) for references in (None, 12, 11, 10)),
    ]
    assert order[:7] == [(1, None, ()), *kept]
    assert order[7:] == [
        (3, None, ()),
        *((4, *step[1:]) for step in kept),
        (4, 0, ("what_it_is", "after_care")),
    ]


def test_a_kind_takes_more_pages_before_anything_is_given_up(formats: dict[str, Format], tmp_path: Path) -> None:
    root = clinic(tmp_path)
    own_kind = yaml.safe_load((builtin_root() / "kinds/treatment.yaml").read_bytes())
    (root / "kinds").mkdir()
    (root / "kinds/course.yaml").write_text(yaml.safe_dump({**own_kind, "pages": [1, 3, 4, 9]}), "utf-8")
    write_handout(root, kind="course")
    catalog = catalog_of(root)
    leaflet, trifold = (edition_of(catalog, printed=name).format for name in ("a4-leaflet", "a4-trifold"))
    assert trifold == formats["a4-trifold"]

    lengths = TextLengths({"what_it_is": 900}, {"what_it_is": 300}, references=14)
    choices = layout_choices(leaflet, lengths)
    in_full = [choice.pages for choice in choices if choice.setting.references is None]
    given_up = [choice.pages for choice in choices if choice.setting.references is not None]
    assert list(dict.fromkeys(in_full)) == [1, 3, 4]
    assert set(given_up) == {4}


def test_lines_are_no_tighter_than_they_must_be_and_type_is_as_large_as_it_can(formats: dict[str, Format]) -> None:
    leaflet = formats["a4-leaflet"]
    choices = layout_choices(leaflet, TextLengths({"what_it_is": 100}, {}, references=3))
    sizes = [(c.setting.size, c.setting.leading) for c in choices if c.range == choices[-1].range]
    assert sizes == sorted(sizes, key=lambda size: (-size[0], -size[1]))
    assert sizes[0] == (leaflet.type.largest, leaflet.leading.loose)
    assert (leaflet.type.floor, leaflet.leading.tight) in sizes


def test_type_does_not_grow_where_that_would_part_the_risks(formats: dict[str, Format]) -> None:
    format_ = formats["a4-leaflet"]
    for letters in range(200, 1400, 60):
        lengths = TextLengths(dict.fromkeys(SECTIONS, letters), {}, references=2)
        choices, first, found = search(format_, lengths)
        if first is not None and choices[first].pages == 2 and choices[first].setting.size > format_.type.ideal:
            pages = found.trials[first].blocks()
            assert sum(any(block.key == "#risks" for block in page.blocks) for page in pages) == 1


def test_a_text_without_a_layout_begins_as_a_format_alike_has_it(formats: dict[str, Format]) -> None:
    lengths = text(Random(5), 900)
    choices, number, found = search(formats["a5-booklet"], lengths)
    assert number is not None
    measured = replace(
        measured_text(choices[number].setting, lengths, found.trials[number].blocks()) or pytest.fail("nothing flows"),
        area=(120.0, 180.0),
    )
    assert measured.on((120.0, 180.0)) == measured
    wider = measured.on((240.0, 180.0))
    assert [block.height for block in wider.blocks] == [block.height / 2 for block in measured.blocks]
    assert (wider.room, wider.moved) == (measured.room, True)


@dataclass(frozen=True)
class MadeUpLayout:
    """What is asked of a layout beside its boxes."""

    pages: int
    boxes: tuple[PageBoxes, ...]

    def wide_words(self) -> list[str]:
        return []

    def lines_left_over(self, kinds: Collection[str]) -> dict[str, int]:
        return {}


def fitted_setting(format_: Format, lengths: TextLengths) -> tuple[TypeSetting, Callable[[TypeSetting], LayoutTrial]]:
    """How a text is set whose risks take three times their room with people drawn, and what lays it out."""

    def attempt(setting: TypeSetting) -> LayoutTrial:
        drawn = {**lengths.full, "risks": lengths.full["risks"] * (3 if setting.figures else 1)}
        boxes = laid_out(replace(lengths, full=drawn), setting).boxes
        return LayoutTrial(setting, "", frozenset(), cast(Layout, MadeUpLayout(len(boxes), boxes)))

    fitted = Fitting(format_, cast(Handout, None), lengths, attempt).best()
    return fitted.trial.setting, attempt


def test_short_texts_come_before_risks_in_words_and_are_taken_back_where_these_are_enough(
    formats: dict[str, Format],
) -> None:
    settings = []
    for risks in (1300, 1700):
        full = {"what_it_is": 2100, "what_to_expect": 900, "risks": risks, "after_care": 900}
        short = {"what_it_is": 1700, "what_to_expect": 600, "after_care": 600}
        setting, attempt = fitted_setting(formats["a4-leaflet"], TextLengths(full, short, 2, figures=True))
        settings.append((setting.figures, setting.shortened))
        assert attempt(setting).fits(2)
    assert settings == [(True, ("what_it_is", "what_to_expect")), (False, ())]


def test_a_last_page_of_a_few_lines_goes_where_closer_lines_have_room(formats: dict[str, Format]) -> None:
    found = []
    for letters in (1500, 1650):
        full = {"what_it_is": 900, "what_to_expect": 1200, "after_care": letters, "risks": 700}
        setting, attempt = fitted_setting(formats["a4-large-print"], TextLengths(full, {}, 0))
        pages = attempt(setting).blocks()
        found.append((setting.size, setting.leading, len(pages), pages[-1].blocks[-1].bottom > 0.7 * ROOM))
    assert found == [(18.0, 1.35, 4, True), (18.0, 1.3, 4, True)]
