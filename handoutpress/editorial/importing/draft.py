"""The draft of a handout as YAML text: what the article says at its place, and every doubt as a comment beside it.

Beside it stands the article's reference list as CSL-YAML, every entry still to be looked up.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from handoutpress.content.library import TO_FIND
from handoutpress.content.models.languages import HelpWords
from handoutpress.content.skeletons import TO_WRITE_SLUG, UNKNOWN_DAY, UNWRITTEN, UNWRITTEN_ADDRESS
from handoutpress.editorial.checks.reading.sentences import split
from handoutpress.editorial.importing.article import UNDATED, ImportedArticle, ImportedSection, sort_article
from handoutpress.editorial.importing.article_draft import article_draft, with_doubts
from handoutpress.editorial.importing.article_text import cited, with_numbers
from handoutpress.editorial.importing.bibliography import BibliographyEntry, UnusedNames, slug
from handoutpress.editorial.importing.blocks import ArticleBlock, ArticleReading, Doubt, word_counts
from handoutpress.editorial.importing.keys import keyed
from handoutpress.editorial.importing.parts import MAX_TEXT, TEXTS, explains, with_parts
from handoutpress.editorial.importing.readers import read_article
from handoutpress.editorial.registries.papers import KnownPapers
from handoutpress.editorial.yaml_writing import comment, indented, quoted, scalar, short_value, table, writable

MAX_PRACTICE = 3
"""Words of a practice's name; "Traditional Chinese cupping" has three."""
_JOINT_WORDS = "after and are before by can does during for from how in is of on or the to what when why with you"
_JOINTS = frozenset(_JOINT_WORDS.split())
_SAYS_MORE = re.compile(r"[:?!,]\s|\s[-–—|]\s|—")
_VERSUS = re.compile(r"\s+(?:vs\.?|versus|or|and|compared (?:with|to))\s+", re.IGNORECASE)
_ASKED_FOR = {
    "what_to_expect": "what happens at a visit",
    "tell_us_first": "what a patient must tell the practitioner beforehand",
    "after_care": "what to do afterwards",
    "call_us": "when to call you",
    "urgent_help": "which signs need help at once",
    "alternatives": "other choices, no treatment among them",
}
"""What is to be written where the article has nothing of a part that handouts need."""
MAX_LOST = 60
"""Words that one doubt names."""


@dataclass(frozen=True)
class DraftKind:
    """The kind that a draft is to be: its name, empty for a treatment, and the parts that are asked for."""

    slug: str
    asked: frozenset[str]


TREATMENT = DraftKind(
    "", frozenset({"practices", "what_it_is", "risks", "questions", "article", *_ASKED_FOR} - {"call_us"})
)


@dataclass(frozen=True)
class Draft:
    """A draft: the handout and its references as YAML text, a name for the files, and the doubts once more.

    ``article`` is the whole text once more, as an article of ours.
    """

    name: str
    handout: str
    references: str
    doubts: tuple[Doubt, ...]
    article: str


def import_article(
    path: Path,
    encoding: str = "",
    papers_beside: Callable[[str], KnownPapers] = lambda _: KnownPapers(),
    headings: Mapping[str, str] = MappingProxyType({}),
    kind: DraftKind = TREATMENT,
    words: HelpWords | None = None,
) -> Draft:
    """Read the article at ``path`` and draft a handout; a text that is not UTF-8 needs its ``encoding``.

    ``papers_beside`` gets the draft's name and returns the papers that have keys where the draft will stand;
    ``headings`` are those of a handout's parts in the article's language, ``words`` those by which it sends to help;
    ``kind`` is what the draft is to be. Raises ``HandoutError`` for a file that cannot be read.
    """
    reading = read_article(path, encoding, words)
    article = sort_article(reading)
    name = slug(article.title.text)
    article = replace(article, entries=keyed(article.entries, papers_beside(name)))
    whole = article_draft(article, path.name, _practices(article))
    whole = with_doubts(whole, _lost_words(reading, article, whole + _references(article)))
    article = with_parts(article, headings, words, kind.asked)
    article = _with_practice(article) if "practices" in kind.asked else article
    handout, references = _handout(article, path.name, kind), _references(article)
    lost = tuple(_lost_words(reading, article, handout + references))
    handout = (
        "\n".join(line for doubt in lost for line in comment(f"DOUBT: {doubt.sentence}")) + "\n" * bool(lost) + handout
    )
    undated = () if article.date else (UNDATED,)
    return Draft(name, handout, references, (*article.doubts, *undated, *lost), whole)


def _with_practice(article: ImportedArticle) -> ImportedArticle:
    """Add the doubt about a practice whose name is not all that the title names."""
    practices = _practices(article)
    if len(practices) > 1 or slug(_SAYS_MORE.split(article.title.text, maxsplit=1)[0], 40) in practices:
        return article
    sentence = f"The practice was taken to be “{practices[0]}”, from the title: {article.title.text}"
    return replace(article, doubts=(*article.doubts, Doubt(article.title.place, sentence)))


def _lost_words(reading: ArticleReading, article: ImportedArticle, written: str) -> Iterator[Doubt]:
    """Yield a doubt for words of the file that stand neither in the draft nor in a doubt: there should be none."""
    sentences = (doubt.sentence for doubt in article.doubts)
    lost = reading.words - word_counts(written, *sentences, article.taken)
    if lost:
        named = " ".join(list(lost)[:MAX_LOST])
        yield Doubt(0, f"{lost.total()} words of the file stand nowhere in the draft, such as: {named}")


def _handout(article: ImportedArticle, name: str, kind: DraftKind) -> str:
    lines = [*_head(article, name, kind), *_text_parts(article, kind), *_sections(article), *_comparison(article)]
    lines += [*_unwritten(article, kind), *_tail(article, kind)]
    return "\n".join(lines) + "\n"


def _head(article: ImportedArticle, name: str, kind: DraftKind) -> Iterator[str]:
    yield from comment(f"Drafted from {name}. What the article does not say reads {UNWRITTEN}.")
    yield from comment("Numbers in brackets behind DOUBT count the article's lines (its blocks for HTML and DOCX).")
    placed = {block.place for section in article.sections for block in (section.heading, *section.parts)}
    placed |= {entry.place for entry in article.entries}
    for place in sorted({doubt.place for doubt in article.doubts} - placed | {0}):
        yield from _doubts_at(article, place)
    if kind.slug:
        yield f"kind: {kind.slug}"
    if "about" in kind.asked:
        yield f"about: {TO_WRITE_SLUG}  # the handout of the treatment, whose serious harms are printed here"
    yield f"title: {short_value(article.title.text, 'title')[0]}"
    yield from short_value(article.title.text, "title")[1:]
    if article.subtitle:
        yield f"subtitle: {short_value(article.subtitle.text, 'subtitle')[0]}"
    if "practices" in kind.asked:
        yield f"practices: [{', '.join(map(scalar, _practices(article)))}]"
    yield f"main_message: {quoted(f'{UNWRITTEN}: the one thing that a patient should take home.')}"


def _practices(article: ImportedArticle) -> tuple[str, ...]:
    """Guess the practices from the title: "Acupuncture vs. Dry Needling" is about two.

    What stands behind a colon or a dash says more of them: "Moxibustion: what to expect" is about one.
    """
    named = _SAYS_MORE.split(article.title.text, maxsplit=1)[0]
    sides = [slug(side, 40) for side in _VERSUS.split(named)]
    compares_two = len(sides) == 2 and sides[0] != sides[1] and all(_is_short(side.split("-")) for side in sides)
    return tuple(sides) if compares_two else (slug(_shortest(named), 40),)


def _is_short(words: list[str]) -> bool:
    return len(words) <= MAX_PRACTICE and _JOINTS.isdisjoint(words)


def _shortest(named: str) -> str:
    """Return a practice's name of three words at most: the words before one that only joins, else the first."""
    words = named.split()
    joint = next((number for number, word in enumerate(words) if number and word.lower() in _JOINTS), len(words))
    return " ".join(words[:joint] if joint <= MAX_PRACTICE else words[:1])


def _text_parts(article: ImportedArticle, kind: DraftKind) -> Iterator[str]:
    """Yield the part "what_it_is" from the sections "What is …?", under its own heading; of several, each in bold."""
    explaining = [section for section in article.sections if explains(section)]
    if not explaining and "what_it_is" not in kind.asked:
        return
    if not explaining:
        yield f"what_it_is: {quoted(f'{UNWRITTEN}: what it is, in two or three sentences.')}"
        return
    for section in explaining:
        yield from _section_doubts(article, section)
    if len(explaining) == 1:
        yield from _headed("what_it_is", explaining[0], article.keys)
        return
    texts = [f"**{section.heading.text}**\n\n{_body(section, article.keys)}" for section in explaining]
    yield "what_it_is: |"
    yield from indented(writable("\n\n".join(texts)), 2)


def _headed(part: str, section: ImportedSection, keys: dict[int, str]) -> Iterator[str]:
    """Yield a part that is one text, under the heading that the article gives it."""
    yield f"{part}:"
    if section.heading.text:
        heading = short_value(section.heading.text, "heading")
        yield f"  heading: {heading[0]}"
        yield from heading[1:]
    yield from _text(section, keys, 2)


def _sections(article: ImportedArticle) -> Iterator[str]:
    free = (section for section in article.sections if not explains(section) and not section.part)
    sections = [piece for section in free for piece in _divided(section)]
    if not sections:
        return
    yield "sections:"
    names = UnusedNames()
    for section in sections:
        yield from _section_doubts(article, section, 2)
        heading = section.heading.text or "Introduction"
        yield f"  - id: {names.next(slug(heading, 60))}"
        heading_lines = short_value(heading, "heading")
        yield f"    heading: {heading_lines[0]}"
        yield from heading_lines[1:]
        yield from _text(section, article.keys, 4)


def _text(section: ImportedSection, keys: dict[int, str], indent: int) -> Iterator[str]:
    """Yield the text of a section, or that nothing stands under its heading."""
    margin, body = " " * indent, writable(_body(section, keys))
    if not body:
        yield f"{margin}text: {quoted(f'{UNWRITTEN}: the article has this heading and nothing under it.')}"
        return
    yield f"{margin}text: |"
    yield from indented(body, indent + 2)


def _divided(section: ImportedSection) -> Iterator[ImportedSection]:
    """Yield a section in pieces that fit into one text, each under the same heading."""
    pieces = [
        replace(part, text=piece)
        for part in section.parts
        for piece in textwrap.wrap(part.text, MAX_TEXT // 2, break_on_hyphens=False)
    ]
    current: list[ArticleBlock] = []
    length = 0
    for piece in pieces:
        if current and length + len(piece.text) + 100 > MAX_TEXT:
            yield replace(section, parts=tuple(current))
            current, length = [], 0
        current.append(piece)
        length += len(piece.text) + 100
    yield replace(section, parts=tuple(current))


def _section_doubts(article: ImportedArticle, section: ImportedSection, indent: int = 0) -> Iterator[str]:
    for place in sorted({block.place for block in (section.heading, *section.parts) if block.place}):
        yield from _doubts_at(article, place, indent)


def _body(section: ImportedSection, keys: dict[int, str]) -> str:
    """Return the parts as our small Markdown, markers as citations; the heading's own go to the first paragraph."""
    texts: list[str] = []
    parts = section.parts
    for number, words in enumerate(with_numbers(parts, section.numbers, keys)):
        is_bullet = bool(parts) and parts[number].kind == "bullet"
        joins = is_bullet and number > 0 and parts[number - 1].kind == "bullet"
        line = f"- {words}" if is_bullet else words
        texts.append(("\n" if joins else "\n\n" if number else "") + line)
    return "".join(texts)


def _comparison(article: ImportedArticle) -> Iterator[str]:
    if article.table:
        yield from _table(article)
        return
    # Without a table, an article on two practices that explains both has their first sentences to compare.
    explaining = [section for section in article.sections if explains(section) and section.parts]
    if len(_practices(article)) != 2 or len(explaining) != 2:
        return
    yield from comment(
        "The table has only what the article says first of each; its sentences also stand in what_it_is."
    )
    names = [
        re.sub(r"^what\s+(?:is|are)\s+|\?$", "", section.heading.text, flags=re.IGNORECASE) for section in explaining
    ]
    cells = [split(cited(section.parts[0].text, article.keys))[0].text for section in explaining]
    yield from table(f"{names[0]} and {names[1]}", names, [["What it is", *cells]])


def _table(article: ImportedArticle) -> Iterator[str]:
    rows = [block.text.split("\t") for block in article.table]
    width = len(rows[0])
    fits = 3 <= width <= 5 and len(rows) > 1 and all(len(cells) == width for cells in rows)
    if not fits or any(not cell for cells in rows[1:] for cell in cells) or any(not cell for cell in rows[0][1:]):
        for block in article.table:
            yield from comment(f"DOUBT ({block.place}): a row of a table that does not fit: {block.text}")
        return
    body_rows = [[cells[0], *(cited(cell, article.keys) for cell in cells[1:])] for cells in rows[1:]]
    yield from table(f"{UNWRITTEN}: what the table compares", rows[0][1:], body_rows)
    if rows[0][0]:
        yield from comment(f"DOUBT ({article.table[0].place}): the table's first cell was left out: {rows[0][0]}")


def _unwritten(article: ImportedArticle, kind: DraftKind) -> Iterator[str]:
    if "risks" in kind.asked:
        yield from _risks(article, kind)
    told = {section.part: section for section in article.sections if section.part}
    for part in TEXTS:
        if part in told:
            yield from _section_doubts(article, told[part])
            yield from _headed(part, told[part], article.keys)
        elif part in kind.asked:
            yield f"{part}: {quoted(f'{UNWRITTEN}: {_ASKED_FOR[part]}.')}"
    if "questions" in told or "questions" in kind.asked:
        yield from _questions(article, told.get("questions"))


def _risks(article: ImportedArticle, kind: DraftKind) -> Iterator[str]:
    yield "risks:"
    yield "  items:"
    for practice in _practices(article) if "practices" in kind.asked else [""]:
        name = quoted(f"{UNWRITTEN}: a harm, with how many had it")
        yield from (
            (f"    - practice: {scalar(practice)}", f"      name: {name}") if practice else (f"    - name: {name}",)
        )
        yield "      severity: serious"
        yield f"      references: [{TO_FIND}]"


def _questions(article: ImportedArticle, section: ImportedSection | None) -> Iterator[str]:
    if section:
        yield from _section_doubts(article, section)
    asked = [block.text for block in section.parts] if section else [f"{UNWRITTEN}: a question that a patient may ask"]
    yield "questions:"
    if section:
        heading = short_value(section.heading.text, "heading")
        yield from (f"  heading: {heading[0]}", *heading[1:], "  items:")
    yield from (f"{'    ' if section else '  '}- {quoted(question)}" for question in asked)


def _tail(article: ImportedArticle, kind: DraftKind) -> Iterator[str]:
    day = article.date.day if article.date else UNKNOWN_DAY
    author = short_value(article.author.text, "author")[0] if article.author else quoted(f"{UNWRITTEN}: who wrote it")
    yield 'version: "0.1"'
    if not article.date:
        yield from comment(f"DOUBT: {UNDATED.sentence}")
    yield f"date: {day.isoformat()}"
    yield f"author: {author}"
    if "article" not in kind.asked:
        return
    yield "article:"
    yield from comment(f"{UNWRITTEN}: where the article can be read.", 2)
    yield f"  url: {UNWRITTEN_ADDRESS}"
    yield f"  title: {short_value(article.title.text, 'title')[0]}"
    yield f"  author: {author}"
    yield f"  date: {day.isoformat()}"


def _references(article: ImportedArticle) -> str:
    """Return the reference list as text; without references an empty one."""
    lines = [*comment("References of the article, as it printed them. Nobody has looked them up yet.")]
    for entry in article.entries:
        lines += ["", *_doubts_at(article, entry.place), *_entry(entry)]
    return "\n".join(lines) + "\n" if article.entries else "[]\n"


def _entry(entry: BibliographyEntry) -> Iterator[str]:
    data: dict[str, Any] = dict(entry.csl)
    year = data.pop("year", None)
    yield f"- id: {entry.key}"
    yield f"  type: {data.pop('type')}"
    yield f"  title: {quoted(data.pop('title') or entry.cited_as)}"
    if authors := data.pop("author", None):
        yield "  author:"
        yield from (
            f"    - {{{', '.join(f'{key}: {quoted(value)}' for key, value in author.items())}}}" for author in authors
        )
    if year and "issued" not in data:
        yield f"  issued: {{date-parts: [[{year}]]}}"
    yield from (f"  {key}: {quoted(value)}" for key, value in data.items())
    yield "  custom:"
    yield "    status: not-verified"
    yield f"    cited_as: {quoted(entry.cited_as)}"
    yield f"    note: {quoted(f'Number {entry.number} in the article.')}"


def _doubts_at(article: ImportedArticle, place: int, indent: int = 0) -> list[str]:
    """Return the doubts about one place of the article, as comment lines."""
    return [
        line
        for doubt in article.doubts_by_place.get(place, ())
        for line in comment(f"DOUBT ({place}): {doubt.sentence}", indent)
    ]
