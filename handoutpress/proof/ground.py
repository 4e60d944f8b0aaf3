"""What lies behind the text: the same page without its words, as a picture."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pypdfium2
from PIL import Image

from handoutpress.proof.finished import MAX_PIXELS, FinishedPdf

_TEXT = {"Tj", "TJ", "'", '"'}


def grounds(pdf: FinishedPdf, dpi: int) -> list[Image.Image]:
    """Each page without text, RGB, of the size that ``FinishedPdf.picture`` gives."""
    with pikepdf.open(io.BytesIO(pdf.data)) as bare:
        for page in bare.pages:
            if "/Contents" in page:
                page.Contents = bare.make_stream(_without_text(page))
        for one in bare.objects:
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Form":
                one.write(_without_text(one))
        out = io.BytesIO()
        bare.save(out)
    with pypdfium2.PdfDocument(out.getvalue()) as opened:
        return [_render(page, dpi) for page in opened]


def _without_text(stream: Any) -> bytes:
    kept = [part for part in pikepdf.parse_content_stream(stream) if str(part.operator) not in _TEXT]
    return pikepdf.unparse_content_stream(kept)


def _render(page: Any, dpi: int) -> Image.Image:
    width, height = page.get_size()
    scale = min(dpi / 72, (MAX_PIXELS / max(1.0, width * height)) ** 0.5)
    picture: Image.Image = page.render(scale=scale, rev_byteorder=True).to_pil()
    return picture.convert("RGB")
