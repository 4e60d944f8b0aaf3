"""Which of the known names someone may have meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

MAX_LISTED = 12


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the name among ``known`` that ``name`` may be a slip of, or None."""
    folded = {candidate.lower().replace("_", "-"): candidate for candidate in known}
    found = get_close_matches(name.lower().replace("_", "-"), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def meant(name: str, known: Iterable[str]) -> str:
    """Return a hint: the nearest of ``known``, else all of them if they are few."""
    candidates = sorted(known)
    if near := nearest(name, candidates):
        return f'did you mean "{near}"?'
    listed = ", ".join(candidates[:MAX_LISTED]) + (", …" if len(candidates) > MAX_LISTED else "")
    return f"known here: {listed}." if candidates else "there is none yet."
