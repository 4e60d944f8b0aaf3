"""An article that changes: what is new of it is judged and set, and what it said before is not asked for again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from site_room import made, site_project

from handoutpress.content.project import Project
from handoutpress.content.text import outline_cache
from handoutpress.content.text.article_markdown import ArticleOutline, outline
from handoutpress.editorial.checks import claims
from handoutpress.press.page.citations import reference_list
from handoutpress.site.pages import references

PAGE = "warm-tea/en/index.html"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """The small project, whose site is made."""
    project = site_project(tmp_path)
    made(project)
    return project


def say(project: Project, old: str, new: str) -> None:
    path = project.root / "articles/warm-tea.en.md"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sentences that are judged, as they are."""
    claims_in, sentences = claims.claims_in, list[str]()

    def noted(sentence: str, *others: object) -> object:
        sentences.append(sentence.strip())
        return claims_in(sentence, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(claims, "claims_in", noted)
    return sentences


def test_only_the_sentence_that_changed_is_judged(project: Project, judged: list[str]) -> None:
    say(project, "Tea is warm", "Tea can be warm")
    made(project)
    assert len(judged) == 1
    assert judged[0].startswith("Tea can be warm")


def test_claim_that_comes_back_is_found_again(project: Project, judged: list[str]) -> None:
    for before, after in (("is", "can be"), ("can be", "may be")):
        say(project, f"Tea {before} warm", f"Tea cures colds. Tea {after} warm")
        assert any("claim-cure" in sentence for sentence in made(project).unpublished)
        say(project, "Tea cures colds. ", "")
        assert not made(project).unpublished
    assert judged.count("Tea cures colds.") == 2  # an article forgets what it no longer says


def test_found_claim_outlasts_a_change_elsewhere(project: Project, judged: list[str]) -> None:
    say(project, "Tea is warm", "Tea cures colds. Tea is warm")
    first = made(project).unpublished
    say(project, "Tea is warm", "Tea can be warm")
    assert made(project).unpublished == first
    assert judged.count("Tea cures colds.") == 1


def test_changed_rule_judges_all_again(project: Project, judged: list[str]) -> None:
    rules = project.root / "rules"
    rules.mkdir()
    shutil.copy(project.builtin / "rules/claim-words.en.yaml", rules)
    words = rules / "claim-words.en.yaml"
    words.write_text(words.read_text("utf-8").replace('["rebuilds|', '["is warm", "rebuilds|', 1), encoding="utf-8")
    assert any("is warm" in sentence for sentence in made(project).unpublished)
    assert len(judged) > 1


def test_only_the_article_that_changed_is_parsed(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    other = project.root / "articles/warm-tea.fr.md"
    shutil.copy(project.root / "articles/warm-tea.en.md", other)
    other.write_text(other.read_text("utf-8").replace("How it works", "Comment"), encoding="utf-8")
    made(project)
    parsed = list[str]()

    def noted(text: str) -> ArticleOutline:
        parsed.append(text)
        return outline(text)

    monkeypatch.setattr(outline_cache, "outline", noted)
    say(project, "How it works", "How tea works")
    page = (made(project).folder / PAGE).read_text("utf-8")
    assert len(parsed) == 1
    assert "How tea works</a>" in page


def test_references_are_set_again_only_where_they_changed(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[str]()

    def noted(keys: list[str], *others: object) -> object:
        asked.extend(keys)
        return reference_list(keys, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(references, "reference_list", noted)
    say(project, "Tea is warm", "Tea can be warm")
    page = made(project).folder / PAGE
    assert asked == []
    library = project.root / "references.yaml"
    library.write_text(library.read_text("utf-8").replace("Tea and throats", "Hot tea and throats"), encoding="utf-8")
    made(project)
    assert asked
    assert "Hot tea and throats" in page.read_text("utf-8")
