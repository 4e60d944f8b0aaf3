"""Draw docs/pictures/icons.png: all pictograms with their names. Run it from the project's folder."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from handoutpress.content.brand.brand import ROLES
from handoutpress.content.brand.svg_picture import svg_picture
from handoutpress.content.pictures.role_svg import read_roles
from handoutpress.content.project import builtin_root

ACROSS, SIDE, CELL, LABEL = 10, 96, 150, 34
COLOUR = "#14304f"


def main() -> None:
    """Write the sheet."""
    root = builtin_root()
    files = sorted((root / "icons").glob("*.svg"))
    face = ImageFont.truetype(str(root / "fonts/source-sans-3/SourceSans3-Regular.ttf"), 19)
    sheet = Image.new("RGB", (ACROSS * CELL, -(-len(files) // ACROSS) * (CELL + LABEL // 2)), "white")
    draw = ImageDraw.Draw(sheet)
    for number, file in enumerate(files):
        left, top = number % ACROSS * CELL, number // ACROSS * (CELL + LABEL // 2)
        drawing = read_roles(file.read_bytes()).painted(dict.fromkeys(ROLES, COLOUR))
        icon = Image.open(io.BytesIO(svg_picture(drawing.encode(), SIDE))).convert("RGBA")
        sheet.paste(icon, (left + (CELL - SIDE) // 2, top + 10), icon)
        draw.text((left + CELL / 2, top + SIDE + 16), file.stem, font=face, fill="#1a1a1a", anchor="ma")
    sheet.quantize(16).save(Path("docs/pictures/icons.png"), optimize=True)


if __name__ == "__main__":
    main()
