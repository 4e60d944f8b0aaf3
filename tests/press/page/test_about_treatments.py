"""What a sheet of aftercare says of the treatments that it is about, from the words of the shipped one."""

from __future__ import annotations

from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.loading import load_catalog
from handoutpress.content.project import Project, builtin_root
from handoutpress.proof.expectation import expectations

SHEET = "after-needling-or-cupping"


def test_one_sentence_says_where_the_risks_of_several_treatments_stand() -> None:
    root = builtin_root()
    catalog = load_catalog(Project(root, root), EditionFilter((SHEET,), ("default",), ("en",), ("a4-leaflet",)))
    (edition,) = (each for each in catalog.editions() if each.handout_slug == SHEET)
    (wanted,) = (words for words in expectations(edition, catalog)[0].text if "their risks" in words)
    assert wanted.replace("\u00a0", " ") == (
        "All their risks are in our leaflets “Acupuncture”, “Dry needling” and “Cupping”."
    )
