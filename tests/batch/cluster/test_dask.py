"""A build on a Dask cluster: what is told where there is none, and what becomes of units when processes die."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from cluster_support.dask_cluster import SUPPORT, DaskCluster, cluster_here, dask_cluster, free_port, tls_settings
from cluster_support.fakeshards import fake_unit, plan_chain, pull_chain, store_of
from fakepress import Chain
from mail_support.server import make_certificates

from handoutpress.batch.cluster import dask_driver
from handoutpress.batch.cluster.dask_driver import DaskRun, UnitResult, check_workers, dask_client
from handoutpress.batch.cluster.receipts import made_units
from handoutpress.batch.events import Event, UnitMade
from handoutpress.batch.run import RunOptions, run
from handoutpress.batch.tally import Tally
from handoutpress.store.objects.object_store import ObjectStore, OtherContentError
from handoutpress.yamlfile.problems import HandoutError

SEED = int(os.environ.get("HANDOUTS_SEED", "20261130"))
KILLS = int(os.environ.get("HANDOUTS_KILLS", "100"))
"""Runs in which something is killed."""
UNCLOSED = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with cluster_here(tmp_path_factory.mktemp("dask")) as address:
        yield address


@pytest.fixture
def chain(tmp_path: Path) -> Chain:
    return Chain(tmp_path, handouts=2, brands=24).set_up()


@UNCLOSED
def test_a_cluster_makes_what_one_machine_makes(cluster: str, chain: Chain) -> None:
    run(chain.plan(), chain.out, chain.maker, RunOptions(jobs=1))
    alone, store = chain.files(), store_of(chain)
    chain.out.rename(chain.folder / "alone")
    plan, told, tally = plan_chain(chain, store), list[Event](), Tally()
    with dask_client(cluster) as client:
        task = partial(fake_unit, chain)
        ended = DaskRun(plan, told.append).run(client, task, set())
        again = DaskRun(plan, lambda _: None).run(client, task, made_units(store))
    assert (ended.made, ended.left, ended.exit_code, again.made, again.unchanged) == (96, 0, 0, 0, 96)
    for event in told:
        tally.note(event)
    assert (tally.done, tally.total) == (96, 96)
    assert sum(isinstance(event, UnitMade) for event in told) == len(plan.units)
    pull_chain(chain, store)
    assert chain.files() == alone


def test_a_result_that_died_with_its_worker_makes_nothing_twice(chain: Chain) -> None:
    chain.fault({"b3 h0": "error"})
    plan = plan_chain(chain, store_of(chain))
    first = [fake_unit(chain, number) for number in range(len(plan.units))]
    chain.calls()
    again = [fake_unit(chain, number) for number in range(len(plan.units))]
    assert [(0, result.made) for result in first] == [(result.made, result.kept) for result in again]
    assert [[failure[:2] for failure in result.failed] for result in again] == [
        [failure[:2] for failure in result.failed] for result in first
    ]
    assert not chain.calls()


@UNCLOSED
def test_what_workers_say_is_told(cluster: str, chain: Chain) -> None:
    plan = plan_chain(chain, store_of(chain))
    answers = {
        _fails: ("h0", "Text too long.", 1),
        _breaks: ("", "This is our mistake, not yours (KeyError: 'slot').", 0),
    }
    with dask_client(cluster) as client:
        for task, (path, sentence, made) in answers.items():
            ended = DaskRun(plan, lambda _: None).run(client, task, set())
            assert (ended.exit_code, ended.made, ended.left) == (1, made * len(plan.units), 0)
            assert {failure.sentence for failure in ended.failed} == {sentence}
            assert all(failure.path.startswith(path) for failure in ended.failed)
        faulty = DaskRun(plan, lambda _: None).run(client, _store_fails, set())
        assert (faulty.exit_code, faulty.faults[0]) == (1, "The store is full.")
        with pytest.raises(OtherContentError, match="other bytes"):
            DaskRun(plan, lambda _: None).run(client, _differs, set())
        with pytest.raises(HandoutError, match="another version of Handout Press"):
            check_workers(client, _version, "1.0 here", cluster)
        with pytest.raises(HandoutError, match="cannot load this Handout Press"):
            check_workers(client, _lacks, "1.0 here", cluster)
        check_workers(client, _version, "1.0 there", cluster)


def _fails(_: int) -> UnitResult:
    return UnitResult(made=1, failed=(("h0", "Text too long.", ""),))


def _breaks(_: int) -> UnitResult:
    raise KeyError("slot")


def _store_fails(_: int) -> UnitResult:
    return UnitResult(left=6, fault="The store is full.")


def _differs(_: int) -> UnitResult:
    return UnitResult(differs="other bytes")


def _version() -> str:
    return "1.0 there"


def _lacks() -> str:
    raise ModuleNotFoundError("handoutpress")


def _told(address: str) -> str:
    with pytest.raises(HandoutError) as told, dask_client(address):
        pass
    return str(told.value)


@UNCLOSED
def test_a_cluster_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_driver, "START", 1)
    assert '"tcp://here:1" is no scheduler.' in _told("tcp://here:1")
    assert "have no certificates" in _told("dask://press.example:8786")
    assert "No scheduler answers at" in _told(f"dask://127.0.0.1:{free_port()}")
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert "needs the library distributed" in _told("dask://127.0.0.1:8786")


CLIENT = """
import sys
from functools import partial
from importlib import import_module
from pathlib import Path
from cluster_support.fakeshards import fake_unit, store_of
from fakepress import Chain
from handoutpress.batch.cluster.cluster_plan import planned
from handoutpress.batch.cluster.dask_driver import DaskRun, dask_client
from handoutpress.batch.cluster.receipts import made_units
chain = Chain(Path(sys.argv[1]), *map(int, sys.argv[3:]))
store = store_of(chain)
with dask_client(sys.argv[2]) as client:
    ended = DaskRun(planned(store), lambda _: None).run(client, partial(fake_unit, chain), made_units(store))
sys.exit(ended.exit_code)
"""


@UNCLOSED
def test_a_worker_and_a_client_killed_at_some_moment_cost_their_units_alone(
    cluster: str, chain: Chain, tmp_path: Path
) -> None:
    """The sample of what the soak does a hundred times: a worker's process, then the client's, then all is made."""
    dice, store = random.Random(SEED), store_of(chain)
    run(chain.plan(), chain.out, chain.maker, RunOptions(jobs=1))
    alone = chain.files()
    chain.out.rename(chain.folder / "alone")
    plan = plan_chain(chain, store)
    chain.calls()
    chain.fault({f"b{number} h{handout}": "slow" for number in range(24) for handout in range(2)})
    second = DaskCluster(tmp_path, port=int(cluster.rpartition(":")[2]))
    try:
        worker, client = second.start_worker(), _client(second, chain)
        for victim in (worker, client):
            _wait_for_receipts(store, len(made_units(store)) + dice.randint(1, 2), client)
            victim.kill()
            victim.wait()
    finally:
        second.end()
        client.kill()
    there = _settled(chain)
    made_by_then = prints(chain)
    with dask_client(cluster) as last:
        ended = DaskRun(plan, lambda _: None).run(last, partial(fake_unit, chain), made_units(store))
    assert (ended.exit_code, ended.unchanged) == (
        0,
        sum(plan.outputs_of(unit) for unit in plan.units if unit.key in there),
    )
    # Nothing with a receipt was made again: twice were at most the two units that died with their makers.
    assert made_by_then + ended.made <= plan.outputs + 2 * max(map(plan.outputs_of, plan.units))
    pull_chain(chain, store)
    assert chain.files() == alone


def _wait_for_receipts(store: ObjectStore, number: int, client: subprocess.Popen[bytes]) -> None:
    """Wait until so many units have a receipt, or the client has ended."""
    while client.poll() is None and len(made_units(store)) < number:
        time.sleep(0.02)


@pytest.mark.soak
def test_whoever_is_killed_nothing_is_lost_or_wrong(tmp_path: Path) -> None:
    """Workers, the scheduler and the client, at random moments; what has a receipt is never made again."""
    dice = random.Random(SEED)
    certificates = make_certificates(tmp_path)
    settings = tls_settings(certificates.authority, certificates.certificate)
    alone = _files_made_alone(tmp_path / "alone")
    with dask_cluster(tmp_path / "dask", 0, settings) as cluster:
        for number in range(KILLS):
            chain = Chain(tmp_path / f"run-{number}", 4, 60)
            chain.folder.mkdir()
            chain.set_up()
            plan = plan_chain(chain, store_of(chain))
            _kill_one(cluster, chain, dice)
            there = _settled(chain)
            chain.calls()
            _revive(cluster)
            assert _client(cluster, chain).wait(300) == 0
            lacking = [unit for unit in plan.units if unit.key not in there]
            assert prints(chain) == sum(map(plan.outputs_of, lacking)), f"run {number} with HANDOUTS_SEED={SEED}"
            assert pull_chain(chain, store_of(chain)).exit_code == 0
            assert chain.files() == alone


def prints(chain: Chain) -> int:
    """Return how many editions were printed since this was last asked."""
    return sum(count for call, count in chain.calls().items() if call.startswith("print"))


def _files_made_alone(folder: Path) -> dict[str, bytes]:
    folder.mkdir()
    chain = Chain(folder, 4, 60).set_up()
    run(chain.plan(), chain.out, chain.maker, RunOptions(jobs=1))
    return chain.files()


def _client(cluster: DaskCluster, chain: Chain) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-c", CLIENT, str(chain.folder), cluster.address, str(chain.handouts), str(chain.brands)]
    return subprocess.Popen(words, env=cluster.environment, cwd=SUPPORT)


def _revive(cluster: DaskCluster) -> None:
    """Start what is dead of a scheduler and three workers. Without its scheduler nobody stays."""
    alive = [process for process in cluster.processes if process.poll() is None]
    if not cluster.processes or cluster.processes[0] not in alive:
        cluster.end()
        cluster.processes.clear()
        cluster.start_scheduler()
        alive = []
    cluster.processes[1:] = [process for process in cluster.processes[1:] if process in alive]
    while len(cluster.processes) < 4:
        cluster.start_worker()


def _kill_one(cluster: DaskCluster, chain: Chain, dice: random.Random) -> None:
    """Run the chain's plan, and kill a process at a random moment after its first receipt."""
    _revive(cluster)
    client = _client(cluster, chain)
    while client.poll() is None and not made_units(store_of(chain)):
        time.sleep(0.02)
    time.sleep(dice.random())
    victim = dice.choice([client, *cluster.processes])
    if victim.poll() is None:
        victim.send_signal(signal.SIGKILL)
        victim.wait()
    killer = threading.Timer(120, client.kill)
    killer.start()
    client.wait()
    killer.cancel()


def _settled(chain: Chain) -> set[str]:
    """Return the units that have a receipt, when no worker is at one any more: a client's death ends none at once."""
    before, now = set[str](), made_units(store_of(chain))
    while before != now:
        time.sleep(2)
        before, now = now, made_units(store_of(chain))
    return now
