"""What is said, held against a file of expectations: the one place that updates such files."""

from __future__ import annotations

import os
from pathlib import Path

UPDATE = "UPDATE_EXPECTED"
"""Set in the environment after a wanted change: ``UPDATE_EXPECTED=1 pytest -m expected``; then read the difference."""


def assert_expected(text: str, path: Path) -> None:
    """Compare ``text`` with the file at ``path``, after writing it there if an update is asked for.

    A test that calls this is marked ``expected``.
    """
    if UPDATE in os.environ:
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")
