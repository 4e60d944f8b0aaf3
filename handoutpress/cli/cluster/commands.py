"""``handouts plan`` and ``handouts pull``; between them, ``handouts build --plan`` makes one shard."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from handoutpress.app.cluster.making import pull_outputs
from handoutpress.app.cluster.planning import plan_to
from handoutpress.cli.cluster.elsewhere import complain_of, plan_settings
from handoutpress.cli.console import say
from handoutpress.cli.options import (
    Bilingual,
    Brands,
    BundleOption,
    Folder,
    For,
    Formats,
    Handouts,
    Html,
    Languages,
    Mono,
    Proof,
    ProofOption,
    PurposeOption,
    Strict,
    Trust,
    open_trusted,
    selected,
)
from handoutpress.cli.progress import reporter
from handoutpress.store.objects.opening import open_store
from handoutpress.yamlfile.counts import counted


def plan(
    context: typer.Context,
    to: Annotated[
        str,
        typer.Option(
            "--to", metavar="STORE", help="The store, which every machine reaches: a folder, s3://, gs:// or az://."
        ),
    ],
    handouts: Handouts = None,
    brand: Brands = None,
    language: Languages = None,
    format: Formats = None,  # noqa: A002
    project: Folder = None,
    html: Html = None,
    strict: Strict = False,
    purpose: For = PurposeOption.screen,
    mono: Mono = False,
    bilingual: Bilingual = "",
    proof: Proof = ProofOption.plates,
    trust: Trust = False,
) -> None:
    """Plan a build on many machines: put its files and its units into a store.

    Examples:

      handouts plan --to /mnt/press                        everything, for any number of machines

      handouts build --plan /mnt/press --shard 1/8         on the first of eight

      handouts pull /mnt/press out                         all that they made
    """
    opened = open_trusted(project, trusted=trust)
    selection = selected(handouts, brand, language, format)
    result = plan_to(open_store(to), opened, selection, plan_settings(context.params), complain_of)
    if result.name:
        outputs, units = counted(result.outputs, "output"), counted(result.units, "unit")
        say(f"{outputs} in {units}, {result.made:,} of them made already: the plan is {to}/{result.name}.")
    raise typer.Exit(int(bool(result.refused)))


def pull(
    store: Annotated[str, typer.Argument(metavar="STORE", help="The store that a plan was put into.")],
    out: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder for what was made, such as out.")],
    brand: Brands = None,
    bundle: Annotated[
        BundleOption | None, typer.Option(help="Write one zip a brand, of all or of what was fetched.")
    ] = None,
    prune: Annotated[bool, typer.Option("--prune", help="Remove outputs of what is gone from the project.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print each event as a line of JSON.")] = False,
    trust: Trust = False,
) -> None:
    """Fetch what many machines made, of some brands or of all, with the manifest of a build on one."""
    ended = pull_outputs(
        open_store(store),
        out,
        brands=tuple(brand or ()),
        bundles=bundle.value if bundle else None,
        prune=prune,
        trusted=trust,
        report=reporter(json=json, explain=False),
    )
    raise typer.Exit(ended.exit_code)


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(plan)
    app.command()(pull)
