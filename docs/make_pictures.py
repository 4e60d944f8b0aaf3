"""Make the pictures of README.md from real pages: prints the shipped handouts and rasterises what the README shows."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from PIL import Image, ImageOps

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
DPI = 80
SHOWN = {
    "exercises": "lantern-street/en/a4-leaflet/lower-back-exercises.pdf",
    "acupuncture": "harbour-osteopathy/en/a4-leaflet/acupuncture.pdf",
    "dry-needling": "sunbird-acupuncture/en/letter-leaflet/dry-needling.pdf",
    "comparison": "north-moor/en/a4-leaflet/acupuncture-or-dry-needling.pdf",
}
"""Each picture, and the file in ``out/`` whose pages it shows side by side."""


def pages_of(path: Path) -> list[Image.Image]:
    """The pages of a PDF as pictures with a thin frame."""
    with pypdfium2.PdfDocument(path) as pdf:
        pictures = [page.render(scale=DPI / 72).to_pil().convert("RGB") for page in pdf]
    return [ImageOps.expand(picture, border=1, fill="#999999") for picture in pictures]


def side_by_side(pictures: list[Image.Image], gap: int = 24) -> Image.Image:
    """Pictures in a row on white."""
    width = sum(picture.width for picture in pictures) + gap * (len(pictures) - 1)
    row = Image.new("RGB", (width, max(picture.height for picture in pictures)), "white")
    left = 0
    for picture in pictures:
        row.paste(picture, (left, 0))
        left += picture.width + gap
    return row


def main() -> int:
    """Print, rasterise, write ``docs/pictures``."""
    PICTURES.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        command = [
            sys.executable,
            ROOT / "generate.py",
            "build",
            "--no-html",
            "--format",
            "*-leaflet",
            "--language",
            "en",
            "--out",
            out,
        ]
        built = subprocess.run(command, cwd=ROOT, check=False)
        if built.returncode:
            return built.returncode
        for name, inner in SHOWN.items():
            picture = side_by_side(pages_of(out / inner)).quantize(64)
            picture.save(PICTURES / f"{name}.png", optimize=True)
            print(f"docs/pictures/{name}.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
