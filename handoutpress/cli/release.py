"""``handouts release``, ``handouts rollback`` and ``handouts approve``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from handoutpress.app import release as releasing
from handoutpress.app.project import open_project, today
from handoutpress.app.release import HeldByAnother, ProofProgress, ReleaseReporter
from handoutpress.batch.events import Event
from handoutpress.batch.releases.release import Release
from handoutpress.batch.releases.release_folder import ReleaseFolder
from handoutpress.cli.console import complain, note, note_holder, say
from handoutpress.cli.options import Brands, Built, Folder, Formats, Trust, open_trusted
from handoutpress.cli.progress import reporter
from handoutpress.content.edition_filter import EditionFilter

NAMED = 5
"""Approved brands that a line of the list names before it counts the rest."""


def release(
    name: Annotated[str | None, typer.Argument(help="What to call it; else the day, such as 2027-03-01.")] = None,
    brand: Brands = None,
    format: Formats = None,  # noqa: A002
    project: Folder = None,
    out: Built = None,
    jobs: Annotated[int, typer.Option(min=0, help="Processes at most; 0 means one a core.")] = 0,
    list_: Annotated[bool, typer.Option("--list", help="Show the kept releases, and make none.")] = False,
    trust: Trust = False,
) -> None:
    """Check strictly, build and prove everything, and keep it as a release that patients may be given.

    Examples:

      handouts release spring-2027                        check, build, prove and keep

      handouts release spring-2027 --format "a4-*"        these formats alone

      handouts release --list                             what was released, and which is the current one
    """
    opened = open_project(project)
    if list_:
        _list(releasing.release_folder(opened))
        return
    opened = open_trusted(project, trusted=trust)
    selection = EditionFilter(brands=tuple(brand or ()), formats=tuple(format or ()))
    result = releasing.release(opened, name=name or "", selection=selection, out=out, jobs=jobs, reporter=_reporter())
    if result.reasons:
        _complain(result.reasons, "Nothing was released")
        raise typer.Exit(1)
    if result.ended and result.ended.exit_code:
        raise typer.Exit(result.ended.exit_code)
    say(f"Released {result.name}: {result.files} files in {opened.show(result.folder)}.")
    if result.left_out:
        note(f"It has no sheet of these brands, of which the release before had some: {', '.join(result.left_out)}.")


def _reporter() -> ReleaseReporter:
    """Return what says the events of a release."""
    say_event = reporter(json=False, explain=False)

    def tell(event: Event | HeldByAnother | ProofProgress) -> None:
        if isinstance(event, HeldByAnother):
            note_holder(event)
        elif isinstance(event, ProofProgress):
            proved = f"Proved {event.done} of {event.pdfs} PDFs."
            note(proved if event.done else f"Proving {event.pdfs} PDFs, but for those found right before.")
        else:
            say_event(event)

    return tell


def _complain(reasons: Sequence[str], outcome: str) -> None:
    """Print each reason, and what they mean together."""
    for sentence in reasons:
        complain(sentence)
    complain(f"{outcome}, for {len(reasons)} reason{'s' * (len(reasons) > 1)}.")


def _list(releases: ReleaseFolder) -> None:
    if not releases.releases:
        say("Nothing was released yet.")
    for release in releases.releases:
        pdfs = sum(file.is_edition for file in release.files)
        now = f"; the current one since {releases.since()}" if release is releases.current else ""
        say(f"{release.name}: {release.day}, {pdfs} PDFs, {len(release.facts.clinics)} brands{now}")
        if release is releases.current and (overdue := release.overdue(today())):
            say(f"  past their review: {', '.join(f'{text} since {due}' for text, due in overdue.items())}")
        for by, brands in _approvals(release).items():
            shown = ", ".join(brands[:NAMED]) + (f" and {len(brands) - NAMED} more" if len(brands) > NAMED else "")
            say(f"  approved by {by}: {shown}")


def _approvals(release: Release) -> dict[str, list[str]]:
    """Return the brands that each person approved."""
    brands: dict[str, list[str]] = {}
    for approval in release.facts.approvals:
        brands.setdefault(approval.by, []).append(approval.brand)
    return brands


def rollback(
    name: Annotated[str, typer.Argument(help="A kept release: see handouts release --list.")],
    project: Folder = None,
) -> None:
    """Make a kept release the current one again."""
    result = releasing.rollback(open_project(project), name, reporter=note_holder)
    if result.was_current:
        say(f"{name} is the current release already.")
    elif result.reasons:
        _complain(result.reasons, "The current release stays")
        raise typer.Exit(1)
    else:
        say(f"{name} of {result.release.day} is the current release now.")
    for text, due in result.overdue.items():
        complain(f"{text}: The review was due on {due}. Have it reviewed before it is given out again.")


def approve(
    brands: Annotated[list[str], typer.Argument(help="The brands whose PDFs were looked at: names or patterns.")],
    by: Annotated[str, typer.Option("--by", help="Who looked at them.")],
    project: Folder = None,
    out: Built = None,
) -> None:
    """Note that someone approves brands' PDFs as they were built; holds until one of them changes.

    Examples:

      handouts approve my-clinic --by "M. Owner"   one brand

      handouts approve "my-*" --by "M. Owner"      all whose names begin so
    """
    approved = releasing.approve(open_project(project), brands, by=by, out=out, reporter=note_holder)
    for brand, number in approved.items():
        say(f"{by.strip()} approves {number} PDFs of {brand}. If one of them changes, approve anew.")


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(release)
    app.command()(rollback)
    app.command()(approve)
