"""Addresses in words: shortened to what a person types, broken where it reads well, never too small."""

import re
from itertools import accumulate

import pytest
from press_room import catalog_of

from handoutpress.content.models.web_addresses import MAX_CODE_LENGTH, typed_address
from handoutpress.content.project import builtin_root
from handoutpress.press.layout.font_files import FontError, address_subset, regular_file
from handoutpress.press.page.qrcodes import LEAST_MODULE, CorrectionLevel, longest_text, make_code
from handoutpress.press.plate.code_words import (
    SIZES,
    AddressTooLongError,
    FontMetrics,
    draw_address,
    set_address,
)

FONTS = tuple(sorted((builtin_root() / "fonts/source-sans-3").glob("*.ttf")))
SUBSET = address_subset(regular_file(FONTS))
WIDTHS = FontMetrics(SUBSET.widths, SUBSET.ascent, SUBSET.descent)
SLOT = (56 * 72 / 25.4, 9 * 72 / 25.4)
"""The slot of the shipped formats, pt."""
SLOT_OF_POSTER = (92 * 72 / 25.4, 64 * 72 / 25.4)


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("https://www.clinic.example/", "www.clinic.example"),
        ("http://clinic.example/read", "clinic.example/read"),
        ("https://wwwclinic.example/read#references", "wwwclinic.example/read#references"),
    ],
)
def test_only_what_must_be_typed_is_printed(address: str, typed: str) -> None:
    assert typed_address(address) == typed


def test_a_short_address_is_one_line_at_full_size() -> None:
    assert set_address("https://clinic.example/tea", WIDTHS, *SLOT) == (10.0, ["clinic.example/tea"])


def test_a_long_address_breaks_after_its_marks_and_loses_nothing() -> None:
    address = "https://north-moor-partnership.example/articles/warm-tea-for-throats"
    size, lines = set_address(address, WIDTHS, *SLOT)
    assert len(lines) == 2
    assert "".join(lines) == typed_address(address)
    assert lines[0][-1] in "/.-_?=&#"
    assert all(WIDTHS.of(line) * size <= SLOT[0] for line in lines)


@pytest.mark.parametrize("slug", ["lantern-street", "sunbird-acupuncture", "harbour-osteopathy-at-the-quay"])
def test_a_line_ends_at_a_slash_before_it_ends_at_a_hyphen(slug: str) -> None:
    _, lines = set_address(f"https://sheets.handout-press.example/{slug}/c/26ac681e", WIDTHS, *SLOT)
    assert {line[-1] for line in lines[:-1]} == {"/"}


def test_a_line_ends_at_a_dot_before_it_ends_at_a_hyphen() -> None:
    """On a poster no line holds a host."""
    address = "https://sheets.handout-press.example/sunbird-acupuncture/c/26ac681e"
    _, lines = set_address(address, WIDTHS, *SLOT_OF_POSTER, (26.0, 24.0))
    assert {line[-1] for line in lines[:-1]} == {".", "/"}


def test_no_last_line_is_a_letter_or_two() -> None:
    address = "https://read.harbour-osteopathy.example/c/2f0ba314/r"
    width = WIDTHS.of("read.harbour-osteopathy.example/c/2f0ba314/") * 10
    _, lines = set_address(address, WIDTHS, width, 30)
    assert lines == ["read.harbour-osteopathy.example/", "c/2f0ba314/r"]


def test_type_shrinks_before_it_gives_up() -> None:
    size, lines = set_address("https://clinic.example/" + "m" * 27, WIDTHS, 200, 30)
    assert (size, len(lines)) == (8.5, 2)


def test_an_address_that_cannot_fit_is_refused() -> None:
    with pytest.raises(AddressTooLongError) as caught:
        set_address("https://clinic.example/" + "m" * 57, WIDTHS, *SLOT)
    assert str(caught.value) == (
        f"The address https://clinic.example/{'m' * 57} is too long to print beside its code. Hint: give a shorter one."
    )


def test_brackets_and_backslashes_stay_letters() -> None:
    assert rb"(a\(b\)\\c) Tj" in draw_address(r"https://a(b)\c", WIDTHS, 200, 30)


def test_lines_end_at_the_right_edge_where_the_page_reads_from_there() -> None:
    address = "https://north-moor-partnership.example/articles/warm-tea-for-throats"
    size, lines = set_address(address, WIDTHS, *SLOT)
    drawn = draw_address(address, WIDTHS, *SLOT, right=True)
    moves = [float(move) for move in re.findall(rb"([-\d.]+) [-\d.]+ Td", drawn)]
    assert len(moves) == len(lines) == 2
    for line, start in zip(lines, accumulate(moves), strict=True):
        assert start + WIDTHS.of(line) * size == pytest.approx(SLOT[0], abs=0.02)
    assert re.findall(rb"([-\d.]+) [-\d.]+ Td", draw_address(address, WIDTHS, *SLOT)) == [b"0.0000", b"0.0000"]


def test_the_subset_is_the_same_on_every_day() -> None:
    again = address_subset(regular_file(FONTS))
    assert again == SUBSET
    assert SUBSET.name.endswith("+SourceSans3-Regular")
    assert len(SUBSET.data) < 20_000


def test_a_family_without_an_upright_file_is_refused() -> None:
    with pytest.raises(FontError, match="no upright file"):
        regular_file(tuple(path for path in FONTS if "Italic" in path.name))


@pytest.mark.parametrize(
    ("size", "level", "longest"), [(26, "M", 106), (26.5, "M", 122), (28, "Q", 86), (30, "Q", 108), (36, "M", 251)]
)
def test_a_code_holds_what_its_modules_have_room_for(size: float, level: CorrectionLevel, longest: int) -> None:
    assert longest_text(size, level) == longest
    assert make_code("x" * longest, level).modules * LEAST_MODULE <= size
    assert make_code("x" * (longest + 1), level).modules * LEAST_MODULE > size


LONGEST = (
    "https://www.a-clinic-physio.example/for-our-patients/on-what-we-do/and-for-whom/we-do-it/here-and-at-home/"
    "acupuncture/readings"
)
"""An address of a site's pages, longer than any code holds."""


@pytest.mark.parametrize("family", ["nunito", "source-sans-3", "source-serif-4"])
def test_what_a_code_holds_has_room_beside_it_in_words(family: str) -> None:
    subset = address_subset(regular_file(tuple(sorted((builtin_root() / "fonts" / family).glob("*.ttf")))))
    widths = FontMetrics(subset.widths, subset.ascent, subset.descent)
    for name, file in catalog_of(builtin_root()).formats.items():
        code, slots = file.format.code, file.format.slots
        address = LONGEST[: min(MAX_CODE_LENGTH, longest_text(code.size, code.level))]
        box = slots.address.width * 72 / 25.4, slots.address.height * 72 / 25.4
        assert set_address(address, widths, *box, slots.words.sizes if slots.words else SIZES), name
