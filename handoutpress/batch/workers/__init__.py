"""Two ways to make a run's units; each takes the units and the workshop, and gives outcomes as they come."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence

from handoutpress.batch.making import Outcome, Workshop
from handoutpress.batch.plan import Unit
from handoutpress.batch.workers import pool, serial

Method = Callable[[Sequence[Unit], Workshop], Generator[Outcome]]

METHODS: dict[str, Method] = {"serial": serial.make, "pool": pool.make}
