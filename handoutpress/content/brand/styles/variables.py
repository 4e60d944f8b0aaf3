"""Custom properties and what ``var()`` makes of them (CSS Custom Properties 1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import tinycss2

from handoutpress.content.brand.styles.refusal import PLAIN

MOST_TOKENS = 2_000
"""A value that grows beyond so many tokens doubles itself on purpose."""

Tokens = tuple[Any, ...]
Variables = Mapping[str, Tokens | None]
"""The custom properties of one element with their values; None for one that has none, since it leads in a circle."""


def uses_variables(tokens: Sequence[Any]) -> bool:
    """Return whether ``var()`` stands anywhere in a value."""
    return any(
        (token.type == "function" and (token.lower_name == "var" or uses_variables(token.arguments)))
        or (token.type in ("() block", "[] block", "{} block") and uses_variables(token.content))
        for token in tokens
    )


def own_variables(declared: Mapping[str, Tokens], inherited: Variables) -> Variables:
    """Return the custom properties of an element that declares some and inherits others."""
    resolved: dict[str, Tokens | None] = dict(inherited)

    def look_up(name: str, trail: tuple[str, ...]) -> Tokens | None:
        if name not in declared:
            return inherited.get(name)
        if name in trail:
            return None
        return _replaced(declared[name], lambda other: look_up(other, (*trail, name)))

    for name in declared:
        resolved[name] = look_up(name, ())
    return resolved


def with_variables(tokens: Sequence[Any], variables: Variables) -> Tokens | None:
    """Return a value with each ``var()`` replaced, or None where one has neither a value nor a fallback.

    Raises ``ValueError`` for a value that grows without measure.
    """
    return _replaced(tokens, variables.get)


def _replaced(tokens: Sequence[Any], look_up: Any) -> Tokens | None:
    replaced: list[Any] = []
    for token in tokens:
        if token.type != "function" or not uses_variables([token]):
            replaced.append(token)
            continue
        inner = _variable(token, look_up) if token.lower_name == "var" else _function(token, look_up)
        if inner is None:
            return None
        replaced += inner
        if len(replaced) > MOST_TOKENS:
            raise ValueError(f"has styles whose variables grow without measure. {PLAIN}")
    return tuple(replaced)


def _variable(token: Any, look_up: Any) -> Tokens | None:
    """Return what ``var(--name, fallback)`` stands for."""
    parts = [part for part in token.arguments if part.type not in ("whitespace", "comment")]
    if not parts or parts[0].type != "ident":
        return None
    value: Tokens | None = look_up(parts[0].value)
    if value is not None:
        return value
    comma = next((at for at, part in enumerate(token.arguments) if part == ","), None)
    return None if comma is None else _replaced(token.arguments[comma + 1 :], look_up)


def _function(token: Any, look_up: Any) -> Tokens | None:
    """Return a function with the variables in its arguments replaced."""
    arguments = _replaced(token.arguments, look_up)
    if arguments is None:
        return None
    # Read anew, so that what was put in stands as if it had been written there.
    return tuple(tinycss2.parse_component_value_list(f"{token.name}({tinycss2.serialize(arguments)})"))
