"""Two columns of a page: where they are cut, and when there are none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from markupsafe import Markup, escape
from press_room import catalog_of, clinic, edition_of

from handoutpress.press.page.columns import MOST_LETTERS, cut_in_two, runs_of, section_lines
from handoutpress.press.page.flow import FlowFieldsReader, flow_of
from handoutpress.press.page.view import PageView, page_view


@pytest.mark.parametrize(
    ("lengths", "below", "cut"),
    [
        ([], 0, 0),
        ([5], 0, 1),
        ([5], 500, 1),  # a single reference begins its strip
        ([5, 5], 0, 1),
        ([9, 1, 1, 1], 0, 1),
        ([100] * 11, 130, 6),
    ],
)
def test_columns_come_out_about_as_high(lengths: list[float], below: float, cut: int) -> None:
    assert cut_in_two(lengths, below) == cut


def test_runs_hold_no_more_than_they_may() -> None:
    assert runs_of([], 10) == [slice(0, 0)]
    assert runs_of([4, 4, 4, 99, 4], 10) == [slice(0, 2), slice(2, 3), slice(3, 4), slice(4, 5)]
    lengths = [200.0] * 60
    assert all(sum(lengths[run]) <= MOST_LETTERS for run in runs_of(lengths, MOST_LETTERS))


def test_a_chinese_line_holds_half_as_many_signs() -> None:
    assert section_lines(["中" * 46]) - section_lines([]) == pytest.approx(2)
    assert section_lines(["a" * 46]) - section_lines([]) == pytest.approx(1)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> PageView:
    catalog = catalog_of(clinic(tmp_path_factory.mktemp("clinic")))
    edition = edition_of(catalog)
    flow = flow_of(edition.brand, catalog.countries[edition.brand.country], edition.handout_file)
    return page_view(edition.handout_file, edition.language, catalog.references, FlowFieldsReader(flow))


def test_short_sections_stand_in_two_columns_and_long_ones_below_each_other(page: PageView) -> None:
    """What goes on over a page in columns would be read in a wrong order."""
    columns = page.short_columns
    assert (*page.long_sections, *columns[0], *columns[1]) == page.sections
    assert columns[0][0].id == "tell_us_first"
    long = Markup("<p>{}</p>").format("word " * 400)
    sections = tuple(replace(each, body=long) if each.id == "after_care" else each for each in page.sections)
    longer = replace(page, sections=sections)
    assert longer.short_columns == ()
    assert longer.long_sections == sections


def test_a_single_short_section_takes_the_width_of_the_page(page: PageView) -> None:
    urgent = next(each for each in page.sections if each.id == "urgent_help")
    alone = replace(page, sections=(urgent,))
    assert alone.short_columns == ()
    assert alone.long_sections == (urgent,)


def test_each_reference_stands_in_one_block(page: PageView) -> None:
    entries = tuple(replace(page.references[0], number=number) for number in range(1, 61))
    many = replace(page, references=tuple(replace(each, html=escape("x" * 180)) for each in entries))
    blocks = many.reference_blocks
    assert [entry.number for block in blocks for column in block for entry in column] == list(range(1, 61))
    assert len(blocks) == 3
    assert replace(page, references=()).reference_blocks == ()
