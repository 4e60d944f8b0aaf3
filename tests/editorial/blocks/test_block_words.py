"""Every text of every type of block is read by the rules on words, and is a text to translate."""

from __future__ import annotations

import copy
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from press_room import HANDOUT, change
from printed_words.block_samples import BLOCKS, with_body

from handoutpress.content.models.handouts import Handout
from handoutpress.content.project import find_project
from handoutpress.editorial.check_project import check_project
from handoutpress.editorial.checks.prose import prose
from handoutpress.editorial.translating.parts import hashes
from handoutpress.editorial.translating.translation import TranslationTask, begin, update
from handoutpress.yamlfile.explain import load_record
from handoutpress.yamlfile.source import read_yaml

CLAIM = "Warm tea cures asthma."
TODAY = date(2026, 11, 29)
TASK = TranslationTask("warm-tea", "en", "fr", "A. Translator")


def planted(path: Path) -> int:
    """Put a claim into each printed text of the body; return into how many."""
    source = read_yaml(path)
    data = yaml.load(source.text, yaml.CSafeLoader)
    places = [text.location for text in prose(source, load_record(source, Handout)) if text.location[0] == "body"]
    for place in places:
        value = data
        for step in place[:-1]:
            value = value[step]
        value[place[-1]] = CLAIM
    path.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    return len(places)


def test_a_claim_is_seen_wherever_a_block_prints_words(tmp_path: Path) -> None:
    root = with_body(tmp_path, copy.deepcopy(BLOCKS))
    count = planted(root / HANDOUT)
    findings = [
        finding for finding in check_project(find_project(root), TODAY).findings if finding.rule == "claim-cure"
    ]
    lines = [number for number, line in enumerate((root / HANDOUT).read_text("utf-8").split("\n"), 1) if CLAIM in line]
    assert count == len(lines) > 40
    assert {finding.line for finding in findings} == set(lines)


def begun(root: Path) -> Path:
    """The project's handout with a translation to be filled in, which someone has done."""
    written = begin(find_project(root), TASK)
    path = root / "handouts/warm-tea.fr.yaml"
    path.write_text(written.text.replace("TO TRANSLATE", "En français"), encoding="utf-8")
    return path


def body_of(path: Path) -> list[Any]:
    body: list[Any] = yaml.load(path.read_bytes(), yaml.CSafeLoader)["body"]
    return body


def test_a_translation_is_begun_with_every_block(tmp_path: Path) -> None:
    root = with_body(tmp_path, BLOCKS)
    translated, source = body_of(begun(root)), body_of(root / HANDOUT)
    assert [next(iter(block)) for block in translated] == [next(iter(block)) for block in source]
    assert translated[3]["table"]["fill"] is True
    assert translated[4]["pairs"]["as"] == "do-dont"
    assert translated[12]["links"][0]["address"] == "https://www.tea.example/read"
    assert translated[1]["steps"]["items"] == ["En français", {"text": "En français"}]
    problems = check_project(find_project(root), TODAY).problems
    assert not problems


def test_a_block_that_moves_keeps_its_translation_and_one_that_changes_is_marked(tmp_path: Path) -> None:
    root = with_body(tmp_path, [{"note": "One thing."}, {"note": "Another thing."}, {"steps": ["Do it."]}])
    path = begun(root)
    first, middle, last = path.read_text("utf-8").rsplit("note: En français", 2)
    path.write_text(f"{first}note: Une chose.{middle}note: Une autre chose.{last}", encoding="utf-8")
    moved = [{"steps": ["Do it twice."]}, {"note": "Another thing."}, {"note": "One thing."}]
    change(root / HANDOUT, lambda handout: handout.update(body=moved))
    written = update(find_project(root), TASK)
    path.write_text(written.text, encoding="utf-8")
    assert written.changed == ("body.1",)
    assert body_of(path) == [
        {"steps": ["TO TRANSLATE En français"]},
        {"note": "Une autre chose."},
        {"note": "Une chose."},
    ]
    source = load_record(read_yaml(root / HANDOUT), Handout)
    assert load_record(read_yaml(path), Handout).translation.seen == hashes(source)  # type: ignore[union-attr]
