"""Whatever stands in a file, checking it gives a record or sentences; and unions are told as one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from handoutpress.content.brand.keys import BrandFile
from handoutpress.content.library import read_library
from handoutpress.content.models.formats import Format
from handoutpress.content.models.handouts import Handout
from handoutpress.yamlfile.explain import load_record
from handoutpress.yamlfile.problems import ContentError
from handoutpress.yamlfile.record import Record
from handoutpress.yamlfile.source import YamlSource, read_yaml

KEYS = ("title", "risks", "items", "article", "url", "what_it_is", "text", "short", "sections", "id", "date", "issued")
MORE_KEYS = ("author", "custom", "PMID", "references", "meta", "name", "color", "palette", "logo", "paper", "type")
LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text("a1:-[@]\n", max_size=8)
DATA = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS + MORE_KEYS), inner, max_size=5),
    max_leaves=20,
)


def source_of(folder: Path, text: str) -> YamlSource:
    (folder / "x.yaml").write_text(text, encoding="utf-8")
    return read_yaml(folder / "x.yaml", Path("x.yaml"))


@pytest.mark.parametrize("model", [Handout, BrandFile, Format])
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.dictionaries(st.sampled_from(KEYS + MORE_KEYS), DATA, min_size=1))
def test_any_data_gives_a_record_or_sentences(tmp_path: Path, model: type[BaseModel], data: Any) -> None:
    try:
        load_record(source_of(tmp_path, json.dumps(data)), model)
    except ContentError as error:
        assert all(problem.line and problem.sentence.endswith(".") for problem in error.problems)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.lists(DATA, min_size=1, max_size=4))
def test_any_list_gives_a_library_or_sentences(tmp_path: Path, data: Any) -> None:
    library = read_library(source_of(tmp_path, json.dumps(data)))
    assert len(library.problems) + len(library.references) >= 1


class Long(Record):
    full: str
    short: str | None = None


class Named(Record):
    name: str | Long


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "name: 5",
            'x.yaml:1:7: "name" must be text or a group of keys, not a number.',
        ),
        ("name: {shrt: R}", 'x.yaml:1:8: "shrt" is not a known key here. Hint: did you mean "short"?'),
        ("name: {short: R}", 'x.yaml:1:7: "full" is missing. Hint: add a line "full: …".'),
        ("name: {full: [1]}", 'x.yaml:1:14: "full" must be text, not a list. Hint: write it as one text in quotes.'),
    ],
)
def test_one_of_several_types_is_told_as_one_mistake(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        load_record(source_of(tmp_path, text), Named)
    assert said in str(caught.value)


def test_places_within_texts_are_found_however_they_are_written(tmp_path: Path) -> None:
    blocks = "a: |2-\n   one\n\n   two [@x]\nb: >-\n  one\n  two [@x]\n"
    quoted = "c: 'it''s\n  [@x]'\nd: \"a \\\"b\\\" [@x]\"\ne: ['v [@x]']\n"
    source = source_of(tmp_path, blocks + quoted)
    places = [source.place_in((key,), source.data[key].index("@")) for key in "abcd"]
    assert places == [(4, 9), (7, 8), (9, 4), (10, 14)]
    assert source.place_in(("e", 0), source.data["e"][0].index("@")) == (11, 9)
