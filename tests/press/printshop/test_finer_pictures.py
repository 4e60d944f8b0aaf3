"""Photographs on a print shop's sheets: as fine as paper shows, where pages have what a screen shows."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
from PIL import Image
from press_room import catalog_of, clinic, edition_of, write_handout

from handoutpress.app.build import assemble_press
from handoutpress.press.printshop.press import PrintShopPress

STEP = 44 / 25.4
"""How wide a picture of a step prints, inches."""


def _photograph(path: Path, size: tuple[int, int]) -> str:
    Image.merge("RGB", [Image.effect_noise(size, sigma) for sigma in (9, 12, 15)]).save(path, quality=90)
    return path.name


def _widths(data: bytes) -> list[tuple[int, str]]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        streams = [value for value in pdf.objects if isinstance(value, pikepdf.Stream)]
        images = [stream for stream in streams if stream.get("/Subtype") == "/Image"]
        return sorted((int(image.Width), str(image.ColorSpace)) for image in images)


def test_a_photograph_has_the_pixels_that_each_purpose_wants(tmp_path: Path) -> None:
    root = clinic(tmp_path)
    (root / "pictures").mkdir()
    fine, coarse = (_photograph(root / f"pictures/{width}.jpg", (width, width // 2)) for width in (900, 400))
    steps = [{"text": f"Step {name}.", "picture": {"file": name, "alt": f"Cup of {name}"}} for name in (fine, coarse)]
    write_handout(root, body=[{"steps": steps}])
    catalog = catalog_of(root)
    edition, press = edition_of(catalog), assemble_press(catalog)

    screen = press.open_plate(edition).print(edition).pdf
    assert _widths(screen) == [(round(STEP * 220), "/DeviceRGB")] * 2
    for purpose, space in (("print", "/DeviceCMYK"), ("mono", "/DeviceGray")):
        sheets = PrintShopPress(catalog, press, purpose).open_plate(edition).print(edition).pdf  # type: ignore[arg-type]
        assert _widths(sheets) == [(400, space), (round(STEP * 300), space)]
