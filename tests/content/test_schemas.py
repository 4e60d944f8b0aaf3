"""The schemas for editors: fresh, valid, and in agreement with what the press accepts."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator

from handoutpress.content.models.handouts import Handout
from handoutpress.content.models.kinds import SAFETY_SECTIONS, SectionName
from handoutpress.content.models.languages import Headings
from handoutpress.content.schemas import KINDS, schema, write_schemas
from handoutpress.yamlfile.record import ONE_LINE
from handoutpress.yamlfile.source import read_yaml
from handoutpress.yamlfile.wordings import PATTERNS

ROOT = Path(__file__).parents[2]
FILES = {
    "handout": "handouts/*.yaml",
    "brand": "brands/*/_brand.yml",
    "format": "formats/*.yaml",
    "kind": "kinds/*.yaml",
    "language": "languages/*.yaml",
    "country": "countries/*.yaml",
    "poses": "poses/*.yaml",
    "project": "project.yaml",
    "mail": "docs/mail.yaml",
    "references": "references.yaml",
}
SHIPPED = [(kind, path) for kind, pattern in FILES.items() for path in sorted(ROOT.glob(pattern))]


def as_json(value: Any) -> Any:
    return json.loads(json.dumps(value, default=lambda day: day.isoformat() if isinstance(day, date) else day))


def test_every_kind_of_file_is_shipped() -> None:
    assert {kind for kind, _path in SHIPPED} == set(KINDS)


def test_the_committed_schemas_are_fresh(tmp_path: Path) -> None:
    for path in write_schemas(tmp_path):
        committed = ROOT / "schemas" / path.name
        assert committed.read_text(encoding="utf-8") == path.read_text(encoding="utf-8"), "run: handouts schema"


@pytest.mark.parametrize("kind", KINDS)
def test_schemas_are_valid_2020_12(kind: str) -> None:
    body = schema(kind)
    assert body["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(body)


@pytest.mark.parametrize(("kind", "path"), SHIPPED, ids=[path.relative_to(ROOT).as_posix() for _kind, path in SHIPPED])
def test_shipped_files_agree_with_the_schema_that_they_name(kind: str, path: Path) -> None:
    source = read_yaml(path)
    named = source.text.splitlines()[0].removeprefix("# yaml-language-server: $schema=")
    assert (path.parent / named).resolve() == ROOT / "schemas" / f"{kind}.schema.json"
    errors = Draft202012Validator(schema(kind)).iter_errors(as_json(source.data))
    assert [f"{error.json_path}: {error.message}" for error in errors] == []


def test_a_schema_refuses_a_misspelt_key() -> None:
    data = as_json(read_yaml(ROOT / "countries/gb.yaml").data)
    assert not Draft202012Validator(schema("country")).is_valid({**data, "emergancy": "999"})


def test_every_form_that_a_model_asks_for_has_words() -> None:
    asked = {pattern for kind in KINDS for pattern in _patterns(schema(kind))}
    assert len(asked) > 4
    assert asked <= {ONE_LINE, *PATTERNS}


def _patterns(part: Any) -> set[str]:
    if isinstance(part, list):
        return set().union(*(_patterns(each) for each in part))
    if not isinstance(part, dict):
        return set()
    own = {part["pattern"]} if isinstance(part.get("pattern"), str) else set()
    return own.union(*(_patterns(each) for each in part.values()))


def test_every_section_is_printed_once_and_has_a_heading() -> None:
    names = get_args(SectionName)
    assert set(names) < Headings.model_fields.keys()
    assert set(names) <= Handout.model_fields.keys()
    assert set(names) > SAFETY_SECTIONS
