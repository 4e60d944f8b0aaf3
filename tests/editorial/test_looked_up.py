"""The day on which references were looked up: written where it belongs, and nowhere else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from handoutpress.editorial.registries.looked_up import noted
from handoutpress.yamlfile.problems import HandoutError
from handoutpress.yamlfile.source import yaml_source

DAY = date(2026, 11, 29)
LIBRARY = """\
# Ours.
- id: a
  custom: {status: confirmed}  # seen
- id: b
  title: "custom: {status: confirmed}"
  custom:
    note: long
    status: "corrected"
- {id: c, custom: {looked_up: '2020-01-01', status: confirmed}}
- id: d
  custom: {status: confirmed}
"""


def test_day_is_written_into_the_named_entries_alone() -> None:
    text = noted(yaml_source(LIBRARY, Path("references.yaml"), ""), ("a", "b", "c"), DAY)
    assert text == (
        LIBRARY.replace("{status: confirmed}  # seen", "{status: confirmed, looked_up: 2026-11-29}  # seen")
        .replace('status: "corrected"\n', 'status: "corrected"\n    looked_up: 2026-11-29\n')
        .replace("'2020-01-01'", "2026-11-29")
    )
    again = noted(yaml_source(text, Path("references.yaml"), ""), ("a", "b", "c"), DAY)
    assert again == text


def test_library_under_a_key_gets_it_too() -> None:
    source = yaml_source("references:\n  - id: a\n    custom: {status: confirmed}\n", Path("references.yaml"), "")
    assert "confirmed, looked_up: 2026-11-29}" in noted(source, ("a",), DAY)


def test_json_is_refused() -> None:
    with pytest.raises(HandoutError, match="is JSON"):
        noted(yaml_source("[]", Path("references.json"), ""), (), DAY)
