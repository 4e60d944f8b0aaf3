"""Sentences, syllables and reading grades, held against a dictionary and against textstat."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyphen
import pytest
import textstat

from handoutpress.editorial.checks.reading.readability import _FERNANDEZ as FERNANDEZ
from handoutpress.editorial.checks.reading.readability import _FLESCH as FLESCH
from handoutpress.editorial.checks.reading.readability import _LIX as LIX
from handoutpress.editorial.checks.reading.readability import _SZIGRISZT as SZIGRISZT
from handoutpress.editorial.checks.reading.readability import FORMULAS, count, grades, kandel_moles, lix, on_scale
from handoutpress.editorial.checks.reading.sentences import split, words
from handoutpress.editorial.checks.reading.syllables import LANGUAGES, syllables
from handoutpress.yamlfile.source import read_yaml

CORPUS = Path(__file__).parents[1] / "corpus"
TEXTS: dict[str, list[str]] = read_yaml(CORPUS / "texts.yaml").data
CASES = [(language, number) for language, texts in TEXTS.items() for number in range(len(texts))]
TOLERANCE = 0.7


def dictionary(language: str) -> dict[str, set[int]]:
    lines = (CORPUS / f"syllables.{language}.txt").read_text("utf-8").splitlines()[1:]
    return {word: {int(count) for count in counts.split("/")} for word, counts in (line.split(": ") for line in lines)}


@pytest.fixture
def other() -> Iterator[None]:
    textstat.set_rounding(False)
    yield
    textstat.set_lang("en_US")
    textstat.set_rounding(True)


def theirs(language: str, text: str) -> dict[str, float]:
    textstat.set_lang({"en": "en_US", "es": "es", "fr": "fr"}[language])
    if language == "en":
        return {"Flesch-Kincaid": textstat.flesch_kincaid_grade(text), "SMOG": textstat.smog_index(text)}
    if language == "es":
        huerta, pazos = textstat.fernandez_huerta(text), textstat.szigriszt_pazos(text)
        return {"Fernández Huerta": on_scale(huerta, FERNANDEZ), "Szigriszt Pazos": on_scale(pazos, SZIGRISZT)}
    ease, score = textstat.flesch_reading_ease(text), textstat.lix(text)
    return {"Kandel-Moles": on_scale(ease, FLESCH), "LIX": on_scale(score, LIX)}


def test_there_are_ten_texts_in_each_language() -> None:
    assert {language: len(texts) for language, texts in TEXTS.items()} == dict.fromkeys(FORMULAS, 10)


@pytest.mark.usefixtures("other")
@pytest.mark.parametrize(("language", "number"), CASES)
def test_grades_agree_with_textstat(language: str, number: int) -> None:
    text = TEXTS[language][number]
    expected = theirs(language, text)
    for grade in grades(text, language):
        assert grade.grade == pytest.approx(expected[grade.formula], abs=TOLERANCE), grade.formula


@pytest.mark.usefixtures("other")
@pytest.mark.parametrize(("language", "number"), CASES)
def test_words_and_sentences_are_counted_as_textstat_does(language: str, number: int) -> None:
    text = TEXTS[language][number]
    counts = count(text, language)
    assert (counts.words, counts.sentences) == (textstat.lexicon_count(text), textstat.sentence_count(text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_syllables_are_nearer_a_dictionary_than_hyphenation(language: str) -> None:
    counts_by_word = dictionary(language)
    hyphens = pyphen.Pyphen(lang={"en": "en_US", "es": "es", "fr": "fr"}[language])
    our_hits = sum(syllables(word, language) in counts for word, counts in counts_by_word.items())
    by_hyphens = sum(len(hyphens.positions(word)) + 1 in counts for word, counts in counts_by_word.items())
    assert len(counts_by_word) >= 60
    assert our_hits > by_hyphens
    assert our_hits >= 0.96 * len(counts_by_word)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three? Four", 4),
        ("Dr. Alder sees you, e.g. on Monday.", 1),
        ("It costs 3.50 a visit. That is all.", 2),
        ("Vickers A. J. wrote it. We read it.", 2),
        ("Is it safe? (Ask us.) Yes.", 3),
        ("Tell us about:\n- bleeding\n- pregnancy", 3),
        ("A heading\n\nA paragraph that goes\non here.", 2),
        ("Come at 9 a.m. and bring a list.", 1),
        ("¿Duele? No. ¡Nunca!", 3),
        ("सुई लगती है। फिर दर्द होता है।", 2),
        ("需要治疗吗？不一定。", 2),
        ("هل هو آمن؟ ليس دائمًا.", 2),
        ("It happened, etc. Then it stopped.", 2),
        ("", 0),
        ("...", 1),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, sentences: int) -> None:
    assert len(split(text)) == sentences


def test_a_sentence_knows_where_it_starts() -> None:
    text = "One.  Two words.\n\n- Three."
    assert [text[sentence.start :].startswith(sentence.text) for sentence in split(text)] == [True] * 3


def test_words_keep_hyphens_apostrophes_and_figures() -> None:
    assert words("It's a well-known fact: 1,000 of 2.5") == ("It's", "a", "well-known", "fact", "1,000", "of", "2.5")


def test_vowel_signs_are_part_of_a_word() -> None:
    assert len(words("सुई लगती है")) == 3


def test_an_exempt_term_is_not_held_against_a_text() -> None:
    text = "Acupuncture can hurt. Acupuncture can bleed. Acupuncture can tire you."
    with_terms, without = grades(text, "en", {"acupuncture"}), grades(text, "en")
    assert with_terms[0].grade < without[0].grade


def test_a_language_without_formulas_is_not_measured() -> None:
    assert grades("Guten Tag. Wie geht es?", "de") == ()
    assert grades("", "en") == ()


def test_a_region_does_not_change_the_formulas() -> None:
    assert [grade.formula for grade in grades("Bonjour à tous.", "fr-CA")] == ["Kandel-Moles", "LIX"]


def test_beyond_its_ends_a_scale_stays_level() -> None:
    assert on_scale(-50, FLESCH) == 17
    assert on_scale(200, FLESCH) == 4
    assert kandel_moles.__doc__
    assert lix.__doc__
