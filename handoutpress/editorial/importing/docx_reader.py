"""The reader of DOCX files: every text of the file becomes part of a block, or of a doubt."""

from __future__ import annotations

import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

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
from handoutpress.yamlfile.problems import ContentError, Problem

MAX_UNPACKED = 30_000_000
"""Bytes that a DOCX may unpack to."""
MAX_PART = 8_000_000
"""Bytes that one of its texts may unpack to; an article of 10,000 words has about a million."""
MAX_NESTED = 200
"""Elements inside one another."""
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_EDGES = ("header", "footer", "first_page_header", "first_page_footer", "even_page_header", "even_page_footer")
_PICTURES = frozenset({f"{_WORD}drawing", f"{_WORD}pict", f"{_WORD}object"})
_PROPERTIES = frozenset(
    f"{_WORD}{name}" for name in ("pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "instrText")
)
_BREAKS = frozenset({f"{_WORD}br", f"{_WORD}cr"})
_SIGN = re.compile(r"[•●▪◦‣·*–-]\s+(?=\S)")
"""Of an entry that somebody typed."""
_TEXTS = frozenset({f"{_WORD}t", f"{_MATH}t", f"{_WORD}delText"})


def read_docx(path: Path) -> ArticleReading:
    """Read the DOCX at ``path``. Raises ``ContentError`` for a file that is not whole or unpacks to far too much."""
    import docx  # noqa: PLC0415 - slow to load, and only an import of a DOCX needs it

    _refuse_a_bomb(path)
    try:
        document = docx.Document(str(path))
        reader = _DocxReader(document)
        reader.read()
        doubts = (*reader.doubts, *_edges(document), *_notes(document))
        counts = _word_counts(document)
    except ContentError:
        raise
    except Exception as error:  # the reader raises whatever a broken file leads it to
        raise ContentError([_broken(path)]) from error
    return ArticleReading(tuple(reader.blocks), doubts, words=counts, emphasis=tuple(reader.emphasis))


def _is_on(run: Any, name: str) -> bool:
    """Return whether a run's own property ``name``, such as b for bold, is set."""
    found = run.find(f"{_WORD}rPr/{_WORD}{name}")
    return found is not None and found.get(f"{_WORD}val") not in ("0", "false")


def _broken(path: Path) -> Problem:
    return Problem(path, 0, 0, "This is not a whole DOCX file.", "open it in a word processor and save it anew.")


def _refuse_a_bomb(path: Path) -> None:
    """Raise ``ContentError`` for a file that is no ZIP, or that unpacks to far too much."""
    try:
        # By the sizes that its directory tells, before anything is unpacked.
        with zipfile.ZipFile(path) as packed:
            sizes = {entry.filename: entry.file_size for entry in packed.infolist()}
    except Exception as error:  # as in read_docx
        raise ContentError([_broken(path)]) from error
    if sum(sizes.values()) > MAX_UNPACKED:
        raise ContentError([Problem(path, 0, 0, "This DOCX unpacks to far too much.", "take its pictures out.")])
    if any(size > MAX_PART for name, size in sizes.items() if name.lower().endswith((".xml", ".rels"))):
        hint = "import the part that patients need."
        sentence = f"The text of this DOCX unpacks to over {MAX_PART // 1_000_000} MB."
        raise ContentError([Problem(path, 0, 0, sentence, hint)])


class _DocxReader:
    """Walks the body once. ``place`` counts paragraphs and tables from 1."""

    def __init__(self, document: Any) -> None:
        self._body = document.element.body
        self._styles = {
            style.get(f"{_WORD}styleId"): (name.get(f"{_WORD}val") or "").lower()
            for style in document.styles.element.iter(f"{_WORD}style")
            if (name := style.find(f"{_WORD}name")) is not None
        }
        self.blocks: list[ArticleBlock] = []
        self.doubts: list[Doubt] = []
        self.emphasis: list[Doubt] = []
        self._emphasised: list[str] = []
        self._place = 0
        self._words: list[str] = []
        self._before = ""
        self._is_all_bold = True

    def read(self) -> None:
        self._contents(self._body)

    def _contents(self, parent: Any) -> None:
        """Read paragraphs and tables, also those within a control, a change or whatever else holds some."""
        for child in parent:
            if child.tag in _PROPERTIES or not isinstance(child.tag, str):
                continue
            if child.tag == f"{_WORD}p":
                self._place += 1
                self._paragraph(child)
            elif child.tag == f"{_WORD}tbl":
                self._place += 1
                self._table(child)
            elif child.tag in _INLINE or child.tag in _TEXTS:
                self._inline(child)
            else:
                self._contents(child)

    def _paragraph(self, paragraph: Any) -> None:
        words = self._line(paragraph)
        if words:
            kind = self._kind(paragraph, words)
            if kind != "heading":
                self.emphasis += no_emphasis(self._place, self._emphasised)
            lines = [words] if kind == "heading" else _own_lines("".join(self._words))
            self.blocks += (_as_block(kind, line, self._place) for line in lines)

    def _line(self, paragraph: Any) -> str:
        self._words, self._before, self._is_all_bold, self._emphasised = [], "", True, []
        for child in paragraph:
            self._inline(child)
        return tidy("".join(self._words))

    def _kind(self, paragraph: Any, words: str) -> BlockKind:
        style = paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")
        name = self._styles.get(style.get(f"{_WORD}val"), "") if style is not None else ""
        if name.startswith(("heading", "title")):
            return "heading"
        if name.startswith("list") or paragraph.find(f"{_WORD}pPr/{_WORD}numPr") is not None:
            return "bullet"
        return "heading" if self._is_all_bold and len(words) <= 120 and not words.endswith(".") else "paragraph"

    def _table(self, table: Any) -> None:
        for line in table.iter(f"{_WORD}tr"):
            # A table in a table is read with the cell that it stands in.
            if next(line.iterancestors(f"{_WORD}tbl")) is table:
                cells = [self._cell(cell) for cell in line if cell.tag == f"{_WORD}tc"]
                if len(cells) == 1:
                    self.blocks.append(ArticleBlock("paragraph", cells[0], self._place))
                else:
                    self.blocks.append(ArticleBlock("row", row(cells), self._place))

    def _cell(self, cell: Any) -> str:
        lines = []
        for paragraph in cell.iter(f"{_WORD}p"):
            lines.append(self._line(paragraph))
            self.emphasis += no_emphasis(self._place, self._emphasised)
        return " ".join(lines).strip()

    def _inline(self, element: Any) -> None:
        if not isinstance(element.tag, str) or element.tag in _PROPERTIES or element.tag == _FALLBACK:
            return
        if element.tag in _PICTURES:
            self._picture(element)
        elif read := _INLINE.get(element.tag):
            read(self, element)
        else:
            for child in element:
                self._inline(child)

    def _run(self, run: Any) -> None:
        height = run.find(f"{_WORD}rPr/{_WORD}vertAlign")
        level = height.get(f"{_WORD}val") if height is not None else ""
        if level not in ("superscript", "subscript"):
            is_bold = _is_on(run, "b")
            before = len(self._words)
            for child in run:
                self._inline(child)
            if is_bold or _is_on(run, "i"):
                self._emphasised.append("".join(self._words[before:]))
            if not is_bold and "".join(self._words[before:]).strip():
                self._is_all_bold = False
            return
        words = "".join(part.text or "" for part in run.iter(f"{_WORD}t"))
        read = raised(words, self._before) if level == "superscript" else lowered(words, self._before)
        self._add(read.text)
        self._doubt(read.doubt)
        for child in run:
            if child.tag != f"{_WORD}t":
                self._inline(child)

    def _add(self, words: str) -> None:
        self._words.append(words)
        self._before = (self._before + words)[-40:]

    def _doubt(self, sentence: str) -> None:
        if sentence:
            self.doubts.append(Doubt(self._place, sentence))

    def _text(self, element: Any) -> None:
        self._add(element.text or "")

    def _gap(self, _: Any) -> None:
        self._add(" ")

    def _line_break(self, _: Any) -> None:
        self._add("\n")

    def _hyphen(self, _: Any) -> None:
        self._add("-")

    def _inserted(self, element: Any) -> None:
        before = len(self._words)
        for child in element:
            self._inline(child)
        words = tidy("".join(self._words))
        if tidy("".join(self._words[before:])):
            self._doubt(f"A tracked change stands as if it were accepted: {words}")

    def _deleted(self, element: Any) -> None:
        self.doubts += left_out(self._place, "words that a tracked change deletes", _all_words(element))

    def _formula(self, element: Any) -> None:
        words = tidy(" ".join(part.text or "" for part in element.iter(f"{_MATH}t")))
        self._add(f" {words} ")
        self._doubt(f"A formula stands as plain words: {words}")

    def _symbol(self, element: Any) -> None:
        font, code = element.get(f"{_WORD}font"), element.get(f"{_WORD}char")
        self._doubt(f"Left out, as a sign of the font {font}: {code}")

    def _note_mark(self, element: Any) -> None:
        self._doubt(f"Left out, as the mark of a note: {element.get(f'{_WORD}id')}")

    def _picture(self, element: Any) -> None:
        boxes = [box for box in element.iter(f"{_WORD}txbxContent") if not _is_fallback(box)]
        for box in boxes:
            self.doubts += left_out(self._place, "a text box", _all_words(box))
        if boxes:
            return
        named = (
            part.get("descr") or part.get("title") or part.get("name") for part in element.iter() if _is_named(part)
        )
        words = tidy(next((name for name in named if name), ""))
        self._doubt(f"Left out, as a picture{f': {words}' if words else '.'}")


_INLINE: dict[str, Callable[[_DocxReader, Any], None]] = {
    f"{_WORD}r": _DocxReader._run,
    f"{_WORD}t": _DocxReader._text,
    f"{_WORD}tab": _DocxReader._gap,
    f"{_WORD}br": _DocxReader._line_break,
    f"{_WORD}cr": _DocxReader._line_break,
    f"{_WORD}noBreakHyphen": _DocxReader._hyphen,
    f"{_WORD}ins": _DocxReader._inserted,
    f"{_WORD}moveTo": _DocxReader._inserted,
    f"{_WORD}del": _DocxReader._deleted,
    f"{_WORD}moveFrom": _DocxReader._deleted,
    f"{_WORD}sym": _DocxReader._symbol,
    f"{_WORD}footnoteReference": _DocxReader._note_mark,
    f"{_WORD}endnoteReference": _DocxReader._note_mark,
    f"{_MATH}oMath": _DocxReader._formula,
}


def _own_lines(words: str) -> list[str]:
    """Return the lines of a paragraph that stand for themselves; one that only goes on is one with the line before."""
    lines: list[str] = []
    for line in filter(None, map(tidy, words.split("\n"))):
        begins = not lines or _SIGN.match(line) or not line[0].islower()
        lines[len(lines) if begins else -1 :] = [line if begins else f"{lines[-1]} {line}"]
    return lines


def _as_block(kind: BlockKind, line: str, place: int) -> ArticleBlock:
    sign = _SIGN.match(line) if kind == "paragraph" else None
    return ArticleBlock("bullet", line[sign.end() :], place) if sign else ArticleBlock(kind, line, place)


def _word_counts(document: Any) -> Counter[str]:
    """Return the words of the body, those of a fallback for older programs once."""
    texts = (part for part in document.element.body.iter(*_TEXTS, *_BREAKS) if not _is_fallback(part))
    # A paragraph's runs may part a word.
    paragraphs: dict[Any, list[str]] = defaultdict(list)
    for part in texts:
        paragraphs[next(part.iterancestors(f"{_WORD}p"), None)].append("\n" if part.tag in _BREAKS else part.text or "")
    return word_counts(*("".join(parts) for parts in paragraphs.values()))


def _is_named(part: Any) -> bool:
    return isinstance(part.tag, str) and part.tag.endswith(("}docPr", "}imagedata", "}shape"))


def _is_fallback(element: Any) -> bool:
    return next(element.iterancestors(_FALLBACK), None) is not None


def _all_words(element: Any) -> str:
    paragraphs = list(element.iter(f"{_WORD}p")) or [element]
    return tidy(" ".join("".join(part.text or "" for part in line.iter(*_TEXTS)) for line in paragraphs))


def _edges(document: Any) -> Iterator[Doubt]:
    """Yield a doubt for each text at the head and foot of the pages."""
    doubted = set()
    for section in document.sections:
        for edge in _EDGES:
            words = tidy(" ".join(paragraph.text for paragraph in getattr(section, edge).paragraphs))
            if words not in doubted:
                doubted.add(words)
                yield from left_out(0, f"the {edge.replace('_', ' ')} of the pages", words)


def _notes(document: Any) -> Iterator[Doubt]:
    """Yield a doubt for each footnote, endnote and comment, with its words."""
    from docx.oxml import parse_xml  # noqa: PLC0415 - as in read_docx

    for part in document.part.package.iter_parts():
        match = re.fullmatch(r"/word/(footnote|endnote|comment)s\.xml", str(part.partname))
        if match is None:
            continue
        for note in parse_xml(part.blob):
            number = note.get(f"{_WORD}id") if isinstance(note.tag, str) else None
            yield from left_out(0, f"{match[1]} {number}", _all_words(note))
