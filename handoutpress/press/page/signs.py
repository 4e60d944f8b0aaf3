"""The signs that the box of urgent help lists: how many, and which of them are no emergency."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from markupsafe import Markup

from handoutpress.content.models.handouts import Handout
from handoutpress.content.models.languages import HelpWords
from handoutpress.content.text.help_steps import steps_in
from handoutpress.content.text.markdown import render_blocks

MANY = 4
"""More signs than these take the whole width, in two columns."""
_LIST = re.compile(r"<(/?)[ou]l\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")


def has_many_signs(handout: Handout) -> bool:
    """Return whether urgent help lists many signs, in its full text: a shorter one changes no page's order."""
    return render_blocks(handout.urgent_help.text, lambda _: "").count("<li>") > MANY


def parted(urgent: Markup, words: HelpWords | None) -> tuple[Markup, Markup]:
    """Return urgent help up to where its lesser signs begin, and these; ``words`` are those of its language.

    Whom to call in an emergency stands between the two: after the lesser signs it would seem to belong to them. A
    further list is of lesser signs, unless the words above it send to an emergency and nowhere else.
    """
    lists = list(_lists(urgent))
    for (_, end), (start, _) in pairwise([*lists, (len(urgent), len(urgent))]):
        steps = steps_in(_TAG.sub(" ", urgent[end:start]), words)
        is_lesser = steps != {"emergency"} if start < len(urgent) else "lesser" in steps and "emergency" not in steps
        if is_lesser:
            return urgent[:end], urgent[end:].lstrip()
    return urgent, Markup("")


def _lists(html: str) -> Iterator[tuple[int, int]]:
    """Yield where each list begins and ends that stands in no other."""
    depth, start = 0, 0
    for tag in _LIST.finditer(html):
        start = tag.start() if not depth else start
        depth += -1 if tag[1] else 1
        if not depth:
            yield start, tag.end()
