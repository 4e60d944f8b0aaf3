"""The shipped treatments in the shipped brands, printed once for all tests of a session, whoever wants them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from random import Random

import pytest
from press_room import TREATMENTS

from handoutpress.content.catalog import Catalog
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.editions import Edition
from handoutpress.content.loading import load_catalog
from handoutpress.content.project import Project, builtin_root
from handoutpress.press.press import HandoutPress
from handoutpress.press.printed import PrintedPdf
from handoutpress.store.cache import Cache
from handoutpress.store.garbage_collector import collect_rarely

ROOT = Path(__file__).parents[2]


def _catalog(root: Path) -> Catalog:
    return load_catalog(Project(root, builtin_root()), EditionFilter(handouts=TREATMENTS))


def every_format(catalog: Catalog) -> Catalog:
    """The catalog as if every brand wanted every format and every language, drafts of translations too."""
    codes = tuple(catalog.languages)
    brands = {name: replace(brand, languages=codes, formats=()) for name, brand in catalog.brands.items()}
    return replace(catalog, brands=brands)


def name_of(edition: Edition) -> str:
    return f"{edition.brand_slug}-{edition.format_slug}-{edition.handout_slug}.{edition.language_slug}"


CATALOG = _catalog(ROOT)
NAMES = tuple(
    name_of(edition)
    for edition in CATALOG.editions()
    if edition.format.style == "leaflet" and edition.language_slug == "en"
)
"""The English leaflets of every handout and brand; other formats and languages have tests of their own."""
OFTEN = frozenset(NAMES[::4])
"""Those of `make test`: every handout, every brand, A4 and Letter are among them."""
LEAFLETS = tuple(pytest.param(name, marks=() if name in OFTEN else pytest.mark.soak) for name in NAMES)


def _sample() -> frozenset[str]:
    """An edition of every format, so that each language, handout and brand has its turn: the same on every run."""
    chance = Random(4)
    handouts = sorted(key for key in CATALOG.handouts if key[1] in CATALOG.languages)
    turns = [list(range(len(CATALOG.formats))) for _ in (handouts, CATALOG.brands)]
    for turn in turns:
        chance.shuffle(turn)
    brands, found = sorted(CATALOG.brands), set()
    for format_, one, other in zip(sorted(CATALOG.formats), *turns, strict=True):
        slug, language = handouts[one * len(handouts) // len(turns[0])]
        found.add(f"{brands[other % len(brands)]}-{format_}-{slug}.{language}")
    return frozenset(found)


SAMPLE = _sample()

EACH = tuple(
    pytest.param(
        name_of(edition),
        marks=[
            pytest.mark.xdist_group(f"{edition.format_slug} {edition.handout_slug}.{edition.language_slug}"),
            *([] if name_of(edition) in SAMPLE else [pytest.mark.soak]),
        ],
    )
    for edition in every_format(CATALOG).editions()
)
"""Every handout, language, format and brand, for tests that typeset each anew; most only in a long run.

Under ``--dist loadgroup`` one process has all brands of a handout, language and format, one after the other.
"""


class Shipped:
    """The repository's own project, with its plates and art kept in one cache."""

    def __init__(self, folder: Path) -> None:
        self.catalog = every_format(_catalog(ROOT))
        self.cache = Cache(folder)
        self.press = HandoutPress(self.catalog, self.cache)
        self._printed: dict[str, PrintedPdf] = {}

    @cached_property
    def editions(self) -> Mapping[str, Edition]:
        return {name_of(edition): edition for edition in self.catalog.editions()}

    def printed(self, name: str) -> PrintedPdf:
        """The edition's PDF; whichever process comes first typesets its plate."""
        if name not in self._printed:
            edition = self.editions[name]
            self._printed[name] = self.press.open_plate(edition).print(edition)
        return self._printed[name]


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Shipped:
    collect_rarely()  # as a build does: it is a quarter of the time that typesetting takes
    base = tmp_path_factory.getbasetemp()
    return Shipped((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shipped")
