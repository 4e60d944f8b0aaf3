"""A chain with the counting press, planned into a store and made in shards.

``python -m cluster_support.fakeshards FOLDER SHARD HANDOUTS BRANDS`` makes a shard in a process to be killed.
"""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path
from typing import cast

from fakepress import Chain, FakeEdition

from handoutpress.batch.cluster.cluster_plan import (
    ClusterPlan,
    ClusterUnit,
    last_plan_name,
    planned,
    put_plan,
    read_plan,
)
from handoutpress.batch.cluster.dask_driver import UnitResult, unit_result
from handoutpress.batch.cluster.planning import UnitPlanner
from handoutpress.batch.cluster.pulling import PullOptions, pull
from handoutpress.batch.cluster.receipts import made_units
from handoutpress.batch.cluster.shards import ShardRun, parse_shard, units_of
from handoutpress.batch.cluster.unit_maker import UnitMaker
from handoutpress.batch.events import Ended, Reporter, silent
from handoutpress.batch.pool.serial import time_limit
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.editions import Edition
from handoutpress.store.objects.folder_store import FolderStore
from handoutpress.store.objects.object_store import ObjectStore

BRANDS = 6
"""Brands in a unit at least: these chains are small."""


def store_of(chain: Chain) -> FolderStore:
    """The folder that a chain's machines share."""
    return FolderStore(chain.folder / "store")


def plan_chain(chain: Chain, store: ObjectStore, *, html: bool = False) -> ClusterPlan:
    """Plan a chain as the command does, and put the plan."""
    before = last_plan_name(store)
    last = read_plan(store, before) if before else None
    planner = UnitPlanner(chain.maker(), html, "screen", last, made_units(store), BRANDS)
    for _, editions in groupby(chain.editions(), lambda edition: edition.handout_slug):
        planner.add(editions)
    plan = ClusterPlan("1.0 test", "none", "screen", EditionFilter(), {}, planner.brand_sets, tuple(planner.units))
    put_plan(store, plan)
    return plan


def make_shard(chain: Chain, store: ObjectStore, shard: str, report: Reporter = silent, limit: float = 60.0) -> Ended:
    """Make a shard of the store's last plan."""
    plan = planned(store)
    units = units_of(plan, parse_shard(shard))
    return ShardRun(plan.outputs_of, report).run(units, made_units(store), lambda: _maker(chain, store, plan, limit))


def fake_unit(chain: Chain, number: int) -> UnitResult:
    """Make a unit of the chain's plan, as a worker of a Dask cluster does."""
    store = store_of(chain)
    plan = planned(store)
    run, unit = ShardRun(plan.outputs_of, silent), plan.units[number]
    return unit_result(store, unit, lambda: run.run([unit], (), lambda: _maker(chain, store, plan, 60.0)))


def _maker(chain: Chain, store: ObjectStore, plan: ClusterPlan, limit: float) -> UnitMaker:
    def editions_of(unit: ClusterUnit) -> list[Edition]:
        names = plan.brand_sets[unit.brands]
        return [cast(Edition, FakeEdition(unit.handout, unit.language, unit.format, brand)) for brand in names]

    return UnitMaker(store, chain.maker(), editions_of, lambda: time_limit(limit), "screen")


def pull_chain(chain: Chain, store: ObjectStore, report: Reporter = silent) -> Ended:
    """Fetch all that was made into the chain's output folder."""
    plan = planned(store)
    options = PullOptions(frozenset(brand for names in plan.brand_sets for brand in names))
    return pull(store, plan, chain.out, options, report)


def main(folder: str, shard: str, handouts: str, brands: str) -> int:
    chain = Chain(Path(folder), int(handouts), int(brands))
    return make_shard(chain, store_of(chain), shard).exit_code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
