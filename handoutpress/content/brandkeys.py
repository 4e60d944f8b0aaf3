"""The keys of a ``_brand.yml``: the brand.yml standard, read tolerantly, with ours under ``defaults.handout``.

The standard closes the keys at the top and we keep that. Deeper ones are open: whatever else stands there is
accepted, stays in ``model_extra`` and is named as a remark. What is ours alone is closed.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from handoutpress.content.addresses import web_address
from handoutpress.content.handouts import SAFETY_SECTIONS, SectionName
from handoutpress.content.lookkeys import (
    ColourKeys,
    LogoFile,
    LogoKeys,
    LogoShades,
    Open,
    OpenOrText,
    TypographyKeys,
    one_logo_for_all,
)
from handoutpress.content.records import Line, Markdown, Record, Slug


def _lines(value: Any) -> Any:
    return [line for line in value.splitlines() if line.strip()] if isinstance(value, str) else value


def _phone(number: str) -> str:
    if not re.fullmatch(r"\+?[0-9(][0-9 ().\-/]*( ?(ext\.?|x) ?[0-9]+)?", number) or len(number) > 40:
        hint = 'write digits, spaces, + ( ) and -, like "+44 1632 960001".'
        raise ValueError(f'"{number}" is not a telephone number. Hint: {hint}')
    return number


def _email(address: str) -> str:
    if not re.fullmatch(r"[^\s@<>,;:]+@[^\s@<>,;:.]+(\.[^\s@<>,;:.]+)+", address) or len(address) > 254:
        raise ValueError(f'"{address}" is not an e-mail address. Hint: write it like hello@clinic.example.')
    return address


Phone = Annotated[str, AfterValidator(_phone)]
Email = Annotated[str, AfterValidator(_email)]


class ContactKeys(Record):
    """One place of a clinic."""

    name: Line | None = None
    address: Annotated[
        tuple[Line, ...], BeforeValidator(_lines, json_schema_input_type=str | list[str]), Field(max_length=6)
    ] = ()
    phone: Phone | None = None
    email: Email | None = None
    hours: Line | None = None


def _full_name(value: Any) -> Any:
    return {"full": value} if isinstance(value, str) else value


class NameKeys(OpenOrText):
    full: Line | None = None
    short: Line | None = None


def _home(value: Any) -> Any:
    return {"home": value} if isinstance(value, str) else value


WebLink = Annotated[str, AfterValidator(web_address)]


class WebLinks(OpenOrText):
    home: WebLink | None = None


class MetaKeys(Open):
    """``meta``: who the clinic is. The contacts are ours; the standard leaves room for them."""

    name: Annotated[NameKeys, BeforeValidator(_full_name, json_schema_input_type=str | NameKeys)] | None = None
    link: Annotated[WebLinks, BeforeValidator(_home, json_schema_input_type=str | WebLinks)] | None = None
    contacts: Annotated[tuple[ContactKeys, ...], Field(max_length=12)] | None = None


def _article_template(address: str) -> str:
    example = "write it like https://clinic.example/articles/{slug}."
    if not address.startswith("https://"):
        raise ValueError(f'"article_url" must begin with https://. Hint: {example}')
    if "{slug}" not in address:
        raise ValueError(f'"article_url" needs {{slug}}, else every handout leads to one page. Hint: {example}')
    filled = address.replace("{slug}", "acupuncture")
    if "{" in filled or "}" in filled:
        raise ValueError(f'"article_url" may hold no other word in braces than {{slug}}. Hint: {example}')
    web_address(filled)
    return address


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


def _little_ink(inks: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    if sum(inks) > INK_LIMIT:
        raise ValueError(f"the four inks are {sum(inks):g}% together. Hint: paper takes {INK_LIMIT}% at most.")
    return inks


InkKeys = Annotated[tuple[Percent, Percent, Percent, Percent], AfterValidator(_little_ink)]
RoleName = Literal["primary", "primary_text", "on_primary", "tint", "accent", "link", "heading"]


class HandoutKeys(Record):
    """``defaults.handout``: what this brand wants of its handouts."""

    country: Annotated[str, AfterValidator(_country)] | None = Field(
        default=None,
        description="Where the clinic is: ISO 3166-1 alpha-2, such as gb. It decides the emergency number.",
    )
    extends: Annotated[str, Field(min_length=1, max_length=300)] | None = Field(
        default=None, description="Another brand's folder, from here. What this file does not say is taken from there."
    )
    article_url: Annotated[str, AfterValidator(_article_template)] | None = Field(
        default=None, description="Where this clinic keeps the articles, with {slug}."
    )
    writing_lines: tuple[Literal["practitioner", "next_appointment"], ...] | None = None
    notes: dict[Slug, Markdown] = Field(default_factory=dict, description="A short note from your clinic, by handout.")
    hide: dict[Slug, Annotated[tuple[SectionName, ...], AfterValidator(_no_safety_section)]] = Field(
        default_factory=dict,
        description="Sections that do not apply to this clinic, by handout. Never a safety section.",
    )
    print: dict[RoleName, InkKeys] = Field(
        default_factory=dict,
        description="Cyan, magenta, yellow and black for a print shop, in percent, by colour role; else computed.",
    )
    needs_approval: bool | None = Field(
        default=None,
        description="Whether someone must approve its PDFs (`handouts approve`) before they are released.",
    )
    languages: tuple[str, ...] | None = Field(default=None, description="The languages wanted; without it, all.")
    formats: tuple[Slug, ...] | None = Field(default=None, description="The formats wanted; without it, all.")

    @property
    def inks(self) -> dict[str, tuple[float, float, float, float]]:
        """``print`` in parts of one."""
        return {role: (c / 100, m / 100, y / 100, k / 100) for role, (c, m, y, k) in self.print.items()}


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
