"""Same input, same bytes: whatever the folder, time zone, language, hash seed and number of processes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from press_room import change, printable

ROOT = Path(__file__).parents[2]
START = "import sys; from handoutpress.cli import main; sys.exit(main())"
PLACES = {
    "north": {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1", "JOBS": "1"},
    "a far longer name of a folder, with a space": {
        "TZ": "America/Los_Angeles", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "4242",
        "SOURCE_DATE_EPOCH": "86400", "JOBS": "2",
    },
}  # fmt: skip


def build(folder: Path, surroundings: dict[str, str]) -> dict[str, bytes]:
    """All that a build writes for people, by path, the second clinic's files included."""
    root = printable(folder)
    shutil.copytree(root / "brands/hill", root / "brands/dale")
    change(
        root / "brands/dale/_brand.yml", lambda keys: keys["meta"].update(name="Dale Clinic", link="https://d.example")
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **surroundings}
    command = [sys.executable, "-c", START, "build", "--format", "a4-leaflet", "--html", "--bundle", "all"]
    done = subprocess.run(
        [*command, "--jobs", surroundings["JOBS"]],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    files = [path for path in (root / "out").rglob("*") if path.is_file() and ".handouts" not in path.parts]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files if path.name != "manifest.json"}


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, bytes]]:
    return [build(tmp_path_factory.mktemp("place") / name, place) for name, place in PLACES.items()]


def test_two_builds_in_different_surroundings_are_byte_identical(builds: list[dict[str, bytes]]) -> None:
    first, second = builds
    assert {Path(name).suffix for name in first} == {".pdf", ".html", ".zip"}
    assert sum(name.endswith(".pdf") for name in first) == 4
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_a_second_build_writes_the_same_again(tmp_path: Path) -> None:
    """In one folder, from the kept plates, with --force."""
    surroundings = PLACES["north"]
    first = build(tmp_path / "clinic", surroundings)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **surroundings, "PYTHONHASHSEED": "7"}
    command = [sys.executable, "-c", START, "build", "--format", "a4-leaflet", "--html", "--force"]
    subprocess.run(command, cwd=tmp_path / "clinic", env=environment, capture_output=True, check=True)
    for name, data in first.items():
        assert (tmp_path / "clinic" / name).read_bytes() == data
