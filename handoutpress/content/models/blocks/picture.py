"""The block ``picture``, and pictures within other blocks."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field, model_validator

from handoutpress.content.models.blocks.content import BlockContent
from handoutpress.content.skeletons import UNTRANSLATED
from handoutpress.content.text.fields import Label, MarkdownLine, Words
from handoutpress.yamlfile.record import NOT_PRINTED, Record, misplaced

Right = Literal["own", "permission", "public domain", "CC0", "CC BY 4.0", "CC BY-SA 4.0"]
"""By what right a picture is printed: it is the clinic's own, its owner has allowed it, or a licence does."""


def _allowed(value: Any) -> Any:
    if value not in get_args(Right):
        raise ValueError(
            f'"{value}" is no licence by which a leaflet may be printed and given away. '
            f"Hint: take a picture with one of: {', '.join(get_args(Right))}."
        )
    return value


Licence = Annotated[Right, BeforeValidator(_allowed), NOT_PRINTED]
MAX_LABELS = 11
PictureName = Annotated[str, Field(min_length=1, max_length=300), NOT_PRINTED]
_NO_LETTER = re.compile(r"[\W_]+")


def _plain(text: str) -> str:
    return _NO_LETTER.sub(" ", text).strip().casefold()


class Credit(Record):
    """Whose picture it is."""

    by: Label = Field(description="Who made it, as the licence wants to have it named.")
    licence: Licence


class PersonShown(Record):
    """Whether someone in a picture can be recognised, and has consented to be shown."""

    recognisable: Annotated[bool, NOT_PRINTED]
    consent: Annotated[bool, NOT_PRINTED] = Field(False, description="In writing, and for leaflets and the web.")

    @model_validator(mode="after")
    def _has_consented(self) -> PersonShown:
        if self.recognisable and not self.consent:
            raise ValueError(
                "this person can be recognised and has not consented. "
                "Hint: get their consent in writing and write consent: true, or take another picture."
            )
        return self


class ShownPicture(Record):
    """A picture of the project: an SVG, PNG or JPEG in its folder ``pictures``."""

    file: PictureName = Field(description="Its name in the folder pictures.")
    alt: Words = Field(description="What is to be seen, for someone who cannot see it.")
    labels: Annotated[tuple[Label, ...], Field(max_length=MAX_LABELS)] = Field(
        (), description="What stands below each of as many equal parts of it, in the order of reading."
    )
    caption: MarkdownLine | None = Field(None, description="Printed below it.")
    credit: Credit | None = None
    person: PersonShown | None = Field(None, description="Where a person is to be seen.")

    @model_validator(mode="after")
    def _alt_says_more(self) -> ShownPicture:
        said, name = _plain(self.alt), self.file.rpartition("/")[2]
        if said in (_plain(name), _plain(name.rpartition(".")[0])):
            raise misplaced("alt", '"alt" is the name of the file. Hint: say what is to be seen in the picture.')
        if self.caption and said == _plain(self.caption) and said != _plain(UNTRANSLATED):
            raise misplaced(
                "alt", '"alt" says what the caption says. Hint: say what is to be seen; the caption is read as well.'
            )
        return self


class PictureContent(BlockContent, ShownPicture):
    """One picture with its caption."""

    optional: Annotated[bool, NOT_PRINTED] = Field(
        False, description="Whether it stands only where there is room: in formats with optional_pictures, on screens."
    )
