"""An article's blocks sorted into title, author, day, sections with their citations, table and reference list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from handoutpress.editorial.checks.sentences import words
from handoutpress.editorial.importing.bibliography import BibliographyEntry, keyed, number_of, parse
from handoutpress.editorial.importing.blocks import ArticleBlock, ArticleReading, Doubt
from handoutpress.editorial.importing.dates import DateInText, find_date, is_reading_time

MARKER = re.compile(r"\s*\[(\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*)\]")
_REFERENCES = re.compile(
    r"^(?:references|bibliography|sources|works cited|literature|notes and references)\s*:?$", re.IGNORECASE
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
    """An article in parts, with all doubts about it."""

    title: ArticleBlock
    subtitle: ArticleBlock | None = None
    author: ArticleBlock | None = None
    date: DateInText | None = None
    sections: tuple[ImportedSection, ...] = ()
    table: tuple[ArticleBlock, ...] = ()
    entries: tuple[BibliographyEntry, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def sort_article(reading: ArticleReading) -> ImportedArticle:
    """Sort the blocks of an article. Every block ends up in a part or, word for word, in a doubt."""
    sorter = _ArticleSorter(reading.doubts)
    body, listed = _body_and_references(reading.blocks)
    entries = sorter.entries(listed)
    blocks = sorter.without_captions(body)
    table = tuple(block for block in blocks if block.kind == "row")
    blocks = [block for block in blocks if block.kind != "row"]
    title = blocks.pop(0) if blocks else ArticleBlock("heading", "Untitled", 0)
    byline = sorter.byline(blocks)
    sections = tuple(sorter.sections(blocks[byline.length :]))
    sorter.compare_citations(entries, sections, table)
    return ImportedArticle(
        title,
        byline.subtitle,
        byline.author,
        byline.date,
        sections=sections,
        table=table,
        entries=entries,
        doubts=tuple(sorter.doubts),
    )


def _body_and_references(blocks: Sequence[ArticleBlock]) -> tuple[Sequence[ArticleBlock], Sequence[ArticleBlock]]:
    """Return the body, and what stands behind the last heading "References"."""
    starts = [number for number, block in enumerate(blocks) if _REFERENCES.match(_NUMBERED.sub("", block.text))]
    return (blocks[: starts[-1]], blocks[starts[-1] + 1 :]) if starts else (blocks, ())


@dataclass
class _Byline:
    """What the few blocks behind the title say; ``length`` counts those blocks."""

    subtitle: ArticleBlock | None = None
    author: ArticleBlock | None = None
    date: DateInText | None = None
    length: int = 0


class _ArticleSorter:
    """Takes an article's blocks apart, and collects the doubts."""

    def __init__(self, doubts: tuple[Doubt, ...]) -> None:
        self.doubts = list(doubts)

    def _doubt(self, place: int, sentence: str) -> None:
        self.doubts.append(Doubt(place, sentence))

    def entries(self, listed: Sequence[ArticleBlock]) -> tuple[BibliographyEntry, ...]:
        """Return the entries of the reference list; one may go on over several blocks."""
        entries: list[BibliographyEntry] = []
        for block in listed:
            number = number_of(block.text)
            has_year = re.search(r"\((?:19|20)\d\d\)", block.text)
            begins_entry = number is not None or block.kind == "bullet" or not entries or has_year
            # A reference has a year or a DOI.
            if len(block.text) < 12 or not re.search(r"(?:19|20)\d\d|10\.\d{4}", block.text):
                self._doubt(block.place, f"This stands among the references and looks like none: {block.text}")
            elif begins_entry:
                entries.append(parse(block.text, number or len(entries) + 1, block.place))
            else:
                last = entries[-1]
                entries[-1] = parse(f"{last.cited_as} {block.text}", last.number, last.place)
        for entry in entries:
            if not entry.complete:
                sentence = f"Reference {entry.number} could not be taken apart wholly: {entry.cited_as}"
                self._doubt(entry.place, sentence)
        return keyed(entries)

    def without_captions(self, body: Sequence[ArticleBlock]) -> list[ArticleBlock]:
        """Return the body without lines that stand twice in a row: a picture's description and its caption."""
        blocks: list[ArticleBlock] = []
        index = 0
        while index < len(body):
            block = body[index]
            is_twice = index + 1 < len(body) and body[index + 1].text == block.text and block.kind != "row"
            if is_twice:
                places = f"{block.place} and {body[index + 1].place}"
                sentence = f"Dropped: a caption that stands twice ({places}), probably of a picture: {block.text}"
                self._doubt(block.place, sentence)
            else:
                blocks.append(block)
            index += 2 if is_twice else 1
        return blocks

    def byline(self, blocks: Sequence[ArticleBlock]) -> _Byline:
        """Return subtitle, author and day from the few blocks behind the title."""
        byline = _Byline()
        for block in blocks[:5]:
            date = find_date(block.text) if len(block.text) <= 80 else None
            if date and byline.date is None and len(words(date.remaining)) <= 6:
                byline.date = date
                self._doubt_date(block, date)
            elif byline.author is None and _CAPITALS.match(block.text) and len(block.text) <= 60:
                name = re.sub(r"^(?:by|written by|author:?)\s+", "", block.text, flags=re.IGNORECASE)
                byline.author = replace(block, text=name)
            elif _may_be_subtitle(block) and byline.subtitle is None and byline.author is None:
                byline.subtitle = block
            else:
                break
            byline.length += 1
        # A heading with neither author nor day behind it begins the text.
        return byline if byline.author or byline.date else _Byline()

    def _doubt_date(self, block: ArticleBlock, date: DateInText) -> None:
        if date.other_day:
            days = f"{date.day.isoformat()} or {date.other_day.isoformat()}"
            self._doubt(block.place, f"“{date.words}” is ambiguous: it can be {days}. The first was taken.")
        if date.remaining:
            dropped = "a reading time" if is_reading_time(date.remaining) else "other words"
            self._doubt(block.place, f"Dropped: {dropped} on the line of the date: {date.remaining}")

    def sections(self, blocks: Sequence[ArticleBlock]) -> Iterator[ImportedSection]:
        """Yield the sections, each with its heading; markers in a heading go to its first paragraph."""
        section = ImportedSection(ArticleBlock("heading", "", 0))
        for block in [self._without_number(block) for block in blocks]:
            if block.kind != "heading":
                section = replace(section, parts=(*section.parts, block))
                continue
            if section.heading.text or section.parts:
                yield section
            numbers = tuple(number for match in MARKER.finditer(block.text) for number in marked(match[1]))
            section = ImportedSection(replace(block, text=MARKER.sub("", block.text).strip()), (), numbers)
            if numbers:
                marker = f"[{','.join(map(str, numbers))}]"
                self._doubt(block.place, f"The heading carries the marker {marker}; its first paragraph got it.")
        if section.heading.text or section.parts:
            yield section

    def _without_number(self, block: ArticleBlock) -> ArticleBlock:
        """Return what a line is that begins with a number: a heading here, since the references are elsewhere."""
        match = _NUMBERED.match(block.text)
        if match is None or block.kind == "row":
            return block
        is_short = len(words(block.text)) <= 16 and not re.search(r"[.!?]$", MARKER.sub("", block.text))
        if block.kind == "heading" or is_short:
            number = match.group().strip()
            sentence = (
                f"“{number}” could be the number of a heading or of a reference; a heading was taken: {block.text}"
            )
            self._doubt(block.place, sentence)
            return ArticleBlock("heading", block.text[match.end() :], block.place)
        return ArticleBlock("bullet", block.text[match.end() :], block.place)

    def compare_citations(
        self,
        entries: tuple[BibliographyEntry, ...],
        sections: tuple[ImportedSection, ...],
        table: tuple[ArticleBlock, ...],
    ) -> None:
        """Doubt entries that nothing cites, and numbers that are cited and not listed."""
        texts = [part.text for section in sections for part in section.parts] + [block.text for block in table]
        cited = {number for text in texts for match in MARKER.finditer(text) for number in marked(match[1])}
        cited |= {number for section in sections for number in section.numbers}
        for entry in entries:
            if entry.number not in cited:
                self._doubt(entry.place, f"Reference {entry.number} is never cited: {entry.cited_as}")
        for number in sorted(cited - {entry.number for entry in entries}):
            self._doubt(0, f"The text cites [{number}], and the list has no such number.")


def _may_be_subtitle(block: ArticleBlock) -> bool:
    return block.kind == "heading" and len(block.text) <= 120


def marked(marker: str) -> tuple[int, ...]:
    """Return the numbers of a marker such as "1,2" or "8-11"."""
    numbers: list[int] = []
    for part in re.split(r"[,;]", marker):
        ends = [int(end) for end in re.findall(r"\d+", part)]
        # At most 50 numbers, so that "[1-999]" is no thousand citations.
        numbers += range(ends[0], min(ends[-1], ends[0] + 50) + 1) if ends and ends[0] <= ends[-1] else ends
    return tuple(numbers)
