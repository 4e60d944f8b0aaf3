"""Pictures as a page shows them: a handout's own, and the figures of poses, of one scale on all pages of a format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup, escape

from handoutpress.content.pictures.handout_picture import HandoutPicture, PictureUse
from handoutpress.content.poses.pose import Pose
from handoutpress.press.extras.screen_extras import data_address
from handoutpress.press.extras.small_pictures import print_picture
from handoutpress.press.figures.figure import Figure, figure
from handoutpress.press.plate.roles import sentinel_css

SCALE = 0.36
"""Millimetres for a hundredth of a figure's height: a figure is 36 mm high or long."""
PPI = 250
"""Pixels to the inch of photographs: between what a screen shows (220) and what a print shop wants (300)."""
_INCH = 25.4
_FIGURE_ROLES = ("primary", "accent")
_SCREEN_COLOURS = {role: f"var(--{role})" for role in _FIGURE_ROLES}


@dataclass(frozen=True)
class DrawingView:
    """A picture as markup; ``width`` and ``height`` are mm, as printed."""

    html: Markup
    width: float
    height: float


def picture_drawing(picture: HandoutPicture, use: PictureUse, alt: str, widest: float | None) -> DrawingView:
    """Return a handout's own picture, at most ``widest`` mm wide; None is a screen.

    The page holds all of it: upright, without what a camera notes beside a picture, and no finer than print can show.
    """
    width, height = picture.printed(use, widest)
    size = f"width: {width}mm; height: {height}mm" if widest else f"width: {width}mm; height: auto"
    address = _address(picture.path, picture.digest, round(width / _INCH * PPI))
    html = Markup('<img class="picture" src="{}" alt="{}" style="{}">').format(address, alt, size)
    return DrawingView(html, width, height)


@lru_cache(maxsize=64)
def _address(path: Path, digest: str, pixels: int) -> str:
    return data_address(print_picture(path, pixels))


def pose_drawing(start: Pose, end: Pose | None, spoken: str, widest: float | None) -> DrawingView:
    """Return the drawing of a pose or a movement, at most ``widest`` mm wide; None is a screen."""
    drawn = _figure(start.model_dump_json(), end.model_dump_json() if end else "", is_screen=widest is None)
    scale = min(SCALE, widest / drawn.width) if widest else SCALE
    width, height = round(drawn.width * scale, 1), round(drawn.height * scale, 1)
    size = f"width: {width}mm; height: {height}mm" if widest else f"width: {width}mm; height: auto"
    head = f'<svg class="figure" xmlns="http://www.w3.org/2000/svg" viewBox="{drawn.view}" role="img" style="{size}">'
    html = f"{head}<title>{escape(spoken)}</title>{drawn.shapes}</svg>"
    return DrawingView(Markup(html), width, height)  # noqa: S704  made by ``figure``


@lru_cache(maxsize=256)
def _figure(start: str, end: str, *, is_screen: bool) -> Figure:
    colours: Mapping[str, str] = _SCREEN_COLOURS if is_screen else sentinel_css()
    end_pose = Pose.model_validate_json(end) if end else None
    return figure(Pose.model_validate_json(start), end_pose, colours)
