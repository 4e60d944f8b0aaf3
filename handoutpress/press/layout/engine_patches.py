"""What WeasyPrint 70 leaves out while it draws, added by wrapping its private functions; its lines' ends; its pace.

The first only add to the PDF; tests hold that the languages and the spoken texts arrive, and that lines end where they
should. The pace changes nothing in it; a test holds that, too. All other mends are on the plate.
"""

from __future__ import annotations

import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any


def _nowhere(name: str) -> str | None:
    return None


@contextmanager
def quick_loading() -> Iterator[None]:
    """Load the engine without asking compilers where its libraries are.

    It tries the names that other systems give them first, and for each of these Python starts ldconfig, gcc and ld: a
    fifth of a second. On Linux the name that it tries after these is the one that the loader knows.
    """
    if sys.platform != "linux":
        yield
        return
    find, ctypes.util.find_library = ctypes.util.find_library, _nowhere
    try:
        yield
    finally:
        ctypes.util.find_library = find


MARGINS = (
    *(f"@{side}-{place}" for side in ("top", "bottom") for place in ("left-corner", "left", "center", "right")),
    *(f"@{side}-right-corner" for side in ("top", "bottom")),
    *(f"@{side}-{place}" for side in ("left", "right") for place in ("top", "middle", "bottom")),
)
"""The sixteen boxes in the margins of a page (CSS Paged Media 3, 4.2)."""


def mend_layout(layout: Any) -> None:
    """Mend how pages are laid out; ``layout`` is the engine's package."""
    pass_over_empty_margins(layout)
    let_spaces_hang(layout.inline)


def pass_over_empty_margins(layout: Any) -> None:
    """Make no boxes in the margins of a page whose style says nothing for any; ``layout`` is the engine's module.

    It makes all sixteen on each page before it drops those without content: an eighth of the time that art takes.
    """
    make = layout.make_margin_boxes
    if getattr(make, "mended", False):
        return

    @wraps(make)
    def making(context: Any, page: Any, state: Any) -> Iterator[Any]:
        found = context.style_for.get_computed_styles()
        styles = (found.get((page.page_type, name)) for name in MARGINS)
        if any(style is not None and "content" in style.cascaded for style in styles):
            yield from make(context, page, state)

    making.mended = True  # type: ignore[attr-defined]
    layout.make_margin_boxes = making


def let_spaces_hang(inline: Any) -> None:
    """Let the space at a line's end stand over its edge (CSS Text 3, 4.1.2); ``inline`` is the engine's module.

    It cuts a text that fits but for the space before an inline element after its first word.
    """
    split = inline.split_first_line
    if getattr(split, "mended", False):
        return

    @wraps(split)
    def splitting(text: str, style: Any, context: Any, max_width: Any, *rest: Any, **named: Any) -> Any:
        found = split(text, style, context, max_width, *rest, **named)
        first_word = len(text.partition(" ")[0].encode()) + 1
        if text.endswith(" ") and found[2] is not None and found[2] <= first_word:
            whole = split(text.rstrip(" "), style, context, max_width, *rest, **named)
            if whole[2] is None and whole[3] <= max_width:
                return whole
        return found

    splitting.mended = True  # type: ignore[attr-defined]
    inline.split_first_line = splitting


def tag_languages(tags: Any) -> None:
    """Let an element's own ``lang`` reach its structure element (ISO 14289-1, 7.2); ``tags`` is the engine's module."""
    build = tags._build_box_tree
    if getattr(build, "mended", False):
        return

    def telling(box: Any, *rest: Any) -> Iterator[Any]:
        own = getattr(getattr(box, "_box", box), "element", None)
        language = own.get("lang") if own is not None and own.tag != "html" else None
        for element in build(box, *rest):
            if language:
                element["Lang"] = f"({language})"
            yield element

    telling.mended = True  # type: ignore[attr-defined]
    tags._build_box_tree = telling
