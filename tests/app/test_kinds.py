"""Kinds of handouts, whole: begun from a skeleton, printed with their ladder, proved, and branded on one plate."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from press_room import catalog_of, clinic, edition_of, write_brand

from handoutpress.app.new import new_handout
from handoutpress.content.catalog import Catalog
from handoutpress.content.content_hash import content_hash
from handoutpress.content.editions import Edition
from handoutpress.content.kinds.kind_files import KindFiles, load_handout
from handoutpress.content.models.handouts import Handout
from handoutpress.content.models.kinds import SECTIONS
from handoutpress.content.project import Project, builtin_root
from handoutpress.press.page.flow import FlowFieldsReader, flow_of
from handoutpress.press.page.view import PageView, page_view
from handoutpress.press.press import HandoutPress, code_addresses
from handoutpress.proof.checks.registry import CHECKS
from handoutpress.proof.expectation import expectations
from handoutpress.proof.proving import prove_data
from handoutpress.store.cache import Cache

ROOT = builtin_root()
KINDS = sorted(path.stem for path in (ROOT / "kinds").glob("*.yaml"))
SHEET: dict[str, Any] = {
    "kind": "exercise",
    "title": "Arches",
    "number": "HC-7",
    "for_whom": "For people whose back is stiff.",
    "main_message": "Do a little, often.",
    "tell_us_first": {"heading": "Before you begin, tell us about", "text": "- any medicine that you take"},
    "body": [{"text": {"heading": "Seated arch", "text": "Put your hands on your back. Arch back."}}],
    "normal": ["You ache for a day."],
    "call_us": ["Pain is worse for more than a day."],
    "urgent_help": ["new weakness in a leg"],
    "questions": {"heading": "What you may ask", "items": ["How often?"]},
    "version": "1.0",
    "date": "2026-11-01",
    "author": "The team",
}
SECOND_BRAND = """\
meta: {name: Dale Clinic, contacts: [{phone: 01632 960 777}]}
defaults: {handout: {country: gb}}
"""


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    root = clinic(tmp_path_factory.mktemp("kinds") / "clinic")
    (root / "handouts" / "arches.en.yaml").write_text(yaml.safe_dump(SHEET), "utf-8")
    contacts = [{"phone": "01632 960 321"}]
    write_brand(
        root, {"meta": {"name": "Hill Clinic", "contacts": contacts}, "defaults": {"handout": {"country": "gb"}}}
    )
    (root / "brands" / "dale").mkdir()
    (root / "brands" / "dale" / "_brand.yml").write_text(SECOND_BRAND, "utf-8")
    return catalog_of(root)


def view(catalog: Catalog, brand: str = "hill") -> PageView:
    edition = edition_of(catalog, "arches", brand)
    flow = FlowFieldsReader(flow_of(edition.brand, catalog.countries["gb"], edition.handout_file))
    return page_view(edition.handout_file, edition.language, catalog.references, flow)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_every_section_once_and_the_ladder_whole(kind: str) -> None:
    sections = KindFiles(Project(ROOT, ROOT)).read(kind).kind.sections
    assert sorted(sections) == sorted(SECTIONS)
    at = sections.index("normal")
    assert sections[at : at + 3] == ("normal", "call_us", "urgent_help")


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_handout_of_a_kind_has_all_that_it_needs(kind: str, tmp_path: Path) -> None:
    (tmp_path / "handouts").mkdir()
    project = Project(tmp_path.resolve(), ROOT)
    path = new_handout(project, "my-sheet", kind)
    handout, kind_file = load_handout(project.read(path), KindFiles(project))
    assert kind_file.slug == kind
    assert handout.kind == kind


def test_a_ladder_is_three_steps_in_the_order_of_its_kind(catalog: Catalog) -> None:
    sections = [(section.id, section.kind, section.heading) for section in view(catalog).sections]
    assert sections == [
        ("tell_us_first", "text", "Before you begin, tell us about"),
        ("normal", "step", "This is normal"),
        ("call_us", "step", "Call us"),
        ("urgent_help", "step", "When to get urgent help"),
        ("body-1", "text", "Seated arch"),
        ("questions", "list", "What you may ask"),
    ]


def test_no_brand_hides_a_step_whatever_the_cache_of_brands_says(catalog: Catalog) -> None:
    edition = edition_of(catalog, "arches")
    flow = flow_of(edition.brand, catalog.countries["gb"], edition.handout_file)
    hiding = FlowFieldsReader(replace(flow, hidden=("call_us", "questions", "urgent_help")))
    page = page_view(edition.handout_file, edition.language, catalog.references, hiding)
    assert {"call_us", "urgent_help"} <= {section.id for section in page.sections}
    assert "questions" not in {section.id for section in page.sections}


def test_the_clinics_number_costs_no_plate_and_is_seen_by_the_proof(catalog: Catalog, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    press = HandoutPress(catalog, cache)
    ours, others = edition_of(catalog, "arches"), edition_of(catalog, "arches", "dale")
    pdf = press.open_plate(ours).print(ours).pdf
    assert press.has_cached_plate(others), "a number of its own makes no plate"
    assert not code_addresses(ours)
    assert found(pdf, ours, catalog) == set()


def test_a_step_without_the_clinics_number_is_found_out(catalog: Catalog, tmp_path: Path) -> None:
    root = tmp_path / "clinic"
    shutil.copytree(catalog.project.root, root)
    parts = (ROOT / "templates" / "parts.html.j2").read_text("utf-8")
    assert '{{ slot("phone") }}' in parts
    (root / "templates").mkdir()
    (root / "templates" / "parts.html.j2").write_text(parts.replace('{{ slot("phone") }}', ""), "utf-8")
    without = catalog_of(root)
    edition = edition_of(without, "arches")
    pdf = HandoutPress(without, Cache(tmp_path / "cache")).open_plate(edition).print(edition).pdf
    assert "text.order" in found(pdf, edition, without), "the number of the contact alone is not enough"


def found(pdf: bytes, edition: Edition, catalog: Catalog) -> set[str]:
    """The rules that a PDF breaks if it is to be this edition."""
    proof = prove_data(Path("arches.pdf"), pdf, expectations(edition, catalog), tuple(CHECKS))
    return {finding.rule for finding in proof.findings}


def test_a_heading_of_its_own_changes_the_hash_and_a_plain_list_keeps_it() -> None:
    plain = Handout.model_validate({**SHEET, "questions": ["How often?"]})
    listed = Handout.model_validate({**SHEET, "questions": {"items": ["How often?"]}})
    headed = Handout.model_validate(SHEET)
    assert content_hash(plain, "en", ()) == content_hash(listed, "en", ())
    assert content_hash(plain, "en", ()) != content_hash(headed, "en", ())
    assert "kind" not in Handout.model_validate({**SHEET, "kind": "treatment"}).model_dump(exclude_defaults=True)
