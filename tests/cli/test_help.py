"""What helps a person at the command line: the version, completion, help, the documentation."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from press_room import Call, caller, printable

import handoutpress
from handoutpress.cli import main
from handoutpress.cli.command_line import COMMANDS

ROOT = Path(__file__).parents[2]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Call:
    return caller(printable(tmp_path / "clinic"), monkeypatch, capfd)


def test_the_version_is_said(call: Call) -> None:
    assert call("--version") == (0, f"Handout Press {handoutpress.__version__}\n", "")


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("build ho", ["honey"]),
        ("build --brand ", ["default", "hill"]),
        ("list ", []),
        ("build --format a4-l", ["a4-large-print", "a4-leaflet"]),
        ("watch --language ar", ["ar"]),
        ("docs rel", ["release"]),
    ],
)
def test_names_of_the_project_are_completed(
    typed: str, names: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(printable(tmp_path / "clinic"))
    assert completed(typed, monkeypatch, capfd) == names


def test_outside_a_project_completion_says_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert completed("build ", monkeypatch, capfd) == []


def completed(typed: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> list[str]:
    """What bash is told when someone types so far and presses the tabulator; nothing else is said."""
    words = f"handouts {typed}"
    monkeypatch.setattr(sys, "argv", ["handouts"])
    monkeypatch.setenv("_HANDOUTS_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(len(words.split(" ")) - 1))
    with pytest.raises(SystemExit):
        main()
    told = capfd.readouterr()
    assert told.err == ""
    return told.out.split()


def test_help_says_what_an_option_takes_and_names_no_type(call: Call) -> None:
    inner = [("new", "brand"), ("outbox", "recall"), ("outbox", "forget"), ("references", "verify")]
    for command in [(name,) for name in sorted(COMMANDS)] + inner:
        code, said, _ = call(*command, "--help")
        assert code == 0
        assert re.findall(r"<[^>]*>|list\[|\[x|range|\b(?:bool|str|int|float)\b", said) == [], command
    _, said, _ = call("build", "--help")
    rows = [[word for word in line.split() if word != "│"] for line in said.splitlines() if "--" in line]
    taken = {row[0]: row[1] for row in rows if len(row) > 1}
    assert (taken["--jobs"], taken["--out"], taken["--brand"]) == ("NUMBER", "PATH", "TEXT")
    assert taken["--bundle"] == "all|changed"


def test_every_page_is_listed_and_shown(call: Call) -> None:
    _, listed, _ = call("docs")
    assert "mail: Mailing handouts" in listed.splitlines()
    for line in listed.splitlines():
        name, _, title = line.partition(": ")
        code, page, _ = call("docs", name)
        assert (code, page.partition("\n")[0]) == (0, f"# {title}")
    code, _, complained = call("docs", "mails")
    assert code == 1
    assert 'There is no page "mails". Hint: the pages are articles, batch, brands,' in complained


def test_the_next_step_of_init_can_be_pasted(tmp_path: Path, call: Call) -> None:
    code, said, _ = call("init", "My Klinik")
    assert (code, said.splitlines()[-1]) == (0, "My Klinik is ready. Next: cd 'My Klinik' && handouts build")


LONG = "a" * 5000


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("init", LONG), "is too long for this disk."),
        (("init", "/proc/x"), "/proc/x is not there."),
        (("init", "/dev/null"), "/dev should be a folder, and a file is in its place."),
        (("schema", "--folder", "/dev/null"), "/dev should be a folder, and a file is in its place."),
        (("list", "--project", LONG), "is too long for this disk."),
        (("compare", LONG, LONG), "is too long for this disk."),
        (("verify", "5d29ce06", "--out", LONG), "is too long for this disk."),
        (("outbox", "list", "--project", LONG), "File name too long."),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, tuple) else None,
)
def test_what_the_disk_cannot_do_is_a_sentence(words: tuple[str, ...], sentence: str, call: Call) -> None:
    code, said, complained = call(*words)
    assert (code, said) == (1, "")
    assert sentence in complained
    assert len(complained) < 400
