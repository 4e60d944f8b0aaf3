"""Making a run's units: in this process, or in several. Each method yields outcomes as they come."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence

from handoutpress.batch.plan import BuildUnit
from handoutpress.batch.pool import pool, serial
from handoutpress.batch.pool.unit_runner import RunContext, UnitOutcome

Method = Callable[[Sequence[BuildUnit], RunContext], Generator[UnitOutcome]]

METHODS: dict[str, Method] = {"serial": serial.make_units, "pool": pool.make_units}
