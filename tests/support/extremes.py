"""Handouts that a press must bear: very short or long, all long words, long headings and long words in them, tables."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml
from press_room import HANDOUT, clinic

ROOT = Path(__file__).parents[2]
LONGEST = "dry-needling"
"""The longest of the shipped handouts in English, by words."""
KEPT = {"reviewed", "translation", "article", "practices", "version", "date", "author", "answers", "accepted"}
"""What a handout says about itself, which no one reads as text."""
NOT_READ = {"practice", "severity", "per", "count", "of", "references", "duration", "evidence", "id", "after", "alt"}
LONG_WORDS = (
    "pneumonoultramicroscopicsilicovolcanoconiosis",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk",
    "thyroparathyroidectomized",
    "electroencephalographically",
)

LONG_HEADED = ("what_it_is", "what_to_expect", "risks", "after_care", "alternatives")
HEADINGS = (
    *("How many cups will I need before my throat feels better?", "Introduction", "Responsibilities of yours"),
    *("Otorhinolaryngology", "Questions, and how to ask them of us"),
)
"""After which sections stands one whose heading takes more lines than its text."""

Data = Mapping[str, Any]


def extremes(tea: Data, longest: Data) -> dict[str, Data]:
    """The five handouts, made from the test clinic's and from the longest that is shipped."""
    rows = [{"label": f"Question {number}", "cells": ["Yes, often", "No, or rarely"]} for number in range(1, 31)]
    table = {"caption": "Thirty questions", "columns": ["Green tea", "Black tea"], "rows": rows}
    return {
        "short": {
            **tea,
            "main_message": "Sip.",
            "what_it_is": "Tea.",
            "what_to_expect": "You sip.",
            "after_care": "Rest.",
        },
        "long": _read(longest, lambda text: " ".join([text] * 12) if " " in text and len(text) > 60 else text),
        "words": _read(tea, _long_words),
        "table": {**tea, "comparison": table},
        "headings": {**tea, "sections": [_under(*each) for each in zip(HEADINGS, LONG_HEADED, strict=True)]},
    }


def _under(heading: str, place: str) -> dict[str, str]:
    return {"id": place.replace("_", "-") + "-more", "after": place, "heading": heading, "text": "Two or three."}


def _long_words(text: str) -> str:
    return " ".join(LONG_WORDS[(at + len(text)) % len(LONG_WORDS)] for at in range(len(text.split())))


def _read(value: Any, change: Callable[[str], str], key: str = "") -> Any:
    """A handout with each of its texts changed, and without pictograms, of which its lists no longer have one each."""
    if key in KEPT | NOT_READ:
        return value
    if isinstance(value, dict):
        return {name: _read(inner, change, name) for name, inner in value.items() if name != "icons"}
    if isinstance(value, list):
        return [_read(inner, change, key) for inner in value]
    return change(value) if isinstance(value, str) else value


def clinic_of_extremes(folder: Path) -> Path:
    """The small clinic with these handouts for its own."""
    root = clinic(folder)
    tea = yaml.load((root / HANDOUT).read_bytes(), yaml.CSafeLoader)
    longest = yaml.load((ROOT / f"handouts/{LONGEST}.en.yaml").read_bytes(), yaml.CSafeLoader)
    shutil.rmtree(root / "handouts")
    (root / "handouts").mkdir()
    library = (ROOT / "references.yaml").read_text("utf-8") + (root / "references.yaml").read_text("utf-8")
    (root / "references.yaml").write_text(library, encoding="utf-8")
    for name, data in extremes(tea, longest).items():
        text = yaml.safe_dump(dict(data), allow_unicode=True, sort_keys=False)
        (root / f"handouts/{name}.en.yaml").write_text(text, encoding="utf-8")
    return root
