"""``handouts build`` and ``handouts watch``."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from json import dumps
from pathlib import Path
from typing import Annotated, Any

import typer

from handoutpress.app.build import build as build_handouts
from handoutpress.app.build import saved_files
from handoutpress.app.build_settings import (
    BuildReporter,
    BuildResult,
    BuildSettings,
    LayoutExplained,
    Refused,
    Remarked,
)
from handoutpress.app.site.clinics import NoSiteError
from handoutpress.app.site.making import make_site
from handoutpress.batch.events import Event
from handoutpress.cli.cluster.elsewhere import On, Plan, ShardOption, Store, make_elsewhere
from handoutpress.cli.console import complain, say
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
    purpose_of,
    selected,
)
from handoutpress.cli.progress import reporter, tell_made
from handoutpress.store.garbage_collector import collect
from handoutpress.yamlfile.problems import HandoutError

SETTLED = (
    "html",
    "bilingual",
    "trial",
    "strict",
    "force",
    "verify",
    "dry_run",
    "fail_fast",
    "prune",
    "explain",
    "explain_layout",
    "jobs",
    "limit",
)
"""Options of a build that are settings of the same name."""
Out = Annotated[Path | None, typer.Option(help="The folder for what is made; else out/ in the project.")]
Verify = Annotated[bool, typer.Option("--verify", help="Read outputs again instead of trusting their dates.")]

Explain = Annotated[bool, typer.Option("--explain", help="Say why each output is made, and what makes more plates.")]
ExplainLayout = Annotated[
    bool, typer.Option("--explain-layout", help="Say how pages are set: type, pages, short texts, references.")
]
Bundle = Annotated[BundleOption | None, typer.Option(help="Write one zip a brand, of all or of what changed.")]


def build(
    context: typer.Context,
    handouts: Handouts = None,
    brand: Brands = None,
    language: Languages = None,
    format: Formats = None,  # noqa: A002
    out: Out = None,
    project: Folder = None,
    html: Html = None,
    trial: Annotated[int, typer.Option(min=0, help="Only so many brands: the widest, longest and emptiest.")] = 0,
    jobs: Annotated[int, typer.Option(min=0, help="Processes at most; 0 means one a core.")] = 0,
    limit: Annotated[float, typer.Option(min=1, help="Seconds that one plate may take.")] = 120.0,
    strict: Strict = False,
    force: Annotated[bool, typer.Option("--force", help="Make what is unchanged, too.")] = False,
    verify: Verify = False,
    explain: Explain = False,
    explain_layout: ExplainLayout = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be made, and make nothing.")] = False,
    prune: Annotated[bool, typer.Option("--prune", help="Remove outputs of what is gone from the project.")] = False,
    fail_fast: Annotated[bool, typer.Option("--fail-fast", help="Stop at the first edition that fails.")] = False,
    bundle: Bundle = None,
    json: Annotated[bool, typer.Option("--json", help="Print each event as a line of JSON.")] = False,
    purpose: For = PurposeOption.screen,
    proof: Proof = ProofOption.plates,
    bilingual: Bilingual = "",
    mono: Mono = False,
    trust: Trust = False,
    plan: Plan = "",
    shard: ShardOption = "",
    on: On = "",
    store: Store = "",
) -> None:
    """Print handouts: PDFs and, for a single brand, HTML files.

    Examples:

      handouts build                                  everything

      handouts build acupuncture --brand my-clinic    one handout for one clinic

      handouts build --brand "my-*" --trial 3         three telling brands of a chain first

      handouts build --format a4-leaflet --for print  sheets for a print shop

      handouts build --language es --bilingual en     Spanish with English beside it
    """
    if plan or shard or on or store:
        raise typer.Exit(make_elsewhere(context))
    opened = open_trusted(project, trusted=trust)
    selection, tell = selected(handouts, brand, language, format), _reporter(json=json, explain=explain)
    settings = _settings(context.params)
    result = build_handouts(opened, selection=selection, out=out, settings=settings, reporter=tell)
    _say_verdicts(result, every=explain)
    raise typer.Exit(result.exit_code)


def _settings(options: Mapping[str, Any]) -> BuildSettings:
    """Return what the options of ``build`` settle, by their names. Raises ``HandoutError`` where two contradict."""
    as_they_are = {name: options[name] for name in SETTLED}
    bundle = options["bundle"].value if options["bundle"] else None
    return BuildSettings(purpose=purpose_of(options), proof=options["proof"].value, bundle=bundle, **as_they_are)


def _say_verdicts(result: BuildResult, *, every: bool) -> None:
    """Say why outputs would be made, and of ``every`` other one why not."""
    for verdict in result.verdicts:
        if verdict.stale or every:
            say(f"{verdict.output.path}: {verdict.sentence}")


def build_all() -> int:
    """Build everything of the project that we stand in, and its site where it has one; returns the exit code."""
    project = open_trusted()
    code = build_handouts(project, settings=BuildSettings(html=True), reporter=_reporter()).exit_code
    if not code:
        with suppress(NoSiteError):
            code = tell_made(project, make_site(project))
    return code


def watch(
    handouts: Handouts = None,
    brand: Brands = None,
    language: Languages = None,
    format: Formats = None,  # noqa: A002
    out: Out = None,
    project: Folder = None,
    bilingual: Bilingual = "",
    trust: Trust = False,
) -> None:
    """Build, then build again whatever a saved file touches, until Ctrl-C."""
    opened = open_trusted(project, trusted=trust)
    selection = selected(handouts, brand, language, format)
    settings = BuildSettings(jobs=1, bilingual=bilingual)
    build_handouts(opened, selection=selection, out=out, settings=settings, reporter=_reporter())
    for saved in saved_files(opened, out):
        say(f"Saved: {', '.join(opened.show(path) for path in saved)}")
        try:
            opened = open_trusted(project, trusted=trust)
            build_handouts(opened, selection=selection, out=out, settings=settings, reporter=_reporter())
        except HandoutError as error:
            complain(str(error))
        collect()  # else each save leaves some megabytes until the next search, which comes rarely


def _reporter(*, json: bool = False, explain: bool = False) -> BuildReporter:
    """Return what says the events of one build."""
    say_event = reporter(json=json, explain=explain)

    def tell(event: Event | Refused | Remarked | LayoutExplained) -> None:
        if isinstance(event, LayoutExplained):
            told = {"event": "layoutexplained", **asdict(event)}
            say(dumps(told, ensure_ascii=False) if json else f"{event.edition}: {event.sentence}")
        elif isinstance(event, Refused | Remarked):
            complain(event.sentence)
        else:
            say_event(event)

    return tell


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(build)
    app.command()(watch)
