"""The reader of saved web pages: every word becomes part of a block, or of a doubt."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

import tinyhtml5

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
from handoutpress.editorial.importing.heights import lowered, raised
from handoutpress.editorial.importing.page_facts import PageShape, page_facts
from handoutpress.yamlfile.problems import ContentError, Problem

MAX_NESTED = 150
"""Elements of a page inside one another; real pages stay under 40."""
MAX_ATTRIBUTES = 200
"""Attributes of one element."""
MAX_TAGS = 50_000
"""Tags and entities of a page; one of a megabyte has 20,000."""
MAX_TAG = 100_000
"""Characters of one tag; a picture may stand in it as data."""
_INSTEAD = "copy its words into a text file, and import that."

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)>?")
_EMPHASIS = frozenset({"b", "strong", "em", "i", "u", "mark"})
_HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = """
address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer header
hgroup hr li main ol p pre section summary table tbody tfoot thead ul
"""
_BLOCK_TAGS = frozenset(_BLOCKS.split())
_PARTING_TAGS = _BLOCK_TAGS | _HEADING_TAGS | {"td", "th", "tr", "br", "option"}
_UNSEEN_TAGS = frozenset({"script", "style", "template", "head", "title", "meta", "link"})
_PICTURE_TAGS = frozenset({"img", "svg", "video", "audio", "iframe", "object", "embed", "canvas", "map"})
_OPEN_ENDED = _BLOCK_TAGS & {"p", "li", "dt", "dd", "body", "tbody", "thead", "tfoot"} | {
    "tr",
    "td",
    "th",
    "html",
    "head",
}
"""Their end tags may be left out."""
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)


def declared_encoding(raw: bytes) -> str:
    """Return the encoding that a page names in its first bytes, or ""."""
    match = _DECLARED.search(raw[:4096])
    return match[1].decode("ascii", "ignore") if match else ""


def read_page(text: str, path: Path) -> ArticleReading:
    """Read the HTML ``text`` of the page at ``path``. Raises ``ContentError`` for one that is nested without end."""
    text = _without_comments(text)
    _refuse_endless_nesting(text, path)
    tree = tinyhtml5.parse(text, namespace_html_elements=False)
    if _is_deeper(tree, MAX_NESTED):
        raise ContentError([_nested(path)])
    reader = _PageReader(PageShape(tree))
    reader.read(tree)
    facts = page_facts(tree)
    facts = replace(facts, title=reader.title(facts.title) or facts.title)
    return ArticleReading(
        tuple(reader.blocks), tuple(reader.doubts), facts, word_counts(_visible(tree)), tuple(reader.emphasis)
    )


def read_fragment(text: str, path: Path, place: int) -> ArticleReading:
    """Read HTML that stands within another file, at ``place``. Raises ``ContentError`` as ``read_page`` does."""
    reading = read_page(text, path)
    blocks = tuple(ArticleBlock(block.kind, block.text, place) for block in reading.blocks)
    doubts, emphasis = (
        tuple(Doubt(place, doubt.sentence) for doubt in told) for told in (reading.doubts, reading.emphasis)
    )
    return ArticleReading(blocks, doubts, emphasis=emphasis)


def _without_comments(text: str) -> str:
    """Return ``text`` without its comments, which a parser reads sign by sign."""
    kept: list[str] = []
    start = 0
    while (begin := text.find("<!--", start)) >= 0:
        kept.append(text[start:begin])
        end = text.find("-->", begin)
        start = end + 3 if end >= 0 else len(text)
    return "".join([*kept, text[start:]])


def _nested(path: Path) -> Problem:
    return Problem(path, 0, 0, f"This page is nested over {MAX_NESTED} elements deep.", _INSTEAD)


def _refuse_endless_nesting(text: str, path: Path) -> None:
    """Refuse by its tags alone what the parser would need minutes for."""
    if text.count("<") + text.count("&") > MAX_TAGS:
        raise ContentError([Problem(path, 0, 0, f"This page has over {MAX_TAGS} tags.", _INSTEAD)])
    open_tags = 0
    for match in _TAG.finditer(text):
        if match[3].count("=") > MAX_ATTRIBUTES or len(match[3]) > MAX_TAG:
            line = text.count("\n", 0, match.start()) + 1
            sentence = f"An element of this page has over {MAX_ATTRIBUTES} attributes, or one without end."
            raise ContentError([Problem(path, line, 0, sentence, _INSTEAD)])
        name = match[2].lower()
        if name in _VOID or name in _OPEN_ENDED:
            continue
        open_tags = max(open_tags - 1, 0) if match[1] else open_tags + (not match[3].endswith("/"))
        if open_tags > 10 * MAX_NESTED:
            raise ContentError([_nested(path)])


def _is_deeper(tree: Element, limit: int) -> bool:
    level = [tree]
    for _ in range(limit):
        level = [child for element in level for child in element]
    return bool(level)


def _visible(tree: Element) -> str:
    return "".join(_texts(next(tree.iter("body"), tree)))


def _texts(element: Element) -> Iterator[str]:
    if element.tag in _UNSEEN_TAGS or not isinstance(element.tag, str):
        return
    parts_words = element.tag in _PARTING_TAGS
    yield " " * parts_words + (element.text or "")
    for child in element:
        yield from _texts(child)
        yield child.tail or ""
    yield " " * parts_words


class _PageReader:
    """Walks a page once; what it gathers becomes a block where one ends."""

    def __init__(self, shape: PageShape) -> None:
        self.blocks: list[ArticleBlock] = []
        self.doubts: list[Doubt] = []
        self.emphasis: list[Doubt] = []
        self._emphasised: list[str] = []
        self._shape = shape
        self._words: list[str] = []
        self._before = ""
        self._bold = 0
        self._is_all_bold = True
        self._cells = 0
        self._is_inside = False
        self._first_order: list[str] = []

    def read(self, tree: Element) -> None:
        body = next(tree.iter("body"), tree)
        self._is_inside = body is self._shape.article
        self._walk(body, "paragraph")
        self._end("paragraph")

    def title(self, said: str) -> str:
        """Return the heading of the first order that the page's head tells, else the first one, else ""."""
        told = (heading for heading in self._first_order if said.casefold().startswith(heading.casefold()))
        return next(told, self._first_order[0] if self._first_order else "")

    def _walk(self, element: Element, kind: BlockKind) -> None:
        self._add(element.text or "")
        for child in element:
            if isinstance(child.tag, str):
                self._child(child, kind)
            self._add(child.tail or "")

    def _child(self, child: Element, kind: BlockKind) -> None:
        # Formulas and drawings have a namespace of their own.
        name = str(child.tag).rpartition("}")[2]
        if name in _UNSEEN_TAGS:
            return
        if child is self._shape.article:
            self._end(kind)
            self._is_inside = True
            self._walk(child, kind)
            self._end(kind)
            self._is_inside = False
        elif role := self._shape.frame_role(child):
            self._leave_out(child, role)
        elif read := _READ_AS.get(name):
            read(self, child, kind)
        elif name in _BLOCK_TAGS:
            self._block(child, kind)
        else:
            self._inline(child, kind)

    def _line_end(self, _element: Element, kind: BlockKind) -> None:
        # A first line in bold heads what follows.
        if kind == "paragraph" and self._is_all_bold and self._is_heading(tidy("".join(self._words))):
            self._end(kind)
        self._add(" ")

    def _is_heading(self, words: str) -> bool:
        return self._is_all_bold and bool(words) and len(words) <= 120 and not words.endswith((".", ","))

    def _heading(self, element: Element, _kind: BlockKind) -> None:
        known = len(self.blocks)
        self._block(element, "heading")
        if element.tag == "h1":
            self._first_order += [block.text for block in self.blocks[known:] if block.kind == "heading"][:1]

    def _bullet(self, element: Element, _kind: BlockKind) -> None:
        self._block(element, "bullet")

    def _block(self, element: Element, kind: BlockKind) -> None:
        self._end("paragraph")
        self._walk(element, kind)
        self._end(kind)

    def _inline(self, element: Element, kind: BlockKind) -> None:
        is_bold = element.tag in ("b", "strong")
        if element.tag in _EMPHASIS:
            self._emphasised.append("".join(_texts(element)))
        if (address := element.get("href") or "").startswith(("tel:", "mailto:")) and self._is_inside:
            self._doubt(left_out(self._place, "the address of a link", address))
        self._bold += is_bold
        self._walk(element, kind)
        self._bold -= is_bold

    def _add(self, text: str) -> None:
        if not text:
            return
        self._words.append(text)
        self._before = (self._before + text)[-40:]
        if text.strip() and not self._bold:
            self._is_all_bold = False

    def _end(self, kind: BlockKind) -> None:
        """Make a block of the words gathered, unless they belong to a cell."""
        if self._cells:
            self._words.append(" ")
            return
        words = tidy("".join(self._words))
        is_heading = kind == "paragraph" and self._is_heading(words)
        emphasised = [] if is_heading or kind == "heading" else self._emphasised
        self._words, self._before, self._is_all_bold, self._emphasised = [], "", True, []
        if not words:
            return
        if self._is_inside:
            self.emphasis += no_emphasis(self._place, emphasised)
            self.blocks.append(ArticleBlock("heading" if is_heading else kind, words, len(self.blocks) + 1))
        else:
            self._doubt(left_out(0, "words outside the article", words))

    def _row(self, line: Element, kind: BlockKind) -> None:
        cells = [cell for cell in line if cell.tag in ("td", "th")]
        if len(cells) < 2 or self._cells:
            self._block(line, kind)
            return
        self._end("paragraph")
        texts = []
        for cell in cells:
            self._cells += 1
            self._walk(cell, "paragraph")
            self._cells -= 1
            texts.append(tidy("".join(self._words)))
            self._words, self._before = [], ""
        emphasised, self._emphasised = self._emphasised, []
        self._is_all_bold = True
        if self._is_inside:
            self.emphasis += no_emphasis(self._place, emphasised)
            self.blocks.append(ArticleBlock("row", row(texts), len(self.blocks) + 1))
        else:
            self._doubt(left_out(0, "words outside the article", " ".join(texts)))

    def _height(self, element: Element, _kind: BlockKind) -> None:
        words = tidy("".join(_texts(element)))
        if "citation needed" in words.lower():
            self._doubt(left_out(self._place, "a note of the page", words))
            return
        cites = element.find(".//a") is not None or "ref" in (element.get("class") or "")
        read = raised(words, self._before, cites=cites) if element.tag == "sup" else lowered(words, self._before)
        self._add(read.text)
        if read.doubt:
            self._doubt((Doubt(self._place, read.doubt),))

    def _picture(self, element: Element, _kind: BlockKind) -> None:
        words = tidy(element.get("alt") or element.get("title") or "".join(_texts(element)))
        source = (element.get("src") or "").rpartition("/")[2][:80]
        name = f": {words}" if words else f" ({source})" if source and not source.startswith("data:") else ""
        # A picture without words or a name, or one that only counts visits, decorates.
        if self._is_inside and (name or element.tag != "img"):
            self._doubt((Doubt(self._place, f"Left out, as a picture or a film{name}"),))

    def _formula(self, element: Element, _kind: BlockKind) -> None:
        words = tidy(" ".join(_texts(element)))
        self._add(f" {words} ")
        self._doubt((Doubt(self._place, f"A formula stands as plain words: {words}"),))

    def _leave_out(self, element: Element, role: str) -> None:
        words = tidy("".join(_texts(element)))
        self._doubt(left_out(self._place, role, words))

    @property
    def _place(self) -> int:
        return len(self.blocks) + 1

    def _doubt(self, doubts: tuple[Doubt, ...]) -> None:
        self.doubts += doubts


_READ_AS: dict[str, Callable[[_PageReader, Element, BlockKind], None]] = {
    **dict.fromkeys(_HEADING_TAGS, _PageReader._heading),
    **dict.fromkeys(_PICTURE_TAGS, _PageReader._picture),
    "br": _PageReader._line_end,
    "li": _PageReader._bullet,
    "math": _PageReader._formula,
    "sub": _PageReader._height,
    "sup": _PageReader._height,
    "tr": _PageReader._row,
}
