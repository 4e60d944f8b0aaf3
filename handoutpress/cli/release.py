"""``handouts release``, ``handouts rollback`` and ``handouts approve``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from handoutpress.app import release as releasing
from handoutpress.app.project import names_in, open_project, today
from handoutpress.app.release import HeldByAnother, ProofProgress, ReleaseReporter, ReleaseResult
from handoutpress.batch.events import Event
from handoutpress.batch.releases.falling_away import FallingAway
from handoutpress.batch.releases.release import Release
from handoutpress.batch.releases.release_folder import ReleaseFolder
from handoutpress.cli.console import complain, note, note_holder, say
from handoutpress.cli.options import Brands, Built, Folder, Formats, Trust, names_of, open_trusted
from handoutpress.cli.progress import reporter
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.project import Project
from handoutpress.yamlfile.counts import counted

NAMED = 5
"""Names that a line has before it counts the rest."""
_OTHERS_HINT = (
    "handouts that you do not give need not be ready: release yours alone with --handout NAME, or take the others "
    "out of handouts/."
)
_TRY_HINT = (
    "handouts release --try builds and proves all the same, tells all that there is to tell, and releases nothing."
)
_TRIED = "It was only tried: nothing was released."
OfHandouts = Annotated[
    list[str] | None,
    typer.Option("--handout", help="A handout's slug or a glob; may be repeated.", autocompletion=names_of("handouts")),
]


def release(
    name: Annotated[str | None, typer.Argument(help="What to call it; else the day, such as 2027-03-01.")] = None,
    handout: OfHandouts = None,
    brand: Brands = None,
    format: Formats = None,  # noqa: A002
    project: Folder = None,
    out: Built = None,
    jobs: Annotated[int, typer.Option(min=0, help="Processes at most; 0 means one a core.")] = 0,
    list_: Annotated[bool, typer.Option("--list", help="Show the kept releases, and make none.")] = False,
    try_: Annotated[
        bool, typer.Option("--try", help="Build and prove whatever stands against it, and release nothing.")
    ] = False,
    trust: Trust = False,
) -> None:
    """Check strictly, build and prove everything, and keep it as a release that patients may be given.

    Examples:

      handouts release spring-2027                        check, build, prove and keep

      handouts release spring-2027 --format "a4-*"        these formats alone

      handouts release first --handout "acupuncture*"     these handouts alone

      handouts release --try                              see all that it would say, and release nothing

      handouts release --list                             what was released, and which is the current one
    """
    opened = open_project(project)
    if list_:
        _list(releasing.release_folder(opened))
        return
    opened = open_trusted(project, trusted=trust)
    selection = EditionFilter(tuple(handout or ()), brands=tuple(brand or ()), formats=tuple(format or ()))
    result = releasing.release(
        opened, name=name or "", selection=selection, out=out, jobs=jobs, keep=not try_, reporter=_reporter()
    )
    if result.reasons:
        _complain(result.reasons, "Nothing was released")
        for hint in _hints(opened, result, handouts_named=bool(handout)):
            note(f"Hint: {hint}")
        raise typer.Exit(1)
    if result.ended and result.ended.exit_code:
        raise typer.Exit(result.ended.exit_code)
    if try_:
        say(f"Nothing stands against {result.name}, which would have {counted(result.files, 'file')}. {_TRIED}")
    else:
        say(f"Released {result.name}: {counted(result.files, 'file')} in {opened.show(result.folder)}.")
    for sentence in _losses(result.falls_away) if result.falls_away else ():
        note(sentence)


def _hints(project: Project, result: ReleaseResult, *, handouts_named: bool) -> Iterator[str]:
    """Yield what a person may do besides mending each reason."""
    of_handouts = any(sentence.startswith("handouts/") for sentence in result.reasons)
    if not handouts_named and of_handouts and len(names_in(project, "handouts")) > 1:
        yield _OTHERS_HINT
    if not result.ended:
        yield _TRY_HINT


def _losses(lost: FallingAway) -> Iterator[str]:
    """Yield what releases/current no longer has, in sentences."""
    for noun, names in (("brand", lost.brands), ("handout", lost.handouts), ("format", lost.formats)):
        if names:
            shown = ", ".join(names[:NAMED]) + (f" and {len(names) - NAMED} more" if len(names) > NAMED else "")
            yield f"It has no sheet of {counted(len(names), noun)} that {lost.before} has: {shown}."
    back = f"Hint: handouts rollback {lost.before} brings back what was there."
    yield f"releases/current loses {counted(lost.sheets, 'PDF')} by it. {back}"


def _reporter() -> ReleaseReporter:
    """Return what says the events of a release."""
    say_event = reporter(json=False, explain=False)

    def tell(event: Event | HeldByAnother | ProofProgress) -> None:
        if isinstance(event, HeldByAnother):
            note_holder(event)
        elif isinstance(event, ProofProgress):
            pdfs = counted(event.pdfs, "PDF")
            begun = f"Proving {pdfs}, but for those found right before."
            note(f"Proved {event.done} of {pdfs}." if event.done else begun)
        else:
            say_event(event)

    return tell


def _complain(reasons: Sequence[str], outcome: str) -> None:
    """Print each reason, and what they mean together."""
    for sentence in reasons:
        complain(sentence)
    complain(f"{outcome}, for {counted(len(reasons), 'reason')}.")


def _list(releases: ReleaseFolder) -> None:
    if not releases.releases:
        say("Nothing was released yet.")
    for release in releases.releases:
        pdfs = sum(file.is_edition for file in release.files)
        clinics = counted(len(release.facts.clinics), "brand")
        now = f"; the current one since {releases.since()}" if release is releases.current else ""
        say(f"{release.name}: {release.day}, {counted(pdfs, 'PDF')}, {clinics}{now}")
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
        say(f"{by.strip()} approves {counted(number, 'PDF')} of {brand}. If one of them changes, approve anew.")


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(release)
    app.command()(rollback)
    app.command()(approve)
