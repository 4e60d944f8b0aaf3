"""Debian's chromium for the tests that look at pages as a browser shows them, and axe-core within it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium")
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
FOUND = "async () => (await axe.run()).violations.map(v => [v.id, v.nodes.map(n => n.html)])"

in_browser = pytest.mark.skipif(not CHROMIUM, reason="Debian's chromium is not installed")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser that is closed in the end."""
    with sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for a file of tests: its driver runs a loop in which no other test's could start."""
    with chromium() as launched:
        yield launched


def axe(page: Page) -> list[Any]:
    """What axe-core finds: each rule's id with the elements that break it."""
    page.evaluate(AXE.read_text("utf-8"))
    found: list[Any] = page.evaluate(FOUND)
    return found
