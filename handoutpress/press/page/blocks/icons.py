"""Pictograms before the entries of a list, each beside the words that say the same; the picture of a cover."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from handoutpress.content.brand.brand import ROLES
from handoutpress.content.models.handouts import NO_ICON
from handoutpress.content.pictures.icons import Icon
from handoutpress.press.page.blocks.drawings import inline_svg, role_colours
from handoutpress.press.plate.spoken_marks import DECORATION

BLACK: Mapping[str, str] = dict.fromkeys(ROLES, "#000000")
"""The colours of the ladder's pictograms: black and white whatever the brand."""
PALE = frozenset({"tint", "on_primary"})
"""Roles that are a ground on white, and on the brand's own colour are that colour."""
_ENTRY = re.compile(r"<li>")
_LIST = re.compile(r"<(ul|ol)>")


def with_icons(
    html: Markup, names: Sequence[str], icons: Mapping[str, Icon], colours: Mapping[str, str], *, is_screen: bool
) -> Markup:
    """Return paragraphs and a list with a pictogram before each entry; as they are where the list has other entries.

    ``colours`` are what colour roles look like.
    """
    if len(_ENTRY.findall(str(html))) != len(names):
        return html
    waiting = iter(names)

    def entry(_: re.Match[str]) -> str:
        name = next(waiting)
        return (
            "<li>" if name == NO_ICON else f'<li class="with-icon">{_drawn(icons[name], colours, is_screen=is_screen)}'
        )

    return Markup(_ENTRY.sub(entry, _LIST.sub(r'<\1 class="icons">', str(html))))  # noqa: S704  parts of ``html``


def cover_picture(cover: Icon | None) -> Markup:
    """Return the picture of a cover, once for a ground of tint or white and once for one of the brand's own colour.

    A look shows the one that stands out from its ground.
    """
    if cover is None:
        return Markup()
    colours = role_colours(is_screen=False)
    apart = {role: colours["primary" if role in PALE else "on_primary"] for role in ROLES} | {
        "accent": colours["accent"]
    }
    grounds = {"on-paper": colours, "on-primary": apart}
    drawn = (
        inline_svg(
            cover.drawing.painted(of_roles),
            f"{ground[-2:]}{cover.digest}",  # both are in the page, and so their names differ
            DECORATION,
            Markup('class="cover-picture {}" preserveAspectRatio="xMinYMax meet"').format(ground),
            is_screen=False,
        )
        for ground, of_roles in grounds.items()
    )
    return Markup().join(drawn)


def _drawn(icon: Icon, colours: Mapping[str, str], *, is_screen: bool) -> Markup:
    drawing, named_apart = icon.drawing.painted(colours), icon.digest
    return inline_svg(drawing, named_apart, DECORATION, Markup('class="icon"'), is_screen=is_screen)
