"""The examples of blocks in docs/content.md are right: they load, and print."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from press_room import catalog_of
from printed_words.block_samples import with_body

from handoutpress.app.build import assemble_press
from handoutpress.content.models.blocks.block import Block
from handoutpress.content.project import builtin_root
from handoutpress.proof.checks.registry import CHECKS
from handoutpress.proof.expectation import expectations
from handoutpress.proof.proving import prove_data

PAGE = (builtin_root() / "docs/content.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```yaml\n(body:\n.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><path d="M1 1h28v8h-28z" fill="primary"/></svg>'


def blocks_of_the_docs() -> list[Any]:
    return [block for example in EXAMPLES for block in yaml.load(example, yaml.CSafeLoader)["body"]]


def with_examples(folder: Path, *formats: str) -> Path:
    root = with_body(folder, blocks_of_the_docs(), formats=formats)
    (root / "pictures").mkdir()
    (root / "pictures/cupping-marks.svg").write_text(DRAWING, encoding="utf-8")
    return root


def test_every_type_has_an_example_that_loads(tmp_path: Path) -> None:
    (handout,) = catalog_of(with_examples(tmp_path)).handouts.values()
    assert {block.type for block in handout.handout.body} == set(Block.model_fields)


@pytest.mark.soak
@pytest.mark.parametrize("format_", ["a4-leaflet", "a5-booklet", "a4-large-print", "a6-card"])
def test_the_examples_print(format_: str, tmp_path: Path) -> None:
    catalog = catalog_of(with_examples(tmp_path, format_))
    (edition,) = catalog.editions()
    data = assemble_press(catalog).open_plate(edition).print(edition).pdf
    found = prove_data(Path("examples.pdf"), data, expectations(edition, catalog), tuple(CHECKS)).findings
    assert [str(each) for each in found] == []
