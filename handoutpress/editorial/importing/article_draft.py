"""An imported article as an article of ours: its whole text, and every doubt as a comment where it arose.

Doubts about the text stand in the text, between ``<!--`` and ``-->``; all others above it, behind ``#``.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from handoutpress.content.skeletons import UNKNOWN_DAY, UNWRITTEN
from handoutpress.content.text.fields import in_pieces
from handoutpress.editorial.importing.article import UNDATED, ImportedArticle, ImportedSection
from handoutpress.editorial.importing.article_text import Keys, cited, with_numbers
from handoutpress.editorial.importing.blocks import ArticleBlock, Doubt
from handoutpress.editorial.yaml_writing import WIDTH, comment, scalar, short_value

_RULE = "---"
_BLOCK_SIGN = re.compile(r"#|>|\||[-+*]\s|\[\^|={3}|-{3}")
_NUMBERED = re.compile(r"(\d{1,9})[.)]\s")


def article_draft(article: ImportedArticle, name: str, practices: Iterable[str]) -> str:
    """Return the text of an article's file; ``name`` is that of the file it was imported from."""
    parts = [*_head(article, name, practices), ""]
    for section in _with_tables(article):
        parts += _section(article, section)
    return "\n".join(parts).rstrip("\n") + "\n"


def with_doubts(text: str, doubts: Iterable[Doubt]) -> str:
    """Return an article's file with further doubts about it as a whole, on top."""
    lines = [line for doubt in doubts for line in comment(f"DOUBT: {doubt.sentence}")]
    return "\n".join([_RULE, *lines, text.removeprefix(f"{_RULE}\n")])


def _head(article: ImportedArticle, name: str, practices: Iterable[str]) -> Iterator[str]:
    yield _RULE
    yield from comment(f"Drafted from {name}. What it does not say reads {UNWRITTEN}.")
    yield from comment("Numbers in brackets behind DOUBT count its lines (its blocks for HTML and DOCX).")
    placed = {block.place for section in article.sections for block in (section.heading, *section.parts)}
    placed |= {row.place for row in article.table} | {entry.place for entry in article.entries}
    for place in sorted({doubt.place for doubt in article.doubts} - placed | {0}):
        for sentence in _doubts_at(article, place):
            yield from comment(sentence)
    yield from _key("title", article.title.text)
    if article.subtitle:
        yield from _key("summary", article.subtitle.text)
    yield from _key("author", article.author.text if article.author else f"{UNWRITTEN}: who wrote it")
    if not article.date:
        yield from comment(f"DOUBT: {UNDATED.sentence}")
    yield f"date: {(article.date.day if article.date else UNKNOWN_DAY).isoformat()}"
    yield f"practices: [{', '.join(map(scalar, practices))}]"
    yield _RULE


def _key(key: str, text: str) -> Iterator[str]:
    value, *comments = short_value(text, key)
    yield f"{key}: {value}"
    yield from comments


def _with_tables(article: ImportedArticle) -> Iterator[ImportedSection]:
    """Yield the sections with the rows of tables where they stood: ``ImportedArticle`` keeps these apart."""
    sections = article.sections or (ImportedSection(ArticleBlock("heading", "", 0)),)
    begins = [section.heading.place or min((part.place for part in section.parts), default=0) for section in sections]
    for number, section in enumerate(sections):
        begin = begins[number] if number else 0
        end = begins[number + 1] if number + 1 < len(sections) else None
        rows = [row for row in article.table if begin <= row.place and (end is None or row.place < end)]
        parts = sorted((*section.parts, *rows), key=lambda block: block.place) if rows else section.parts
        yield ImportedSection(section.heading, tuple(parts), section.numbers)


def _section(article: ImportedArticle, section: ImportedSection) -> Iterator[str]:
    if section.heading.text:
        yield from _comments(article, [section.heading])
        yield f"## {_printed(section.heading.text)}"
        yield ""
    parts = section.parts
    words = with_numbers(parts, section.numbers, article.keys)
    if not parts and words:
        yield from (*words, "")
    for kind, group in groupby(zip(parts, words, strict=False), key=lambda pair: pair[0].kind):
        pairs = list(group)
        yield from _comments(article, [part for part, _ in pairs])
        if kind == "row":
            yield from _table([part for part, _ in pairs], article.keys)
        elif kind == "bullet":
            yield from (f"- {_as_paragraph(_printed(text))}" for _, text in pairs)
            yield ""
        else:
            for _, text in pairs:
                yield from (_as_paragraph(_printed(text)), "")


def _printed(text: str) -> str:
    """Return words as a text may hold them; what stands in them like a comment is to be printed."""
    return in_pieces(text).replace("<!--", r"<\!--")


def _in_cell(text: str) -> str:
    return _printed(text).replace("|", r"\|")


def _as_paragraph(text: str) -> str:
    """Return words that begin a line; a backslash keeps what looks like a heading, list or table from being one."""
    if number := _NUMBERED.match(text):
        return f"{number[1]}\\{text[number.end(1) :]}"
    return f"\\{text}" if _BLOCK_SIGN.match(text) else text


def _table(rows: Sequence[ArticleBlock], keys: Keys) -> Iterator[str]:
    """Yield a table's lines; its first row is its head, and short rows get empty cells."""
    cells = [[_in_cell(cited(cell, keys)) for cell in row.text.split("\t")] for row in rows]
    width = max(map(len, cells))
    filled = [row + [""] * (width - len(row)) for row in cells]
    head, *others = (f"| {' | '.join(row)} |" for row in filled)
    yield from (head, "|" + "---|" * width, *others, "")


def _comments(article: ImportedArticle, blocks: Sequence[ArticleBlock]) -> Iterator[str]:
    """Yield the doubts about ``blocks`` as comments of the text."""
    sentences = [s for place in sorted({block.place for block in blocks} - {0}) for s in _doubts_at(article, place)]
    for sentence in sentences:
        # Two hyphens would end the comment before its time.
        yield from textwrap.wrap(f"<!-- {sentence.replace('--', '- -')} -->", WIDTH, break_long_words=False)
    if sentences:
        yield ""


def _doubts_at(article: ImportedArticle, place: int) -> list[str]:
    number = f" ({place})" if place else ""
    return [f"DOUBT{number}: {doubt.sentence}" for doubt in article.doubts_by_place.get(place, ())]
