"""Write docs/poses.md and the pictures in it from the poses themselves: every one, drawn as the press draws it."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from handoutpress.content.brand.svg_picture import svg_picture  # noqa: E402
from handoutpress.content.poses.pose import LIMBS, TRUNK, Pose  # noqa: E402
from handoutpress.content.poses.pose_files import load_poses  # noqa: E402
from handoutpress.content.project import Project  # noqa: E402
from handoutpress.press.figures.figure import Figure, figure  # noqa: E402

PAGE = ROOT / "docs" / "poses.md"
PICTURES = ROOT / "docs" / "pictures"
COLOURS = {"primary": "#1f5f4f", "accent": "#b8610d"}
GROUND, SCALE, WIDTH, GAP = "#eef3f1", 2.2, 1200, 14
HEAD = """\
# Poses

The press draws these figures of exercises itself, in the colours of each brand. An exercise names a start and an end:

```yaml
pose: seated-arch                                    # the movement
pose: {start: seated-arch-1, end: seated-arch-2}     # the same
pose: {start: wall-squat-2}                          # one drawing, of a pose that is held
```

The arrow shows what moves from the one to the other. Two poses that are not a pair here may be used as one, if the
figure stands or lies alike in both. In a language that is read from the
right, the start stands at the right; no figure is mirrored.
"""
FOOT = """\
## A pose of your own

Write it into `poses/<any name>.yaml` of your project. A pose of a name that is built in takes its place.

```yaml
poses:
  elbow-bend-1:
    position: standing
    stays: right_heel
    joints: {shoulder: 0, elbow: 5}
  elbow-bend-2:
    like: elbow-bend-1
    joints: {right_elbow: 130}
```

| key | |
|---|---|
| `position` | what a screen reader says of it: `standing`, `sitting`, `on_back`, `on_front`, `on_side`, `on_all_fours`, `kneeling` |
| `like` | a pose above it in the file, of which it is a change |
| `view` | degrees: 0 from its right side, 90 from the front, -90 from behind; 10 if you write nothing |
| `above` | how far from above it is seen, degrees |
| `stays` | the point that stays where it is in a movement: `pelvis`, `right_heel` |
| `moves` | the points whose ways the arrows show; without it, that of the point that moves furthest |
| `lifted` | how far the lowest point is above the floor, in hundredths of the figure's height |
| `props` | things, each with what of the body it is at: `chair`, `stool`, `chair_back`, `wall`, `step`, `worktop`, `pillow`, `roll`, `mat`, `band`, `stick` |
| `joints` | angles in degrees from standing upright with hanging arms; those of limbs are for both sides, or one with `left_` or `right_` before the name |

An angle that the joint cannot have is a mistake. Run `python docs/make_pose_sheet.py` in a checkout to see a sheet of all.

| joint | from | to |
|---|---|---|
"""  # noqa: E501  rows of a table


def poses() -> Mapping[str, Mapping[str, Pose]]:
    """Return all built-in poses, by part of the body."""
    project = Project(ROOT, ROOT)
    library = load_poses(project).poses
    names = {
        part: re.findall(r"^  (\S+):$", path.read_text("utf-8"), re.M) for part, path in project.files("poses").items()
    }
    return {part: {name: library[name] for name in of_part} for part, of_part in names.items()}


def figures(of_part: Mapping[str, Pose]) -> dict[str, Figure]:
    """Return the figure of each movement, by the name that its poses share."""
    names = dict.fromkeys(name.rpartition("-")[0] for name in of_part)
    return {name: figure(of_part[f"{name}-1"], of_part[f"{name}-2"], COLOURS) for name in names}


def page() -> str:
    """Return the whole page."""
    text = HEAD
    for part, of_part in poses().items():
        drawn = figures(of_part)
        digest = sha256("".join(one.shapes for one in drawn.values()).encode()).hexdigest()[:16]
        listed = "\n".join(f"| `{name}` | {_position(of_part, name)} |" for name in drawn)
        text += f"\n## {part.capitalize()}\n\n![Poses: {part}](pictures/poses-{part}.png)\n<!-- {digest} -->\n\n"
        text += f"| movement | |\n|---|---|\n{listed}\n"
    rows = "".join(f"| `{name}` | {low:g} | {high:g} |\n" for name, (low, high) in {**TRUNK, **LIMBS}.items())
    return f"{text}\n{FOOT}{rows}"


def _position(of_part: Mapping[str, Pose], name: str) -> str:
    """Return how the figure of a movement lies or stands, and what it stands at or holds."""
    start = of_part[f"{name}-1"]
    props = ", ".join(prop.replace("_", " ") for prop in start.props)
    return start.position.replace("_", " ") + (f" ({props})" if props else "")


def _tile(name: str, drawn: Figure, font: ImageFont.FreeTypeFont) -> Image.Image:
    width = round(drawn.width * SCALE)
    picture = Image.open(io.BytesIO(svg_picture(drawn.svg(name).encode(), width))).convert("RGBA")
    tile = Image.new("RGB", (max(width, 150) + 2 * GAP, picture.height + 44), GROUND)
    tile.paste(picture, (GAP, 34), picture)
    ImageDraw.Draw(tile).text((GAP, 7), name, fill="#1a1a1a", font=font)
    return tile


def sheet(drawn: Mapping[str, Figure]) -> Image.Image:
    """Return a picture of figures in rows, each under its name."""
    font = ImageFont.truetype(str(next((ROOT / "fonts").rglob("SourceSans3-Regular.ttf"))), 18)
    places, left, top, row = [], 0, 0, 0
    tiles = [_tile(name, one, font) for name, one in drawn.items()]
    for tile in tiles:
        if left and left + tile.width > WIDTH:
            left, top, row = 0, top + row + GAP, 0
        places.append((left, top))
        left, row = left + tile.width + GAP, max(row, tile.height)
    whole = Image.new("RGB", (WIDTH, top + row), "white")
    for tile, place in zip(tiles, places, strict=True):
        whole.paste(tile, place)
    return whole


def main() -> int:
    """Write the page and its pictures."""
    for part, of_part in poses().items():
        sheet(figures(of_part)).quantize(64).save(PICTURES / f"poses-{part}.png", optimize=True)
    PAGE.write_text(page(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
