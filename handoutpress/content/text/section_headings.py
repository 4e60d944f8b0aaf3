"""Headings that people write, as the parts of a handout that they are nearly the headings of."""

from __future__ import annotations

import re
from collections.abc import Mapping

_SMALL = """
a an and any are can could do does for from get go have how i in is it like may might my of on or our should some that
the their them there these this to us we what when which who will with would you your
a ante al con cuando cuándo de del el en es la las lo los me para por puede puedo que qué se son su sus un una usted y
à au aux avec ce ces comment d de des du en est et la le les ou par pour puis quand que quel quelle quelles quels qui
quoi sont un une vos votre vous
"""
"""Words of English, Spanish and French by which a heading becomes a question, or a question a heading."""
_SMALL_WORDS = frozenset(_SMALL.split())


def section_of(heading: str, headings: Mapping[str, str]) -> str:
    """Return the part of ``headings`` (a language's, by part) whose heading or name ``heading`` nearly is, or "".

    "What are the risks?" and "Risks" are one heading, as are "When should I get urgent help?" and "Urgent help".
    """
    words = _core(heading)
    if not words:
        return ""
    return next((part for part, own in headings.items() if words in (_core(own), _core(part.replace("_", " ")))), "")


def _core(heading: str) -> str:
    """Return the words that carry a heading, run together, so that "after care" and "aftercare" are one."""
    return "".join(word for word in re.findall(r"[^\W_]+", heading.casefold()) if word not in _SMALL_WORDS)
