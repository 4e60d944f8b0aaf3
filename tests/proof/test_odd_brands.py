"""What a build proves plate by plate, the proof of each finished file finds right, too: for whatever a brand brings."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image
from press_room import HANDOUT, change, printable

from handoutpress.app.build import build
from handoutpress.app.build_settings import BuildSettings
from handoutpress.app.project import open_project
from handoutpress.app.proof import prove
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.proof.checks.registry import CHECKS

LONG = "The Saltmere Centre for Acupuncture and Osteopathy"
PLACE = {"address": ["1 Quay Street", "Saltmere"], "phone": "01632 960 123", "email": "hello@hill.example"}
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0}"><path fill="{1}" d="M0 0h9v9H3z M12 0h8l-4 9z"/></svg>'
LOGOS = {
    "wide": SVG.format("200 9", "#1f3a5f"),
    "tall": SVG.format("20 90", "#1f3a5f"),
    "white": SVG.format("20 10", "white"),
}


def brand(name: Any = "Hill Clinic", *places: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """The keys of a brand file; those of ``more`` that are no keys of the standard are of ``defaults.handout``."""
    handout = {key: more.pop(key) for key in ("article_url", "notes", "writing_lines", "hide") if key in more}
    link = {"link": more.pop("link")} if "link" in more else {}
    meta = {"name": name, "contacts": list(places), **link}
    return {"meta": meta, **more, "defaults": {"handout": {"country": "gb", **handout}}}


BRANDS: dict[str, dict[str, Any]] = {
    "plain": brand(),
    "one-name-within-another": brand("Hill", PLACE),
    "long-name": brand(LONG, PLACE, link="https://hill.example/"),
    "short-name": brand({"full": LONG, "short": "Saltmere Centre"}, PLACE | {"name": "Saltmere Centre"}),
    "no-telephone": brand("Quay Therapies", {"email": "ask@quay.example", "address": ["2 Quay Street, Saltmere"]}),
    "two-places": brand("River Clinic", PLACE | {"name": "Town"}, PLACE | {"name": "Dale", "phone": "01632 960 321"}),
    "no-address": brand("Visiting Acupuncture", {"name": "At your home", "phone": "07700 900 123", "hours": "Any day"}),
    "other-alphabet": brand("Müller & Söhne – Практика", PLACE, link="https://müller.example/практика"),
    "telephones": brand(
        "Reed <Clinic>", PLACE | {"phone": "Reception 020 7946 0000, out of hours 020 7946 0001 ext. 4"}
    ),
    "white-logo": brand("Night Clinic", PLACE, logo="white.svg", color={"primary": "#101820", "light": "#fff7cc"}),
    "pale": brand("Sun Clinic", PLACE, logo="wide.svg", color={"primary": "#f5c518", "secondary": "#ffee88"}),
    "tall-logo": brand("Tower Clinic", PLACE, PLACE, logo={"path": "tall.svg", "alt": "A tower"}),
    "picture": brand("Harbour Clinic", PLACE, logo="logo.png", article_url="https://hill.example/a/{slug}"),
    "says-more": brand(
        "Lane Clinic",
        PLACE,
        notes={"warm-tea": "Parking is behind the clinic: 01632 960 555."},
        writing_lines=["practitioner", "next_appointment"],
    ),
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = printable(tmp_path_factory.mktemp("odd") / "clinic")
    shutil.rmtree(root / "brands")
    for slug, keys in BRANDS.items():
        folder = root / "brands" / slug
        folder.mkdir(parents=True)
        (folder / "_brand.yml").write_text(yaml.safe_dump(keys, allow_unicode=True), "utf-8")
        for name, svg in LOGOS.items():
            (folder / f"{name}.svg").write_text(svg, "utf-8")
        Image.new("RGB", (700, 300), "#8a2f2f").save(folder / "logo.png")
    return root


SAMPLE = ("no-address", "other-alphabet", "telephones", "white-logo")
FORMATS = ("a4-leaflet", "a4-large-print", "a5-booklet", "a4-trifold", "a3-poster", "a6-card")


def assert_proved(root: Path, selection: EditionFilter, checks: list[str]) -> None:
    project = open_project(root)
    built = build(project, selection=selection, settings=BuildSettings(html=False, jobs=1)).ended
    assert built is not None
    assert built.failed == ()
    proof = prove([root / "out"], project=project, checks=checks)
    assert len(proof.report.files) == built.made >= len(SAMPLE)
    assert [str(finding) for finding in proof.report.findings] == []


def test_what_a_build_passes_its_proof_passes(root: Path) -> None:
    chosen = EditionFilter(handouts=("warm-tea",), brands=SAMPLE, formats=("a4-leaflet",))
    assert_proved(root, chosen, [name for name in CHECKS if name not in ("copies", "conformance", "layout")])


@pytest.mark.soak
@pytest.mark.parametrize("printed", FORMATS)
def test_every_brand_in_every_format_passes_its_proof(root: Path, printed: str) -> None:
    shutil.rmtree(root / "out", ignore_errors=True)
    assert_proved(
        root, EditionFilter(handouts=("warm-tea",), formats=(printed,)), [name for name in CHECKS if name != "copies"]
    )


def test_the_addresses_of_each_handout_fit_whatever_the_first_one_on_its_plates_has(root: Path) -> None:
    """A brand's codes are proved once: that a longer address has room is for the press to hold, for each edition."""
    page = {"title": "Tea", "author": "A. Writer", "date": "2026-01-01"}
    for length in (86, 88):
        copy = root / f"handouts/tea-{length}.en.yaml"
        shutil.copy(root / HANDOUT, copy)
        url = ("https://hill.example/" + "leaflets-on-tea/" * 9)[:length]
        change(copy, lambda keys, url=url: keys.update(article={**page, "url": url}))  # type: ignore[misc]
    project, chosen = open_project(root), EditionFilter(("tea-8*",), ("plain",), (), ("a6-card",))
    ended = build(project, selection=chosen, settings=BuildSettings(html=False, jobs=1)).ended
    assert ended is not None
    assert [failure.path for failure in ended.failed] == ["plain/en/a6-card/tea-88.pdf"]
    assert "a code of this format holds 86" in ended.failed[0].sentence
    proof = prove([root / "out/plain/en/a6-card"], project=project, checks=["codes", "symbols", "addresses", "slots"])
    assert proof.report.findings == ()
