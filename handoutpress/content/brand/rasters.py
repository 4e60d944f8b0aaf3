"""Pictures of pixels as clinics bring them, made into ones that the press prints as every screen shows them.

A picture is opened, checked and decoded whole. What the engine would draw otherwise, or not at all, is converted: other
kinds of file, the way up that a camera notes, colour profiles, inks, sixteen bits a channel.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image, ImageCms

MAX_PIXELS = 40_000_000
"""A logo is printed at most 80 mm wide: 2,000 pixels are plenty. More than this is a mistake or an attack."""
MAX_SIDE = 2_000
"""Pixels of the longer side of a picture that is converted."""

_READ = ("PNG", "JPEG", "WEBP", "GIF", "TIFF", "BMP", "AVIF")
_PLUGINS = ("Png", "Jpeg", "WebP", "Gif", "Tiff", "Bmp", "Avif")
"""The readers of these kinds: Pillow loads some of them by itself, and all of its many only in 0.1 s."""
_OTHER_KINDS = (
    (re.compile(rb"%PDF"), "is a PDF", "export the picture from it as SVG or PNG."),
    (re.compile(rb"%!PS|\xc5\xd0\xd3\xc6"), "is an EPS file", "export it as SVG or PNG."),
    (re.compile(rb"8BPS"), "is a Photoshop file", "export it as PNG."),
    (re.compile(rb"....ftyp(heic|heix|mif1|msf1)", re.DOTALL), "is a HEIC photo", "export it as PNG or JPEG."),
    (re.compile(rb"\x00\x00\x01\x00"), "is an icon file", "export the picture as SVG or PNG."),
    (re.compile(rb"PK\x03\x04"), "is a ZIP or an office document", "take the picture out of it, as SVG or PNG."),
    (re.compile(rb"\x1f\x8b"), "is compressed, as an .svgz is", "unpack it, and name the SVG."),
)
_ORIENTATION = 0x0112
"""The EXIF tag that says which way up a picture is; 1 is upright (CIPA DC-008, 4.6.4)."""
_SIXTEEN_BITS = ("I", "I;16", "I;16B", "I;16L", "I;16N")
_NO_SCREEN_COLOURS = ("F", "LAB", "HSV")
_CAMERA_KINDS = ("MPO", "AVIF")
"""Files whose further pictures are previews of the first."""


@dataclass(frozen=True)
class Raster:
    """A decoded picture, upright, in grey, RGB or RGBA of eight bits, and what was changed or lost, in words.

    ``as_it_is`` says whether the press may print the file's own bytes; ``lossy`` whether it is a photo's kind.
    """

    image: Image.Image
    remarks: tuple[str, ...]
    as_it_is: bool
    lossy: bool


def read_raster(raw: bytes) -> Raster:
    """Decode a picture. Raises ``ValueError`` with what is wrong and, after " Hint: ", what to do."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - 50 ms that a brand with an SVG logo need not wait for

    _refuse_other_kinds(raw)
    for plugin in _PLUGINS:
        import_module(f"PIL.{plugin}ImagePlugin")
    with _whole_pictures_only(), warnings.catch_warnings():
        # Pillow warns from 89 megapixels on and refuses 179, where we refuse 40, in our own words.
        warnings.simplefilter("ignore")
        try:
            with Image.open(io.BytesIO(raw), formats=_READ) as image:
                _check(image)
                raster = _decoded(image)
        except UnidentifiedImageError:
            raise ValueError(_unknown_kind(raw)) from None
        except Image.DecompressionBombError as error:
            pixels = re.search(r"\((\d+) pixels\)", str(error))
            raise ValueError(_too_many_pixels(int(pixels[1]) if pixels else 0)) from None
        except _RefusedError:
            raise
        except Exception:  # a broken file can break any assumption of a decoder
            raise ValueError("is a broken picture. Hint: save the picture again.") from None
    # A camera may write something behind a JPEG's end marker (ISO/IEC 10918-1, B.1.1.3).
    whole = not raster.lossy or raw.rstrip(b"\0\r\n").endswith(b"\xff\xd9")
    return raster if whole else replace(raster, as_it_is=False)


class _RefusedError(ValueError):
    """A picture that can be read and is not printed."""


@contextmanager
def _whole_pictures_only() -> Iterator[None]:
    """Refuse what is cut off. The engine asks Pillow, for the whole process, to make do with it."""
    from PIL import ImageFile  # noqa: PLC0415  as in ``read_raster``

    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _refuse_other_kinds(raw: bytes) -> None:
    for start, sentence, hint in _OTHER_KINDS:
        if start.match(raw):
            raise ValueError(f"{sentence}, which is not printed. Hint: {hint}")


def _unknown_kind(raw: bytes) -> str:
    if raw.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM")):
        return "is a broken picture. Hint: save the picture again."
    return "is not a picture that can be printed. Hint: use SVG, PNG or JPEG."


def _too_many_pixels(pixels: int) -> str:
    size = f"has {round(pixels / 1_000_000)} megapixels" if pixels else "has far too many pixels"
    return f"{size}; the most is {MAX_PIXELS // 1_000_000}. Hint: save it about 2,000 pixels wide."


def _check(image: Image.Image) -> None:
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise _RefusedError(_too_many_pixels(width * height))
    if image.mode in _NO_SCREEN_COLOURS:
        raise _RefusedError("has colours that screens do not show as they are. Hint: save it as RGB, as PNG.")
    frames = getattr(image, "n_frames", 1)
    if frames > 1 and image.format == "TIFF":
        raise _RefusedError(f"holds {frames} pictures, of which one can be printed. Hint: save that one alone, as PNG.")
    if frames > 1 and image.format not in _CAMERA_KINDS:
        raise _RefusedError("is animated, which paper is not. Hint: save one picture of it.")


def _decoded(image: Image.Image) -> Raster:
    from PIL import ImageOps  # noqa: PLC0415  as in ``read_raster``

    kind, mode, turned = image.format, image.mode, image.getexif().get(_ORIENTATION, 1) not in (0, 1)
    image.load()
    remarks = ("CMYK colours, which were converted to RGB",) if mode == "CMYK" else ()
    upright = ImageOps.exif_transpose(image)
    in_srgb = _in_srgb(upright)
    plain = _eight_bits(in_srgb or upright)
    as_it_is = not turned and in_srgb is None and (kind, mode) in _ENGINE_DRAWS_RIGHT
    return Raster(plain, remarks, as_it_is, lossy=kind in ("JPEG", "MPO"))


_ENGINE_DRAWS_RIGHT = {("PNG", mode) for mode in ("1", "L", "LA", "P", "RGB", "RGBA")} | {
    ("JPEG", "L"),
    ("JPEG", "RGB"),
}


def _in_srgb(image: Image.Image) -> Image.Image | None:
    """Return a picture that brings another colour profile than sRGB in sRGB; None where it brings none that counts."""
    from PIL import ImageCms  # noqa: PLC0415  as in ``read_raster``

    data = image.info.get("icc_profile")
    if not data or image.mode not in ("RGB", "RGBA", "CMYK", "L"):
        return None
    with suppress(ImageCms.PyCMSError, OSError, ValueError):
        profile = ImageCms.ImageCmsProfile(io.BytesIO(data))
        if "srgb" in ImageCms.getProfileDescription(profile).lower():
            return None
        return _converted(image, profile)
    return None


def _converted(image: Image.Image, profile: ImageCms.ImageCmsProfile) -> Image.Image | None:
    from PIL import ImageCms  # noqa: PLC0415  as in ``read_raster``

    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    colours = image.convert("RGB") if alpha else image
    converted = ImageCms.profileToProfile(
        colours, profile, ImageCms.createProfile("sRGB"), outputMode="L" if image.mode == "L" else "RGB"
    )
    if converted is not None and alpha:
        converted.putalpha(alpha)
    return converted


def _eight_bits(image: Image.Image) -> Image.Image:
    """Return the picture in L, RGB or RGBA, as a screen shows it."""
    if image.mode in _SIXTEEN_BITS:
        return image.convert("I").point(lambda level: level / 256).convert("L")
    if image.mode in ("LA", "PA", "La", "RGBa") or "transparency" in image.info:
        return image.convert("RGBA")
    return image if image.mode in ("L", "RGB", "RGBA") else image.convert("L" if image.mode == "1" else "RGB")


def encoded(raster: Raster, quality: int = 95) -> tuple[bytes, str]:
    """Return a converted picture as a file for the press, always the same bytes, and the file's suffix.

    ``quality`` is that of a JPEG, 1 to 95.
    """
    from PIL import Image  # noqa: PLC0415  as in ``read_raster``

    image, file = raster.image.copy(), io.BytesIO()
    image.info.clear()
    image.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    if raster.lossy and image.mode != "RGBA":
        image.save(file, "JPEG", quality=quality, subsampling=0)
        return file.getvalue(), ".jpg"
    image.save(file, "PNG")
    return file.getvalue(), ".png"
