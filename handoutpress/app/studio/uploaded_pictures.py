"""Pictures that are uploaded: read by the same guards as files, put where they belong, and named in a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from handoutpress.app.studio.forms.edit_forms import BRAND_FILE, EXTRAS
from handoutpress.app.studio.forms.form_edits import data_of
from handoutpress.app.studio.saving import EditedFiles, SaveResult
from handoutpress.content.brand.logo_files import read_picture
from handoutpress.content.brand.svg import is_svg
from handoutpress.content.pictures.reading import FOLDER as PICTURES
from handoutpress.content.project import Project
from handoutpress.store.digests import bytes_digest
from handoutpress.store.files import replace_shared_file
from handoutpress.yamlfile.editing import with_value
from handoutpress.yamlfile.problems import HandoutError
from handoutpress.yamlfile.source import Location

_BEGINNINGS = ((b"\x89PNG\r\n\x1a\n", ".png"), (b"\xff\xd8\xff", ".jpg"))


@dataclass(frozen=True)
class PicturePlace:
    """Where a clinic's picture is printed: as its photo, as one more mark, or with the person of a ``number``."""

    kind: Literal["photo", "mark", "person"]
    number: int = 0


@dataclass(frozen=True)
class NewPicture:
    """The bytes of a picture, and what is to be seen in it."""

    content: bytes
    alt: str


def take_logo(project: Project, files: EditedFiles, brand: str, etag: str, content: bytes) -> SaveResult:
    """Keep a picture in the folder of ``brand`` and name it in the brand's file, as it was at ``etag``.

    Raises ``HandoutError`` for what cannot be printed, and then keeps nothing; ``UneditableError`` where only a person
    can name it.
    """
    folder = project.root / "brands" / brand
    kept = _kept(folder, "logo", content)
    return files.change(folder / BRAND_FILE, etag, lambda text: with_value(text, _place(text), kept.name), [kept])


def take_brand_picture(
    project: Project, files: EditedFiles, brand: str, etag: str, picture: NewPicture, place: PicturePlace
) -> SaveResult:
    """Keep a picture in the folder of ``brand``, and print it in its ``place``.

    Raises as ``take_logo`` does, ``IndexError`` where there is no such person.
    """
    folder = project.root / "brands" / brand
    kept = _kept(folder, place.kind, picture.content)
    printed = {"file": kept.name, "alt": picture.alt.strip()}

    def with_picture(text: str) -> str:
        if place.kind == "person":
            people = _extras_in(text).get("people")
            if not isinstance(people, list) or place.number >= len(people):
                raise IndexError(place.number)
            return with_value(text, (*EXTRAS, "people", place.number, "photo"), kept.name)
        if place.kind == "photo":
            return with_value(text, (*EXTRAS, "photo"), printed)
        marks = _extras_in(text).get("marks")
        return with_value(text, (*EXTRAS, "marks"), [*(marks if isinstance(marks, list) else []), printed])

    return files.change(folder / BRAND_FILE, etag, with_picture, [kept])


def _extras_in(text: str) -> dict[str, Any]:
    data = data_of(text)
    for step in EXTRAS:
        data = data.get(step) if isinstance(data, dict) else None
    return data if isinstance(data, dict) else {}


def take_picture(project: Project, files: EditedFiles, path: Path, etag: str, picture: NewPicture) -> SaveResult:
    """Keep a picture in the project's folder for them, and put it at the end of a handout's body, as at ``etag``.

    Raises as ``take_logo`` does.
    """
    kept = _kept(project.root / PICTURES, "picture", picture.content)
    block = {"picture": {"file": kept.name, "alt": picture.alt.strip()}}

    def with_picture(text: str) -> str:
        body = data_of(text).get("body")
        return with_value(text, ("body",), [*body, block] if isinstance(body, list) else [block])

    return files.change(path, etag, with_picture, [kept])


def _kept(folder: Path, begins: str, content: bytes) -> Path:
    """Keep a picture in ``folder`` and return where it is. Its content says what it is, never its name."""
    suffix = ".svg" if is_svg(content) else next((end for start, end in _BEGINNINGS if content.startswith(start)), "")
    if not suffix:
        raise HandoutError("This is no SVG, PNG or JPEG.")
    _check(content, suffix)
    # A name by content: an earlier picture stays, and undoing the change of the file shows it again.
    name = f"{begins}-{bytes_digest(content)[:8]}{suffix}"
    folder.mkdir(exist_ok=True)
    replace_shared_file(folder / name, content)
    return folder / name


def _place(text: str) -> Location:
    """Return where a brand's file names its logo: beside words for those who cannot see it, these stay."""
    logo = data_of(text).get("logo")
    return ("logo", "path") if isinstance(logo, dict) and "path" in logo else ("logo",)


def _check(content: bytes, suffix: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"logo{suffix}"
        replace_shared_file(path, content)
        try:
            read_picture(path)
        except ValueError as error:
            sentence, _, hint = str(error).partition(" Hint: ")
            raise HandoutError(f"The picture {sentence} {hint}".strip()) from None
