"""The keys of a ``_brand.yml``: the brand.yml standard, read tolerantly, with ours under ``defaults.handout``.

The standard closes the keys at the top and we keep that. Deeper ones are open: whatever else stands there is
accepted, stays in ``model_extra`` and is named as a remark. What is ours alone is closed.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, create_model

from handoutpress.content.brand.brand import ROLES
from handoutpress.content.brand.extras.keys import ExtraKeys
from handoutpress.content.models.handouts import Accepted
from handoutpress.content.models.kinds import SAFETY_SECTIONS, SectionName
from handoutpress.content.models.site_addresses import SiteBase
from handoutpress.content.models.web_addresses import mail_address, web_address
from handoutpress.content.text.fields import Label, Markdown, Words
from handoutpress.yamlfile.record import NOT_PRINTED, Record, SingleLine, Slug


class Open(BaseModel):
    """A part of the standard: unknown keys are accepted, and values never change."""

    model_config = ConfigDict(extra="allow", frozen=True, str_strip_whitespace=True, defer_build=True)


def _colour_or_shades(value: Any) -> Any:
    if isinstance(value, int | float):  # 123456, without # and quotes: reported with other mistakes of colours
        return {"light": str(value)}
    return {"light": value} if isinstance(value, str) else value


class OpenOrText(Open):
    """A part that may also be written as a plain string."""

    written_as: ClassVar[str] = "text"


class Shades(OpenOrText):
    """A colour for light grounds and one for dark grounds. Paper is light."""

    light: Annotated[str, Field(min_length=1, max_length=200), NOT_PRINTED]
    dark: Annotated[str | None, NOT_PRINTED] = None


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
    path: Annotated[str, Field(min_length=1, max_length=500), NOT_PRINTED]
    alt: Words | None = Field(default=None, description="What the logo says to someone who cannot see it.")


def _light_and_dark(value: Any) -> Any:
    is_one_picture = isinstance(value, str) or (isinstance(value, dict) and "path" in value)
    return {"light": _picture(value)} if is_one_picture else value


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
    path: Annotated[str, Field(min_length=1, max_length=500), NOT_PRINTED]


class Font(Open):
    """One of ``typography.fonts``. Nothing is ever fetched: each source must be there as files."""

    family: Annotated[SingleLine, NOT_PRINTED]
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

    family: Annotated[SingleLine | None, NOT_PRINTED] = None
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


def _lines(value: Any) -> Any:
    return [line for line in value.splitlines() if line.strip()] if isinstance(value, str) else value


MAX_PHONE = 80
"""Characters of a telephone line: a number or two, with the words that belong to them."""


def _phone(number: str) -> str:
    if not any(map(str.isdigit, number)) or len(number) > MAX_PHONE:
        hint = f'write it like "+44 1632 960001", with at most {MAX_PHONE} characters.'
        raise ValueError(f'"{number}" is not a telephone number. Hint: {hint}')
    return number


Phone = Annotated[SingleLine, AfterValidator(_phone)]
Email = Annotated[str, AfterValidator(mail_address), NOT_PRINTED]


class ContactKeys(Record):
    """One place of a clinic."""

    name: Label | None = None
    address: Annotated[
        tuple[Label, ...], BeforeValidator(_lines, json_schema_input_type=str | list[str]), Field(max_length=6)
    ] = ()
    phone: Phone | None = None
    email: Email | None = None
    hours: Label | None = None


def _full_name(value: Any) -> Any:
    return {"full": value} if isinstance(value, str) else value


class NameKeys(OpenOrText):
    full: Words | None = None
    short: Words | None = None


def _home(value: Any) -> Any:
    return {"home": value} if isinstance(value, str) else value


WebLink = Annotated[str, AfterValidator(web_address), NOT_PRINTED]


class WebLinks(OpenOrText):
    home: WebLink | None = None


class MetaKeys(Open):
    """``meta``: who the clinic is. The contacts are ours; the standard leaves room for them."""

    name: Annotated[NameKeys, BeforeValidator(_full_name, json_schema_input_type=str | NameKeys)] | None = None
    link: Annotated[WebLinks, BeforeValidator(_home, json_schema_input_type=str | WebLinks)] | None = None
    contacts: Annotated[tuple[ContactKeys, ...], Field(max_length=12)] | None = None


_IN_ADDRESS = {"{slug}": "any-slug-0", "{language}": "any-language-0", "{hash}": "any-hash-0", "{brand}": "any-brand-0"}
"""What an address of articles may hold, and what stands for it while it is read."""


def _article_template(address: str) -> str:
    example = "write it like https://clinic.example/articles/{slug}."
    if not address.startswith("https://"):
        raise ValueError(f'"article_url" must begin with https://. Hint: {example}')
    if "{slug}" not in address and "{hash}" not in address:
        raise ValueError(f'"article_url" needs {{slug}}, else every handout leads to one page. Hint: {example}')
    filled = address
    for word, stand_in in _IN_ADDRESS.items():
        filled = filled.replace(word, stand_in)
    if "{" in filled or "}" in filled:
        known = ", ".join(_IN_ADDRESS)
        raise ValueError(f'"article_url" may hold no other words in braces than {known}. Hint: {example}')
    checked = web_address(filled)
    for word, stand_in in _IN_ADDRESS.items():
        checked = checked.replace(stand_in, word)
    return checked


def _no_safety_section(sections: tuple[SectionName, ...]) -> tuple[SectionName, ...]:
    for section in sections:
        if section in SAFETY_SECTIONS:
            hint = "delete it; what does not apply can be told in a note."
            raise ValueError(f'"{section}" keeps patients safe and cannot be hidden. Hint: {hint}')
    return sections


def _country(code: str) -> str:
    lower = code.lower()
    if not re.fullmatch("[a-z]{2}", lower):
        raise ValueError(f'"{code}" is not the code of a country. Hint: write its two letters, like gb or us.')
    return lower


INK_LIMIT = 300
Percent = Annotated[float, Field(ge=0, le=100)]


def _four_inks(inks: tuple[float, ...]) -> tuple[float, ...]:
    if len(inks) != 4:
        raise ValueError("print needs four inks. Hint: write cyan, magenta, yellow and black, like [100, 60, 0, 20].")
    if sum(inks) > INK_LIMIT:
        raise ValueError(f"the four inks are {sum(inks):g}% together. Hint: paper takes {INK_LIMIT}% at most.")
    return inks


InkKeys = Annotated[
    tuple[Percent, ...],
    AfterValidator(_four_inks),
    WithJsonSchema(
        {"type": "array", "minItems": 4, "maxItems": 4, "items": {"type": "number", "minimum": 0, "maximum": 100}}
    ),
]


class ProfileKeys(Record):
    """``print`` but for the inks of the colour roles, which ``PrintKeys`` adds: the print shop's own profile."""

    profile: Annotated[str, Field(min_length=1, max_length=300), NOT_PRINTED] | None = Field(
        default=None,
        description="The print shop's own CMYK profile, an .icc file; else that of coated paper (FOGRA39).",
    )


if TYPE_CHECKING:
    PrintKeys = ProfileKeys
else:  # the roles are a list that is written elsewhere, which no type checker can read
    PrintKeys = create_model("PrintKeys", __base__=ProfileKeys, **dict.fromkeys(ROLES, (InkKeys | None, None)))


LanguageCode = Annotated[str, NOT_PRINTED]


class HandoutKeys(ExtraKeys):
    """``defaults.handout``: what this brand wants of its handouts."""

    country: Annotated[str, AfterValidator(_country), NOT_PRINTED] | None = Field(
        default=None,
        description="Where the clinic is: ISO 3166-1 alpha-2, such as gb. It decides the emergency number.",
    )
    extends: Annotated[str, Field(min_length=1, max_length=300), NOT_PRINTED] | None = Field(
        default=None, description="Another brand's folder, from here. What this file does not say is taken from there."
    )
    article_url: Annotated[str, AfterValidator(_article_template), NOT_PRINTED] | None = Field(
        default=None,
        description="Where this clinic keeps the articles, with {slug} or {hash}; {language} and {brand} if it likes.",
    )
    site: SiteBase | None = Field(
        default=None, description="Where the pages of `handouts site` are for this brand; else what project.yaml says."
    )
    look: Slug | None = Field(
        default=None,
        description="How its pages are composed: classic, modern, warm, or a look of your own; else classic.",
    )
    writing_lines: tuple[Literal["practitioner", "next_appointment"], ...] | None = None
    notes: dict[Slug, Markdown] = Field(default_factory=dict, description="A short note from your clinic, by handout.")
    hide: dict[Slug, Annotated[tuple[SectionName, ...], AfterValidator(_no_safety_section)]] = Field(
        default_factory=dict,
        description="Sections that do not apply to this clinic, by handout. Never a safety section.",
    )
    print: PrintKeys = Field(
        default_factory=cache(PrintKeys),
        description="For a print shop: its profile, and cyan, magenta, yellow and black in percent by colour role; "
        "else they are computed.",
    )
    needs_approval: bool | None = Field(
        default=None,
        description="Whether someone must approve its PDFs (`handouts approve`) before they are released.",
    )
    accepted: Accepted = Field(
        default=(), description="Findings of `handouts check` in this file to live with, and why."
    )
    languages: tuple[LanguageCode, ...] | None = Field(
        default=None, description="The languages wanted; without it, all."
    )
    formats: tuple[Slug, ...] | None = Field(default=None, description="The formats wanted; without it, all.")

    @property
    def inks(self) -> dict[str, tuple[float, float, float, float]]:
        """The inks of ``print`` in parts of one."""
        named = {role: inks for role in ROLES if (inks := getattr(self.print, role))}
        return {role: (c / 100, m / 100, y / 100, k / 100) for role, (c, m, y, k) in named.items()}


class Defaults(Open):
    """``defaults``: one free key a tool."""

    handout: HandoutKeys | None = None


class BrandFile(Record):
    """One ``_brand.yml``."""

    meta: MetaKeys | None = None
    logo: (
        Annotated[
            LogoKeys, BeforeValidator(one_logo_for_all, json_schema_input_type=str | LogoFile | LogoShades | LogoKeys)
        ]
        | None
    ) = None
    color: ColourKeys | None = None
    typography: TypographyKeys | None = None
    defaults: Defaults | None = None
