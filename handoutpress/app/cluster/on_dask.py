"""A build on a Dask cluster: its workers make the units of a plan, each with one press for all of its own."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

from handoutpress.app.cluster.making import check_version, open_maker
from handoutpress.app.cluster.planning import made_by
from handoutpress.batch.cluster.cluster_plan import ClusterPlan, last_plan_name, planned, read_plan
from handoutpress.batch.cluster.dask_driver import DaskRun, UnitResult, check_workers, dask_client, unit_result
from handoutpress.batch.cluster.receipts import made_units
from handoutpress.batch.cluster.shards import ShardRun
from handoutpress.batch.cluster.unit_maker import UnitMaker
from handoutpress.batch.events import Ended, Reporter, silent
from handoutpress.batch.failures import sentence_of
from handoutpress.store.garbage_collector import collect_rarely
from handoutpress.store.objects.object_store import ObjectStore, OtherContentError
from handoutpress.store.objects.opening import open_store
from handoutpress.yamlfile.problems import HandoutError

_EVERY = 0.5
"""Seconds between two looks at a block that may hang."""
HUNG = 70
"""The exit code of a worker that ends itself, since a plate or an edition took too long."""


def make_on_dask(store: ObjectStore, address: str, *, limit: float = 120.0, report: Reporter = silent) -> Ended:
    """Make the units of the store's last plan that have no receipt, on the cluster at ``dask://host:port``.

    Workers trust the plan's own templates and styles as this user does. Raises ``HandoutError`` where there is no plan,
    no cluster, or a worker with another version of Handout Press.
    """
    name = last_plan_name(store)
    plan = planned(store, name)  # the workers read the same, whatever is planned meanwhile
    check_version(plan)
    with dask_client(address) as client:
        check_workers(client, made_by, plan.made_by, address)
        # A worker stands in a folder of its own.
        place = store.address if "://" in store.address else str(Path(store.address).resolve())
        task = partial(make_unit, place, name, limit)
        return DaskRun(plan, report).run(client, task, made_units(store))


@dataclass
class _WorkerPress:
    """What a worker keeps between the units of a plan: its files in a folder, and the press for them."""

    plan: ClusterPlan
    maker: UnitMaker
    folder: TemporaryDirectory[str]


_ONE_AT_A_TIME = threading.Lock()
_PRESSES: dict[tuple[str, str], _WorkerPress] = {}
"""The one press of this process, by the store's address and the plan's name."""


def make_unit(address: str, name: str, limit: float, number: int) -> UnitResult:
    """Make a unit of the plan ``name`` in the store at ``address``, on a worker. ``limit`` is seconds for one plate."""
    with _ONE_AT_A_TIME:  # a press is for one thread
        try:
            press = _press_for(address, name, limit)
            unit = press.plan.units[number]
            run = ShardRun(press.plan.outputs_of, silent)
            return unit_result(open_store(address), unit, lambda: run.run([unit], (), lambda: press.maker))
        except OtherContentError as error:
            return UnitResult(differs=str(error))
        except (HandoutError, OSError) as error:
            return UnitResult(fault=sentence_of(error, ""))


def _press_for(address: str, name: str, limit: float) -> _WorkerPress:
    """Return this process's press for a plan, opened with its first unit."""
    if (address, name) not in _PRESSES:
        collect_rarely()
        store = open_store(address)
        plan = read_plan(store, name)
        check_version(plan)
        folder = TemporaryDirectory(prefix="handouts-")
        maker = open_maker(store, plan, Path(folder.name), partial(_WATCH.within, limit), trusted=True)
        for press in _PRESSES.values():
            press.folder.cleanup()
        _PRESSES.clear()
        _PRESSES[address, name] = _WorkerPress(plan, maker, folder)
    return _PRESSES[address, name]


class _Watch:
    """Ends this worker where a block takes too long: in a thread nothing less can end it. Its nanny starts another."""

    def __init__(self) -> None:
        self._until = inf
        self._thread: threading.Thread | None = None

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Let the block take so many seconds; nought is no limit."""
        if self._thread is None:  # one for all blocks: starting a thread takes as long as a tenth of a page
            self._thread = threading.Thread(target=self._look, daemon=True)
            self._thread.start()
        self._until = monotonic() + seconds if seconds else inf
        try:
            yield
        finally:
            self._until = inf

    def _look(self) -> None:
        while monotonic() < self._until:
            sleep(_EVERY)
        os._exit(HUNG)


_WATCH = _Watch()
