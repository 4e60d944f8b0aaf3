"""The signs that the box of urgent help lists: how many, and which of them are no emergency."""

from __future__ import annotations

import re

from markupsafe import Markup

from handoutpress.content.models.handouts import Handout
from handoutpress.content.text.markdown import render_blocks

MANY = 4
"""More signs than these take the whole width, in two columns."""
_LIST = re.compile(r"</[ou]l>")


def has_many_signs(handout: Handout) -> bool:
    """Return whether urgent help lists many signs, in its full text: a shorter one changes no page's order."""
    return render_blocks(handout.urgent_help.text, lambda _: "").count("<li>") > MANY


def parted(urgent: Markup) -> tuple[Markup, Markup]:
    """Return urgent help up to the end of its first list, and what follows if that lists lesser signs.

    Whom to call in an emergency stands between the two: after the second it would seem to belong to the lesser signs.
    """
    first = _LIST.search(urgent)
    if not first or not _LIST.search(urgent, first.end()):
        return urgent, Markup("")
    return urgent[: first.end()], urgent[first.end() :].lstrip()
