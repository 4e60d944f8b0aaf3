"""The blocks of a body as a page has them: their words in order, their short texts, their citations."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from press_room import clinic, press_of, write_handout

from handoutpress.content.catalog import Catalog
from handoutpress.press.layout.choices import layout_choices, lengths_of, view_choice
from handoutpress.press.page.blocks.links import LinksView
from handoutpress.press.page.blocks.pairs import PairsView
from handoutpress.press.page.blocks.picture import PictureView
from handoutpress.press.page.blocks.section_view import SectionView
from handoutpress.press.page.blocks.table import TableView
from handoutpress.press.page.blocks.writer import ViewChoice
from handoutpress.press.page.flow import FlowFieldsReader, flow_of
from handoutpress.press.page.view import EVERYTHING, page_view

DOTS = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 3"><path fill="primary" d="M0 0h3v3H0z"/></svg>'


def sections_of(folder: Path, body: list[Any], choice: ViewChoice = EVERYTHING) -> list[SectionView]:
    """The sections of the small project's handout with this body."""
    root = clinic(folder)
    write_handout(root, body=body)
    press, edition = press_of(root)
    catalog: Catalog = press._catalog
    flow = FlowFieldsReader(flow_of(edition.brand, catalog.countries[edition.brand.country], edition.handout_file))
    return list(page_view(edition.handout_file, edition.language, catalog.references, flow, choice).sections)


def blocks_of(folder: Path, body: list[Any], choice: ViewChoice = EVERYTHING) -> list[list[str]]:
    """The words of each block."""
    sections = sections_of(folder, body, choice)
    return [
        [word.replace("\xa0", " ") for word in section.words() if word]
        for section in sections
        if section.id.startswith("body-")
    ]


def test_blocks_stand_behind_what_to_expect(tmp_path: Path) -> None:
    ids = [section.id for section in sections_of(tmp_path, ["One text.", {"text": {"heading": "Why?", "text": "So."}}])]
    at = ids.index("what_to_expect")
    assert ids[at + 1 : at + 4] == ["body-1", "body-2", "risks"]


def test_a_text_may_be_written_in_four_ways(tmp_path: Path) -> None:
    body = [
        "A text.",
        {"text": "A text."},
        {"text": ["one", "two"]},
        {"text": {"heading": "Why?", "text": "So it is."}},
    ]
    assert blocks_of(tmp_path, body) == [["A text."], ["A text."], ["one", "two"], ["Why?", "So it is."]]


def test_an_optional_picture_stands_only_where_its_format_has_room(tmp_path: Path) -> None:
    picture = {"file": "marks.svg", "alt": "Two dots", "labels": ["Day 1", "Day 6"], "optional": True}
    root = clinic(tmp_path)
    (root / "pictures").mkdir()
    (root / "pictures/marks.svg").write_text(DOTS, "utf-8")
    body = [{"picture": picture}, "A text."]
    assert blocks_of(tmp_path, body) == [["Day 1", "Day 6"], ["A text."]]
    assert blocks_of(tmp_path, body, ViewChoice(with_optional=False)) == [["A text."]]
    handout = press_of(root)[1].handout
    for name, is_printed in (("a4-leaflet", False), ("a4-trifold", False), ("a5-booklet", True)):
        format_ = press_of(root)[0]._catalog.formats[name].format
        lengths = lengths_of([handout], format_, 0)
        choices = [view_choice(format_, each.setting, beside=False) for each in layout_choices(format_, lengths)]
        assert {choice.with_optional for choice in choices} == {is_printed}
        assert lengths.blocks == 2


def test_no_line_of_a_label_ends_between_days_unless_its_part_is_narrow(tmp_path: Path) -> None:
    root = clinic(tmp_path)
    (root / "pictures").mkdir()
    (root / "pictures/marks.svg").write_text(DOTS, "utf-8")
    body = [{"picture": {"file": "marks.svg", "alt": "Two dots", "labels": ["Days 1 to 3", "Later"]}}]
    for choice, label in (
        (EVERYTHING, "Days\xa01\xa0to\xa03"),
        (ViewChoice(width=120.0, measure=30.0), "Days\xa01\xa0to\xa03"),
        (ViewChoice(width=32.0, measure=8.0), "Days 1\xa0to\xa03"),
    ):
        section = next(each for each in sections_of(tmp_path, body, choice) if each.id == "body-1")
        assert next(filter(None, section.words())) == label


@pytest.mark.parametrize(("label", "is_listed"), [("We agree", False), ("An incontrovertible word", True)])
def test_labels_stand_below_each_other_where_a_word_is_wider_than_its_part(
    tmp_path: Path, label: str, is_listed: bool
) -> None:
    root = clinic(tmp_path)
    (root / "pictures").mkdir()
    (root / "pictures/marks.svg").write_text(DOTS, "utf-8")
    body = [{"picture": {"file": "marks.svg", "alt": "Two dots", "labels": [label, "Later"]}}]
    sections = sections_of(tmp_path, body, ViewChoice(width=60.0, measure=15.0))
    block = next(each.block for each in sections if each.id == "body-1")
    assert isinstance(block, PictureView)
    assert block.listed == is_listed


def test_a_handout_with_nothing_else_in_its_body_has_no_block_to_leave_out(tmp_path: Path) -> None:
    root = clinic(tmp_path)
    (root / "pictures").mkdir()
    (root / "pictures/marks.svg").write_text(DOTS, "utf-8")
    write_handout(root, body=[{"picture": {"file": "marks.svg", "alt": "Two dots", "optional": True}}])
    press, edition = press_of(root)
    assert lengths_of([edition.handout], press._catalog.formats["a4-leaflet"].format, 0).blocks == 0


def test_a_short_text_stands_in_place_of_its_block(tmp_path: Path) -> None:
    body = [{"text": {"heading": "Why?", "text": "A long text.", "short": "A text."}}]
    assert blocks_of(tmp_path, body, ViewChoice(short=("body-1",))) == [["Why?", "A text."]]


@pytest.mark.parametrize(
    ("phone", "link"),
    [
        ("0800 123 4567", 'href="tel:+44-800-123-4567"'),
        ("+33 1 23 45 67 89", 'href="tel:+33-1-23-45-67-89"'),
        ("116 123", 'href="tel:116123"'),
        ("7946 0000", ""),
    ],
)
def test_a_number_to_call_is_dialled_as_it_is_in_the_clinics_country(phone: str, link: str, tmp_path: Path) -> None:
    (section,) = [
        s for s in sections_of(tmp_path, [{"links": [{"label": "A helpline", "phone": phone}]}]) if s.kind == "links"
    ]
    assert isinstance(section.block, LinksView)
    html = section.block.items[0].phone
    assert html.striptags().replace("\xa0", " ") == phone
    assert (link in html) if link else "href" not in html


def test_even_columns_hold_the_widest_of_their_words(tmp_path: Path) -> None:
    """Each is as wide as the widest: what they need together is more than the sum of what each needs."""
    days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    table = {"table": {"heading": "Nights", "columns": ["Week", *days], "rows": [1, 2], "fill": True}}
    for measure, parts in ((28.0, 1), (24.0, 2)):
        sections = sections_of(tmp_path / str(measure), [table], ViewChoice(measure=measure))
        (view,) = [section.block for section in sections if isinstance(section.block, TableView)]
        assert len(view.parts) == parts
        narrowest = min(width for part in view.parts for width in part.widths[1:])
        assert narrowest / 100 * measure > 3


def test_a_day_of_a_diary_is_one_row_as_long_as_uneven_columns_hold_their_words(tmp_path: Path) -> None:
    columns = ["Hours of sleep", "Times awake", "Pain, 0 to 10", "What I did", "Medicines"]
    table = {"table": {"heading": "Week 1", "columns": columns, "rows": ["Mon", "Tue", "Wed"], "fill": True}}
    for measure, parts in ((26.8, 1), (24.0, 2)):
        sections = sections_of(tmp_path / str(measure), [table], ViewChoice(measure=measure))
        (view,) = [section.block for section in sections if isinstance(section.block, TableView)]
        assert len(view.parts) == parts
        first, *others = view.parts[0].widths
        assert first / 100 * measure > 2.7
        assert sum(view.parts[0].widths) == pytest.approx(100, abs=0.1)
        assert max(others) == others[-1]
        assert min(others) / 100 * measure > 3.9


def test_columns_for_words_are_wider_than_those_for_a_number(tmp_path: Path) -> None:
    table = {"columns": ["Hours", "Pain", "What I did"], "rows": ["Mon", "Tue"], "fill": True, "wide_columns": [3]}
    sections = sections_of(tmp_path, [{"table": table}], ViewChoice(measure=40.0))
    (part,) = next(section.block for section in sections if isinstance(section.block, TableView)).parts
    _, hours, pain, did = part.widths
    assert hours == pain
    assert did > 1.5 * pain
    assert not part.even


def test_columns_for_words_get_what_those_for_a_number_leave_where_a_page_is_narrow(tmp_path: Path) -> None:
    columns = ["Hours of sleep", "Times awake", "Pain, 0 to 10", "What I did", "Medicines"]
    table = {"columns": columns, "rows": ["Mon", "Wed"], "fill": True, "wide_columns": [4, 5]}
    sections = sections_of(tmp_path, [{"table": table}], ViewChoice(measure=26.8))
    (part,) = next(section.block for section in sections if isinstance(section.block, TableView)).parts
    label, hours, times, pain, did, medicines = (width / 100 * 26.8 for width in part.widths)
    assert hours == times == pain
    assert did == medicines
    assert did > 1.4 * hours
    assert label > 3.2


def test_an_example_is_the_first_row_of_a_table_to_write_in(tmp_path: Path) -> None:
    table = {"columns": ["Pain", "What I did"], "rows": ["Mon"], "fill": True, "example": ["So", 4, "Short walk"]}
    sections = sections_of(tmp_path, [{"table": table}], ViewChoice(measure=40.0))
    (part,) = next(section.block for section in sections if isinstance(section.block, TableView)).parts
    example, monday = part.rows
    assert (example.label, [*map(str, example.cells)], example.is_example) == ("So", ["4", "Short walk"], True)
    assert (monday.label, [*map(str, monday.cells)], monday.is_example) == ("Mon", ["", ""], False)


def test_a_scale_from_0_to_10_has_a_number_below_each_part(tmp_path: Path) -> None:
    numbers = [str(number) for number in range(11)]
    body = [{"picture": {"file": "pain-scale.svg", "alt": "Eleven bars", "labels": numbers}}]
    assert blocks_of(tmp_path, body) == [numbers]


def test_a_picture_stands_beside_the_line_of_time_above_it_where_a_page_is_wide(tmp_path: Path) -> None:
    shown = {"file": "cupping-marks.svg", "alt": "Marks", "labels": ["Now", "Later"]}
    body = [
        {"pairs": {"as": "when", "heading": "How marks fade", "items": [["Today", "Dark."], ["Soon", "Pale."]]}},
        {"picture": shown},
        {"picture": {**shown, "heading": "Marks"}},
    ]
    wide = ViewChoice(measure=42.0, width=176.0)
    narrow = ViewChoice(measure=26.0, width=176.0)

    beside, below = (
        [section for section in sections_of(tmp_path / name, body, choice) if section.id.startswith("body-")]
        for name, choice in (("wide", wide), ("narrow", narrow))
    )

    assert [section.id for section in beside] == ["body-1", "body-3"]
    assert [section.id for section in below] == ["body-1", "body-2", "body-3"]
    assert [*beside[0].words()][-4:] == ["Soon", "Pale.", "Now", "Later"]
    assert isinstance(beside[0].block, PairsView)
    assert beside[0].block.picture
    assert beside[0].block.picture.drawing
    assert beside[0].block.picture.drawing.width == pytest.approx(0.4 * 176.0)
