"""Risk figures: whole numbers, one denominator, and people that count the same."""

import re
from pathlib import Path

import pytest
import yaml
from markupsafe import escape
from press_room import catalog_of, clinic, edition_of

from handoutpress.content.brand.colours import contrast
from handoutpress.content.models.benefits import Benefit
from handoutpress.content.models.handouts import Risk
from handoutpress.content.models.languages import Language
from handoutpress.content.project import builtin_root
from handoutpress.press.page.blocks.compared import compared
from handoutpress.press.page.blocks.harms import told_apart
from handoutpress.press.page.blocks.section_view import RiskGroup
from handoutpress.press.page.blocks.writer import TextWriter, ViewChoice
from handoutpress.press.page.figures import (
    ACROSS,
    BAR_HEIGHT,
    BAR_WIDTH,
    DOT,
    MOST_IN_TOWN,
    SIDE,
    RiskFigure,
    bar_of_town,
    hundred_drawn,
    say_figure,
    town_figure,
    whole_figure,
)
from handoutpress.press.page.flow import FlowFieldsReader, flow_of
from handoutpress.press.page.html_words import paragraphs
from handoutpress.press.page.view import page_view

ENGLISH = Language.model_validate(yaml.safe_load((builtin_root() / "languages/en.yaml").read_text("utf-8")))
PHRASES = ENGLISH.phrases.figures

WHOLE = [
    (1463, 7629, RiskFigure(19, 100)),
    (7.55, 100, RiskFigure(8, 100)),
    (3.01, 100, RiskFigure(3, 100)),
    (1, 100, RiskFigure(1, 100)),
    (100, 100, RiskFigure(100, 100)),
    (1, 1024, RiskFigure(1, 1000)),
    (0.99, 100, RiskFigure(1, 100)),
    (1, 1500, RiskFigure(1, 2000)),
    (1, 9600, RiskFigure(1, 10_000)),
    (2, 3_000_000, RiskFigure(1, 2_000_000)),
    (0, 229_230, RiskFigure(0, 229_230)),
]


@pytest.mark.parametrize(("count", "of", "figure"), WHOLE)
def test_a_figure_is_whole(count: float, of: int, figure: RiskFigure) -> None:
    assert whole_figure(count, of) == figure


def test_a_figure_is_said_in_the_words_of_its_unit() -> None:
    assert say_figure(RiskFigure(8, 100), "treatment", PHRASES, "{:,}".format) == "About 8 in 100 treatments"
    assert say_figure(RiskFigure(1, 10_000), "person", PHRASES, "{:,}".format) == "About 1 in 10,000 people"
    assert say_figure(RiskFigure(0, 5000), "report", PHRASES, "{:,}".format) == "None in 5,000 reports"


def people_of(svg: str) -> list[tuple[float, float, bool]]:
    """The person's left and lower edge, mm, and whether it is filled, for each that is drawn."""
    drawn = []
    for path in re.findall(r"<path[^>]*>", svg):
        feet = re.findall(r"zM([\d.]+) ([\d.]+)v", path)
        drawn += [(float(x), float(y), "stroke" not in path) for x, y in feet]
    return drawn


@pytest.mark.parametrize("count", [1, 20, 37, 99, 100])
def test_a_hundred_people_are_filled_together_and_from_below(count: int) -> None:
    svg = hundred_drawn(RiskFigure(count, 100), "person", "spoken", {"primary_text": "#fb03c9"})
    people = people_of(svg)
    assert len(people) == len({person[:2] for person in people}) == 100
    in_order = sorted(people, key=lambda person: (-person[1], person[0]))
    assert [filled for *_, filled in in_order] == [True] * count + [False] * (100 - count)
    assert "<title>spoken</title>" in svg


def test_treatments_are_discs_in_the_place_of_people() -> None:
    svg = str(hundred_drawn(RiskFigure(19, 100), "treatment", "spoken", {"primary_text": "#fb03c9"}))
    assert people_of(svg) == []
    outlined, filled = re.findall(r' d="([^"]*)"', svg)
    assert (outlined.count("M"), filled.count("M")) == (81, 19)


def test_people_are_large_enough_and_seen_without_colour() -> None:
    svg = str(hundred_drawn(RiskFigure(9, 100), "person", "spoken", {"primary_text": "#fb03c9"}))
    width, height = map(float, re.findall(r'(?:width|height)="([\d.]+)mm"', svg))
    assert svg.count(f'viewBox="0 0 {width:g} {height:g}"') == 1, "a unit is a millimetre"
    (head, feet), *_ = re.findall(r"M[\d.]+ ([\d.]+)c[^M]*zM[\d.]+ ([\d.]+)v", svg)
    assert float(feet) - float(head) >= 2.5, "each is 2.5 mm high at least"
    (outline,) = re.findall(r'stroke="(#\w+)"', svg)
    assert contrast(outline, "#ffffff") >= 3


def test_words_say_how_many_are_not_affected_where_no_people_are_drawn(tmp_path: Path) -> None:
    catalog = catalog_of(clinic(tmp_path / "clinic"))
    edition = edition_of(catalog)
    flow = FlowFieldsReader(flow_of(edition.brand, catalog.countries["gb"], edition.handout_file))
    in_words = ViewChoice(with_figures=False)
    page = page_view(edition.handout_file, edition.language, catalog.references, flow, in_words)
    lines = [
        line for section in page.sections for group in section.groups for each in group.lists for line in each.lines
    ]
    assert not any(line.drawing for line in lines)
    others = [line.others.striptags() for line in lines if line.others]
    assert others == ["About 97 in 100 people: none of this"]


def benefit(count: int, without: int, of: int = 100) -> Benefit:
    """A benefit that a study counted with warm tea and without."""
    told = {"condition": "Sore throat", "wording": "may ease it.", "duration": "short-term", "evidence": "low"}
    compared = {"count": without, "of": of, "who": "with water"}
    figures = {"count": count, "of": of, "who": "with <tea>", "compared_with": compared}
    return Benefit.model_validate({**told, **figures, "references": ["leaf-2020"]})


@pytest.mark.parametrize(("count", "without", "of"), [(52, 43, 100), (1, 100, 100), (0, 3, 100), (30, 20, 200)])
def test_a_benefit_is_drawn_as_two_hundreds_that_say_what_the_data_say(
    count: int, without: int, of: int, tmp_path: Path
) -> None:
    catalog = catalog_of(clinic(tmp_path / "clinic"))
    edition = edition_of(catalog)
    flow = FlowFieldsReader(flow_of(edition.brand, catalog.countries["gb"], edition.handout_file))
    drawn = compared(benefit(count, without, of), TextWriter(edition.language, flow, ViewChoice()))
    if of != 100 or not count or not without:
        assert drawn == ""
        return
    words, *pictures = paragraphs(drawn), *re.findall(r"<svg.*?</svg>", drawn)
    assert [line.replace("\u00a0", " ") for line in words] == [
        f"About {count} in 100 people: with <tea>",
        f"About {without} in 100 people: with water",
    ]
    assert [sum(filled for *_, filled in people_of(svg)) for svg in pictures] == [count, without]
    assert [len(people_of(svg)) for svg in pictures] == [100, 100]
    said = [f"<title>{number} of 100 figures are filled.</title>" for number in (count, without)]
    assert [title in svg for title, svg in zip(said, pictures, strict=True)] == [True, True]
    assert drawn.index("About") < drawn.index("<svg"), "words are heard first"
    assert compared(benefit(52, 43), TextWriter(edition.language, flow, ViewChoice(with_compared=False))) == ""


def test_only_what_a_hundred_people_can_show_is_drawn() -> None:
    assert RiskFigure(1, 100).is_drawn
    assert not RiskFigure(1, 1000).is_drawn
    assert not RiskFigure(0, 100).is_drawn


@pytest.mark.parametrize(
    ("count", "of", "per", "severity", "in_town"),
    [
        (1.01, 10_000, "person", "serious", 10),
        (2, 229_230, "person", "serious", 1),
        (1, 1_024, "treatment", "serious", None),
        (1, 1_000, "person", "serious", None),
        (1, 10_000, "person", "mild", None),
        (1, 1_000_000, "person", "serious", None),
    ],
)
def test_what_is_serious_and_rare_is_counted_in_a_town(
    count: float, of: int, per: str, severity: str, in_town: int | None
) -> None:
    told = {"count": count, "of": of, "per": per, "severity": severity, "references": ["witt-2009"]}
    risk = Risk.model_validate({"name": "harm", **told})
    figure = town_figure(risk)
    assert (figure and figure.count) == in_town
    if figure:
        assert len(dots_of(bar_of_town(figure, "spoken", {"primary_text": "#fb03c9"}))) == in_town


def dots_of(svg: str) -> list[tuple[float, float]]:
    """The middle of each dot in the bar of a town, mm."""
    return [(float(x), float(y) + DOT) for x, y in re.findall(r"M([\d.]+) ([\d.]+)c", svg)]


def test_what_is_rare_never_looks_like_as_many_in_a_hundred() -> None:
    svg = bar_of_town(RiskFigure(MOST_IN_TOWN, 100_000), "spoken", {"primary_text": "#fb03c9"})
    dots = dots_of(svg)
    assert "<title>spoken</title>" in svg
    assert not people_of(svg), "a dot is no person: ten of these would look like ten in a hundred"
    assert BAR_WIDTH >= SIDE * ACROSS, "a town is as wide as a hundred people"
    assert 10 * 3.15 * DOT**2 < 0.035 * BAR_WIDTH * BAR_HEIGHT, "ten of them leave the bar empty"
    assert all(DOT < x < BAR_WIDTH - DOT and DOT < y < BAR_HEIGHT - DOT for x, y in dots)
    apart = [abs(complex(*one) - complex(*other)) for one in dots for other in dots if one != other]
    assert min(apart) > 2.5 * DOT, "each is seen"
    (ground,) = re.findall(r'fill="(#\w+)" stroke', svg)
    assert contrast("#595959", ground) >= 3


@pytest.mark.parametrize(
    ("drawn", "titles"),
    [
        (("100 people", "100 treatments"), ["Needles: 100 people", "Cups: 100 treatments"]),
        (("100 people", "100 people"), ["Needles", "Cups"]),
        (("100 people", ""), ["Needles", "Cups"]),
    ],
)
def test_drawings_of_unlike_things_say_so_over_them(tmp_path: Path, drawn: tuple[str, str], titles: list[str]) -> None:
    catalog = catalog_of(clinic(tmp_path / "clinic"))
    edition = edition_of(catalog)
    flow = FlowFieldsReader(flow_of(edition.brand, catalog.countries["gb"], edition.handout_file))
    groups = [RiskGroup(name, (), unit, escape(name)) for name, unit in zip(("Needles", "Cups"), drawn, strict=True)]
    told = told_apart(groups, TextWriter(edition.language, flow, ViewChoice()))
    assert [group.title.replace("\u00a0", " ") for group in told] == titles
