"""A brand's logo: which of its pictures is printed, and whether that picture is safe and fit to print."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from handoutpress.content.brand.brand import Logo
from handoutpress.content.brand.fonts import inside
from handoutpress.content.brand.keys import LogoFile, LogoKeys, LogoShades
from handoutpress.content.brand.layers import Layer, Layers, first_layer
from handoutpress.content.brand.svg import MAX_BYTES as MAX_SVG_BYTES
from handoutpress.content.brand.svg import is_svg, read_svg
from handoutpress.content.project import Project
from handoutpress.store.files import FileStamp, stamp_of
from handoutpress.yamlfile.problems import ContentError, Problem, split_hint

if TYPE_CHECKING:
    from PIL import Image


MAX_PICTURE_BYTES = 10_000_000
MAX_PIXELS = 40_000_000
"""A logo is printed at most 80 mm wide: 2,000 pixels are plenty. More than this is a mistake or an attack."""
FEW_PIXELS = 300
"""A logo narrower than this looks coarse in print."""
_ORIENTATION = 0x0112
"""The EXIF tag that says which way up a JPEG is; from 5 on it lies on its side."""


@dataclass(frozen=True)
class LogoPicture:
    """Width and height in the picture's own units, and what is lost or poor in print, in sentences."""

    width: float
    height: float
    remarks: tuple[str, ...] = ()


def read_picture(path: Path) -> LogoPicture:
    """Return the size of a logo file, SVG, PNG or JPEG, and remarks on it.

    Raises ``ValueError`` with what is wrong, as it reads after the file's name, and after " Hint: " what to do.
    """
    try:
        stamp = stamp_of(path)
    except OSError:
        raise ValueError("cannot be read. Hint: check its name and who may read it.") from None
    return _read(path, stamp)


@lru_cache(maxsize=4096)
def _read(path: Path, stamp: FileStamp) -> LogoPicture:
    if stamp.size > MAX_PICTURE_BYTES:
        raise ValueError(f"is larger than {MAX_PICTURE_BYTES // 1_000_000} MB. Hint: save the logo smaller.")
    raw = path.read_bytes()
    start = raw[:4]
    if start == b"\x89PNG" or start[:3] == b"\xff\xd8\xff":
        return _read_pixels(path, raw)
    if is_svg(raw):
        return _read_svg(raw)
    raise ValueError("is not a picture that can be printed. Hint: use SVG, PNG or JPEG.")


def _read_svg(raw: bytes) -> LogoPicture:
    if len(raw) > MAX_SVG_BYTES:
        raise ValueError(f"is larger than {MAX_SVG_BYTES // 1_000_000} MB. Hint: simplify its paths.")
    svg = read_svg(raw)
    lost = ", ".join(f"<{name}>" for name in svg.left_out)
    return LogoPicture(svg.width, svg.height, (f"effects that print leaves out: {lost}",) if lost else ())


def _read_pixels(path: Path, raw: bytes) -> LogoPicture:
    from PIL import Image  # noqa: PLC0415 - 50 ms that a brand with an SVG logo need not wait for

    with warnings.catch_warnings():
        # Pillow warns from 89 megapixels on and refuses 179, where we refuse 40, in our own words.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            with Image.open(path, formats=("PNG", "JPEG")) as image:
                return _checked(image, raw)
        except Image.DecompressionBombError as error:
            pixels = re.search(r"\((\d+) pixels\)", str(error))
            raise ValueError(_too_many_pixels(int(pixels[1]) if pixels else 0)) from None
        except (OSError, SyntaxError):
            raise ValueError("is a broken picture. Hint: save the logo again.") from None


def _too_many_pixels(pixels: int) -> str:
    size = f"has {round(pixels / 1_000_000)} megapixels" if pixels else "has far too many pixels"
    return f"{size}; the most is {MAX_PIXELS // 1_000_000}. Hint: save it about 2,000 pixels wide."


def _checked(image: Image.Image, raw: bytes) -> LogoPicture:
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise ValueError(_too_many_pixels(width * height))
    if getattr(image, "is_animated", False):
        raise ValueError("is animated, which paper is not. Hint: save one picture of it.")
    if image.mode == "CMYK":
        raise ValueError("is a CMYK picture, which screens show in wrong colours. Hint: save it as RGB, or as SVG.")
    if image.format == "JPEG":
        # Opening a JPEG reads its head alone. One that was cut off lacks the end marker (ISO/IEC 10918-1, B.1.1.3),
        # behind which a camera may have written something.
        if b"\xff\xd9" not in raw[-4096:]:
            raise ValueError("is a broken picture. Hint: save the logo again.")
        if image.getexif().get(_ORIENTATION, 1) >= 5:
            width, height = height, width
    else:
        image.verify()
    if width >= FEW_PIXELS or height >= FEW_PIXELS:
        return LogoPicture(width, height)
    return LogoPicture(width, height, (f"only {width} × {height} pixels, which look coarse in print",))


def brand_logo(layers: Layers, project: Project) -> tuple[Logo | None, list[str]]:
    """Return the logo for print, with ``alt`` empty where no file gives it words, and remarks.

    Raises ``ContentError``.
    """
    layer = first_layer(layers, lambda layer: layer.keys.logo)
    if layer is None or layer.keys.logo is None:
        return None, []
    chosen = next(_by_size(layer.keys.logo), None)
    if chosen is None:
        return None, []
    file = _named_image(layer.keys.logo, chosen)
    try:
        path = inside(layer, file.path, project)
        picture = read_picture(path)
    except ValueError as mistake:
        raise ContentError([_problem(layer, chosen, file, str(mistake))]) from None
    remarks = [f'the logo "{file.path}" has {remark}' for remark in picture.remarks]
    return Logo(path, file.alt or "", picture.width, picture.height), remarks


def _by_size(keys: LogoKeys) -> Iterator[LogoFile]:
    """Yield the pictures, the best for print first: the largest, in its variant for light grounds."""
    sizes = [size for size in (keys.large, keys.medium, keys.small) if size is not None]
    for variant in ("light", "dark"):
        yield from (file for size in sizes if (file := _variant(size, variant)))
    yield from keys.images.values()


def _variant(size: LogoShades, variant: str) -> LogoFile | None:
    return size.light if variant == "light" else size.dark


def _named_image(keys: LogoKeys, chosen: LogoFile) -> LogoFile:
    """Return the one of ``images`` that a size names where a path would stand, else ``chosen`` itself."""
    image = keys.images.get(chosen.path)
    return image.model_copy(update={"alt": chosen.alt or image.alt}) if image else chosen


def _problem(layer: Layer, chosen: LogoFile, file: LogoFile, mistake: str) -> Problem:
    """Return the problem at the place where the picture's path is written."""
    fault = split_hint(mistake)
    texts = layer.source.root.at(("logo",)).texts(("logo",))
    paths = {chosen.path, file.path}
    locations = [location for location, node in texts if str(node.value).strip() in paths]
    location = locations[-1] if locations else ("logo",)
    return layer.problem(location, f'The logo "{file.path}" {fault.sentence}', fault.hint)
