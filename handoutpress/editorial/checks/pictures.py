"""Photographs that print coarse where they stand, though not so coarse that they are refused."""

from __future__ import annotations

from collections.abc import Iterator

from handoutpress.content.pictures.handout_picture import GOOD_PPI, pictures_of
from handoutpress.editorial.checks.findings import Remark
from handoutpress.editorial.checks.subject import CheckSubject


def remarks(subject: CheckSubject) -> Iterator[Remark]:
    """Look at each photograph at the size at which it prints."""
    for location, use, shown in pictures_of(subject.handout):
        picture = subject.pictures.get(shown.file)
        ppi = picture.ppi(use) if picture else None
        if picture and ppi is not None and ppi < GOOD_PPI:
            width = f"{picture.printed(use)[0]:g} mm wide"
            sentence = f"“{shown.file}” prints {width} at {ppi:.0f} pixels to the inch, which looks soft."
            hint = f"use one of {picture.width * GOOD_PPI / ppi:.0f} pixels across."
            yield Remark("picture-coarse", "warning", (*location, "file"), sentence, hint, words=shown.file)
