"""The docs say what is so: every command and option, every key, every link."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

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


def test_the_docs_are_many() -> None:
    assert len(PAGES) > 8
