"""What is read together stands on one page, whatever stands above it."""

from __future__ import annotations

from pathlib import Path

import pytest

from handoutpress.press.layout.typeset import Typesetter

ROOT = Path(__file__).parents[3]
PAGE = """@page { size: 176mm 100mm; margin: 0 }
html { --size: 12pt; --leading: 1.3; --code: 26mm; --base-font: 'Source Sans 3' }"""
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
