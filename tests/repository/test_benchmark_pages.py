"""The pages of the plain loop, which the benchmarks compare a build with, are rendered as a build renders its own."""

from __future__ import annotations

import pytest

from benchmarks.pages import ROOT, WholePages
from handoutpress.content.catalog import Catalog
from handoutpress.content.loading import load_catalog
from handoutpress.content.project import find_project


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog(find_project(ROOT))


def test_the_plain_loop_has_a_page_of_every_format(catalog: Catalog) -> None:
    pages, shown = WholePages(catalog), {edition.format_slug: edition for edition in catalog.editions()}
    assert all("</html>" in pages.html(edition) for edition in shown.values())
