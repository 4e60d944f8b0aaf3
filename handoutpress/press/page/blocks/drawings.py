"""Pictures as a page shows them: a handout's own, and the figures of poses, of one scale on all pages of a format."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import inf
from pathlib import Path

from markupsafe import Markup

from handoutpress.content.brand.brand import ROLES
from handoutpress.content.pictures.handout_picture import HandoutPicture, PictureUse
from handoutpress.content.poses.pose import Pose
from handoutpress.press.extras.screen_extras import data_address
from handoutpress.press.extras.small_pictures import page_picture
from handoutpress.press.figures.figure import Figure, figure
from handoutpress.press.plate.roles import sentinel_css
from handoutpress.press.plate.spoken_marks import DECORATION

FIGURE_EM = 7.3
"""How high a figure that stands, or how long one that lies, is: larger in large print. On a screen that is 36 mm."""
_SCREEN_FIGURE = 36.0
_SIZES = re.compile(r'\s(?:width|height|class|role|id|style)="[^"]*"')
_NAME = re.compile(r"""(\sid="|url\(\s*["']?#|href="#)""")
_INCH = 25.4
_CSS_PPI = 96
_SCREEN_COLOURS = {role: f"var(--{role.replace('_', '-')})" for role in ROLES}


@dataclass(frozen=True)
class DrawingView:
    """A picture as markup; ``width`` and ``height`` are mm, as printed."""

    html: Markup
    width: float
    height: float


@dataclass(frozen=True)
class FigureRoom:
    """What a page has for a figure: its type and the width of a column, mm; both are None on a screen.

    ``from_right`` tells that it is read from the right.
    """

    em: float | None
    widest: float | None
    from_right: bool


def picture_drawing(
    picture: HandoutPicture, use: PictureUse, alt: str, widest: float | None, fineness: float = inf
) -> DrawingView:
    """Return a handout's own picture, at most ``widest`` mm wide; None is a screen.

    The page holds all of it: upright, without what a camera notes beside a picture, and no finer than a screen shows,
    in ``fineness`` bytes at most for each square mm.
    """
    width, height = picture.printed(use, widest)
    if picture.roles:
        colours, attributes = role_colours(is_screen=widest is None), _size(width, height, widest)
        attributes = Markup('class="picture" {}').format(attributes)
        painted = picture.roles.painted(colours)
        html = inline_svg(painted, picture.digest, alt, attributes, is_screen=widest is None)
        return DrawingView(html, width, height)
    address = _address(picture.path, picture.digest, width, fineness * width * height)
    html = Markup('<img class="picture" src="{}" alt="{}" {}>').format(address, alt, _size(width, height, widest))
    return DrawingView(html, width, height)


def inline_svg(drawing: str, digest: str, spoken: str, attributes: Markup, *, is_screen: bool) -> Markup:
    """Return a safe SVG as part of a page; ``spoken`` are its words, or ``DECORATION`` where it needs none.

    Its names begin with its ``digest``: another drawing of the page may have the same.
    """
    head, _, shapes = _NAME.sub(rf"\g<1>p{digest[:6]}-", drawing).partition(">")
    said, title = Markup('role="img"'), Markup("<title>{}</title>").format(spoken)
    if is_screen and spoken == DECORATION:
        said, title = Markup('aria-hidden="true"'), Markup("")
    # Both parts are of a drawing that was read as safe.
    head, shapes = Markup(_SIZES.sub("", head)), Markup(shapes)  # noqa: S704
    return Markup("{} {} {}>{}{}").format(head, attributes, said, title, shapes)


def _size(width: float, height: float, widest: float | None) -> Markup:
    """Return the attributes of a picture's size, mm: a site allows no style within a page, and its own makes it fit."""
    if widest:
        return Markup('style="width: {}mm; height: {}mm"').format(width, height)
    pixels = [round(length / _INCH * _CSS_PPI) for length in (width, height)]
    return Markup('width="{}" height="{}"').format(*pixels)


@lru_cache(maxsize=64)
def _address(path: Path, digest: str, width: float, most: float) -> str:
    return data_address(page_picture(path, width, most))


def pose_drawing(start: Pose, end: Pose | None, spoken: str, page: FigureRoom) -> DrawingView:
    """Return the drawing of a pose or a movement, as large as a page has room for."""
    widest = page.widest
    drawn = _figure(
        start.model_dump_json(),
        end.model_dump_json() if end else "",
        is_screen=widest is None,
        from_right=page.from_right,
    )
    scale = (FIGURE_EM * page.em if page.em else _SCREEN_FIGURE) / 100
    scale = min(scale, widest / drawn.width) if widest else scale
    width, height = round(drawn.width * scale, 1), round(drawn.height * scale, 1)
    html = Markup(drawn.svg(spoken, _size(width, height, widest)))  # noqa: S704  made by ``figure``
    return DrawingView(html, width, height)


def role_colours(*, is_screen: bool) -> Mapping[str, str]:
    """Return what colour roles are called on a page: names of colours that a screen's page has, else sentinels."""
    return _SCREEN_COLOURS if is_screen else sentinel_css()


@lru_cache(maxsize=256)
def _figure(start: str, end: str, *, is_screen: bool, from_right: bool) -> Figure:
    colours = role_colours(is_screen=is_screen)
    end_pose = Pose.model_validate_json(end) if end else None
    return figure(Pose.model_validate_json(start), end_pose, colours, from_right=from_right)
