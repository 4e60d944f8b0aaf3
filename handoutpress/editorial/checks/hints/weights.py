"""How much each gram speaks for a claim: a linear classifier, read from ``rules/claim-weights.<language>.txt``.

It is a support vector machine over grams weighed by how rare they are (tf-idf), trained by
``tests/support/claim_training``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from pathlib import Path
from typing import NamedTuple

from handoutpress.editorial.checks.hints.grams import PARTS, Counts, counts, letter_grams, pair, plain, tokens
from handoutpress.yamlfile.problems import HandoutError

_MOST_WORDS = 4
"""Of the words that a finding names."""


class GramWeight(NamedTuple):
    """``rarity`` is the inverse document frequency of a gram, ``weight`` what it adds to a score."""

    rarity: float
    weight: float


@dataclass(frozen=True, eq=False)
class ClaimWeights:
    """The grams of words, of letters and the pairs of words with their weights; a score above 0 speaks for a claim.

    ``sure_at`` is the score from which on a sentence is questioned; ``harmless_at``, for each rule that finds words in
    it, that up to which these are doubted.
    """

    base: float
    sure_at: float
    harmless_at: float
    parts: tuple[Mapping[str, GramWeight], ...]

    def score(self, sentence: str) -> float:
        """Return how much ``sentence`` reads like a claim: about -1 for a harmless one, about 1 for a claim."""
        return self.base + sum(sum(part.values()) for part in self._shares(sentence))

    def heaviest(self, sentence: str) -> tuple[int, int]:
        """Return the start and end of the up to four words of ``sentence`` that speak most for a claim."""
        found = tokens(sentence)
        words = [plain(match.group()) for match in found]
        of_words, of_letters, of_pairs = self._shares(sentence)
        weights = [
            of_words.get(word, 0.0)
            + sum(of_letters.get(gram, 0.0) for gram in letter_grams(word))
            + sum(of_pairs.get(pair(word, other), 0.0) / 2 for other in set(words) - {word})
            for word in words
        ]
        runs = [(start, min(start + _MOST_WORDS, len(words))) for start in range(max(1, len(words) - _MOST_WORDS + 1))]
        start, end = max(runs, key=lambda run: sum(weights[run[0] : run[1]]))
        return found[start].start(), found[end - 1].end()

    def _shares(self, sentence: str) -> list[dict[str, float]]:
        """Return what each gram of ``sentence`` that is known adds to its score, kind by kind."""
        return [_shares(part, weights) for part, weights in zip(counts(sentence), self.parts, strict=True)]


def _shares(part_counts: Counts, weights: Mapping[str, GramWeight]) -> dict[str, float]:
    known = [(gram, count, *weights[gram]) for gram, count in part_counts.items() if gram in weights]
    values = [rarity * (1 + log(count)) for _, count, rarity, _ in known]
    length = sqrt(sum([value * value for value in values]))
    return {gram: value * weight / length for (gram, _, _, weight), value in zip(known, values, strict=True)}


def rarity(documents: int, among: int) -> float:
    """Return how rare a gram is that stands in ``documents`` of ``among`` sentences (smoothed inverse frequency)."""
    return log((1 + among) / (1 + documents)) + 1


def read_weights(path: Path) -> ClaimWeights:
    """Read a file of weights; it is made by a program, and nobody writes it by hand.

    Its head says what it was trained on; then each part has lines of a gram, in how many sentences it stands, and its
    weight in thousandths, parted by tabs. Raises ``HandoutError`` for any other file.
    """
    try:
        head, *parts = path.read_text("utf-8").split("\n\n")
        values = dict(line.split("\t") for line in head.splitlines() if not line.startswith("#"))
        among = int(values["sentences"])
        tables = tuple(_read_part(part, among) for part in parts)
        base, sure_at, harmless_at = (float(values[name]) for name in ("base", "sure at", "harmless at"))
    except (KeyError, ValueError) as error:
        raise _no_weights(path) from error
    if len(tables) != PARTS:
        raise _no_weights(path)
    return ClaimWeights(base, sure_at, harmless_at, tables)


def _no_weights(path: Path) -> HandoutError:
    return HandoutError(f"{path.as_posix()} is no file of weights. Hint: delete it, and the built-in one is used.")


def _read_part(part: str, among: int) -> _ReadGrams:
    values = part.strip("\n").replace("\n", "\t").split("\t")
    grams, documents, thousandths = values[0::3], values[1::3], values[2::3]
    if not len(grams) == len(documents) == len(thousandths):
        raise ValueError("a line without its numbers")
    lines = dict(zip(grams, range(len(grams)), strict=True))
    # Of two hundred thousand numbers most are the same few.
    rarities = {number: rarity(int(number), among) for number in set(documents)}
    weights = {number: int(number) / 1000 for number in set(thousandths)}
    return _ReadGrams(lines, documents, thousandths, rarities, weights)


@dataclass(frozen=True, eq=False)
class _ReadGrams(Mapping[str, GramWeight]):
    """Grams as a file has them: of a hundred thousand, a text has a few hundred, and these alone are reckoned.

    ``lines`` has the line of each, ``rarities`` and ``weights`` what the numbers mean that stand there.
    """

    lines: Mapping[str, int]
    documents: Sequence[str]
    thousandths: Sequence[str]
    rarities: Mapping[str, float]
    weights: Mapping[str, float]

    def __getitem__(self, gram: str) -> GramWeight:
        line = self.lines[gram]
        return GramWeight(self.rarities[self.documents[line]], self.weights[self.thousandths[line]])

    def __contains__(self, gram: object) -> bool:
        # Asked for each of the thousand grams of a sentence: the one that is inherited raises an error for most.
        return gram in self.lines

    def __iter__(self) -> Iterator[str]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)
