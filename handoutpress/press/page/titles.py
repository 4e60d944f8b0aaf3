"""How a title is set: how much smaller than a short one, with which words on one line; how a message begins."""

from __future__ import annotations

import re
from html import unescape

from markupsafe import Markup, escape

from handoutpress.content.text.letters import count_letters
from handoutpress.content.text.ties import FIXED
from handoutpress.content.text_direction import reads_from_right
from handoutpress.editorial.checks.reading.sentences import split
from handoutpress.press.page.phrases import message_ended_well

STEPS = ((40, 11), (76, 14))
"""Letters of a title, and of its longest word, over which its type is a step smaller."""
ONE_LINE = range(22, 33)
"""A title of so many letters takes two lines beside a leaflet's mark, and one if its type is a little smaller."""
LEAD_LETTERS = 125
"""The sentences of a main message up to so many letters are its lead, and always its first."""
LINE_LETTERS = 80
"""A rest of so many letters is no line that is too long to follow, however wide its place (WCAG 2.2, 1.4.8)."""
_TAG = re.compile(r"<[^>]*>")
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_CITATION = re.compile(r'<sup class="cite">.*?</sup>', re.DOTALL)
_PIECE = re.compile(rf"{_CITATION.pattern}|<[^>]*>|&[^;\s]+;|.", re.DOTALL)

LAST_WORDS = re.compile(r"(?<=\s)(\S+) (\S+)$")
"""The last two words of a title that has more."""
LONGEST_TOGETHER = 13
"""So many letters in a row have room on the narrowest cover, at the size of a short title."""
LONG_WORD = re.compile(r"[^\s/\u00ad\u2e80-\u9fff-]{12}")
"""A word of so many letters, which breaks nowhere, may be wider than the margin in which a leaflet's headings stand."""
WIDE_WORD = re.compile(r"[^\s/\u00ad\u2e80-\u9fff-]{10}")
"""A word of so many letters may be so, too, but in type a little smaller."""


def has_long_word(heading: str) -> bool:
    """Return whether a heading has a word that a narrow margin may not hold in one piece."""
    return bool(LONG_WORD.search(heading))


def has_wide_word(heading: str) -> bool:
    """Return whether a heading has a word that a narrow margin holds in one piece if its type is a little smaller."""
    return bool(WIDE_WORD.search(heading)) and not has_long_word(heading)


def title_step(title: str) -> int:
    """Return by how many steps of size a title is smaller than a short one, so that it takes no more than its room."""
    letters = count_letters(title)
    # A word may break where it has a soft hyphen.
    longest = max(map(count_letters, title.replace("\u00ad", " ").split()), default=0)
    return sum(letters > most or longest > most_in_word for most, most_in_word in STEPS)


def nearly_one_line(title: str) -> bool:
    """Return whether a title has one line of a leaflet in type a little smaller than that of a short one."""
    return count_letters(title) in ONE_LINE and not title_step(title)


def ended_with_two(title: str) -> Markup:
    """Return a title whose last line has two words where these are short: none stands there alone."""
    last = LAST_WORDS.search(title)
    if last is None or count_letters(last.group()) > LONGEST_TOGETHER or reads_from_right(title):
        return escape(title)
    return Markup('{}<span class="tie">{}</span>').format(title[: last.start()], last.group())


def first_and_rest(html: Markup) -> tuple[Markup, Markup]:
    """Return the first sentence of a message, and what follows it; all as what follows where markup stands in it."""
    sentences, whole = split(html.striptags()), str(html).strip()
    first = f"<p>{escape(sentences[0].text)}" if sentences else ""
    # In the words of a text, a fixed space is one.
    is_first = bool(first) and whole.replace(FIXED, " ").startswith(first)
    first, rest = (whole[: len(first)], whole[len(first) :]) if is_first else ("", whole)
    if not first or not (rest[:1].isspace() or rest == "</p>"):
        return Markup(), html
    following = f"<p>{rest.lstrip()}" if rest != "</p>" else ""
    opening = first.removeprefix("<p>")
    if not reads_from_right(opening):
        opening = message_ended_well(Markup(opening))  # noqa: S704  as below
    return Markup(opening), Markup(following)  # noqa: S704  parts of ``html``


def with_lead(message: Markup) -> Markup:
    """Return a main message with its first paragraph's first sentences in ``.first``, and the rest in ``.rest``.

    Its sentences are told apart outside of other elements, so that none is cut.
    """
    paragraph = _PARAGRAPH.match(message)
    if not paragraph:
        return message
    inner = paragraph[1]
    ends = _sentence_ends(inner)
    end = max((at for letters, at in ends if letters <= LEAD_LETTERS), default=ends[0][1])
    lead = inner[:end].rstrip()
    rest = inner[len(lead) :].lstrip()
    between = inner[len(lead) : len(inner) - len(rest)]
    name = "rest one-line" if len(unescape(_TAG.sub("", rest))) <= LINE_LETTERS else "rest"
    spans = f'<span class="first">{lead}</span>{between}' + (f'<span class="{name}">{rest}</span>' if rest else "")
    return Markup(f"<p>{spans}</p>{message[paragraph.end() :]}")  # noqa: S704  parts of ``message``


def _sentence_ends(html: str) -> list[tuple[int, int]]:
    """Return for the sentences of a paragraph's HTML how many letters stand before each end, and where it is."""
    words, depth, outside = "", 0, {}
    for piece in _PIECE.finditer(html):
        if piece[0].startswith("<") and not _CITATION.match(piece[0]):
            depth += 0 if piece[0] == "<br>" else -1 if piece[0].startswith("</") else 1
        elif not piece[0].startswith("<"):
            words += unescape(piece[0])
        if not depth:
            outside[len(words)] = piece.end()
    starts = [sentence.start for sentence in split(words)][1:]
    return [(len(words[:start].rstrip()), outside[start]) for start in starts if start in outside] + [
        (len(words), len(html))
    ]
