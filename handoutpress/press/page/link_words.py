"""The words of a page's links: for those who hear it, a bare address is noise (ISO 14289-1, 7.18.5)."""

from __future__ import annotations

from html.parser import HTMLParser


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: dict[str, str] = {}
        self._href = ""
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and (href := given.get("href")):
            self._href, self._text = href, []
            if title := given.get("title"):
                self.words.setdefault(href, title)

    def handle_data(self, data: str) -> None:
        if self._href:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._href:
            self.words.setdefault(self._href, " ".join("".join(self._text).split()))
            self._href = ""


def spoken_links(html: str) -> dict[str, str]:
    """For each address or ``#anchor`` linked to in ``html``, its title or else its text."""
    reader = _Links()
    reader.feed(html)
    return reader.words
