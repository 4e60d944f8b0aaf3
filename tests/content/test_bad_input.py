"""Every mistake that a writer can make gets its whole sentence, at its place, and stops only what uses the file.

Each folder of ``cases/bad_input`` is laid over the small project ``cases/clinic``; ``expected.txt`` is all that is
said. After a wanted change of words: UPDATE_EXPECTED=1 pytest, then read the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from clinic_project import CASES, lay_out

from handoutpress.content.loading import load_catalog

BAD_INPUT = sorted(path.name for path in (CASES / "bad_input").iterdir())


def test_there_are_cases() -> None:
    assert len(BAD_INPUT) >= 30


@pytest.mark.parametrize("name", BAD_INPUT)
def test_bad_input_is_explained(name: str, tmp_path: Path) -> None:
    case = CASES / "bad_input" / name
    problems = load_catalog(lay_out(tmp_path, case)).problems
    said = "".join(f"{problem}\n" for problem in problems)
    expected = case / "expected.txt"
    if "UPDATE_EXPECTED" in os.environ:
        expected.write_text(said, encoding="utf-8")
    assert problems
    assert said == expected.read_text(encoding="utf-8")
