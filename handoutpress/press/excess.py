"""What is told of a text that does not fit: what is too long, by how much, and what would help."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handoutpress.content.formats import Format
from handoutpress.content.handouts import Handout, Passage
from handoutpress.content.problems import HandoutError
from handoutpress.press.setting import SINGLE, Trial
from handoutpress.press.typeset import Layout


class DoesNotFitError(HandoutError):
    """The text is too long for the format, even at its smallest type."""


def excess(format_: Format, handout: Handout, trial: Trial) -> str:
    """What is too long in a trial, by how much, and what would help."""
    limit, layout = format_.max_pages, trial.layout
    smallest = f"even with the shorter texts at {format_.type.floor:g} pt. Hint:"
    name = f'the format "{format_.name}"'
    over = [f"{what} is {_about(lines)} too long: {mend}" for what, lines, mend in _broken(layout)]
    if lines := layout.lines_beyond(limit):
        longest = ", ".join(_longest(handout, format_.sections))
        allowed = f"which allows {limit} page{'s' * (limit > 1)}"
        mends = "; ".join([f"shorten the longest sections: {longest}", *over])
        return f'"{handout.title}" is {_about(lines)} too long for {name}, {allowed}, {smallest} {mends}.'
    if over:
        return f'"{handout.title}" does not fit {name}, {smallest} {"; ".join(over)}.'
    widest = max((word for text in layout.wide_words() for word in text.split()), key=len)
    return (
        f'"{handout.title}" has a word that is wider than a line of {name}, {smallest} write a shorter one '
        f'than "{widest}", or show where it may break with a soft hyphen (U+00AD).'
    )


def _broken(layout: Layout) -> Iterator[tuple[str, int, str]]:
    """What must stand on one page and does not, the lines that are left over, and what would help."""
    for part, lines in layout.lines_left_over(SINGLE).items():
        yield SINGLE[part][0], lines, SINGLE[part][1]


def _about(lines: int) -> str:
    return f"about {lines} line{'s' * (lines > 1)}"


def _longest(handout: Handout, only: Sequence[str] | None) -> list[str]:
    """The three longest texts that a format prints of a handout, by their keys, with their words."""
    texts = {name: value.text for name, value in handout if isinstance(value, Passage)}
    if only is not None:
        texts = {name: text for name, text in texts.items() if name in (*only, "main_message")}
    else:
        texts |= {section.id: section.text for section in handout.sections}
    by_words = sorted(texts, key=lambda name: -len(texts[name].split()))
    return [f'"{name}" ({len(texts[name].split())} words)' for name in by_words[:3]]
