"""Bundles, pruning, the brands of a trial, events as lines, and watching."""

from __future__ import annotations

import json
import threading
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fakepress import Chain

from handoutpress.batch.events import Bundled, Ended, Event, Failed, Kept, LeftBehind, Made, Removed, Started, as_json
from handoutpress.batch.prune import InProject
from handoutpress.batch.run import RunOptions, run
from handoutpress.batch.tally import Tally, duration, reasons, sentence, summary
from handoutpress.batch.trial import trial_brands
from handoutpress.batch.watch import is_content, saves
from handoutpress.content.brand.brand import Brand, Colours, Contact, FontFamily, Logo
from handoutpress.store.digests import bytes_digest


@pytest.fixture
def chain(tmp_path: Path) -> Chain:
    return Chain(tmp_path).set_up()


def build(chain: Chain, **options: object) -> list[Event]:
    events: list[Event] = []
    run(chain.plan(), chain.out, chain.maker, RunOptions(jobs=1, **options), events.append)  # type: ignore[arg-type]
    return events


def of_kind(events: list[Event], kind: type) -> list[str]:
    return [event.path for event in events if isinstance(event, kind)]  # type: ignore[union-attr]


class TestBundles:
    def test_there_is_one_zip_a_brand_and_it_is_the_same_each_time(self, chain: Chain) -> None:
        assert of_kind(build(chain, bundle="all"), Bundled) == ["b0.zip", "b1.zip", "b2.zip"]
        with zipfile.ZipFile(chain.out / "b1.zip") as archive:
            assert {name: archive.read(name) for name in archive.namelist()} == {
                path: content for path, content in chain.files().items() if path.startswith("b1/")
            }
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        before = chain.files()
        build(chain, bundle="all")
        assert chain.files() == before

    def test_changed_bundles_hold_only_what_this_run_made(self, chain: Chain) -> None:
        build(chain, bundle="changed")
        assert (chain.out / "b0.changed.zip").exists()
        chain.write("brands/b1", "new logo")
        events = build(chain, bundle="changed")
        assert of_kind(events, Bundled) == ["b1.changed.zip"]
        assert not (chain.out / "b0.changed.zip").exists(), "an earlier run's changes would mislead"
        with zipfile.ZipFile(chain.out / "b1.changed.zip") as archive:
            assert len(archive.namelist()) == 4

    def test_what_a_trial_made_is_in_the_zips_of_the_run_after_it(self, chain: Chain) -> None:
        build(replace(chain, brands=1), trial=True)
        events = build(chain, bundle="changed")
        assert of_kind(events, Bundled) == ["b0.changed.zip", "b1.changed.zip", "b2.changed.zip"]
        with zipfile.ZipFile(chain.out / "b0.changed.zip") as archive:
            assert len(archive.namelist()) == 4
        assert not of_kind(build(chain, bundle="changed"), Bundled), "they were handed out once"

    def test_a_run_without_zips_forgets_the_trial_before_it(self, chain: Chain) -> None:
        build(replace(chain, brands=1), trial=True)
        build(chain)
        assert not of_kind(build(chain, bundle="changed"), Bundled)

    def test_a_zip_that_someone_else_put_there_stays(self, chain: Chain) -> None:
        build(chain, bundle="changed")
        (chain.out / "mine.changed.zip").write_bytes(b"mine")
        (chain.out / "b1.changed.zip").write_bytes(b"written over")
        events = build(chain, bundle="changed")
        assert of_kind(events, Kept) == ["b1.changed.zip", "mine.changed.zip"]
        assert of_kind(events, Removed) == ["b0.changed.zip", "b2.changed.zip"]
        assert (chain.out / "mine.changed.zip").read_bytes() == b"mine"

    def test_an_edition_that_failed_is_not_in_the_bundle_though_an_older_file_stands(self, chain: Chain) -> None:
        build(chain)
        chain.write("brands/b1", "new")
        chain.fault({"b1 h0": "error"})
        build(chain, bundle="all")
        with zipfile.ZipFile(chain.out / "b1.zip") as archive:
            assert archive.namelist() == [f"b1/en/{paper}/h1.pdf" for paper in chain.formats]


class TestPruning:
    def test_outputs_of_a_brand_that_is_gone_are_removed_with_their_folders(self, chain: Chain) -> None:
        build(chain)
        fewer = replace(chain, brands=2)
        events = build(fewer, in_project=in_project(fewer), prune=True)
        assert sorted(of_kind(events, Removed)) == [
            f"b2/en/{paper}/h{n}.pdf" for paper in chain.formats for n in range(2)
        ]
        assert not (chain.out / "b2").exists()
        assert "brands/b2" not in (chain.out / "manifest.json").read_text()

    def test_files_that_the_log_does_not_know_or_that_changed_are_kept(self, chain: Chain) -> None:
        build(chain)
        (chain.out / "b2/en/notes.txt").write_text("mine")
        (chain.out / "b2/en/a4-leaflet/h0.pdf").write_text("scribbled on")
        fewer = replace(chain, brands=2)
        events = build(fewer, in_project=in_project(fewer), prune=True)
        assert of_kind(events, Kept) == ["b2/en/a4-leaflet/h0.pdf"]
        assert {path for path in chain.files() if path.startswith("b2/")} == {
            "b2/en/notes.txt",
            "b2/en/a4-leaflet/h0.pdf",
        }

    def test_the_zips_of_a_brand_that_is_gone_are_removed(self, chain: Chain) -> None:
        build(chain, bundle="all")
        chain.write("brands/b2", "new")
        build(chain, bundle="changed")
        fewer = replace(chain, brands=2)
        removed = of_kind(build(fewer, in_project=in_project(fewer), prune=True), Removed)
        assert removed[-2:] == ["b2.changed.zip", "b2.zip"]
        assert [path.name for path in sorted(chain.out.glob("*.zip"))] == ["b0.zip", "b1.zip"]

    def test_what_a_log_says_of_files_elsewhere_is_no_leave_to_remove_them(self, chain: Chain) -> None:
        build(chain)
        outside, log = chain.folder / "mine.pdf", chain.out / ".handouts/log"
        outside.write_bytes(b"mine")
        lines = log.read_text().splitlines(keepends=True)
        made = next(line for line in lines if line.startswith('["made","b2/'))
        path = json.loads(made)[1]
        sha256 = bytes_digest(b"mine")
        for elsewhere in (str(outside), "../mine.pdf", "b2/../../mine.pdf", "b2//mine.pdf"):
            record = json.loads(made.replace(path, elsewhere))
            record[5] = sha256
            log.write_text("".join([*lines, json.dumps(record) + "\n"]))
            build(replace(chain, brands=2), in_project=lambda label: False, prune=True)
            assert outside.read_bytes() == b"mine", elsewhere

    def test_a_folder_that_leads_elsewhere_is_left_alone(self, chain: Chain) -> None:
        build(chain)
        (chain.out / "b2").rename(chain.folder / "elsewhere")
        (chain.out / "b2").symlink_to(chain.folder / "elsewhere", target_is_directory=True)
        fewer = replace(chain, brands=2)
        assert len(of_kind(build(fewer, in_project=in_project(fewer), prune=True), Kept)) == 4
        assert len(list((chain.folder / "elsewhere").rglob("*.pdf"))) == 4

    def test_after_a_killed_run_only_its_own_temporary_files_go(self, chain: Chain) -> None:
        build(chain)
        (chain.out / "b0/en/a4-leaflet/.h0.pdf.part").write_bytes(b"half")
        own = [chain.out / ".notes.part", chain.out / "b0/.h0.pdf.part"]
        for path in own:
            path.write_text("mine")
        (chain.out / ".handouts/1.receipts").write_text("")
        build(chain)
        assert sorted(chain.out.rglob(".*.part")) == sorted(own)

    def test_what_lies_there_though_nobody_wants_it_is_told(self, chain: Chain) -> None:
        build(chain)
        fewer = replace(chain, brands=2)
        (left,) = [event for event in build(fewer, in_project=in_project(fewer)) if isinstance(event, LeftBehind)]
        assert sorted(left.paths) == [f"b2/en/{paper}/h{n}.pdf" for paper in chain.formats for n in range(2)]
        assert sentence(left).startswith("4 files lie there of what is gone from the project, no longer wanted, or ")
        assert sentence(left).endswith("and 1 more. Hint: handouts build --prune removes them.")
        assert (chain.out / "b2").exists()

    def test_nothing_is_removed_unless_asked(self, chain: Chain) -> None:
        build(chain)
        before = {path for path in chain.files() if path.endswith(".pdf")}
        build(replace(chain, brands=1))
        assert {path for path in chain.files() if path.endswith(".pdf")} == before

    @pytest.mark.parametrize("less", [{"handouts": 1}, {"formats": ("a4-leaflet",)}])
    def test_outputs_of_a_handout_or_format_that_is_gone_are_removed(self, chain: Chain, less: dict[str, Any]) -> None:
        build(chain)
        fewer = replace(chain, **less)
        assert len(of_kind(build(fewer, in_project=in_project(fewer), prune=True), Removed)) == 6

    def test_a_selection_removes_nothing_of_what_it_left_out(self, chain: Chain) -> None:
        build(chain)
        assert not of_kind(build(replace(chain, brands=1), in_project=in_project(chain), prune=True), Removed)


def in_project(chain: Chain) -> InProject:
    names = {(edition.handout_slug, edition.format_slug, edition.brand_slug) for edition in chain.editions()}
    return lambda label: (label.handout, label.format, label.brand) in names


def brand(slug: str, name: str = "River", ratio: float | None = 1, phone: str = "1") -> Brand:
    logo = Logo(Path("logo.svg"), "", ratio, 1) if ratio else None
    colours = Colours(*["#000000"] * 6)
    font = FontFamily("Inter")
    return Brand(slug, Path(slug), name, name, "", "gb", (Contact(phone=phone),), logo, colours, font, font)


def test_a_trial_takes_the_widest_the_longest_and_the_emptiest_brand() -> None:
    brands = [
        brand("plain"),
        brand("wide", ratio=6),
        brand("long", name="The Long Valley Community Acupuncture and Physiotherapy Practice"),
        brand("bare", name="Bo", ratio=None, phone=""),
        brand("other"),
    ]
    assert [chosen.slug for chosen in trial_brands(brands, 3)] == ["wide", "long", "bare"]
    assert trial_brands(brands, 3) == trial_brands(brands[::-1], 3)
    assert len(trial_brands(brands, 99)) == 5
    assert trial_brands([], 3) == ()


def test_events_are_lines_of_json() -> None:
    assert as_json(Made("b1/h.pdf", "pdf", "never made", 400, 2)) == (
        '{"event": "made", "path": "b1/h.pdf", "kind": "pdf", "reason": "never made", "size": 400, "pages": 2}'
    )
    ended = Ended(1, 2, (Failed("x.pdf", "The disk is full."),), 0, (), 1.5)
    assert json.loads(as_json(ended))["failed"] == [{"path": "x.pdf", "sentence": "The disk is full.", "trace": ""}]


class TestTally:
    def test_it_knows_the_rate_and_the_time_that_is_left(self) -> None:
        now = [100.0]
        tally = Tally(lambda: now[0])
        tally.note(Started(20_000, 5, 2))
        assert tally.line() == "0 of 20,000, 0 a second"
        for _ in range(4_999):
            tally.note(Made("b1/h.pdf", "pdf", "never made", 400, 2))
        tally.note(Failed("b2/h.pdf", "The disk is full."))
        now[0] += 20
        assert tally.line() == "5,000 of 20,000, 1 failed, 250 a second, about 60 s left"

    @pytest.mark.parametrize(
        ("seconds", "words"), [(4.4, "4 s"), (200, "3 min"), (4800, "80 min"), (8400, "2 h 20 min")]
    )
    def test_times_are_told_as_a_person_would(self, seconds: float, words: str) -> None:
        assert duration(seconds) == words

    def test_the_sum_is_one_line(self) -> None:
        assert summary(Ended(0, 10_000, (), 0, (), 0.31)) == "0 made, 10,000 unchanged in 0.3 s."
        failed = (Failed("x.pdf", "The disk is full."),)
        assert summary(Ended(100, 0, failed, 2, (), 0.5, 7, True)) == (
            "Interrupted: 100 made, 0 unchanged, 1 failed, 2 removed, 7 left to make in 0.5 s (200 a second)."
        )

    def test_where_something_failed_an_html_page_is_not_taken_for_a_pdf(self) -> None:
        failed = (Failed("x.pdf", "The disk is full."),)
        assert summary(Ended(1, 0, failed, 0, (), 0.5, html=1)) == (
            "1 made (1 HTML page), 0 unchanged, 1 failed in 0.5 s (2 a second)."
        )
        assert summary(Ended(2, 0, (), 0, (), 0.5, html=1)) == "2 made, 0 unchanged in 0.5 s (4 a second)."

    def test_a_sentence_that_befell_many_is_told_once(self) -> None:
        failed = [*(Failed(f"{n}.pdf", "The disk is full.") for n in range(5)), Failed("z.pdf", "Too long.")]
        assert list(reasons(failed)) == [
            "0.pdf, 1.pdf, 2.pdf and 2 more: The disk is full.",
            "z.pdf: Too long.",
        ]


@pytest.mark.parametrize(
    ("name", "watched"),
    [
        ("brands/river/_brand.yml", True),
        ("handouts/acupuncture.en.yaml", True),
        ("handouts/.acupuncture.en.yaml.swp", False),
        ("handouts/acupuncture.en.yaml~", False),
        ("out/river/en/a4-leaflet/acupuncture.pdf", False),
        ("handouts/4913", False),
    ],
)
def test_only_content_is_watched(name: str, watched: bool) -> None:
    assert is_content(Path("/project") / name, Path("/project/out")) is watched


def test_a_saved_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "brands").mkdir()
    single = tmp_path / "references.yaml"
    single.write_text("one")
    stop = threading.Event()
    watching = saves([tmp_path / "brands", single, tmp_path / "missing"], tmp_path / "out", stop)
    saved = tmp_path / "brands" / "_brand.yml"
    writers = [threading.Timer(0.4, saved.write_text, ["two"]), threading.Timer(1.2, single.write_text, ["three"])]
    for writer in writers:
        writer.start()
    assert next(watching) == (saved,)
    assert next(watching) == (single,)
    stop.set()
    assert next(watching, None) is None
