"""Watches all that the tests of mails write, say and log; at their end, a search of it must find no patient."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import leaks
import pytest

# The test's own mail server logs every line that it is sent; it stands for a provider's.
logging.getLogger("mail.log").setLevel(logging.CRITICAL)


@pytest.fixture(scope="session")
def watched() -> Iterator[list[Path]]:
    """The folders that are searched when all tests of this process are over."""
    folders: list[Path] = []
    yield folders
    seen: set[str] = set()
    found = [f"{folder.name}/{leak}" for folder in folders for leak in leaks.search(folder, seen)]
    assert found == [], "a patient is named where none may be"


@pytest.fixture(autouse=True)
def _watch(request: pytest.FixtureRequest) -> Iterator[None]:
    """Keep what a test of mails logs, and have its folder searched in the end."""
    if not request.module.__name__.startswith("test_mail"):
        yield
        return
    folder: Path = request.getfixturevalue("tmp_path")
    records: pytest.LogCaptureFixture = request.getfixturevalue("caplog")
    request.getfixturevalue("watched").append(folder)
    with records.at_level(logging.DEBUG):
        yield
    said = (record.getMessage() for record in records.get_records("call"))
    (folder / "records.log").write_text("\n".join(said), "utf-8")
