"""``handouts proof`` on files that no one here made, in a process of its own: sentences, and within memory."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
import weasyprint
from browsing import CHROMIUM, chromium, in_browser
from proof_leaflet import good_leaflet

from handoutpress.app.build import assemble_press
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.loading import load_catalog
from handoutpress.content.project import find_project
from handoutpress.proof.pdf.finished_pdf import FinishedPdf

ROOT = Path(__file__).resolve().parents[2]
TRUNCATIONS = 25
MOST_MEMORY = 1_000_000_000
"""Bytes of one process; a proof of one's own leaflets takes 250 MB."""
METER = """
import json, resource, subprocess, sys
code = subprocess.run(sys.argv[1:]).returncode
cost = resource.getrusage(resource.RUSAGE_CHILDREN)
print()
print(json.dumps({"bytes": cost.ru_maxrss * 1024}))
sys.exit(code)
"""
"""A small process between: asked here, the peak would be that of the largest child the test process ever had."""


@dataclass(frozen=True)
class Ended:
    """What the command said of each file by its name, and what it cost."""

    code: int
    files: set[str]
    rules: dict[str, set[str]]
    sentences: list[str]
    complained: str
    memory: int


@pytest.fixture(scope="module")
def html() -> bytes:
    """The page for phones of a shipped handout."""
    chosen = EditionFilter(
        handouts=("acupuncture",), brands=("north-moor",), languages=("en",), formats=("a4-leaflet",)
    )
    catalog = load_catalog(find_project(ROOT), chosen)
    [edition] = catalog.editions()
    return assemble_press(catalog).html(edition)


@pytest.fixture(scope="module")
def ended(html: bytes, tmp_path_factory: pytest.TempPathFactory) -> Ended:
    """One run of the command over all files from elsewhere."""
    folder = tmp_path_factory.mktemp("elsewhere")
    _print(html, folder)
    (folder / "empty.pdf").write_bytes(b"")
    _scan(folder / "scan.pdf")
    _encrypt(folder / "encrypted.pdf")
    leaflet = good_leaflet()
    for part in range(TRUNCATIONS):
        (folder / f"cut-{part}.pdf").write_bytes(leaflet[: len(leaflet) * part // TRUNCATIONS])
    return _prove(folder)


def _print(html: bytes, folder: Path) -> None:
    """The shipped page as the engine's own print and, where it is installed, as the browser's."""
    weasyprint.HTML(string=html.decode()).write_pdf(folder / "engine.pdf")
    if not CHROMIUM:
        return
    (folder / "page.html").write_bytes(html)
    with chromium() as browser:
        page = browser.new_page()
        page.goto((folder / "page.html").as_uri())
        page.pdf(path=folder / "browser.pdf", format="A4")


def _scan(file: Path) -> None:
    with FinishedPdf(file, good_leaflet()) as pdf:
        first, second = (pdf.picture(page, 120) for page in pdf.pages)
    first.save(file, "PDF", resolution=120, save_all=True, append_images=[second])


def _encrypt(file: Path) -> None:
    with pikepdf.open(io.BytesIO(good_leaflet())) as pdf:
        pdf.save(file, encryption=pikepdf.Encryption(user="a", owner="b"))


def _prove(folder: Path) -> Ended:
    command = [sys.executable, "-c", METER, sys.executable, "generate.py", "proof", str(folder), "--json"]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=600, cwd=ROOT, check=False)
    printed, _, cost = ran.stdout.rstrip().rpartition("\n")
    report, spent = json.loads(printed), json.loads(cost)
    rules: dict[str, set[str]] = defaultdict(set)
    for finding in report["findings"]:
        rules[Path(finding["file"]).name].add(finding["rule"])
    names = {Path(file).name for file in report["files"]}
    sentences = [finding["sentence"] for finding in report["findings"]]
    return Ended(ran.returncode, names, rules, sentences, ran.stderr, spent["bytes"])


def test_every_file_is_proved_and_none_breaks_the_command(ended: Ended) -> None:
    assert len(ended.files) >= TRUNCATIONS + 4
    assert ended.code == 1
    assert ended.complained == ""
    assert [sentence for sentence in ended.sentences if "Traceback" in sentence or not sentence.endswith(".")] == []


def test_it_ends_within_its_time_and_memory(ended: Ended) -> None:
    assert ended.memory < MOST_MEMORY


def test_the_engines_own_print_is_told_to_have_no_tags(ended: Ended) -> None:
    assert {"tags.missing", "tags.ua1"} <= ended.rules["engine.pdf"]
    assert not {"codes.unread", "file.damaged", "file.broken-content"} & ended.rules["engine.pdf"]


@in_browser
def test_the_browsers_own_print_is_told_what_its_tags_lack(ended: Ended) -> None:
    assert ended.rules["browser.pdf"]
    assert not {"file.damaged", "file.broken-content", "text.font-embedded"} & ended.rules["browser.pdf"]


def test_a_scan_has_neither_tags_nor_a_language(ended: Ended) -> None:
    assert {"tags.missing", "file.language", "print.resolution"} <= ended.rules["scan.pdf"]


def test_what_does_not_open_is_told_why(ended: Ended) -> None:
    assert ended.rules["empty.pdf"] == {"file.unreadable"}
    assert ended.rules["encrypted.pdf"] == {"file.encrypted"}


def test_every_truncation_is_found(ended: Ended) -> None:
    cut = [ended.rules[f"cut-{part}.pdf"] for part in range(TRUNCATIONS)]
    assert all(rules & {"file.unreadable", "file.damaged"} for rules in cut)
