"""Reading an article from a file: plain text, Markdown, HTML or DOCX. Never from the network."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import tinyhtml5
from markdown_it import MarkdownIt

from handoutpress.editorial.importing.blocks import ArticleBlock, ArticleReading, Doubt, left_out, row, tidy
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
        known = ", ".join(sorted(_READERS))
        raise HandoutError(f'"{path.name}" is of a kind that cannot be read. Hint: save it as one of {known}.')
    blocks, doubts = reader(path)
    blocks = tuple(block for block in blocks if block.text.strip())
    if not blocks:
        raise ContentError([Problem(path, 0, 0, "There is no text in this file.", "see whether it is the right one.")])
    return blocks, doubts


def _plain(path: Path) -> ArticleReading:
    """One block a line; the sorting decides which lines are headings."""
    lines = read_text(path, path).text.splitlines()
    return tuple(_plain_block(line, number) for number, line in enumerate(lines, 1) if line.strip()), ()


def _plain_block(line: str, number: int) -> ArticleBlock:
    if mark := _BULLET.match(line):
        return ArticleBlock("bullet", tidy(line[mark.end() :]), number)
    return ArticleBlock("heading" if looks_like_heading(line.strip()) else "paragraph", tidy(line), number)


def looks_like_heading(line: str) -> bool:
    """Whether a line of plain text is short and has no full stop, as headings have none."""
    bare = re.sub(r"\s*\[[\d,\s–-]+\]\s*$", "", line)
    return len(bare) <= 90 and not re.search(r"[.!,;:…]$", bare) and len(bare.split()) <= 14 and bare[:1].isalnum()


def _markdown(path: Path) -> ArticleReading:
    text = read_text(path, path).text
    front = _FRONT_MATTER.match(text)
    if front:
        text = "\n" * front.group().count("\n") + text[front.end() :]
    blocks = tuple(_markdown_blocks(MarkdownIt("commonmark").enable("table").parse(text)))
    return blocks, left_out(1, "front matter", tidy(front[1])) if front else ()


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
            kind = "heading" if "heading" in kinds else "bullet" if "list_item" in kinds else "paragraph"
            yield ArticleBlock(kind, tidy(_inline_text(token)), place)  # type: ignore[arg-type]
        elif token.type in ("fence", "code_block", "html_block"):
            yield ArticleBlock("paragraph", tidy(token.content), place)


def _inline_text(token: Any) -> str:
    parts = [
        child.content if child.content else " " if child.type in ("softbreak", "hardbreak") else ""
        for child in token.children
    ]
    return "".join(parts)


def _html(path: Path) -> ArticleReading:
    tree = tinyhtml5.parse(read_text(path, path).text, namespace_html_elements=False)
    if _is_deeper(tree, MAX_NESTED):
        hint = "copy its words into a text file, and import that."
        raise ContentError([Problem(path, 0, 0, f"This page is nested over {MAX_NESTED} elements deep.", hint)])
    doubts: list[Doubt] = []
    blocks = [ArticleBlock(kind, text, number) for number, (kind, text) in enumerate(_html_blocks(tree, doubts), 1)]  # type: ignore[arg-type]
    return tuple(blocks), tuple(doubts)


def _is_deeper(tree: Element, limit: int) -> bool:
    level = [tree]
    for _ in range(limit):
        level = [child for element in level for child in element]
    return bool(level)


def _html_blocks(element: Element, doubts: list[Doubt]) -> Iterator[tuple[str, str]]:
    """Yield kind and text of each block; words outside any block become a paragraph."""
    loose: list[str] = [element.text or ""]
    for child in element:
        name = child.tag if isinstance(child.tag, str) else ""
        if name in _FRAME_TAGS and _inner(child):
            doubts += left_out(0, f"the page's own frame ({name})", _inner(child))
        elif name in _BLOCK_TAGS or (name and name not in _UNSEEN_TAGS | _FRAME_TAGS and _has_block(child)):
            yield from _loose(loose)
            loose = []
            yield from _html_block(child, name, doubts)
        elif name and name not in _UNSEEN_TAGS | _FRAME_TAGS:
            loose.append(_inner(child) + (" " if name in ("br", "div", "td", "th") else ""))
        loose.append(child.tail or "")
    yield from _loose(loose)


def _loose(parts: list[str]) -> Iterator[tuple[str, str]]:
    if words := tidy("".join(parts)):
        yield "paragraph", words


def _html_block(element: Element, name: str, doubts: list[Doubt]) -> Iterator[tuple[str, str]]:
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
    ".txt": _plain,
    ".text": _plain,
    ".md": _markdown,
    ".markdown": _markdown,
    ".html": _html,
    ".htm": _html,
    ".docx": read_docx,
}
SUFFIXES = tuple(_READERS)
