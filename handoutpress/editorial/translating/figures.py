"""The figures of a text, and whether another language says the same: counts, telephone numbers, doses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_NUMBER = r"\d+(?:[.,\u066b\u066c'\u2019\u00a0\u2009\u202f ]\d+)*"
_CITATION = re.compile(r"\[@[^\]]*\]")
_SPACE = r"[\s\u00a0\u2009\u202f]*"
_GROUP = 3
"""Digits in a group: 7,629 may be seven thousand or, in another language, seven and a bit."""

UNITS = {
    "mg": ("mg", "мг", "ملغ", "ملغم", "مجم", "毫克", "मिग्रा", "मि.ग्रा", "मि॰ग्रा", "मिलीग्राम"),
    "µg": ("µg", "μg", "mcg", "мкг", "ميكروغرام", "مكغ", "微克", "माइक्रोग्राम"),
    "g": ("g", "г", "غ", "غرام", "克", "ग्राम"),
    "kg": ("kg", "кг", "كغ", "كجم", "كيلوغرام", "千克", "公斤", "किग्रा", "किलोग्राम"),
    "ml": ("ml", "мл", "مل", "毫升", "मिली", "मिलीलीटर"),
    "mm": ("mm", "мм", "مم", "毫米", "मिमी"),
    "cm": ("cm", "см", "سم", "厘米", "सेमी"),
    "%": ("%", "٪", "％"),
}
"""How doses and lengths are written: ours first, then in the languages that come with the project. Upper case too."""
_BY_WORD = {word: unit for unit, words in UNITS.items() for word in words}
_WORDS = "|".join(re.escape(word) for word in sorted(_BY_WORD, key=len, reverse=True))
_FIGURE = re.compile(
    rf"(?P<number>{_NUMBER})(?:{_SPACE}(?P<unit>{_WORDS})(?![a-z\u0400-\u04ff\u0600-\u06ff]))?", re.IGNORECASE
)


@dataclass(frozen=True)
class NumberInText:
    """A figure as it is written, the values that it may mean, and its unit if it has one that we know."""

    written: str
    values: frozenset[str]
    unit: str

    def agrees(self, other: NumberInText) -> bool:
        """Whether both may say the same. A unit that we do not know may be any."""
        units = {self.unit, other.unit} - {""}
        return not self.values.isdisjoint(other.values) and len(units) < 2


def figures(text: str) -> list[NumberInText]:
    """The figures of ``text`` in order; those of citations are none."""
    return [
        NumberInText(
            found[0].strip(), frozenset(_values(found["number"])), _BY_WORD.get((found["unit"] or "").lower(), "")
        )
        for found in _FIGURE.finditer(_CITATION.sub(" ", text))
    ]


def lost(source: str, translation: str) -> list[NumberInText]:
    """The figures of ``source`` that ``translation`` has not, each counted as often as it is said."""
    there, missing = figures(translation), []
    for figure in figures(source):
        match = next((one for one in there if figure.agrees(one)), None)
        if match is None:
            missing.append(figure)
        else:
            there.remove(match)
    return missing


def _values(number: str) -> Iterator[str]:
    """Every value that a number may mean: marks between digits divide groups or thousands from hundredths."""
    plain = "".join(str(unicodedata.digit(mark)) if mark.isdigit() else mark for mark in number)
    digits = re.sub(r"\D", "", plain)
    marks = re.findall(r"\D", plain)
    whole, _, rest = plain.rpartition(marks[-1]) if marks else (plain, "", "")
    decimal = bool(marks) and marks[-1] in ".,\u066b" and marks.count(marks[-1]) == 1
    if not decimal or len(rest) == _GROUP:
        yield digits
    if decimal:
        yield f"{re.sub(r'[^0-9]', '', whole)}.{rest}".rstrip("0").rstrip(".")
