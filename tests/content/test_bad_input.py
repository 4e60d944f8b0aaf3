"""Every mistake that a writer can make gets its whole sentence, at its place, and stops only what uses the file.

Each folder of ``cases/bad_input`` is laid over the small project ``cases/clinic``; ``expected.txt`` is all that is
said (tests/README.md tells how it is updated).
"""

from __future__ import annotations

from pathlib import Path

import pytest
from expected import assert_expected
from press_room import CASES, project_of

from handoutpress.content.loading import load_catalog

BAD_INPUT = sorted(path.name for path in (CASES / "bad_input").iterdir())


def test_there_are_cases() -> None:
    assert len(BAD_INPUT) >= 30


@pytest.mark.expected
@pytest.mark.parametrize("name", BAD_INPUT)
def test_bad_input_is_explained(name: str, tmp_path: Path) -> None:
    case = CASES / "bad_input" / name
    problems = load_catalog(project_of(tmp_path, case)).problems
    said = "".join(f"{problem}\n" for problem in problems)
    assert problems
    assert_expected(said, case / "expected.txt")
