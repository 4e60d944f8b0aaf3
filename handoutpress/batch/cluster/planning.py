"""Planning a build on many machines: editions, a text at a time, become units, each with the digest of its inputs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from handoutpress.batch.cluster.cluster_plan import ClusterPlan, ClusterUnit
from handoutpress.batch.log.input_table import InputTable
from handoutpress.batch.plan import PlannedOutput, make_plan
from handoutpress.batch.press import Press
from handoutpress.content.editions import Edition
from handoutpress.press.printed import Purpose
from handoutpress.store.digests import bytes_digest, parts_digest

FEWEST, MOST = 25, 200
"""Brands in a unit at least, of a small chain and of a large one; at most about twice as many, where a plate has them.

A queue takes as long for a unit as for a PDF, and its plate is opened anew.
"""
PARTS = 8
"""Into so many parts even a small chain falls, so that as many workers each make the art of other brands."""
_Place = tuple[str, str, str, str]
"""What is printed, whatever its plate: kind, handout, language and format."""


@dataclass
class UnitPlanner:
    """Makes units. ``before`` is the plan before this one, ``made`` are the keys of units that have a receipt.

    ``brands`` are those of a unit at least, where its plate has as many; ``brands_of_unit`` says how many are good.
    """

    press: Press
    html: bool
    purpose: Purpose = "screen"
    before: ClusterPlan | None = None
    made: Collection[str] = ()
    brands: int = MOST
    units: list[ClusterUnit] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._sets: dict[tuple[str, ...], int] = {}
        self._before: dict[_Place, list[ClusterUnit]] = {}
        for unit in self.before.units if self.before else ():
            self._before.setdefault(unit[:4], []).append(unit)

    @property
    def brand_sets(self) -> tuple[tuple[str, ...], ...]:
        return tuple(self._sets)

    def add(self, editions: Iterable[Edition]) -> None:
        """Plan the editions of one text, in all formats."""
        plan = make_plan(editions, self.press, html=self.html, purpose=self.purpose)
        part_digests = digests_of_parts(plan.inputs)
        groups: dict[str, list[PlannedOutput]] = {}
        for output in plan.outputs:
            groups.setdefault(output.group, []).append(output)
        for members in groups.values():
            for bucket, buckets, outputs in _in_buckets(members, self.brands):
                self.units.append(self._unit(outputs, bucket, buckets, part_digests))

    def _unit(self, outputs: list[PlannedOutput], bucket: int, buckets: int, parts: list[str]) -> ClusterUnit:
        first = outputs[0]
        brands = tuple([output.label.brand for output in outputs])
        unit = ClusterUnit(
            kind=first.kind,
            handout=first.label.handout,
            language=first.label.language,
            format=first.edition.format_slug,
            brands=self._sets.setdefault(brands, len(self._sets)),
            bucket=bucket,
            buckets=buckets,
            key=unit_key(outputs, parts),
        )
        return unit._replace(earlier=self._earlier(unit))

    def _earlier(self, unit: ClusterUnit) -> tuple[str, ...]:
        """Return the keys of made units that may hold outputs of this one, which is not made itself."""
        if unit.key in self.made:
            return ()
        keys: dict[str, None] = {}
        for before in self._before.get(unit[:4], ()):
            common = min(unit.buckets, before.buckets)  # both are powers of two, so that one divides the other
            if unit.bucket % common == before.bucket % common:
                keys.update(dict.fromkeys([before.key] if before.key in self.made else before.earlier))
        return tuple(keys)


def brands_of_unit(brands: int) -> int:
    """Return how many brands a unit has at least, in a project with so many."""
    return min(MOST, max(FEWEST, brands // PARTS))


def unit_key(outputs: Iterable[PlannedOutput], part_digests: list[str]) -> str:
    """Return the digest of all that some outputs are made from, and of their names."""
    return parts_digest(
        " ".join([output.path, *sorted([part_digests[number] for number in output.made_from])]).encode()
        for output in outputs
    )


def digests_of_parts(table: InputTable) -> list[str]:
    """Return the digest of each part of a table, by its number."""
    named = [sorted([table.pairs[number] for number in part]) for part in table.parts]
    return [parts_digest(word.encode() for pair in pairs for word in pair) for pairs in named]


def _in_buckets(members: list[PlannedOutput], size: int) -> Iterator[tuple[int, int, list[PlannedOutput]]]:
    """Yield the outputs of a plate in parts, each with its number and how many there are."""
    buckets = 1 << max(0, (len(members) // size).bit_length() - 1)
    parts: Mapping[int, list[PlannedOutput]] = {number: [] for number in range(buckets)}
    for output in members:
        parts[_brand_number(output.label.brand) % buckets].append(output)
    for number, part in parts.items():
        if part:
            yield number, buckets, part


@cache
def _brand_number(slug: str) -> int:
    """Return a number of the brand that depends on its name alone."""
    return int(bytes_digest(slug.encode())[:8], 16)
