"""HTML to words: of its links, of its paragraphs, and of all of it as plain text. The one parser of our own HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html.parser import HTMLParser
from typing import Literal, NamedTuple

from markupsafe import Markup

from handoutpress.content.text.markdown import ESCAPED, LINK_HINT, PHONE_CLASS, may_lead
from handoutpress.yamlfile.problems import HandoutError

_LINE_BREAKING = frozenset({"p", "li", "ul", "ol", "div", "blockquote", "br"})
"""Elements that begin and end a paragraph of their own."""
_BLOCKS = frozenset(
    {"p", "ul", "ol", "li", "div", "section", "h1", "h2", "h3", "h4", "blockquote", "table", "tr", "br"}
)
_SILENT = frozenset({"sup", "style", "script", "svg"})
"""Citations (raised figures) mean nothing without their list; the rest was never text."""

_TO_WRITE = "____"
_FOR_A_PEN = {"rule": f": {_TO_WRITE}____", "tick-box": "[ ] "}
"""How a line to write on and a box to tick read in plain text, by the class of what draws them."""


class HtmlPart(NamedTuple):
    """A part of a page: a tag that opens or closes, by its name, or words."""

    kind: Literal["start", "end", "words"]
    value: str
    attributes: Mapping[str, str | None]


class _PartCollector(HTMLParser):
    """A parser that collects the parts of HTML in their order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[HtmlPart] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append(HtmlPart("start", tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(HtmlPart("end", tag, {}))

    def handle_data(self, data: str) -> None:
        self.parts.append(HtmlPart("words", data, {}))


def html_parts(html: str) -> list[HtmlPart]:
    """Return the tags and words of ``html`` in their order, characters in place of their references."""
    collector = _PartCollector()
    collector.feed(html)
    collector.close()
    return collector.parts


def link_words(html: str) -> dict[str, str]:
    """Return for each address or ``#anchor`` linked to in the finished ``html`` its title or else its text.

    For those who hear it, a bare address is noise (ISO 14289-1, 7.18.5). Raises ``HandoutError`` for a link that may
    not stand in print, whatever template or file it came from.
    """
    words: dict[str, str] = {}
    address, text = "", ""
    for kind, value, attributes in html_parts(html):
        if kind == "start" and value == "a" and (href := attributes.get("href")):
            address, text = href, ""
            if title := attributes.get("title"):
                words.setdefault(address, title)
        elif kind == "words":
            text += value
        elif kind == "end" and value == "a" and address:
            words.setdefault(address, " ".join(text.split()))
            address = ""
    _refuse(words)
    return words


def refuse_links(html: str) -> None:
    """Raise ``HandoutError`` if a link of the finished ``html`` leads to what is no web page, mail or telephone."""
    parts = html_parts(html)
    _refuse(part.attributes.get("href") or "#" for part in parts if part[:2] == ("start", "a"))


def _refuse(addresses: Iterable[str]) -> None:
    for address in addresses:
        if not may_lead(address):
            raise HandoutError(f'A link leads to "{address}". Hint: {LINK_HINT}')


def paragraphs(*pieces: str) -> list[str]:
    """Return the words of some texts or HTML, a paragraph or list item each; pictures have none.

    ``ESCAPED`` stands for the clinic's number.
    """
    texts = (_separated(piece) if isinstance(piece, Markup) else piece for piece in pieces)
    return [line for text in texts for line in text.split("\n") if line.strip()]


def _separated(html: Markup) -> str:
    """Return the words of ``html`` with a line for each block."""
    written, in_drawing = [], False
    for kind, value, attributes in html_parts(str(html)):
        if value == "svg" and kind != "words":
            in_drawing = kind == "start"
        elif in_drawing:
            continue
        elif kind == "start" and attributes.get("class") == PHONE_CLASS:
            written.append(ESCAPED)
        elif kind == "words":
            written.append(value.replace("\n", " "))
        elif value in _LINE_BREAKING:
            written.append("\n")
        elif value == "sup":  # a citation is no part of the word or number that it stands by
            written.append(" ")
    return "".join(written)


class _PlainTextWriter:
    """Writes parts of HTML as plain text, whose lines ``tidy`` then sets in order."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self._silent = 0
        self._lists: list[int | None] = []
        self._link = ""
        self._after_bullet = False
        self._in_row = False

    def start(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        if tag in _SILENT:
            self._silent += 1
            self.written.append(_FOR_A_PEN.get(attributes.get("class") or "", ""))
        if tag in _BLOCKS and not self._after_bullet:
            self.written.append("\n" if tag in ("li", "tr", "br") else "\n\n")
        if tag in ("ul", "ol"):
            self._lists.append(0 if tag == "ol" else None)
        if tag == "li":
            self.written.append(self._bullet())
            self._after_bullet = True
        if tag in ("tr", "td", "th"):
            self.written.append(" | " if self._in_row and tag != "tr" else "")
            self._in_row = tag != "tr"
        if tag == "a":
            self._link = attributes.get("href") or ""

    def end(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent -= 1
        if tag == "td" and self.written[-1] == " | ":
            self.written.append(_TO_WRITE)
        if tag in ("ul", "ol"):
            self._lists.pop()
            self.written.append("\n\n")
        if tag in ("p", "blockquote", "h1", "h2", "h3", "h4"):
            self.written.append("\n\n")
        if tag == "a" and self._link.startswith(("http:", "https:")):
            self.written.append(f" ({self._link})")

    def words(self, text: str) -> None:
        if not self._silent and (text.strip() or not self._after_bullet):
            self._after_bullet = False
            self.written.append(re.sub(r"\s+", " ", text))

    def _bullet(self) -> str:
        number = self._lists[-1] if self._lists else None
        if number is None:
            return "- "
        self._lists[-1] = number + 1
        return f"{number + 1}. "


def plain_text(html: str) -> str:
    """Return the words of ``html``: an empty line between paragraphs, ``- `` or a number before list entries."""
    writer = _PlainTextWriter()
    for kind, value, attributes in html_parts(html):
        if kind == "start":
            writer.start(value, attributes)
        elif kind == "end":
            writer.end(value)
        else:
            writer.words(value)
    return tidy("".join(writer.written))


def tidy(text: str) -> str:
    """Return ``text`` without blanks around its lines, and with one empty line at most in a row."""
    lines = [line.strip() for line in text.replace("\r\n", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
