"""``handouts build`` and ``handouts watch``."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from handoutpress.batch.job_sheets import JobSheets
from handoutpress.batch.log.build_log import read_log
from handoutpress.batch.log.journal import LOG
from handoutpress.batch.plan import BuildPlan, make_plan
from handoutpress.batch.press import Press, PressMaker, SharedPress
from handoutpress.batch.proving_press import ProofSettings, ProvingPress
from handoutpress.batch.reasons import RemakeOptions, judge
from handoutpress.batch.releases.release_folder import FOLDER as RELEASES
from handoutpress.batch.run import STATE, RunOptions, run
from handoutpress.batch.watch import saves
from handoutpress.cli.console import complain, say
from handoutpress.cli.opening import cache_of, open_catalog, open_press, open_project, open_proving, press_for
from handoutpress.cli.orders import (
    OUT,
    Bundle,
    Order,
    Proved,
    PurposeOption,
    check_languages,
    editions_of,
    standing_in,
    wants_html,
)
from handoutpress.cli.progress import reporter
from handoutpress.content.catalog import Catalog
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.press.printshop.press import Purpose
from handoutpress.yamlfile.problems import HandoutError

MADE = (OUT, RELEASES)

Names = Annotated[list[str] | None, typer.Argument(metavar="[HANDOUT]...", help="Slugs or globs; none means all.")]
Brands = Annotated[list[str] | None, typer.Option("--brand", help="A brand's name or a glob; may be repeated.")]
Languages = Annotated[list[str] | None, typer.Option("--language", help="A language code; may be repeated.")]
Formats = Annotated[list[str] | None, typer.Option("--format", help="A format's name or a glob; may be repeated.")]
Out = Annotated[Path | None, typer.Option(help="The folder for what is made; else out/ in the project.")]
Folder = Annotated[Path | None, typer.Option("--project", help="The project's folder; else the one we stand in.")]
Bilingual = Annotated[str, typer.Option(help="Set this language beside each of the others, in two columns.")]
Html = Annotated[bool | None, typer.Option(help="Make HTML files too; else for one brand only.")]


def build(
    handouts: Names = None,
    brand: Brands = None,
    language: Languages = None,
    format: Formats = None,  # noqa: A002
    out: Out = None,
    project: Folder = None,
    html: Html = None,
    trial: Annotated[int, typer.Option(help="Only so many brands: the widest, longest and emptiest.")] = 0,
    jobs: Annotated[int, typer.Option(help="Processes at most; 0 means one a core.")] = 0,
    limit: Annotated[float, typer.Option(help="Seconds that one plate may take.")] = 120.0,
    strict: Annotated[bool, typer.Option("--strict", help="Mistakes stop everything, warnings their handout.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Make what is unchanged, too.")] = False,
    verify: Annotated[
        bool, typer.Option("--verify", help="Read outputs again instead of trusting their dates.")
    ] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Say why each output is made.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be made, and make nothing.")] = False,
    prune: Annotated[bool, typer.Option("--prune", help="Remove outputs of what is gone from the project.")] = False,
    fail_fast: Annotated[bool, typer.Option("--fail-fast", help="Stop at the first edition that fails.")] = False,
    bundle: Annotated[Bundle | None, typer.Option(help="Write one zip a brand, of all or of what changed.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print each event as a line of JSON.")] = False,
    purpose: Annotated[
        PurposeOption, typer.Option("--for", help="Pages for a screen, or sheets with marks and inks for a print shop.")
    ] = PurposeOption.screen,
    proof: Annotated[Proved, typer.Option(help="Prove all PDFs, or each plate and brand once.")] = Proved.plates,
    bilingual: Bilingual = "",
    mono: Annotated[bool, typer.Option("--mono", help="Sheets for a print shop in black alone.")] = False,
) -> None:
    """Print handouts: PDFs and, for a single brand, HTML files.

    Examples:

      handouts build                                  everything

      handouts build acupuncture --brand river        one handout for one clinic

      handouts build --brand "north-*" --trial 3      three telling brands of a chain first

      handouts build --format a4-trifold --for print  sheets for a print shop

      handouts build --language es --bilingual en     Spanish with English beside it
    """
    wanted = EditionFilter(*(tuple(names or ()) for names in (handouts, brand, language, format)))
    options = RunOptions(
        RemakeOptions(force=force, verify=verify), jobs, limit, fail_fast, bundle=bundle.value if bundle else None
    )
    way: Purpose = "mono" if mono else ("print" if purpose is PurposeOption.print else "screen")
    asked = (html, trial, strict, dry_run, explain, prune, json, way, options, proof, bilingual)
    order = Order(open_project(project), wanted, out, *asked)
    raise typer.Exit(carry_out(order))


def build_all() -> int:
    """Build everything of the project that we stand in."""
    return carry_out(Order(open_project(None), html=True))


def carry_out(order: Order) -> int:
    """Build what the order says; returns the exit code."""
    check_languages(order)
    catalog = open_catalog(order.project, order.loaded)
    for problem in catalog.problems:
        complain(str(problem))
    if catalog.problems and order.strict:
        return 1
    press = press_for(catalog, order.way)
    editions, refused = editions_of(order, catalog)
    for sentence in refused:
        complain(sentence)
    faults = bool(catalog.problems or refused)
    plan = make_plan(editions, press, html=wants_html(order, editions), way="" if order.way == "screen" else order.way)
    if order.dry_run:
        _preview(order, plan)
        return int(faults)
    job_sheets = JobSheets(catalog, partial(open_catalog, order.project))
    standing = standing_in(order.project) if order.prune else None
    options = replace(order.options, standing=standing, job_sheets=job_sheets)
    tell = reporter(json=order.json, explain=order.explain)
    return run(plan, order.out_folder, _maker(order, catalog, press), options, tell).exit_code or int(faults)


def _maker(order: Order, catalog: Catalog, press: Press) -> PressMaker:
    """The press for a run, and how a worker makes its own."""
    if order.proved is Proved.none:
        return SharedPress(partial(open_press, order.project, order.loaded, order.way), press)
    rules = ProofSettings("all" if order.proved is Proved.all else "plates", "" if order.way == "screen" else order.way)
    proving = ProvingPress(press, catalog, cache_of(catalog.project), rules)
    return SharedPress(partial(open_proving, order.project, order.loaded, rules), proving)


def _preview(order: Order, plan: BuildPlan) -> None:
    """Say what would be made, and with ``--explain`` what would not."""
    log = read_log(order.out_folder / STATE / LOG)
    for verdict in judge(plan, log, order.out_folder, order.options.asked):
        if verdict.stale or order.explain:
            say(f"{verdict.output.path}: {verdict.sentence}")


def watch(
    handouts: Names = None,
    brand: Brands = None,
    language: Languages = None,
    format: Formats = None,  # noqa: A002
    out: Out = None,
    project: Folder = None,
    bilingual: Bilingual = "",
) -> None:
    """Build, then build again whatever a saved file touches, until Ctrl-C."""
    wanted = EditionFilter(*(tuple(names or ()) for names in (handouts, brand, language, format)))
    order = Order(open_project(project), wanted, out, options=RunOptions(jobs=1), bilingual=bilingual)
    carry_out(order)
    root = order.project.root
    folders = [path for path in root.iterdir() if path.is_dir() and path.name[0] != "." and path.name not in MADE]
    for saved in saves([*folders, root / "references.yaml"], order.out_folder.resolve()):
        say(f"Saved: {', '.join(order.project.show(path) for path in saved)}")
        try:
            carry_out(order)
        except HandoutError as error:
            complain(str(error))


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(build)
    app.command()(watch)
