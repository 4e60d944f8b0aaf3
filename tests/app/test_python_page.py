"""docs/python.md: its examples run as they stand, and its table has every public name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import handoutpress
from handoutpress.app.new import new_project

PAGE = (Path(__file__).resolve().parents[2] / "docs/python.md").read_text("utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_the_examples_run_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    new_project(tmp_path / "my-clinic")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    said = []
    for block in BLOCKS:
        exec(compile(block, "docs/python.md", "exec"), names)  # noqa: S102  our own page
        said.append(capsys.readouterr().out)
    one, everything, wrong = said
    assert re.fullmatch(r"\d{5,} bytes on 2 pages; the codes lead to https://\S+ https://\S+references\n", one)
    assert everything.splitlines() == [
        "Started ",
        "PlateOpened ",
        "Made my-clinic/en/a4-leaflet/acupuncture.pdf",
        "Made my-clinic/en/acupuncture.html",
        "Ended ",
        "2 made;",
    ]
    assert wrong.splitlines()[1:] == ["", "1 proved;", "acupuncture unchanged"]


def test_one_handout_takes_ten_lines_at_most_and_no_file_but_the_cache() -> None:
    assert len(BLOCKS[0].splitlines()) <= 10
    assert "print_handout" in BLOCKS[0]


def test_every_public_name_is_told() -> None:
    assert [name for name in handoutpress.__all__ if f"| `{name}` |" not in PAGE] == []
