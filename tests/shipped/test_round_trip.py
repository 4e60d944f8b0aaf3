"""What two readers give of a finished PDF is what was written: every language, handout and format, in order."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from press_room import skip_without_fonts
from printed_words.round_trip import EXCEPTIONS, HAS_LATIN_OR_GROUPS, POPPLER, Given, given_by_readers, not_given

from handoutpress.app.build import assemble_press
from handoutpress.content.catalog import Catalog
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.editions import FormatFile
from handoutpress.content.loading import load_catalog
from handoutpress.content.project import builtin_root, find_project
from handoutpress.proof.checks.registry import CHECKS
from handoutpress.proof.expectation import Expectation, expectations
from handoutpress.proof.proving import prove_data
from handoutpress.yamlfile.source import read_yaml

PROJECT = find_project(builtin_root())
BRAND = "lantern-street"
PAGE = PROJECT.root / "docs/languages.md"

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
    skip_without_fonts(language)
    found = load_catalog(PROJECT, EditionFilter(handouts=(slug,), languages=(language,), brands=(BRAND,)))
    brands = {key: replace(each, languages=(language,), formats=(format_,)) for key, each in found.brands.items()}
    return replace(found, brands=brands, formats={format_: all_formats()[format_]})


def printed(name: Name) -> tuple[bytes, tuple[Expectation, ...]]:
    """The PDF of an edition, and what it may be."""
    catalog = catalog_of(name)
    (edition,) = catalog.editions()
    return assemble_press(catalog).open_plate(edition).print(edition).pdf, expectations(edition, catalog)


@pytest.mark.parametrize(
    "name", [pytest.param(name, id="-".join(name), marks=() if name in FEW else pytest.mark.soak) for name in NAMES]
)
def test_a_finished_pdf_says_what_was_written(name: Name) -> None:
    data, wanted = printed(name)
    checks = [check for check in CHECKS if check != "copies"]
    found = prove_data(Path("-".join(name) + ".pdf"), data, wanted, checks).findings
    assert [str(each) for each in found] == []
    assert not any(not_given(name[0], data, wanted).values())


@pytest.mark.skipif(not POPPLER, reason="poppler's pdftotext is not installed")
def test_what_readers_cannot_give_is_listed_in_the_docs_and_no_more() -> None:
    rows = re.findall(r"^\| (pdfium|poppler) \| `([\w-]+)` \| .+ \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert sorted(rows) == sorted(EXCEPTIONS)
    for reader, language in EXCEPTIONS:
        name = (language, "acupuncture", "a4-trifold")
        assert given_by_readers(language, *printed(name))[reader].differences() != [], (
            "the exception is needed no longer"
        )


def test_a_word_that_is_turned_around_or_moved_is_found() -> None:
    given = Given("مرحبا بكم NHS 111. One two.", ("مرحبا بكم NHS 111.",), ("One two.",))
    assert given.differences() == []
    assert replace(given, given="مرحبا بكم 111 NHS. One two.").differences(HAS_LATIN_OR_GROUPS) == []
    assert replace(given, given="مرحبا بكم 111 NHS. One two.").differences() == ["مرحبابكمNHS111."]
    assert replace(given, given="مكب بكم 111 NHS. One two.").differences(HAS_LATIN_OR_GROUPS) == ["مرحبا"]
    swapped = Given("Two. One.", ("One.", "Two."), ())
    assert swapped.differences() == ["Two."]
