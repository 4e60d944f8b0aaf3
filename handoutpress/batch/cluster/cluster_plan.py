"""The plan of a build on many machines: one object in the store, which each of them reads.

``plans/000001`` is the first plan of a store, ``plans/000002`` the next; the last one counts. A unit is a plate and
some brands. Its key is the digest of all that its outputs are made from: ``receipts/<key>`` says that they are made,
whoever planned them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from handoutpress.batch.log.manifest import NOT_OURS
from handoutpress.batch.press import OutputKind
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.press.printed import Purpose
from handoutpress.store.objects.object_store import ObjectStore
from handoutpress.yamlfile.problems import HandoutError

VERSION = 3
FOLDER = "plans"
TRIES = 20
"""Plans that others may put while one is being put."""
_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class ClusterUnit(NamedTuple):
    """One plate and a set of brands. ``format`` is the one that is printed; an HTML file has the sheet's beside it.

    ``brands`` counts in the plan's sets. Brands are told apart by number, so that a new one moves none: this unit has
    those whose number leaves ``bucket`` when it is divided by ``buckets``. ``earlier`` are the keys of units made
    before, of the same plate as it then was, whose outputs count where they are made from the same.
    """

    kind: OutputKind
    handout: str
    language: str
    format: str
    brands: int
    bucket: int
    buckets: int
    key: str
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True)
class ClusterPlan:
    """What every machine is told. ``made_by`` names our version, our code and the libraries behind it.

    ``selection`` is what must be loaded of the project. ``files`` are its own, by name, with the SHA-256 under which
    the store has them; ``brands`` are its brands as they were read of these.
    """

    made_by: str
    proof: str
    purpose: Purpose
    selection: EditionFilter
    files: Mapping[str, str]
    brand_sets: tuple[tuple[str, ...], ...]
    units: tuple[ClusterUnit, ...]
    brands: Any = None

    def outputs_of(self, unit: ClusterUnit) -> int:
        """Return how many outputs a unit has."""
        return len(self.brand_sets[unit.brands])

    @property
    def outputs(self) -> int:
        return sum(map(self.outputs_of, self.units))


def alike_together(units: Sequence[ClusterUnit]) -> list[list[int]]:
    """Return the numbers of units in groups: one after the other, those of a group make the art of their brands once.

    Each group begins with another text, so that few plates are typeset by two machines at a time.
    """
    groups: dict[tuple[str | int, ...], list[int]] = {}
    for number, unit in enumerate(units):
        groups.setdefault((unit.kind, unit.language, unit.format, unit.bucket, unit.buckets), []).append(number)
    turned = []
    for at, numbers in enumerate(groups.values()):
        first = at % len(numbers)
        turned.append(numbers[first:] + numbers[:first])
    return turned


def plan_to_bytes(plan: ClusterPlan) -> bytes:
    """Return a plan as JSON, one unit a line."""
    chosen = plan.selection
    head = {
        "plan": VERSION,
        "made_by": plan.made_by,
        "proof": plan.proof,
        "purpose": plan.purpose,
        "selection": [chosen.handouts, chosen.brands, chosen.languages, chosen.formats],
        "files": dict(sorted(plan.files.items())),
        "brand_sets": plan.brand_sets,
        "brands": plan.brands,
    }
    units = ",\n".join(_dump(unit) for unit in plan.units)
    return f'{_dump(head)[:-1]},"units":[\n{units}\n]}}\n'.encode()


def plan_from_bytes(content: bytes) -> ClusterPlan:
    """Read what ``plan_to_bytes`` gave. Raises any of ``NOT_OURS``."""
    keys: dict[str, Any] = json.loads(content)
    if keys["plan"] != VERSION:
        raise ValueError(keys["plan"])
    return ClusterPlan(
        made_by=str(keys["made_by"]),
        proof=str(keys["proof"]),
        purpose=keys["purpose"],
        selection=EditionFilter(*map(tuple, keys["selection"])),
        files={str(name): str(digest) for name, digest in keys["files"].items()},
        brand_sets=tuple(map(tuple, keys["brand_sets"])),
        units=tuple(ClusterUnit(*values)._replace(earlier=tuple(values[-1])) for values in keys["units"]),
        brands=keys["brands"],
    )


def put_plan(store: ObjectStore, plan: ClusterPlan) -> str:
    """Put a plan as the store's last one, and return its name. Raises ``OSError``, ``HandoutError``."""
    content = plan_to_bytes(plan)
    number = _last_number(store)
    for _ in range(TRIES):
        number += 1
        name = f"{FOLDER}/{number:06d}"
        if store.put(name, content):
            return name
    raise HandoutError(f"Others put plans into {store.address} all the time. Hint: plan again when they have ended.")


def last_plan_name(store: ObjectStore) -> str:
    """Return the name of the store's last plan; "" where it has none. Raises ``OSError``."""
    number = _last_number(store)
    return f"{FOLDER}/{number:06d}" if number else ""


def read_plan(store: ObjectStore, name: str) -> ClusterPlan:
    """Return the plan of a name. Raises ``HandoutError`` where it is none of ours, ``OSError``."""
    try:
        return plan_from_bytes(store.get(name) or b"")
    except NOT_OURS:
        raise HandoutError(
            f"{store.address}/{name} is no plan that this version of Handout Press reads. Hint: plan again."
        ) from None


def planned(store: ObjectStore, name: str | None = None) -> ClusterPlan:
    """Return the plan of a name, else the store's last. Raises ``HandoutError`` where it has none, ``OSError``."""
    if name := name or last_plan_name(store):
        return read_plan(store, name)
    raise HandoutError(f"There is no plan in {store.address}. Hint: handouts plan --to {store.address}")


def _last_number(store: ObjectStore) -> int:
    numbers = [name.rpartition("/")[2] for name in store.names(FOLDER)]
    return max((int(number) for number in numbers if number.isdecimal()), default=0)
