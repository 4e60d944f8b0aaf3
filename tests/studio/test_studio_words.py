"""The words of the studio's forms: in the language of the page, and none of them twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from pydantic import BaseModel
from starlette.testclient import TestClient
from studio_room import client as client  # noqa: PLC0414
from studio_room import root as root  # noqa: PLC0414

from handoutpress.app.studio.forms.edit_forms import OWN_PARTS
from handoutpress.app.studio.forms.field_types import FieldType, field_types
from handoutpress.app.studio.page_words import page_languages
from handoutpress.content.brand.keys import BrandFile
from handoutpress.content.models.handouts import Handout
from handoutpress.content.project import Project, builtin_root
from handoutpress.studio.words import PageWords

TEA = "/handouts/warm-tea/en"
OWN = "defaults.handout."
LATIN = re.compile("[A-Za-z]")
LANGUAGES = page_languages(Project(builtin_root(), builtin_root()))
PROPER = re.compile("CC|true|false")
"""Licences that all languages call so, and words that the template has of its own."""


def fields_of(model: type[BaseModel], above: str = "") -> Iterator[tuple[str, FieldType]]:
    """Yield all fields that a form of ``model`` may have, by name, with what they take."""
    for key, taken in field_types(model).items():
        name = f"{above}{key}"
        if taken.widget == "group" and taken.model is None:  # by names that are data
            continue
        yield name, taken
        for part, step in ((taken.model, ""), (taken.entry.model if taken.entry else None, ".0")):
            if part is not None:
                yield from fields_of(part, f"{name}{step}.")


def shown_fields() -> dict[str, FieldType]:
    """The fields of all forms."""
    shown = ("meta", "color", *(f"{OWN}{part}" for part in OWN_PARTS))
    of_clinics = {name: taken for name, taken in fields_of(BrandFile) if name.startswith(shown)}
    return dict(fields_of(Handout)) | of_clinics


@pytest.mark.parametrize("code", ["ar", "hi", "uk", "zh-Hans"])
def test_no_label_of_a_form_falls_back_to_english(code: str) -> None:
    words, fields = PageWords(LANGUAGES[code], LANGUAGES), shown_fields()
    assert {"body.0.exercises.items.0.sets", "risks.items.0.part_of_above", "meta.contacts.0.hours"} <= fields.keys()
    options = {option for taken in fields.values() for option in taken.options if not PROPER.match(option)}
    assert {name: label for name in fields if LATIN.search(label := words.label(name))} == {}
    assert {option: called for option in options if LATIN.search(called := words.option(option))} == {}


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("body.0.write.lines.0", "Words before each line 1"),
        ("defaults.handout.lines", "Sentences on every handout"),
        ("body.0.write.consent", "What is agreed to by signing"),
        ("body.0.picture.person.consent", "They have agreed in writing"),
        ("risks.items.0.of", "Out of how many"),
        ("translation.of", "Language of the original"),
    ],
)
def test_fields_of_one_name_are_called_by_what_they_are_of(name: str, label: str) -> None:
    assert PageWords(LANGUAGES["en"], LANGUAGES).label(name) == label


def test_each_button_that_adds_says_to_what(client: TestClient) -> None:
    page = client.get(f"{TEA}?add=body.0.exercises&add=questions").text
    buttons = re.findall(r'value="add:[\w.]+\.\d+">([^<]+)<', page)
    assert "Add to “Exercises”" in buttons
    assert "Add to “Steps”" in buttons
    assert all(called.startswith("Add to “") for called in buttons)


def test_help_that_says_what_the_label_says_is_left_out() -> None:
    words = PageWords(LANGUAGES["en"], LANGUAGES)
    assert words.help("The accent.", "Accent colour") == ""
    assert words.help("Printed below it.", "Caption") == "Printed below it."
