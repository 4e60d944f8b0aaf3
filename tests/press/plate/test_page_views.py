"""The view of a handout is made once for all plates that print the same of it, and never taken for another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from press_room import catalog_of, clinic, edition_of

from handoutpress.content.catalog import Catalog
from handoutpress.press.page.blocks.writer import ViewChoice
from handoutpress.press.page.flow import FlowFields, FlowFieldsReader, flow_of
from handoutpress.press.page.view import page_view
from handoutpress.press.plate.page_views import PageViews


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return catalog_of(clinic(tmp_path_factory.mktemp("clinic")))


def own_flow(catalog: Catalog) -> FlowFields:
    edition = edition_of(catalog)
    return flow_of(edition.brand, catalog.countries[edition.brand.country], edition.handout_file)


def test_what_a_view_does_not_read_makes_no_other(catalog: Catalog) -> None:
    edition, flow, views = edition_of(catalog), own_flow(catalog), PageViews(catalog.references)
    first, again = FlowFieldsReader(flow), FlowFieldsReader(replace(flow, look="another", logo_shape="tall"))
    page = views.view(edition.handout_file, edition.language, first, ViewChoice())
    assert views.view(edition.handout_file, edition.language, again, ViewChoice()) is page
    alone = FlowFieldsReader(flow)
    assert page == page_view(edition.handout_file, edition.language, catalog.references, alone, ViewChoice())
    # Plates are told apart by what their pages read, whoever read it.
    assert first.reads == again.reads == alone.reads


@pytest.mark.parametrize(
    ("field", "value"), [("note", "Bring a towel."), ("has_site", True), ("hidden", ("after_care",)), ("look", "clear")]
)
def test_a_view_is_that_of_what_it_read(catalog: Catalog, field: str, value: Any) -> None:
    edition, flow, views = edition_of(catalog), own_flow(catalog), PageViews(catalog.references)
    other = replace(flow, **{field: value})
    views.view(edition.handout_file, edition.language, FlowFieldsReader(flow), ViewChoice())
    for each in (other, flow):
        page = views.view(edition.handout_file, edition.language, FlowFieldsReader(each), ViewChoice())
        args = edition.handout_file, edition.language, catalog.references, FlowFieldsReader(each), ViewChoice()
        assert page == page_view(*args)


def test_another_choice_text_or_file_has_a_view_of_its_own(catalog: Catalog, tmp_path: Path) -> None:
    edition, flow, views = edition_of(catalog), own_flow(catalog), PageViews(catalog.references)
    page = views.view(edition.handout_file, edition.language, FlowFieldsReader(flow), ViewChoice())
    few = views.view(edition.handout_file, edition.language, FlowFieldsReader(flow), ViewChoice(references=0))
    assert len(few.references) == 0 < len(page.references)
    read_again = edition_of(catalog_of(clinic(tmp_path))).handout_file
    assert views.view(read_again, edition.language, FlowFieldsReader(flow), ViewChoice()) is not page
