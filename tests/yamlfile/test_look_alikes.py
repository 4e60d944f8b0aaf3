"""What looks like YAML and is none is named where it stands, with what to type instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from handoutpress.yamlfile.explain import load_record
from handoutpress.yamlfile.problems import ContentError
from handoutpress.yamlfile.record import Day, Record, SingleLine, Slug
from handoutpress.yamlfile.source import read_yaml

GOOD = """\
title: Cupping
practices: [cupping]
text: |
  Warm cups draw the skin.
  They are glass.
items:
  - name: a bruise
    count: 6.1
  - name: pain
    count: 1200
questions:
  - How long does it take?
  - What does it cost?
date: 2026-05-31
"""


class Item(Record):
    name: SingleLine
    count: float


class Page(Record):
    title: SingleLine
    practices: tuple[Slug, ...]
    text: str
    items: tuple[Item, ...]
    questions: tuple[SingleLine, ...]
    date: Day


LOOK_ALIKES = [
    ("title: C", "title:\u00a0C", 1, 7, "No ordinary space"),
    ("title: C", "title：C", 1, 6, "another character (U+FF1A)"),
    ("title: C", "title:C", 1, 7, 'write "title: "'),
    ("title: C", "title; C", 1, 6, 'A ";" stands'),
    ("title: C", "title = C", 1, 7, 'A "=" stands'),
    ("  They", "\u00a0\u00a0They", 5, 1, "(U+00A0) that YAML does not know"),
    ("    count: 6", "\u3000\u3000count: 6", 8, 1, "(U+3000)"),
    ("  Warm", "Warm", 4, 1, "not indented more"),
    ("count: 1200", "count:1200", 10, 11, 'write "count: "'),
    ("  - What", "  – What", 13, 3, "(U+2013)"),
    ("  - What", "  • What", 13, 3, "(U+2022)"),
    ("  - What", "  -What", 13, 3, "No space stands behind the dash"),
    ("  - name: pain", "  — name: pain", 9, 3, "(U+2014)"),
    ("- How", "- *How*", 12, 5, "begins with *"),
    ("- How", "- **How**", 12, 5, "begins with *"),
    ("- How", "- 'Tis so? How", 12, 5, "write ’ for an apostrophe"),
    ("- How", '- "How', 12, 5, 'This " opens'),
    ("title: Cupping", "title: 'Don't worry'", 1, 8, "closes before the text"),
    ("title: Cupping", 'title: "Cupping" today', 1, 8, "closes before the text"),
    ("text: |", "text: | Well", 3, 7, "next line"),
    ("title: Cupping", "title: “Cupping: how”", 1, 8, "use the straight one"),
    ("title: C", "```yaml\ntitle: C", 1, 1, "delete the line"),
    ("title: Cupping", "title: Our #1 care", 1, 8, "a note to yourself"),
    ("title: Cupping", "title: %", 1, 8, "begins with %"),
    ("title: Cupping", 'title: "Cup\\e[31mping"', 1, 8, "U+001B"),
    ("title: C", "\u200btitle: C", 1, 1, "cannot be seen"),
    ("title: C", "title\u00a0: C", 1, 1, 'type "title:" anew'),
    ("[cupping]", "［cupping］", 2, 12, "write [cupping]"),
    ("[cupping]", "[cupping、moxa]", 2, 13, "comma"),
    ("[cupping]", "[dry–needling]", 2, 13, 'write "dry-needling"'),
    ("1200", "1,200", 10, 12, "write 1200"),
    ("6.1", "6,1", 8, 12, "write 6.1"),
    ("6.1", "６.１", 8, 12, "write 6.1"),
    ("2026-05-31", "“2026-05-31”", 14, 7, "write 2026-05-31"),
    ("- How", "- Ask: how", 12, 5, "a colon makes it one"),
    ("  - How long does it take?\n  - What", "  – How long?\n  – What", 12, 3, "(U+2013)"),
]


def _said(text: str, tmp_path: Path) -> list[str]:
    path = tmp_path / "page.yaml"
    path.write_text(text, "utf-8")
    try:
        load_record(read_yaml(path, Path("page.yaml")), Page)
    except ContentError as error:
        return [str(problem) for problem in error.problems]
    return []


@pytest.mark.parametrize(("good", "bad", "line", "column", "words"), LOOK_ALIKES)
def test_a_look_alike_is_named_where_it_stands(
    good: str, bad: str, line: int, column: int, words: str, tmp_path: Path
) -> None:
    assert good in GOOD
    (said,) = _said(GOOD.replace(good, bad, 1), tmp_path)
    assert said.startswith(f"page.yaml:{line}:{column}: ")
    assert words in said


def test_what_is_right_is_left_alone(tmp_path: Path) -> None:
    text = GOOD.replace("They are glass.", "- one\n  •\u00a0two: a:b – “c” #1").replace(
        "Cupping", '"Cup: 1" # a note', 1
    )
    assert _said(text, tmp_path) == []


def test_several_are_told_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("title: ", "title：").replace("count: 6", "count:6").replace("  - What", "  – What")
    assert [said.split(": ")[0] for said in _said(text, tmp_path)] == [
        "page.yaml:1:6",
        "page.yaml:8:11",
        "page.yaml:13:3",
    ]
