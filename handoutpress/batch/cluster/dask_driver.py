"""Units made by the workers of a Dask cluster. Dask carries the work and the progress; what was made says the store."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any

from handoutpress.batch.cluster.cluster_plan import ClusterPlan, ClusterUnit, alike_together
from handoutpress.batch.cluster.receipts import find_receipt
from handoutpress.batch.cluster.shards import unit_name
from handoutpress.batch.events import Ended, Failed, Reporter, Started, UnitMade
from handoutpress.batch.failures import sentence_of, trace_of
from handoutpress.batch.run_totals import RunTotals
from handoutpress.store.objects.object_store import ObjectStore, OtherContentError
from handoutpress.yamlfile.problems import HandoutError

Client = Any
Future = Any
"""Dask's own, of the library ``distributed``: an extra, half of it without types, which takes a second to load."""

START = 30
"""Seconds in which a scheduler answers, and a first worker is there."""
_ADDRESS = re.compile(r"dask://(?P<host>\[[0-9a-fA-F:]+\]|[^\s/:\[\]]+):(?P<port>\d{1,5})/?")
_HERE = ("localhost", "127.0.0.1", "[::1]")
_AGAIN = "Hint: run it again; what has a receipt is not made again."


@dataclass(frozen=True)
class UnitResult:
    """What a worker says of a unit: counts, and of each failure path, sentence and trace.

    So many outputs as ``left`` says were not come to. ``fault`` is a sentence where the store failed, ``differs`` where
    the worker made other bytes than another.
    """

    made: int = 0
    kept: int = 0
    failed: tuple[tuple[str, str, str], ...] = ()
    left: int = 0
    fault: str = ""
    differs: str = ""


def unit_result(store: ObjectStore, unit: ClusterUnit, make: Callable[[], Ended]) -> UnitResult:
    """Make a unit on a worker, and say what became of it.

    One that has a receipt is not made again: a cluster asks anew for results that died with their worker. Raises
    ``OSError``, ``HandoutError``.
    """
    receipt = find_receipt(store, unit.key)
    if receipt:
        reasons = tuple((path, sentence, "") for path, sentence in receipt.failed.items())
        return UnitResult(kept=len(receipt.log.records), failed=reasons)
    ended = make()
    failed = tuple((failure.path, failure.sentence, failure.trace) for failure in ended.failed)
    return UnitResult(ended.made, ended.unchanged, failed, ended.left, " ".join(ended.faults))


UnitTask = Callable[[int], UnitResult]
"""Makes the unit of this number in the plan; it travels to workers by name."""


@contextmanager
def dask_client(address: str) -> Iterator[Client]:
    """Connect to a Dask scheduler that has a worker at least, for as long as the block lasts.

    Raises ``HandoutError`` for an address that is none, where nothing answers there, and for another computer without
    TLS: whoever reaches such a cluster may run anything on it.
    """
    match = _ADDRESS.fullmatch(address)
    if not match:
        raise HandoutError(f'"{address}" is no scheduler. Hint: --on dask://host:8786')
    client = _connect(address, match["host"], int(match["port"]))
    try:
        _wait_for_worker(client, address)
        yield client
    finally:
        client.close(timeout=2)


def check_workers(client: Client, ask: Callable[[], str], wanted: str, address: str) -> None:
    """Compare what each worker's program is with what is ``wanted``. Raises ``HandoutError`` where one differs."""
    try:
        answers: dict[str, str] = client.run(ask)
    except Exception as error:  # whatever a worker raises that lacks our package, or has another one
        raise HandoutError(
            f"The workers of {address} cannot load this Handout Press ({type(error).__name__}). "
            "Hint: install the same version on each, with its extra [cluster]."
        ) from None
    if others := sorted(worker for worker, answer in answers.items() if answer != wanted):
        raise HandoutError(
            f"The worker {others[0]} has another version of Handout Press, of its code or of a library. "
            "Hint: install the same on each machine, and run it again."
        )


class DaskRun:
    """Sends the units of a plan to a cluster and tells what becomes of them."""

    def __init__(self, plan: ClusterPlan, report: Reporter) -> None:
        self._plan, self._report = plan, report
        self._totals = RunTotals(report)

    def run(self, client: Client, task: UnitTask, done: set[str]) -> Ended:
        """Make the plan's units that are not ``done``, by their keys. Raises ``OtherContentError``."""
        units, totals = self._plan.units, self._totals
        groups = [[at for at in group if units[at].key not in done] for group in alike_together(units)]
        totals.left = sum(self._plan.outputs_of(units[number]) for group in groups for number in group)
        totals.unchanged = self._plan.outputs - totals.left
        workers = len(client.scheduler_info(n_workers=-1)["workers"])
        self._report(Started(totals.left, totals.unchanged, workers))
        self._make(client, task, [group for group in groups if group])
        return totals.end()

    def _make(self, client: Client, task: UnitTask, groups: Sequence[Sequence[int]]) -> None:
        # Dask runs a task where the results are that it waits for: so a group stays with a worker, which has the art
        # of its brands, until another worker has nothing to do.
        places = client.map(_place, range(len(groups)), pure=False)
        numbers = [number for group in groups for number in group]
        waits = [place for place, group in zip(places, groups, strict=True) for _ in group]
        made = client.map(partial(_make_there, task), numbers, waits, pure=False)
        futures: dict[Future, int] = dict(zip(made, numbers, strict=True))
        try:
            for future in _distributed("").as_completed(futures, loop=client.loop):
                self._note(self._plan.units[futures[future]], future)
                if self._totals.faults:
                    break
        except KeyboardInterrupt:
            self._totals.interrupted = True
        if (self._totals.faults or self._totals.interrupted) and client.status == "running":
            client.cancel([*futures, *places])

    def _note(self, unit: ClusterUnit, future: Future) -> None:
        if future.status in ("cancelled", "lost"):
            self._totals.add_fault(f"The scheduler of the cluster is gone. {_AGAIN}")
        elif future.status == "error":
            self._totals.left -= self._plan.outputs_of(unit)
            self._totals.add_failure(_failure(unit, future.exception()))
        else:
            self._take_in(unit, future.result())

    def _take_in(self, unit: ClusterUnit, result: UnitResult) -> None:
        if result.differs:
            raise OtherContentError(result.differs)
        totals = self._totals
        totals.made += result.made
        totals.html += result.made if unit.kind == "html" else 0
        totals.unchanged += result.kept
        totals.left -= self._plan.outputs_of(unit) - result.left
        self._report(UnitMade(unit_name(unit), result.made, result.kept))
        for path, sentence, trace in result.failed:
            totals.add_failure(Failed(path, sentence, trace))
        if result.fault:
            totals.add_fault(result.fault)


def _place(group: int) -> int:
    """Stand for the worker that makes a group."""
    return group


def _make_there(task: UnitTask, number: int, _place: int) -> UnitResult:
    return task(number)


def _failure(unit: ClusterUnit, error: BaseException) -> Failed:
    if type(error).__name__ == "KilledWorker":
        return Failed(unit_name(unit), "Each worker that was at it died, or hung until its limit.")
    return Failed(unit_name(unit), sentence_of(error, ""), trace_of(error))


def _connect(address: str, host: str, port: int) -> Client:
    distributed = _distributed(address)
    has_tls = bool(import_module("dask").config.get("distributed.comm.tls.ca-file", default=None))
    if not has_tls and host not in _HERE:
        raise HandoutError(
            f"{address} is on another computer, and Dask's own settings have no certificates for TLS. Hint: set "
            "DASK_DISTRIBUTED__COMM__TLS__CA_FILE and what stands beside it in docs/scale.md, on each machine."
        )
    options: dict[str, Any] = {"security": distributed.Security(require_encryption=True)} if has_tls else {}
    try:
        return distributed.Client(
            f"{'tls' if has_tls else 'tcp'}://{host}:{port}", timeout=START, set_as_default=False, **options
        )
    except (OSError, ValueError) as error:
        raise HandoutError(
            f"No scheduler answers at {address} ({type(error).__name__}). Hint: start it with: dask scheduler"
        ) from None


def _distributed(address: str) -> Any:
    try:
        distributed = import_module("distributed")
    except ImportError:
        raise HandoutError(
            f"{address} needs the library distributed. Hint: install it with: pip install 'handout-press[cluster]'"
        ) from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    return distributed


def _wait_for_worker(client: Client, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=START)
    except TimeoutError:
        client.close(timeout=2)
        raise HandoutError(f"{address} has no worker. Hint: start some with: dask worker --nthreads 1") from None
