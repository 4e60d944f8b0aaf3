"""The reader of DOCX files: paragraphs and tables in order, and whatever words stand elsewhere, as doubts."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from handoutpress.editorial.importing.blocks import ArticleBlock, ArticleReading, BlockKind, Doubt, left_out, row, tidy
from handoutpress.yamlfile.problems import ContentError, Problem

MAX_UNPACKED = 30_000_000
"""Bytes that a DOCX may unpack to."""
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_EDGES = ("header", "footer", "first_page_header", "first_page_footer", "even_page_header", "even_page_footer")


def read_docx(path: Path) -> ArticleReading:
    """Read the DOCX at ``path``. Raises ``ContentError`` for a file that is not whole or unpacks to far too much."""
    import docx  # noqa: PLC0415 - slow to load, and only an import of a DOCX needs it

    _refuse_a_bomb(path)
    try:
        document = docx.Document(str(path))
        blocks = tuple(_blocks(document))
        doubts = (*_elsewhere(document, blocks), *_edges(document), *_notes(document))
    except Exception as error:  # the reader raises whatever a broken file leads it to
        raise ContentError([_broken(path)]) from error
    return ArticleReading(blocks, doubts)


def _broken(path: Path) -> Problem:
    return Problem(path, 0, 0, "This is not a whole DOCX file.", "open it in a word processor and save it anew.")


def _refuse_a_bomb(path: Path) -> None:
    """Raise ``ContentError`` for a file that is no ZIP, or that unpacks to far too much."""
    try:
        # By the sizes that its directory tells, before anything is unpacked.
        with zipfile.ZipFile(path) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
    except Exception as error:  # as in read_docx
        raise ContentError([_broken(path)]) from error
    if size > MAX_UNPACKED:
        raise ContentError([Problem(path, 0, 0, "This DOCX unpacks to far too much.", "take its pictures out.")])


def _blocks(document: Any) -> Iterator[ArticleBlock]:
    for number, part in enumerate(document.iter_inner_content(), 1):
        if hasattr(part, "rows"):
            yield from (ArticleBlock("row", row([cell.text for cell in line.cells]), number) for line in part.rows)
            continue
        style = (part.style.name or "").lower() if part.style is not None else ""
        yield ArticleBlock(_kind_of(style), tidy(part.text), number)


def _kind_of(style: str) -> BlockKind:
    if style.startswith(("heading", "title")):
        return "heading"
    return "bullet" if style.startswith("list") else "paragraph"


def _elsewhere(document: Any, blocks: tuple[ArticleBlock, ...]) -> Iterator[Doubt]:
    """Yield a doubt for words that the blocks lack: in boxes, controls, tables in tables and tracked changes."""
    block_text = "\n".join(block.text for block in blocks)
    doubted = set()
    for paragraph in document.element.body.iter(f"{_WORD}p"):
        words = tidy(_own_words(paragraph))
        if words and words not in block_text and words not in doubted:
            doubted.add(words)
            yield from left_out(0, "a text box, a control, a table in a table or a tracked change", words)


def _own_words(paragraph: Any) -> str:
    """Return the words of a paragraph without those of paragraphs inside it (a text box hangs on a paragraph)."""
    parts = paragraph.iter(f"{_WORD}t", f"{_WORD}tab", f"{_WORD}br")
    own_parts = [part for part in parts if next(part.iterancestors(f"{_WORD}p")) is paragraph]
    return "".join((part.text or "") if part.tag == f"{_WORD}t" else " " for part in own_parts)


def _edges(document: Any) -> Iterator[Doubt]:
    """Yield a doubt for each text at the head and foot of the pages."""
    doubted = set()
    for section in document.sections:
        for edge in _EDGES:
            words = tidy(" ".join(paragraph.text for paragraph in getattr(section, edge).paragraphs))
            if words not in doubted:
                doubted.add(words)
                yield from left_out(0, f"the {edge.replace('_', ' ')} of the pages", words)


def _notes(document: Any) -> Iterator[Doubt]:
    parts = [part.partname for part in document.part.package.iter_parts()]
    for name in ("footnotes", "endnotes", "comments"):
        if any(part.endswith(f"/{name}.xml") for part in parts):
            yield Doubt(0, f"The {name} of the DOCX, if it has any, were not read.")
