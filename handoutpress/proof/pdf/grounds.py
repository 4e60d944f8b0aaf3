"""What lies behind the text: the same page without its words, as a picture."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2
from PIL import Image

from handoutpress.content.brand.brand import ROLES
from handoutpress.press.plate.roles import SENTINELS, space_name
from handoutpress.proof.pdf.finished_pdf import FinishedPdf, in_colour, scale_for
from handoutpress.proof.pdf.forms import is_slot

_TEXT = frozenset({"BT", "ET", "Tj", "TJ", "'", '"', "Tf", "Td", "TD", "Tm", "T*", "Tc", "Tw", "Tz", "TL", "Ts", "Tr"})
"""The operators of text objects and of the text state (ISO 32000-1, 9.3 and 9.4)."""


def grounds(pdf: FinishedPdf, dpi: int) -> list[Image.Image]:
    """Draw each page without text, RGB, in the size that ``FinishedPdf.picture`` gives."""
    return _pictures(_without_words(pdf), dpi)


def role_grounds(pdf: FinishedPdf, dpi: int) -> list[Image.Image]:
    """Draw as ``grounds``, without what a brand put into slots, and each colour role in its sentinel colour."""
    with pikepdf.open(io.BytesIO(_without_words(pdf))) as wordless:
        for form in _forms(wordless):
            if is_slot(form):
                form.write(b"")
        for holder in (*(page.obj for page in wordless.pages), *_forms(wordless)):
            spaces = holder.get("/Resources", pikepdf.Dictionary()).get("/ColorSpace", pikepdf.Dictionary())
            for role in ROLES:
                if space_name(role) in spaces:
                    # The fourth entry of an Indexed space is its palette, here of one colour (ISO 32000-1, 8.6.6.3).
                    spaces[space_name(role)][3] = pikepdf.String(bytes(SENTINELS[role]))
        return _pictures(_as_bytes(wordless), dpi)


def _without_words(pdf: FinishedPdf) -> bytes:
    return pdf.once("without words", lambda: _take_words_out(pdf))


def _take_words_out(pdf: FinishedPdf) -> bytes:
    with pikepdf.open(io.BytesIO(pdf.data)) as wordless:
        for page in wordless.pages:
            if "/Contents" in page:
                page.Contents = wordless.make_stream(without_text(pdf, page.obj))
        for form in _forms(wordless):
            form.write(without_text(pdf, form))
        return _as_bytes(wordless)


def _as_bytes(pdf: pikepdf.Pdf) -> bytes:
    """Save a file that is looked at once: nothing is compressed again."""
    out = io.BytesIO()
    pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


def _forms(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Stream]:
    for value in pdf.objects:
        if isinstance(value, pikepdf.Stream) and value.get("/Subtype") == "/Form":
            yield value


def without_text(pdf: FinishedPdf, holder: Any) -> bytes:
    """Return what a page or form of the file draws besides its words."""
    return pdf.once(f"without text {holder.objgen}", lambda: _without_text(holder))


def _without_text(holder: Any) -> bytes:
    instructions = pikepdf.parse_content_stream(holder)
    return pikepdf.unparse_content_stream([part for part in instructions if str(part.operator) not in _TEXT])


def _pictures(data: bytes, dpi: int) -> list[Image.Image]:
    with pypdfium2.PdfDocument(data) as opened:
        return [in_colour(page.render(scale=scale_for(page.get_size(), dpi), rev_byteorder=True)) for page in opened]
