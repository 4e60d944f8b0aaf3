"""``handouts references``: the library against the world."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from handoutpress.app.project import open_project, today
from handoutpress.app.references import Registries, add_references, find_works, note_day, verify_references
from handoutpress.cli.console import complain, say
from handoutpress.cli.options import Folder
from handoutpress.content.models.references import Reference
from handoutpress.editorial.registries.lookup import CROSSREF, PUBMED
from handoutpress.editorial.registries.verifying import ReferenceVerdict
from handoutpress.yamlfile.counts import counted

commands = typer.Typer(help="Look references up at Crossref and PubMed.", no_args_is_help=True)

Mail = Annotated[
    str, typer.Option("--mailto", envvar="HANDOUTS_MAILTO", help="Your mail address, which the registries ask for.")
]
Crossref = Annotated[str, typer.Option("--crossref", envvar="HANDOUTS_CROSSREF", help="Where Crossref answers.")]
Pubmed = Annotated[str, typer.Option("--pubmed", envvar="HANDOUTS_PUBMED", help="Where PubMed answers.")]


@commands.command("verify")
def verify_all(
    keys: Annotated[list[str] | None, typer.Argument(help="Keys or patterns; else the whole library.")] = None,
    project: Folder = None,
    file: Annotated[Path | None, typer.Option("--file", help="Another list, such as that of a draft.")] = None,
    mailto: Mail = "",
    crossref: Crossref = CROSSREF,
    pubmed: Pubmed = PUBMED,
    fresh: Annotated[bool, typer.Option("--fresh", help="Ask again what the cache knows.")] = False,
    note: Annotated[
        bool, typer.Option("--note", help="Write today into the entries that are as the library says; sites print it.")
    ] = False,
) -> None:
    """Compare each entry with what the registries have. Nothing in the library is changed but what --note writes."""
    if note and file:
        raise typer.BadParameter("--note is for the library, and --file for another list.")
    opened = open_project(project)
    registries = Registries(mailto, crossref, pubmed, fresh)
    doubtful, right = 0, list[str]()
    for reference, verdict in verify_references(opened, registries, keys=keys or (), file=file):
        _say_verdict(reference, verdict)
        doubtful += verdict.outcome not in ("confirmed", "corrected") and reference.citable
        doubtful += verdict.outcome == "no-answer"
        right += [reference.id] if reference.citable and verdict.outcome == reference.custom.status else []
    if note and (path := note_day(opened, right, today())):
        say(f"{opened.show(path)}: {counted(len(right), 'entry', 'entries')} looked up today.")
    raise typer.Exit(1 if doubtful else 0)


def _say_verdict(reference: Reference, verdict: ReferenceVerdict) -> None:
    library = f" (the library says {reference.custom.status})" if reference.custom.status != verdict.outcome else ""
    say(f"{verdict.key}: {verdict.outcome}{library}. {verdict.remark}".rstrip())
    for difference in verdict.differences:
        say(f"    {difference}")
    if verdict.work and verdict.outcome in ("misquoted", "retracted"):
        say(f"    found: {verdict.work}")


@commands.command("find")
def find_one(
    cited_as: Annotated[str, typer.Argument(help="The reference as it is cited, in quotes.")],
    project: Folder = None,
    mailto: Mail = "",
    crossref: Crossref = CROSSREF,
) -> None:
    """Propose papers for a reference as cited, with how like they are. Nothing is swapped."""
    candidates = find_works(open_project(project), Registries(mailto, crossref), cited_as)
    for candidate in candidates:
        retracted = " RETRACTED" if candidate.work.retracted else ""
        say(f"{candidate.score:.2f}{retracted} {candidate.work}")
    if not candidates:
        complain("No paper is like it.")
    raise typer.Exit(0 if candidates else 1)


@commands.command("add")
def add_some(
    sources: Annotated[list[str], typer.Argument(help="DOIs, PMIDs, or files: .bib, .ris, .json, .yaml.")],
    project: Folder = None,
    mailto: Mail = "",
    crossref: Crossref = CROSSREF,
    pubmed: Pubmed = PUBMED,
) -> None:
    """Add papers to references.yaml; what is there stays as it is."""
    added = add_references(open_project(project), Registries(mailto, crossref, pubmed), sources)
    for reference in added.references:
        there = "is there already" if reference.already else f"added, {reference.status}"
        named = f" (the file says {reference.key_there})" if reference.key_there else ""
        say(f"{reference.key}: {there}{named}. {reference.title}")
    for path in added.rewritten:
        say(f"The new keys are written into {path.as_posix()}.")
    unverified = any(reference.status == "not-verified" and not reference.already for reference in added.references)
    if unverified:
        say("Next: handouts references verify. Only what is confirmed or corrected may be cited.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(commands, name="references")
