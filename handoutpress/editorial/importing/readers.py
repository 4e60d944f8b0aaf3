"""The readers of articles: plain text, Markdown, HTML or DOCX, from a file and never from the network."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import tinyhtml5
from markdown_it import MarkdownIt

from handoutpress.editorial.importing.blocks import ArticleBlock, ArticleReading, BlockKind, Doubt, left_out, row, tidy
from handoutpress.editorial.importing.docx_reader import read_docx
from handoutpress.yamlfile.problems import ContentError, HandoutError, Problem
from handoutpress.yamlfile.textfile import read_text

MAX_NESTED = 150
"""Elements of a page inside one another; real pages stay under 40."""

_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_BULLET = re.compile(r"^\s*[•·◦*–-]\s+(?=\S)")
_HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCK_TAGS = frozenset({"p", "li", "tr", "blockquote", "figcaption", "dt", "dd", "pre", *_HEADING_TAGS})
_UNSEEN_TAGS = frozenset({"script", "style", "template", "head", "svg"})
_FRAME_TAGS = frozenset({"nav", "footer", "form", "button", "noscript"})


def read_article(path: Path) -> ArticleReading:
    """Read the article at ``path`` by its suffix. Raises ``ContentError`` or ``HandoutError``."""
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        suffixes = ", ".join(sorted(_READERS))
        raise HandoutError(f'"{path.name}" is of a kind that cannot be read. Hint: save it as one of {suffixes}.')
    reading = reader(path)
    blocks = tuple(block for block in reading.blocks if block.text.strip())
    if not blocks:
        raise ContentError([Problem(path, 0, 0, "There is no text in this file.", "see whether it is the right one.")])
    return replace(reading, blocks=blocks)


def _read_plain_text(path: Path) -> ArticleReading:
    """Read one block a line; which numbered lines are headings is decided when they are sorted."""
    lines = read_text(path, path).text.splitlines()
    return ArticleReading(tuple(_plain_block(line, number) for number, line in enumerate(lines, 1) if line.strip()))


def _plain_block(line: str, number: int) -> ArticleBlock:
    if match := _BULLET.match(line):
        return ArticleBlock("bullet", tidy(line[match.end() :]), number)
    return ArticleBlock("heading" if _looks_like_heading(line.strip()) else "paragraph", tidy(line), number)


def _looks_like_heading(line: str) -> bool:
    """Return whether a line of plain text is short and has no full stop, as headings have none."""
    text = re.sub(r"\s*\[[\d,\s–-]+\]\s*$", "", line)
    return len(text) <= 90 and not re.search(r"[.!,;:…]$", text) and len(text.split()) <= 14 and text[:1].isalnum()


def _read_markdown(path: Path) -> ArticleReading:
    text = read_text(path, path).text
    front = _FRONT_MATTER.match(text)
    if front:
        # Empty lines in its place: the doubts count the lines of the file.
        text = "\n" * front.group().count("\n") + text[front.end() :]
    blocks = tuple(_markdown_blocks(MarkdownIt("commonmark").enable("table").parse(text)))
    return ArticleReading(blocks, left_out(1, "front matter", tidy(front[1])) if front else ())


def _markdown_blocks(tokens: list[Any]) -> Iterator[ArticleBlock]:
    kinds: list[str] = []
    cells: list[str] = []
    for token in tokens:
        if token.nesting == 1:
            kinds.append(token.type.removesuffix("_open"))
        elif token.nesting == -1:
            kinds.pop()
            if token.type == "tr_close":
                yield ArticleBlock("row", row(cells), 0)
                cells = []
        place = token.map[0] + 1 if token.map else 0
        if token.type == "inline" and "tr" in kinds:
            cells.append(_inline_text(token))
        elif token.type == "inline":
            kind: BlockKind = "heading" if "heading" in kinds else "bullet" if "list_item" in kinds else "paragraph"
            yield ArticleBlock(kind, tidy(_inline_text(token)), place)
        elif token.type in ("fence", "code_block", "html_block"):
            yield ArticleBlock("paragraph", tidy(token.content), place)


def _inline_text(token: Any) -> str:
    parts = [
        child.content if child.content else " " if child.type in ("softbreak", "hardbreak") else ""
        for child in token.children
    ]
    return "".join(parts)


def _read_html(path: Path) -> ArticleReading:
    tree = tinyhtml5.parse(read_text(path, path).text, namespace_html_elements=False)
    if _is_deeper(tree, MAX_NESTED):
        hint = "copy its words into a text file, and import that."
        raise ContentError([Problem(path, 0, 0, f"This page is nested over {MAX_NESTED} elements deep.", hint)])
    doubts: list[Doubt] = []
    kinds_and_texts = _html_blocks(tree, doubts)
    blocks = [ArticleBlock(kind, text, number) for number, (kind, text) in enumerate(kinds_and_texts, 1)]
    return ArticleReading(tuple(blocks), tuple(doubts))


def _is_deeper(tree: Element, limit: int) -> bool:
    level = [tree]
    for _ in range(limit):
        level = [child for element in level for child in element]
    return bool(level)


def _html_blocks(element: Element, doubts: list[Doubt]) -> Iterator[tuple[BlockKind, str]]:
    """Yield kind and text of each block; words outside any block become a paragraph."""
    loose_words: list[str] = [element.text or ""]
    for child in element:
        name = child.tag if isinstance(child.tag, str) else ""
        if name in _FRAME_TAGS and _inner(child):
            doubts += left_out(0, f"the page's own frame ({name})", _inner(child))
        elif name in _BLOCK_TAGS or (name and name not in _UNSEEN_TAGS | _FRAME_TAGS and _has_block(child)):
            yield from _paragraph(loose_words)
            loose_words = []
            yield from _html_block(child, name, doubts)
        elif name and name not in _UNSEEN_TAGS | _FRAME_TAGS:
            loose_words.append(_inner(child) + (" " if name in ("br", "div", "td", "th") else ""))
        loose_words.append(child.tail or "")
    yield from _paragraph(loose_words)


def _paragraph(parts: list[str]) -> Iterator[tuple[BlockKind, str]]:
    if words := tidy("".join(parts)):
        yield "paragraph", words


def _html_block(element: Element, name: str, doubts: list[Doubt]) -> Iterator[tuple[BlockKind, str]]:
    if name in _HEADING_TAGS:
        yield "heading", _inner(element)
    elif name == "tr":
        yield "row", row([_inner(cell) for cell in element if cell.tag in ("td", "th")])
    elif _has_block(element):
        yield from _html_blocks(element, doubts)
    else:
        yield "bullet" if name == "li" else "paragraph", _inner(element)


def _has_block(element: Element) -> bool:
    return any(part is not element and part.tag in _BLOCK_TAGS for part in element.iter())


def _inner(element: Element) -> str:
    return tidy("".join(_words(element)))


def _words(element: Element) -> Iterator[str]:
    if element.tag in _UNSEEN_TAGS or not isinstance(element.tag, str):
        return
    yield element.text or ""
    for child in element:
        yield from _words(child)
        yield " " if child.tag == "br" else ""
        yield child.tail or ""


_READERS: dict[str, Callable[[Path], ArticleReading]] = {
    ".txt": _read_plain_text,
    ".text": _read_plain_text,
    ".md": _read_markdown,
    ".markdown": _read_markdown,
    ".html": _read_html,
    ".htm": _read_html,
    ".docx": read_docx,
}
SUFFIXES = tuple(_READERS)
