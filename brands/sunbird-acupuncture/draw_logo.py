"""Draws logo.png: a bird of leaves rising over the sun. Run it from anywhere; the same bytes every time."""

from __future__ import annotations

import math
from pathlib import Path

from PIL import Image, ImageDraw

SIZE, FINE, SIDE = 800, 4, 640
"""The drawing's units, how many times finer it is drawn before it is made smooth, and the picture's pixels."""
CORAL, MARIGOLD, LAGOON, DEEP = "#f4623a", "#ffc145", "#0b7378", "#084f55"
Point = tuple[float, float]


def leaf(root: Point, angle: float, length: float, width: float) -> list[Point]:
    """Return a leaf from ``root`` in the direction ``angle`` (degrees, anticlockwise from the right)."""
    along = (math.cos(math.radians(angle)), -math.sin(math.radians(angle)))
    across = (-along[1], along[0])
    steps = [step / 60 for step in range(61)]
    sides = [(t, math.sin(math.pi * t**0.85) * width / 2) for t in steps]
    sides += [(t, -side) for t, side in reversed(sides)]
    return [
        (root[0] + along[0] * t * length + across[0] * side, root[1] + along[1] * t * length + across[1] * side)
        for t, side in sides
    ]


def scaled(points: list[Point]) -> list[Point]:
    """Return ``points`` as fine as they are drawn."""
    return [(x * FINE, y * FINE) for x, y in points]


def logo() -> Image.Image:
    """Return the picture, with nothing behind the bird and the sun."""
    image = Image.new("RGBA", (SIZE * FINE, SIZE * FINE), "#ffffff00")
    draw = ImageDraw.Draw(image)
    draw.ellipse([value * FINE for value in (170, 250, 690, 770)], fill=MARIGOLD)
    shoulder = (395.0, 455.0)
    for angle, length, width, colour in (
        (207, 330, 62, LAGOON),
        (219, 290, 56, DEEP),
        (148, 400, 118, CORAL),
        (120, 420, 124, "#e2452b"),
        (92, 400, 118, CORAL),
    ):
        draw.polygon(scaled(leaf(shoulder, angle, length, width)), fill=colour)
    draw.polygon(scaled(leaf((300, 560), 36, 370, 150)), fill=LAGOON)
    draw.ellipse([value * FINE for value in (520, 290, 640, 410)], fill=LAGOON)
    draw.polygon(scaled([(612, 312), (786, 262), (632, 366)]), fill=DEEP)
    draw.ellipse([value * FINE for value in (585, 328, 605, 348)], fill="#ffffff")
    return image.resize((SIDE, SIDE), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    logo().save(Path(__file__).resolve().parent / "logo.png", optimize=True)
