"""Which template and stylesheet make which page."""

from __future__ import annotations

from handoutpress.content.formats import Format

SCREEN_TEMPLATE = "screen.html.j2"
SCREEN_STYLE = "styles/screen.css"
SLIP_TEMPLATE = "slip.html.j2"
SLIP_STYLE = "styles/slip.css"
ART_TEMPLATE = "art.html.j2"
ART_STYLE = "styles/art.css"


def template_name(format_: Format) -> str:
    """The template that sets a format's pages."""
    return f"{format_.style}.html.j2"


def style_names(format_: Format) -> tuple[str, ...]:
    """The stylesheets of a format's pages, in the order that they are read."""
    names = (format_.base_style, format_.style) if format_.base_style else (format_.style,)
    return tuple(f"styles/{name}.css" for name in names)
