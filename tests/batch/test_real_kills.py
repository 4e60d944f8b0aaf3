"""The real command, killed while it typesets, brands or records: what is left is whole, the next run makes the rest."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from press_room import BRAND, change, printable

ROOT = Path(__file__).parents[2]
BRANDS = 24
PDFS = 2 * BRANDS
SEED = 20261127
BUILD = (sys.executable, str(ROOT / "generate.py"), "build", "--format", "a4-leaflet", "--jobs", "2", "--json")


def chain_in(folder: Path) -> Path:
    """Two handouts for clinics that differ in their names alone."""
    root = printable(folder)
    for number in range(1, BRANDS):
        shutil.copytree((root / BRAND).parent, root / f"brands/hill-{number}")
        change(root / f"brands/hill-{number}/_brand.yml", partial(_rename, number))
    return root


def _rename(number: int, brand: dict[str, dict[str, object]]) -> None:
    brand["meta"]["name"] = f"Clinic {number}"


def start(root: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(BUILD, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def pdfs_in(root: Path) -> dict[str, bytes]:
    out = root / "out"
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*.pdf")}


def made_by(build: subprocess.Popen[str]) -> set[str]:
    printed, complained = build.communicate(timeout=300)
    assert (build.returncode, complained) == (0, "")
    events = map(json.loads, printed.splitlines())
    return {event["path"] for event in events if event["event"] == "made"}


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], float]:
    """What an unbroken run makes, and how many seconds it takes."""
    root = chain_in(tmp_path_factory.mktemp("unbroken") / "clinic")
    began = time.monotonic()
    assert len(made_by(start(root))) == PDFS
    return pdfs_in(root), time.monotonic() - began


def kill_and_finish(root: Path, seconds: float, unbroken: dict[str, bytes]) -> int:
    """Kill a build after so many seconds, finish it with another, and say how far the first had got."""
    first = start(root)
    time.sleep(seconds)
    first.send_signal(signal.SIGKILL)
    first.communicate()
    written = pdfs_in(root)
    assert written.items() <= unbroken.items(), "a torn PDF"
    assert made_by(start(root)) == set(unbroken) - set(written), "made twice, or left out"
    assert pdfs_in(root) == unbroken
    assert not list((root / "out").rglob("*.part"))
    return len(written)


@pytest.mark.parametrize("number", [0, pytest.param(1, marks=pytest.mark.soak)])
def test_a_killed_build_leaves_whole_pdfs_and_the_next_makes_just_the_rest(
    tmp_path: Path, unbroken: tuple[dict[str, bytes], float], number: int
) -> None:
    pdfs, seconds = unbroken
    kill_and_finish(chain_in(tmp_path / "clinic"), random.Random(SEED + number).uniform(0.3, 1) * seconds, pdfs)


@pytest.mark.soak
def test_a_hundred_real_builds_killed_at_random_moments(
    tmp_path: Path, unbroken: tuple[dict[str, bytes], float]
) -> None:
    pdfs, seconds = unbroken
    seed = int(os.environ.get("HANDOUTS_SEED", time.time_ns() % 1_000_000))
    chance = random.Random(seed)
    reached = []
    for number in range(100):
        root = chain_in(tmp_path / str(number))
        reached.append(kill_and_finish(root, chance.uniform(0, 1) * seconds, pdfs))
        shutil.rmtree(root)
    sys.stdout.write(
        f"seed {seed}: 100 real builds killed, {sum(0 < written < PDFS for written in reached)} of them amid branding, "
        f"{min(reached)} to {max(reached)} of {PDFS} PDFs reached, none torn, none made twice\n"
    )
