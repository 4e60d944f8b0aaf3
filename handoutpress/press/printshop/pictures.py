"""Pictures of a finished PDF in the inks of a print shop; a picture that many editions show is converted once."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from handoutpress.press.printshop.ink_rule import InkRule
from handoutpress.store.digests import parts_digest
from handoutpress.store.recently_used import RecentlyUsed

IN_MEMORY = 32
_SAMPLES = ("/Width", "/Height", "/BitsPerComponent", "/ColorSpace", "/Decode", "/DecodeParms", "/Filter", "/Mask")
"""What says how the bytes of a picture are to be read (ISO 32000-1, 8.9.5)."""


@dataclass(frozen=True)
class _InkedPicture:
    """The samples of a picture, compressed, in four inks or in the grey that black ink leaves."""

    data: bytes
    is_grey: bool


_inked_pictures: RecentlyUsed[_InkedPicture] = RecentlyUsed(IN_MEMORY)


def picture_to_inks(image: pikepdf.Stream, rule: InkRule) -> None:
    """Convert a picture that is no mask, unless it is in inks already."""
    if image.get(Name.ColorSpace) == Name.DeviceCMYK or image.get(Name.ImageMask):
        return
    inked = _inked_pictures.get(_key(image, rule), lambda: _inked(image, rule))
    image.write(inked.data, filter=Name.FlateDecode)
    image.ColorSpace, image.BitsPerComponent = Name.DeviceGray if inked.is_grey else Name.DeviceCMYK, 8
    for key in ("/Decode", "/DecodeParms"):
        if key in image:
            del image[key]


def _key(image: pikepdf.Stream, rule: InkRule) -> str:
    """Return what tells a picture and its conversion from all others."""
    described = Dictionary({key: image[key] for key in _SAMPLES if key in image}).unparse(resolved=True)
    parts = (image.read_raw_bytes(), described, rule.profile.profile.digest.encode(), b"mono" if rule.mono else b"")
    return parts_digest(parts)


def _inked(image: pikepdf.Stream, rule: InkRule) -> _InkedPicture:
    picture = pikepdf.PdfImage(image).as_pil_image()
    is_grey = rule.mono or picture.mode in ("1", "L")
    return _InkedPicture(zlib.compress(_converted(image, picture, rule, is_grey=is_grey).tobytes(), 9), is_grey)


def _converted(image: pikepdf.Stream, picture: Image.Image, rule: InkRule, *, is_grey: bool) -> Image.Image:
    if is_grey:
        return rule.profile.grey_picture(picture.convert("L"))
    in_rgb = picture.convert("RGB")
    return rule.profile.photograph(in_rgb) if _is_photograph(image) else rule.profile.drawing(in_rgb)


def _is_photograph(image: pikepdf.Stream) -> bool:
    """Return whether a picture is a JPEG: its greys are no drawn ones, and change from point to point."""
    filters = image.get(Name.Filter, Array())
    return Name.DCTDecode in (list(filters) if isinstance(filters, Array) else [filters])
