"""Articles: front matter and Markdown read into values, and every mistake told at its place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from expected import assert_expected
from press_room import CASES, project_of

from handoutpress.content.articles import MAX_ARTICLE, Articles, load_articles
from handoutpress.content.library import load_library
from handoutpress.content.text.article_markdown import Picture, article_html, outline

REFUSED = sorted(path.name for path in (CASES / "articles" / "refused").iterdir())
HEAD = "---\ntitle: Warm tea\nauthor: A. Writer\ndate: 2026-03-01\n---\n"


def articles_of(folder: Path, *overlays: Path) -> Articles:
    project = project_of(folder, *overlays)
    return load_articles(project, load_library(project))


def article(folder: Path, text: str) -> Articles:
    (folder / "overlay" / "articles").mkdir(parents=True)
    (folder / "overlay" / "articles" / "tea.en.md").write_text(HEAD + text, encoding="utf-8")
    return articles_of(folder, folder / "overlay")


def html_of(text: str) -> str:
    def cite(keys: Sequence[str]) -> str:
        return f"<sup>{','.join(keys)}</sup>"

    return str(article_html(text, cite, lambda address: Picture(f"/{address}", 30, 20), "Back to note {note}"))


@pytest.mark.expected
@pytest.mark.parametrize("name", REFUSED)
def test_bad_article_is_explained(name: str, tmp_path: Path) -> None:
    case = CASES / "articles" / "refused" / name
    read = articles_of(tmp_path, case)
    assert read.problems
    assert not read.files
    assert_expected("".join(f"{problem}\n" for problem in read.problems), case / "expected.txt")


def test_article_is_read(tmp_path: Path) -> None:
    read = article(tmp_path, "\nTea warms [@leaf-2020].\n\n## How\n\nBy heat [@leaf-2020].\n")
    (file,) = read.files.values()
    assert (file.slug, file.language, file.head.title, file.cited) == ("tea", "en", "Warm tea", ("leaf-2020",))
    assert [heading.id for heading in file.outline.headings] == ["how"]
    assert str(file.problem(file.text.index("By heat"), "Look.")) == "articles/tea.en.md:11:1: Look."


def test_blocks_stand_where_they_are_written() -> None:
    text = "Tea.\n\n## How\n\n- One\n  and two[^x] ![Cup](c.png)\n\n| A | A |\n|---|---|\n| A | b |\n\n[^x]: Said.\n"
    blocks = outline(text).blocks
    assert [(block.kind, block.text.partition("\n")[0]) for block in blocks] == [
        ("paragraph", "Tea."), ("heading", "How"), ("entry", "One"), ("alt", "Cup"),
        ("cell", "A"), ("cell", "A"), ("cell", "A"), ("cell", "b"), ("footnote", "Said."),
    ]  # fmt: skip
    assert all(text.startswith(block.text.partition("\n")[0], block.offset) for block in blocks)
    assert len({block.offset for block in blocks}) == len(blocks)


def test_a_project_without_articles_has_none(tmp_path: Path) -> None:
    assert articles_of(tmp_path) == Articles()


@pytest.mark.parametrize(("length", "said"), [(MAX_ARTICLE + 9, "a page holds 60000"), (5_000_000, "larger than 1 MB")])
def test_very_long_text_is_refused_before_it_is_parsed(tmp_path: Path, length: int, said: str) -> None:
    (problem,) = article(tmp_path, "[" * length).problems
    assert said in problem.sentence
    assert problem.hint


def test_html_and_script_are_text() -> None:
    html = html_of("A <script>alert(1)</script> [x](javascript:y) &amp;\n\n<div onclick=a>\n\n    <b>code</b>")
    assert "<script" not in html
    assert "<div" not in html
    assert "javascript" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_headings_get_ids_that_differ_from_each_other_and_from_the_page_s_own() -> None:
    html = html_of("## References\n\n## Why?\n\n## Why\n\n## 10 things\n\n## إبر\n\n## …")
    assert [part.split('"')[0] for part in html.split('<h2 id="')[1:]] == [
        "references-2", "why", "why-2", "part-10-things", "إبر", "part"
    ]  # fmt: skip


def test_footnotes_have_letters_and_lead_there_and_back() -> None:
    html = html_of("One[^x] and again[^x].\n\n[^x]: Said.\n")
    assert '<a href="#note-a" id="note-a-back">a</a>' in html
    assert '<a class="back" href="#note-a-back" aria-label="Back to note a">' in html


def test_rows_are_named_by_their_first_cells_where_that_column_has_no_head() -> None:
    html = html_of("| | Tea | Soup |\n|---|---|---|\n| warms | yes | no |\n")
    assert '<th scope="col">Tea</th>' in html
    assert '<th scope="row">warms</th>' in html
    assert "<th></th>" not in html


def test_picture_has_its_words_and_its_size() -> None:
    html = html_of('![A cup of "tea"](cup.png)')
    assert '<img src="/cup.png" alt="A cup of &#34;tea&#34;" width="30" height="20" loading="lazy">' in html


@pytest.mark.parametrize(
    ("columns", "kind"), [(2, "wide"), (3, "wide stacks columns-2"), (4, "wide stacks columns-3"), (5, "wide")]
)
def test_tables_that_a_phone_has_room_for_once_rows_are_stacked_say_so(columns: int, kind: str) -> None:
    row = "| a " * columns + "|\n"
    assert f'<div class="{kind}" role="region"' in html_of(f"{row}{'|---' * columns}|\n{row}")
