"""Computed styles, filled at once with what needs no computing.

The engine computes each property of each element when it is first asked for, and asks for some hundred of each. Most
are what CSS gives them initially, or their parent's. That took a sixth of a layout.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import wraps
from typing import Any

RULES = tuple(f"border_{side}" for side in ("top", "right", "bottom", "left"))
"""Lines that have no width where nothing gives them a style."""
DEPENDENT = {"position", "float", "display", "page"}
"""Properties whose value depends on that of others, or of an ancestor."""
ITERATED = ("first-line", "first-letter")
"""Pseudo-elements whose style the engine copies to others, all that it has: these hold only what was asked for."""


def fill_styles(css: Any, computed: Any, properties: Any) -> None:
    """Fill styles as they are made; the arguments are the engine's modules of styles, their values and properties."""
    if getattr(css.ComputedStyle.__init__, "patched", False):
        return
    initial = {
        name: value
        for name, value in properties.INITIAL_VALUES.items()
        if name not in properties.INHERITED | properties.INITIAL_NOT_COMPUTED | DEPENDENT
        and not name.startswith("text_decoration_")
    }
    unruled = {f"{rule}_width": 0 for rule in RULES}
    _fill_computed(css, initial | unruled, _names_set_by(computed))
    _fill_anonymous(css.AnonymousStyle, initial)
    _inherit_quickly(css, properties.INHERITED)


def _names_set_by(computed: Any) -> dict[str, set[str]]:
    """Return what properties decide besides: margin-inline-start a margin, a border's style its width."""
    names = {f"{rule}_style": {f"{rule}_width"} for rule in RULES}
    for physical, logical_name in computed.PHYSICAL_FUNCTIONS.items():
        for direction in ("ltr", "rtl"):
            decided = names.setdefault(logical_name(block="ttb", inline=direction), set())
            decided |= {physical, *names.get(physical, ())}
    return names


def _fill_computed(css: Any, initial: Mapping[str, Any], set_by: Mapping[str, Collection[str]]) -> None:
    make = css.ComputedStyle.__init__

    @wraps(make)
    def make_filled(style: Any, parent: Any, cascaded: Mapping[str, Any], pseudo_type: Any, *others: Any) -> None:
        make(style, parent, cascaded, pseudo_type, *others)
        if pseudo_type in ITERATED:
            return
        style.update(initial)
        for name in cascaded:
            style.pop(name, None)
            for decided in set_by.get(name, ()):
                style.pop(decided, None)

    make_filled.patched = True  # type: ignore[attr-defined]
    css.ComputedStyle.__init__ = make_filled


def _fill_anonymous(anonymous: Any, initial: Mapping[str, Any]) -> None:
    make = anonymous.__init__

    @wraps(make)
    def make_filled(style: Any, parent: Any) -> None:
        style.update(initial)
        make(style, parent)

    anonymous.__init__ = make_filled


def _inherit_quickly(css: Any, inherited: Collection[str]) -> None:
    """Take an inherited value from the parent at once, unless it is a formula that has yet to be worked out."""
    compute, has_formula = css.ComputedStyle.__missing__, css.check_math

    @wraps(compute)
    def inherit_or_compute(style: Any, name: str) -> Any:
        if name in inherited and name not in style.cascaded and style.parent_style is not None:
            value = style.parent_style[name]
            if not has_formula(value):
                style[name] = value
                return value
        return compute(style, name)

    css.ComputedStyle.__missing__ = inherit_or_compute
