"""Styles of pseudo-elements that the engine asks for on few elements, made when it does.

Its own style sheet gives each element of a page six of them, for lists and notes, and it makes a style of each.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

RARE = {"marker", "footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"}


def style_when_asked(css: Any) -> None:
    """Make such styles when they are asked for; ``css`` is the engine's module of styles."""
    compute, give = css.StyleFor.set_computed_styles, css.StyleFor.__call__
    if getattr(compute, "patched", False):
        return

    @wraps(compute)
    def compute_or_wait(style_for: Any, element: Any, *args: Any, pseudo_type: str | None = None, **named: Any) -> None:
        key = element, pseudo_type
        cascaded = style_for.get_cascaded_styles().get(key, {})
        # An anchor has to be known before any page is laid out.
        if pseudo_type in RARE and "anchor" not in cascaded:
            style_for.__dict__.setdefault("waiting", {})[key] = cascaded, args, named
        else:
            compute(style_for, element, *args, pseudo_type=pseudo_type, **named)

    @wraps(give)
    def give_style(style_for: Any, element: Any, pseudo_type: str | None = None) -> Any:
        if pseudo_type in RARE and (waiting := style_for.waiting.pop((element, pseudo_type), None)):
            cascaded, args, named = waiting
            # The engine has forgotten by now what applies to an element.
            style_for.get_cascaded_styles()[element, pseudo_type] = cascaded
            compute(style_for, element, *args, pseudo_type=pseudo_type, **named)
            del style_for.get_cascaded_styles()[element, pseudo_type]
        return give(style_for, element, pseudo_type)

    compute_or_wait.patched = True  # type: ignore[attr-defined]
    css.StyleFor.set_computed_styles, css.StyleFor.__call__ = compute_or_wait, give_style
