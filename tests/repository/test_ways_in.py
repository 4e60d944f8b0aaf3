"""Every way in: the same program, with two workers and a cold cache, however a person starts it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from press_room import printable
from wheels import build_wheel

ROOT = Path(__file__).parents[2]
PYTHON = Path(sys.executable)
FORMATS = ("a6-card", "a4-leaflet")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a fresh environment into which pip put the wheel; the repository is not on its path."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False)
    (site,) = folder.glob("lib/python3*/site-packages")
    # Its dependencies are the locked ones. Of a folder that a .pth file names, no .pth file is read.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    programs = folder / "bin"
    pip: list[Path | str] = [
        PYTHON,
        "-m",
        "pip",
        "--python",
        programs / "python",
        "--disable-pip-version-check",
        "install",
    ]
    subprocess.run([*pip, "--no-index", "--no-deps", build_wheel(folder)], check=True, capture_output=True)
    return programs


WAYS: Mapping[str, Callable[[Path], list[Path | str]]] = {
    "the checkout's command": lambda _: [ROOT / ".venv/bin/handouts"],
    "generate.py": lambda _: [PYTHON, ROOT / "generate.py"],
    "python -m in the checkout": lambda _: [PYTHON, "-m", "handoutpress"],
    "pip's script": lambda installed: [installed / "handouts"],
    "python -m from the wheel": lambda installed: [installed / "python", "-m", "handoutpress"],
}


@pytest.mark.parametrize("way", WAYS)
def test_twelve_pdfs_of_four_plates_are_made_proved_and_compared(way: str, installed: Path, tmp_path: Path) -> None:
    root = chain(tmp_path / "chain")

    def handouts(*words: str) -> str:
        return in_project(root, *WAYS[way](installed), *words)

    formats = [word for name in FORMATS for word in ("--format", name)]
    events = [
        json.loads(line) for line in handouts("build", "--json", "--no-html", "--jobs", "2", *formats).splitlines()
    ]
    assert [event["workers"] for event in events if event["event"] == "started"] == [2]
    assert (events[-1]["made"], events[-1]["failed"]) == (12, [])
    # Two processes prove twelve files, by however many checks.
    assert "12 right, 0 wrong" in handouts("proof", "out", "--check", "text")
    shutil.copytree(root / "out", root / "before")
    assert handouts("compare", "before", "out") == "12 editions: unchanged 12.\n"


def chain(root: Path) -> Path:
    """A project of two handouts and three brands."""
    printable(root)
    for name in ("lake", "wood"):
        (root / "brands" / name).mkdir()
        (root / "brands" / name / "_brand.yml").write_text(
            f"meta: {{name: {name.title()} Clinic}}\ndefaults: {{handout: {{country: gb}}}}\n"
        )
    return root


def in_project(root: Path, *command: Path | str) -> str:
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr.count("Another run") == 0
    return done.stdout
