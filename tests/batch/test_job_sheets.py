"""Job sheets: what a print shop is told of each format, and that they stand and fall with the files that they list."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from datetime import date
from hashlib import sha256
from html import unescape
from pathlib import Path

import pytest
from expected import assert_expected
from press_room import BRAND, CASES, change, printable
from print_room import shipped_job_sheet

from handoutpress.app.build import build as build_handouts
from handoutpress.app.build_settings import BuildSettings
from handoutpress.app.project import open_project
from handoutpress.batch.releases.recalls import Recall, note_recall
from handoutpress.content.edition_filter import EditionFilter

CARD, LEAFLET = ("a6-card",), ("a4-leaflet",)


@pytest.mark.expected
def test_it_tells_of_every_shipped_format_how_it_is_printed_cut_and_folded() -> None:
    assert_expected(shipped_job_sheet()["txt"].decode(), CASES / "jobsheet/expected.txt")


def test_the_page_says_what_the_text_says() -> None:
    sheet = shipped_job_sheet()
    assert "<h1>Job sheet: Hill &lt;Clinic&gt; &amp; &#34;Sons&#34;</h1>" in sheet["html"].decode()
    page, text = unescape(re.sub("<[^>]+>", " ", sheet["html"].decode())), sheet["txt"].decode()
    page_words, text_words = (
        set(re.findall(r"[\w.]+", content.lower())) for content in (page, text.replace(" a copy", ""))
    )
    assert {word for word in text_words if word.strip("_")} <= page_words


@pytest.fixture(scope="module")
def clinic_with_cards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project with two brands, its cards printed, and their plates kept."""
    root = printable(tmp_path_factory.mktemp("jobs") / "clinic")
    shutil.copytree(root / "brands/hill", root / "brands/vale")
    change(root / BRAND.replace("hill", "vale"), lambda brand: brand["meta"].update(name="Vale Clinic"))
    for brand in ("hill", "vale"):
        change(
            root / BRAND.replace("hill", brand),
            lambda keys: keys["defaults"]["handout"].update(formats=[*CARD, *LEAFLET]),
        )
    assert build(root, CARD) == 0
    return root


@pytest.fixture
def project(clinic_with_cards: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(clinic_with_cards, tmp_path / "clinic"))


def build(root: Path, formats: tuple[str, ...], brands: tuple[str, ...] = (), **more: object) -> int:
    selection = EditionFilter(formats=formats, brands=brands)
    settings = BuildSettings(**{"purpose": "print", **more})  # type: ignore[arg-type]
    return build_handouts(open_project(root), selection=selection, settings=settings).exit_code


def listed(root: Path, brand: str = "hill") -> dict[str, str]:
    """The files on a brand's job sheet, and their SHA-256."""
    text = (root / f"out/{brand}/job-sheet.txt").read_text("utf-8")
    return dict(re.findall(r"^  (\S+[.]pdf)\n.*\n    SHA-256 (\w+)$", text, re.MULTILINE))


def standing(root: Path, brand: str = "hill") -> dict[str, str]:
    """The brand's print files, and their SHA-256."""
    files = sorted((root / "out" / brand).rglob("*.*.pdf"))
    return {file.relative_to(root / "out").as_posix(): sha256(file.read_bytes()).hexdigest() for file in files}


def manifest(root: Path) -> dict[str, str]:
    files = json.loads((root / "out/manifest.json").read_bytes())["files"]
    return {file["path"]: file["sha256"] for file in files if "job-sheet" in file["path"]}


def test_each_brand_has_one_that_lists_its_files_and_stands_in_the_manifest(project: Path) -> None:
    for brand in ("hill", "vale"):
        assert listed(project, brand) == standing(project, brand)
        assert len(listed(project, brand)) == 2
    assert "JOB SHEET: Vale Clinic\n" in (project / "out/vale/job-sheet.txt").read_text("utf-8")
    names = [f"{brand}/job-sheet.{end}" for brand in ("hill", "vale") for end in ("html", "txt")]
    assert manifest(project) == {name: sha256((project / "out" / name).read_bytes()).hexdigest() for name in names}


def test_equal_files_give_an_equal_sheet_that_is_written_once(project: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in (project / "out").rglob("job-sheet.*")}
    first = {path.name: path.read_bytes() for path in before}
    assert build(project, CARD) == 0
    assert {path: path.stat().st_mtime_ns for path in before} == before
    shutil.rmtree(project / "out")
    assert build(project, CARD) == 0
    assert {path.name: path.read_bytes() for path in before} == first


def test_files_of_other_runs_stay_on_it(project: Path) -> None:
    assert build(project, LEAFLET, ("hill",)) == 0
    assert build(project, CARD, ("hill",), purpose="mono") == 0
    assert len(listed(project)) == 6
    assert listed(project) == standing(project)
    assert "black alone (1/1)" in (project / "out/hill/job-sheet.txt").read_text("utf-8")
    assert len(listed(project, "vale")) == 2


def test_what_someone_changed_or_removed_is_written_again(project: Path) -> None:
    sheet = project / "out/hill/job-sheet.txt"
    before = sheet.read_bytes()
    sheet.write_text("Quantity: 500")
    (project / "out/hill/job-sheet.html").unlink()
    assert build(project, CARD) == 0
    assert sheet.read_bytes() == before
    assert (project / "out/hill/job-sheet.html").exists()


def test_it_is_pruned_with_its_files(project: Path) -> None:
    (project / "handouts/honey.en.yaml").unlink()
    assert build(project, CARD, ("hill",), prune=True) == 0
    for brand in ("hill", "vale"):
        assert listed(project, brand) == standing(project, brand)
        assert len(listed(project, brand)) == 1
    shutil.rmtree(project / "brands/vale")
    assert build(project, LEAFLET, purpose="screen", prune=True) == 0
    assert not (project / "out/vale").exists()
    assert sorted(manifest(project)) == ["hill/job-sheet.html", "hill/job-sheet.txt"]


def test_files_for_screens_need_none(project: Path) -> None:
    shutil.rmtree(project / "out")
    assert build(project, CARD, purpose="screen") == 0
    assert not list((project / "out").rglob("job-sheet.*"))


def test_a_bundle_holds_it(project: Path) -> None:
    assert build(project, CARD, bundle="all") == 0
    with zipfile.ZipFile(project / "out/hill.zip") as archive:
        assert {"hill/job-sheet.html", "hill/job-sheet.txt"} < set(archive.namelist())


def test_a_brand_that_cannot_be_read_keeps_its_sheet(project: Path) -> None:
    before = (project / "out/vale/job-sheet.txt").read_bytes()
    (project / BRAND.replace("hill", "vale")).write_text("meta: [", encoding="utf-8")
    (project / "handouts/honey.en.yaml").unlink()
    build(project, CARD, ("hill",), prune=True)
    assert (project / "out/vale/job-sheet.txt").read_bytes() == before


def test_what_was_recalled_goes_to_no_print_shop(project: Path) -> None:
    before = listed(project)
    (project / "releases").mkdir()
    note_recall(project / "releases", Recall("honey", "9.0", (), date(2026, 11, 29)))
    assert build(project, CARD) == 1
    assert {path for path in before if "honey" not in path} == set(listed(project)) < set(before)
