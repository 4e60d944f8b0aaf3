"""Making a shard of a plan on this machine, and fetching what all of them made."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

from handoutpress.app.build import assemble_press, wanted_by
from handoutpress.app.build_settings import ProofExtent
from handoutpress.app.cluster.planning import made_by
from handoutpress.app.project import open_catalog
from handoutpress.batch.bundles import Choice
from handoutpress.batch.cluster.cluster_plan import ClusterPlan, planned
from handoutpress.batch.cluster.content_files import lay_out
from handoutpress.batch.cluster.plan_brands import brands_from_data
from handoutpress.batch.cluster.pulling import PullOptions, pull
from handoutpress.batch.cluster.receipts import made_units
from handoutpress.batch.cluster.shards import Shard, ShardRun, units_of
from handoutpress.batch.cluster.unit_maker import UnitMaker, editions_in
from handoutpress.batch.events import Ended, Reporter, silent
from handoutpress.batch.job_sheets import JobSheets
from handoutpress.batch.pool.serial import time_limit
from handoutpress.batch.pool.unit_runner import Limit
from handoutpress.content.edition_filter import choose
from handoutpress.content.own_files import check_trusted, trust_files
from handoutpress.content.project import Project, builtin_root
from handoutpress.store.objects.object_store import ObjectStore
from handoutpress.yamlfile.problems import HandoutError


def make_shard(
    store: ObjectStore, shard: Shard, *, limit: float = 120.0, trusted: bool = False, report: Reporter = silent
) -> Ended:
    """Make those units of a shard of the store's last plan that have no receipt yet.

    ``limit`` is seconds for one plate; ``trusted`` says that the plan's own templates and styles are. Raises
    ``HandoutError`` where there is no plan, or where it was made by another version of Handout Press.
    """
    plan = planned(store)
    check_version(plan)
    with TemporaryDirectory(prefix="handouts-") as folder:
        opening = partial(open_maker, store, plan, Path(folder), partial(time_limit, limit), trusted=trusted)
        return ShardRun(plan.outputs_of, report).run(units_of(plan, shard), made_units(store), opening)


def check_version(plan: ClusterPlan) -> None:
    """Raise ``HandoutError`` where this machine's program is not the one that made the plan."""
    if plan.made_by == made_by():
        return
    theirs, ours = plan.made_by.partition(" ")[0], made_by().partition(" ")[0]
    differs = f"{theirs}, here is {ours}" if theirs != ours else f"{theirs}, as here, but the code or a library differs"
    raise HandoutError(
        f"The plan was made by Handout Press {differs}. Hint: install the same on each machine, or plan again."
    )


def open_maker(store: ObjectStore, plan: ClusterPlan, folder: Path, limit: Limit, *, trusted: bool) -> UnitMaker:
    """Lay out the plan's files in a folder, and return what makes its units from them.

    Raises ``HandoutError`` for templates that are not ``trusted``, ``OtherContentError``, ``OSError``.
    """
    project = _lay_out(store, plan, folder, trusted=trusted)
    catalog = open_catalog(project, plan.selection, brands_from_data(plan.brands, project))
    press = assemble_press(catalog, plan.purpose, cast(ProofExtent, plan.proof))
    return UnitMaker(store, press, partial(editions_in, catalog, plan), limit, plan.purpose)


def _lay_out(store: ObjectStore, plan: ClusterPlan, folder: Path, *, trusted: bool) -> Project:
    """Write the plan's files into a folder, and return the project that they are."""
    lay_out(store, plan.files, folder)
    project = Project(folder.resolve(), builtin_root(), store.address)
    if trusted:
        trust_files(project)
    return project


def pull_outputs(
    store: ObjectStore,
    out: Path,
    *,
    brands: tuple[str, ...] = (),
    bundles: Choice | None = None,
    prune: bool = False,
    trusted: bool = False,
    report: Reporter = silent,
) -> Ended:
    """Fetch the outputs of the store's last plan into ``out``, of ``brands`` (names or globs) or of all.

    ``prune`` removes what the plan's project does not want any more. Job sheets are written with the plan's own
    templates, which must be ``trusted``. Raises ``HandoutError`` where there is no plan, or no such brand in it.
    """
    plan = planned(store)
    names = sorted({brand for brand_set in plan.brand_sets for brand in brand_set})
    options = PullOptions(frozenset(choose(brands, names, "brand of the plan")), bundles)
    if not prune and plan.purpose == "screen":
        return pull(store, plan, out, options, report)
    check_version(plan)
    with TemporaryDirectory(prefix="handouts-") as folder:
        project = _lay_out(store, plan, Path(folder), trusted=trusted)
        check_trusted(project)
        catalog = open_catalog(project)
        sheets = JobSheets(catalog, lambda: catalog)
        whole = replace(options, in_project=wanted_by(catalog) if prune else None, job_sheets=sheets)
        return pull(store, plan, out, whole, report)
