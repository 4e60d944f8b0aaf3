"""What two readers give of a finished PDF is what was written: every language, handout and format, in order."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest

from handoutpress.app.build import assemble_press
from handoutpress.content.catalog import Catalog
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.editions import FormatFile
from handoutpress.content.loading import load_catalog
from handoutpress.content.project import builtin_root, find_project
from handoutpress.content.script_fonts import missing_fonts
from handoutpress.proof.checks.registry import CHECKS
from handoutpress.proof.expectation import Expectation, expectations
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.proving import nearest, prove_data
from handoutpress.yamlfile.source import read_yaml

PROJECT = find_project(builtin_root())
BRAND = "lantern-street"
PAGE = PROJECT.root / "docs/languages.md"
POPPLER = shutil.which("pdftotext")
HAS_LATIN = re.compile(r"[a-zA-Z]")
EXCEPTIONS = {("pdfium", "ar"): HAS_LATIN, ("poppler", "ar"): re.compile("")}
"""By reader and language, in which paragraphs letters alone are compared, word by word; docs/languages.md says why."""
LINE_ENDS = {0x02: "-", 0xFFFE: "-"}
"""What pdfium gives for a hyphen at the end of a line."""

Name = tuple[str, str, str]
"""A language, a handout and a format."""


def _names() -> Iterator[Name]:
    for path in sorted((PROJECT.root / "handouts").glob("*.yaml")):
        slug, language = path.stem.split(".")
        formats = read_yaml(path).data.get("formats") or PROJECT.files("formats")
        yield from ((language, slug, format_) for format_ in formats)


NAMES = tuple(_names())
FEW = frozenset(
    random.Random(f"round trip {language}").choice([name for name in NAMES if name[0] == language])
    for language in {name[0] for name in NAMES}
)
"""One edition of each language, always the same; all the others in a long run."""


@cache
def all_formats() -> Mapping[str, FormatFile]:
    return load_catalog(PROJECT, EditionFilter(formats=tuple(PROJECT.files("formats")))).formats


@cache
def catalog_of(name: Name) -> Catalog:
    """One shipped handout in one language, for a brand that wants it in one format."""
    language, slug, format_ = name
    found = load_catalog(PROJECT, EditionFilter(handouts=(slug,), languages=(language,), brands=(BRAND,)))
    if language not in found.languages or missing_fonts(PROJECT, found.languages[language]):
        pytest.skip(f"the fonts of {language} are fetched by make fonts-all")
    brands = {key: replace(each, languages=(language,), formats=(format_,)) for key, each in found.brands.items()}
    return replace(found, brands=brands, formats={format_: all_formats()[format_]})


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


def words_of(text: str) -> list[str]:
    """The runs of letters and of digits in a text, without signs on letters."""
    return re.findall(r"[^\W\d_]+|\d+", without_signs(text))


def without_signs(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFC", text) if unicodedata.category(letter) != "Mn")


@dataclass(frozen=True)
class Given:
    """What a reader gives of an edition, and what was written: ``text`` in order, ``anywhere`` on its pages."""

    given: str
    text: tuple[str, ...]
    anywhere: tuple[str, ...]

    def differences(self, excepted: re.Pattern[str] | None = None) -> list[str]:
        """The paragraphs that were not given; of those that are ``excepted``, the words."""
        whole, loose = plain(self.given), without_signs("".join(self.given.split()))
        kept = [[part for part in parts if not (excepted and excepted.search(part))] for parts in self._both()]
        words = [
            word for parts in self._both() for part in parts if part not in kept[0] + kept[1] for word in words_of(part)
        ]
        anywhere = [part for part in map(plain, kept[1]) if part not in whole]
        return [*in_order(list(map(plain, kept[0])), whole), *anywhere, *(word for word in words if word not in loose)]

    def _both(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return self.text, self.anywhere


def printed(name: Name) -> tuple[bytes, tuple[Expectation, ...]]:
    """The PDF of an edition, and what it may be."""
    catalog = catalog_of(name)
    (edition,) = catalog.editions()
    return assemble_press(catalog).open_plate(edition).print(edition).pdf, expectations(edition, catalog)


def given_by_readers(name: Name, data: bytes, wanted: tuple[Expectation, ...]) -> dict[str, Given]:
    """What each reader that is here gives. From the left, poppler is asked for the order in which a page is painted."""
    with FinishedPdf(Path("it.pdf"), data) as pdf:
        said = nearest(pdf, wanted)
        texts = {"pdfium": "".join(pdf.text(page) for page in pdf.pages)}
    if POPPLER:
        order = () if name[0] == "ar" else ("-raw",)
        ended = subprocess.run(
            [POPPLER, *order, "-enc", "UTF-8", "-", "-"], input=data, capture_output=True, check=True
        )
        texts["poppler"] = ended.stdout.decode()
    return {reader: Given(text, said.text, said.anywhere) for reader, text in texts.items()}


@pytest.mark.parametrize(
    "name", [pytest.param(name, id="-".join(name), marks=() if name in FEW else pytest.mark.soak) for name in NAMES]
)
def test_a_finished_pdf_says_what_was_written(name: Name) -> None:
    data, wanted = printed(name)
    checks = [check for check in CHECKS if check != "copies"]
    found = prove_data(Path("-".join(name) + ".pdf"), data, wanted, checks).findings
    assert [str(each) for each in found] == []
    for reader, given in given_by_readers(name, data, wanted).items():
        assert given.differences(EXCEPTIONS.get((reader, name[0]))) == [], reader


@pytest.mark.skipif(not POPPLER, reason="poppler's pdftotext is not installed")
def test_what_readers_cannot_give_is_listed_in_the_docs_and_no_more() -> None:
    rows = re.findall(r"^\| (pdfium|poppler) \| `([\w-]+)` \| .+ \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert sorted(rows) == sorted(EXCEPTIONS)
    for reader, language in EXCEPTIONS:
        name = (language, "acupuncture", "a4-trifold")
        assert given_by_readers(name, *printed(name))[reader].differences() != [], "the exception is needed no longer"


def test_a_word_that_is_turned_around_or_moved_is_found() -> None:
    given = Given("مرحبا بكم NHS 111. One two.", ("مرحبا بكم NHS 111.",), ("One two.",))
    assert given.differences() == []
    assert replace(given, given="مرحبا بكم 111 NHS. One two.").differences(HAS_LATIN) == []
    assert replace(given, given="مرحبا بكم 111 NHS. One two.").differences() == ["مرحبابكمNHS111."]
    assert replace(given, given="مكب بكم 111 NHS. One two.").differences(HAS_LATIN) == ["مرحبا"]
    swapped = Given("Two. One.", ("One.", "Two."), ())
    assert swapped.differences() == ["Two."]
