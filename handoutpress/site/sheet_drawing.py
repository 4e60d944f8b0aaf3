"""The upper part of a sheet's first page as a picture."""

from __future__ import annotations

import io
from dataclasses import asdict
from pathlib import Path

import pikepdf
from PIL import Image

from handoutpress.press.plate.roles import space_name
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.site.clinics import NOBODYS, PICTURE_SIZE

_COLOURS = 64
_POINTS = 72


def draw_sheet(path: Path, *, is_plain: bool) -> bytes:
    """Return the upper part of a finished PDF's first page as PNG; ``is_plain``, without anything of the clinic."""
    width = PICTURE_SIZE[0]
    data = _plain(path.read_bytes()) if is_plain else path.read_bytes()
    with FinishedPdf(path, data, ours=True) as pdf:
        paper = pdf.box(1, "crop")
        page = pdf.picture(1, round(width / paper.width * _POINTS))
    picture = Image.new("RGB", PICTURE_SIZE, "white")
    picture.paste(page.resize((width, round(page.height * width / page.width))))
    out = io.BytesIO()
    picture.quantize(_COLOURS).save(out, "PNG", optimize=True)
    return out.getvalue()


def _plain(data: bytes) -> bytes:
    """Return a finished PDF whose first page has nothing of the clinic: no drawing of its own, and nobody's colours."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        resources = pdf.pages[0].resources
        for form in resources.get("/XObject", pikepdf.Dictionary()).values():
            if form.get("/Subtype") == "/Form":
                form.write(b"")
        spaces = resources.get("/ColorSpace", pikepdf.Dictionary())
        for role, colour in asdict(NOBODYS).items():
            if space_name(role) in spaces:
                value = pikepdf.String(bytes.fromhex(colour[1:]))
                spaces[space_name(role)] = pikepdf.Array([pikepdf.Name.Indexed, pikepdf.Name.DeviceRGB, 0, value])
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()
