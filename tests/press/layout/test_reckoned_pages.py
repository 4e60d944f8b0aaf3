"""How many pages a text takes is reckoned as the engine ends them, from pages that kept sections whole or did not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from handoutpress.press.layout.blocks import PageBoxes
from handoutpress.press.layout.choices import LayoutChoice, TextLengths, TypeSetting
from handoutpress.press.layout.prediction import MeasuredText, measured_text
from handoutpress.press.layout.spreading import SpareRoom
from handoutpress.press.layout.typeset import Typesetter

ROOT = Path(__file__).parents[3]
STYLE = """@page { size: 105mm 148mm; margin: 10mm } body { margin: 0 } div { break-inside: avoid }
  :where(.whole) section { break-inside: avoid-page } .tied { break-before: avoid } .kept { break-inside: avoid }"""
NO_TEXTS = TextLengths({}, {}, 0)
BROKEN, WHOLE = TypeSetting(11, 1.3), TypeSetting(11, 1.3, whole=True)
SECTIONS = {
    # Sections on pages of 128 mm, by the heights of what each is made of; with how many pages they take, whole or not.
    "what goes on over a page": ([(70, ""), (50, ""), (50, "more"), (70, "")], 3, 2),
    "no break where there is room for one": ([(70, ""), (60, ""), (40, "more"), (70, "")], 3, 3),
    "a picture that stands below its words": ([(70, ""), (40, ""), (60, "tied"), (60, "")], 3, 3),
    "a picture that goes with the last of its words": (
        [(70, ""), (20, ""), (30, "more"), (60, "tied"), (30, "")],
        3,
        2,
    ),
    "a section that is never broken": ([(70, ""), (50, "kept"), (50, "more"), (70, "")], 3, 3),
}


def no_files(url: str) -> bytes:
    raise AssertionError(url)


def laid_out(
    typesetter: Typesetter, parts: list[tuple[int, str]], setting: TypeSetting, style: str = ""
) -> tuple[PageBoxes, ...]:
    body, number = "", 0
    for height, what in parts:
        block = f'<div style="height: {height}mm"></div>'
        if what == "more":
            body = body.removesuffix("</section>") + block + "</section>"
        else:
            number += 1
            body += f'<section id="body-{number}" class="{what}">{block}</section>'
    html = f"<style>{STYLE}{style}</style><body class='{'whole' if setting.whole else ''}'>{body}</body>"
    return typesetter.typeset(html, [], no_files, spare=SpareRoom(0, 0)).boxes


def measured(
    typesetter: Typesetter, parts: list[tuple[int, str]], setting: TypeSetting, style: str = ""
) -> MeasuredText:
    text = measured_text(setting, NO_TEXTS, laid_out(typesetter, parts, setting, style))
    assert text
    return text


def pages_reckoned(text: MeasuredText, setting: TypeSetting) -> int:
    return next(pages for pages in range(1, 9) if text.fits(LayoutChoice(setting, pages, 0, 0), NO_TEXTS))


@pytest.mark.parametrize("name", SECTIONS)
def test_pages_are_reckoned_as_they_are_laid_out(name: str, tmp_path: Path) -> None:
    parts, whole, broken = SECTIONS[name]
    typesetter = Typesetter([ROOT / "fonts"], tmp_path)
    assert len(laid_out(typesetter, parts, WHOLE)) == whole
    assert len(laid_out(typesetter, parts, BROKEN)) == broken
    for setting in (WHOLE, BROKEN):
        text = measured(typesetter, parts, setting)
        assert [pages_reckoned(text, other) for other in (WHOLE, BROKEN)] == [whole, broken]


def test_pages_that_end_for_no_known_reason_rule_nothing_out(tmp_path: Path) -> None:
    """How a text failed rules a choice out for one like it, if its pages ended where they are reckoned to."""
    typesetter, choice = Typesetter([ROOT / "fonts"], tmp_path), LayoutChoice(BROKEN, 1, 0, 0)
    failed = replace(measured(typesetter, [(70, ""), (60, "")], BROKEN), basis="the same style sheets")
    assert failed.rules_out(choice, failed)
    fitting = replace(measured(typesetter, [(70, ""), (50, "")], BROKEN), basis=failed.basis)
    assert not replace(fitting, used=failed.used).rules_out(choice, fitting)


def test_a_gap_that_was_not_seen_rules_nothing_out(tmp_path: Path) -> None:
    """What stood at the head of a page may have less of a gap below something else, and so fit where it did not."""
    typesetter, choice = Typesetter([ROOT / "fonts"], tmp_path), LayoutChoice(BROKEN, 1, 0, 0)
    spaced = "section + section { margin-top: 10mm } #body-3.near { margin-top: 0 }"
    longer, shorter = ([(40, ""), (height, ""), (38, "near")] for height in (42, 39))
    failed = replace(measured(typesetter, longer, BROKEN, spaced), basis="the same style sheets")
    now = replace(measured(typesetter, shorter, BROKEN, spaced), basis=failed.basis)
    assert now.used <= 1 < failed.used
    assert not failed.rules_out(choice, now)
