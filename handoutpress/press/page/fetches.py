"""Pages and letters that fetch nothing: a phone that opens one asks no other computer, and runs nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from handoutpress.press.page.html_words import HtmlPart, html_parts
from handoutpress.yamlfile.problems import HandoutError

_FETCHERS = ("audio", "base", "embed", "frame", "iframe", "link", "object", "portal", "source", "track", "video")
_ELEMENTS = frozenset({*_FETCHERS, "applet", "button", "form", "input", "script"})
"""Elements that fetch, send or run."""
_ADDRESSES = frozenset({"action", "background", "data", "formaction", "href", "ping", "poster", "src", "srcset"})
_FETCHING = re.compile(
    r"@import|(?:url|src|image-set|image|cross-fade|expression)\(\s*[\"']?(?!data:|#)[^)]{0,60}", re.I
)
_ESCAPED = re.compile(r"\\([0-9a-fA-F]{1,6})\s?|\\(.)", re.S)
_COMMENT = re.compile(r"/\*.*?\*/", re.S)
HINT = "pictures and fonts come from the brand; a page holds all that it shows."


def refuse_fetches(html: str, enclosed: Collection[str] = ()) -> None:
    """Raise ``HandoutError`` if the finished ``html`` would fetch or run something where it is opened.

    ``enclosed`` are the addresses of pictures that come with it, as those of a mail do.
    """
    for fault in _faults(html_parts(html), enclosed):
        raise HandoutError(f"A page may not {fault}. Hint: {HINT}")


def css_fetches(css: str) -> str:
    """Return what a stylesheet would fetch, as it says so; nothing where all that it needs stands in it."""
    match = _FETCHING.search(_ESCAPED.sub(_character, _COMMENT.sub("", css)))
    return match[0] if match else ""


def _character(escape: re.Match[str]) -> str:
    """Return what a CSS escape stands for (CSS Syntax 3, 4.3.7)."""
    code = int(escape[1], 16) if escape[1] else 0
    return (chr(code) if 0 < code < 0x110000 else "\ufffd") if escape[1] else escape[2]


def _faults(parts: list[HtmlPart], enclosed: Collection[str]) -> Iterator[str]:
    in_style = False
    for part in parts:
        if part.value == "style" and part.kind != "words":
            in_style = part.kind == "start"
        elif part.kind == "words" and in_style and (fetched := css_fetches(part.value)):
            yield f'fetch "{fetched}"'
        if part.kind == "start":
            yield from _tag_faults(part, enclosed)


def _tag_faults(tag: HtmlPart, enclosed: Collection[str]) -> Iterator[str]:
    if tag.value in _ELEMENTS:
        yield f"have <{tag.value}>"
    for name, value in tag.attributes.items():
        text = (value or "").strip()
        key = name.rpartition(":")[2]
        if key.startswith("on") or (key == "http-equiv" and text.lower() == "refresh"):
            yield f'have {name}="{text[:60]}"'
        elif key == "style" and (fetched := css_fetches(text)):
            yield f'fetch "{fetched}"'
        elif key in _ADDRESSES and not ((key == "href" and tag.value == "a") or _is_inside(text, enclosed)):
            yield f'fetch "{text[:60]}"'


def _is_inside(address: str, enclosed: Collection[str]) -> bool:
    return address.startswith(("data:image/", "#")) or address in enclosed
