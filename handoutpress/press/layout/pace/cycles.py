"""What a layout leaves behind, given back at once: no two things of it hold each other.

The boxes, styles and pictures of a page hold what made them, and that holds them. Python finds such cycles only by a
search through all that is alive, which took a seventh of the time of a build; what is in none goes when its page does.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from traceback import clear_frames
from typing import Any
from weakref import ref

NEEDED = ("font_config", "dictionaries")
"""What of a layout's context draws the text in pictures; all else is for layout."""


def leave_no_cycles(module: Callable[[str], Any]) -> None:
    """Let nothing that is laid out hold itself; ``module`` gives the engine's modules by their names."""
    css, document = module("weasyprint.css"), module("weasyprint.document")
    if getattr(css._resolve_calc_sum, "patched", False):
        return
    for kind in (css.AnonymousStyle, css.InitialStyle):
        kind.specified = property(lambda style: style, lambda style, itself: None)
    module("weasyprint.svg").LazyDefs._svg = property(_picture_of, _hold_loosely)
    css._resolve_calc_sum = _keeping_no_error(css._resolve_calc_sum)
    document.layout_document = _forgetting(document.layout_document)


def _picture_of(definitions: Any) -> Any:
    return definitions.picture()


def _hold_loosely(definitions: Any, picture: Any) -> None:
    definitions.picture = ref(picture)


def _keeping_no_error(resolve: Any) -> Any:
    """Return the same, but that no frame is left which holds an error that holds the frame."""

    @wraps(resolve)
    def resolve_or_raise(*args: Any, **options: Any) -> Any:
        try:
            return resolve(*args, **options)
        except ValueError as error:  # a length that depends on what is not known yet
            clear_frames(error.__traceback__)
            raise

    resolve_or_raise.patched = True  # type: ignore[attr-defined]
    return resolve_or_raise


def _forgetting(lay_out: Any) -> Any:
    """Return a layout that ends with what drawing needs."""

    @wraps(lay_out)
    def lay_out_and_forget(html: Any, root_box: Any, context: Any) -> list[Any]:
        pages = list(lay_out(html, root_box, context))
        for style in context.style_for.get_computed_styles().values():
            _forget_anonymous(style)
        context.target_collector.target_lookup_items.clear()
        context.target_collector.counter_lookup_items.clear()
        needed = {name: getattr(context, name) for name in NEEDED}
        vars(context).clear()
        vars(context).update(needed)
        return pages

    return lay_out_and_forget


def _forget_anonymous(style: Any) -> None:
    """Let a style forget those of the boxes without an element that it gave its values to."""
    while style is not None:
        style = vars(style).pop("anonymous_style", None)
