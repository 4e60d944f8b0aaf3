"""The plan of a run: every output with its path, its plate and what it is made from. A value; nothing is made here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from handoutpress.batch.inputs import InputTable
from handoutpress.batch.press import Kind, Press
from handoutpress.content.editions import Edition

CHUNK = 50
"""Brands in one unit: large enough to hide a message's cost, small enough that two workers end together."""


class Label(NamedTuple):
    """An output's names. ``format`` is empty for HTML, which has no paper; ``way`` for what is read on a screen.

    ``language`` is ``es+en`` where two are side by side.

    A brand's job sheet has neither handout nor language, format or version: it lists many.
    ``content_hash`` is printed on its pages; "" in the log of a version that printed none.
    """

    handout: str
    language: str
    format: str
    brand: str
    version: str
    way: Literal["", "print", "mono", "job-sheet"] = ""
    content_hash: str = ""


@dataclass(frozen=True, slots=True)
class Output:
    """One file of a run. ``path`` is below the output folder, with ``/``; ``made_from`` are numbers of parts."""

    path: str
    kind: Kind
    label: Label
    edition: Edition
    group: str
    made_from: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """All outputs in a stable order, and the table whose parts their ``made_from`` counts in."""

    outputs: tuple[Output, ...]
    inputs: InputTable


@dataclass(frozen=True, slots=True)
class Unit:
    """What a worker is given at a time: one plate and a chunk of brands."""

    group: str
    outputs: tuple[Output, ...]


def label_of(edition: Edition, kind: Kind = "pdf", way: Literal["", "print", "mono"] = "") -> Label:
    """The names of the edition's PDF, or of its HTML file."""
    paper = edition.format if kind == "pdf" else ""
    return Label(edition.slug, edition.languages, paper, edition.brand, edition.version, way, edition.content_hash)


def path_of(label: Label) -> str:
    """Where an output lies below the output folder."""
    if label.format:
        ending = f".{label.way}.pdf" if label.way else ".pdf"
        return f"{label.brand}/{label.language}/{label.format}/{label.handout}{ending}"
    return f"{label.brand}/{label.language}/{label.handout}.html"


def make_plan(editions: Iterable[Edition], press: Press, *, html: bool, way: Literal["", "print", "mono"] = "") -> Plan:
    """Expand editions to outputs. With ``html``, each handout, language and brand gets its HTML file as well."""
    table = InputTable()
    outputs: dict[str, Output] = {}
    for edition in editions:
        for kind in _kinds(html):
            label = label_of(edition, kind, way)
            path = path_of(label)
            if path not in outputs:
                made_from = table.numbers(press.inputs(edition, kind))
                outputs[path] = Output(path, kind, label, edition, _group(edition, kind, press), made_from)
    return Plan(tuple(outputs.values()), table)


def units(outputs: Iterable[Output], chunk: int = CHUNK) -> list[Unit]:
    """Group outputs by plate, in order of appearance, and cut each group into chunks.

    Each group begins with other brands than the groups before it: workers then prove different brands at a time.
    """
    groups: dict[str, list[Output]] = {}
    for output in outputs:
        groups.setdefault(output.group, []).append(output)
    found: list[Unit] = []
    for number, (group, members) in enumerate(groups.items()):
        parts = [Unit(group, part) for part in _chunks(members, chunk)]
        first = int(_far(number) * len(parts))
        found += parts[first:] + parts[:first]
    return found


def _kinds(html: bool) -> tuple[Kind, ...]:
    return ("pdf", "html") if html else ("pdf",)


def _group(edition: Edition, kind: Kind, press: Press) -> str:
    return press.plate_group(edition) if kind == "pdf" else f"html {edition.slug}.{edition.language}"


def _far(number: int) -> float:
    """0, 1/2, 1/4, 3/4, 1/8…: each as far as can be from those before it (van der Corput's sequence)."""
    return int(f"{number:b}"[::-1], 2) / (1 << number.bit_length())


def _chunks(members: Sequence[Output], size: int) -> Iterator[tuple[Output, ...]]:
    for start in range(0, len(members), size):
        yield tuple(members[start : start + size])
