"""The command line: what each command says and ends with, and that nobody ever meets a traceback."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from press_room import BRAND, HANDOUT, printable

from handoutpress.cli import command_line
from handoutpress.cli.command_line import COMMANDS, main

ROOT = Path(__file__).parents[2]
LEAFLET = ("--format", "a4-leaflet", "--brand", "hill")
TEA, HONEY = "out/hill/en/a4-leaflet/warm-tea.pdf", "out/hill/en/a4-leaflet/honey.pdf"


@dataclass(frozen=True)
class Ended:
    code: int
    said: str
    complained: str


Handouts = Callable[..., Ended]


@pytest.fixture
def handouts(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Handouts:
    def run(*arguments: str, cwd: Path) -> Ended:
        monkeypatch.chdir(cwd)
        monkeypatch.setattr(sys, "argv", ["handouts", *arguments])
        code = main()
        told = capfd.readouterr()
        assert "Traceback" not in told.out + told.err
        return Ended(code, told.out, told.err)

    return run


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return printable(tmp_path / "clinic")


def in_a_process(*arguments: str, cwd: Path, before: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    start = f"import sys; sys.argv[0] = 'handouts'; {before}\nfrom handoutpress.cli import main; sys.exit(main())"
    return subprocess.run(
        [sys.executable, "-c", start, *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, handouts: Handouts, tmp_path: Path) -> None:
    for flag in ("--help", "-h"):
        ended = handouts(command, flag, cwd=tmp_path)
        assert ended.code == 0
        assert "Usage: handouts" in ended.said
        assert ended.complained == ""


def test_the_help_names_every_command_and_gives_examples(handouts: Handouts, tmp_path: Path) -> None:
    said = handouts("--help", cwd=tmp_path).said
    assert [command for command in COMMANDS if not re.search(rf"\b{command}\b", said)] == []
    assert "handouts build acupuncture --brand my-clinic" in handouts("build", "--help", cwd=tmp_path).said


WRONG = {
    ("nonsense",): "No such command 'nonsense'.",
    ("build", "--nonsense"): "No such option: --nonsense",
    ("build", "--jobs", "many"): "Invalid value for '--jobs': Input should be a valid integer",
    ("new", "thing", "name"): "'thing' is not one of 'handout', 'brand', 'mail'.",
    ("new", "handout"): "a handout and a brand need a name, the mail settings have none.",
    ("init",): "Missing argument 'folder'.",
}


@pytest.mark.parametrize("arguments", WRONG)
def test_wrong_arguments_end_with_2(arguments: tuple[str, ...], handouts: Handouts, project: Path) -> None:
    ended = handouts(*arguments, cwd=project)
    assert (ended.code, ended.said) == (2, "")
    assert WRONG[arguments] in ended.complained


@pytest.mark.parametrize("command", [("build",), ("list",), ("doctor",), ("check",), ("new", "brand", "dale"), ()])
def test_outside_a_project_a_command_says_how_to_begin_one(
    command: tuple[str, ...], handouts: Handouts, tmp_path: Path
) -> None:
    ended = handouts(*command, cwd=tmp_path)
    assert (ended.code, ended.said) == (1, "")
    assert ended.complained == (
        f"{tmp_path.as_posix()} is not a project, and lies in none: a project is a folder with handouts/ in it. "
        "Hint: make one with: handouts init FOLDER\n"
    )


def test_build_makes_what_was_asked_for_and_then_has_nothing_to_do(handouts: Handouts, project: Path) -> None:
    first = handouts("build", *LEAFLET, cwd=project)
    assert first.code == 0, first.complained
    made = sorted(path.relative_to(project).as_posix() for path in (project / "out/hill").rglob("*.*"))
    assert made == [HONEY, TEA, "out/hill/en/honey.html", "out/hill/en/warm-tea.html"]
    assert first.complained.startswith("4 made, 0 unchanged in ")
    again = handouts("build", *LEAFLET, "--explain", cwd=project)
    assert again.code == 0
    assert again.complained.startswith("0 made, 4 unchanged in ")
    assert handouts("build", "warm-tea", *LEAFLET, "--no-html", "--dry-run", "--force", cwd=project).said == (
        "hill/en/a4-leaflet/warm-tea.pdf: asked for\n"
    )


def test_events_are_lines_of_json(handouts: Handouts, project: Path) -> None:
    ended = handouts("build", "honey", *LEAFLET, "--no-html", "--json", cwd=project)
    events = [json.loads(line) for line in ended.said.splitlines()]
    assert [event["event"] for event in events] == ["started", "plateopened", "made", "ended"]
    assert events[2]["path"] == "hill/en/a4-leaflet/honey.pdf"
    assert events[3]["made"] == 1


def test_a_mistake_stops_only_what_uses_its_file(handouts: Handouts, project: Path) -> None:
    assert handouts("build", *LEAFLET, "--no-html", cwd=project).code == 0
    tea, honey = project / TEA, project / HONEY
    old, stamp = tea.read_bytes(), tea.stat().st_mtime_ns
    honey.unlink()
    with (project / HANDOUT).open("a", encoding="utf-8") as file:
        file.write("colour: red\n")
    line = (project / HANDOUT).read_text(encoding="utf-8").count("\n")
    complaint = f'{HANDOUT}:{line}:1: "colour" is not a known key here.'
    strict = handouts("build", *LEAFLET, "--no-html", "--strict", cwd=project)
    assert strict.code == 1
    assert strict.complained.startswith(complaint)
    assert not honey.exists()
    ended = handouts("build", *LEAFLET, "--no-html", cwd=project)
    assert ended.code == 1
    assert ended.complained.startswith(complaint)
    assert "1 made, 0 unchanged" in ended.complained
    assert honey.exists()
    assert (tea.read_bytes(), tea.stat().st_mtime_ns) == (old, stamp)


def test_an_edition_that_cannot_be_printed_leaves_the_others(handouts: Handouts, project: Path) -> None:
    path = project / HANDOUT
    path.write_text(path.read_text(encoding="utf-8").replace("A cup of warm tea.", "A cup of 茶."), encoding="utf-8")
    ended = handouts("build", *LEAFLET, "--no-html", "--jobs", "1", cwd=project)
    assert ended.code == 1
    assert ended.complained.startswith(
        f"hill/en/a4-leaflet/warm-tea.pdf: {HANDOUT}:5:22: No font has 茶 (U+8336). Hint: use another character, or "
        "add a font that has it.\n1 made, 0 unchanged, 1 failed in "
    )
    assert (project / HONEY).exists()
    assert not (project / TEA).exists()


def test_a_name_that_is_not_there_gets_the_nearest(handouts: Handouts, project: Path) -> None:
    ended = handouts("build", "--brand", "hil", cwd=project)
    assert ended.code == 1
    assert "hil" in ended.complained
    assert "hill" in ended.complained


def test_init_begins_a_project_once(handouts: Handouts, tmp_path: Path) -> None:
    said = handouts("init", "demo", cwd=tmp_path).said
    assert said.startswith("Its handouts and articles are samples that nobody has reviewed: before a release, ")
    assert said.endswith("\ndemo is ready. Next: cd demo && handouts build\n")
    listed = handouts("list", cwd=tmp_path / "demo")
    assert listed.code == 0
    assert "my-clinic" in listed.said
    again = handouts("init", "demo", cwd=tmp_path)
    assert (again.code, again.complained) == (1, "demo is not empty. Hint: name a new folder.\n")


def test_new_begins_a_brand_and_a_handout(handouts: Handouts, project: Path) -> None:
    assert handouts("new", "brand", "dale", cwd=project).said.endswith("fill in brands/dale/_brand.yml.\n")
    assert handouts("new", "handout", "cold-tea", cwd=project).said.endswith("fill in handouts/cold-tea.en.yaml.\n")
    listed = handouts("list", cwd=project)
    assert (listed.code, listed.complained) == (0, "")
    assert "dale" in listed.said
    assert "cold-tea (en)" in listed.said
    again = handouts("new", "brand", "dale", cwd=project)
    assert again.code == 1
    assert "is there already. Hint: choose another name, or move it away." in again.complained


@pytest.mark.parametrize("name", ["Dale", "../dale", "", "a b", "-dale-"])
@pytest.mark.parametrize("thing", ["brand", "handout"])
def test_a_name_that_is_no_slug_is_refused(thing: str, name: str, handouts: Handouts, project: Path) -> None:
    before = sorted(project.rglob("*"))
    ended = handouts("new", "--", thing, name, cwd=project)
    assert ended.code == 1, ended
    assert "Hint:" in ended.complained
    assert sorted(project.rglob("*")) == before


def test_a_build_prunes_the_cache_and_doctor_tells_its_size(handouts: Handouts, project: Path) -> None:
    unused = project / ".handoutpress" / "plates" / "ab" / "ab12"
    unused.parent.mkdir(parents=True)
    unused.write_bytes(b"plate")
    assert "holds 0.0 MB (files: 1)." in handouts("doctor", cwd=project).said
    os.utime(unused, (0, 0))
    assert handouts("build", "honey", *LEAFLET, cwd=project).code == 0
    assert not unused.exists()
    said = handouts("doctor", cwd=project).said
    assert re.fullmatch(
        r"All is well\.\nThe cache in \.handoutpress holds 0\.\d MB \(files: \d+\)\. A build .*\n", said
    )


def test_doctor_and_list_tell_what_is_wrong_with_the_project(handouts: Handouts, project: Path) -> None:
    assert handouts("doctor", cwd=project).said == "All is well.\n"
    (project / BRAND).write_text("meta: {name: Hill}\ncolour: red\n", encoding="utf-8")
    looked_at = handouts("doctor", cwd=project)
    assert (looked_at.code, looked_at.complained) == (1, "")
    assert f"{BRAND}:2:1: " in looked_at.said
    listed = handouts("list", cwd=project)
    assert listed.code == 1
    assert f"{BRAND}:2:1: " in listed.complained


def test_our_own_mistakes_are_one_sentence_and_a_log(
    handouts: Handouts, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(project: object, **settings: object) -> None:
        raise ZeroDivisionError("a planted mistake")

    monkeypatch.setattr("handoutpress.cli.build.build_handouts", fail)
    ended = handouts("build", cwd=project)
    assert (ended.code, ended.said) == (command_line.OUR_BUG, "")
    found = re.fullmatch(
        r"Handout Press itself went wrong \(ZeroDivisionError\)\. Hint: please send us (.*)\.\n", ended.complained
    )
    assert found
    log = Path(found[1])
    assert "a planted mistake" in log.read_text(encoding="utf-8")
    log.unlink()


def test_ctrl_c_ends_with_130(project: Path) -> None:
    start = "import sys; from handoutpress.cli import main; sys.exit(main())"
    arguments = [sys.executable, "-c", start, "watch", "honey", *LEAFLET]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(arguments, cwd=project, env=environment, stderr=subprocess.PIPE, text=True) as watching:
        assert watching.stderr
        first = watching.stderr.readline()
        watching.send_signal(signal.SIGINT)
        rest = watching.stderr.read()
    assert first.startswith("2 made, 0 unchanged in ")
    assert watching.returncode == 130
    assert rest in ("", "Interrupted.\n")


NO_PANGO = """
import cffi
def refuse(self, name, flags=0): raise OSError(f"cannot load library {name!r}")
cffi.FFI.dlopen = refuse
"""
NO_LIBRARY = """
import ctypes
def refuse(name, *a, **k): raise OSError(f"{name}: cannot open shared object file")
ctypes.CDLL = refuse
"""
MISSING = (
    "Pango, which sets the type, is not installed. Hint: on Debian and Ubuntu: apt install libpango-1.0-0 "
    "libpangoft2-1.0-0 libharfbuzz-subset0 libzbar0; on Fedora: dnf install pango harfbuzz zbar; on macOS: brew "
    "install pango zbar; on Windows, in MSYS2: pacman -S mingw-w64-ucrt-x86_64-pango."
)


def test_without_pango_a_build_says_in_one_sentence_what_to_install(project: Path) -> None:
    done = in_a_process("build", *LEAFLET, "--no-html", "--jobs", "1", cwd=project, before=NO_PANGO)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count(MISSING) == 1
    assert "cffi" not in done.stderr
    assert "Traceback" not in done.stderr


def test_without_pango_the_doctor_says_the_same(project: Path) -> None:
    done = in_a_process("doctor", cwd=project, before=NO_LIBRARY)
    assert (done.returncode, done.stdout.splitlines()[0], done.stderr) == (1, MISSING, "")


NO_ZBAR = """
from ctypes import util
find = util.find_library
util.find_library = lambda name: None if name == "zbar" else find(name)
"""


@pytest.mark.parametrize("command", [("doctor",), ("build", *LEAFLET, "--no-html", "--jobs", "1"), ("proof", "out")])
def test_without_zbar_a_command_says_so_and_nothing_of_pango(command: tuple[str, ...], project: Path) -> None:
    done = in_a_process(*command, cwd=project, before=NO_ZBAR)
    assert done.returncode == 1
    assert "zbar, which reads codes back from the finished PDF, is not installed." in done.stdout + done.stderr
    assert "Pango" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def on_a_terminal(project: Path, **environment: str) -> str:
    """What a person sees at a terminal."""
    reads, writes = pty.openpty()
    start = "import sys; from handoutpress.cli import main; sys.exit(main())"
    arguments = [sys.executable, "-c", start, "build", "honey", *LEAFLET, "--no-html", "--force", "--jobs", "1"]
    shown = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", **environment}
    with subprocess.Popen(arguments, cwd=project, env=shown, stdout=writes, stderr=writes) as process:
        os.close(writes)
        seen = b""
        while True:
            try:
                part = os.read(reads, 4096)
            except OSError:
                break
            if not part:
                break
            seen += part
    os.close(reads)
    assert process.returncode == 0
    return seen.decode()


def test_colours_are_for_terminals_that_want_them(project: Path) -> None:
    colour = re.compile(r"\x1b\[[0-9;]*3[0-9]")
    shown = on_a_terminal(project, NO_COLOR="")
    assert "Printing" in shown
    assert colour.search(shown)
    plain = on_a_terminal(project, NO_COLOR="1")
    assert "1 made" in plain
    assert not colour.search(plain)


def test_nothing_but_plain_text_goes_into_a_file(project: Path) -> None:
    done = in_a_process("build", "honey", *LEAFLET, "--no-html", cwd=project)
    assert done.returncode == 0
    assert "\x1b" not in done.stdout + done.stderr
