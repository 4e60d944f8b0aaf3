"""The pictures that a clinic prints beside its contact, as small as print needs them: faces, marks, a photo."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handoutpress.content.brand.brand import Logo
from handoutpress.content.brand.extras.values import MANY_PEOPLE, BrandPicture, Extras
from handoutpress.content.models.formats import SlotSize
from handoutpress.press.extras.small_pictures import FACE_RATIO, face, print_pixels, whole

if TYPE_CHECKING:
    from handoutpress.press.logo.logo_printer import LogoPrinter

MOST_FACE = 30.0
"""Height of the largest face, mm."""
BETWEEN = 4.0
"""Millimetres between two marks."""
ROWS_APART = 2.0
"""Millimetres between two rows of people."""
LOW = 4.0
"""A box so many times as wide as it is high has all people in one row."""


@dataclass(frozen=True)
class ExtraPictures:
    """What a template needs to print them, and their bytes by address."""

    values: dict[str, Any]
    files: dict[str, bytes]


def extra_pictures(extras: Extras, boxes: Mapping[str, SlotSize], logos: LogoPrinter) -> ExtraPictures:
    """Return the pictures of ``extras`` for those of the ``boxes``, mm, that are there."""
    files: dict[str, bytes] = {}
    values: dict[str, Any] = {
        "people": _people(extras, boxes.get("people"), files),
        "marks": list(_marks(extras, boxes["marks"], logos, files)) if "marks" in boxes else [],
        "photo": _photo(extras.photo, boxes["photo"], files) if extras.photo and "photo" in boxes else None,
    }
    return ExtraPictures(values, files)


def in_one_row(box: SlotSize, count: int) -> bool:
    """Return whether so many people stand side by side in a box; in a high one there are two in a row."""
    return count < MANY_PEOPLE or box.width > LOW * box.height


def _people(extras: Extras, box: SlotSize | None, files: dict[str, bytes]) -> list[dict[str, Any]]:
    people: list[dict[str, Any]] = [{"words": person.words, "photo": "", "style": ""} for person in extras.people]
    if box is None:
        return people
    rows = 1 if in_one_row(box, len(people)) else 2
    height = min(MOST_FACE, (box.height - ROWS_APART * (rows - 1)) / rows)
    for number, person in enumerate(extras.people):
        if person.photo:
            address = f"logo:person-{number}"
            files[address] = face(person.photo.path, print_pixels(height)).data
            people[number] |= {"photo": address, "style": _style(FACE_RATIO * height, height)}
    return people


def _marks(extras: Extras, box: SlotSize, logos: LogoPrinter, files: dict[str, bytes]) -> Iterator[dict[str, str]]:
    """Yield each mark, all of about one area, so that none outshines another."""
    count = len(extras.marks)
    for number, picture in enumerate(extras.marks):
        width, height = _fitted(picture, (box.width - BETWEEN * (count - 1)) / count, box.height)
        address = f"logo:mark-{number}"
        if picture.pixels:
            files[address] = whole(picture.path, print_pixels(width), print_pixels(height)).data
        else:
            logo = Logo(picture.path, picture.alt, picture.width, picture.height)
            files[address] = logos.printed(logo, width).data
        yield {"address": address, "style": _style(width, height)}


def _photo(photo: BrandPicture, box: SlotSize, files: dict[str, bytes]) -> dict[str, str]:
    width, height = _fitted(photo, box.width, box.height)
    files["logo:photo"] = whole(photo.path, print_pixels(width), print_pixels(height)).data
    return {"address": "logo:photo", "style": _style(width, height)}


def _fitted(picture: BrandPicture, width: float, height: float) -> tuple[float, float]:
    """Return the size in mm at which a picture fills one side of a box."""
    scale = min(width / picture.width, height / picture.height)
    return picture.width * scale, picture.height * scale


def _style(width: float, height: float) -> str:
    return f"width: {width:.3f}mm; height: {height:.3f}mm"
