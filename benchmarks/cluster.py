"""Planning for many machines: two million editions become units, in a process of its own whose memory is looked at."""

from __future__ import annotations

import multiprocessing
import resource
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from benchmarks import cluster_rate
from benchmarks.synthetic import make_chain
from benchmarks.tables import Table
from handoutpress.app.build import assemble_press
from handoutpress.app.cluster.planning import PlanSettings, PrintableEditions
from handoutpress.app.project import open_catalog, open_project
from handoutpress.batch.cluster.cluster_plan import ClusterPlan, plan_to_bytes
from handoutpress.batch.cluster.plan_brands import brands_to_data
from handoutpress.batch.cluster.planning import UnitPlanner
from handoutpress.content.brand.brand import Brand
from handoutpress.content.catalog import Catalog
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.store.garbage_collector import collect_rarely

BRANDS, HANDOUTS = 10_000, 20


def _chain(folder: Path) -> Catalog:
    """A chain of so many brands: one is read, the others differ from it in name and telephone."""
    make_chain(folder, 1, HANDOUTS)
    catalog = open_catalog(open_project(folder))
    (first,) = catalog.brands.values()
    brands = {f"clinic-{number:05d}": _brand(first, number) for number in range(BRANDS)}
    return replace(catalog, brands=MappingProxyType(brands))


def _brand(first: Brand, number: int) -> Brand:
    contact = replace(first.contacts[0], phone=f"01632 9{number:05d}")
    return replace(first, slug=f"clinic-{number:05d}", name=f"Clinic {number:05d}", contacts=(contact,))


def _plan() -> tuple[str, ...]:
    collect_rarely()
    with TemporaryDirectory() as folder:
        catalog = _chain(Path(folder))
        started = time.process_time()
        planner = UnitPlanner(assemble_press(catalog, proof="plates"), html=False)
        for text in PrintableEditions(catalog, PlanSettings(), lambda _: None):
            planner.add(text)
        plan = ClusterPlan("", "plates", "screen", EditionFilter(), {}, planner.brand_sets, tuple(planner.units))
        plan = replace(plan, brands=brands_to_data(catalog.brands, catalog.project))
        content = plan_to_bytes(plan)
        seconds = time.process_time() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures = f"{plan.outputs:,}", f"{len(plan.units):,}", f"{seconds:.0f} s", f"{memory:.0f} MB"
    return (*figures, f"{len(content) / 1e6:.1f} MB")


def tables() -> list[Table]:
    """Measure the planning of two million editions, and a rebrand on a cluster."""
    with multiprocessing.get_context("spawn").Pool(1) as process:
        row = process.apply(_plan)
    columns = ("editions", "units", "processor time", "peak memory", "the plan as an object")
    remark = "The brands are in memory already; each reads its own name and telephone number, and all share a logo."
    title = f"A plan for many machines: {BRANDS:,} clinics × {HANDOUTS} handouts"
    return [Table(title, columns, [row], remark), *cluster_rate.tables()]
