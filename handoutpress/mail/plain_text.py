"""Markup to plain text that reads well alone: paragraphs, lists and links, with nothing of HTML left."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = frozenset({"p", "ul", "ol", "li", "div", "section", "h1", "h2", "h3", "h4", "blockquote", "table", "tr"})
_SILENT = frozenset({"sup", "style", "script", "svg"})
"""Citations (raised figures) mean nothing without their list; the rest was never text."""


class _PlainTextParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.written: list[str] = []
        self._silent = 0
        self._lists: list[int | None] = []
        self._link = ""
        self._after_bullet = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        if tag in _BLOCKS and not self._after_bullet:
            self.written.append("\n" if tag in ("li", "tr") else "\n\n")
        if tag in ("ul", "ol"):
            self._lists.append(0 if tag == "ol" else None)
        if tag == "li":
            self.written.append(self._bullet())
            self._after_bullet = True
        if tag == "br":
            self.written.append("\n")
        if tag == "a":
            self._link = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent -= 1
        if tag in ("ul", "ol"):
            self._lists.pop()
            self.written.append("\n\n")
        if tag in ("p", "blockquote", "h1", "h2", "h3", "h4"):
            self.written.append("\n\n")
        if tag == "a" and self._link.startswith(("http:", "https:")):
            self.written.append(f" ({self._link})")

    def handle_data(self, data: str) -> None:
        if not self._silent and (data.strip() or not self._after_bullet):
            self._after_bullet = False
            self.written.append(re.sub(r"\s+", " ", data))

    def _bullet(self) -> str:
        number = self._lists[-1] if self._lists else None
        if number is None:
            return "- "
        self._lists[-1] = number + 1
        return f"{number + 1}. "


def plain_text(markup: str) -> str:
    """The words of a fragment of HTML: an empty line between paragraphs, ``- `` or a number before list entries."""
    words = _PlainTextParser()
    words.feed(markup)
    words.close()
    return tidy("".join(words.written))


def tidy(text: str) -> str:
    """``text`` without trailing blanks, without leading blanks of its own, and with one empty line at most in a row."""
    lines = [line.strip() for line in text.replace("\r\n", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
