"""A plan in a store, made by several machines: the bytes and the manifest of one, whoever dies on the way."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cluster_support.fakeshards import make_shard, plan_chain, pull_chain, store_of
from fakepress import Chain

from handoutpress.batch.cluster.cluster_plan import ClusterPlan, alike_together, planned
from handoutpress.batch.cluster.planning import PARTS, UnitPlanner, brands_of_unit
from handoutpress.batch.cluster.receipts import receipt_name
from handoutpress.batch.cluster.shards import parse_shard, units_of
from handoutpress.batch.events import Failed
from handoutpress.batch.run import RunOptions, run
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.store.objects.object_store import ObjectStore, OtherContentError, StoreFaultError
from handoutpress.yamlfile.problems import HandoutError

SUPPORT = Path(__file__).parents[2] / "support"
SHARDS = [f"{number}/8" for number in range(1, 9)]


@pytest.fixture
def chain(tmp_path: Path) -> Chain:
    """Two handouts in two formats for 24 clinics: 16 units of about six brands."""
    return Chain(tmp_path, handouts=2, brands=24).set_up()


def make_all(chain: Chain, store: ObjectStore) -> None:
    for shard in SHARDS:
        assert make_shard(chain, store, shard).exit_code == 0


def prints(chain: Chain) -> Counter[str]:
    """How often each edition was printed since this was last asked, whatever its format."""
    return Counter({call: count for call, count in chain.calls().items() if call.startswith("print")})


@pytest.mark.parametrize("html", [False, True])
def test_eight_shards_give_what_one_machine_gives(chain: Chain, html: bool) -> None:
    run(chain.plan(html=html), chain.out, chain.maker, RunOptions(jobs=1))
    alone, there = chain.files(), chain.out
    there.rename(chain.folder / "alone")
    plan_chain(chain, store_of(chain), html=html)
    make_all(chain, store_of(chain))
    pulled = pull_chain(chain, store_of(chain))
    assert (pulled.exit_code, chain.files()) == (0, alone)
    assert pulled.made == len(alone) - 1  # and the manifest


def test_a_clinics_art_of_a_format_is_made_on_one_machine_and_neighbours_begin_with_other_texts(chain: Chain) -> None:
    plan = plan_chain(chain, store_of(chain))
    machines: dict[tuple[str, str], set[str]] = {}
    firsts = []
    for shard in SHARDS:
        units = units_of(plan, parse_shard(shard))
        firsts.append(units[0].handout)
        for unit in units:
            for brand in plan.brand_sets[unit.brands]:
                machines.setdefault((unit.format, brand), set()).add(shard)
    assert len(machines) == 48
    assert {len(shards) for shards in machines.values()} == {1}
    assert len(set(firsts[:2])) == 2


def test_a_shard_without_anything_to_do_opens_nothing(chain: Chain) -> None:
    plan_chain(chain, store_of(chain))
    make_all(chain, store_of(chain))
    chain.calls()
    ended = make_shard(chain, store_of(chain), "1/1")
    assert (ended.made, ended.unchanged, chain.calls()) == (0, 96, Counter())


def test_a_killed_shard_makes_only_what_lacks_a_receipt(chain: Chain) -> None:
    plan = plan_chain(chain, store_of(chain))
    # A brand of the fifth unit, so that four have a receipt when the process ends.
    victim = plan.brand_sets[plan.units[4].brands][2]
    chain.fault({f"{victim} {plan.units[4].handout}": "memory"})
    done = sum(victim not in plan.brand_sets[unit.brands] for unit in plan.units[:4])
    words = [sys.executable, "-m", "cluster_support.fakeshards", str(chain.folder), "1/1", "2", "24"]
    killed = subprocess.run(words, cwd=SUPPORT, check=False, timeout=60)
    assert killed.returncode == -signal.SIGKILL
    there = set(store_of(chain).names("receipts"))
    assert len(there) <= done + 1 < len(plan.units)
    made = [plan.outputs_of(unit) for unit in plan.units if receipt_name(unit.key) in there]
    chain.fault({})
    chain.calls()
    again = make_shard(chain, store_of(chain), "1/1")
    assert (again.unchanged, again.made) == (sum(made), 96 - sum(made))
    assert prints(chain).total() == again.made
    assert pull_chain(chain, store_of(chain)).made == 96


def test_a_changed_brand_is_all_that_is_made_again(chain: Chain) -> None:
    store = store_of(chain)
    plan_chain(chain, store)
    make_all(chain, store)
    before = set(store.names("."))
    chain.write("brands/b7", "another logo")
    chain.calls()
    plan_chain(chain, store)
    made = [make_shard(chain, store, shard).made for shard in SHARDS]
    assert sum(made) == prints(chain).total() == 4
    # The puts of a rebrand: changed PDFs, units, and the plan.
    assert len(set(store.names(".")) - before) == 4 + 4 + 1
    pull_chain(chain, store)
    run(chain.plan(), chain.folder / "alone", chain.maker, RunOptions(jobs=1))
    assert (chain.folder / "alone/manifest.json").read_bytes() == chain.files()["manifest.json"]


def test_new_brands_move_no_other_into_another_unit(chain: Chain) -> None:
    store = store_of(chain)
    plan_chain(chain, store)
    make_all(chain, store)
    grown = replace(chain, brands=60).set_up()
    grown.calls()
    plan = plan_chain(grown, store)
    assert {unit.buckets for unit in plan.units} == {8}
    assert make_shard(grown, store, "1/1").made == 4 * 36
    assert pull_chain(grown, store).made == 4 * 60


def test_even_a_small_chain_is_parted_between_several_workers_by_its_clinics(chain: Chain) -> None:
    few = replace(chain, handouts=1, brands=200).set_up()
    planner = UnitPlanner(few.maker(), html=False, brands=brands_of_unit(200))
    planner.add(few.editions())
    plan = ClusterPlan("", "none", "screen", EditionFilter(), {}, planner.brand_sets, tuple(planner.units))
    assert len(alike_together(plan.units)) >= PARTS
    assert min(map(plan.outputs_of, plan.units)) >= 10
    assert [brands_of_unit(brands) for brands in (1, 1_000, 10_000)] == [25, 125, 200]


def test_what_two_receipts_tell_of_is_counted_once(chain: Chain) -> None:
    few, store = replace(chain, handouts=1, brands=10).set_up(), store_of(chain)
    plan_chain(few, store)
    make_shard(few, store, "1/1")
    more = replace(few, brands=14).set_up()
    plan_chain(more, store)
    make_shard(more, store, "1/4")
    chain.write("brands/b1", "another logo")
    fewer = replace(few, brands=9).set_up()
    plan = plan_chain(fewer, store)
    ended = make_shard(fewer, store, "1/1")
    assert (ended.left, ended.made + ended.unchanged) == (0, sum(plan.outputs_of(unit) for unit in plan.units))


def test_a_text_at_fault_costs_its_editions_and_no_others(chain: Chain) -> None:
    store = store_of(chain)
    chain.fault({"b3 h0": "error"})
    plan_chain(chain, store)
    ended = make_shard(chain, store, "1/1")
    assert (ended.made, len(ended.failed), ended.exit_code) == (94, 2, 1)
    told: list[object] = []
    pulled = pull_chain(chain, store, told.append)
    failed = {event.path for event in told if isinstance(event, Failed)}
    assert failed == {"b3/en/a4-leaflet/h0.pdf", "b3/en/letter-leaflet/h0.pdf"}
    assert (pulled.made, pulled.exit_code) == (94, 1)


def test_a_plate_that_cannot_be_set_costs_its_units(chain: Chain) -> None:
    chain.fault({"plate h1": "error"})
    plan_chain(chain, store_of(chain))
    ended = make_shard(chain, store_of(chain), "1/1")
    assert (ended.made, ended.left, ended.exit_code) == (48, 0, 1)
    assert len(pull_chain(chain, store_of(chain)).failed) == 48


def test_a_plate_that_fails_later_costs_what_cannot_be_taken_over(chain: Chain) -> None:
    store = store_of(chain)
    plan_chain(chain, store)
    make_all(chain, store)
    chain.write("brands/b7", "another logo")
    chain.fault({"plate h1": "error"})
    plan_chain(chain, store)
    ended = make_shard(chain, store, "1/1")
    assert (ended.made, ended.unchanged, ended.left, len(ended.failed)) == (2, 92, 0, 2)


def test_what_took_too_long_is_tried_again(chain: Chain) -> None:
    store = store_of(chain)
    chain.fault({"b3 h0": "hang"})
    plan_chain(chain, store)
    assert make_shard(chain, store, "1/1", limit=0.3).exit_code == 1
    pulled = pull_chain(chain, store)
    assert (pulled.left > 0, pulled.exit_code) == (True, 1)
    assert "not made yet" in pulled.faults[0]
    chain.fault({})
    assert make_shard(chain, store, "1/1").exit_code == 0
    assert pull_chain(chain, store).exit_code == 0
    assert len(chain.files()) == 97


def test_other_bytes_of_the_same_inputs_stop_the_machine(chain: Chain) -> None:
    store = store_of(chain)
    plan = plan_chain(chain, store)
    store.put(receipt_name(plan.units[0].key), b"made by a machine with other fonts")
    with pytest.raises(OtherContentError, match="other bytes"):
        make_shard(chain, _Blind(store), "1/1")


def test_files_that_changed_since_the_plan_stop_the_machine(chain: Chain) -> None:
    plan_chain(chain, store_of(chain))
    chain.write("brands/b1", "changed since")
    with pytest.raises(OtherContentError, match="other inputs"):
        make_shard(chain, store_of(chain), "1/1")


def test_an_object_with_other_bytes_is_never_pulled(chain: Chain) -> None:
    store = store_of(chain)
    plan_chain(chain, store)
    make_all(chain, store)
    name = sorted(store.names("made"))[0]
    (chain.folder / "store" / name).write_bytes(b"%PDF-1.7 of someone else")
    with pytest.raises(OtherContentError, match=name):
        pull_chain(chain, store)


def test_an_object_that_was_removed_is_told(chain: Chain) -> None:
    store = store_of(chain)
    plan_chain(chain, store)
    make_all(chain, store)
    (chain.folder / "store" / sorted(store.names("made"))[0]).unlink()
    pulled = pull_chain(chain, store)
    assert "lacks made/" in pulled.faults[0]
    assert pulled.exit_code == 1


def test_a_receipt_that_is_none_is_told(chain: Chain) -> None:
    store = store_of(chain)
    plan = plan_chain(chain, store)
    make_all(chain, store)
    (chain.folder / "store" / receipt_name(plan.units[3].key)).write_bytes(b"[1]\n")
    assert "no receipt of ours" in pull_chain(chain, store).faults[0]


def test_a_plan_of_another_version_is_told(chain: Chain) -> None:
    store = store_of(chain)
    store.put("plans/000001", json.dumps({"plan": 99}).encode())
    with pytest.raises(HandoutError, match="plan again"):
        planned(store)


def test_a_store_that_fails_ends_the_shard_and_nothing_is_half(chain: Chain) -> None:
    store = _Failing(store_of(chain), puts=20)
    plan_chain(chain, store_of(chain))
    ended = make_shard(chain, store, "1/1")
    assert (ended.exit_code, ended.faults) == (1, ("The store is full.",))
    assert make_shard(chain, store_of(chain), "1/1").exit_code == 0
    assert pull_chain(chain, store_of(chain)).made == 96


class _Blind:
    """A store whose list of receipts is not there yet, as another machine's may be."""

    def __init__(self, store: ObjectStore) -> None:
        self._store, self.address = store, store.address
        self.put, self.get = store.put, store.get

    def names(self, folder: str) -> Iterator[str]:
        return iter(()) if folder == "receipts" else self._store.names(folder)


class _Failing:
    """A store that takes so many objects and no more."""

    def __init__(self, store: ObjectStore, puts: int) -> None:
        self._store, self.address, self._left = store, store.address, puts
        self.get, self.names = store.get, store.names

    def put(self, name: str, content: bytes) -> bool:
        self._left -= 1
        if self._left < 0:
            raise StoreFaultError("The store is full.")
        return self._store.put(name, content)
