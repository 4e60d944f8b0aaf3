"""Several workers: the same bytes as one, and what becomes of those that die or hang."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakepress import Chain

from handoutpress.batch.events import Ended, Event, PlateOpened, Started
from handoutpress.batch.log.build_log import read_log
from handoutpress.batch.plan import BuildUnit, units
from handoutpress.batch.pool import pool
from handoutpress.batch.pool.pool import UnitQueue
from handoutpress.batch.press import SharedPressMaker
from handoutpress.batch.reasons import RemakeOptions
from handoutpress.batch.run import RunOptions, run
from handoutpress.yamlfile.problems import HandoutError


@pytest.fixture
def chain(tmp_path: Path) -> Chain:
    return Chain(tmp_path, handouts=2, brands=20).set_up()


@pytest.fixture(autouse=True)
def cheap_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers start for a few outputs already."""
    monkeypatch.setattr("handoutpress.batch.run.WORTH_A_WORKER", 16)
    monkeypatch.setattr("handoutpress.batch.run.TYPESETTING", 8)


def build(chain: Chain, jobs: int = 2, limit: float = 60, **options: object) -> Ended:
    return run(chain.plan(), chain.out, chain.maker, RunOptions(jobs=jobs, limit=limit, **options))  # type: ignore[arg-type]


def state_is_clean(chain: Chain) -> bool:
    names = {path.name for path in (chain.out / ".handouts").iterdir()}
    return names <= {"log", "lock", "workers", "traces.txt"} and not list(chain.out.rglob("*.part"))


def test_the_pool_gives_the_same_bytes_as_one_process(chain: Chain, tmp_path: Path) -> None:
    alone = Chain(tmp_path / "alone", chain.handouts, chain.brands).set_up()
    assert build(chain).made == build(alone, jobs=1).made == 80
    assert chain.files() == alone.files()
    assert chain.calls() == alone.calls()
    logs = [read_log(built.out / ".handouts/log") for built in (chain, alone)]
    assert logs[0].inputs.pairs == logs[1].inputs.pairs
    assert logs[0].inputs.parts == logs[1].inputs.parts
    assert [record[2:] for record in logs[0].records.values()] == [record[2:] for record in logs[1].records.values()]
    assert state_is_clean(chain)
    assert state_is_clean(alone)


def test_few_editions_start_no_worker_and_none_start_no_press(chain: Chain) -> None:
    events: list[Event] = []
    run(chain.plan(), chain.out, chain.maker, RunOptions(jobs=2), events.append)
    assert [event.workers for event in events if isinstance(event, Started)] == [2]
    chain.write("brands/b3", "new")
    events.clear()
    run(chain.plan(), chain.out, chain.maker, RunOptions(jobs=2), events.append)
    assert [(event.editions, event.workers) for event in events if isinstance(event, Started)] == [(4, 0)]
    plan = chain.plan()
    chain.calls()

    def no_press() -> None:
        raise AssertionError("a press was made for nothing")

    assert run(plan, chain.out, no_press, RunOptions(jobs=2)).made == 0  # type: ignore[arg-type]


def test_few_editions_start_workers_where_their_plates_must_be_typeset(tmp_path: Path) -> None:
    chain = Chain(tmp_path, handouts=2, brands=4).set_up()
    events: list[Event] = []
    for _ in range(2):
        run(chain.plan(), chain.out, chain.maker, RunOptions(RemakeOptions(force=True), jobs=2), events.append)
    assert [event.workers for event in events if isinstance(event, Started)] == [2, 0]


def test_a_process_makes_one_press_and_a_worker_its_own(chain: Chain) -> None:
    here = chain.maker()
    maker = SharedPressMaker(chain.maker, here)
    assert maker() is here
    in_worker = pickle.loads(pickle.dumps(maker))  # noqa: S301 (our own, as a worker gets it)
    assert in_worker() is in_worker()
    assert in_worker() is not here


@pytest.mark.parametrize(
    ("fault", "how"),
    [
        ("memory", "was killed, most likely because the memory ran out"),
        ("exit", "ended with code 3"),
    ],
)
def test_a_worker_that_dies_costs_one_edition_of_each_format(chain: Chain, fault: str, how: str) -> None:
    chain.fault({"b7 h1": fault})
    ended = build(chain)
    assert {failure.path for failure in ended.failed} == {f"b7/en/{paper}/h1.pdf" for paper in chain.formats}
    assert {failure.sentence for failure in ended.failed} == {
        f"The worker that made it {how}. The rest went on in a new one."
    }
    assert (ended.made, ended.left, ended.exit_code) == (78, 0, 1)
    assert max(chain.calls().values()) <= 2, "one call a format: nothing was made twice"
    chain.fault({})
    assert build(chain).made == 2
    assert state_is_clean(chain)


def test_a_worker_that_hangs_is_ended_and_costs_one_edition(chain: Chain) -> None:
    chain.fault({"b7 h1": "hang"})
    plan = chain.plan()
    leaflets = [output for output in plan.outputs if output.label.format == "a4-leaflet"]
    ended = run(type(plan)(tuple(leaflets), plan.inputs), chain.out, chain.maker, RunOptions(jobs=2, limit=1.5))
    assert [(failure.path, failure.sentence) for failure in ended.failed] == [
        (
            "b7/en/a4-leaflet/h1.pdf",
            "It was not finished within 1.5 seconds. See whether its text or pictures are extraordinary.",
        )
    ]
    assert ended.made == 39


def test_a_plate_that_hangs_is_ended_in_this_process_too(chain: Chain) -> None:
    chain.fault({"plate h1": "hang"})
    ended = build(chain, jobs=1, limit=0.2)
    assert (ended.made, len(ended.failed)) == (40, 40)


def test_a_plate_that_kills_its_worker_is_not_tried_again(chain: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    chain.fault({"plate h1": "memory"})
    ended = build(chain)
    assert (ended.made, len(ended.failed)) == (40, 40)
    calls = chain.calls()
    assert calls["open h1.en a4-leaflet"] == calls["open h1.en letter-leaflet"] == 1


def test_workers_are_replaced_before_their_memory_grows(chain: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "RECYCLE", 10)
    monkeypatch.setattr("handoutpress.batch.run.CHUNK", 5)
    events: list[Event] = []
    assert run(chain.plan(), chain.out, chain.maker, RunOptions(jobs=2), events.append).made == 80
    assert sum(isinstance(event, PlateOpened) for event in events) > 4


def test_a_press_that_cannot_be_made_is_one_sentence(chain: Chain) -> None:
    plan = chain.plan()
    (chain.folder / "version").unlink()
    ended = run(plan, chain.out, NoPress(), RunOptions(jobs=2))  # type: ignore[arg-type]
    assert ended.faults == ("The fonts are missing.",)
    assert (ended.made, ended.left, ended.exit_code) == (0, 80, 1)


class NoPress:
    def __call__(self) -> None:
        raise HandoutError("The fonts are missing.")


class TestUnitQueue:
    @pytest.fixture
    def queue(self, chain: Chain) -> Iterator[UnitQueue]:
        yield UnitQueue(units(chain.plan().outputs, 8))

    def test_a_worker_stays_with_the_plate_that_it_holds(self, queue: UnitQueue) -> None:
        first = taken(queue.next_unit("", held_elsewhere=(), being_opened=()))
        assert taken(queue.next_unit(first.group, held_elsewhere=(), being_opened=())).group == first.group

    def test_two_workers_take_different_plates(self, queue: UnitQueue) -> None:
        first = taken(queue.next_unit("", held_elsewhere=(), being_opened=()))
        assert (
            taken(queue.next_unit("", held_elsewhere=(first.group,), being_opened=(first.group,))).group != first.group
        )

    def test_two_workers_begin_with_different_brands(self, chain: Chain) -> None:
        work = units(chain.plan().outputs, 4)
        firsts = {unit.group: unit for unit in reversed(work)}
        first, second = (firsts[group] for group in list(dict.fromkeys(unit.group for unit in work))[:2])
        assert not {o.edition.brand_slug for o in first.outputs} & {o.edition.brand_slug for o in second.outputs}
        assert sorted(o.path for unit in work for o in unit.outputs) == sorted(o.path for o in chain.plan().outputs)

    def test_no_worker_opens_a_plate_that_another_one_opens(self, chain: Chain) -> None:
        queue = UnitQueue([unit for unit in units(chain.plan().outputs, 8) if unit.group == "h0.en a4-leaflet"])
        first = taken(queue.next_unit("", held_elsewhere=(), being_opened=()))
        assert queue.next_unit("", held_elsewhere=(first.group,), being_opened=(first.group,)) is None
        assert taken(queue.next_unit("", held_elsewhere=(first.group,), being_opened=())).group == first.group


def taken(unit: BuildUnit | None) -> BuildUnit:
    assert unit is not None
    return unit
