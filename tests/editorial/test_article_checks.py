"""What the editor says of articles: each spoilt one in ``cases/check/articles/``, and our own."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from editor_room import CASES, HANDOUT, LIBRARY, ROOT, SHIPPED, TODAY
from expected import assert_expected
from growth import slow

from handoutpress.cli import main
from handoutpress.content.articles import load_articles
from handoutpress.content.handout_names import handout_names
from handoutpress.content.library import load_library
from handoutpress.content.project import Project
from handoutpress.editorial import check_project as check_project_module
from handoutpress.editorial.check_articles import ArticleChecker
from handoutpress.editorial.check_project import ProjectCheck, check_project
from handoutpress.editorial.checks.plain_words import measured
from handoutpress.editorial.checks.reading.sentences import words
from handoutpress.editorial.checks.subject import load_rules

SPOILT = sorted(path.name for path in (CASES / "articles").iterdir())
WRITTEN = date(2026, 11, 29)
"""When our own articles were."""
HEAD = "---\ntitle: Needles in full\nauthor: A. Writer\ndate: 2026-03-01\n---\n\n"


def project_with(folder: Path) -> Project:
    (folder / "handouts").mkdir()
    (folder / "handouts/acupuncture.en.yaml").write_text(HANDOUT, "utf-8")
    (folder / "references.yaml").write_text(LIBRARY, "utf-8")
    return Project(folder.resolve(), ROOT)


@pytest.fixture(autouse=True, scope="module")
def rules_read_once() -> Iterator[None]:
    """Keep the rules of our own folder from being read for each project anew."""
    with pytest.MonkeyPatch.context() as patch:
        read = cache(lambda jurisdiction, language: load_rules(SHIPPED, jurisdiction, language))
        patch.setattr(check_project_module, "load_rules", lambda _, *which, clinics: read(*which))
        yield


def checked(project: Project, *names: str) -> ProjectCheck:
    return check_project(project, TODAY, "uk", names, load_articles(project, load_library(project)))


def told(result: ProjectCheck) -> str:
    """Return all that is said of articles."""
    findings = [*map(str, result.findings), *(f"{finding} (accepted)" for finding in result.accepted)]
    lines = [*map(str, result.problems), *findings]
    return "".join(f"{line}\n" for line in lines if line.startswith("articles/"))


@pytest.mark.expected
@pytest.mark.parametrize("name", SPOILT)
def test_spoilt_article_is_explained(name: str, tmp_path: Path) -> None:
    project = project_with(tmp_path)
    shutil.copytree(CASES / "articles" / name / "articles", tmp_path / "articles")
    assert_expected(told(checked(project)), CASES / "articles" / name / "expected.txt")


def test_enough_is_spoilt() -> None:
    assert len(SPOILT) >= 20


def test_article_is_checked_with_the_handout_of_its_name_or_by_its_path(tmp_path: Path) -> None:
    project = project_with(tmp_path)
    for folder, name in [("articles", "acupuncture"), ("articles", "tea"), ("drafts", "needles")]:
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / f"{name}.en.md").write_text(f"{HEAD}It cures pain [@leaf-2020].\n", "utf-8")
    (tmp_path / "drafts/needles.references.yaml").write_text(
        "[{id: leaf-2020, type: book, title: Leaves, custom: {status: confirmed}}]\n", "utf-8"
    )

    def paths(*names: str) -> list[str]:
        return [subject.article.source.path.name for subject, _ in checked(project, *names).articles]

    assert paths("acup*") == ["acupuncture.en.md"]
    assert paths("tea") == ["tea.en.md"]
    assert paths() == ["acupuncture.en.md", "tea.en.md"]
    draft = checked(project, str(tmp_path / "drafts/needles.en.md"))
    assert [subject.article.slug for subject, _ in draft.articles] == ["needles"]
    assert {finding.rule for finding in draft.findings if finding.level == "error"} == {"claim-cure"}
    assert draft.problems == ()


def test_an_unknown_citation_is_told_once(tmp_path: Path) -> None:
    project = project_with(tmp_path)
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles/acupuncture.en.md").write_text(f"{HEAD}Tea is warm [@leaf-2020].\n", "utf-8")
    result = checked(project)
    assert told(result).count("leaf-2020") == 1
    assert result.stops()


def test_what_only_an_article_cites_is_cited(tmp_path: Path) -> None:
    project = project_with(tmp_path)
    shutil.copytree(CASES / "articles/sound/articles", tmp_path / "articles")
    (note,) = [finding for finding in checked(project).library if finding.rule == "reference-uncited"]
    cited = (tmp_path / "articles/acupuncture.en.md").read_text("utf-8")
    assert "@macpherson-2001" not in cited
    (tmp_path / "articles/acupuncture.en.md").write_text(f"{cited}\nCited [@macpherson-2001; @li-qq-2013].\n", "utf-8")
    (fewer,) = [finding for finding in checked(project).library if finding.rule == "reference-uncited"]
    assert fewer.sentence != note.sentence


def test_the_command_names_articles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project_with(tmp_path)
    shutil.copytree(CASES / "articles/cure/articles", tmp_path / "articles")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["handouts", "check", "--on", "2026-11-23"])
    assert main() == 1
    output = capsys.readouterr().out
    assert "articles/acupuncture.en.md:11:13: error claim-cure" in output
    assert "1 handout and 1 article checked: " in output


@pytest.mark.parametrize(
    "piece", ["It cures pain [x](y) and ", "| It heals ", "- <b>\n", "[^a]\n\n[^a]: b\n\n", "# a\n\n"]
)
def test_a_long_article_takes_as_much_longer_as_it_is(piece: str, tmp_path: Path) -> None:
    project = project_with(tmp_path)
    (tmp_path / "articles").mkdir()

    def read(text: str) -> None:
        (tmp_path / "articles/acupuncture.en.md").write_text(HEAD + text, "utf-8")
        assert told(checked(project))

    assert slow(read, piece) is None


@pytest.mark.parametrize("jurisdiction", ["uk", "au", "us"])
def test_our_own_articles_pass_strictly(jurisdiction: str) -> None:
    library = load_library(SHIPPED)
    articles = load_articles(SHIPPED, library)
    assert not articles.problems
    checker = ArticleChecker(
        SHIPPED, WRITTEN, lambda language: load_rules(SHIPPED, jurisdiction, language), handout_names(SHIPPED)[0]
    )
    for file in articles.files.values():
        subject, result = checker.check(file, library)
        assert [str(finding) for finding in result.findings if finding.level != "note"] == []
        assert not file.head.accepted
        # Read by someone of 70: in grade 6 or below by one formula, and by none above 8.
        grades = [grade.grade for grade in measured(subject)]
        assert min(grades) <= 6
        assert max(grades) <= 8
        assert 900 <= sum(len(words(text.plain)) for text in subject.blocks) <= 1500


def test_our_own_articles_tell_what_became_of_all_eleven_references() -> None:
    for file in load_articles(SHIPPED, load_library(SHIPPED)).files.values():
        sources = file.text.partition("## About our sources\n")[2]
        assert all(str(number) in sources for number in range(1, 12))
        cited = {key for key in file.cited if f"@{key}" in sources}
        assert cited >= {"kavoussi-2007", "wang-2024", "liu-z-2024", "li-qq-2013", "sakatani-2010", "hamvas-2023"}
