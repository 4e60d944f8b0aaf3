"""A picture of a handout: the file, and at what size it prints where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Literal

from handoutpress.content.models.blocks.picture import ShownPicture
from handoutpress.content.models.handouts import Handout
from handoutpress.content.pictures.role_svg import RoleSvg
from handoutpress.yamlfile.source import Location

PictureUse = Literal["picture", "strip", "step", "exercise"]
LARGEST: dict[PictureUse, tuple[float, float]] = {
    "picture": (110, 80),
    "strip": (170, 60),
    "step": (44, 33),
    "exercise": (38, 38),
}
"""The largest width and height, mm, at which a picture prints, by where it stands."""
STRIP_LABELS = 4
"""Of so many labels on, a picture is a strip."""
GOOD_PPI = 220
"""Pixels to the inch, as printed, from which a photograph looks right; fewer are warned of."""
LEAST_PPI = 150
"""Fewer are refused."""
PHOTOGRAPH_BYTES = 280_000
"""What all photographs of a handout may take of the 500 kB of a file with photographs."""
_INCH = 25.4


@dataclass(frozen=True)
class HandoutPicture:
    """A file that can be printed: its size in its own units, or in ``pixels``; ``digest`` is of its bytes.

    ``roles`` is the drawing of one whose colours are roles.
    """

    path: Path
    width: float
    height: float
    pixels: bool
    digest: str
    roles: RoleSvg | None = None

    def printed(self, use: PictureUse, widest: float | None = None) -> tuple[float, float]:
        """Return width and height, mm, at which it prints; no part of a page is wider than ``widest``."""
        most_width, most_height = LARGEST[use]
        scale = min(min(most_width, widest or most_width) / self.width, most_height / self.height)
        return round(self.width * scale, 1), round(self.height * scale, 1)

    def ppi(self, use: PictureUse) -> float | None:
        """Return its pixels to the inch at its largest; None for one that is drawn with lines."""
        return self.width / self.printed(use)[0] * _INCH if self.pixels else None


def use_of(picture: ShownPicture) -> PictureUse:
    """Return where a picture stands that is a block: one of many parts has the width of the text."""
    return "strip" if len(picture.labels) >= STRIP_LABELS else "picture"


def pictures_of(handout: Handout) -> Iterator[tuple[Location, PictureUse, ShownPicture]]:
    """Yield each picture of a handout, with its place in the handout and where it stands."""
    for at, block in enumerate(handout.body):
        place = ("body", at, block.type)
        if block.picture:
            yield place, use_of(block.picture), block.picture
        for number, step in enumerate(block.steps.items if block.steps else ()):
            if step.picture:
                yield (*place, "items", number, "picture"), "step", step.picture
        for number, exercise in enumerate(block.exercises.items if block.exercises else ()):
            for index, picture in enumerate(exercise.pictures):
                yield (*place, "items", number, "pictures", index), "exercise", picture


def photograph_fineness(handout: Handout, pictures: Mapping[str, HandoutPicture]) -> float:
    """Return how many bytes a square mm of a handout's photographs may take, as large as they print at most."""
    shown = ((pictures[picture.file], use) for _, use, picture in pictures_of(handout) if picture.file in pictures)
    sizes = [picture.printed(use) for picture, use in shown if picture.pixels]
    area = sum(width * height for width, height in sizes)
    return PHOTOGRAPH_BYTES / area if area else inf
