"""Screen colours to the four inks of a print shop, in every stream, palette, picture and group of a finished PDF.

The rule is that of ISO 32000-1, 10.3.5, with all black generated and all undercolour removed: black is what the
lightest of red, green and blue lacks, the other inks what each lacks beyond it. A grey is then black ink alone, no
colour takes more than 300%, and a near-black such as #1a1a1a, with which text is set, becomes black itself.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, Pdf
from PIL import Image, ImageChops

from handoutpress.content.brand.brand import ROLES
from handoutpress.press.plate.roles import space_name
from handoutpress.yamlfile.problems import HandoutError

Inks = tuple[float, float, float, float]
"""Cyan, magenta, yellow and black, each 0 to 1."""

NEAR_BLACK = 0.2
_PAINT = {"rg": "k", "RG": "K", "g": "k", "G": "K"}
_LUMA = (0.299, 0.587, 0.114)
"""How bright red, green and blue look (ITU-R BT.601), as Pillow weighs them for its greys."""


class InkError(HandoutError):
    """A colour that cannot be turned into inks."""


@dataclass(frozen=True)
class InkRule:
    """How colours become inks: ``roles`` are the inks that a brand names, by role; ``mono`` prints black alone."""

    roles: Mapping[str, Inks] = field(default_factory=dict)
    mono: bool = False

    def of(self, red: float, green: float, blue: float) -> Inks:
        """Return the inks of a colour, each part 0 to 1."""
        if self.mono:
            red = green = blue = sum(part * share for part, share in zip((red, green, blue), _LUMA, strict=True))
        lightest, darkest = max(red, green, blue), min(red, green, blue)
        if lightest - darkest < 0.01:
            return (0.0, 0.0, 0.0, 1.0 if lightest <= NEAR_BLACK else 1.0 - lightest)
        return (lightest - red, lightest - green, lightest - blue, 1.0 - lightest)

    def of_role(self, role: str, colour: tuple[float, float, float]) -> Inks:
        """Return the inks of a brand's role: those that it names, else those of its screen colour."""
        named = self.roles.get(role)
        return named if named and not self.mono else self.of(*colour)


def to_inks(pdf: Pdf, rule: InkRule) -> None:
    """Leave no red, green and blue in ``pdf``. Raises ``InkError`` at a gradient."""
    roles = _role_spaces(pdf)
    for value in pdf.objects:
        if isinstance(value, pikepdf.Stream):
            _stream(pdf, value, rule)
        elif isinstance(value, Array):
            _palette(value, rule, roles.get(value.objgen, ""))
    for page in pdf.pages:
        contents = pikepdf.unparse_content_stream(_converted(page.obj, rule))
        page.obj.Contents = pdf.make_stream(contents)
        _blend_in_inks(page.obj)


def _role_spaces(pdf: Pdf) -> dict[tuple[int, int], str]:
    """Return the role of each colour space of a brand, by its object."""
    names = {space_name(role): role for role in ROLES}
    roles = {}
    for page in pdf.pages:
        spaces = page.obj.Resources.get(Name.ColorSpace, Dictionary())
        roles.update({spaces[key].objgen: names[key] for key in sorted(spaces.keys()) if key in names})
    return roles


def _stream(pdf: Pdf, stream: pikepdf.Stream, rule: InkRule) -> None:
    kind = stream.get(Name.Subtype)
    if Name.ShadingType in stream:
        raise InkError("A gradient cannot be printed in inks yet. Hint: give the brand a logo without gradients.")
    if kind == Name.Image:
        _picture(stream, rule)
    elif kind == Name.Form or Name.PatternType in stream:
        stream.write(pikepdf.unparse_content_stream(_converted(stream, rule)))
        _blend_in_inks(stream)


def _blend_in_inks(holder: pikepdf.Object) -> None:
    """Let a group blend in the four inks."""
    # One that blends in RGB would gain colour and lose its black (ISO 32000-1, 11.4.7).
    group = holder.get(Name.Group)
    if group is not None and Name.CS in group:
        group.CS = Name.DeviceCMYK


def _converted(holder: pikepdf.Object, rule: InkRule) -> list[Any]:
    parts: list[Any] = []
    for part in pikepdf.parse_content_stream(holder):
        name = str(part.operator)
        if name == "sh":
            raise InkError("A gradient cannot be printed in inks yet. Hint: give the brand a logo without gradients.")
        if name in _PAINT:
            levels = [float(value) for value in part.operands]
            inks = rule.of(*(levels if len(levels) == 3 else levels * 3))
            parts.append(([round(ink, 4) for ink in inks], Operator(_PAINT[name])))
        else:
            parts.append(part)
    return parts


def _palette(space: Array, rule: InkRule, role: str) -> None:
    if len(space) == 4 and space[0] == Name.Indexed and space[1] == Name.DeviceRGB:
        table = bytes(space[3])
        colours = [tuple(part / 255 for part in table[at : at + 3]) for at in range(0, len(table), 3)]
        inks = (ink for colour in colours for ink in rule.of_role(role, colour))  # type: ignore[arg-type]
        space[1] = Name.DeviceCMYK
        space[3] = pikepdf.String(bytes(round(ink * 255) for ink in inks))


def _picture(image: pikepdf.Stream, rule: InkRule) -> None:
    if image.get(Name.ColorSpace) in (Name.DeviceGray, Name.DeviceCMYK) or image.get(Name.ImageMask):
        return
    picture = pikepdf.PdfImage(image).as_pil_image().convert("RGB")
    if rule.mono:
        data, space = picture.convert("L").tobytes(), Name.DeviceGray
    else:
        data, space = _four_inks(picture).tobytes(), Name.DeviceCMYK
    image.write(zlib.compress(data, 9), filter=Name.FlateDecode)
    image.ColorSpace, image.BitsPerComponent = space, 8
    for key in ("/Decode", "/DecodeParms"):
        if key in image:
            del image[key]


def _four_inks(picture: Image.Image) -> Image.Image:
    red, green, blue = picture.split()
    lightest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    parts = [ImageChops.subtract(lightest, part) for part in (red, green, blue)]
    return Image.merge("CMYK", (*parts, ImageChops.invert(lightest)))
