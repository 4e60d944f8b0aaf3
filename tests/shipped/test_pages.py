"""The shipped leaflets as a designer sees them: two full pages, lines that can be followed, nothing cut or alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise, product
from statistics import mean
from typing import Any

import pytest
from laid_out_pages import BRANDS, HANDOUTS, body, copy_of, lines
from laid_out_pages import catalog as catalog  # noqa: PLC0414
from laid_out_pages import maker as maker  # noqa: PLC0414

from handoutpress.content.catalog import Catalog
from handoutpress.press.layout.blocks import classes_of
from handoutpress.press.layout.trials import LayoutTrial
from handoutpress.press.page.figures import BAR_WIDTH, DOT
from handoutpress.press.plate.plate_maker import PlateContent, PlateMaker

MM = 96 / 25.4
FORMATS = ("a4-leaflet", "letter-leaflet")
NOTE = "Please wear loose clothes, and eat something light before you come. You can park behind the house."

Lay = Callable[[str, str, str], LayoutTrial]


LEAFLETS = tuple(product(HANDOUTS, BRANDS, FORMATS))
SOME = (
    ("acupuncture", "default", "a4-leaflet"),
    ("acupuncture", "harbour-osteopathy", "letter-leaflet"),
    ("dry-needling", "default", "letter-leaflet"),
    ("dry-needling", "north-moor", "a4-leaflet"),
    ("dry-needling", "sunbird-acupuncture", "a4-leaflet"),
    ("acupuncture-or-dry-needling", "harbour-osteopathy", "a4-leaflet"),
    ("acupuncture-or-dry-needling", "north-moor", "letter-leaflet"),
)
"""Each handout, brand and paper, one leaflet that some references spare a third side, and one that has it."""
FULLEST = "acupuncture-or-dry-needling"
"""It tells of two treatments, and some of its texts are set short where a face is wide."""
LOW = "letter-leaflet"
"""The lower paper, on which a text above the risks may be short, so that they end on the first page."""


@pytest.fixture(
    scope="module",
    params=[pytest.param(SOME, id="some"), pytest.param(LEAFLETS, id="all", marks=pytest.mark.soak)],
)
def pages(request: pytest.FixtureRequest, catalog: Catalog, maker: PlateMaker) -> dict[tuple[str, ...], LayoutTrial]:
    """What is printed of shipped handouts in shipped brands, on A4 and on Letter."""
    return {names: maker.fit(copy_of(catalog, *names)).trial for names in request.param}


def words(line: Any) -> str:
    return "".join(box.text for box in line.descendants() if hasattr(box, "text"))


def test_each_leaflet_is_two_pages_of_its_full_text(pages: dict[tuple[str, ...], LayoutTrial]) -> None:
    """The fullest may have short texts, and on Letter, which is lower, another, so that its risks stand whole.

    Before a second sheet is begun, some references are left to their code.
    """
    for names, trial in pages.items():
        setting = trial.setting
        assert setting.references is None or (setting.references >= 6 and setting.figures and setting.icons), names
        assert not setting.short or names[0] == FULLEST or (len(setting.shortened), names[2]) == (1, LOW), names
        assert setting.size >= 12, names
        assert trial.layout.pages == 2, names
    assert pages["acupuncture", "harbour-osteopathy", LOW].setting.references == 7


def test_no_word_runs_under_the_white_ground_of_a_code(pages: dict[tuple[str, ...], LayoutTrial]) -> None:
    found = 0
    for names, trial in pages.items():
        for page in trial.layout.document.pages:
            inside = list(body(page).descendants())
            grounds = [box for box in inside if box.element_tag == "img" and " code-" in box.element.get("class", "")]
            texts = [box for box in inside if getattr(box, "text", "")]
            found += len(grounds)
            assert not [(names, text.text) for text in texts for ground in grounds if overlap(text, ground)]
    assert found == 2 * len(pages)


def overlap(one: Any, other: Any) -> bool:
    """Whether two boxes share more than the room between lines."""
    (left, top), (other_left, other_top) = [(box.content_box_x(), box.content_box_y()) for box in (one, other)]
    across = min(left + one.width, other_left + other.width) - max(left, other_left)
    down = min(top + one.height, other_top + other.height) - max(top, other_top)
    return bool(across > 1 and down > 4)


def test_no_page_is_nearly_empty(pages: dict[tuple[str, ...], LayoutTrial]) -> None:
    for names, trial in pages.items():
        for number, page in enumerate(trial.layout.document.pages):
            foot = max(line.position_y + line.height for line in lines(page))
            assert foot > (0.75 if number < 2 else 0.33) * page.height, names


def test_what_is_rare_is_told_in_words_alone(pages: dict[tuple[str, ...], LayoutTrial]) -> None:
    """A leaflet has no room for a bar whose dots can be counted: it draws none, and explains none."""
    told = 0
    for names, trial in pages.items():
        inside = [box for page in trial.layout.document.pages for box in body(page).descendants()]
        assert not [box for box in inside if {"town", "bar"} & {*classes_of(box)}], names
        told += any("100,000" in words(line) for page in trial.layout.document.pages for line in lines(page))
    assert told >= len(pages) / 2


def test_bars_stand_below_their_words_with_what_they_mean_above_the_first(catalog: Catalog, maker: PlateMaker) -> None:
    """What is rare is compared by its dots, so all bars are of one width, and nothing stands beside them."""
    widths = []
    for page in maker.fit(copy_of(catalog, FULLEST, "default", "a5-booklet")).trial.layout.document.pages:
        boxes = list(body(page).descendants())
        starts = [line for line in lines(page) if "".join(words(line).split()).startswith("Bar:")]
        bars = list(filter(is_bar, boxes))
        assert len(starts) == bool(bars)
        for line in starts:
            assert line.position_x == body(page).content_box_x(), "not beside the people"
            assert line.position_y + line.height <= min(bar.position_y for bar in bars)
        for item in filter(is_item, boxes):
            inside = list(item.descendants())
            for bar in filter(is_bar, inside):
                middles = [box.position_y + box.height / 2 for box in inside if getattr(box, "text", "").strip()]
                assert max(middles) < bar.content_box_y()
                widths.append(bar.width)
    assert len(widths) > 1
    assert max(widths) - min(widths) < 0.01
    assert min(widths) / MM * 2 * DOT / BAR_WIDTH >= 1, "a dot is a millimetre wide"


def is_item(box: Any) -> bool:
    return box.element_tag == "li" and type(box).__name__ != "LineBox"


def is_bar(box: Any) -> bool:
    return str(box.element_tag).endswith("svg") and "town" in classes_of(box)


def test_no_heading_stands_alone_at_the_foot(pages: dict[tuple[str, ...], LayoutTrial]) -> None:
    for names, trial in pages.items():
        for page in trial.layout.document.pages:
            # A heading in the margin stands beside its text, whose first line is as high as its own.
            first_lines = [
                heading_lines(block)[0].position_y for block in body(page).descendants() if heading_lines(block)
            ]
            texts = [line.position_y for line in lines(page) if not is_heading(line)]
            assert max(texts) + 2 > max(first_lines), names


def test_what_goes_on_over_a_page_is_named_at_its_head(pages: dict[tuple[str, ...], LayoutTrial]) -> None:
    """A harm is never read without the heading that says what it is."""
    for names, trial in pages.items():
        sections = [sections_on(page) for page in trial.layout.document.pages]
        goes_on = [below[0] is above[-1] for above, below in pairwise(sections)]
        heads = [head(page) for page in trial.layout.document.pages]
        assert heads == ["", *("Risks, continued" if does else "" for does in goes_on)], names
        assert len(heads) > 2 or not any(goes_on), names


def test_the_first_page_says_on_which_urgent_help_is(pages: dict[tuple[str, ...], LayoutTrial]) -> None:
    for names, trial in pages.items():
        sheets = trial.layout.document.pages
        ids = [
            [box.element.get("id") for box in body(page).descendants() if box.element is not None] for page in sheets
        ]
        number = next(number for number, on_page in enumerate(ids, 1) if "urgent_help" in on_page)
        pointers = [box for box in body(sheets[0]).descendants() if "pointer" in classes_of(box)]
        texts = ["".join(words(box).split()) for box in pointers if type(box).__name__ == "InlineBlockBox"]
        assert texts == ([f"Urgenthelp:page{number}"] if number > 1 else []), names


def sections_on(page: Any) -> list[Any]:
    return [box.element for box in body(page).descendants() if box.element_tag == "section"]


def head(page: Any) -> str:
    """The words in a page's top margin."""
    boxes = [box for box in page._page_box.children if getattr(box, "at_keyword", "") == "@top-left"]
    return "".join(words(box) for box in boxes)


def test_short_sections_codes_and_references_stand_on_two_edges(pages: dict[tuple[str, ...], LayoutTrial]) -> None:
    """Above several places the codes stand in a row, and else below each other."""
    for names, trial in pages.items():
        margin = trial.layout.document.pages[-1]._page_box.margin_left
        inside = [box for page in trial.layout.document.pages for box in body(page).descendants()]
        cells = [
            box for box in inside if type(box).__name__ == "TableCellBox" and box.element_tag in {"div", "section"}
        ]
        assert {round((box.content_box_x() - margin) / MM, 1) for box in cells} == {0.0, 91.5}, names
        codes = [box for box in inside if box.element_tag == "img" and " code-" in box.element.get("class", "")]
        edges = {-2.6, 88.9} if names[1] == "north-moor" else {-2.6}
        assert {round((box.position_x - margin) / MM, 1) for box in codes} == edges, names


def is_heading(box: Any) -> bool:
    return (box.element_tag or "").removesuffix("::line") in {"h1", "h2", "h3"}


def heading_lines(block: Any) -> list[Any]:
    return [kid for kid in getattr(block, "children", ()) if type(kid).__name__ == "LineBox" and is_heading(kid)]


def test_nothing_stands_beside_the_page(pages: dict[tuple[str, ...], LayoutTrial]) -> None:
    for names, trial in pages.items():
        for page in trial.layout.document.pages:
            for box in page._page_box.descendants():
                if hasattr(box, "text") and box.text.strip():
                    right, bottom = page.width - box.position_x - box.width, page.height - box.position_y - box.height
                    assert min(box.position_x, box.position_y, right, bottom) > 4.5 * MM, (names, box.text)


def running_lines(page: Any) -> Iterator[str]:
    """Lines of running text that another line follows: all but the last of each paragraph at the measure."""
    for block in body(page).descendants():
        kids = [kid for kid in getattr(block, "children", ()) if type(kid).__name__ == "LineBox"]
        if block.element_tag in {"p", "li"} and 120 * MM < block.width < 145 * MM:
            yield from (words(line) for line in kids[:-1])


def test_lines_have_about_60_to_70_characters(pages: dict[tuple[str, ...], LayoutTrial]) -> None:
    for brand in BRANDS:
        trials = [trial for names, trial in pages.items() if brand in names]
        lengths = [
            len(text) for trial in trials for page in trial.layout.document.pages for text in running_lines(page)
        ]
        assert len(lengths) > 15, brand
        assert 58 <= mean(lengths) <= 71, (brand, mean(lengths))


def test_no_line_begins_with_a_citation(pages: dict[tuple[str, ...], LayoutTrial]) -> None:
    for names, trial in pages.items():
        for page in trial.layout.document.pages:
            cites = [box for box in body(page).descendants() if box.element_tag == "sup"]
            starts = {(line.position_x, line.position_y) for line in lines(page)}
            assert all((box.position_x, box.position_y) not in starts for box in cites), names


@pytest.mark.parametrize("handout", HANDOUTS)
def test_a_note_and_lines_to_write_on_fit_as_well(handout: str, catalog: Catalog, maker: PlateMaker) -> None:
    copy = copy_of(catalog, handout, "default", "a4-leaflet")
    flow = copy.flow.__class__(
        **{**vars(copy.flow), "note": NOTE, "writing_lines": ("practitioner", "next_appointment")}
    )
    trial = maker.fit(PlateContent(copy.file, copy.language, copy.format, flow)).trial
    assert trial.layout.pages == 2
    assert any(
        "Please wear loose clothes" in words(line) for page in trial.layout.document.pages for line in lines(page)
    )


def test_a_text_without_short_sections_has_no_empty_columns(catalog: Catalog, maker: PlateMaker) -> None:
    pages = maker.fit(copy_of(catalog, "after-needling-or-cupping", "default", "a4-leaflet")).trial.blocks()
    keys = {block.key for page in pages for block in page.blocks}
    assert ".halves" not in keys
    assert ".halves.reach" in keys
