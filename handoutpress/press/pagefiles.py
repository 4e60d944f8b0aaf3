"""Which template and stylesheet make which page."""

from __future__ import annotations

from handoutpress.content.formats import Format

SCREEN_TEMPLATE = "screen.html.j2"
SCREEN_STYLE = "styles/screen.css"
ART_TEMPLATE = "art.html.j2"
ART_STYLE = "styles/art.css"


def template_name(format_: Format) -> str:
    """The template that sets a format's pages."""
    return f"{format_.style}.html.j2"


def style_name(format_: Format) -> str:
    """The stylesheet of a format's pages."""
    return f"styles/{format_.style}.css"
