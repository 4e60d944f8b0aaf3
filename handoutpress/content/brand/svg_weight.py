"""How much an SVG draws in the end: a few lines that use each other can grow to billions of shapes."""

from __future__ import annotations

import re
from typing import Any

MOST_SHAPES = 200_000
"""A detailed coat of arms has ten thousand."""
_REFERENCE = re.compile(r"url\(#([^)]*)\)")
_HREF = ("href", "{http://www.w3.org/1999/xlink}href")


def shapes_drawn(root: Any) -> int:
    """Return how many elements are drawn below lxml's ``root``, each use of one counted, but for uses in a circle."""
    weights: dict[Any, int] = {}
    named = {node.get("id"): node for node in root.iter() if node.get("id")}

    def weight(node: Any, trail: frozenset[Any]) -> int:
        if node in weights or node in trail:
            return weights.get(node, 1)
        within = trail | {node}
        total = 1 + sum(weight(child, within) for child in node)
        total += sum(times * weight(named[name], within) for name, times in _uses(node) if name in named)
        weights[node] = min(total, MOST_SHAPES + 1)
        return weights[node]

    return weight(root, frozenset())


def _uses(node: Any) -> list[tuple[str, int]]:
    """Return the ids that an element refers to, each with how many times it is drawn there at most."""
    uses = [(node.get(key, "")[1:], 1) for key in _HREF if node.get(key, "").startswith("#")]
    for key, value in node.items():
        # A marker stands at each point of an outline; a point takes four characters or more.
        times = 1 + len(node.get("d", "")) // 4 if key.startswith("marker") else 1
        uses += [(name, times) for name in _REFERENCE.findall(value)]
    return uses
