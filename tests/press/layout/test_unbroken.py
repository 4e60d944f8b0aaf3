"""What is read together stands on one page, whatever stands above it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from handoutpress.press.layout.typeset import Typesetter
from handoutpress.press.page.templates import Templates

ROOT = Path(__file__).parents[3]
PAGE = """@page { size: 176mm 100mm; margin: 0 }
html { --size: 12pt; --leading: 1.3; --code: 26mm; --base-font: 'Source Sans 3'; --heading-font: 'Source Sans 3';
  --heading: #222; --primary-text: #222; --in-margin: 14pt }"""
CODE = (
    '<div class="code"><p class="label">Read the full article</p><p>Scan it, or type</p><p>sheets.example/c/1</p></div>'
)


def no_files(url: str) -> bytes:
    raise AssertionError(url)


@pytest.mark.parametrize("sheet", ["leaflet-base.css", "common.css"])
@pytest.mark.parametrize("above", [86, 92, 97])
def test_a_code_and_its_address_stand_on_one_page(sheet: str, above: int, tmp_path: Path) -> None:
    html = f'<style>{PAGE}</style><body><div style="height: {above}mm"></div>{CODE}</body>'
    layout = Typesetter([ROOT / "fonts"], tmp_path).typeset(html, [ROOT / "styles" / sheet], no_files)
    assert layout.pages == 2
    assert not layout.lines_left_over({"code"})


@pytest.mark.parametrize("above", [34, 42])
def test_a_list_of_what_not_to_do_stands_under_its_head(above: int, tmp_path: Path) -> None:
    lists = "".join(
        f'<div class="{side}"><h3>{side}</h3><ul>{"<li>Take a walk.</li>" * 4}</ul></div>' for side in ("do", "dont")
    )
    html = (
        f'<style>{PAGE}</style><body><div style="height: {above}mm"></div><div class="both-lists">{lists}</div></body>'
    )
    sheets = [ROOT / "styles" / name for name in ("common.css", "blocks.css")]
    layout = Typesetter([ROOT / "fonts"], tmp_path).typeset(html, sheets, no_files)
    assert layout.pages == 2
    assert not layout.lines_left_over({"do", "dont"})


@pytest.mark.parametrize(
    "words", ["<p>Take a walk.</p>", "<ul><li>Take a walk.</li></ul>", '<div class="both-lists"><p>Walk.</p></div>']
)
@pytest.mark.parametrize("above", [90, 95])
def test_no_rule_of_a_section_is_left_behind_at_a_foot(above: int, words: str, tmp_path: Path) -> None:
    section = f'<section class="text"><h2>For the first day</h2>{words}</section>'
    html = f'<style>{PAGE} html {{ --hang: 38mm }}</style><body><div style="height: {above}mm"></div>{section}</body>'
    sheets = [ROOT / "styles" / name for name in ("leaflet-base.css", "leaflet.css", "blocks.css")]
    pages = Typesetter([ROOT / "fonts"], tmp_path).typeset(html, sheets, no_files).document.pages
    begun = [[box.element_tag for box in page._page_box.descendants()].count("section") for page in pages]
    assert begun == [0, 1]


def lines_of(box: Any) -> Iterator[str]:
    if type(box).__name__ == "LineBox":
        yield "".join(inner.text for inner in box.descendants() if hasattr(inner, "text"))
    else:
        for kid in getattr(box, "children", ()):
            yield from lines_of(kid)


def test_no_dot_is_left_hanging_where_the_foot_breaks(tmp_path: Path) -> None:
    own = tmp_path / "foot.html.j2"
    own.write_text('{% import "frame.html.j2" as frame %}{{ frame.version(page) }}', "utf-8")
    templates = Templates({path.name: path for path in [*(ROOT / "templates").glob("*.j2"), own]})
    page = {"version_line": "Version 1.0, 15 October 2026 · ba0bcb68", "review_line": "Not yet reviewed."}
    foot = templates.render("foot.html.j2", {"page": page}, {})
    feet = "".join(f'<div class="source" style="width: {width}mm">{foot}</div>' for width in range(50, 110, 6))
    html = f"<style>{PAGE} html {{{{ --source: 8pt }}}}</style><body>{feet}</body>"
    layout = Typesetter([ROOT / "fonts"], tmp_path).typeset(html, [ROOT / "styles/common.css"], no_files)
    lines = [line.strip() for page in layout.document.pages for line in lines_of(page._page_box)]
    assert "Not yet reviewed." in lines
    assert not [line for line in lines if line.endswith("·")]
