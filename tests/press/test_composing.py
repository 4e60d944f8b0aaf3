"""How pages are composed: breaks that fill them alike, room shared between their parts, lists that keep together."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, product
from math import inf
from typing import Any

import pytest
from laid_out_pages import BRANDS, HANDOUTS, body, copy_of, lines
from laid_out_pages import catalog as catalog  # noqa: PLC0414
from laid_out_pages import maker as maker  # noqa: PLC0414

from handoutpress.content.catalog import Catalog
from handoutpress.press.layout.blocks import BlockBox, PageBoxes, body_blocks, is_section
from handoutpress.press.layout.choices import KEPT
from handoutpress.press.layout.composing import (
    FlowPages,
    PagePart,
    badness,
    begins_unheaded,
    best_composition,
    blank_feet,
    flow_pages,
    is_whole,
    page_starts,
    pages_begun_by,
    parts_ladder,
    parts_of,
)
from handoutpress.press.layout.spreading import SpareRoom
from handoutpress.press.layout.trials import LayoutTrial
from handoutpress.press.plate.plate_maker import PlateMaker

BY_SHEETS = ("a4-trifold", "letter-trifold", "a5-booklet", "half-letter-booklet")
FLOWING = (*BY_SHEETS, "a4-large-print", "letter-large-print")
SAMPLE = (
    ("acupuncture", "default", "a4-trifold"),
    ("acupuncture", "harbour-osteopathy", "a5-booklet"),
    ("acupuncture", "sunbird-acupuncture", "letter-large-print"),
    ("dry-needling", "default", "a5-booklet"),
)
"""What `make test` looks at; `make soak` looks at every shipped handout, brand and format."""
EVERY = [
    pytest.param(names, marks=[] if names in SAMPLE else pytest.mark.soak)
    for names in product(HANDOUTS, BRANDS, FLOWING)
]

Names = tuple[str, str, str]
NOTHING = SpareRoom(0, 0)
"""As of a format that spreads no room."""


@pytest.fixture(scope="module")
def trials() -> dict[Names, LayoutTrial]:
    """What was laid out so far."""
    return {}


@pytest.fixture(params=EVERY, ids="-".join)
def composed(
    request: pytest.FixtureRequest, trials: dict[Names, LayoutTrial], catalog: Catalog, maker: PlateMaker
) -> tuple[str, LayoutTrial]:
    """The format and what is printed in it."""
    names: Names = request.param
    if names not in trials:
        copy = copy_of(catalog, *names)
        trials[names] = maker.fit(copy).trial
    return names[2], trials[names]


def test_no_page_is_half_empty_but_the_last(composed: tuple[str, LayoutTrial]) -> None:
    *others, last = flow_pages(composed[1].blocks())
    for page in others:
        assert page.blocks[-1].bottom - page.top > 0.5 * (page.bottom - page.top), page
    assert last.blocks[-1].bottom - last.top > 0.15 * (last.bottom - last.top)


def test_folded_pages_keep_sections_whole_and_need_no_notes(composed: tuple[str, LayoutTrial]) -> None:
    name, trial = composed
    if name in BY_SHEETS:
        assert is_whole(trial.blocks())
        assert trial.setting.notes == 0


def test_a_picture_stands_at_the_foot_of_pages_with_room_for_it_alone(composed: tuple[str, LayoutTrial]) -> None:
    pages, boxes = composed[1].layout.document.pages, composed[1].blocks()
    flowing, height = flow_pages(boxes), foot_picture(composed[0])
    pictured = [any("foot-picture" in box.element.get("class", "") for box in margin_boxes(page)) for page in pages]
    wanted = [page in flowing and page.bottom - page.blocks[-1].bottom >= height for page in boxes]
    assert pictured == wanted


def test_no_rule_stands_over_the_first_section_of_a_page(composed: tuple[str, LayoutTrial]) -> None:
    for page in composed[1].layout.document.pages:
        first = body_blocks(page._page_box)[0]
        assert not is_section(first) or first.border_bottom_width or not first.border_top_width


def foot_picture(format_slug: str) -> float:
    """How high the picture of a format is with the gap above it, px."""
    return {"trifold": 30, "booklet": 28, "print": 42}[format_slug.rsplit("-", 1)[1]] * 96 / 25.4


def margin_boxes(page: Any) -> list[Any]:
    """The boxes of elements in a page's margins."""
    inside = [box for margin in page._page_box.children[1:] for box in margin.descendants()]
    return [box for box in inside if getattr(box, "element", None) is not None]


def test_trifolds_break_a_section_rather_than_be_small(composed: tuple[str, LayoutTrial]) -> None:
    name, trial = composed
    assert not name.endswith("trifold") or trial.setting.size >= 11


def test_no_heading_ends_a_page_and_no_list_leaves_one_item(composed: tuple[str, LayoutTrial]) -> None:
    for page in composed[1].layout.document.pages:
        pictures = [box for box in body(page).descendants() if box.element_tag == "img"]
        lowest = max([*lines(page), *pictures], key=lambda box: box.position_y, default=None)
        assert lowest is None or lowest.element_tag.removesuffix("::line") not in {"h1", "h2", "h3"}
    for above, below in pairwise(composed[1].layout.document.pages):
        for tag in set(items(above)) & set(items(below)):
            assert min(items(above)[tag], items(below)[tag]) >= 2, tag


def test_what_to_tell_us_and_what_to_do_afterwards_stand_whole(composed: tuple[str, LayoutTrial]) -> None:
    keys = [{block.key for block in page.blocks} & set(KEPT) for page in composed[1].blocks()]
    assert all(not above & below for above, below in pairwise(keys))


def test_what_goes_on_over_a_page_is_named_at_its_head(composed: tuple[str, LayoutTrial]) -> None:
    pages = composed[1].blocks()
    for page, (above, below) in zip(composed[1].layout.document.pages[1:], pairwise(pages), strict=True):
        goes_on = bool(above.blocks and below.blocks) and above.blocks[-1].key == below.blocks[0].key != "#references"
        heads = [box for box in page._page_box.children if getattr(box, "at_keyword", "") == "@top-left"]
        words = [inner.text for head in heads for inner in head.descendants() if hasattr(inner, "text")]
        assert "".join(words).endswith(", continued") == goes_on, below.blocks[0].key


def items(page: Any) -> dict[Any, int]:
    """How many items of each list of a section stand on a page, and rows of each table; a group of risks is one."""
    boxes = [box for box in body(page).descendants() if box.element is not None]
    lists = [box for box in boxes if box.element_tag in {"ul", "tbody"} and "risks" not in box.element.get("class", "")]
    groups = [box for box in boxes if box.element_tag == "div" and "group" in box.element.get("class", "").split()]
    return {box.element: len({kid.element for kid in kids(box)}) for box in (*lists, *groups)}


def kids(box: Any) -> list[Any]:
    return [kid for kid in box.descendants() if kid.element is not None and kid.element.tag in {"li", "tr"}]


def parts(*heights: float, every: int = 0) -> list[PagePart]:
    """Sections of these heights, whole ones if not ``every`` so many px a line ends."""
    lines = [tuple(range(every, int(height), every)) if every else () for height in heights]
    return [
        PagePart(f"#s{number}", height, False, places=1, breaks=breaks)
        for number, (height, breaks) in enumerate(zip(heights, lines, strict=True))
    ]


def flow(below: float = 0, between: float = 0) -> FlowPages:
    """Pages of 100 px, as many as it takes."""
    return FlowPages(100, SpareRoom(between, below))


def sheet(count: int) -> FlowPages:
    """So many pages, on which each part stands whole."""
    return FlowPages(100, NOTHING, count, whole=True)


def test_pages_of_a_known_number_are_filled_alike() -> None:
    plan = best_composition(parts(30, 30, 30, 30, 60, 60), sheet(4))
    assert plan
    assert (plan.starts, plan.pages) == (("#s2", "#s4", "#s5"), 4)


def test_parts_that_cannot_stand_whole_on_the_pages_have_no_plan() -> None:
    assert best_composition(parts(70, 70, 70), sheet(2)) is None
    assert best_composition(parts(130, 20), sheet(2)) is None


def test_no_page_but_the_last_is_nearly_empty() -> None:
    assert best_composition(parts(15, 95, 50), sheet(3)) is None
    plan = best_composition(parts(50, 95, 15), sheet(3))
    assert plan
    assert plan.starts == ("#s1", "#s2")


def test_a_part_that_always_begins_a_page_shares_none_before_it() -> None:
    plan = best_composition([*parts(20, 20), PagePart("#references", 130, True)], sheet(3))
    assert plan
    assert plan.starts == ("#references",)


def test_a_long_part_is_broken_only_where_that_leaves_less_empty() -> None:
    broken, whole = (
        best_composition(parts(*heights, every=5), flow(between=15)) for heights in ((60, 90, 45), (80, 85, 90))
    )
    assert broken
    assert broken.starts == ()
    assert whole
    assert whole.starts == ("#s1", "#s2")


def block(key: str, top: float, bottom: float) -> BlockBox:
    return BlockBox(key, key.startswith("#"), top, bottom, forced=False, whole=True, places=int(key.startswith("#s")))


def test_pages_that_were_laid_out_are_never_chosen_with_one_that_is_nearly_empty_before_the_last() -> None:
    full, few = PageBoxes(0, 100, (block("#s0", 0, 95),)), PageBoxes(0, 100, (block("#s1", 0, 15),))
    assert badness([full, few, full], SpareRoom(0, 0), others_follow=True) == inf
    assert badness([full, full, few], SpareRoom(0, 0), others_follow=True) < inf


def test_what_is_no_section_belongs_to_the_one_above_and_a_head_to_the_first() -> None:
    page = PageBoxes(
        0, 100, (block("h1", 0, 10), block("#one", 12, 40), block(".source", 45, 50), block("#two", 55, 90))
    )
    assert parts_of([page, PageBoxes(0, 100, (block("#two", 0, 20),))]) == [
        PagePart("#one", 50, False, breaks=(10, 40)),
        PagePart("#two", 60, False, breaks=(40,), gap=5),
    ]


def test_the_gap_above_a_part_takes_no_room_at_the_head_of_a_page() -> None:
    parts = [PagePart(f"#{name}", 50, False, gap=10) for name in "abcd"]
    assert FlowPages(90, SpareRoom(0, 0)).sequence(parts, last=True).pages == 2
    assert FlowPages(89, SpareRoom(0, 0)).sequence(parts, last=True).pages == 4


def test_what_has_no_heading_belongs_to_the_section_above_and_is_parted_at_the_head_of_a_page() -> None:
    tip = replace(block("#tip", 0, 50), headed=False)
    above, begun = PageBoxes(0, 100, (block("#a", 0, 90),)), PageBoxes(0, 100, (tip, block("#b", 50, 90)))
    assert [part.key for part in parts_of([above, begun])] == ["#a", "#b"]
    assert begins_unheaded([above, begun])
    assert not begins_unheaded([begun, above])
    assert not begins_unheaded([PageBoxes(0, 100, (tip,)), begun])


def test_no_page_begins_with_what_is_tied_to_the_block_above() -> None:
    above, picture = block("#list", 0, 50), replace(block("#picture", 55, 80), headed=False)
    loose, tied = (parts_of([PageBoxes(0, 100, (above, below))]) for below in (picture, replace(picture, tied=True)))
    assert [part.breaks for part in loose] == [(50,)]
    assert [part.breaks for part in tied] == [()]


def test_a_page_begins_between_steps_of_the_ladder_only_where_half_a_page_would_be_empty() -> None:
    steps = (block("#normal", 0, 30), block("#call_us", 30, 60))
    pages = [PageBoxes(0, 100, steps), PageBoxes(0, 100, (block("#urgent_help", 0, 30), block("#a", 30, 90)))]
    assert parts_ladder(pages)
    assert not parts_ladder([PageBoxes(0, 100, steps), PageBoxes(0, 100, pages[1].blocks[1:])])

    ladder = [PagePart(f"#{key}", 30, False) for key in ("normal", "call_us", "urgent_help")]
    others = [replace(part, key=f"#s{number}") for number, part in enumerate(ladder)]
    after = PagePart("#a", 55, False)
    begun = [best_composition([*above, after], sheet(2)) for above in (ladder, others)]
    assert [plan and plan.starts for plan in begun] == [("#a",), ("#s2",)]


def test_a_part_with_no_place_for_a_break_goes_to_the_next_page_as_a_whole() -> None:
    whole, broken = best_composition(parts(60, 60, 30), flow()), best_composition(parts(60, 60, 30, every=10), flow())
    assert whole
    assert broken
    assert (whole.starts, whole.pages) == (broken.starts, broken.pages) == ((), 2)
    assert whole.cost > broken.cost


def test_pages_are_foreseen_as_they_are_begun() -> None:
    pages = [
        PageBoxes(0, 100, (block("#one", 0, 40), block("#two", 46, 90))),
        PageBoxes(0, 100, (block("#three", 0, 20), block("#four", 26, 50))),
    ]
    foreseen = pages_begun_by(pages, ("#two", "#four"))
    assert [[(each.key, each.top, each.bottom) for each in page.blocks] for page in foreseen] == [
        [("#one", 0, 40)],
        [("#two", 0, 44), ("#three", 50, 70)],
        [("#four", 0, 24)],
    ]


def test_a_page_is_begun_by_a_section_but_not_by_the_rest_of_one() -> None:
    pages = [
        PageBoxes(0, 100, (block("h1", 0, 10), block("#one", 12, 90))),
        PageBoxes(0, 100, (block("#one", 0, 40), block("#two", 45, 90))),
        PageBoxes(0, 100, (block("#three", 0, 40), block(".source", 45, 90))),
        PageBoxes(0, 100, (block(".source", 0, 40),)),
    ]
    assert page_starts(pages) == ("#three",)


def test_the_last_page_of_a_long_text_may_be_half_empty_but_not_left_for_a_few_lines() -> None:
    def look(*bottoms: float, others_follow: bool = False) -> float:
        pages = [PageBoxes(0, 100, (block(f"#s{number}", 0, bottom),)) for number, bottom in enumerate(bottoms)]
        return badness(pages, SpareRoom(15, 0), others_follow=others_follow)

    assert look(95, 50) < look(70, 75)
    assert look(95, 10) > look(75, 30)
    # Where the back of a booklet follows, it is a page like the others.
    assert look(95, 50, others_follow=True) > look(70, 75, others_follow=True)


def test_a_foot_that_spare_room_cannot_fill_is_worse_than_one_that_it_fills() -> None:
    # Two parts with a gap fill their page where room is spread; else a third one breaks.
    tall = (45, 25, 95, 60)
    loose, stiff = (best_composition(parts(*tall, every=5), flow(below=below)) for below in (30, 0))
    assert loose
    assert loose.starts == ("#s2", "#s3")
    assert stiff
    assert stiff.starts == ()
    pages = [PageBoxes(0, 100, (block("#a", 0, 30), block("#b", 35, 60))), PageBoxes(0, 100, (block("#c", 0, 70),))]
    assert blank_feet(pages, NOTHING) == [0.4, 0.3]
    assert blank_feet(pages, SpareRoom(0, 25)) == [0.15, 0.3]
    assert badness(pages, SpareRoom(0, 25), others_follow=True) < badness(pages, NOTHING, others_follow=True)
