"""The reader of Markdown, with what Pandoc, Jekyll, Hugo and Obsidian write besides."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt

from handoutpress.content.models.languages import HelpWords
from handoutpress.content.text.bullets import with_dashes
from handoutpress.content.text.help_steps import begins_with_step
from handoutpress.editorial.importing.blocks import (
    ArticleBlock,
    ArticleReading,
    BlockKind,
    Doubt,
    left_out,
    no_emphasis,
    row,
    tidy,
    word_counts,
)
from handoutpress.editorial.importing.front_matter import split_front_matter
from handoutpress.editorial.importing.heights import lowered, raised
from handoutpress.editorial.importing.html_reader import read_fragment

_NOTE = re.compile(r"^\[\^([\w-]{1,40})\]:[ \t]+(\S.*)$", re.MULTILINE)
_NOTE_MARK = re.compile(r"\[\^([\w-]{1,40})\]")
_MARKER = re.compile(r"\[\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\](?!\()")
_LINK_TARGET = re.compile(r"^ {0,3}\[(?!\^)([^\]\n]{1,200})\]:[ \t]*(\S[^\n]*)$", re.MULTILINE)
_WIKI_LINK = re.compile(r"(!?)\[\[([^\[\]|\n]{1,200})(?:\|([^\[\]\n]{1,200}))?\]\]")
_POWER_IN_TEX = re.compile(r"\$([\w.]{0,20})\^\{?([0-9+-]{1,6})\}?\$")
_TEX = re.compile(r"\$\$?[^$\n]{1,400}\$\$?")
_RAISED = re.compile(r"(?<=[\w)])\^([\w+−,-]{1,12})\^")
_LOWERED = re.compile(r"(?<=[\w)])~([\w+−-]{1,8})~(?!~)")
_REFERENCES = re.compile(r"^#{0,6}\s*\**(?:references|bibliography|sources)\b", re.IGNORECASE | re.MULTILINE)


def read_markdown(text: str, path: Path, help_words: HelpWords | None = None) -> ArticleReading:
    """Read Markdown. Raises ``ContentError`` for HTML within it that is nested without end."""
    facts, doubts, body = split_front_matter(text)
    words = word_counts(_plain(body))
    reader = _MarkdownReader(path, list(doubts), help_words)
    body = reader.prepare(body)
    blocks = reader.blocks(MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(body))
    blocks += reader.notes
    return ArticleReading(tuple(blocks), tuple(reader.doubts), facts, words, tuple(reader.emphasis))


def _plain(text: str) -> str:
    """Return the words of a file without its tags, the names of its notes and the addresses of its links."""
    text = _NOTE_MARK.sub(" ", text)
    text = html.unescape(re.sub(r"<[^<>]{1,2000}>", " ", text))
    return re.sub(r"\]\([^()\s]{1,2000}(?:\s+\"[^\"\n]*\")?\)", "]", text)


class _MarkdownReader:
    """Turns tokens into blocks, and collects the doubts."""

    def __init__(self, path: Path, doubts: list[Doubt], help_words: HelpWords | None) -> None:
        self._path = path
        self._help_words = help_words
        self.doubts = doubts
        self.emphasis: list[Doubt] = []
        self.notes: list[ArticleBlock] = []

    def prepare(self, text: str) -> str:
        """Return ``text`` with notes as numbered references, and pasted bullets, Obsidian's and TeX's signs as ours."""
        text = with_dashes(text)
        numbers: dict[str, int] = {}
        for match in _NOTE_MARK.finditer(text):
            numbers.setdefault(match[1], len(numbers) + 1)
        entries: dict[int, ArticleBlock] = {}
        for match in _NOTE.finditer(text):
            number, place = numbers[match[1]], text.count("\n", 0, match.start()) + 1
            entries[number] = ArticleBlock("bullet", f"{number}. {tidy(match[2])}", place)
        if _REFERENCES.search(text) or _MARKER.search(text):
            # The numbers of notes are not those of the references: a note's words stand where its number stood.
            text = self._with_notes_in_place(text)
        else:
            heads = [ArticleBlock("heading", "References", 0)] if entries else []
            self.notes = [*heads, *(entries[number] for number in sorted(entries))]
            text = _NOTE_MARK.sub(lambda match: f"[{numbers[match[1]]}]", _NOTE.sub("", text))
        for match in _LINK_TARGET.finditer(text):
            place = text.count("\n", 0, match.start()) + 1
            self.doubts += left_out(place, "the address of a link", f"{match[1]}: {tidy(match[2])}")
        text = _WIKI_LINK.sub(self._wiki_link, text)
        return _POWER_IN_TEX.sub(lambda match: f"{match[1]}{raised(match[2], '10').text}", text)

    def _with_notes_in_place(self, text: str) -> str:
        notes = {match[1]: tidy(match[2]) for match in _NOTE.finditer(text)}
        text = _NOTE.sub("", text)

        def in_brackets(match: re.Match[str]) -> str:
            words = notes.get(match[1], "").rstrip(".")
            if not words:
                return ""
            place = match.string.count("\n", 0, match.start()) + 1
            self.doubts.append(Doubt(place, f"A note stands in brackets now: {words}"))
            return f" ({words})"

        return _NOTE_MARK.sub(in_brackets, text)

    def _wiki_link(self, match: re.Match[str]) -> str:
        if match[1]:
            self.doubts.append(Doubt(0, f"Left out, as a picture or another page: {match[2]}"))
            return ""
        return match[3] or match[2]

    def blocks(self, tokens: list[Any]) -> list[ArticleBlock]:
        blocks: list[ArticleBlock] = []
        kinds: list[str] = []
        cells: list[str] = []
        place = 0
        for token in tokens:
            kinds = [*kinds, token.type.removesuffix("_open")] if token.nesting == 1 else kinds
            kinds = kinds[:-1] if token.nesting == -1 else kinds
            place = token.map[0] + 1 if token.map else place
            if token.type == "tr_close":
                blocks.append(ArticleBlock("row", row(cells), place))
                cells = []
            elif token.type == "inline" and "tr" in kinds:
                cells.append(self._words(token.children, place))
                self.emphasis += no_emphasis(place, _emphasised(token.children))
            elif token.type == "inline":
                parts = (part for lines in _question_and_answer(token) for part in self._steps_apart(lines))
                blocks += [self._block(part, kinds, place) for part in parts]
            else:
                blocks += self._raw(token, place)
        return blocks

    def _steps_apart(self, children: list[Any]) -> Iterator[list[Any]]:
        """Yield the children of a paragraph, each line apart that sends to a step of help."""
        begin, before = 0, ""
        for number, child in enumerate(children):
            if child.type in ("softbreak", "hardbreak"):
                below = "".join(other.content for other in _line(children[number + 1 :]))
                if begins_with_step(before, below, self._help_words):
                    yield children[begin:number]
                    begin = number + 1
                before = ""
            else:
                before += child.content
        yield children[begin:]

    def _raw(self, token: Any, place: int) -> tuple[ArticleBlock, ...]:
        """Return the blocks of code or of HTML."""
        if token.type in ("fence", "code_block"):
            return (ArticleBlock("paragraph", tidy(token.content), place),)
        if token.type != "html_block":
            return ()
        reading = read_fragment(token.content, self._path, place)
        self.doubts += reading.doubts
        self.emphasis += reading.emphasis
        return reading.blocks

    def _block(self, children: list[Any], kinds: list[str], place: int) -> ArticleBlock:
        words = tidy(self._words(children, place))
        kind: BlockKind = "heading" if "heading" in kinds else "bullet" if "list_item" in kinds else "paragraph"
        if kind == "paragraph" and len(words) <= 120 and not words.endswith(".") and _is_all_strong(children):
            kind = "heading"
        if kind != "heading":
            self.emphasis += no_emphasis(place, _emphasised(children))
        return ArticleBlock(kind, words, place)

    def _words(self, children: list[Any], place: int) -> str:
        parts: list[str] = []
        height = ""
        addresses: list[str] = []
        for child in children:
            before = "".join(parts[-3:])[-40:]
            if child.type == "html_inline":
                tag = re.match(r"<(/?)(sup|sub)\b", child.content, re.IGNORECASE)
                height = (tag[2].lower() if not tag[1] else "") if tag else height
                parts.append(" " if re.match(r"<br\b", child.content, re.IGNORECASE) else "")
            elif child.type == "image":
                self.doubts.append(
                    Doubt(place, f"Left out, as a picture: {tidy(child.content) or child.attrGet('src')}")
                )
            elif child.type in ("softbreak", "hardbreak"):
                parts.append(" ")
            elif child.type == "link_open":
                addresses.append(str(child.attrGet("href") or ""))
            elif child.content:
                parts.append(self._text(child.content, before, height, place))
        if kept := [address for address in addresses if address.startswith(("http", "tel:", "mailto:"))]:
            self.doubts += left_out(place, "the addresses of links", " ".join(kept))
        return "".join(parts)

    def _text(self, text: str, before: str, height: str, place: int) -> str:
        if height:
            read = raised(text, before) if height == "sup" else lowered(text, before)
            if read.doubt:
                self.doubts.append(Doubt(place, read.doubt))
            return read.text
        text = _RAISED.sub(lambda match: raised(match[1], match.string[: match.start()][-40:]).text, text)
        text = _LOWERED.sub(lambda match: lowered(match[1], "").text, text)
        for match in _TEX.finditer(text):
            self.doubts.append(Doubt(place, f"A formula stands in the signs of TeX: {match[0]}"))
        return text


def _question_and_answer(token: Any) -> list[list[Any]]:
    """Return the children of a paragraph, those of its first line apart where that one is all in bold."""
    for number, child in enumerate(token.children):
        if child.type in ("softbreak", "hardbreak"):
            first = token.children[:number]
            return [first, token.children[number + 1 :]] if _is_all_strong(first) else [token.children]
    return [token.children]


def _line(children: list[Any]) -> Iterator[Any]:
    return takewhile(lambda child: child.type not in ("softbreak", "hardbreak"), children)


def _is_all_strong(children: list[Any]) -> bool:
    """Return whether all words of a paragraph stand in bold, as in a heading of those who have no style for one."""
    level, strong = 0, False
    for child in children:
        level += (child.type == "strong_open") - (child.type == "strong_close")
        strong = strong or child.type == "strong_open"
        if child.content.strip() and level == 0:
            return False
    return strong


def _emphasised(children: list[Any]) -> list[str]:
    """Return the words of a paragraph that stand in bold or italics, each stretch for itself."""
    stretches: list[str] = []
    level = 0
    for child in children:
        opens = child.type in ("strong_open", "em_open")
        if opens and level == 0:
            stretches.append("")
        level += opens - (child.type in ("strong_close", "em_close"))
        if level and child.content and child.type != "html_inline":
            stretches[-1] += child.content
    return stretches
