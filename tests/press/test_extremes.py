"""Very short or long handouts, with long words or headings, or a long table: printed well, or refused in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from extremes import LONG_WORDS, clinic_of_extremes
from hypothesis import given, settings
from hypothesis import strategies as st
from press_room import HANDOUT, catalog_of, change, clinic

from handoutpress.content.catalog import Catalog
from handoutpress.content.editions import Edition
from handoutpress.press.layout.excess import DoesNotFitError
from handoutpress.press.press import HandoutPress
from handoutpress.proof.checks.registry import CHECKS
from handoutpress.proof.expectation import expectations
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.proving import prove_data
from handoutpress.store.cache import Cache

FORMATS = (
    *("a3-poster", "a4-large-print", "a4-leaflet", "a4-trifold", "a5-booklet", "a6-card"),
    *("half-letter-booklet", "letter-large-print", "letter-leaflet", "letter-trifold", "tabloid-poster"),
)
NAMES = ("short", "long", "words", "table", "headings")
QUICK = {
    *(("short", "a6-card"), ("short", "letter-leaflet"), ("table", "a4-large-print")),
    *(("words", "a6-card"), ("words", "a4-leaflet"), ("long", "a6-card"), ("headings", "a4-leaflet")),
}
"""What every run of the tests prints; a long run prints the others too."""
CHECKED = tuple(name for name in CHECKS if name != "copies")
LOOKS = {"layout.empty-page"}
"""What the proof may still say of a page that no sensible handout would give."""
SECTION = r'"[^"]+"(, block \d+,)?( in the body)? \([\d,]+ words?\)'
REMEDIES = (
    rf"(shorten the longest sections: {SECTION}(, {SECTION})*"
    r"|give the longest a \"short\" text, which formats such as this one print, as in [\w-]+: "
    rf"\{{(text: …, )?short: …\}}: {SECTION}(, {SECTION})*"
    r"|or print a booklet or large print, which hold more"
    r"|the (cover|main message|box of urgent help|last page) is about \d+ lines? too long: [a-z_\", ]+"
    r"|write a shorter one than \"\S+\"( in \"\w+\"( and \"\w+\")*)?, or show where it may break with a hyphen)"
)
SENTENCE = re.compile(
    r'"[^"]+" (is about (?P<lines>\d+) lines? too long for|does not fit|has a word that is wider than a line of) '
    r'the format "[^"]+", (which allows \d+ pages?, )?even (with the shorter texts )?at \d+ pt[.] '
    rf"Hint: {REMEDIES}(; {REMEDIES})*[.]"
)


@dataclass(frozen=True)
class Room:
    catalog: Catalog
    press: HandoutPress

    def edition(self, name: str, printed: str) -> Edition:
        (found,) = [e for e in self.catalog.editions() if (e.handout_slug, e.format_slug) == (name, printed)]
        return found

    def outcome(self, edition: Edition) -> bytes | str:
        """The PDF, which must pass its proof, or the sentence that says why there is none."""
        try:
            data = self.press.open_plate(edition).print(edition).pdf
        except DoesNotFitError as error:
            assert SENTENCE.fullmatch(str(error)), str(error)
            return str(error)
        proof = prove_data(Path("edition.pdf"), data, expectations(edition, self.catalog), CHECKED)
        assert [str(finding) for finding in proof.findings if finding.rule not in LOOKS] == []
        return data


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Room:
    folder = tmp_path_factory.mktemp("extremes")
    catalog = catalog_of(clinic_of_extremes(folder / "clinic"))
    return Room(catalog, HandoutPress(catalog, Cache(folder / "cache")))


CASES = [
    pytest.param(name, printed, marks=() if (name, printed) in QUICK else pytest.mark.soak)
    for name in NAMES
    for printed in FORMATS
]


@pytest.mark.parametrize(("name", "printed"), CASES)
def test_an_extreme_handout_is_printed_well_or_refused_in_words(room: Room, name: str, printed: str) -> None:
    outcome = room.outcome(room.edition(name, printed))
    if name in ("short", "table", "headings"):
        assert isinstance(outcome, bytes)
    if name == "long" and "large-print" not in printed:
        assert isinstance(outcome, str)
    if name == "long" and "booklet" not in printed and "large-print" not in printed:
        told = SENTENCE.fullmatch(str(outcome))
        assert told
        assert int(told["lines"]) > 20


@pytest.mark.parametrize("printed", ["a4-large-print", pytest.param("a5-booklet", marks=pytest.mark.soak)])
def test_each_page_of_a_table_has_its_head(room: Room, printed: str) -> None:
    data = room.outcome(room.edition("table", printed))
    assert isinstance(data, bytes)
    with FinishedPdf(Path("table.pdf"), data) as pdf:
        texts = [pdf.text(page) for page in pdf.pages]
    rows = [text for text in texts if "Question 1" in text or re.search(r"Question [23]\d", text)]
    assert len(rows) > 1
    assert all("Green tea" in text and "Black tea" in text for text in rows)


WORD = st.sampled_from(
    ["tea", "needles", "a", "of", "**bold**", "it’s", "2.5", "(rarely)", "after-effects", "“ache”", *LONG_WORDS[2:]]
)


def _said(words: list[str]) -> str:
    """Return words as a text: one of figures alone says nothing, and is refused."""
    return " ".join(words if any(map(str.isalpha, "".join(words))) else ["tea", *words])


TEXT = st.lists(WORD, min_size=1, max_size=120).map(_said)
LISTED = st.lists(st.lists(WORD, min_size=1, max_size=8).map(_said), min_size=1, max_size=7)
PASSAGE = (
    TEXT | LISTED.map(lambda lines: "\n".join(f"- {line}" for line in lines)) | st.tuples(TEXT, TEXT).map("\n\n".join)
)
LINE = st.lists(st.sampled_from(["tea", "needles", "bruise", "of", "pain", "22"]), min_size=1, max_size=9).map(_said)
ROWS = st.lists(st.tuples(LINE, LINE, LINE), min_size=1, max_size=24)


def _table(rows: list[tuple[str, str, str]]) -> dict[str, Any]:
    cells = [{"label": label, "cells": [one, other]} for label, one, other in rows]
    return {"caption": "Tea", "columns": ["Green", "Black"], "rows": cells}


HANDOUTS = st.fixed_dictionaries(
    dict.fromkeys(("what_it_is", "what_to_expect", "tell_us_first", "after_care", "alternatives"), PASSAGE)
    | {
        "title": LINE,
        "main_message": TEXT,
        "urgent_help": PASSAGE,
        "questions": st.lists(LINE, min_size=1, max_size=7),
    },
    optional={"subtitle": LINE, "comparison": ROWS.map(_table)},
)


def prints_or_tells(folder: Path, fields: dict[str, Any], printed: str) -> None:
    """One made-up handout, in a clinic of its own that keeps its plates in ``folder``."""
    root = folder / "clinic"
    if not root.exists():
        clinic(root)
        (root / "handouts/honey.en.yaml").unlink()
    original = clinic(folder / "first") / HANDOUT if not (folder / "first").exists() else folder / "first" / HANDOUT
    (root / HANDOUT).write_bytes(original.read_bytes())
    change(root / HANDOUT, lambda handout: handout.update(fields))
    catalog = catalog_of(root)
    room = Room(catalog, HandoutPress(catalog, Cache(folder / "cache")))
    room.outcome(room.edition("warm-tea", printed))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("made-up")


@given(HANDOUTS, st.sampled_from(FORMATS))
@settings(max_examples=2)
def test_a_made_up_handout_is_printed_well_or_refused_in_words(
    folder: Path, fields: dict[str, Any], printed: str
) -> None:
    prints_or_tells(folder, fields, printed)


@pytest.mark.soak
@given(HANDOUTS, st.sampled_from(FORMATS))
@settings(max_examples=60)
def test_many_made_up_handouts_are_printed_well_or_refused(folder: Path, fields: dict[str, Any], printed: str) -> None:
    prints_or_tells(folder, fields, printed)
