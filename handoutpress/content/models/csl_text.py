"""The rich text of CSL data: the tags of Zotero and Crossref, the signs of Pandoc, and entities, as what they mean.

While citeproc sets a line, signs that no text may hold (noncharacters of Unicode) stand for the tags.
"""

from __future__ import annotations

import html
import re
from functools import partial

from markupsafe import Markup, escape

_STYLES = ("i", "b", "sub", "sup")
_OPENING = {style: chr(0xFDD0 + 2 * number) for number, style in enumerate(_STYLES)}
_CLOSING = {style: chr(0xFDD1 + 2 * number) for number, style in enumerate(_STYLES)}
_SIGNS = re.compile("[\ufdd0-\ufdef]")
_ESCAPED = {"*": "\ufde0", "~": "\ufde1", "^": "\ufde2"}

_SAME = {"em": "i", "italic": "i", "strong": "b", "bold": "b", "inf": "sub"}
_TAG = re.compile(
    r"<(/?)(?:jats:)?(i|em|italic|b|strong|bold|sub|inf|sup|span|sc|scp|u|a|p|br|small|big|font|div|tt|title|mml:\w+)"
    r"(?:\s+[\w:-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'))*\s*/?>",
    re.IGNORECASE,
)
_SPAN = re.compile(r"\[([^\[\]]{1,300})\]\{\.(?:nocase|smallcaps|sc)\}")
_MARKS = (
    ("b", re.compile(r"(?<![\w*])\*\*(?=[^\s*])([^*]{1,300})(?<!\s)\*\*(?![\w*])")),
    ("i", re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]{1,300})(?<!\s)\*(?![\w*])")),
    ("sub", re.compile(r"(?<=[\w)])~([\w+−-]{1,12})~")),
    ("sup", re.compile(r"(?<=[\w)])\^([\w+−-]{1,12})\^")),
)
_RAISED = str.maketrans("0123456789+-−()=ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾⁼ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−()=", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎₌")
_HEIGHTS = tuple(
    (re.compile(f"{_OPENING[style]}([{re.escape(signs)}]+){_CLOSING[style]}"), table)
    for style, signs, table in (("sup", "0123456789+-−()=ni", _RAISED), ("sub", "0123456789+-−()=", _LOWERED))
)
_LAST_POINT = re.compile(f"([.?!,;:]+)([{''.join(_CLOSING.values())}]+)$")


def with_signs(text: str) -> str:
    """Return ``text`` on one line, with signs in place of its tags, entities as characters, and figures raised."""
    text = _SIGNS.sub("", " ".join(str(text).split()))
    for written, sign in _ESCAPED.items():
        text = text.replace(f"\\{written}", sign)
    text = _TAG.sub(_sign_of, _SPAN.sub(r"\1", text))
    for style, pattern in _MARKS:
        text = pattern.sub(rf"{_OPENING[style]}\1{_CLOSING[style]}", text)
    text = html.unescape(html.unescape(text))
    for written, sign in _ESCAPED.items():
        text = text.replace(sign, written)
    text = _in_pairs(text)
    for pattern, table in _HEIGHTS:
        text = pattern.sub(partial(_translated, table), text)
    # Behind a closing tag citeproc would not see the point, and set a second one.
    return _LAST_POINT.sub(r"\2\1", text)


def plain_text(text: str) -> str:
    """Return the words of a rich text alone."""
    return _SIGNS.sub("", with_signs(text))


def signs_to_html(line: str) -> Markup:
    """Return a line with signs as HTML, everything else escaped."""
    words = str(escape(line))
    for style in _STYLES:
        words = words.replace(_OPENING[style], f"<{style}>").replace(_CLOSING[style], f"</{style}>")
    return Markup(words)  # noqa: S704  escaped above


def _sign_of(tag: re.Match[str]) -> str:
    name = _SAME.get(tag[2].lower(), tag[2].lower())
    if name not in _OPENING:
        return " " if name in ("br", "p", "div") else ""
    return _CLOSING[name] if tag[1] else _OPENING[name]


def _translated(table: dict[int, int], match: re.Match[str]) -> str:
    return match[1].translate(table)


def _in_pairs(text: str) -> str:
    """Return ``text`` with its signs nested in pairs; one without its partner goes."""
    styles = {sign: style for style, sign in _CLOSING.items()}
    openings = {sign: style for style, sign in _OPENING.items()}
    pieces: list[str] = []
    open_styles: list[tuple[str, int]] = []
    for character in text:
        if character in openings:
            open_styles.append((openings[character], len(pieces)))
        elif character in styles:
            if not open_styles or open_styles[-1][0] != styles[character]:
                continue
            open_styles.pop()
        pieces.append(character)
    for _, place in open_styles:
        pieces[place] = ""
    return " ".join("".join(pieces).split())
