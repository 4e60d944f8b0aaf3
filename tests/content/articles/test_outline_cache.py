"""Outlines that were read before are those that would be read again."""

from __future__ import annotations

from pathlib import Path

import pytest
from press_room import CASES

from handoutpress.content.text import outline_cache
from handoutpress.content.text.article_markdown import outline
from handoutpress.content.text.outline_cache import OutlineCache
from handoutpress.store.cache import Cache

ROOT = Path(__file__).resolve().parents[3]
TEXTS = [*ROOT.glob("articles/*.md"), *ROOT.glob("docs/*.md"), *CASES.glob("**/articles/*.md")]


@pytest.mark.parametrize("path", sorted(TEXTS), ids=lambda path: path.name)
def test_what_is_kept_is_what_was_read(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = path.read_bytes().decode("utf-8", "replace")
    assert OutlineCache(Cache(tmp_path)).of(text) == outline(text)
    monkeypatch.setattr(outline_cache, "outline", None)
    assert OutlineCache(Cache(tmp_path)).of(text) == outline(text)


def test_another_text_or_other_code_is_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert OutlineCache(Cache(tmp_path)).of("# A").headings[0].words == "A"
    assert OutlineCache(Cache(tmp_path)).of("# B").headings[0].words == "B"
    monkeypatch.setattr(outline_cache, "code_digest", lambda _: "other")
    monkeypatch.setattr(outline_cache, "outline", lambda _: outline("# C"))
    assert OutlineCache(Cache(tmp_path)).of("# A").headings[0].words == "C"


def test_entry_that_was_tampered_with_is_read_anew(tmp_path: Path) -> None:
    kept = OutlineCache(Cache(tmp_path))
    kept.of("# Ask us first")
    entry = next((tmp_path / "outlines").glob("*/*"))
    entry.write_bytes(entry.read_bytes().replace(b"Ask us", b"Go on"))
    assert kept.of("# Ask us first") == outline("# Ask us first")


def test_where_nothing_can_be_kept_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "outlines").write_text("in the way")
    assert OutlineCache(Cache(tmp_path)).of("# A") == outline("# A")


def test_another_version_of_what_reads_footnotes_reads_it_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    OutlineCache(Cache(tmp_path)).of("# A")
    monkeypatch.setattr(outline_cache, "outline", lambda _: outline("# B"))
    assert OutlineCache(Cache(tmp_path)).of("# A").headings[0].words == "A"
    monkeypatch.setattr(outline_cache, "version", lambda name: f"{name} 0")
    assert OutlineCache(Cache(tmp_path)).of("# A").headings[0].words == "B"
