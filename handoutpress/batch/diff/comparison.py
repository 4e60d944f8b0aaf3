"""What changed between two builds, and whether it was meant to: a rebrand leaves every word of a handout alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import TypeVar

from handoutpress.batch.diff.pairs import EditionPair
from handoutpress.batch.plan import OutputLabel
from handoutpress.proof.diff.prints import FinishedPrint, PrintDifference, compare_prints
from handoutpress.proof.proving import WORTH_A_PROCESS
from handoutpress.store.processes import WORKERS
from handoutpress.yamlfile.problems import HandoutError

Result = TypeVar("Result")

MOST_DRAWN = 200
"""Editions whose regions are drawn: each takes about 100 kB of a page."""


class ChangeKind(StrEnum):
    """What kind of change an edition saw, the gravest first."""

    called_out = "called out"
    unknown = "not compared"
    announced = "new version"
    brand = "brand's words"
    look = "look only"
    added = "added"
    gone = "gone"
    unchanged = "unchanged"


GRAVE = frozenset({ChangeKind.called_out, ChangeKind.unknown})
"""Kinds that a person must look at: a command that finds one ends with 1."""


@dataclass(frozen=True)
class ComparedEdition:
    """One edition, before and after. ``sentence`` says in words what kind of change it saw.

    ``versions``, ``hashes`` (of the content) and ``addresses`` (of the codes) are those of before and of now;
    ``difference`` is None where nothing was to compare, or nothing could be.
    """

    label: OutputLabel
    kind: ChangeKind
    sentence: str
    versions: tuple[str, str]
    hashes: tuple[str, str]
    addresses: tuple[tuple[str, ...], tuple[str, ...]]
    made_from: tuple[str, ...]
    difference: PrintDifference | None = None

    @property
    def is_grave(self) -> bool:
        """Whether a person must look at it."""
        return self.kind in GRAVE


def compare_all(pairs: Sequence[EditionPair], processes: int = 1, drawn: bool = False) -> list[ComparedEdition]:
    """Compare every pair, in order, by at most so many processes.

    ``drawn`` adds pictures of what changed, for the gravest ``MOST_DRAWN`` editions. Where no more than these changed,
    they are drawn while they are compared.
    """
    at_once = drawn and sum(pair.is_changed for pair in pairs) <= MOST_DRAWN
    compared = list(_map_pairs(partial(_compare, drawn=at_once), pairs, processes))
    return _with_pictures(compared, pairs, processes) if drawn and not at_once else compared


def _with_pictures(
    compared: Sequence[ComparedEdition], pairs: Sequence[EditionPair], processes: int
) -> list[ComparedEdition]:
    """Return the compared editions, the gravest with pictures."""
    ranks = list(ChangeKind)
    numbers = [number for number, edition in enumerate(compared) if edition.difference]
    chosen = sorted(numbers, key=lambda number: ranks.index(compared[number].kind))[:MOST_DRAWN]
    differences = _map_pairs(_drawn_difference, [pairs[number] for number in chosen], processes)
    drawn = {number: difference for number, difference in zip(chosen, differences, strict=True) if difference}
    return [
        replace(edition, difference=drawn.get(number, edition.difference)) for number, edition in enumerate(compared)
    ]


def _map_pairs(work: Callable[[EditionPair], Result], pairs: Sequence[EditionPair], processes: int) -> Iterator[Result]:
    # What is the same to the byte takes no time.
    processes = min(processes, sum(pair.is_changed for pair in pairs) // WORTH_A_PROCESS)
    if processes < 2:
        yield from map(work, pairs)
        return
    with ProcessPoolExecutor(processes, WORKERS) as pool:
        yield from pool.map(work, pairs, chunksize=4)


def _compare(pair: EditionPair, drawn: bool) -> ComparedEdition:
    if pair.is_unchanged:
        return _compared(pair, ChangeKind.unchanged, "The file is the same to the byte.")
    if pair.old is None:
        return _compared(pair, ChangeKind.added, "It was not there before.")
    if pair.new is None:
        return _compared(pair, ChangeKind.gone, "It is no longer there.")
    try:
        pair.check_files()
        difference = _difference(pair, drawn)
    except HandoutError as error:
        return _compared(pair, ChangeKind.unknown, f"It cannot be compared: {error}")
    kind, sentence = _classify(pair, difference)
    return replace(_compared(pair, kind, sentence), difference=difference)


def _difference(pair: EditionPair, drawn: bool) -> PrintDifference:
    before, now = pair.hashes
    return compare_prints(FinishedPrint(pair.old_file, before), FinishedPrint(pair.new_file, now), drawn)


def _drawn_difference(pair: EditionPair) -> PrintDifference | None:
    """Return what changed with pictures of it; None where a file's words can be read and its pages cannot be drawn."""
    try:
        return _difference(pair, drawn=True)
    except HandoutError:
        return None


def _compared(pair: EditionPair, kind: ChangeKind, sentence: str) -> ComparedEdition:
    return ComparedEdition(
        label=pair.label,
        kind=kind,
        sentence=sentence,
        versions=pair.versions,
        hashes=pair.hashes,
        addresses=pair.addresses,
        made_from=pair.made_from,
    )


def _classify(pair: EditionPair, difference: PrintDifference) -> tuple[ChangeKind, str]:
    """Return the kind of change, and a sentence. A handout may change with its version, never along with a brand."""
    before, now = pair.versions
    changed = difference.is_of_content or pair.is_rewritten
    if changed and _is_rebranded(pair):
        return ChangeKind.called_out, "The brand changed, and the handout along with it."
    if changed and before == now:
        return ChangeKind.called_out, f"The handout changed, though its version is still {now}."
    if changed or before != now:
        return ChangeKind.announced, f"A new version of the handout: {now} after {before}."
    if pair.addresses[0] != pair.addresses[1] and _is_from(pair, "handouts/"):
        return ChangeKind.called_out, f"The handout sends its codes elsewhere, though its version is still {now}."
    if difference.brand or pair.addresses[0] != pair.addresses[1]:
        return ChangeKind.brand, "Only what the brand says changed."
    return ChangeKind.look, "No word changed, only the look or the file."


def _is_rebranded(pair: EditionPair) -> bool:
    # The brand's words alone do not tell: a handout's own address stands among them.
    return _is_from(pair, "brands/", "built-in/brands/")


def _is_from(pair: EditionPair, *folders: str) -> bool:
    return any(change.startswith(folders) for change in pair.made_from)
