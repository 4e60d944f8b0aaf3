"""The engine's pace is mended: it works less for the same page."""

from __future__ import annotations

import gc
import io
import subprocess
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from shipped import ROOT

from handoutpress.press.layout.typeset import Layout, TypesetError, Typesetter
from handoutpress.yamlfile.problems import HandoutError

SPECIMEN = (ROOT / "tests/cases/press/pace/specimen.html").read_text("utf-8")
LEADING = SPECIMEN.replace("float: left; color", "color").replace(
    "</style>", "h1 a::after { content: ' on page ' target-counter(attr(href url), page) }</style>"
)
"""It says of its links on which page they end, for which the engine lays out its pages twice."""
UNMENDED = """
import sys
from pathlib import Path
from handoutpress.press.layout import typeset
typeset.keep_pace = lambda module: None
html, fonts, cache, pdf = map(Path, sys.argv[1:])
engine = typeset.Typesetter(sorted(path for path in fonts.iterdir() if path.is_dir()), cache)
pdf.write_bytes(engine.typeset(html.read_text("utf-8"), [], lambda url: b"").pdf())
"""
"""Typesets the page as the engine does by itself."""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Typesetter:
    folders = sorted(path for path in (ROOT / "fonts").iterdir() if path.is_dir())
    return Typesetter(folders, tmp_path_factory.mktemp("fontconfig"))


def typeset(engine: Typesetter, html: str) -> Layout:
    return engine.typeset(html, [], lambda url: b"")


def counted(monkeypatch: pytest.MonkeyPatch, module: str, name: str) -> list[Any]:
    """A list that gets an item whenever a function of the engine is called."""
    owner, calls = import_module(module), list[Any]()
    function = getattr(owner, name)

    def counting(*args: Any, **options: Any) -> Any:
        calls.append(args[0])
        return function(*args, **options)

    monkeypatch.setattr(owner, name, counting)
    return calls


def run(script: str, args: Sequence[Path]) -> None:
    subprocess.run([sys.executable, "-c", script, *map(str, args)], cwd=ROOT, check=True)


@pytest.mark.parametrize("page", [SPECIMEN, LEADING], ids=["specimen", "leading"])
def test_a_page_is_byte_for_byte_the_engines_own(engine: Typesetter, tmp_path: Path, page: str) -> None:
    html, pdf = tmp_path / "specimen.html", tmp_path / "own.pdf"
    html.write_text(page, "utf-8")
    run(UNMENDED, [html, ROOT / "fonts", tmp_path / "fontconfig", pdf])
    assert typeset(engine, page).pdf() == pdf.read_bytes()
    # The second time its lines are remembered, and after another style its tree.
    assert typeset(engine, page.replace("11pt/1.35", "12pt/1.35")).pdf() != pdf.read_bytes()
    assert typeset(engine, page).pdf() == pdf.read_bytes()


def test_a_line_is_broken_once(engine: Typesetter, monkeypatch: pytest.MonkeyPatch) -> None:
    # A line that is spread out is made anew, and a formula is another one on each page.
    html = SPECIMEN.replace("text-align: justify;", "").replace("calc(1mm + 2%)", "1mm")
    typeset(engine, html)
    broken = counted(monkeypatch, "weasyprint.text.line_break", "create_layout")
    typeset(engine, html)
    assert broken == []
    typeset(engine, html.replace("11pt/1.35", "12pt/1.35"))
    assert broken


def test_an_outline_is_drawn_once(engine: Typesetter, monkeypatch: pytest.MonkeyPatch) -> None:
    engine.typeset(SPECIMEN, [], lambda url: b"").pdf()
    read = counted(monkeypatch, "weasyprint.svg.path", "normalize")
    typeset(engine, SPECIMEN.replace("11pt/1.35", "12pt/1.35")).pdf()
    assert len(read) == 1  # what is no outline is not remembered
    typeset(engine, SPECIMEN.replace("M2 2h10", "M2 2h9")).pdf()
    assert len(read) == 4


def test_drawings_are_left_as_they_are_for_what_opens_them(engine: Typesetter) -> None:
    layout = typeset(engine, SPECIMEN)
    with pikepdf.open(io.BytesIO(layout.pdf(is_plain=True))) as plain, pikepdf.open(io.BytesIO(layout.pdf())) as packed:
        streams = [(pdf.pages[0].Contents, pdf.pages[-1].Contents) for pdf in (plain, packed)]
        assert [pikepdf.Name.Filter in stream for pair in streams for stream in pair] == [False, False, True, True]
        assert [stream.read_bytes() for stream in streams[0]] == [stream.read_bytes() for stream in streams[1]]


def test_the_pattern_of_a_run_is_written_once(engine: Typesetter, monkeypatch: pytest.MonkeyPatch) -> None:
    typeset(engine, SPECIMEN)
    written = counted(monkeypatch, "re", "compile")
    import_module("tinyhtml5").parse(SPECIMEN)
    assert written == []


def test_a_page_is_parsed_and_matched_once_for_all_its_styles(
    engine: Typesetter, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A picture's own tree is matched besides.
    html, sheets = SPECIMEN.partition("<svg")[0] + "</body></html>", [ROOT / "styles/blocks.css"]
    typeset(engine, SPECIMEN)  # loads the engine
    parsed, matched = counted(monkeypatch, "tinyhtml5", "parse"), counted(monkeypatch, "cssselect2", "ascii_lower")
    engine.typeset(html, sheets, lambda url: b"")
    assert (len(parsed), len(matched) % 3) == (1, 0)
    first = len(matched)
    engine.typeset(html.replace("11pt/1.35", "12pt/1.35"), sheets, lambda url: b"")
    # Only the style that the page itself has is another one.
    assert (len(parsed), len(matched)) == (1, first + first // 3)
    engine.typeset(html.replace("<h1", "<h1 class='other'"), sheets, lambda url: b"")
    assert (len(parsed), len(matched)) == (2, 2 * first + first // 3)


def test_no_ground_is_laid_before_a_page_is_drawn(engine: Typesetter, monkeypatch: pytest.MonkeyPatch) -> None:
    typeset(engine, SPECIMEN)  # loads the engine
    laid = counted(monkeypatch, "weasyprint.layout.background", "layout_box_backgrounds")
    layout = typeset(engine, SPECIMEN)
    assert laid == []
    layout.pdf()
    assert laid


def test_a_picture_behind_words_that_cannot_be_read_stops_the_page(engine: Typesetter) -> None:
    def refuse(url: str) -> bytes:
        raise HandoutError(f"A page may not read {url}.")

    html = SPECIMEN.replace("background: #ffe", "background: url(https://www.example.org/ground.png)")
    layout = engine.typeset(html, [], refuse)
    with pytest.raises(TypesetError, match=r"may not read https://www\.example\.org/ground\.png"):
        layout.pdf()


def test_what_is_laid_out_goes_with_its_page(engine: Typesetter) -> None:
    page = SPECIMEN.replace("float: footnote", "color: #903")  # a page and the area of its notes hold each other
    typeset(engine, page).pdf()
    engines = ("formatting_structure.boxes", "Box"), ("svg", "SVG"), ("layout", "LayoutContext")
    kinds = tuple(getattr(import_module(f"weasyprint.{module}"), name) for module, name in engines)

    def alive() -> list[str]:
        return sorted(type(thing).__name__ for thing in gc.get_objects() if isinstance(thing, kinds))

    gc.collect()
    gc.disable()
    try:
        before = alive()
        layout = typeset(engine, page)
        layout.pdf()
        assert alive() != before
        del layout
        assert alive() == before
    finally:
        gc.enable()


def test_rare_pseudo_elements_get_no_style_that_nothing_asks_for(
    engine: Typesetter, monkeypatch: pytest.MonkeyPatch
) -> None:
    typeset(engine, SPECIMEN)
    made: list[str | None] = []
    css = import_module("weasyprint.css")
    make = css.ComputedStyle.__init__

    def noted(style: Any, parent: Any, cascaded: Any, pseudo_type: str | None, *others: Any) -> None:
        made.append(pseudo_type)
        make(style, parent, cascaded, pseudo_type, *others)

    monkeypatch.setattr(css.ComputedStyle, "__init__", noted)
    typeset(engine, SPECIMEN)
    assert {"footnote-call", "footnote-marker", "marker"} <= {*made}
    assert made.count("footnote-call") + made.count("footnote-marker") + made.count("marker") < 10
    assert not {"note-call", "note-marker", "note-callback"} & {*made}


@pytest.mark.parametrize(
    "position", ["static", "relative", "absolute", "fixed", ("running()", "head"), ("note()", "a")]
)
@pytest.mark.parametrize("float_", ["none", "left", "inline-end", "footnote"])
def test_a_box_is_in_normal_flow_as_the_engine_asks_bit_by_bit(engine: Typesetter, position: Any, float_: str) -> None:
    typeset(engine, SPECIMEN)  # loads the engine
    box = import_module("weasyprint.formatting_structure.boxes").Box("p", {"position": position, "float": float_}, None)
    away = (box.is_floated, box.is_absolutely_positioned, box.is_running, box.is_footnote, box.is_note)
    assert box.is_in_normal_flow() is not any(asked() for asked in away)
