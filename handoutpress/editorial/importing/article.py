"""Sorting an article's blocks: title, author, day, sections with their citations, a table, the reference list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from handoutpress.editorial.checks.sentences import words
from handoutpress.editorial.importing.bibliography import BibliographyEntry, keyed, number_of, parse
from handoutpress.editorial.importing.blocks import ArticleBlock, Doubt
from handoutpress.editorial.importing.dates import Dated, find_date, is_reading_time

MARKER = re.compile(r"\s*\[(\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*)\]")
_REFERENCES = re.compile(
    r"^(?:references|bibliography|sources|works cited|literature|notes and references)\s*:?$", re.IGNORECASE
)
_NAME = re.compile(
    r"^(?:by|written by|author:?)?\s*((?:(?:[A-ZÀ-Þ][\w'’.-]+|de|van|von|la|le|der)\s*){2,5})$", re.IGNORECASE
)
_CAPITALS = re.compile(r"^(?:(?:by|written by|author:?)\s+)?(?:[A-ZÀ-Þ][\w'’.-]*\s+){1,4}[A-ZÀ-Þ][\w'’.-]*$")
_NUMBERED = re.compile(r"^(\d{1,2})[.)]\s+(?=\S)")


@dataclass(frozen=True)
class ImportedSection:
    """A heading and what stands under it. ``heading`` is empty for what comes before the first one."""

    heading: ArticleBlock
    parts: tuple[ArticleBlock, ...] = ()
    numbers: tuple[int, ...] = ()
    """Citation markers that stand in the heading itself."""


@dataclass(frozen=True)
class ImportedArticle:
    """An article in parts, all doubts collected."""

    title: ArticleBlock
    subtitle: ArticleBlock | None = None
    author: ArticleBlock | None = None
    dated: Dated | None = None
    sections: tuple[ImportedSection, ...] = ()
    table: tuple[ArticleBlock, ...] = ()
    entries: tuple[BibliographyEntry, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass
class _ArticleSorter:
    """The parts while they are being found."""

    blocks: list[ArticleBlock]
    doubts: list[Doubt] = field(default_factory=list)

    def doubt(self, place: int, sentence: str) -> None:
        self.doubts.append(Doubt(place, sentence))


def sort_article(blocks: tuple[ArticleBlock, ...], doubts: tuple[Doubt, ...] = ()) -> ImportedArticle:
    """Sort ``blocks``. Every block ends up in a part or, word for word, in a doubt."""
    sorting = _ArticleSorter(list(blocks), list(doubts))
    body, listed = _parted(sorting.blocks)
    entries = _entries(sorting, listed)
    sorting.blocks = _without_captions(sorting, body)
    table = tuple(block for block in sorting.blocks if block.kind == "row")
    sorting.blocks = [block for block in sorting.blocks if block.kind != "row"]
    title = sorting.blocks.pop(0) if sorting.blocks else ArticleBlock("heading", "Untitled", 0)
    subtitle, author, dated = _byline(sorting)
    sections = tuple(_sections(sorting))
    _uncited(sorting, entries, sections, table)
    return ImportedArticle(title, subtitle, author, dated, sections, table, entries, tuple(sorting.doubts))


def _parted(blocks: list[ArticleBlock]) -> tuple[list[ArticleBlock], list[ArticleBlock]]:
    """Part the body from what stands behind the last heading "References"."""
    starts = [number for number, block in enumerate(blocks) if _REFERENCES.match(_unnumbered(block.text))]
    return (blocks[: starts[-1]], blocks[starts[-1] + 1 :]) if starts else (blocks, [])


def _unnumbered(text: str) -> str:
    return _NUMBERED.sub("", text)


def _entries(sorting: _ArticleSorter, listed: list[ArticleBlock]) -> tuple[BibliographyEntry, ...]:
    entries: list[BibliographyEntry] = []
    for block in listed:
        number = number_of(block.text)
        starts_anew = (
            number is not None or block.kind == "bullet" or not entries or re.search(r"\((?:19|20)\d\d\)", block.text)
        )
        if len(block.text) < 12 or not re.search(r"(?:19|20)\d\d|10\.\d{4}", block.text):
            sorting.doubt(block.place, f"This stands among the references and looks like none: {block.text}")
        elif starts_anew:
            entries.append(parse(block.text, number or len(entries) + 1, block.place))
        else:
            entries[-1] = parse(f"{entries[-1].cited_as} {block.text}", entries[-1].number, entries[-1].place)
    for entry in entries:
        if not entry.whole:
            sorting.doubt(entry.place, f"Reference {entry.number} could not be taken apart wholly: {entry.cited_as}")
    return keyed(entries)


def _without_captions(sorting: _ArticleSorter, body: list[ArticleBlock]) -> list[ArticleBlock]:
    """Take out lines that stand twice in a row: a picture's description and its caption."""
    kept: list[ArticleBlock] = []
    number = 0
    while number < len(body):
        block = body[number]
        twice = number + 1 < len(body) and body[number + 1].text == block.text
        if twice and block.kind != "row":
            where = f"{block.place} and {body[number + 1].place}"
            sorting.doubt(
                block.place, f"Dropped: a caption that stands twice ({where}), probably of a picture: {block.text}"
            )
        else:
            kept.append(block)
        number += 2 if twice and block.kind != "row" else 1
    return kept


def _byline(sorting: _ArticleSorter) -> tuple[ArticleBlock | None, ArticleBlock | None, Dated | None]:
    """Take subtitle, author and day from the few blocks behind the title."""
    subtitle = author = None
    dated: Dated | None = None
    for block in sorting.blocks[:5]:
        found = find_date(block.text) if len(block.text) <= 80 else None
        if found and dated is None and len(words(found.rest)) <= 6:
            dated = found
            _date_doubts(sorting, block, found)
        elif author is None and _CAPITALS.match(block.text) and len(block.text) <= 60:
            author = replace(block, text=re.sub(r"^(?:by|written by|author:?)\s+", "", block.text, flags=re.IGNORECASE))
        elif subtitle is None and author is None and block.kind == "heading" and len(block.text) <= 120:
            subtitle = block
        else:
            break
        sorting.blocks = sorting.blocks[1:]
    if subtitle and not author and not dated:
        sorting.blocks, subtitle = [subtitle, *sorting.blocks], None
    return subtitle, author, dated


def _date_doubts(sorting: _ArticleSorter, block: ArticleBlock, found: Dated) -> None:
    if found.other:
        both = f"{found.taken.isoformat()} or {found.other.isoformat()}"
        sorting.doubt(block.place, f"“{found.words}” is ambiguous: it can be {both}. The first was taken.")
    if found.rest:
        what = "a reading time" if is_reading_time(found.rest) else "other words"
        sorting.doubt(block.place, f"Dropped: {what} on the line of the date: {found.rest}")


def _sections(sorting: _ArticleSorter) -> Iterator[ImportedSection]:
    current = ImportedSection(ArticleBlock("heading", "", 0))
    for block in [_settled(sorting, found) for found in sorting.blocks]:
        if block.kind != "heading":
            current = replace(current, parts=(*current.parts, block))
            continue
        if current.heading.text or current.parts:
            yield current
        numbers = tuple(number for mark in MARKER.finditer(block.text) for number in marked(mark[1]))
        current = ImportedSection(replace(block, text=MARKER.sub("", block.text).strip()), (), numbers)
        if numbers:
            sorting.doubt(block.place, f"The heading carries the marker {_said(numbers)}; its first paragraph got it.")
    if current.heading.text or current.parts:
        yield current


def _settled(sorting: _ArticleSorter, block: ArticleBlock) -> ArticleBlock:
    """Decide what a line is that begins with a number: a heading here, since the references are elsewhere."""
    mark = _NUMBERED.match(block.text)
    if mark is None or block.kind == "row":
        return block
    short = len(words(block.text)) <= 16 and not re.search(r"[.!?]$", MARKER.sub("", block.text))
    if block.kind == "heading" or short:
        number = mark.group().strip()
        told = f"“{number}” could be the number of a heading or of a reference; a heading was taken: {block.text}"
        sorting.doubt(block.place, told)
        return ArticleBlock("heading", block.text[mark.end() :], block.place)
    return ArticleBlock("bullet", block.text[mark.end() :], block.place)


def marked(marker: str) -> tuple[int, ...]:
    """Return the numbers of a marker such as "1,2" or "8-11"."""
    numbers: list[int] = []
    for part in re.split(r"[,;]", marker):
        ends = [int(end) for end in re.findall(r"\d+", part)]
        numbers += range(ends[0], min(ends[-1], ends[0] + 50) + 1) if ends and ends[0] <= ends[-1] else ends
    return tuple(numbers)


def _said(numbers: tuple[int, ...]) -> str:
    return f"[{','.join(map(str, numbers))}]"


def _uncited(
    sorting: _ArticleSorter,
    entries: tuple[BibliographyEntry, ...],
    sections: tuple[ImportedSection, ...],
    table: tuple[ArticleBlock, ...],
) -> None:
    texts = [part.text for section in sections for part in section.parts] + [block.text for block in table]
    cited = {number for text in texts for mark in MARKER.finditer(text) for number in marked(mark[1])}
    cited |= {number for section in sections for number in section.numbers}
    for entry in entries:
        if entry.number not in cited:
            sorting.doubt(entry.place, f"Reference {entry.number} is never cited: {entry.cited_as}")
    for number in sorted(cited - {entry.number for entry in entries}):
        sorting.doubt(0, f"The text cites [{number}], and the list has no such number.")
