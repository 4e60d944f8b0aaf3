"""The lengths of a box, resolved in one go: a layout resolves those of each box several times."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import wraps
from typing import Any, NamedTuple

ALONG = ("margin_left", "margin_right", "padding_left", "padding_right", "width", "min_width", "max_width")
"""Properties whose percentages are of the containing block's width."""
AROUND = ("margin_top", "margin_bottom", "padding_top", "padding_bottom")
"""Properties whose percentages are of its width too, but on the box of a page of its height."""
HEIGHTS = ("height", "min_height", "max_height")
UNKNOWN = {"min_height": 0, "max_height": math.inf}
"""What the engine takes a height for that is not known."""
BORDERS = tuple(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))
LEAST = ("min_width", "min_height")
"""Properties whose ``auto`` is no length at all."""


class StyleLengths(NamedTuple):
    """The lengths of a style: those that are the same wherever its box stands, and the names of the others."""

    fixed: dict[str, Any]
    along: Sequence[str]
    around: Sequence[str]
    heights: Sequence[str]
    collapsed: bool
    bordered: bool
    """Whether its width and height are those of more than its content."""


class LengthResolver:
    """Resolves the lengths of boxes as the engine does."""

    def __init__(self, percent: Any, boxes: Any, dimension: Any) -> None:
        """Take the engine's modules for percentages and boxes, and the type of its lengths."""
        self._percent = percent
        self._boxes = boxes
        self._dimension = dimension

    def resolve(self, box: Any, containing_block: Any) -> None:
        """Set what is used of a box's lengths in another box, or in one of this width and height."""
        lengths = self._lengths(box.style)
        is_box = isinstance(containing_block, self._boxes.Box)
        width, height = (containing_block.width, containing_block.height) if is_box else containing_block
        box.__dict__.update(lengths.fixed)
        if lengths.along:
            self._use(box, lengths.along, width)
        if lengths.around:
            self._use(box, lengths.around, height if isinstance(box, self._boxes.PageBox) else width)
        if lengths.heights:
            self._use_heights(box, lengths.heights, height)
        if lengths.collapsed:
            box.__dict__.update({name: box.style[name] for name in BORDERS if not hasattr(box, name)})
        if lengths.bordered:
            self._percent.adjust_box_sizing(box, "width")
            self._percent.adjust_box_sizing(box, "height")

    def _lengths(self, style: Any) -> StyleLengths:
        """Return the lengths of a style, read once: where a box needs others, the engine gives it a copy."""
        lengths: StyleLengths | None = style.__dict__.get("lengths")
        if lengths is None:
            lengths = style.lengths = self._read(style)
        return lengths

    def _read(self, style: Any) -> StyleLengths:
        collapsed = style["border_collapse"] == "collapse"
        fixed = {} if collapsed else {name: style[name] for name in BORDERS}
        along, around, heights = (self._part(style, names, fixed) for names in (ALONG, AROUND, HEIGHTS))
        return StyleLengths(fixed, along, around, heights, collapsed, style["box_sizing"] != "content-box")

    def _part(self, style: Any, names: Sequence[str], fixed: dict[str, Any]) -> list[str]:
        """Add to ``fixed`` the lengths of these names that are, and return the names of the others."""
        others = []
        for name in names:
            value = style[name]
            if value.__class__ is self._dimension and value.unit != "%":
                fixed[name] = value.value
            else:
                others.append(name)
        return others

    def _use(self, box: Any, names: Sequence[str], whole: Any) -> None:
        style, lengths = box.style, box.__dict__
        for name in names:
            length = self._percent.percentage(style[name], style, whole)
            lengths[name] = 0 if length == "auto" and name in LEAST else length

    def _use_heights(self, box: Any, names: Sequence[str], height: Any) -> None:
        if height != "auto":
            self._use(box, names, height)
            return
        # A share of a height that is not known is none.
        for name in names:
            if name == "height":
                box.height = "auto"
            else:
                self._use(box, (name,), UNKNOWN[name])


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
