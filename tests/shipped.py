"""The shipped handouts in the shipped brands, printed once for all tests of a session, whichever process wants them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import pytest

from handoutpress.content.catalog import Catalog
from handoutpress.content.editions import Edition
from handoutpress.content.loading import load_catalog
from handoutpress.content.project import Project, builtin_root
from handoutpress.press.cache import Cache
from handoutpress.press.press import HandoutPress
from handoutpress.press.printed import Printed

ROOT = Path(__file__).parent.parent


def _catalog(root: Path) -> Catalog:
    return load_catalog(Project(root, builtin_root()))


def name_of(edition: Edition) -> str:
    return f"{edition.brand}-{edition.format}-{edition.slug}.{edition.language}"


NAMES = tuple(
    name_of(edition)
    for edition in _catalog(ROOT).editions()
    if edition.printed.format.style == "leaflet" and edition.language == "en"
)
"""The English leaflets of every handout and brand; other formats and languages have tests of their own."""
FEW = tuple(pytest.param(name, marks=() if number % 4 == 0 else pytest.mark.soak) for number, name in enumerate(NAMES))
"""For tests that typeset each edition anew: every fourth, so that each brand and handout has its turn, and in a long
run the others too."""


class Shipped:
    """The repository's own project, with its plates and art kept in one cache."""

    def __init__(self, folder: Path) -> None:
        self.catalog = _catalog(ROOT)
        self.cache = Cache(folder)
        self.press = HandoutPress(self.catalog, self.cache)
        self._printed: dict[str, Printed] = {}

    @cached_property
    def editions(self) -> Mapping[str, Edition]:
        return {name_of(edition): edition for edition in self.catalog.editions()}

    def printed(self, name: str) -> Printed:
        """The edition's PDF; whichever process comes first typesets its plate."""
        if name not in self._printed:
            edition = self.editions[name]
            self._printed[name] = self.press.open_plate(edition).print(edition)
        return self._printed[name]


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Shipped:
    base = tmp_path_factory.getbasetemp()
    return Shipped((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shipped")
