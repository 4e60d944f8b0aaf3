"""Marks in the words of drawings, by which the tags of a typeset PDF are fixed."""

from __future__ import annotations

DECORATION = "\u2063"
"""The words of a drawing that has none: it stands beside what says the same."""
BEHIND = "\u2064"
"""Begins the words of a drawing that is set before what it shows, and read behind it."""
