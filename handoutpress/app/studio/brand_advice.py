"""What is to be said of a clinic's look: colours that its logo has, and what prints otherwise than it was given."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from handoutpress.app.project import open_catalog
from handoutpress.app.studio.forms.edit_forms import BRAND_FILE
from handoutpress.app.studio.saving import EditedFiles, SaveResult
from handoutpress.content.brand.skeleton import colours_from_logo
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.project import Project
from handoutpress.store.files import FileStamp, stamp_of
from handoutpress.yamlfile.editing import with_value

NAMED = ("primary", "secondary")
"""The colours of a brand that are proposed, in the order of a logo's."""
_FIELDS = {"primary": "color.primary.light", "accent": "color.secondary.light", "light": "color.light.light"}
"""By how a remark begins, the field that it is about."""
_COLOUR = re.compile(r"#[0-9a-f]{6}\b")


@dataclass(frozen=True)
class LookRemark:
    """One sentence, the ``field`` that it is about ("" for none), and the colours that it names, as ``#rrggbb``."""

    sentence: str
    field: str
    colours: tuple[str, ...]


@dataclass(frozen=True)
class BrandAdvice:
    """Colours of the logo, where the clinic's are others, and what is to be looked at."""

    colours: tuple[str, ...] = ()
    remarks: tuple[LookRemark, ...] = ()


def brand_advice(project: Project, brand: str) -> BrandAdvice:
    """Return what is to be said of a brand's look; nothing of one with mistakes. Raises ``HandoutError``."""
    catalog = open_catalog(project, EditionFilter(brands=(brand,)))
    read = catalog.brands.get(brand)
    if read is None:
        return BrandAdvice()
    path = read.logo.path if read.logo else read.unseen_logo
    proposed = _colours_in(path, stamp_of(path)) if path else ()
    own = (read.colours.primary, read.colours.accent)
    is_other = proposed and proposed[0] != own[0]
    sentences = (*read.remarks, *read.logo_remarks)
    return BrandAdvice(proposed[: len(NAMED)] if is_other else (), tuple(map(_remark, sentences)))


def take_colours(project: Project, files: EditedFiles, brand: str, etag: str) -> SaveResult:
    """Give a brand the colours of its logo, in its file as it was at ``etag``. Raises ``HandoutError``."""
    proposed = brand_advice(project, brand).colours

    def with_colours(text: str) -> str:
        for name, colour in zip(NAMED, proposed, strict=False):
            text = with_value(text, ("color", name), colour)
        return text

    return files.change(project.root / "brands" / brand / BRAND_FILE, etag, with_colours)


def _remark(sentence: str) -> LookRemark:
    field = _FIELDS.get(sentence.partition(" ")[0], "")
    return LookRemark(sentence[:1].upper() + sentence[1:], field, tuple(_COLOUR.findall(sentence)))


@lru_cache(maxsize=64)
def _colours_in(path: Path, _stamp: FileStamp) -> tuple[str, ...]:
    try:
        return colours_from_logo(path)
    except (OSError, ValueError):  # told where the logo is read
        return ()
