"""Which pages are so alike to the direct way that one need not be laid out again, and which are not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from direct.layouts import Layouts, key_of
from direct.page import DirectPress
from shipped import SAMPLE, Shipped
from shipped import shipped as shipped  # noqa: PLC0414

from handoutpress.press.layout.typeset import Layout, Typesetter
from handoutpress.press.press import HandoutPress
from handoutpress.store.cache import Cache

TRIED = [pytest.param(name, marks=() if "card" in name else pytest.mark.soak) for name in sorted(SAMPLE)]
STYLES = ":root { --size: 12pt; --primary: #fb03c8; --gap: 0.75em; }"
SLOT = (
    '<img class="slot code-article" alt="slot:code-article" style="width:25.0mm;height:25.0mm" src="data:image/png,x">'
)
DRAWING = '<svg><path fill="#fb03c9" stroke="#fb03ca" d="M0 0h1"/></svg>'
PAGE = f'<style>{STYLES} @page {{ content: "Page\\20 " counter(page) }}</style><body>{SLOT}{DRAWING}<p>Words.</p>'


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("#fb03c8", "#0a5c6b"),
        ('fill="#fb03c9" stroke="#fb03ca"', 'fill="#0a5c6b" stroke="#ffffff"'),
        ('alt="slot:code-article"', 'alt=""'),
        ("data:image/png,x", "data:image/svg+xml,<svg width='1' height='1'></svg>"),
        ('"Page\\20 "', '"Page "'),
    ],
)
def test_a_page_is_alike_whatever_moves_no_line(old: str, new: str) -> None:
    assert key_of(PAGE.replace(old, new), []) == key_of(PAGE, [])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("12pt", "12.5pt"),
        ("0.75em", "0.7em"),
        ("--primary: #fb03c8", "--primary: calc(1pt)"),
        ("width:25.0mm", "width:25.1mm"),
        ("code-article", "code-references"),
        ("Words.", "Word."),
        ("M0 0h1", "M0 0h2"),
        ("<p>", '<p style="color: #fb03c8">'),
    ],
)
def test_a_page_is_another_if_anything_else_differs(old: str, new: str) -> None:
    assert key_of(PAGE.replace(old, new), []) != key_of(PAGE, [])
    assert key_of(PAGE, [Path("leaflet.css")]) != key_of(PAGE, [Path("poster.css")])


def test_only_what_was_made_meanwhile_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    silent: Any = None
    monkeypatch.setattr(Typesetter, "typeset", lambda self, html, sheets, fetch, *_: Layout(html, silent))
    typesetter, layouts = Typesetter([], Path()), Layouts()
    typesetter.typeset("before", [], lambda url: b"")
    with layouts.listening():
        assert typesetter.typeset("meanwhile", [], lambda url: b"").document == "meanwhile"
        kept = [layouts.like(html, []) for html in ("before", "meanwhile")]
    typesetter.typeset("after", [], lambda url: b"")
    assert kept == [None, Layout("meanwhile", silent)]
    assert [layouts.like(html, []) for html in ("meanwhile", "after")] == [None, None]


@pytest.mark.parametrize("name", TRIED)
def test_the_press_has_laid_out_all_that_the_direct_way_measures(
    name: str, shipped: Shipped, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what the direct way then finds is what it finds with layouts of its own."""
    edition, direct = shipped.editions[name], DirectPress(shipped.catalog, tmp_path)
    with direct.layouts.listening():
        HandoutPress(shipped.catalog, Cache(tmp_path)).plate_file(edition)
        with monkeypatch.context() as patch:
            patch.delattr(DirectPress, "typeset")
            setting = direct.setting(edition)
    assert setting == DirectPress(shipped.catalog, tmp_path).setting(edition)
