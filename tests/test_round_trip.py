"""What comes out of a finished PDF is what was written: every language, handout and format, in the order of reading."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from handoutpress.cli.opening import press_for
from handoutpress.content.catalog import Catalog
from handoutpress.content.editions import Edition
from handoutpress.content.loading import load_catalog
from handoutpress.content.project import builtin_root, find_project
from handoutpress.content.scripts import missing_fonts
from handoutpress.content.wanted import Wanted
from handoutpress.proof.checks import CHECKS
from handoutpress.proof.expecting import expectations
from handoutpress.proof.finished import FinishedPdf
from handoutpress.proof.proving import nearest, prove_data

PROJECT = find_project(builtin_root())
BRAND = "lantern-street"
TURNED = {"ar": {"NHS 111": "111 NHS"}}
"""pdfium gives several Latin words in an Arabic line last word first, as docs/languages.md says."""
LINE_ENDS = {0x02: "-", 0xFFFE: "-"}
"""What pdfium gives for a hyphen at the end of a line."""

Name = tuple[str, str, str]
"""A language, a handout and a format."""


def _names() -> Iterator[Name]:
    for path in sorted((PROJECT.root / "handouts").glob("*.yaml")):
        slug, language = path.stem.split(".")
        yield from ((language, slug, format_) for format_ in PROJECT.files("formats"))


NAMES = tuple(_names())
FEW = frozenset(
    random.Random(f"round trip {language}").choice([name for name in NAMES if name[0] == language])
    for language in {name[0] for name in NAMES}
)
"""One edition of each language, always the same; all the others in a long run."""


@cache
def catalog_of(name: Name) -> Catalog:
    """The shipped handouts of one language, for a brand that wants it in one format."""
    language, slug, format_ = name
    chosen = Wanted(handouts=(slug,), languages=(language,), brands=(BRAND,))
    found = load_catalog(PROJECT, chosen)
    if language not in found.languages or missing_fonts(PROJECT, found.languages[language]):
        pytest.skip(f"the fonts of {language} are fetched by make fonts-all")
    formats = load_catalog(PROJECT, Wanted(formats=(format_,))).formats
    brands = {key: replace(each, languages=(language,), formats=(format_,)) for key, each in found.brands.items()}
    return replace(found, brands=brands, formats=formats)


def plain(text: str) -> str:
    """A text without gaps and line ends, which extraction guesses, invisible marks, and brackets round a citation."""
    kept = unicodedata.normalize("NFC", text.translate(LINE_ENDS))
    kept = "".join(letter for letter in kept if not letter.isspace() and unicodedata.category(letter) != "Cf")
    return re.sub(r"\[([\d,]+)\]", r"\1", kept)


def in_order(parts: list[str], whole: str) -> list[str]:
    """Those of ``parts`` that do not stand in ``whole``, one after the other."""
    missing, at = [], 0
    for part in parts:
        place = whole.find(part, at)
        if place < 0:
            missing.append(part)
        at = max(at, place)
    return missing


@pytest.mark.parametrize(
    "name", [pytest.param(name, id="-".join(name), marks=() if name in FEW else pytest.mark.soak) for name in NAMES]
)
def test_a_finished_pdf_says_what_was_written(name: Name) -> None:
    catalog = catalog_of(name)
    (edition,) = catalog.editions()
    data = press_for(catalog).open_plate(edition).print(edition).pdf
    file = Path("-".join(name) + ".pdf")
    checks = [check for check in CHECKS if check != "copies"]
    found = prove_data(file, data, expectations(edition, catalog), checks).findings
    assert [str(each) for each in found] == []
    wanted, text = wanted_and_given(edition, catalog, data)
    assert in_order(wanted, text) == []


def wanted_and_given(edition: Edition, catalog: Catalog, data: bytes) -> tuple[list[str], str]:
    with FinishedPdf(Path("it.pdf"), data) as pdf:
        said = nearest(pdf, expectations(edition, catalog)).text
        text = "".join(pdf.text(page) for page in pdf.pages)
    for written, given in TURNED.get(edition.language, {}).items():
        said = tuple(part.replace(written, given) if given in text else part for part in said)
    return [plain(part) for part in said], plain(text)
