"""The shipped handouts of other kinds than treatments: nothing is to be said of them, and they print."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from press_room import TREATMENTS
from shipped import ROOT

from handoutpress.app.check import check
from handoutpress.content.catalog import Catalog
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.editions import Edition
from handoutpress.content.loading import load_catalog
from handoutpress.content.project import Project, builtin_root
from handoutpress.press.press import HandoutPress
from handoutpress.proof.checks.registry import CHECKS
from handoutpress.proof.expectation import expectations
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.proving import prove_data
from handoutpress.store.cache import Cache

PROJECT = Project(ROOT, builtin_root())
SHEETS = tuple(sorted({path.name.split(".")[0] for path in (ROOT / "handouts").glob("*.en.yaml")} - set(TREATMENTS)))
OFTEN = frozenset({"pain-and-sleep-diary a4-leaflet", "low-back-pain a4-leaflet"})


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    catalog = load_catalog(PROJECT, EditionFilter(handouts=SHEETS, brands=("default",)))
    assert not catalog.problems
    return catalog


@pytest.fixture(scope="module")
def press(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> HandoutPress:
    return HandoutPress(catalog, Cache(tmp_path_factory.mktemp("sheets")))


def _names() -> list[str]:
    catalog = load_catalog(PROJECT, EditionFilter(handouts=SHEETS, brands=("default",)))
    return [f"{edition.handout_slug} {edition.format_slug}" for edition in catalog.editions()]


NAMES = _names()


def test_a_sheet_of_each_common_kind_is_shipped(catalog: Catalog) -> None:
    kinds = {file.handout.kind for file in catalog.handouts.values()}
    assert {"treatment", "exercise", "aftercare", "condition", "instructions"} <= kinds


def test_the_editor_has_nothing_to_say() -> None:
    checked = check(PROJECT, handouts=SHEETS, day=date(2026, 11, 29))
    assert not [str(finding) for finding in checked.findings if finding.level != "note"]


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in OFTEN else pytest.mark.soak) for name in NAMES]
)
def test_a_sheet_prints_and_passes_its_proof(name: str, catalog: Catalog, press: HandoutPress) -> None:
    (edition,) = [each for each in catalog.editions() if f"{each.handout_slug} {each.format_slug}" == name]
    pdf = press.open_plate(edition).print(edition).pdf
    proof = prove_data(Path("sheet.pdf"), pdf, expectations(edition, catalog), tuple(CHECKS))
    assert [str(finding) for finding in proof.findings] == []


def test_what_to_do_and_what_not_stand_on_one_panel(catalog: Catalog, press: HandoutPress) -> None:
    edition = next(each for each in catalog.editions() if _is_trifold_of_back_pain(each))
    with FinishedPdf(Path("trifold.pdf"), press.open_plate(edition).print(edition).pdf) as pdf:
        panels = [" ".join(pdf.text(page).split()) for page in pdf.pages]
    assert [panel for panel in panels if "several times a day" in panel and "stay in bed for days" in panel]


def _is_trifold_of_back_pain(edition: Edition) -> bool:
    return (edition.handout_slug, edition.format_slug) == ("low-back-pain", "a4-trifold")
