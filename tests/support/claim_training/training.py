"""Train the classifier that finds hints of claims: `python tests/support/claim_training/training.py`.

It learns from the labelled sentences of TRAINING, and writes `rules/claim-weights.en.txt`. It is a linear support
vector machine with squared loss, trained by dual coordinate descent: Hsieh and others, "A dual coordinate descent
method for large-scale linear SVM" (ICML 2008), algorithm 1. The same sentences give the same bytes.

`python tests/support/claim_training/training.py --without kinds-set-5` trains without a set, says how each of its
sentences scores, and writes nothing.
"""

from __future__ import annotations

import hashlib
import random
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log, sqrt
from pathlib import Path
from typing import Any, NamedTuple

from handoutpress.editorial.checks.hints.grams import Counts, counts
from handoutpress.editorial.checks.hints.weights import ClaimWeights, GramWeight, rarity
from handoutpress.yamlfile.source import read_yaml

ROOT = Path(__file__).parents[3]
CORPUS = Path(__file__).parents[2] / "corpus"
WEIGHTS = ROOT / "rules" / "claim-weights.en.txt"
TRAINING = (
    *("first-set", "second-set", "tuning-set", "kinds-set"),
    *(f"kinds-set-{number}" for number in range(2, 11)),
    *(f"training/{path.stem}" for path in sorted((CORPUS / "training").glob("*.yaml"))),
)
"""The sets that it learns from."""
MEASURING = ("blind-set", "held-out-set")
"""Sets that measure it: a sentence of theirs that another set has as well is not learnt."""
SURE_AT, HARMLESS_AT = 0.05, -0.2
"""Chosen by what sets say that were left out of the training: docs/check.md."""
_FEWEST = (2, 3, 3)
"""In how many sentences a gram of words, one of letters, and a pair of words stands at least."""
_COST = 1.0
_ROUNDS = 40
_SMALLEST_STEP = 1e-12


class Sentence(NamedTuple):
    text: str
    is_claim: bool


Row = list[tuple[int, float]]


def read_sentences(names: Iterable[str]) -> list[Sentence]:
    """Return the labelled sentences of some sets, in order, each once, without those that measure."""
    measuring = {entry["text"] for name in MEASURING for entry in _entries(name)}
    entries = [entry for name in names for entry in _entries(name) if entry["text"] not in measuring]
    return list(dict.fromkeys(Sentence(entry["text"], entry["label"] == "misleading") for entry in entries))


def _entries(name: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = read_yaml(CORPUS / f"{name}.yaml").data
    return entries


def digest(sentences: Iterable[Sentence]) -> str:
    """Return what says whether the sentences are those that a file of weights was trained on."""
    joined = "\n".join(f"{text}\t{is_claim}" for text, is_claim in sentences)
    return hashlib.sha256(joined.encode()).hexdigest()


def train(sentences: Sequence[Sentence]) -> tuple[ClaimWeights, list[dict[str, int]]]:
    """Return the weights of every gram that is common enough, and in how many sentences each stands."""
    counted = [counts(sentence.text) for sentence in sentences]
    known: list[dict[str, int]] = []
    for part, fewest in enumerate(_FEWEST):
        documents = Counter(gram for item in counted for gram in item[part])
        known.append({gram: number for gram, number in sorted(documents.items()) if number >= fewest})
    numbers: dict[tuple[int, str], int] = {}
    rarities: list[float] = []
    for part, grams in enumerate(known):
        for gram, number in grams.items():
            numbers[part, gram] = len(rarities)
            rarities.append(rarity(number, len(sentences)))
    rows = [_row(item, numbers, rarities) for item in counted]
    *weights, base = _separate(rows, [sentence.is_claim for sentence in sentences], len(rarities))
    tables = [
        {gram: GramWeight(rarities[numbers[part, gram]], weights[numbers[part, gram]]) for gram in grams}
        for part, grams in enumerate(known)
    ]
    return ClaimWeights(base, SURE_AT, HARMLESS_AT, tuple(tables)), known


def _row(item: Sequence[Counts], numbers: Mapping[tuple[int, str], int], rarities: Sequence[float]) -> Row:
    """Return a sentence as numbered values, each part of length 1, with a last one that stands for the base."""
    row: Row = []
    for part, grams in enumerate(item):
        values = [
            (number, rarities[number] * (1 + log(count)))
            for gram, count in grams.items()
            if (number := numbers.get((part, gram))) is not None
        ]
        length = sqrt(sum(value * value for _, value in values))
        row += [(number, value / length) for number, value in values]
    return [*row, (len(rarities), 1.0)]


def _separate(rows: list[Row], is_claim: list[bool], size: int) -> list[float]:
    """Return the weights that part claims from the rest, each kind counting as much as the other; the base is last."""
    claims = sum(is_claim)
    costs = {True: _COST * len(rows) / (2 * claims), False: _COST * len(rows) / (2 * (len(rows) - claims))}
    weights, alphas = [0.0] * (size + 1), [0.0] * len(rows)
    slack = [1 / (2 * costs[label]) for label in is_claim]
    squares = [sum(value * value for _, value in row) + slack[place] for place, row in enumerate(rows)]
    order, chance = list(range(len(rows))), random.Random(1)
    for _ in range(_ROUNDS):
        chance.shuffle(order)
        for place in order:
            sign = 1.0 if is_claim[place] else -1.0
            margin = sign * sum([weights[number] * value for number, value in rows[place]])
            gradient = margin - 1 + slack[place] * alphas[place]
            step = max(alphas[place] - gradient / squares[place], 0.0) - alphas[place]
            if abs(step) > _SMALLEST_STEP:
                alphas[place] += step
                for number, value in rows[place]:
                    weights[number] += sign * step * value
    return weights


def written(sentences: Sequence[Sentence]) -> str:
    """Return the file of weights that is trained on ``sentences``."""
    trained, documents = train(sentences)
    head = [
        "# What reads like a claim, in English: made by tests/support/claim_training; do not edit.",
        f"trained on\t{digest(sentences)}",
        f"sentences\t{len(sentences)}",
        f"base\t{trained.base:.3f}",
        f"sure at\t{SURE_AT}",
        f"harmless at\t{HARMLESS_AT}",
    ]
    parts = [
        [f"{gram}\t{number}\t{round(trained.parts[part][gram].weight * 1000)}" for gram, number in grams.items()]
        for part, grams in enumerate(documents)
    ]
    return "\n\n".join("\n".join(lines) for lines in (head, *parts)) + "\n"


def main() -> None:
    """Write the weights, or say how the sets behind ``--without`` score."""
    if sys.argv[1:2] != ["--without"]:
        WEIGHTS.write_text(written(read_sentences(TRAINING)), "utf-8")
        return
    for left_out in sys.argv[2:]:
        trained, _ = train(read_sentences(name for name in TRAINING if name != left_out))
        for text, is_claim in read_sentences([left_out]):
            sys.stdout.write(f"{left_out}\t{is_claim}\t{trained.score(text):.3f}\t{text}\n")


if __name__ == "__main__":
    main()
