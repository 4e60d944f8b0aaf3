"""The pace of the engine is ours; its pages stay its own, but for a line that it cuts after the first word."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from handoutpress.content.project import builtin_root
from handoutpress.press.layout.engine_patches import MARGINS
from handoutpress.press.layout.spreading import SpareRoom
from handoutpress.press.layout.typeset import Layout, Typesetter

PAGE = """<html lang="en"><head><title>Page</title><style>
@page {{ size: 80mm 60mm; margin: 12mm {margins} }}
html {{ font-family: "Source Sans 3" }}
</style></head><body><p>Words of one page.</p><p style="break-before: page">Words of another.</p></body></html>"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Typesetter:
    return Typesetter(
        sorted(path for path in (builtin_root() / "fonts").iterdir() if path.is_dir()),
        tmp_path_factory.mktemp("fontconfig"),
    )


def typeset(engine: Typesetter, margins: str) -> Layout:
    def nothing(url: str) -> bytes:
        raise AssertionError(url)

    return engine.typeset(PAGE.format(margins=margins), [Path(builtin_root() / "styles" / "art.css")], nothing)


def filled(layout: Layout) -> list[str]:
    """Which boxes in the margins the pages have."""
    boxes = (box for page in layout.document.pages for box in page._page_box.children)
    return [box.at_keyword for box in boxes if hasattr(box, "at_keyword")]


@pytest.mark.parametrize("name", ["", *MARGINS])
def test_a_page_has_the_margins_that_the_engine_itself_gives_it(
    engine: Typesetter, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    margins = f"; {name} {{ content: counter(page) }}" if name else ""
    ours = typeset(engine, margins)
    layout = import_module("weasyprint.layout")  # not before the engine knows its fonts
    monkeypatch.setattr(layout, "make_margin_boxes", layout.make_margin_boxes.__wrapped__)
    assert filled(ours) == filled(typeset(engine, margins)) == [name, name] * bool(name)
    assert ours.pdf() == typeset(engine, margins).pdf()


def test_a_line_ends_where_it_would_without_an_element_after_its_space(
    engine: Typesetter, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "Mild side effects are common; serious harm is {} Ask us what it could mean for you, and when."

    def lines(rare: str) -> list[str]:
        body = "".join(f'<p style="width: {width}px">{words.format(rare)}</p>' for width in range(150, 400, 3))
        page = f'<html lang="en"><head><title>Page</title></head><body>{body}</body></html>'
        layout = engine.typeset(page, [Path(builtin_root() / "styles" / "art.css")], str.encode)
        boxes = (box for page in layout.document.pages for box in page._page_box.descendants())
        return [text_of(box) for box in boxes if type(box).__name__ == "LineBox"]

    plain, marked = lines("rare."), "<span>rare.</span>"
    assert lines(marked) == plain
    inline = import_module("weasyprint.layout.inline")
    monkeypatch.setattr(inline, "split_first_line", inline.split_first_line.__wrapped__)
    assert lines(marked) != plain


@pytest.mark.parametrize("page", [1, 2, 3])
def test_of_pointers_to_all_pages_that_to_the_right_one_is_left(engine: Typesetter, page: int) -> None:
    pointers = "".join(f'<a class="pointer on-{number}" href="#help">page {number}</a>' for number in (2, 3, 4))
    ids = "".join(
        f'<p style="break-before: page" id="{"help" if number == page else number}">.</p>' for number in (2, 3)
    )
    first = f'<p id="{"help" if page == 1 else 1}">{pointers}</p>'
    html = f'<html lang="en"><head><title>Page</title></head><body>{first}{ids}</body></html>'
    layout = engine.typeset(html, [Path(builtin_root() / "styles" / "art.css")], str.encode, spare=SpareRoom(0, 0))
    lines = (box for box in layout.document.pages[0]._page_box.descendants() if type(box).__name__ == "LineBox")
    assert "".join(map(text_of, lines)) == (f"page {page}" if page > 1 else "")


def text_of(line: Any) -> str:
    return "".join(box.text for box in line.descendants() if hasattr(box, "text")).strip()


def test_a_float_that_is_to_stay_whole_goes_with_its_text_to_the_next_page(
    engine: Typesetter, monkeypatch: pytest.MonkeyPatch
) -> None:
    heading = '<h2 style="float: left; width: 20mm; margin: 0; break-inside: avoid">How many cups of tea?</h2>'

    def places(above: int) -> list[str]:
        body = f'<div style="height: {above}mm"></div><section style="clear: both">{heading}<p>Two.</p></section>'
        page = PAGE.format(margins="").partition("<body>")[0] + f"<body>{body}</body></html>"
        pages = engine.typeset(page, [Path(builtin_root() / "styles" / "art.css")], str.encode).document.pages
        return ["".join(map(text_of, page._page_box.children)) for page in pages]

    whole = "Howmanycups oftea?Two."
    assert all(places(above)[-1] == whole for above in range(0, 20, 2))
    block = import_module("weasyprint.layout.block")
    monkeypatch.setattr(block, "float_layout", block.float_layout.__wrapped__)
    assert not all(places(above)[-1] == whole for above in range(0, 20, 2))
