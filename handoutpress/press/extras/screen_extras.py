"""What a clinic prints beside its contact, as a web page shows it: each picture is part of the page."""

from __future__ import annotations

import base64
from typing import Any

from handoutpress.content.brand.extras.values import BrandPicture, Extras
from handoutpress.content.brand.logo_files import PrintedPicture, printed_picture
from handoutpress.press.extras.small_pictures import face, whole

_MEDIA_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg"}
FACE_HEIGHT = 80
MARK_SIZE = (160, 56)
PHOTO_SIZE = (360, 240)
"""Sizes on a page, in CSS pixels; pictures have twice as many pixels."""


def data_address(picture: PrintedPicture) -> str:
    """Return a picture as an address that holds all of it: the page loads nothing."""
    return f"data:{_MEDIA_TYPES[picture.suffix]};base64,{base64.b64encode(picture.data).decode()}"


def screen_extras(extras: Extras, language: str) -> dict[str, Any]:
    """Return what a page in ``language`` shows of ``extras``, as its template gets it."""
    faces = (person.photo and data_address(face(person.photo.path, 2 * FACE_HEIGHT)) for person in extras.people)
    return {
        "people": [
            {"words": person.words, "photo": photo or ""} for person, photo in zip(extras.people, faces, strict=True)
        ],
        "lines": extras.lines_in(language),
        "marks": [_shown(mark, *MARK_SIZE) for mark in extras.marks],
        "photo": _shown(extras.photo, *PHOTO_SIZE) if extras.photo else None,
        "links": extras.links,
    }


def _shown(picture: BrandPicture, most_width: int, most_height: int) -> dict[str, Any]:
    scale = min(most_width / picture.width, most_height / picture.height)
    width, height = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    file = whole(picture.path, 2 * width, 2 * height) if picture.pixels else printed_picture(picture.path)
    return {"address": data_address(file), "alt": picture.alt, "width": width, "height": height}
