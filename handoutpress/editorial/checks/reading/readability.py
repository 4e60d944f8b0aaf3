"""Reading grade by two formulas of the text's own language; a grade is a school year of the United States."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

from handoutpress.editorial.checks.reading.sentences import split, words
from handoutpress.editorial.checks.reading.syllables import LANGUAGES, syllables


@dataclass(frozen=True)
class TextCounts:
    """What the formulas read. ``polysyllables`` have three syllables or more, ``long_words`` over six letters."""

    sentences: int
    words: int
    syllables: int
    polysyllables: int
    long_words: int

    @property
    def per_sentence(self) -> float:
        return self.words / max(1, self.sentences)

    @property
    def per_word(self) -> float:
        return self.syllables / max(1, self.words)


@dataclass(frozen=True)
class ReadingGrade:
    """One formula's answer: its name, its own score, and that score as a school grade."""

    formula: str
    score: float
    grade: float


ScaleSteps = tuple[tuple[float, float], ...]
"""Pairs of (score, grade) in rising order of score, joined by straight lines."""

_FLESCH: ScaleSteps = ((0, 17), (30, 14), (50, 11), (60, 8.5), (70, 7), (80, 6), (90, 5), (100, 4))
"""Flesch 1949, table of reading ease and school year; Kandel and Moles 1958 keep it."""
_FERNANDEZ: ScaleSteps = ((0, 17), (30, 14), (50, 11), (60, 8.5), (70, 7), (80, 6), (90, 5), (100, 4))
"""Fernández Huerta 1959: 60-70 is the 7th or 8th grade, 70-80 the 6th, 80-90 the 5th."""
_SZIGRISZT: ScaleSteps = ((0, 17), (15, 15), (35, 12.5), (50, 10), (65, 7.5), (75, 6.5), (85, 5.5), (100, 3))
"""Szigriszt Pazos 1993: 51-65 is normal reading, 66-75 that of a child of 12, 76-85 of 11."""
_LIX: ScaleSteps = (
    (0, 0),
    (10, 1.5),
    (15, 2.5),
    (20, 3.5),
    (24, 4.5),
    (28, 5.5),
    (32, 6.5),
    (36, 7.5),
    (40, 8.5),
    (44, 9.5),
    (56, 12.5),
    (80, 17),
)
"""Anderson 1983, Lix and Rix, for English and other languages: 28-31 is the 6th grade, 36-39 the 8th."""


def count(text: str, language: str, exempt: Collection[str] = ()) -> TextCounts:
    """Count ``text`` for the formulas; a word in ``exempt`` (lower case) counts as a word of one syllable."""
    text_words = [word for sentence in split(text) for word in words(sentence.text)]
    # Terms that a handout explains, and numbers, do not raise the grade.
    lengths = [1 if word.lower() in exempt or word.isdigit() else syllables(word, language) for word in text_words]
    return TextCounts(
        sentences=sum(1 for sentence in split(text) if sentence.words),
        words=len(text_words),
        syllables=sum(lengths),
        polysyllables=sum(1 for length in lengths if length >= 3),
        long_words=sum(1 for word in text_words if len(word) > 6 and word.lower() not in exempt),
    )


def on_scale(score: float, scale: ScaleSteps) -> float:
    """Read a grade off ``scale``; scores beyond its ends take the grade of the end."""
    if score <= scale[0][0]:
        return scale[0][1]
    for (low, at_low), (high, at_high) in pairwise(scale):
        if score <= high:
            return at_low + (at_high - at_low) * (score - low) / (high - low)
    return scale[-1][1]


def flesch_kincaid(counts: TextCounts) -> ReadingGrade:
    """Return the grade by Kincaid and others 1975."""
    score = 0.39 * counts.per_sentence + 11.8 * counts.per_word - 15.59
    return ReadingGrade("Flesch-Kincaid", score, max(0.0, score))


def smog(counts: TextCounts) -> ReadingGrade:
    """Return the grade by McLaughlin 1969."""
    score = 1.0430 * sqrt(counts.polysyllables * 30 / max(1, counts.sentences)) + 3.1291
    return ReadingGrade("SMOG", score, score)


def fernandez_huerta(counts: TextCounts) -> ReadingGrade:
    """Return the grade by Fernández Huerta 1959."""
    score = 206.84 - 60 * counts.per_word - 1.02 * counts.per_sentence
    return ReadingGrade("Fernández Huerta", score, on_scale(score, _FERNANDEZ))


def szigriszt_pazos(counts: TextCounts) -> ReadingGrade:
    """Return the grade by Szigriszt Pazos 1993."""
    score = 206.835 - 62.3 * counts.per_word - counts.per_sentence
    return ReadingGrade("Szigriszt Pazos", score, on_scale(score, _SZIGRISZT))


def kandel_moles(counts: TextCounts) -> ReadingGrade:
    """Return the grade by Kandel and Moles 1958."""
    score = 207 - 73.6 * counts.per_word - 1.015 * counts.per_sentence
    return ReadingGrade("Kandel-Moles", score, on_scale(score, _FLESCH))


def lix(counts: TextCounts) -> ReadingGrade:
    """Return the grade by Björnsson 1968: words a sentence, and words over six letters in a hundred."""
    score = counts.per_sentence + 100 * counts.long_words / max(1, counts.words)
    return ReadingGrade("LIX", score, on_scale(score, _LIX))


FORMULAS: dict[str, tuple[Callable[[TextCounts], ReadingGrade], ...]] = {
    "en": (flesch_kincaid, smog),
    "es": (fernandez_huerta, szigriszt_pazos),
    "fr": (kandel_moles, lix),
}
if set(FORMULAS) != set(LANGUAGES):  # a formula without a syllable counter could not be asked
    raise AssertionError("each language with formulas needs a syllable counter, and the other way round")


def grades(text: str, language: str, exempt: Collection[str] = ()) -> tuple[ReadingGrade, ...]:
    """Return the grade of ``text`` by each formula of its language; empty means "not measured"."""
    formulas = FORMULAS.get(language.split("-", maxsplit=1)[0], ())
    if not formulas or not words(text):
        return ()
    counts = count(text, language.split("-", maxsplit=1)[0], exempt)
    return tuple(formula(counts) for formula in formulas)
