"""The catalog: what can be made, what mistakes stop, and loading only what is wanted."""

from __future__ import annotations

from pathlib import Path

import pytest
from press_room import CASES, project_of

from handoutpress.content.catalog import Catalog
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.loading import load_catalog
from handoutpress.content.project import find_project
from handoutpress.yamlfile.problems import HandoutError

ROOT = Path(__file__).parents[2]
A4 = EditionFilter(formats=("a4-leaflet",))


def load(folder: Path, case: str, wanted: EditionFilter = A4) -> Catalog:
    return load_catalog(project_of(folder, CASES / "bad_input" / case), wanted)


def made(catalog: Catalog) -> list[str]:
    return [f"{edition.brand_slug}/{edition.handout_slug}" for edition in catalog.editions()]


def stopped(catalog: Catalog) -> list[str]:
    return [f"{brand}/{slug}" for brand, _language, _format, slug in catalog.stopped()]


def test_the_repository_is_a_project_without_mistakes() -> None:
    catalog = load_catalog(find_project(ROOT))
    assert [str(problem) for problem in catalog.problems] == []
    assert len(list(catalog.editions())) >= 6
    assert not list(catalog.stopped())


def test_an_edition_names_what_it_is_made_from(tmp_path: Path) -> None:
    catalog = load_catalog(project_of(tmp_path), A4)
    edition = next(catalog.editions())
    assert (edition.brand_slug, edition.language_slug, edition.format_slug, edition.handout_slug) == (
        "hill",
        "en",
        "a4-leaflet",
        "honey",
    )
    assert edition.version == "1.0"
    assert edition.handout_file.cited == ("leaf-2020",)
    assert set(catalog.digests) >= {"handouts/honey.en.yaml", "references.yaml", "built-in/formats/a4-leaflet.yaml"}


@pytest.mark.parametrize(
    ("case", "whole", "left_out"),
    [
        ("unknown_key", ["hill/honey"], ["hill/warm-tea"]),
        ("unknown_citation", ["hill/honey"], ["hill/warm-tea"]),
        ("same_handout_twice", ["hill/honey"], ["hill/warm-tea"]),
        ("library_unreadable", [], ["hill/honey", "hill/warm-tea"]),
        ("brand_names", [], ["hill/honey", "hill/warm-tea"]),
        ("language_and_country", [], ["hill/honey", "hill/warm-tea"]),
        ("format", [], ["hill/honey", "hill/warm-tea"]),
    ],
)
def test_a_mistake_stops_only_what_uses_the_file(
    case: str, whole: list[str], left_out: list[str], tmp_path: Path
) -> None:
    catalog = load(tmp_path, case)
    assert made(catalog) == whole
    assert stopped(catalog) == left_out


def test_a_mistake_in_one_entry_of_the_library_stops_only_who_cites_it(tmp_path: Path) -> None:
    project = project_of(tmp_path)
    library = project.root / "references.yaml"
    library.write_text(library.read_text().replace("title: Pots", "titel: Pots"))
    catalog = load_catalog(project, A4)
    assert len(catalog.problems) == 1
    assert made(catalog) == ["hill/honey", "hill/warm-tea"]


def test_a_brand_gets_what_it_wants(tmp_path: Path) -> None:
    project = project_of(tmp_path)
    brand = project.root / "brands/hill/_brand.yml"
    brand.write_text("meta: {name: Hill}\ndefaults: {handout: {country: gb, formats: [letter-leaflet]}}\n")
    assert {edition.format_slug for edition in load_catalog(project).editions()} == {"letter-leaflet"}
    assert not list(load_catalog(project).stopped())


def test_only_what_is_wanted_is_loaded(tmp_path: Path) -> None:
    catalog = load(tmp_path, "unknown_key", EditionFilter(handouts=("hon*",), brands=("hill",), formats=("a4-leaf*",)))
    assert not catalog.problems
    assert made(catalog) == ["hill/honey"]


def test_the_built_in_brand_stands_in_where_a_project_has_none(tmp_path: Path) -> None:
    project = project_of(tmp_path)
    assert made(load_catalog(project, EditionFilter(("honey",), ("default",), formats=A4.formats))) == ["default/honey"]
    (project.root / "brands/hill/_brand.yml").unlink()
    assert made(load_catalog(project, A4)) == ["default/honey", "default/warm-tea"]


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (EditionFilter(handouts=("hony",)), 'No handout is called "hony". Hint: did you mean "honey"?'),
        (EditionFilter(brands=("hil", "hill")), 'No brand is called "hil". Hint: did you mean "hill"?'),
        (EditionFilter(languages=("fr",)), 'No language of these handouts is called "fr". Hint: known here: en.'),
        (EditionFilter(formats=("a4-leaf",)), 'No format is called "a4-leaf". Hint: did you mean "a4-leaflet"?'),
    ],
)
def test_a_wanted_name_that_is_not_there_is_an_error(wanted: EditionFilter, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(HandoutError) as caught:
        load_catalog(project_of(tmp_path), wanted)
    assert str(caught.value) == sentence


def test_a_file_of_20_megabytes_is_a_problem(tmp_path: Path) -> None:
    project = project_of(tmp_path)
    (project.root / "handouts/honey.en.yaml").write_bytes(b"# tea\n" * 3_500_000)
    assert [str(problem) for problem in load_catalog(project, A4).problems] == [
        "handouts/honey.en.yaml: The file is larger than 1 MB. Hint: split it, or see whether it is the right file."
    ]
