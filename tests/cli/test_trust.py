"""Templates and styles of a project's own are trusted by a person, once for what they say."""

from __future__ import annotations

import io
import os
import shutil
import sys
from pathlib import Path

import pytest
from press_room import Call, caller, clinic

from handoutpress.app.project import open_project
from handoutpress.cli import options
from handoutpress.content.own_files import trust_files, untrusted_files
from handoutpress.content.project import builtin_root
from handoutpress.store.digests import file_digest

BUILD = ("build", "--dry-run")
OWN = "templates/card.html.j2"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project from elsewhere, with a template of its own, and a user who has trusted nothing yet."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("HANDOUTS_TRUSTED")
    root = clinic(tmp_path / "project")
    (root / "templates").mkdir()
    shutil.copy(builtin_root() / OWN, root / OWN)
    change(root, OWN)
    return root


@pytest.fixture
def call(root: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Call:
    return caller(root, monkeypatch, capfd)


def change(root: Path, name: str) -> None:
    with (root / name).open("a") as file:
        file.write("\n")


def at_terminal(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    keys = io.StringIO(typed)
    monkeypatch.setattr(keys, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", keys)
    monkeypatch.setattr(options, "is_watched", lambda: True)


@pytest.mark.parametrize(
    "words",
    [BUILD, ("release", "spring"), ("mail", "warm-tea", "--brand", "hill", "--to", "a@example.org", "--dry-run")],
)
def test_off_a_terminal_what_is_not_trusted_prints_nothing(call: Call, root: Path, words: tuple[str, ...]) -> None:
    code, said, complained = call(*words)
    assert (code, said) == (1, "")
    assert f"not trusted: {OWN}. Hint: " in complained
    assert "handouts build --trust" in complained
    assert not (root / "out").exists()


def test_it_is_asked_once_and_again_after_a_change(call: Call, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_terminal(monkeypatch, "y\n")
    code, _, complained = call(*BUILD)
    assert (code, complained.count(OWN)) == (0, 1)
    at_terminal(monkeypatch, "")
    assert call(*BUILD)[::2] == (0, "")
    change(root, OWN)
    at_terminal(monkeypatch, "n\n")
    code, _, complained = call(*BUILD)
    assert code == 1
    assert "Do you trust whoever wrote them?" in complained
    assert "--trust" in complained


def test_trust_is_recorded_for_what_the_files_say_now(call: Call, root: Path) -> None:
    assert call(*BUILD, "--trust")[0] == 0
    assert call(*BUILD)[0] == 0
    (root / "styles").mkdir()
    (root / "styles/leaflet.css").write_text("p { color: white }")
    code, _, complained = call(*BUILD)
    assert code == 1
    assert "not trusted: styles/leaflet.css." in complained


def test_it_is_kept_for_its_user_alone_and_never_in_the_project(call: Call, root: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    trust_files(open_project(root))
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before
    kept = tmp_path / "state/handoutpress/trusted"
    assert kept.read_text() == file_digest(root / OWN)
    assert kept.stat().st_mode & 0o077 == 0


def test_servers_that_build_every_commit_name_what_they_trust(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = open_project(root)
    for trusted, expected in (("", (OWN,)), (f"aa {file_digest(root / OWN)}", ()), ("all", ())):
        monkeypatch.setenv("HANDOUTS_TRUSTED", trusted)
        assert untrusted_files(project) == expected


def test_without_a_place_to_keep_it_trust_ends_with_the_run(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDOUTS_TRUSTED", "")  # so that what is set below ends with the test
    monkeypatch.delenv("HANDOUTS_TRUSTED")
    (tmp_path / "state").write_text("no folder")
    trust_files(open_project(root))
    assert os.environ["HANDOUTS_TRUSTED"] == file_digest(root / OWN)
    assert untrusted_files(open_project(root)) == ()


def test_every_template_that_can_be_reached_counts(root: Path) -> None:
    (root / "else").mkdir()
    (root / "else/letter.html.j2").write_text("{{ greeting }}")
    (root / "templates/mail").symlink_to(root / "else")
    (root / "templates/own.J2").write_text("")
    (root / "templates/read-me.txt").write_text("")
    assert untrusted_files(open_project(root)) == (OWN, "templates/mail/letter.html.j2", "templates/own.J2")


def test_built_in_files_need_no_trust_wherever_they_lie(root: Path) -> None:
    for folder in ("templates", "styles"):
        shutil.copytree(builtin_root() / folder, root / folder, dirs_exist_ok=True)
    assert untrusted_files(open_project(root)) == ()
    assert untrusted_files(open_project(builtin_root())) == ()
