"""Every type of block on the page for a phone and in a mail: all its words in order, in the elements that they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cssselect2 import ElementWrapper
from lxml import html
from press_room import catalog_of, skip_without_fonts
from printed_words.block_samples import ARABIC, BLOCKS, with_body

from handoutpress.app.build import assemble_press
from handoutpress.content.project import builtin_root
from handoutpress.press.page.html_words import plain_text

LANGUAGES = sorted(path.stem for path in (builtin_root() / "languages").glob("*.yaml"))
FEW = ("ar", "en")
"""What each run reads; a long run reads all."""
SHOWN: list[dict[str, Any]] = [
    {
        "picture": {
            "file": "cupping-marks.svg",
            "alt": "Round marks",
            "labels": ["Day 1", "Day 6"],
            "caption": "A back.",
        }
    },
    {"exercises": [{"name": "Bridge", "pose": "bridge", "steps": ["Lie down.", "Lift up."], "sets": 1}]},
]
ELEMENTS = {
    "text": ["p"],
    "steps": ["ol.steps > li + li", "div.need > h3"],
    "table": ["thead th[scope=col]", "tbody th[scope=row]", "tbody td"],
    "do-dont": ["div.do > h3 + ul > li", "div.dont > h3 + ul > li"],
    "myth-fact": ["thead th[scope=col] + th[scope=col]", "tbody td + td"],
    "problem-action": ["thead th[scope=col] + th[scope=col]", "tbody td + td"],
    "question-answer": ["p.question > strong", "p.question + p"],
    "when": ["p.label > strong", "p.label + p"],
    "note": ["div.frame[role=note] > p.label > strong", "p.label + p"],
    "write": ["ul.ticks > li", "p.to-write > svg[role=img] > title", "div.consent p"],
    "links": ['a[href^="https:"]', 'a[href^="tel:"]'],
    "picture": ["img[alt] + div.labels > p + p", "div.labels + p.below"],
    "exercises": [".exercise-name", "svg[role=img] > title", "ol.steps > li + li"],
}
"""What a page must have of each type, so that what reads it aloud says what it is."""


def kind_of(block: dict[str, Any]) -> str:
    (kind,) = block
    return str(block[kind]["as"]) if kind == "pairs" else kind


def texts_of(value: Any, key: str = "") -> Iterator[str]:
    """What a writer wrote in a block, in order."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from texts_of(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_of(inner, key)
    elif isinstance(value, str) and key not in ("as", "kind", "file", "pose", "alt", "address"):
        yield from (line.removeprefix("- ") for line in value.split("\n") if line)


def plain(words: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[\u2066-\u2069\u200e\u200f]", "", words.replace("\xa0", " ")))


def beyond(words: str, body: list[dict[str, Any]]) -> list[str]:
    """The blocks whose words are not all there."""
    return [kind_of(block) for block in body if not all(plain(text) in words for text in texts_of(block))]


def without_labels(block: dict[str, Any]) -> dict[str, Any]:
    """A block as a mail has it: without pictures, and so without what labels their parts."""
    shown = block.get("picture")
    return {"picture": {key: value for key, value in shown.items() if key != "labels"}} if shown else block


def select(section: Any, selector: str) -> list[Any]:
    return [found.etree_element for found in ElementWrapper.from_html_root(section).query_all(selector)]


@pytest.mark.parametrize(
    "language", [pytest.param(code, marks=() if code in FEW else pytest.mark.soak) for code in LANGUAGES]
)
def test_every_block_is_on_the_page_and_in_the_mail(language: str, tmp_path: Path) -> None:
    skip_without_fonts(language)
    body = [*(ARABIC if language == "ar" else BLOCKS), *SHOWN]
    catalog = catalog_of(with_body(tmp_path, body, language, ("a4-leaflet",)))
    (edition,) = catalog.editions()
    press: Any = assemble_press(catalog)
    page = html.fromstring(press.html(edition))
    sections = [page.get_element_by_id(f"body-{number}") for number in range(1, len(body) + 1)]

    missing = {
        kind_of(block): selector
        for block, section in zip(body, sections, strict=True)
        for selector in ELEMENTS[kind_of(block)]
        if not select(section, selector)
    }
    assert missing == {}
    wordless = zip(body, sections, strict=True)
    assert [kind_of(block) for block, section in wordless if beyond(plain(section.text_content()), [block])] == []
    assert select(sections[-2], "img") == [sections[-2].find(".//img[@alt='Round marks']")]

    mail, told = press.body_html(edition), [without_labels(block) for block in body]
    assert beyond(plain(html.fromstring(f"<div>{mail}</div>").text_content()), told) == []
    assert beyond(plain(plain_text(mail)), told) == []
