"""The plan of a run: every output with its path, its plate and what it is made from. A value; nothing is made here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from handoutpress.batch.log.input_table import InputTable
from handoutpress.batch.press import OutputKind, Press
from handoutpress.content.editions import Edition
from handoutpress.press.printed import Purpose, pdf_path

CHUNK = 50
"""Brands in one unit: large enough to hide a message's cost, small enough that two workers end together."""


RECORDED = ("handout", "language", "format", "brand", "version", "way", "content_hash")
"""An output's names as the manifest and the build log keep them."""


class OutputLabel(NamedTuple):
    """An output's names. ``format`` is empty for HTML, which has no paper.

    ``language`` is ``es+en`` where two are side by side.

    A brand's job sheet has neither handout nor language, format or version: it lists many.
    ``content_hash`` is printed on its pages; "" in the log of a version that printed none.
    """

    handout: str
    language: str
    format: str
    brand: str
    version: str
    purpose: Purpose | Literal["job-sheet"] = "screen"
    content_hash: str = ""

    @property
    def way(self) -> str:
        """What the manifest, the build log and templates call the purpose: nothing for a screen."""
        return "" if self.purpose == "screen" else self.purpose

    def recorded(self) -> dict[str, str]:
        """Return the names as the manifest and the build log keep them, in their order."""
        return {name: getattr(self, name) for name in RECORDED}

    @classmethod
    def from_recorded(cls, names: Mapping[str, str]) -> OutputLabel:
        """Read what ``recorded`` gave. Raises ``TypeError`` where names are missing or are none, ``ValueError`` for
        a version that is none."""
        values = {name: names[name] for name in RECORDED if name in names}
        if not all(isinstance(value, str) for value in values.values()):
            raise TypeError
        values["purpose"] = values.pop("way", "") or "screen"
        return cls(**values)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class PlannedOutput:
    """One file of a run. ``path`` is below the output folder, with ``/``; ``made_from`` are numbers of parts."""

    path: str
    kind: OutputKind
    label: OutputLabel
    edition: Edition
    group: str
    made_from: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BuildPlan:
    """All outputs in a stable order, and the table whose parts their ``made_from`` counts in."""

    outputs: tuple[PlannedOutput, ...]
    inputs: InputTable


@dataclass(frozen=True, slots=True)
class BuildUnit:
    """What a worker gets at a time: one plate and a chunk of brands."""

    group: str
    outputs: tuple[PlannedOutput, ...]


def label_of(edition: Edition, kind: OutputKind = "pdf", purpose: Purpose = "screen") -> OutputLabel:
    """Return the names of the edition's PDF, or of its HTML file."""
    paper = edition.format_slug if kind == "pdf" else ""
    return OutputLabel(
        handout=edition.handout_slug,
        language=edition.languages_slug,
        format=paper,
        brand=edition.brand_slug,
        version=edition.version,
        purpose=purpose,
        content_hash=edition.content_hash,
    )


def path_of(label: OutputLabel) -> str:
    """Return where an output lies below the output folder."""
    if label.format and label.purpose != "job-sheet":
        return pdf_path(
            brand=label.brand,
            language=label.language,
            format=label.format,
            handout=label.handout,
            purpose=label.purpose,
        )
    return f"{label.brand}/{label.language}/{label.handout}.html"


def make_plan(editions: Iterable[Edition], press: Press, *, html: bool, purpose: Purpose = "screen") -> BuildPlan:
    """Expand editions to outputs. With ``html``, each handout, language and brand gets its HTML file as well."""
    table = InputTable()
    outputs: dict[str, PlannedOutput] = {}
    for edition in editions:
        for kind in _kinds(html):
            label = label_of(edition, kind, purpose)
            path = path_of(label)
            if path not in outputs:
                made_from = table.add_parts(press.inputs(edition, kind))
                outputs[path] = PlannedOutput(path, kind, label, edition, _group(edition, kind, press), made_from)
    return BuildPlan(tuple(outputs.values()), table)


def units(outputs: Iterable[PlannedOutput], chunk: int = CHUNK) -> list[BuildUnit]:
    """Group outputs by plate, in order of appearance, and cut each group into chunks.

    Each group begins with other brands than the groups before it: workers then prove different brands at a time.
    """
    groups: dict[str, list[PlannedOutput]] = {}
    for output in outputs:
        groups.setdefault(output.group, []).append(output)
    ordered: list[BuildUnit] = []
    for number, (group, members) in enumerate(groups.items()):
        parts = [BuildUnit(group, part) for part in _chunks(members, chunk)]
        first = int(_spread(number) * len(parts))
        ordered += parts[first:] + parts[:first]
    return ordered


def _kinds(html: bool) -> tuple[OutputKind, ...]:
    return ("pdf", "html") if html else ("pdf",)


def _group(edition: Edition, kind: OutputKind, press: Press) -> str:
    return press.plate_group(edition) if kind == "pdf" else f"html {edition.handout_slug}.{edition.language_slug}"


def _spread(number: int) -> float:
    """Return a term of van der Corput's sequence: 0, 1/2, 1/4, 3/4, 1/8…, each as far as can be from those before."""
    return int(f"{number:b}"[::-1], 2) / (1 << number.bit_length())


def _chunks(members: Sequence[PlannedOutput], size: int) -> Iterator[tuple[PlannedOutput, ...]]:
    for start in range(0, len(members), size):
        yield tuple(members[start : start + size])
