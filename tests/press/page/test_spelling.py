"""A text in British English is printed in the words of the United States for a clinic there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shipped import CATALOG

from handoutpress.content.editions import HandoutFile
from handoutpress.press.page.blocks.spelling import respelled, spelling_of
from handoutpress.yamlfile.printed import printed_texts

BRITISH = ("lymphoedema", "anaemia", "physiotherap")
US = CATALOG.countries["us"]


def words_of(file: HandoutFile) -> str:
    return " ".join(text for _, text in printed_texts(file.handout)).lower()


@pytest.mark.parametrize("slug", sorted({slug for slug, language in CATALOG.handouts if language == "en"}))
def test_no_word_is_left_in_british_spelling(slug: str) -> None:
    file = CATALOG.handouts[slug, "en"]
    printed = respelled(file, spelling_of(US, file))
    assert any(word in words_of(file) for word in BRITISH)
    assert not any(word in words_of(printed) for word in BRITISH)
    assert (printed.handout.title, printed.content_hash) == (file.handout.title, file.content_hash)
    assert [risk.references for risk in printed.handout.harms] == [risk.references for risk in file.handout.harms]


@pytest.mark.parametrize("name", sorted(name for name in CATALOG.handouts if name[1] == "en"))
def test_no_text_needs_a_word_that_one_side_of_the_ocean_alone_has(name: tuple[str, str]) -> None:
    assert not [
        word
        for word in ("back passage", "packet", "chemist", "sticking plaster")
        if word in words_of(CATALOG.handouts[name])
    ]


def test_a_clinic_elsewhere_and_a_text_in_another_language_keep_their_words() -> None:
    english, spanish = CATALOG.handouts["acupuncture", "en"], CATALOG.handouts["acupuncture", "es"]
    assert respelled(english, spelling_of(CATALOG.countries["gb"], english)) is english
    assert respelled(spanish, spelling_of(US, spanish)) is spanish
    assert spelling_of(US, spanish, english)[0][0] == "en"


WORDS = [
    ("Lymphoedema, or anaemia.", "Lymphedema, or anemia."),
    ("your physiotherapist’s advice", "your physical therapist’s advice"),
    # Neither a part of a longer word, nor the key of a reference, nor an address.
    (
        "discoloured [@colour-2019] [see](https://x.example/colour)",
        "discoloured [@colour-2019] [see](https://x.example/colour)",
    ),
]


@pytest.mark.parametrize(("british", "american"), WORDS)
def test_words_are_changed_whole(british: str, american: str) -> None:
    file = CATALOG.handouts["acupuncture", "en"]
    handout = file.handout.model_copy(update={"subtitle": british})
    printed = respelled(replace(file, handout=handout), spelling_of(US, file))
    assert printed.handout.subtitle == american
