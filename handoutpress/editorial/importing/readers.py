"""The readers of articles: plain text, Markdown, HTML or DOCX, from a file and never from the network."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from handoutpress.content.models.languages import HelpWords
from handoutpress.content.text.help_steps import begins_with_step
from handoutpress.editorial.importing.blocks import ArticleBlock, ArticleReading, Doubt, tidy, word_counts
from handoutpress.editorial.importing.docx_reader import read_docx
from handoutpress.editorial.importing.front_matter import split_front_matter
from handoutpress.editorial.importing.html_reader import declared_encoding, read_page
from handoutpress.editorial.importing.markdown_reader import read_markdown
from handoutpress.editorial.importing.plain_lines import unwrapped, without_capitals, without_signs
from handoutpress.yamlfile.decoding import decode_foreign
from handoutpress.yamlfile.problems import ContentError, HandoutError, Problem
from handoutpress.yamlfile.textfile import read_bytes

MAX_BLOCKS = 5_000
"""Paragraphs, headings, bullets and rows; a long article has 500."""
MAX_BLOCK = 50_000
"""Characters of one of them."""
MAX_PLAIN = 300_000
"""Characters of a text or Markdown file; 10,000 words have 70,000."""
MAX_LINES = 10_000

_HINT = "import the part that patients need."
_BULLET = re.compile(r"^\s*(?:--|[•·◦▪●‣*–—-]|o(?=\s+[A-Z])|\[[ xX]?\])\s+(?=\S)")
_BOX = re.compile(r"^\[[ xX]?\]\s+(?=\S)")
_NUMBER = re.compile(r"^\s*\(?\d{1,3}[.)]\s+(?=\S)")
_MARKED = re.compile(r"\s*\[[\d,\s–-]{1,40}\]\s*$")


def read_article(path: Path, encoding: str = "", words: HelpWords | None = None) -> ArticleReading:
    """Read the article at ``path`` by its suffix; a text that is not UTF-8 needs the ``encoding`` that it has.

    A line that sends to help, by the ``words`` of its language, is never joined to the one above.
    Raises ``ContentError`` or ``HandoutError``, among others for an article that is longer than any article.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        suffixes = ", ".join(sorted(SUFFIXES))
        raise HandoutError(f'"{path.name}" is of a kind that cannot be read. Hint: save it as one of {suffixes}.')
    reading = (
        read_docx(path) if suffix == ".docx" else _TEXT_READERS[suffix](_text(path, suffix, encoding), path, words)
    )
    blocks = tuple(_bullet(block) for block in reading.blocks if block.text.strip())
    if not blocks:
        raise ContentError([Problem(path, 0, 0, "There is no text in this file.", "see whether it is the right one.")])
    _refuse_endless(path, blocks)
    return _each_doubt_once(replace(reading, blocks=blocks))


def _each_doubt_once(reading: ArticleReading) -> ArticleReading:
    """Return ``reading`` with what was left out several times ("[edit]" at each heading) told once."""
    sentences: dict[str, list[Doubt]] = {}
    for doubt in reading.doubts:
        sentences.setdefault(doubt.sentence, []).append(doubt)
    repeated = word_counts(*(sentence for sentence, doubts in sentences.items() for _ in doubts[1:]))
    doubts = [
        doubts[0] if len(doubts) == 1 else replace(doubts[0], sentence=f"{sentence} ({len(doubts)} times)")
        for sentence, doubts in sentences.items()
    ]
    return replace(reading, doubts=tuple(doubts), words=reading.words - repeated)


def _text(path: Path, suffix: str, encoding: str) -> str:
    raw = read_bytes(path, path)
    declared = declared_encoding(raw) if suffix in (".html", ".htm") else ""
    text = decode_foreign(raw, path, encoding=encoding, declared=declared)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if suffix not in (".html", ".htm") and (len(text) > MAX_PLAIN or text.count("\n") > MAX_LINES):
        sentence = f"The article has over {MAX_PLAIN} characters or {MAX_LINES} lines."
        raise ContentError([Problem(path, 0, 0, sentence, _HINT)])
    return text


def _refuse_endless(path: Path, blocks: tuple[ArticleBlock, ...]) -> None:
    if len(blocks) > MAX_BLOCKS:
        sentence = f"The article has {len(blocks)} paragraphs, bullets and rows; at most {MAX_BLOCKS} can be imported."
        raise ContentError([Problem(path, 0, 0, sentence, _HINT)])
    longest = max(blocks, key=lambda block: len(block.text))
    if len(longest.text) > MAX_BLOCK:
        sentence = f"A paragraph has {len(longest.text)} characters; at most {MAX_BLOCK} can be imported."
        line = longest.place if path.suffix.lower() not in (".html", ".htm", ".docx") else 0
        raise ContentError([Problem(path, line, 0, sentence, _HINT)])


def _bullet(block: ArticleBlock) -> ArticleBlock:
    """Return a paragraph that begins with the sign of a bullet as one, and a bullet without a box to tick."""
    if block.kind == "bullet":
        return replace(block, text=_BOX.sub("", block.text))
    match = _BULLET.match(block.text) if block.kind == "paragraph" else None
    return ArticleBlock("bullet", block.text[match.end() :], block.place) if match else block


def _read_plain_text(text: str, _: Path, words: HelpWords | None) -> ArticleReading:
    """Read one block a line; which numbered lines are headings is decided when they are sorted."""
    facts, doubts, body = split_front_matter(text)
    lines = unwrapped(body.split("\n"), partial(_begins_anew, words))
    blocks = tuple(_plain_block(line.text, line.number) for line in lines if line.text.strip())
    listed, unsigned = without_signs(without_capitals(blocks))
    return ArticleReading(listed, (*doubts, *unsigned), facts, words=word_counts(body))


def _begins_anew(words: HelpWords | None, before: str, line: str) -> bool:
    return bool(_BULLET.match(line) or _NUMBER.match(line)) or begins_with_step(before, line.strip(), words)


def _plain_block(line: str, number: int) -> ArticleBlock:
    if match := _BULLET.match(line):
        return ArticleBlock("bullet", tidy(line[match.end() :]), number)
    return ArticleBlock("heading" if _looks_like_heading(line.strip()) else "paragraph", tidy(line), number)


def _looks_like_heading(line: str) -> bool:
    """Return whether a line of plain text is short and has no full stop, as headings have none."""
    if len(line) > 140:
        return False
    text = _MARKED.sub("", line)
    return len(text) <= 90 and not re.search(r"[.!,;:…]$", text) and len(text.split()) <= 14 and text[:1].isalnum()


def _read_page(text: str, path: Path, _: HelpWords | None) -> ArticleReading:
    return read_page(text, path)


_TEXT_READERS: dict[str, Callable[[str, Path, HelpWords | None], ArticleReading]] = {
    ".txt": _read_plain_text,
    ".text": _read_plain_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": _read_page,
    ".htm": _read_page,
}
SUFFIXES = (*_TEXT_READERS, ".docx")
