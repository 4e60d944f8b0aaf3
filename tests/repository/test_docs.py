"""The docs say what is so: every command and option, every key, every link."""

from __future__ import annotations

import re
import runpy
import sys
from pathlib import Path

import pytest

from handoutpress.cli import main
from handoutpress.content.models.handouts import Handout

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#]+)")


def test_the_page_of_the_command_line_is_fresh() -> None:
    page = runpy.run_path(str(ROOT / "docs" / "make_cli_page.py"))["page"]
    assert (ROOT / "docs" / "cli.md").read_text("utf-8") == page(), "run python docs/make_cli_page.py"


@pytest.mark.parametrize("key", sorted(Handout.model_fields))
def test_every_key_of_a_handout_is_explained(key: str) -> None:
    assert f"`{key}`" in (ROOT / "docs" / "content.md").read_text("utf-8")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_link_leads_somewhere(path: Path) -> None:
    links = LINK.findall(path.read_text("utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_architecture_names_only_what_exists() -> None:
    """A path in backticks begins at the top or at the package; ``<…>`` and ``…`` stand for any name, ``*`` for many."""
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    paths = {path for path in re.findall(r"`([\w./*-]+)`", text) if "/" in path}
    assert len(paths) > 60
    places = (ROOT, ROOT / "handoutpress")
    lost = {path for path in paths if not any([*place.glob(path), *place.glob(f"{path}.py")] for place in places)}
    assert lost == set()


def test_the_docs_are_many() -> None:
    assert len(PAGES) > 8


def test_the_mistake_that_the_readme_shows_is_told_like_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def call(*arguments: str) -> str:
        monkeypatch.setattr(sys, "argv", ["handouts", *arguments])
        main()
        return capfd.readouterr().err.strip()

    monkeypatch.chdir(tmp_path)
    call("init", "my-clinic")
    monkeypatch.chdir(tmp_path / "my-clinic")
    call("new", "handout", "cupping")
    draft = Path("handouts/cupping.en.yaml")
    draft.write_text(draft.read_text("utf-8").replace("\nrisks:", "\nrisk:"), "utf-8")
    message = call("check", "cupping").splitlines()[0]
    assert "Hint" in message
    assert f"\n{message}\n" in (ROOT / "README.md").read_text("utf-8")
