"""The keys of what a clinic prints beside its contact, under ``defaults.handout``."""

from __future__ import annotations

import re
from itertools import starmap
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from handoutpress.content.models.web_addresses import web_address
from handoutpress.content.text.fields import Label, PersonName, Words
from handoutpress.yamlfile.nearest import meant
from handoutpress.yamlfile.record import NOT_PRINTED, Day, Record, Slug

MOST_LETTERS = 120
"""Characters of one of a clinic's lines: a sentence or two."""
NETWORKS = {
    "bluesky": ("Bluesky", "https://bsky.app/profile/"),
    "facebook": ("Facebook", "https://www.facebook.com/"),
    "instagram": ("Instagram", "https://www.instagram.com/"),
    "linkedin": ("LinkedIn", "https://www.linkedin.com/company/"),
    "threads": ("Threads", "https://www.threads.net/@"),
    "tiktok": ("TikTok", "https://www.tiktok.com/@"),
    "x": ("X", "https://x.com/"),
    "youtube": ("YouTube", "https://www.youtube.com/@"),
}
"""Networks that a clinic may name by its name there: what is printed, and what its address begins with."""
_NAME = re.compile(r"@?[\w.-]{1,60}", re.ASCII)

PictureName = Annotated[str, Field(min_length=1, max_length=500), NOT_PRINTED]


def _number(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _short(sentence: str) -> str:
    if len(sentence) > MOST_LETTERS:
        raise ValueError(
            f"the line has {len(sentence)} characters. Hint: say it in {MOST_LETTERS} at most; "
            "what is longer belongs into a handout."
        )
    return sentence


Line = Annotated[Words, AfterValidator(_short)]


class PersonKeys(Record):
    """Someone who treats patients."""

    name: PersonName
    role: Label | None = Field(default=None, description='What they are, such as "Osteopath".')
    registered_with: Label | None = Field(default=None, alias="register", description="The register that they are on.")
    number: Annotated[Label, BeforeValidator(_number, json_schema_input_type=str | int)] | None = Field(
        default=None, description="Their number in the register; in quotes where it begins with 0."
    )
    photo: PictureName | None = Field(default=None, description="A PNG or JPEG of their face; the name is its alt.")


class MarkKeys(Record):
    """The mark of a body that the clinic belongs to."""

    file: PictureName = Field(description="An SVG, PNG or JPEG in the brand's folder.")
    alt: Words = Field(description="What it says to someone who cannot see it.")
    until: Day | None = Field(default=None, description="The last day of the membership; builds refuse it after that.")


class LineKeys(Record):
    """One sentence each, on every handout in one language."""

    formats: Line | None = Field(default=None, description="How to get a text in large print or another language.")
    feedback: Line | None = Field(default=None, description="Where to tell what was good or bad.")
    disclaimer: Line | None = Field(default=None, description="What a sheet cannot do.")


class PhotoKeys(Record):
    """A photo of the clinic."""

    file: PictureName = Field(description="A PNG or JPEG in the brand's folder.")
    alt: Words = Field(description="What is to be seen, for someone who cannot see it.")


def _known(links: dict[str, str]) -> dict[str, str]:
    if faults := list(filter(None, starmap(_fault, links.items()))):
        unknown = next((network for network in links if network not in NETWORKS), "instagram")
        near = meant(unknown, NETWORKS)
        raise ValueError(f"{' '.join(faults)} Hint: {near} A whole address with https:// is taken, too.")
    return links


def _fault(network: str, name: str) -> str:
    """Return what is wrong with a link, as a sentence; empty where nothing is."""
    if "://" in name:
        web_address(name)
    elif network not in NETWORKS:
        return f'"{network}" is no network that is known here.'
    elif not _NAME.fullmatch(name):
        return f'"{name}" is not a name on {network}.'
    return ""


LinkName = Annotated[str, Field(min_length=1, max_length=200), NOT_PRINTED]


class ExtraKeys(Record):
    """The keys of ``defaults.handout`` that are printed beside the contact."""

    people: tuple[PersonKeys, ...] | None = Field(
        default=None, max_length=4, description="Who treats patients here, four at most."
    )
    marks: tuple[MarkKeys, ...] | None = Field(
        default=None, max_length=3, description="Marks of bodies that the clinic belongs to, three at most."
    )
    lines: dict[Annotated[str, NOT_PRINTED], LineKeys] = Field(
        default_factory=dict, description="Sentences on every handout, by language."
    )
    links: Annotated[dict[Slug, LinkName], AfterValidator(_known)] | None = Field(
        default=None,
        max_length=4,
        description="Pages elsewhere, four at most: a network and your name there, or any name and a whole address.",
    )
    photo: PhotoKeys | None = Field(default=None, description="A photo of the clinic.")
