"""Articles without end: each is a draft or a sentence within bounds of time, and none is our mistake."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from growth import slower
from made_up.hostile_articles import XML, all_kinds, hostile, hostile_docx, mixed

from handoutpress.editorial.importing.draft import import_article
from handoutpress.yamlfile.problems import HandoutError


def outcome(path: Path) -> str:
    """ "draft" or the sentence."""
    try:
        return "draft" if import_article(path).handout else ""
    except HandoutError as error:
        return str(error)


@pytest.fixture(scope="module")
def empty() -> bytes:
    written = io.BytesIO()
    docx.Document().save(written)
    return written.getvalue()


@pytest.mark.parametrize(("suffix", "kind"), list(all_kinds()))
def test_a_text_without_end_is_a_draft_or_a_sentence(tmp_path: Path, suffix: str, kind: str) -> None:
    path = tmp_path / f"article{suffix}"
    path.write_text(hostile(suffix, kind, 12_000), "utf-8")
    assert outcome(path)


@pytest.mark.parametrize("kind", list(XML))
def test_a_docx_without_end_is_a_draft_or_a_sentence(tmp_path: Path, kind: str, empty: bytes) -> None:
    path = tmp_path / "article.docx"
    path.write_bytes(hostile_docx(empty, kind, 12_000))
    assert outcome(path)


@pytest.mark.soak
@pytest.mark.parametrize(("suffix", "kind"), list(all_kinds()))
def test_a_megabyte_takes_four_times_as_long_as_a_quarter(tmp_path: Path, suffix: str, kind: str) -> None:
    path = tmp_path / f"article{suffix}"

    def read(text: str) -> None:
        path.write_text(text, "utf-8")
        assert outcome(path)

    short, long = (hostile(suffix, kind, size)[:size] for size in (249_000, 996_000))
    assert slower(read, short, long) is None


@pytest.mark.soak
@pytest.mark.parametrize("kind", list(XML))
def test_megabytes_of_a_docx_are_read_or_refused(tmp_path: Path, kind: str, empty: bytes) -> None:
    path = tmp_path / "article.docx"
    path.write_bytes(hostile_docx(empty, kind, 5_000_000))
    assert outcome(path)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(200))
def test_any_mixture_is_a_draft_or_a_sentence(tmp_path: Path, seed: int) -> None:
    suffix, words = mixed(seed, 4_000 * (seed % 5 + 1))
    path = tmp_path / f"article{suffix}"
    path.write_text(words, "utf-8")
    assert outcome(path)


def test_a_docx_whose_text_alone_is_endless_is_a_sentence(tmp_path: Path, empty: bytes) -> None:
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(io.BytesIO(empty)) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, b" " * 9_000_000 if name == "word/document.xml" else old.read(name))
    assert "over 8 MB" in outcome(path)
