"""How a title is set: how much smaller than a short one, and with which words on one line."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from handoutpress.content.text.letters import count_letters
from handoutpress.content.text_direction import reads_from_right

STEPS = ((40, 12), (76, 17))
"""Letters of a title, and of its longest word, over which its type is a step smaller."""

LAST_WORDS = re.compile(r"(?<=\s)(\S+) (\S+)$")
"""The last two words of a title that has more."""
LONGEST_TOGETHER = 13
"""So many letters in a row have room on the narrowest cover, at the size of a short title."""


def title_step(title: str) -> int:
    """Return by how many steps of size a title is smaller than a short one, so that it takes no more than its room."""
    letters = count_letters(title)
    # A word may break where it has a soft hyphen.
    longest = max(map(count_letters, title.replace("\u00ad", " ").split()), default=0)
    return sum(letters > most or longest > most_in_word for most, most_in_word in STEPS)


def ended_with_two(title: str) -> Markup:
    """Return a title whose last line has two words where these are short: none stands there alone."""
    last = LAST_WORDS.search(title)
    if last is None or count_letters(last.group()) > LONGEST_TOGETHER or reads_from_right(title):
        return escape(title)
    return Markup('{}<span class="tie">{}</span>').format(title[: last.start()], last.group())
