"""What is left after a kill, a full disk, a read-only folder, a file held open, and two runs at once."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fakepress import Chain

from handoutpress.batch.events import Ended, Event, Waiting
from handoutpress.batch.log.build_log import HEADER, OutputRecord, read_log
from handoutpress.batch.log.journal import Journal
from handoutpress.batch.run import RunOptions, run
from handoutpress.store.digests import file_digest

HERE = Path(__file__).parents[1] / "support"
NOBODY = "65534"
ELSEWHERE = "Hint: copy the project to where you may write, or ask for that right."
SEED = 20261122
A_PDF = "b1/en/a4-leaflet/h0.pdf"


@pytest.fixture
def chain(tmp_path: Path) -> Chain:
    return Chain(tmp_path / "chain", handouts=2, brands=20).set_up()


def build(chain: Chain, jobs: int = 1) -> Ended:
    return run(chain.plan(), chain.out, chain.maker, RunOptions(jobs=jobs))


def start(chain: Chain, jobs: int = 1, user: str = "") -> subprocess.Popen[str]:
    sizes = [str(number) for number in (jobs, chain.handouts, chain.brands)]
    command = [sys.executable, str(HERE / "fakerun.py"), str(chain.folder), *sizes, *([user] if user else [])]
    path = os.pathsep.join([str(HERE), str(HERE.parent)])
    environment = {**os.environ, "PYTHONPATH": path}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


def finish(process: subprocess.Popen[str]) -> tuple[int, list[dict[str, Any]], str]:
    stdout, stderr = process.communicate(timeout=120)
    return process.returncode, [json.loads(line) for line in stdout.splitlines()], stderr


def log_is_true(chain: Chain) -> None:
    """Every record's file is there, whole and as recorded."""
    for record in read_log(chain.out / ".handouts/log").records.values():
        assert file_digest(chain.out / record.path) == record.sha256


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    chain = Chain(tmp_path_factory.mktemp("unbroken"), handouts=2, brands=20).set_up()
    build(chain)
    return chain.files()


def kill_and_finish(chain: Chain, moment: float, unbroken: dict[str, bytes]) -> int:
    """Kill a run after ``moment`` seconds of making, finish it with another, and say how far the first had got."""
    chain.fault({f"b{n} h{m}": "slow" for n in range(0, 20, 2) for m in range(2)})
    first = start(chain, jobs=2)
    assert first.stdout
    first.stdout.readline()
    time.sleep(moment)
    first.send_signal(signal.SIGKILL)
    first.communicate()
    pdfs = {path: content for path, content in chain.files().items() if path.endswith(".pdf")}
    assert pdfs.items() <= unbroken.items(), "a torn PDF"
    second = start(chain, jobs=2)
    code, events, stderr = finish(second)
    assert (code, stderr) == (0, "")
    made_after = {event["path"] for event in events if event["event"] == "made"}
    late = set(unbroken) - {"manifest.json"} - made_after - set(pdfs)
    assert made_after.isdisjoint(pdfs), "made twice"
    assert len(late) <= 2, "a worker finished more than the output that it was at"
    assert chain.files() == unbroken
    assert not list(chain.out.rglob("*.part"))
    assert not list((chain.out / ".handouts").glob("*.receipts"))
    log_is_true(chain)
    return len(pdfs)


@pytest.mark.parametrize("number", [0, 1, *(pytest.param(number, marks=pytest.mark.soak) for number in range(2, 5))])
def test_a_killed_run_leaves_whole_files_and_the_next_makes_just_the_rest(
    chain: Chain, unbroken: dict[str, bytes], number: int
) -> None:
    kill_and_finish(chain, random.Random(SEED + number).uniform(0.2, 1.2), unbroken)


@pytest.mark.soak
def test_a_hundred_kills_at_random_moments(tmp_path: Path, unbroken: dict[str, bytes]) -> None:
    seed = int(os.environ.get("HANDOUTS_SEED", time.time_ns() % 1_000_000))
    chance = random.Random(seed)
    reached = []
    for number in range(100):
        chain = Chain(tmp_path / str(number), handouts=2, brands=20).set_up()
        reached.append(kill_and_finish(chain, chance.uniform(0, 1.5), unbroken))
        shutil.rmtree(chain.folder)
    sys.stdout.write(
        f"seed {seed}: 100 kills, {min(reached)} to {max(reached)} of 80 PDFs reached, none torn, none made twice\n"
    )


@pytest.mark.parametrize("nth", [1, 17, 80])
def test_a_file_that_took_its_place_unrecorded_is_not_made_twice(
    chain: Chain, monkeypatch: pytest.MonkeyPatch, nth: int
) -> None:
    record = Journal.record
    recorded = 0

    def die(self: Journal, output: OutputRecord) -> None:
        nonlocal recorded
        recorded += 1
        if recorded == nth:
            raise SystemExit("killed")
        record(self, output)

    monkeypatch.setattr(Journal, "record", die)
    with pytest.raises(SystemExit):
        build(chain)
    monkeypatch.undo()
    assert len(chain.files()) == nth
    assert build(chain).made == 80 - nth
    log_is_true(chain)


@pytest.mark.parametrize(
    "ending",
    [b'["made","b1/en', b"\x00\x00\x00", b'["made","x"]\n', b'["input",1]\n{}\n', b'["part",99,[999]]\n'],
)
def test_a_torn_last_line_is_dropped(chain: Chain, ending: bytes) -> None:
    build(chain)
    log = chain.out / ".handouts/log"
    log.write_bytes(log.read_bytes() + ending)
    ended = build(chain)
    assert (ended.made, ended.unchanged) == (0, 80)
    header, *lines = log.read_text().splitlines()
    assert header == HEADER
    kinds = ["input"] * 25 + ["part"] * 42 + ["made"] * 80 + ["manifest"]
    assert [json.loads(line)[0] for line in lines] == kinds


def test_a_log_cut_anywhere_makes_again_what_it_lost_and_nothing_else(chain: Chain, unbroken: dict[str, bytes]) -> None:
    build(chain)
    log = chain.out / ".handouts/log"
    content = log.read_bytes()
    for cut in range(0, len(content), 997):
        log.write_bytes(content[:cut])
        lost = 80 - len(read_log(log).records)
        assert build(chain).made == lost
        assert chain.files() == unbroken
        assert log.read_bytes().count(b'["made"') == 80


def test_a_log_of_another_version_is_told_as_the_reason(chain: Chain) -> None:
    build(chain)
    log = chain.out / ".handouts/log"
    log.write_bytes(log.read_bytes().replace(HEADER.encode(), b'["handouts build log", 99]'))
    events: list[Event] = []
    run(chain.plan(), chain.out, chain.maker, RunOptions(jobs=1), events.append)
    assert {getattr(event, "reason", None) for event in events} - {None} == {
        "the build log is of another version of Handout Press"
    }


def test_two_runs_at_once_take_turns(chain: Chain, unbroken: dict[str, bytes]) -> None:
    chain.fault({"b3 h1": "wait"})
    first = start(chain, jobs=2)
    assert first.stdout
    first.stdout.readline()
    second = start(chain, jobs=2)
    assert second.stdout
    waiting = json.loads(second.stdout.readline())
    assert waiting == {"event": "waiting", "out": str(chain.out), "holder": first.pid}
    chain.fault({})
    code, events, _ = finish(second)
    assert code == 0
    assert (events[-1]["made"], events[-1]["unchanged"]) == (0, 80)
    assert finish(first)[0] == 0
    assert chain.files() == unbroken


def test_a_hanging_worker_of_a_killed_run_does_not_hold_up_the_next(chain: Chain, unbroken: dict[str, bytes]) -> None:
    chain.fault({"b3 h0": "hang"})
    first = start(chain, jobs=2)
    calls: Counter[str] = Counter()
    while not calls["print b3 h0"]:
        time.sleep(0.02)
        calls += chain.calls()
    first.kill()
    first.communicate()
    chain.fault({})
    code, events, _ = finish(start(chain, jobs=2))
    assert (code, events[-1]["failed"]) == (0, [])
    assert chain.files() == unbroken


def test_ctrl_c_ends_cleanly_with_130(chain: Chain, unbroken: dict[str, bytes]) -> None:
    chain.fault({f"b{n} h{m}": "slow" for n in range(20) for m in range(2)})
    process = start(chain, jobs=2)
    assert process.stdout
    while '"made"' not in process.stdout.readline():
        pass
    process.send_signal(signal.SIGINT)
    code, events, stderr = finish(process)
    assert (code, stderr) == (130, "")
    ended = events[-1]
    assert ended["interrupted"]
    assert ended["made"] + ended["left"] == 80
    assert len(chain.files()) - 1 == ended["made"]
    log_is_true(chain)
    assert not list(chain.out.rglob("*.part"))
    chain.fault({})
    assert build(chain).made == ended["left"]
    assert chain.files() == unbroken


@pytest.mark.parametrize("noted", [False, True])
def test_ctrl_c_while_an_output_is_noted_loses_it_not(
    chain: Chain, unbroken: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, noted: bool
) -> None:
    record = Journal.record

    def interrupted(self: Journal, output: OutputRecord) -> None:
        first = len(self.log.records) == 5
        if noted or not first:
            record(self, output)
        if first:
            monkeypatch.setattr(Journal, "record", record)
            raise KeyboardInterrupt

    monkeypatch.setattr(Journal, "record", interrupted)
    ended = build(chain)
    assert (ended.exit_code, ended.made, ended.left) == (130, 6, 74)
    log_is_true(chain)
    assert build(chain).made == 74
    assert chain.files() == unbroken


def test_ctrl_c_in_this_process_records_what_was_made(chain: Chain) -> None:
    chain.fault({"b5 h1": "interrupt"})
    ended = build(chain)
    assert (ended.exit_code, ended.made + ended.left) == (130, 80)
    assert len(read_log(chain.out / ".handouts/log").records) == ended.made


def test_a_file_held_open_by_a_viewer_costs_only_itself(chain: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    build(chain)
    before = chain.files()[A_PDF]
    chain.write("brands/b1", "new logo")
    replace = os.replace

    def held(part: Path, there: Path) -> None:
        if there == chain.out / A_PDF:
            raise PermissionError(13, "The process cannot access the file because it is being used", str(part))
        replace(part, there)

    monkeypatch.setattr("handoutpress.store.files.os.replace", held)
    ended = build(chain)
    assert [(failure.path, failure.sentence) for failure in ended.failed] == [
        (A_PDF, "Another program holds the file open. Close it there and run again.")
    ]
    assert ended.made == 3
    assert chain.files()[A_PDF] == before
    assert not list(chain.out.rglob("*.part"))
    monkeypatch.undo()
    assert build(chain).made == 1


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 1 MB."""
    folder = tmp_path / "small"
    folder.mkdir()
    if os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("only root may mount a small file system")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], check=False)
    if mounted.returncode:
        pytest.skip("no file system can be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_full_disk_is_one_sentence_an_edition_and_the_log_stays_true(
    tmp_path: Path, small_disk: Path, jobs: int
) -> None:
    chain = Chain(tmp_path / "chain", handouts=2, brands=20, size=40_000).set_up()
    chain.out.symlink_to(small_disk)
    ended = build(chain, jobs)
    assert 0 < ended.made < 40
    assert ended.made + len(ended.failed) == 80
    assert {failure.sentence for failure in ended.failed} == {"The disk is full."}
    log_is_true(chain)
    assert not list(small_disk.rglob("*.part"))
    assert subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=False).returncode == 0
    again = build(chain, jobs)
    assert (again.made, again.exit_code) == (len(ended.failed), 0)
    log_is_true(chain)
    chain.calls()
    assert build(chain).made == 0


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_disk_so_full_that_the_log_cannot_grow_loses_nothing(tmp_path: Path, small_disk: Path, jobs: int) -> None:
    chain = Chain(tmp_path / "chain", handouts=2, brands=20).set_up()
    chain.out.symlink_to(small_disk)
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"." * (1024 - 120) * 1024)
    ended = build(chain, jobs)
    assert 0 < ended.made < 80
    assert ended.made + len(ended.failed) == 80
    # With two workers, a part that did not fit and was dropped may leave just the room that the log needs.
    assert ended.faults == ("The disk is full.",) or (jobs == 2 and not ended.faults)
    assert {failure.sentence for failure in ended.failed} == {"The disk is full."}
    ballast.unlink()
    chain.calls()
    again = build(chain, jobs)
    assert (again.made, again.exit_code) == (len(ended.failed), 0)
    log_is_true(chain)


def test_a_read_only_folder_costs_only_its_own_editions(chain: Chain) -> None:
    if os.geteuid() != 0:
        pytest.skip("needs root, to become another user")
    shared = chain.folder.parent
    for folder in (shared, *shared.parents):
        if not folder.stat().st_mode & 0o001:
            folder.chmod(folder.stat().st_mode | 0o011)
    chain.out.mkdir()
    (chain.out / "b3").mkdir(mode=0o755)
    for path in (chain.folder, chain.out, chain.folder / "opened"):
        path.chmod(0o777)
    code, events, stderr = finish(start(chain, user=NOBODY))
    assert (code, stderr) == (1, "")
    failed = events[-1]["failed"]
    assert {failure["path"] for failure in failed} == {
        f"b3/en/{paper}/{slug}.pdf" for paper in chain.formats for slug in ("h0", "h1")
    }
    assert {failure["sentence"] for failure in failed} == {
        f"We may not write in the folder {chain.out}/b3. {ELSEWHERE}"
    }
    assert events[-1]["made"] == 76


def test_a_read_only_output_folder_is_one_sentence(chain: Chain) -> None:
    if os.geteuid() != 0:
        pytest.skip("needs root, to become another user")
    for folder in (chain.folder.parent, *chain.folder.parent.parents):
        if not folder.stat().st_mode & 0o001:
            folder.chmod(folder.stat().st_mode | 0o011)
    chain.folder.chmod(0o755)
    code, events, stderr = finish(start(chain, user=NOBODY))
    assert (code, events) == (1, [])
    assert stderr == f"We may not write in the folder {chain.folder}. {ELSEWHERE}\n"


def test_a_waiting_run_sees_what_the_first_one_made(chain: Chain) -> None:
    """The judgement is made under the lock, not before it."""
    plan = chain.plan()
    build(chain)
    events: list[Event] = []
    assert run(plan, chain.out, chain.maker, RunOptions(jobs=1), events.append).made == 0
    assert not any(isinstance(event, Waiting) for event in events)
