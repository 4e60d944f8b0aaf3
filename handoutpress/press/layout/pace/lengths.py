"""The lengths of a box, resolved in one go: a layout resolves those of each box several times."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import wraps
from typing import Any

ALONG = ("margin_left", "margin_right", "padding_left", "padding_right", "width", "min_width", "max_width")
"""Properties whose percentages are of the containing block's width."""
AROUND = ("margin_top", "margin_bottom", "padding_top", "padding_bottom")
"""Properties whose percentages are of its width too, but on the box of a page of its height."""
HEIGHTS = ("height", "min_height", "max_height")
BORDERS = tuple(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))
LEAST = ("min_width", "min_height")
"""Properties whose ``auto`` is no length at all."""


class LengthResolver:
    """Resolves the lengths of boxes as the engine does."""

    def __init__(self, percent: Any, boxes: Any, dimension: Any) -> None:
        """Take the engine's modules for percentages and boxes, and the type of its lengths."""
        self._percent = percent
        self._boxes = boxes
        self._dimension = dimension

    def resolve(self, box: Any, containing_block: Any) -> None:
        """Set what is used of a box's lengths in another box, or in one of this width and height."""
        is_box = isinstance(containing_block, self._boxes.Box)
        width, height = (containing_block.width, containing_block.height) if is_box else containing_block
        self._use(box, ALONG, width)
        self._use(box, AROUND, height if isinstance(box, self._boxes.PageBox) else width)
        self._use_heights(box, height)
        collapsed = box.style["border_collapse"] == "collapse"
        for name in BORDERS:
            if not (collapsed and hasattr(box, name)):
                box.__dict__[name] = box.style[name]
        if box.style["box_sizing"] != "content-box":
            self._percent.adjust_box_sizing(box, "width")
            self._percent.adjust_box_sizing(box, "height")

    def _use(self, box: Any, names: Sequence[str], whole: Any) -> None:
        style, lengths = box.style, box.__dict__
        for name in names:
            value = style[name]
            if value.__class__ is self._dimension:
                lengths[name] = whole * value.value / 100 if value.unit == "%" else value.value
            else:
                length = self._percent.percentage(value, style, whole)
                lengths[name] = 0 if length == "auto" and name in LEAST else length

    def _use_heights(self, box: Any, height: Any) -> None:
        if height != "auto":
            self._use(box, HEIGHTS, height)
            return
        own = box.style["height"]
        # A share of a height that is not known is none.
        is_known = own != "auto" and not self._percent.check_math(own) and own.unit != "%"
        box.height = own.value if is_known else "auto"
        self._use(box, ("min_height",), 0)
        self._use(box, ("max_height",), math.inf)


def resolve_quickly(percent: Any, boxes: Any, dimension: Any, users: Sequence[Any]) -> None:
    """Replace how all lengths of a box are resolved; the arguments are the engine's modules for it, and for boxes.

    ``dimension`` is the type of its lengths, ``users`` are the modules that have the function by its name.
    """
    resolve = percent.resolve_percentages
    if getattr(resolve, "patched", False):
        return
    resolver = LengthResolver(percent, boxes, dimension)

    @wraps(resolve)
    def resolve_all(box: Any, containing_block: Any) -> None:
        resolver.resolve(box, containing_block)

    resolve_all.patched = True  # type: ignore[attr-defined]
    for user in (percent, *users):
        user.resolve_percentages = resolve_all
