"""Whether a box is in normal flow, asked some ten times of each: from its style alone, in one go."""

from __future__ import annotations

from typing import Any

FLOATS = ("left", "right", "inline-start", "inline-end", "footnote")
PINNED = ("absolute", "fixed")
ELSEWHERE = ("running()", "note()")
"""How the position of a box begins that stands in the margin of a page, or among notes."""


def ask_once(boxes: Any) -> None:
    """Ask for the float and the position of a box once; ``boxes`` is the engine's module."""
    boxes.Box.is_in_normal_flow = _is_in_normal_flow


def _is_in_normal_flow(box: Any) -> bool:
    position = box.style["position"]
    return box.style["float"] not in FLOATS and position not in PINNED and position[0] not in ELSEWHERE
