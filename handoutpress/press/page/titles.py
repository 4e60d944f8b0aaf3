"""How much smaller than a short title a long one is set."""

from __future__ import annotations

from handoutpress.content.text.letters import count_letters

STEPS = ((40, 12), (76, 17))
"""Letters of a title, and of its longest word, over which its type is a step smaller."""


def title_step(title: str) -> int:
    """Return by how many steps of size a title is smaller than a short one, so that it takes no more than its room."""
    letters = count_letters(title)
    # A word may break where it has a soft hyphen.
    longest = max(map(count_letters, title.replace("\u00ad", " ").split()), default=0)
    return sum(letters > most or longest > most_in_word for most, most_in_word in STEPS)
