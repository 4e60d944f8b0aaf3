"""Photographs of a handout as fine as a print shop wants them, in place of those that a screen shows."""

from __future__ import annotations

import io
import zlib
from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path

import pikepdf
from pikepdf import Name, Pdf
from PIL import Image

from handoutpress.content.brand.logo_files import PrintedPicture
from handoutpress.content.pictures.handout_picture import HandoutPicture
from handoutpress.press.extras.small_pictures import (
    PAGE_PPIS,
    PRINT_SHOP_PPI,
    page_picture,
    print_picture,
    print_pixels,
    stored,
)
from handoutpress.store.digests import bytes_digest, parts_digest
from handoutpress.store.recently_used import RecentlyUsed

IN_MEMORY = 32
_INCH = 25.4
_finer_pictures: RecentlyUsed[PrintedPicture | None] = RecentlyUsed(IN_MEMORY)


def put_finer_pictures(pdf: Pdf, pictures: Collection[HandoutPicture], fineness: float) -> None:
    """Put each of ``pictures`` that ``pdf`` shows in its place once more, with more pixels where its file has them.

    ``fineness`` is how many bytes a square mm of them takes at most on a page.
    """
    photographs = [picture for picture in pictures if picture.pixels]
    for image in list(_images(pdf)) if photographs else ():
        for picture in photographs:
            key = parts_digest((image.read_raw_bytes(), picture.digest.encode(), str(fineness).encode()))
            finer = _finer_pictures.get(key, lambda: _finer(image, picture, fineness))  # noqa: B023  called at once
            if finer:
                _put(image, finer)
                break


def _images(pdf: Pdf) -> Iterator[pikepdf.Stream]:
    for value in pdf.objects:
        if isinstance(value, pikepdf.Stream) and value.get(Name.Subtype) == Name.Image and Name.SMask not in value:
            yield value


def _finer(image: pikepdf.Stream, picture: HandoutPicture, fineness: float) -> PrintedPicture | None:
    """Return a picture with more pixels if ``image`` is it, as a page has it."""
    pixels, ratio = int(image.Width), picture.height / picture.width
    if abs(pixels * ratio - int(image.Height)) > 1 or pixels >= picture.width:
        return None
    shown = _digest(pikepdf.PdfImage(image).as_pil_image())
    for width in (pixels / ppi * _INCH for ppi in PAGE_PPIS):
        if _on_page(picture.path, picture.digest, width, fineness * width * width * ratio) == shown:
            return print_picture(picture.path, print_pixels(width, PRINT_SHOP_PPI))
    return None


@lru_cache(maxsize=256)
def _on_page(path: Path, digest: str, width: float, most: float) -> str:
    """Return the digest of the pixels that a page has of the picture at ``path``."""
    return _digest(Image.open(io.BytesIO(stored(page_picture(path, width, most)))))


def _digest(image: Image.Image) -> str:
    return bytes_digest(image.convert("RGB").tobytes())


def _put(image: pikepdf.Stream, picture: PrintedPicture) -> None:
    pixels: Image.Image = Image.open(io.BytesIO(picture.data))
    if picture.suffix == ".jpg":
        image.write(picture.data, filter=Name.DCTDecode)
    else:
        pixels = pixels.convert("RGB")
        image.write(zlib.compress(pixels.tobytes()), filter=Name.FlateDecode)
    image.Width, image.Height = pixels.size
    image.ColorSpace, image.BitsPerComponent = Name.DeviceGray if pixels.mode == "L" else Name.DeviceRGB, 8
    for key in ("/Decode", "/DecodeParms"):
        if key in image:
            del image[key]
