"""An article's blocks sorted into title, author, day, sections with their citations, table and reference list."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from handoutpress.editorial.checks.reading.sentences import words
from handoutpress.editorial.importing.bibliography import BibliographyEntry, parse
from handoutpress.editorial.importing.blocks import ArticleBlock, ArticleReading, Doubt, left_out
from handoutpress.editorial.importing.dates import DateInText, find_date, without_reading_time
from handoutpress.editorial.importing.reference_lines import body_and_references, reference_lines

MARKER = re.compile(r"\s*\[(\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*)\]")
_ROUND_MARKER = re.compile(r"(?<=[\w.,;:!?”’\"')])\s?\((\d{1,2}(?:\s*[,;–-]\s*\d{1,2})*)\)(?=[\s.,;:!?]|$)")
_SHARING = re.compile(
    r"(?:(?:share|tweet|like|print|email|e-mail|pin|follow|us|on|this|article|page|post|facebook|twitter|x|linkedin|pinterest"
    r"|whatsapp|reddit|instagram|youtube|copy|link|save|subscribe|home|menu|search|skip|to|content|main|comments?|\d+)"
    r"[\s:|/·•,>»-]*){1,20}",
    re.IGNORECASE,
)
_BY = re.compile(r"^(?:by|written by|author:?)\s+", re.IGNORECASE)
_WRITTEN_ON = re.compile(
    r"\b(?:written|produced|issued|published|last updated|date(?: of issue| written| published| produced)?)\b"
    r"(?: on| in)?\s*:?\s+(?P<day>[\w ,/.-]{6,24})",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"^(?:[A-ZÀ-Þ][\w'’.-]*\s+){1,4}[A-ZÀ-Þ][\w'’.-]*$")
_NUMBERED = re.compile(r"^\(?(\d{1,2})[.)]\s+(?=\S)")
_LABEL = re.compile(
    r"(?:(?:last|date|next|page|version)\s+)?(?:updated|reviewed?|published|written|issued?)\b", re.IGNORECASE
)
"""Words before a day, which begin with capitals as names do."""
UNDATED = Doubt(0, "no date was found in the article; this one is a stand-in.")


@dataclass(frozen=True)
class ImportedSection:
    """A heading and what stands under it. ``heading`` is empty for what comes before the first one."""

    heading: ArticleBlock
    parts: tuple[ArticleBlock, ...] = ()
    numbers: tuple[int, ...] = ()
    """Citation markers that stand in the heading itself."""
    part: str = ""
    """The part of a handout that it becomes; without one it stays a section of its own."""


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
    taken: str = ""
    """Words of the file that became something else: a heading "References", a day, the "by" before a name."""

    @cached_property
    def keys(self) -> dict[int, str]:
        """The keys of the references by the numbers that the article gives them."""
        return {entry.number: entry.key for entry in self.entries}

    @cached_property
    def doubts_by_place(self) -> dict[int, list[Doubt]]:
        doubts: dict[int, list[Doubt]] = defaultdict(list)
        for doubt in self.doubts:
            doubts[doubt.place].append(doubt)
        return doubts


def sort_article(reading: ArticleReading) -> ImportedArticle:
    """Sort the blocks of an article. Every block ends up in a part or, word for word, in a doubt.

    Its references have no keys yet.
    """
    sorter = _ArticleSorter(reading)
    body, listed = body_and_references(reading.blocks)
    entries = sorter.entries(listed)
    of_references = {block.place for block in listed}
    sorter.doubts += [doubt for doubt in reading.emphasis if doubt.place not in of_references]
    blocks = sorter.without_captions(sorter.with_markers(body, entries))
    table = tuple(block for block in blocks if block.kind == "row")
    blocks = [block for block in blocks if block.kind != "row"]
    title, blocks = sorter.title(blocks)
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
        taken=" ".join([*sorter.taken, *(block.text for block in reading.blocks[len(body) :][:1])]),
    )


@dataclass
class _Byline:
    """What the few blocks behind the title say; ``length`` counts those blocks."""

    subtitle: ArticleBlock | None = None
    author: ArticleBlock | None = None
    date: DateInText | None = None
    length: int = 0


class _ArticleSorter:
    """Takes an article's blocks apart, and collects the doubts."""

    def __init__(self, reading: ArticleReading) -> None:
        self.doubts = list(reading.doubts)
        self.taken: list[str] = []
        self._facts = reading.facts

    def _doubt(self, place: int, sentence: str) -> None:
        self.doubts.append(Doubt(place, sentence))

    def entries(self, listed: Sequence[ArticleBlock]) -> tuple[BibliographyEntry, ...]:
        """Return the entries of the reference list, without keys; one may go on over several blocks."""
        lines, others = reference_lines(listed)
        for block in others:
            self._doubt(block.place, f"This stands among the references and looks like none: {block.text}")
        entries = [
            parse(line.text, line.number or position, line.place) for position, line in enumerate(lines, start=1)
        ]
        for entry in entries:
            if not entry.complete:
                sentence = f"Reference {entry.number} could not be taken apart wholly: {entry.cited_as}"
                self._doubt(entry.place, sentence)
        if shortened := [entry for entry in entries if entry.complete and not entry.names_all]:
            one = len(shortened) == 1
            said = f"{'Reference' if one else 'References'} {', '.join(str(entry.number) for entry in shortened)}"
            sentence = f"{said} {'names' if one else 'name'} the first authors and “et al.”: add the others."
            self._doubt(shortened[0].place, sentence)
        return tuple(entries)

    def with_markers(
        self, body: Sequence[ArticleBlock], entries: tuple[BibliographyEntry, ...]
    ) -> Sequence[ArticleBlock]:
        """Return the body with markers in round brackets as those in square ones, where there are no others."""
        if not entries or any(MARKER.search(block.text) for block in body):
            return body
        listed = {entry.number for entry in entries}

        def in_square_brackets(mark: re.Match[str]) -> str:
            return f" [{mark[1]}]" if listed.issuperset(marked(mark[1])) else mark[0]

        blocks = [replace(block, text=_ROUND_MARKER.sub(in_square_brackets, block.text)) for block in body]
        if changed := next((block for block, old in zip(blocks, body, strict=True) if block != old), None):
            self._doubt(changed.place, "Numbers in round brackets were taken for citations, here and further down.")
        return blocks

    def title(self, blocks: list[ArticleBlock]) -> tuple[ArticleBlock, list[ArticleBlock]]:
        """Return the title and what follows: as the file has it, else its first heading, else its first words."""
        blocks = [block for block in blocks if not self._shares(block)]
        said = self._facts.title
        same = next((n for n, block in enumerate(blocks[:30]) if said and _is_title(block.text, said)), None)
        if same is not None:
            title, before, after = blocks[same], blocks[:same], blocks[same + 1 :]
        elif said:
            return ArticleBlock("heading", said, 0), blocks
        else:
            first = next((n for n, block in enumerate(blocks[:10]) if block.kind == "heading"), 0)
            first = first if all(len(block.text) <= 80 for block in blocks[:first]) else 0
            title = blocks[first] if blocks else ArticleBlock("heading", "Untitled", 0)
            before, after = blocks[:first], blocks[first + 1 :]
        for block in before:
            self.doubts += left_out(block.place, "words above the title", block.text)
        return title, after

    def _shares(self, block: ArticleBlock) -> bool:
        """Return whether a block only offers to share or to go elsewhere, and leave it out with a doubt."""
        if len(block.text) > 120 or not _SHARING.fullmatch(block.text) or len(words(block.text)) < 2:
            return False
        self.doubts += left_out(block.place, "a share bar or a menu", block.text)
        return True

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
            beside = without_reading_time(date.remaining) if date else ""
            if date and byline.date is None and len(words(beside)) <= 6:
                byline.date = date
                self.taken.append(date.words)
                self._doubt_date(block, date, byline)
            elif byline.author is None and (name := _name_in(block.text)):
                byline.author = replace(block, text=name)
                before, _, behind = block.text.partition(name)
                self.taken.append(before)
                if others := behind.strip(" ,;|·•–-"):
                    self._doubt(block.place, f"Dropped: other words behind the author's name: {others}")
            elif _may_be_subtitle(block) and not (byline.subtitle or byline.author or byline.date):
                byline.subtitle = block
            else:
                break
            byline.length += 1
        # A heading with neither author nor day behind it begins the text.
        byline = byline if byline.author or byline.date else _Byline()
        byline.date = byline.date or self._labelled_date(blocks)
        return self._as_the_file_says(byline)

    def _labelled_date(self, blocks: Sequence[ArticleBlock]) -> DateInText | None:
        """Return the day that a line of the text says it was written on, such as "Written: 14/03/2025" at its foot."""
        for block in blocks:
            match = _WRITTEN_ON.search(block.text)
            if match and (date := find_date(match["day"])):
                self._doubt_reading(block.place, date)
                self._doubt(
                    block.place, f"The date was taken from this line, which stays in the text: {match[0].strip()}"
                )
                return date
        return None

    def _as_the_file_says(self, byline: _Byline) -> _Byline:
        """Fill a byline with what the file says of itself; where both differ, the file's own is taken, with a doubt."""
        facts = self._facts
        if facts.author:
            if byline.author and byline.author.text.casefold() != facts.author.casefold():
                self._doubt(byline.author.place, f"Another author stands in the text: {byline.author.text}")
            byline.author = ArticleBlock("paragraph", facts.author, 0)
        if facts.subtitle and not byline.subtitle:
            byline.subtitle = ArticleBlock("paragraph", facts.subtitle, 0)
        if date := find_date(facts.date):
            if byline.date and byline.date.day != date.day:
                self._doubt(0, f"Another day stands in the text: {byline.date.words}")
            byline.date = date
            self._doubt_reading(0, date)
        elif facts.date:
            self.doubts += left_out(0, "a date that cannot be read", facts.date)
        return byline

    def _doubt_reading(self, place: int, date: DateInText) -> None:
        """Doubt a day that can be read in two ways, or that is a month."""
        if date.other_day:
            days = f"{date.day.isoformat()} or {date.other_day.isoformat()}"
            self._doubt(place, f"“{date.words}” is ambiguous: it can be {days}. The first was taken.")
        if date.is_month:
            self._doubt(place, f"“{date.words}” has no day: {date.day.isoformat()} was taken.")

    def _doubt_date(self, block: ArticleBlock, date: DateInText, byline: _Byline) -> None:
        self._doubt_reading(block.place, date)
        beside = without_reading_time(date.remaining)
        name = _BY.sub("", beside)
        # Behind a comma stands where the author works.
        names = [name, name.partition(",")[0]]
        taken = next((name for name in names if byline.author is None and _CAPITALS.match(name)), "")
        if taken:
            byline.author = replace(block, text=taken)
            self.taken.append(beside.removesuffix(name.removeprefix(taken)))
        behind = date.remaining[date.remaining.find(beside) + len(beside) :]
        if time := behind.strip(" ,;|·•–-"):
            self._doubt(block.place, f"Dropped: a reading time on the line of the date: {time}")
        if others := (name.removeprefix(taken) if taken else beside).strip(" ,;|·•–-"):
            self._doubt(block.place, f"Dropped: other words on the line of the date: {others}")

    def sections(self, blocks: Sequence[ArticleBlock]) -> Iterator[ImportedSection]:
        """Yield the sections, each with its heading; markers in a heading go to its first paragraph."""
        section = ImportedSection(ArticleBlock("heading", "", 0))
        for block in _with_lists([self._without_number(block) for block in _with_numbered_lists(blocks)]):
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


def _with_numbered_lists(blocks: Sequence[ArticleBlock]) -> list[ArticleBlock]:
    """Return numbered lines that follow one another (1, 2, 3) as bullets; a numbered heading has its text behind it."""
    numbers = [
        int(match[1]) if block.kind != "row" and (match := _NUMBERED.match(block.text)) else 0 for block in blocks
    ]
    padded = [0, *numbers, 0]
    return [
        replace(block, kind="bullet", text=_NUMBERED.sub("", block.text))
        if number and (0 < before == number - 1 or after == number + 1)
        else block
        for before, number, after, block in zip(padded, numbers, padded[2:], blocks, strict=False)
    ]


def _with_lists(blocks: Sequence[ArticleBlock]) -> list[ArticleBlock]:
    """Return questions that stand one under another, with nothing between, as a list and not as headings."""
    behind = [*(block.kind == "heading" for block in blocks[1:]), True]
    is_alone = [
        block.kind == "heading" and block.text.endswith("?") and is_heading_behind
        for block, is_heading_behind in zip(blocks, behind, strict=False)
    ]
    padded = [False, *is_alone, False]
    return [
        replace(block, kind="bullet") if alone and (before or after) else block
        for before, alone, after, block in zip(padded, is_alone, padded[2:], blocks, strict=False)
    ]


def _is_title(words: str, said: str) -> bool:
    """Return whether ``words`` are the title that the file says, which may have the site's name behind it."""
    words, said = words.casefold().strip(), said.casefold().strip()
    return words == said or (len(words) >= 4 and re.match(re.escape(words) + r"\s*[-–—|:·•]\s", said) is not None)


def _name_in(line: str) -> str:
    """Return the author's name where a line is one, or begins with "by" and one: "By Jane Marlow, acupuncturist"."""
    name = _BY.sub("", line)
    names = [name, name.partition(",")[0]] if name != line else [name]
    return next((name for name in names if len(name) <= 60 and _CAPITALS.match(name) and not _LABEL.match(name)), "")


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
