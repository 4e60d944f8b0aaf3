"""What ``handouts build`` does for many machines: a shard of a plan, or a plan and all of it on a Dask cluster."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Annotated, Any

import typer

from handoutpress.app.build_settings import Refused
from handoutpress.app.cluster.making import make_shard
from handoutpress.app.cluster.on_dask import make_on_dask
from handoutpress.app.cluster.planning import PlanSettings, plan_to
from handoutpress.batch.cluster.shards import parse_shard
from handoutpress.cli.console import complain
from handoutpress.cli.options import open_trusted, purpose_of, selected
from handoutpress.cli.progress import reporter
from handoutpress.store.objects.opening import open_store
from handoutpress.yamlfile.problems import HandoutError

Plan = Annotated[str, typer.Option("--plan", metavar="STORE", help="Make a shard of the last plan in a store.")]
ShardOption = Annotated[str, typer.Option("--shard", help="Which part of the plan, as 2/8: the second of eight.")]
On = Annotated[str, typer.Option("--on", help="Make it on a Dask cluster: its scheduler, as dask://host:8786.")]
Store = Annotated[str, typer.Option("--store", help="The store of such a build, which each of its machines reaches.")]

SELECTING = ("handouts", "brand", "language", "format")
"""Options that say what is made."""
OF_PLANS = frozenset({"trust", "project", "strict", "proof", "html", "bilingual", "purpose", "mono", *SELECTING})
OF_SHARDS = frozenset({"plan", "shard", "limit", "json", "trust"})
OF_CLUSTERS = OF_PLANS | {"on", "store", "limit", "json"}
"""Options of a build that have a meaning there."""


def make_elsewhere(context: typer.Context) -> int:
    """Make a shard, or all on a cluster, and return the exit code.

    Raises ``HandoutError`` for options that are missing, or have no meaning there.
    """
    given = {name for name in context.params if _is_given(context, name)}
    if given & {"plan", "shard"}:
        _check_needed(given, ("plan", "shard"), "handouts build --plan STORE --shard 1/8")
        _check_meant(context, given - OF_SHARDS, "--plan")
        return _make_shard(context)
    _check_needed(given, ("on", "store"), "handouts build --on dask://host:8786 --store STORE")
    _check_meant(context, given - OF_CLUSTERS, "--on")
    return _make_on_cluster(context)


def complain_of(event: Refused) -> None:
    """Say what keeps editions from being printed."""
    complain(event.sentence)


def _make_shard(context: typer.Context) -> int:
    options = context.params
    return make_shard(
        open_store(options["plan"]),
        parse_shard(options["shard"]),
        limit=options["limit"],
        trusted=options["trust"],
        report=reporter(json=options["json"], explain=False),
    ).exit_code


def _make_on_cluster(context: typer.Context) -> int:
    options = context.params
    project, store = open_trusted(options["project"], trusted=options["trust"]), open_store(options["store"])
    selection = selected(*(options[name] for name in SELECTING))
    planned = plan_to(store, project, selection, plan_settings(options), complain_of)
    if not planned.name:
        return 1
    report = reporter(json=options["json"], explain=False)
    ended = make_on_dask(store, options["on"], limit=options["limit"], report=report)
    return ended.exit_code or int(bool(planned.refused))


def plan_settings(options: Mapping[str, Any]) -> PlanSettings:
    """Return what the options of a plan settle, by their names. Raises ``HandoutError`` where two contradict."""
    return PlanSettings(
        purpose=purpose_of(options),
        bilingual=options["bilingual"],
        proof=options["proof"].value,
        html=options["html"],
        strict=options["strict"],
    )


def _check_needed(given: Collection[str], needed: Collection[str], example: str) -> None:
    if missing := [f"--{name}" for name in needed if name not in given]:
        raise HandoutError(f"{missing[0]} is missing. Hint: {example}")


def _check_meant(context: typer.Context, others: Collection[str], beside: str) -> None:
    """Raise ``HandoutError`` for options, by the names of their values, that have no meaning beside another."""
    typed = {parameter.name: parameter.opts[0] for parameter in context.command.params}
    # The names of handouts are typed without an option.
    if named := [typed[name] if typed[name].startswith("-") else f"names of {name}" for name in sorted(others)]:
        have, them = ("has", "it") if len(named) == 1 else ("have", "them")
        raise HandoutError(f"With {beside}, {' and '.join(named)} {have} no meaning. Hint: leave {them} out.")


def _is_given(context: typer.Context, name: str) -> bool:
    source = context.get_parameter_source(name)
    return source is not None and source.name != "DEFAULT"
