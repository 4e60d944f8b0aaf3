"""What two readers of PDF give of a finished file, compared with what was written: every paragraph, in order."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from handoutpress.proof.expectation import Expectation
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.proving import nearest

POPPLER = shutil.which("pdftotext")
HAS_LATIN_OR_GROUPS = re.compile(r"[a-zA-Z]|\d[ \u00a0-]\d")
EXCEPTIONS = {("pdfium", "ar"): HAS_LATIN_OR_GROUPS, ("poppler", "ar"): re.compile("")}
"""By reader and language, in which paragraphs letters alone are compared, word by word; docs/languages.md says why."""
LINE_ENDS = {0x02: "-", 0xFFFE: "-"}
"""What pdfium gives for a hyphen at the end of a line."""


def plain(text: str) -> str:
    """A text without gaps and line ends, which extraction guesses, invisible marks, and brackets round a citation."""
    kept = unicodedata.normalize("NFC", text.translate(LINE_ENDS))
    kept = "".join(letter for letter in kept if not letter.isspace() and unicodedata.category(letter) != "Cf")
    return re.sub(r"\[([\d,]+)\]", r"\1", kept)


def in_order(parts: list[str], whole: str) -> list[str]:
    """Those of ``parts`` that do not stand in ``whole``, one after the other."""
    missing, at = [], 0
    for part in parts:
        place = whole.find(part, at)
        if place < 0:
            missing.append(part)
        at = max(at, place)
    return missing


def words_of(text: str) -> list[str]:
    """The runs of letters and of digits in a text, without signs on letters."""
    return re.findall(r"[^\W\d_]+|\d+", without_signs(text))


def without_signs(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFC", text) if unicodedata.category(letter) != "Mn")


@dataclass(frozen=True)
class Given:
    """What a reader gives of an edition, and what was written: ``text`` in order, ``anywhere`` on its pages."""

    given: str
    text: tuple[str, ...]
    anywhere: tuple[str, ...]

    def differences(self, excepted: re.Pattern[str] | None = None) -> list[str]:
        """The paragraphs that were not given; of those that are ``excepted``, the words."""
        whole, loose = plain(self.given), without_signs("".join(self.given.split()))
        kept = [[part for part in parts if not (excepted and excepted.search(part))] for parts in self._both()]
        words = [
            word for parts in self._both() for part in parts if part not in kept[0] + kept[1] for word in words_of(part)
        ]
        anywhere = [part for part in map(plain, kept[1]) if part not in whole]
        return [*in_order(list(map(plain, kept[0])), whole), *anywhere, *(word for word in words if word not in loose)]

    def _both(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return self.text, self.anywhere


def given_by_readers(language: str, data: bytes, wanted: tuple[Expectation, ...]) -> dict[str, Given]:
    """What each reader that is here gives. From the left, poppler is asked for the order in which a page is painted."""
    with FinishedPdf(Path("it.pdf"), data) as pdf:
        said = nearest(pdf, wanted)
        texts = {"pdfium": "".join(pdf.text(page) for page in pdf.pages)}
    if POPPLER:
        order = () if language == "ar" else ("-raw",)
        ended = subprocess.run(
            [POPPLER, *order, "-enc", "UTF-8", "-", "-"], input=data, capture_output=True, check=True
        )
        texts["poppler"] = ended.stdout.decode()
    return {reader: Given(text, said.text, said.anywhere) for reader, text in texts.items()}


def not_given(language: str, data: bytes, wanted: tuple[Expectation, ...]) -> dict[str, list[str]]:
    """By each reader that is here, what it does not give of what was written."""
    given = given_by_readers(language, data, wanted)
    return {reader: each.differences(EXCEPTIONS.get((reader, language))) for reader, each in given.items()}
