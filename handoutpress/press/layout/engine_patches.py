"""Patches of WeasyPrint 70: what it leaves out while it draws, where its lines end, what it breaks, how it loads.

Its private functions are wrapped, each once, when the engine is loaded. Tests hold that languages and spoken texts
arrive in the PDF, and that lines end where they should. Its pace is in ``pace/``. All other fixes are made on the
plate, by ``plate/tags.py``.
"""

from __future__ import annotations

import ctypes.util
import math
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

MARGINS = (
    *(f"@{side}-{place}" for side in ("top", "bottom") for place in ("left-corner", "left", "center", "right")),
    *(f"@{side}-right-corner" for side in ("top", "bottom")),
    *(f"@{side}-{place}" for side in ("left", "right") for place in ("top", "middle", "bottom")),
)
"""The sixteen boxes in the margins of a page (CSS Paged Media 3, 4.2)."""


def _find_no_library(name: str) -> str | None:
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
    find, ctypes.util.find_library = ctypes.util.find_library, _find_no_library
    try:
        yield
    finally:
        ctypes.util.find_library = find


def patch_layout(layout: Any) -> None:
    """Patch how pages are laid out; ``layout`` is the engine's package."""
    skip_empty_margins(layout)
    let_spaces_hang(layout.inline)
    keep_floats_whole(layout.block)
    leave_no_empty_box(layout.block)


def skip_empty_margins(layout: Any) -> None:
    """Make no boxes in the margins of a page whose style says nothing for any; ``layout`` is the engine's module.

    It makes all sixteen on each page before it drops those without content: an eighth of the time that art takes.
    """
    make_boxes = layout.make_margin_boxes
    if getattr(make_boxes, "patched", False):
        return

    @wraps(make_boxes)
    def make_used_boxes(context: Any, page: Any, state: Any) -> Iterator[Any]:
        computed = context.style_for.get_computed_styles()
        styles = (computed.get((page.page_type, name)) for name in MARGINS)
        if any(style is not None and "content" in style.cascaded for style in styles):
            yield from make_boxes(context, page, state)

    make_used_boxes.patched = True  # type: ignore[attr-defined]
    layout.make_margin_boxes = make_used_boxes


def let_spaces_hang(inline: Any) -> None:
    """Let the space at a line's end stand over its edge (CSS Text 3, 4.1.2); ``inline`` is the engine's module.

    It cuts a text that fits but for the space before an inline element after its first word.
    """
    split = inline.split_first_line
    if getattr(split, "patched", False):
        return

    @wraps(split)
    def split_hanging(text: str, style: Any, context: Any, max_width: Any, *args: Any, **options: Any) -> Any:
        # Of the tuple the third value is where the next line begins, None for none, and the fourth the line's width.
        line = split(text, style, context, max_width, *args, **options)
        first_word = len(text.partition(" ")[0].encode()) + 1
        if text.endswith(" ") and line[2] is not None and line[2] <= first_word:
            without_space = split(text.rstrip(" "), style, context, max_width, *args, **options)
            if without_space[2] is None and without_space[3] <= max_width:
                return without_space
        return line

    split_hanging.patched = True  # type: ignore[attr-defined]
    inline.split_first_line = split_hanging


def keep_floats_whole(block: Any) -> None:
    """Keep a float whole whose style says so (CSS Fragmentation 3, 3.2); ``block`` is the engine's module.

    The engine lets the lines that have no room on a page go on at the left edge of the next one.
    """
    lay_out = block.float_layout
    if getattr(lay_out, "patched", False):
        return

    @wraps(lay_out)
    def lay_out_whole(
        context: Any, box: Any, around: Any, absolute: Any, fixed: Any, bottom_space: float, skip_stack: Any
    ) -> Any:
        # With endless room nothing breaks; the caller then sees that the float is over the page's end, and moves it.
        room = -math.inf if box.style["break_inside"] == "avoid" else bottom_space
        return lay_out(context, box, around, absolute, fixed, room, skip_stack)

    lay_out_whole.patched = True  # type: ignore[attr-defined]
    block.float_layout = lay_out_whole


def leave_no_empty_box(block: Any) -> None:
    """Begin a box on the next page whose first float has no room on this one; ``block`` is the engine's module.

    The engine leaves its border and padding behind: a rule at the page's foot, with nothing below it.
    """
    lay_out = block.block_container_layout
    if getattr(lay_out, "patched", False):
        return

    @wraps(lay_out)
    def lay_out_begun(
        context: Any, box: Any, bottom_space: float, skip_stack: Any, page_is_empty: bool, *others: Any, **named: Any
    ) -> Any:
        result = lay_out(context, box, bottom_space, skip_stack, page_is_empty, *others, **named)
        laid_out, resume_at = result[:2]
        goes_on = not page_is_empty and skip_stack is None and laid_out is not None and resume_at is not None
        if goes_on and not laid_out.children and not any(resume_at.values()):
            return None, None, {"break": "any", "page": box.page_values()[0]}, [], False, result[-1]
        return result

    lay_out_begun.patched = True  # type: ignore[attr-defined]
    block.block_container_layout = lay_out_begun


def finish_pages(document: Any) -> None:
    """Let the caller of a layout move what stands on its pages; ``document`` is the engine's module.

    The HTML's own attribute ``finish_pages`` gets all pages.
    """
    lay_out = document.layout_document
    if getattr(lay_out, "patched", False):
        return

    def lay_out_and_finish(html: Any, root_box: Any, context: Any) -> list[Any]:
        pages = list(lay_out(html, root_box, context))
        if hasattr(html, "finish_pages"):
            html.finish_pages(pages)
        return pages

    lay_out_and_finish.patched = True  # type: ignore[attr-defined]
    document.layout_document = lay_out_and_finish


def tag_languages(tags: Any) -> None:
    """Let an element's own ``lang`` reach its structure element (ISO 14289-1, 7.2); ``tags`` is the engine's module."""
    build = tags._build_box_tree
    if getattr(build, "patched", False):
        return

    def build_with_languages(box: Any, *args: Any) -> Iterator[Any]:
        source = getattr(getattr(box, "_box", box), "element", None)
        # The document's language is in the catalog already; the engine writes it there.
        language = source.get("lang") if source is not None and source.tag != "html" else None
        for element in build(box, *args):
            if language:
                element["Lang"] = f"({language})"
            yield element

    build_with_languages.patched = True  # type: ignore[attr-defined]
    tags._build_box_tree = build_with_languages
