"""What WeasyPrint 70 leaves out while it draws, added by wrapping two of its private functions; and a quicker start.

Both only add to the PDF; tests hold that the languages and the spoken texts arrive. All other mends are on the plate.
"""

from __future__ import annotations

import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

CLUSTERED = ((0x0900, 0x0DFF), (0x1000, 0x109F), (0x1780, 0x17FF))
"""Scripts whose letters change places as they are drawn: those of India, Myanmar and Khmer."""


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


def speak_clusters(text: Any) -> None:
    """Say with each line in such a script what it reads (ISO 32000-1, 14.9.4); ``text`` is the engine's module."""
    draw = text.draw_first_line
    if getattr(draw, "mended", False):
        return

    def speaking(stream: Any, textbox: Any, *rest: Any) -> Any:
        if not any(low <= ord(letter) <= high for letter in textbox.text for low, high in CLUSTERED):
            return draw(stream, textbox, *rest)
        words = "feff" + textbox.text.encode("utf-16-be").hex()
        stream.stream.append(f"/Span <</ActualText <{words}>>> BDC")
        emojis = draw(stream, textbox, *rest)
        stream.stream.append("EMC")
        return emojis

    speaking.mended = True  # type: ignore[attr-defined]
    text.draw_first_line = speaking
