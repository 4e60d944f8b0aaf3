"""A build proves what it prints before it writes: what fails its proof never lies in the output folder."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any, cast

import pikepdf
import press_room
import pytest

from handoutpress.batch.proving_press import ProofSettings, ProvingPress
from handoutpress.cli import main
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.loading import load_catalog
from handoutpress.content.project import builtin_root, find_project
from handoutpress.press.press import HandoutPress
from handoutpress.press.printed import PrintedPdf
from handoutpress.proof import proving
from handoutpress.proof.brand import plate_facts
from handoutpress.proof.brand.plate_facts import ArtInks, PlateFacts
from handoutpress.proof.expectation import Expectation
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.largest_file import largest_file
from handoutpress.proof.proving import Proof
from handoutpress.store.cache import Cache

TEA = "out/hill/en/a4-leaflet/warm-tea.pdf"
LEAFLETS = ("build", "--format", "a4-leaflet", "--no-html", "--jobs", "1")
PLATES = ("--proof", "plates")


@pytest.fixture
def proved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """A project to stand in, and what is proved of it: each file with how many checks. Tea is found wrong."""
    monkeypatch.chdir(press_room.printable(tmp_path / "clinic"))
    proofs: list[tuple[str, int]] = []

    def prove(path: Path, _data: bytes, _wanted: object, checks: tuple[str, ...], **_more: object) -> Proof:
        proofs.append((path.name, len(checks)))
        wrong = ProofFinding("codes.contrast", path, 1, None, "4:1", "10:1", "The code is too pale.", "Print it black.")
        return Proof(path, (wrong,) if path.name == "warm-tea.pdf" else (), facts=PlateFacts((), (), ()))

    monkeypatch.setattr(proving, "prove_data", prove)
    return proofs


def _typed(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["handouts", *words])
    return main()


def test_what_fails_its_proof_is_not_written(
    proved: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _typed(monkeypatch, *LEAFLETS, *PLATES) == 1
    output = capsys.readouterr()
    assert "The code is too pale." in output.out + output.err
    assert not Path(TEA).exists()
    assert Path(TEA.replace("warm-tea", "honey")).exists()


def test_what_was_right_is_not_proved_again(proved: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch) -> None:
    _typed(monkeypatch, *LEAFLETS, *PLATES)
    proved.clear()
    _typed(monkeypatch, *LEAFLETS, *PLATES, "--force")
    assert {name for name, _ in proved} == {"warm-tea.pdf"}


def test_nothing_is_proved_where_none_is_asked(proved: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch) -> None:
    assert _typed(monkeypatch, *LEAFLETS, "--proof", "none") == 0
    assert Path(TEA).exists()
    assert not proved


def test_of_two_processes_one_proves_a_brand_whatever_its_handouts_cite(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = EditionFilter(("acupuncture", "dry-needling"), ("default",), ("en",), ("a4-leaflet",))
    catalog, cache = load_catalog(find_project(builtin_root()), chosen), Cache(tmp_path)
    looked: list[object] = []

    def art_of(*asked: object) -> ArtInks:
        looked.append(asked)
        return frozenset()

    monkeypatch.setattr(plate_facts, "art_of", art_of)
    for edition in catalog.editions():
        press = ProvingPress(HandoutPress(catalog, cache), catalog, cache, ProofSettings("plates"))
        press.prove_brand(edition, PrintedPdf(b"", 1, (), ""), PlateFacts((), (), ()))
    assert len(looked) == 1


def test_a_file_may_weigh_more_for_each_of_many_references_that_it_prints(tmp_path: Path) -> None:
    catalog = press_room.catalog_of(press_room.clinic(tmp_path / "clinic"))
    edition = press_room.edition_of(catalog)
    many = tuple(f"paper-{number}" for number in range(60))
    cited = replace(edition, handout_file=replace(edition.handout_file, cited=many))
    assert largest_file(cited, catalog) - largest_file(edition, catalog) == 40_000
    behind_code = replace(cited, format_file=catalog.formats["a6-card"])
    assert largest_file(behind_code, catalog) == largest_file(edition, catalog)


def test_of_texts_that_differ_as_little_the_one_was_printed_of_which_less_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pdf = SimpleNamespace(is_endless=False, once=lambda _name, make: make())
    monkeypatch.setattr(proving, "page_texts", lambda _pdf: ["one two three"])
    full, short = Expectation(text=("one two three four five",)), Expectation(text=("one",))
    assert proving.nearest(cast("Any", pdf), [full, short]) is short


def test_a_file_may_weigh_more_for_a_logo_that_is_made_of_pixels() -> None:
    chosen = EditionFilter(("acupuncture",), ("default", "sunbird-acupuncture"), ("en",), ("a4-leaflet",))
    catalog = load_catalog(find_project(builtin_root()), chosen)
    drawn, of_pixels = sorted(catalog.editions(), key=lambda edition: edition.brand.slug == "sunbird-acupuncture")
    assert largest_file(of_pixels, catalog) - largest_file(drawn, catalog) == 30_000


def test_a_file_may_weigh_more_for_a_practice_drawn_in_steps_where_its_format_shows_them() -> None:
    chosen = EditionFilter(("acupuncture",), ("default",), ("en",), ("a4-leaflet", "half-letter-booklet"))
    catalog = load_catalog(find_project(builtin_root()), chosen)
    leaflet, booklet = sorted(catalog.editions(), key=lambda edition: edition.format.optional_pictures)
    assert largest_file(booklet, catalog) - largest_file(leaflet, catalog) == 30_000


@pytest.mark.parametrize(("pages", "is_right"), [(8, False), (10, False), (16, True)])
def test_a_file_may_weigh_more_for_each_of_many_pages(pages: int, is_right: bool) -> None:
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page()
        pdf.Root.Padding = pdf.make_stream(Random(1).randbytes(140_000))
        pdf.save(file := io.BytesIO())
    proof = proving.prove_data(Path("long.pdf"), file.getvalue(), (Expectation(max_bytes=120_000),), ["file"])
    assert ("file.size" not in {finding.rule for finding in proof.findings}) is is_right
