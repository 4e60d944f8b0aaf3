"""What is made again and why, with a press that counts its calls."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from fakepress import Chain

from handoutpress.batch.events import Ended
from handoutpress.batch.log.build_log import read_log
from handoutpress.batch.log.input_table import InputTable
from handoutpress.batch.plan import BuildPlan
from handoutpress.batch.reasons import RemakeOptions, difference, judge
from handoutpress.batch.run import RunOptions, run

A_PDF = "b1/en/a4-leaflet/h0.pdf"


@pytest.fixture
def chain(tmp_path: Path) -> Chain:
    return Chain(tmp_path).set_up()


def build(chain: Chain, *, html: bool = False, **options: object) -> Ended:
    return run(chain.plan(html=html), chain.out, chain.maker, RunOptions(jobs=1, **options))  # type: ignore[arg-type]


def sentences(chain: Chain, options: RemakeOptions | None = None) -> dict[str, str]:
    verdicts = judge(chain.plan(), read_log(chain.out / ".handouts/log"), chain.out, options or RemakeOptions())
    return {verdict.output.path: verdict.sentence for verdict in verdicts if verdict.stale}


def test_the_first_run_makes_everything_with_one_plate_a_handout_and_format(chain: Chain) -> None:
    assert set(sentences(chain).values()) == {"never made"}
    ended = build(chain)
    calls = chain.calls()
    assert (ended.made, ended.unchanged, ended.exit_code) == (12, 0, 0)
    assert sum(number for call, number in calls.items() if call.startswith("print")) == 12
    assert {call: number for call, number in calls.items() if call.startswith("open")} == {
        "open h0.en a4-leaflet": 1,
        "open h0.en letter-leaflet": 1,
        "open h1.en a4-leaflet": 1,
        "open h1.en letter-leaflet": 1,
    }


def test_nothing_is_made_when_nothing_changed(chain: Chain) -> None:
    build(chain)
    chain.calls()
    before = {path: (chain.out / path).stat() for path in chain.files()}
    log = (chain.out / ".handouts/log").read_bytes()
    ended = build(chain)
    assert (ended.made, ended.unchanged) == (0, 12)
    assert not chain.calls()
    assert {path: (chain.out / path).stat().st_mtime_ns for path in chain.files()} == {
        path: stat.st_mtime_ns for path, stat in before.items()
    }
    assert (chain.out / ".handouts/log").read_bytes() == log


def test_a_changed_brand_makes_only_its_own_editions(chain: Chain) -> None:
    build(chain)
    chain.calls()
    chain.write("brands/b1", "new logo")
    assert set(sentences(chain).items()) == {
        (f"b1/en/{paper}/{slug}.pdf", "brands/b1 changed") for paper in chain.formats for slug in ("h0", "h1")
    }
    assert build(chain).made == 4
    assert {call for call in chain.calls() if call.startswith("print")} == {"print b1 h0", "print b1 h1"}


def test_nothing_is_made_again_when_the_same_inputs_come_in_other_parts(chain: Chain) -> None:
    build(chain)
    plan = chain.plan()
    table = InputTable(plan.inputs.pairs)
    joined = [
        replace(output, made_from=(table.add_part(n for part in output.made_from for n in plan.inputs.parts[part]),))
        for output in plan.outputs
    ]
    verdicts = judge(BuildPlan(tuple(joined), table), read_log(chain.out / ".handouts/log"), chain.out)
    assert [verdict.sentence for verdict in verdicts] == ["unchanged"] * 12


def test_a_new_version_of_a_library_is_named_with_both_versions(chain: Chain) -> None:
    build(chain)
    chain.write("version", "70.0")
    assert set(sentences(chain).values()) == {"WeasyPrint 69.0 → 70.0"}


@pytest.mark.parametrize(
    ("before", "now", "sentence"),
    [
        ({"a/x": "1"}, {"a/x": "1", "b/y": "2"}, "b/y was added"),
        ({"a/x": "1", "b/y": "2"}, {"a/x": "1"}, "b/y was removed"),
        ({"a/x": "0" * 64}, {"a/x": "1" * 64}, "a/x changed"),
        ({"pikepdf": "9.1", "z/x": "0" * 64}, {"pikepdf": "10.0", "z/x": "1" * 64}, "z/x changed, and 1 more"),
    ],
)
def test_a_reason_is_one_sentence_and_names_files_before_libraries(
    before: dict[str, str], now: dict[str, str], sentence: str
) -> None:
    assert difference(before, now) == sentence


def test_an_output_changed_by_hand_is_made_again(chain: Chain) -> None:
    build(chain)
    before = chain.files()
    (chain.out / A_PDF).write_bytes(b"x" * len(before[A_PDF]))
    assert sentences(chain) == {A_PDF: "output was changed by hand"}
    assert build(chain).made == 1
    assert chain.files()[A_PDF] == before[A_PDF]


def test_a_missing_output_is_made_again(chain: Chain) -> None:
    build(chain)
    (chain.out / A_PDF).unlink()
    assert sentences(chain) == {A_PDF: "output is missing"}
    shutil.rmtree(chain.out / "b1")
    assert len(sentences(chain)) == 4


def test_a_copied_output_folder_is_still_ours_and_hashed_only_once(chain: Chain) -> None:
    build(chain)
    chain.calls()
    shutil.copytree(chain.out, chain.folder / "copy")
    shutil.rmtree(chain.out)
    (chain.folder / "copy").rename(chain.out)
    assert sentences(chain) == {}
    assert build(chain).made == 0
    assert not chain.calls()
    log = read_log(chain.out / ".handouts/log")
    assert log.records[A_PDF].stamp.inode == (chain.out / A_PDF).stat().st_ino


def test_verify_finds_a_change_that_kept_size_and_time(chain: Chain) -> None:
    build(chain)
    path = chain.out / A_PDF
    stat = path.stat()
    with path.open("r+b") as file:
        file.write(b"?")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert sentences(chain) == {}
    assert sentences(chain, RemakeOptions(verify=True)) == {A_PDF: "output was changed by hand"}


def test_force_makes_everything(chain: Chain) -> None:
    build(chain)
    assert set(sentences(chain, RemakeOptions(force=True)).values()) == {"asked for"}
    assert build(chain, remake=RemakeOptions(force=True)).made == 12


def test_a_clock_that_jumps_back_changes_nothing(chain: Chain) -> None:
    chain.write("brands/b1", "later")
    build(chain)
    for path in (chain.folder / "brands").iterdir():
        os.utime(path, ns=(0, 0))
    assert sentences(chain) == {}
    chain.write("brands/b1", "changed in the past")
    os.utime(chain.folder / "brands/b1", ns=(0, 0))
    assert set(sentences(chain).values()) == {"brands/b1 changed"}


def test_html_is_made_once_a_handout_and_brand(chain: Chain) -> None:
    assert build(chain, html=True).made == 12 + 6
    calls = chain.calls()
    assert {call: number for call, number in calls.items() if call.startswith("html")} == {
        f"html b{brand} h{handout}": 1 for brand in range(3) for handout in range(2)
    }
    assert "b0/en/h0.html" in chain.files()
    assert build(chain, html=True).made == 0


def test_a_failed_edition_keeps_its_earlier_file_and_is_tried_again(chain: Chain) -> None:
    build(chain)
    before = chain.files()
    chain.write("brands/b1", "too long")
    chain.fault({"b1 h0": "error"})
    ended = build(chain)
    assert [failure.sentence for failure in ended.failed] == ["The text is 3 lines too long for a4-leaflet."] * 2
    assert (ended.made, ended.exit_code) == (2, 1)
    assert chain.files()[A_PDF] == before[A_PDF]
    assert sentences(chain)[A_PDF] == "brands/b1 changed"
    chain.fault({})
    assert build(chain).made == 2


def test_a_plate_that_fails_is_typeset_once_and_fails_all_its_editions(chain: Chain) -> None:
    chain.fault({"plate h0": "error"})
    ended = build(chain)
    assert (ended.made, len(ended.failed)) == (6, 6)
    assert chain.calls()["open h0.en a4-leaflet"] == 1


def test_fail_fast_stops_at_the_first_failure(chain: Chain) -> None:
    chain.fault({"b1 h0": "error"})
    ended = build(chain, fail_fast=True)
    assert (ended.made, len(ended.failed), ended.left) == (1, 1, 10)


def test_our_own_mistake_is_told_with_its_trace_in_a_file(chain: Chain) -> None:
    chain.fault({"b1 h0": "bug"})
    failure = build(chain).failed[0]
    traces = chain.out / ".handouts/traces.txt"
    assert failure.sentence == f"This is our mistake, not yours (KeyError: 'slot'). The trace is in {traces}."
    assert "KeyError: 'slot'" in traces.read_text()


def test_the_manifest_tells_what_stands(chain: Chain) -> None:
    build(chain)
    manifest = json.loads((chain.out / "manifest.json").read_text())
    (entry,) = [entry for entry in manifest["files"] if entry["path"] == A_PDF]
    parts = [manifest["parts"][number] for number in entry.pop("made_from")]
    names = {manifest["inputs"][number]["name"] for part in parts for number in part}
    assert entry.pop("sha256") == hashlib.sha256((chain.out / A_PDF).read_bytes()).hexdigest()
    assert entry == {
        "path": A_PDF,
        "size": 400,
        "pages": 2,
        "handout": "h0",
        "language": "en",
        "format": "a4-leaflet",
        "brand": "b1",
        "version": "1.0",
        "way": "",
        "content_hash": "0a1b2c3d",
        "addresses": ["https://b1.test/h0", "https://b1.test/references"],
    }
    assert names == {"handouts/h0", "brands/b1", "WeasyPrint", "kind of page"}
    assert manifest["html"] is False


def test_a_lost_manifest_is_written_again_though_nothing_is_made(chain: Chain) -> None:
    build(chain)
    before = (chain.out / "manifest.json").read_bytes()
    (chain.out / "manifest.json").unlink()
    assert build(chain).made == 0
    assert (chain.out / "manifest.json").read_bytes() == before


def test_repeated_runs_give_the_same_files_and_the_same_log_apart_from_times(chain: Chain, tmp_path: Path) -> None:
    repeated = Chain(tmp_path / "other").set_up()
    build(chain)
    repeated.write("brands/b2", "for a while")
    build(repeated)
    repeated.write("brands/b2", "first brands/b2")
    build(repeated)
    assert chain.files() == repeated.files()
    logs = [read_log(built.out / ".handouts/log") for built in (chain, repeated)]
    assert logs[0].inputs.pairs == logs[1].inputs.pairs
    assert logs[0].inputs.parts == logs[1].inputs.parts
    assert [record[2:] for record in logs[0].records.values()] == [record[2:] for record in logs[1].records.values()]
