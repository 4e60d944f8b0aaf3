"""Which unit a worker gets next: its own open plate first, then a plate that no one holds; never one being typeset."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Sequence

from handoutpress.batch.plan import Unit


class Shares:
    """The units that are still to be given out, by plate."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._groups: dict[str, deque[Unit]] = {}
        for unit in units:
            self._groups.setdefault(unit.group, deque()).append(unit)

    def __bool__(self) -> bool:
        return bool(self._groups)

    def next_for(self, holds: str, held: Collection[str], opening: Collection[str]) -> Unit | None:
        """A unit for a worker that ``holds`` a plate, while others hold ``held`` and are ``opening`` some.

        ``None`` where every unit that is left waits for a plate that is just being opened: so each is typeset once.
        """
        if holds in self._groups:
            return self._take(holds)
        second_best = None
        for group in self._groups:
            if group in opening:
                continue
            if group not in held:
                return self._take(group)
            second_best = second_best or group
        return self._take(second_best) if second_best else None

    def give_back(self, unit: Unit) -> None:
        """Put a unit back in front."""
        if unit.outputs:
            self._groups.setdefault(unit.group, deque()).appendleft(unit)

    def drop(self, group: str) -> None:
        """Forget the units of a plate that cannot be made."""
        self._groups.pop(group, None)

    def _take(self, group: str) -> Unit:
        units = self._groups[group]
        unit = units.popleft()
        if not units:
            del self._groups[group]
        return unit
