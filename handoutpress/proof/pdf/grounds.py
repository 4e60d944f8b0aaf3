"""What lies behind the text: the same page without its words, as a picture."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2
from PIL import Image

from handoutpress.press.plate.roles import ROLES, SENTINELS, space_name
from handoutpress.proof.pdf.finished_pdf import MAX_PIXELS, FinishedPdf, in_colour
from handoutpress.proof.pdf.forms import is_slot

_TEXT = frozenset({"BT", "ET", "Tj", "TJ", "'", '"', "Tf", "Td", "TD", "Tm", "T*", "Tc", "Tw", "Tz", "TL", "Ts", "Tr"})


def grounds(pdf: FinishedPdf, dpi: int) -> list[Image.Image]:
    """Each page without text, RGB, of the size that ``FinishedPdf.picture`` gives."""
    return _pictures(_without_words(pdf), dpi)


def role_grounds(pdf: FinishedPdf, dpi: int) -> list[Image.Image]:
    """As ``grounds``, without what a brand put into slots, and each colour role in its sentinel colour."""
    with pikepdf.open(io.BytesIO(_without_words(pdf))) as bare:
        for one in _forms(bare):
            if is_slot(one):
                one.write(b"")
        for holder in (*(page.obj for page in bare.pages), *_forms(bare)):
            spaces = holder.get("/Resources", pikepdf.Dictionary()).get("/ColorSpace", pikepdf.Dictionary())
            for role in ROLES:
                if space_name(role) in spaces:
                    spaces[space_name(role)][3] = pikepdf.String(bytes(SENTINELS[role]))
        return _pictures(_as_bytes(bare), dpi)


def _without_words(pdf: FinishedPdf) -> bytes:
    return pdf.once("without words", lambda: _take_words_out(pdf))


def _take_words_out(pdf: FinishedPdf) -> bytes:
    with pikepdf.open(io.BytesIO(pdf.data)) as bare:
        for page in bare.pages:
            if "/Contents" in page:
                page.Contents = bare.make_stream(without_text(pdf, page.obj))
        for one in _forms(bare):
            one.write(without_text(pdf, one))
        return _as_bytes(bare)


def _as_bytes(pdf: pikepdf.Pdf) -> bytes:
    """A file to look at once: nothing is packed again."""
    out = io.BytesIO()
    pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


def _forms(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Stream]:
    for one in pdf.objects:
        if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Form":
            yield one


def without_text(pdf: FinishedPdf, holder: Any) -> bytes:
    """What a page or form of the file draws besides its words."""
    return pdf.once(f"without text {holder.objgen}", lambda: _without_text(holder))


def _without_text(holder: Any) -> bytes:
    kept = [part for part in pikepdf.parse_content_stream(holder) if str(part.operator) not in _TEXT]
    return pikepdf.unparse_content_stream(kept)


def _pictures(data: bytes, dpi: int) -> list[Image.Image]:
    with pypdfium2.PdfDocument(data) as opened:
        return [_render(page, dpi) for page in opened]


def _render(page: Any, dpi: int) -> Image.Image:
    width, height = page.get_size()
    scale = min(dpi / 72, (MAX_PIXELS / max(1.0, width * height)) ** 0.5)
    return in_colour(page.render(scale=scale, rev_byteorder=True))
