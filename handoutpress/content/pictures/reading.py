"""Reading the pictures that a handout names, each from the folder ``pictures`` of the project or the built-in one."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from handoutpress.content.brand.files import near_hint, under_another_spelling
from handoutpress.content.brand.logo_files import read_picture
from handoutpress.content.brand.svg import MAX_BYTES, is_svg
from handoutpress.content.models.handouts import Handout
from handoutpress.content.pictures.handout_picture import GOOD_PPI, LEAST_PPI, HandoutPicture, PictureUse, pictures_of
from handoutpress.content.pictures.role_svg import has_roles, read_roles
from handoutpress.content.project import Project
from handoutpress.store.digests import bytes_digest
from handoutpress.yamlfile.problems import Problem, split_hint
from handoutpress.yamlfile.source import YamlSource

FOLDER = "pictures"
_HINT = f"put it into the folder {FOLDER} of the project, and write its name."


@dataclass(frozen=True)
class ReadPictures:
    """The pictures of a handout by the names that it has for them, and what is wrong with others."""

    pictures: Mapping[str, HandoutPicture]
    problems: tuple[Problem, ...]


def read_pictures(project: Project, source: YamlSource, handout: Handout) -> ReadPictures:
    """Return the pictures that the handout in ``source`` names."""
    pictures: dict[str, HandoutPicture] = {}
    problems: list[Problem] = []
    for place, use, picture in pictures_of(handout):
        try:
            pictures[picture.file] = _checked(_picture(project, picture.file), use)
        except ValueError as mistake:
            fault = split_hint(str(mistake))
            sentence = f'The picture "{picture.file}" {fault.sentence}'
            problems.append(source.problem(source.written_at((*place, "file")), sentence, fault.hint))
    return ReadPictures(pictures, tuple(problems))


def _picture(project: Project, name: str) -> HandoutPicture:
    """Return a picture by its name. Raises ``ValueError`` with what is wrong, as it reads after that name."""
    path = _found(project, name)
    raw = path.read_bytes() if path.stat().st_size <= MAX_BYTES else b""
    if is_svg(raw) and has_roles(raw):
        drawing = read_roles(raw)
        return HandoutPicture(path, drawing.width, drawing.height, False, bytes_digest(raw), drawing)
    size = read_picture(path)
    return HandoutPicture(path, size.width, size.height, size.pixels, bytes_digest(path.read_bytes()))


def _found(project: Project, name: str) -> Path:
    if "://" in name or name.startswith("data:"):
        raise ValueError(f"is an address, and nothing is ever fetched. Hint: save it, and {_HINT}")
    if Path(name).is_absolute() or "\\" in name or "\0" in name or ".." in Path(name).parts:
        raise ValueError(f"lies outside the folder {FOLDER}. Hint: {_HINT}")
    own, built_in = (Path(os.path.normpath(root / FOLDER / name)) for root in (project.root, project.builtin))
    for path in (own, built_in):
        file = path if path.is_file() else under_another_spelling(path)
        if file is not None and project.contains(file):
            return file
    if own.is_file():
        raise ValueError(f"leads outside the project. Hint: {_HINT}")
    raise ValueError(f"does not exist. Hint: {near_hint(own, _HINT)}")


def _checked(picture: HandoutPicture, use: PictureUse) -> HandoutPicture:
    """Return a picture that is fine enough where it stands. Raises ``ValueError``."""
    ppi = picture.ppi(use)
    if ppi is not None and ppi < LEAST_PPI:
        size = f"{picture.width:g} × {picture.height:g} pixels"
        printed = f"{picture.printed(use)[0]:g} mm wide, as it prints here, that is {ppi:.0f} to the inch"
        wanted = f"{picture.width * GOOD_PPI / ppi:.0f} pixels across"
        raise ValueError(f"has {size}; {printed}, and {LEAST_PPI} are the least. Hint: use one of {wanted}.")
    return picture
