"""What an article says is what its draft says: its papers, their parts, its headings, its author, its emphasis."""

from __future__ import annotations

from pathlib import Path

from handoutpress.app.importing import import_draft
from handoutpress.content.library import read_library
from handoutpress.yamlfile.source import read_yaml

LIST = "# {title}\n\nWords [1].\n\n## References\n\n1. Lee MS. {paper}. Chin Med. 2010;5:5.\n"


def test_a_key_means_one_paper_in_a_project_and_its_drafts(tmp_path: Path) -> None:
    (tmp_path / "handouts").mkdir()
    entry = "- {id: lee-2010, type: article-journal, title: Moxa for stroke, author: [{family: Lee}], issued: 2010}\n"
    (tmp_path / "references.yaml").write_text(entry, "utf-8")
    keys = {}
    for title, paper in (("One", "Scraping the neck"), ("Two", "Moxa for stroke"), ("Three", "Scraping the back")):
        (tmp_path / f"{title}.md").write_text(LIST.format(title=title, paper=paper), "utf-8")
        files = import_draft(tmp_path / f"{title}.md", to=tmp_path / "drafts")
        keys[title] = list(read_library(read_yaml(files.references)).references)
        assert f"[@{keys[title][0]}]" in files.handout.read_text("utf-8")
    assert keys == {"One": ["lee-2010-2"], "Two": ["lee-2010"], "Three": ["lee-2010-3"]}
    again = import_draft(tmp_path / "One.md", to=tmp_path / "drafts", force=True)
    assert list(read_library(read_yaml(again.references)).references) == ["lee-2010-2"]
