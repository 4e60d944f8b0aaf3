"""Values that are no formula, told by their type: the engine looks for one in each value that it computes or uses."""

from __future__ import annotations

from collections.abc import Sequence
from functools import wraps
from typing import Any


def find_formulas_quickly(functions: Any, users: Sequence[Any], length: type) -> None:
    """Look no further into words, numbers and lengths; ``functions`` is the engine's module, ``users`` ask it."""
    check = functions.check_math
    if getattr(check, "patched", False):
        return
    plain = {str, int, float, type(None), length}

    @wraps(check)
    def has_formula(value: Any) -> Any:
        return value.__class__ not in plain and check(value)

    has_formula.patched = True  # type: ignore[attr-defined]
    for module in (functions, *users):
        module.check_math = has_formula
