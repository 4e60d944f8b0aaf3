"""How many signs the box of urgent help lists, by which a poster decides what stands beside it."""

from __future__ import annotations

from handoutpress.content.models.handouts import Handout
from handoutpress.content.text.markdown import render_blocks

MANY = 4
"""More signs than these take the whole width, in two columns."""


def has_many_signs(handout: Handout) -> bool:
    """Return whether urgent help lists many signs, in its full text: a shorter one changes no page's order."""
    return render_blocks(handout.urgent_help.text, lambda _: "").count("<li>") > MANY
