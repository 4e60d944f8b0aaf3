"""The sentence for what print cannot draw of an SVG's styles."""

from __future__ import annotations

PLAIN = (
    'Hint: in Inkscape, save it as "Plain SVG"; in Illustrator, export it with the styling "Presentation Attributes"; '
    "or save it as a PNG of 2,000 pixels."
)


def not_drawn(what: str, line: int) -> ValueError:
    """Return the error for ``what`` in a logo's styles, as it reads after the file's name."""
    return ValueError(f"uses {what} in line {line}, which print cannot draw. {PLAIN}")
