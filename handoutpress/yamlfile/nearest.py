"""The name that someone may have meant, of those that there are."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

MAX_LISTED = 12


def nearest(name: str, names: Iterable[str]) -> str | None:
    """Return the one of ``names`` that ``name`` may be a misspelling of, or None."""
    folded = {candidate.lower().replace("_", "-"): candidate for candidate in names}
    matches = get_close_matches(name.lower().replace("_", "-"), folded, n=1, cutoff=0.6)
    return folded[matches[0]] if matches else None


def meant(name: str, names: Iterable[str]) -> str:
    """Return a hint: the nearest of ``names``, else all of them if they are few."""
    candidates = sorted(names)
    if near := nearest(name, candidates):
        return f'did you mean "{near}"?'
    listed = ", ".join(candidates[:MAX_LISTED]) + (", …" if len(candidates) > MAX_LISTED else "")
    return f"known here: {listed}." if candidates else "there is none yet."
