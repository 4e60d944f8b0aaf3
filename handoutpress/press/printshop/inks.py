"""Every stream, palette, picture and group of a finished PDF in the inks of a print shop, with no RGB left."""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, Pdf

from handoutpress.content.brand.brand import ROLES
from handoutpress.press.plate.roles import space_name
from handoutpress.press.printshop.flattening import flatten
from handoutpress.press.printshop.ink_rule import InkRule
from handoutpress.press.printshop.pictures import picture_to_inks

_PAINT = {"rg": "k", "RG": "K", "g": "k", "G": "K"}

Numbers = tuple[int, int]


def to_inks(pdf: Pdf, rule: InkRule) -> None:
    """Leave no red, green and blue in ``pdf``. Raises ``InkError`` at a gradient that is in no drawing of its own."""
    flattened = set(flatten(pdf, rule))
    roles, streams = _role_spaces(pdf), [value for value in pdf.objects if isinstance(value, pikepdf.Stream)]
    masks = {stream.SMask.objgen for stream in streams if Name.SMask in stream}
    for value in pdf.objects:
        if value.objgen in masks or value.objgen in flattened:
            continue
        if isinstance(value, pikepdf.Stream):
            _stream(value, rule)
        elif isinstance(value, Array):
            _palette(value, rule, roles.get(value.objgen, ""))
    for page in pdf.pages:
        contents = pikepdf.unparse_content_stream(_converted(page.obj, rule))
        page.obj.Contents = pdf.make_stream(contents)
        _blend_in_inks(page.obj)


def _role_spaces(pdf: Pdf) -> dict[Numbers, str]:
    """Return the role of each colour space of a brand, by its object."""
    names = {space_name(role): role for role in ROLES}
    roles = {}
    for page in pdf.pages:
        spaces = page.obj.Resources.get(Name.ColorSpace, Dictionary())
        roles.update({spaces[key].objgen: names[key] for key in sorted(spaces.keys()) if key in names})
    return roles


def _stream(stream: pikepdf.Stream, rule: InkRule) -> None:
    kind = stream.get(Name.Subtype)
    if kind == Name.Image:
        picture_to_inks(stream, rule)
    elif kind == Name.Form:
        stream.write(pikepdf.unparse_content_stream(_converted(stream, rule)))
        _blend_in_inks(stream)
    elif stream.get(Name.PatternType) == 1:
        stream.write(pikepdf.unparse_content_stream(_converted(stream, rule)))


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
