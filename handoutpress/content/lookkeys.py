"""The keys of a ``_brand.yml`` that say how it looks: ``color``, ``logo`` and ``typography`` of the standard.

Whatever else stands in them is accepted, stays in ``model_extra`` and is named as a remark.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from handoutpress.content.records import Line


class Open(BaseModel):
    """A part of the standard: unknown keys are kept, and values never change."""

    model_config = ConfigDict(extra="allow", frozen=True, str_strip_whitespace=True, defer_build=True)


def _colour_or_shades(value: Any) -> Any:
    if isinstance(value, int | float):  # such as 123456, which lacks its # and its quotes: told with the other colours
        return {"light": str(value)}
    return {"light": value} if isinstance(value, str) else value


class OpenOrText(Open):
    """A part that may also be written as a plain string."""

    written_as: ClassVar[str] = "text"


class Shades(OpenOrText):
    """A colour for light grounds and one for dark grounds. Paper is light."""

    light: Annotated[str, Field(min_length=1, max_length=200)]
    dark: str | None = None


Shade = Annotated[Shades, BeforeValidator(_colour_or_shades, json_schema_input_type=str | Shades)]


class ColourKeys(Open):
    """``color``: names for colours, and what they are for."""

    palette: dict[str, Shade | None] = Field(
        default_factory=dict, description="Your own names for colours; a name may stand for a name."
    )
    foreground: Shade | None = None
    background: Shade | None = None
    primary: Shade | None = Field(default=None, description="The colour of the page's blocks and headings.")
    secondary: Shade | None = Field(default=None, description="The accent.")
    tertiary: Shade | None = None
    success: Shade | None = None
    info: Shade | None = None
    warning: Shade | None = None
    danger: Shade | None = None
    light: Shade | None = Field(default=None, description="The light ground behind the main message.")
    dark: Shade | None = None
    link: Shade | None = None


def _picture(value: Any) -> Any:
    return {"path": value} if isinstance(value, str) else value


class LogoFile(OpenOrText):
    path: Annotated[str, Field(min_length=1, max_length=500)]
    alt: Line | None = Field(default=None, description="What the logo says to someone who cannot see it.")


def _light_and_dark(value: Any) -> Any:
    plain = isinstance(value, str) or (isinstance(value, dict) and "path" in value)
    return {"light": _picture(value)} if plain else value


class LogoShades(OpenOrText):
    light: Annotated[LogoFile, BeforeValidator(_picture, json_schema_input_type=str | LogoFile)] | None = None
    dark: Annotated[LogoFile, BeforeValidator(_picture, json_schema_input_type=str | LogoFile)] | None = None


LogoSize = Annotated[LogoShades, BeforeValidator(_light_and_dark, json_schema_input_type=str | LogoFile | LogoShades)]


def one_logo_for_all(value: Any) -> Any:
    """Take a path, a picture or a light and dark pair as the large logo."""
    alone = isinstance(value, str) or (isinstance(value, dict) and ({"path", "light", "dark"} & value.keys()))
    return {"large": value} if alone else value


class LogoKeys(OpenOrText):
    """``logo``: one picture, or pictures by size. The largest is printed, in its variant for light grounds."""

    images: dict[str, Annotated[LogoFile, BeforeValidator(_picture, json_schema_input_type=str | LogoFile)]] = Field(
        default_factory=dict
    )
    small: LogoSize | None = None
    medium: LogoSize | None = None
    large: LogoSize | None = None


FONT_WEIGHTS = {
    **dict.fromkeys(("thin",), 100),
    **dict.fromkeys(("extra-light", "ultra-light"), 200),
    "light": 300,
    **dict.fromkeys(("normal", "regular"), 400),
    "medium": 500,
    **dict.fromkeys(("semi-bold", "demi-bold"), 600),
    "bold": 700,
    **dict.fromkeys(("extra-bold", "ultra-bold"), 800),
    "black": 900,
}


def _weight(value: Any) -> Any:
    if not isinstance(value, str) or value.isdigit():
        return value
    if value not in FONT_WEIGHTS:
        raise ValueError(f'"{value}" is not a weight of type. Hint: write 100 to 900, or a word like semi-bold.')
    return FONT_WEIGHTS[value]


Weight = Annotated[int, BeforeValidator(_weight, json_schema_input_type=int | str), Field(ge=1, le=1000)]


def _font_file(value: Any) -> Any:
    return {"path": value} if isinstance(value, str) else value


class FontFile(OpenOrText):
    path: Annotated[str, Field(min_length=1, max_length=500)]


class Font(Open):
    """One of ``typography.fonts``. Nothing is ever fetched: each source must be there as files."""

    family: Line
    source: Literal["file", "google", "bunny", "system"] = "google"
    files: tuple[Annotated[FontFile, BeforeValidator(_font_file, json_schema_input_type=str | FontFile)], ...] = ()


def _family(value: Any) -> Any:
    return {"family": value} if isinstance(value, str) else value


def _line_height(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if not re.fullmatch(r"\d+(\.\d+)?%?", value.strip()):
        raise ValueError(f'"{value}" is not a line height. Hint: write a multiple of the type size, like 1.4 or 140%.')
    number = value.strip()
    return float(number[:-1]) / 100 if number.endswith("%") else float(number)


class TypeKeys(OpenOrText):
    """``typography.base`` or ``headings``; a plain string is the family."""

    family: Line | None = None
    weight: Weight | None = None
    line_height: (
        Annotated[float, BeforeValidator(_line_height, json_schema_input_type=float | str), Field(gt=0, le=5)] | None
    ) = Field(default=None, alias="line-height")
    color: Shade | None = None


class LinkKeys(OpenOrText):
    """``typography.link``."""

    color: Shade | None = None


def _link_colour(value: Any) -> Any:
    return {"color": value} if isinstance(value, str) else value


class TypographyKeys(Open):
    fonts: tuple[Font, ...] = ()
    base: Annotated[TypeKeys, BeforeValidator(_family, json_schema_input_type=str | TypeKeys)] | None = None
    headings: Annotated[TypeKeys, BeforeValidator(_family, json_schema_input_type=str | TypeKeys)] | None = None
    link: Annotated[LinkKeys, BeforeValidator(_link_colour, json_schema_input_type=str | LinkKeys)] | None = None
    monospace: Any = None
    monospace_inline: Any = Field(default=None, alias="monospace-inline")
    monospace_block: Any = Field(default=None, alias="monospace-block")
