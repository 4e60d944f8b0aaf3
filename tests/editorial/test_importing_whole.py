"""The whole text of an article becomes an article of ours: every word, at its place, and every doubt as a comment."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from editor_room import ROOT, TODAY
from growth import slow
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handoutpress.content.articles import ArticleFile, load_article
from handoutpress.content.library import Library, read_library
from handoutpress.content.project import Project
from handoutpress.content.text.article_markdown import outline, without_comments
from handoutpress.editorial.check_project import check_project
from handoutpress.editorial.importing.article import sort_article
from handoutpress.editorial.importing.article_draft import article_draft
from handoutpress.editorial.importing.blocks import ArticleBlock, ArticleReading, BlockKind
from handoutpress.editorial.importing.draft import Draft, import_article
from handoutpress.yamlfile.problems import Problem
from handoutpress.yamlfile.source import read_yaml

CASES = ROOT / "tests/cases"
FIRST = CASES / "import/acupuncture-vs-dry-needling.txt"
BROUGHT = sorted(
    path
    for kind in ("import-meaning", "front-matter")
    for path in (CASES / "brought" / kind).glob("*/*")
    if path.suffix in (".md", ".html", ".docx")
)
UNVERIFIED = "may not be cited: its status is not-verified"
CITATION = re.compile(r"\[@[\w-]+(?:; @[\w-]+)*\]")


def written(draft: Draft, folder: Path) -> tuple[ArticleFile, tuple[Problem, ...]]:
    """Load the article of a draft from a project of its own, as the one who asked for it does."""
    (folder / "handouts").mkdir(exist_ok=True)
    (folder / "drafts").mkdir(exist_ok=True)
    path = folder / "drafts" / f"{draft.name}.en.md"
    path.write_text(draft.article, "utf-8")
    references = path.with_name(f"{draft.name}.references.yaml")
    references.write_text(draft.references, "utf-8")
    library: Library = read_library(read_yaml(references))
    return load_article(Project(folder.resolve(), ROOT), library, path)


def letters(text: str) -> str:
    return "".join(re.findall(r"[^\W_]", text)).lower()


def seen(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.seen) for block in outline(without_comments(text)).blocks]


def test_the_first_article_becomes_an_article_that_loads(tmp_path: Path) -> None:
    draft = import_article(FIRST)
    article, mistakes = written(draft, tmp_path)
    assert len(mistakes) == 15
    assert all(UNVERIFIED in mistake.sentence for mistake in mistakes)
    assert (article.head.author, article.head.date.isoformat()) == ("Margaux Loyer", "2025-04-01")
    assert article.head.practices == ("acupuncture", "dry-needling")
    kinds = [block.kind for block in article.outline.blocks]
    assert (kinds.count("heading"), kinds.count("entry")) == (8, 8)
    # In the handout, the first sentences of two sections stand twice.
    assert CITATION.findall(article.text) == CITATION.findall(draft.handout)


def test_no_word_of_it_is_lost() -> None:
    draft = import_article(FIRST)
    drafted = letters(re.sub(r"^\s*#", "", draft.article + draft.references, flags=re.MULTILINE))
    lines = [re.sub(r"\s*\[[\d,]+\]|^\d+\. ", "", line.strip(" •")) for line in FIRST.read_text("utf-8").splitlines()]
    assert [line for line in lines if letters(line) not in drafted] == ["4/1/20254 min read"]  # taken apart


def test_its_doubts_stand_where_they_arose_and_are_not_printed(tmp_path: Path) -> None:
    draft = import_article(FIRST)
    lines = draft.article.splitlines()
    doubt = next(number for number, line in enumerate(lines) if line.startswith("<!-- DOUBT (45): “2.” could be"))
    assert "## Reducing Inflammation" in lines[doubt : doubt + 6]
    assert any(line.startswith("# DOUBT (7): “4/1/2025” is ambiguous") for line in lines)
    article, _ = written(draft, tmp_path)
    assert "DOUBT" not in article.text
    # Places are those of the file with its comments.
    block = next(block for block in article.outline.blocks if block.text == "Reducing Inflammation")
    line, column = article.place(block.offset)
    assert lines[line - 1][column - 1 :] == "Reducing Inflammation"


@pytest.mark.parametrize("path", BROUGHT, ids=lambda path: path.parent.name)
def test_what_clinics_brought_is_kept_whole(path: Path, tmp_path: Path) -> None:
    draft = import_article(path)
    _, mistakes = written(draft, tmp_path)
    assert [mistake for mistake in mistakes if UNVERIFIED not in mistake.sentence] == []
    assert "stand nowhere in the draft" not in draft.article


def test_tables_stay_where_they_stood(tmp_path: Path) -> None:
    source = tmp_path / "tables.md"
    source.write_text(
        "# Tea\n\nOne.\n\n| a | b |\n|---|---|\n| 1 | x \\| y |\n\nTwo.\n\n## How\n\n| c | d |\n|---|---|\n| 3 | |\n",
        "utf-8",
    )
    text = import_article(source).article.partition("\n---\n")[2]
    assert text == (
        "\nOne.\n\n| a | b |\n|---|---|\n| 1 | x \\| y |\n\nTwo.\n\n## How\n\n| c | d |\n|---|---|\n| 3 |  |\n"
    )


@pytest.mark.parametrize(
    "text",
    ["# one", "1984. That year", "> three", "| four |", "- five", "=== six", "--- seven", "[^a]: eight",
     "A <!-- nine --> B", "ten | eleven", "+ twelve", "<!-- thirteen"],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["paragraph", "bullet", "row"])
def test_words_that_look_like_markup_are_printed(text: str, kind: BlockKind) -> None:
    blocks = (
        ArticleBlock("heading", "Tea", 1), ArticleBlock("heading", "How", 2), ArticleBlock("paragraph", "It is.", 3),
        ArticleBlock(kind, text, 4), ArticleBlock("paragraph", "So it is.", 5),
    )  # fmt: skip
    article = sort_article(ArticleReading(blocks))
    printed = "\n".join(words for _, words in seen(article_draft(article, "tea.txt", ["tea"]).partition("\n---\n")[2]))
    assert letters(text) in letters(printed)
    assert "So it is." in printed


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["heading", "paragraph", "bullet", "row"]),
            st.from_regex(r"[A-Za-z#>|<!\-1. \t]{1,30}[a-z]", fullmatch=True),
        ),
        max_size=8,
    )
)
def test_no_letters_are_lost_whatever_stands_in_which_order(parts: list[tuple[BlockKind, str]]) -> None:
    blocks = [ArticleBlock("heading", "Tea", 1)]
    blocks += [ArticleBlock(kind, " ".join(text.split(" ")).strip(" "), n + 2) for n, (kind, text) in enumerate(parts)]
    article = sort_article(ArticleReading(tuple(blocks)))
    body = article_draft(article, "tea.txt", ["tea"])
    printed = letters("".join(words for _, words in seen(body.partition("\n---\n")[2])))
    for section in article.sections:
        for part in (section.heading, *section.parts):
            assert letters(part.text) in printed
    for row in article.table:
        assert letters(row.text) in printed


def test_a_draft_without_author_and_day_is_told_by_the_check(tmp_path: Path) -> None:
    source = tmp_path / "tea.txt"
    source.write_text("Tea\n\nTea is warm.\n", "utf-8")
    written(import_article(source), tmp_path)
    checked = check_project(Project(tmp_path.resolve(), ROOT), TODAY, "uk", [str(tmp_path / "drafts/tea.en.md")])
    missing = [finding.sentence for finding in checked.findings if finding.rule == "part-missing"]
    assert missing == ["This has not been written yet.", "2000-01-01 stands for a day that nobody has given."]


def test_a_comment_without_an_end_is_text_and_many_take_no_time() -> None:
    assert seen("A <!-- b\n\nC") == [("paragraph", "A <!-- b"), ("paragraph", "C")]
    assert seen("A <!-- b\n\nd --> C") == [("paragraph", "A"), ("paragraph", "C")]
    assert [slow(without_comments, piece, 200_000) for piece in ("<!--", "<!---->")] == [None, None]
