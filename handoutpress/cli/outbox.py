"""``handouts outbox``."""

from __future__ import annotations

from typing import Annotated

import typer

from handoutpress.app import outbox
from handoutpress.app.mail import Mailer
from handoutpress.app.project import open_project
from handoutpress.cli.console import complain, note, say
from handoutpress.cli.letters import LettersUse, carry_out, say_outcome, sending, when
from handoutpress.cli.options import Drafts, DryRun, Folder, Send, Trust, Yes, open_trusted
from handoutpress.content.models.versions import version_order
from handoutpress.content.project import Project
from handoutpress.yamlfile.counts import counted
from handoutpress.yamlfile.problems import HandoutError

commands = typer.Typer(help="See, send again, forget or recall what was mailed.", no_args_is_help=True)

Letters = Annotated[list[int] | None, typer.Argument(metavar="[LETTER]...", help="Numbers from the list.")]


@commands.command("list")
def list_all(project: Folder = None) -> None:
    """Show every letter of the outbox, with masked addresses, and what became of it."""
    letters = outbox.recorded_letters(open_project(project))
    for letter in letters:
        handouts = ", ".join(
            [*letter.recall, *(f"{enclosed.slug} {enclosed.version}" for enclosed in letter.enclosures)]
        )
        moment = when(letter.recorded)
        say(f"{letter.id}  {moment}  {letter.person}  {letter.state}  {handouts}  {letter.reason}".rstrip())
    if not letters:
        say("The outbox is empty.")


@commands.command()
def show(
    number: Annotated[int, typer.Argument(help="A letter's number from the list.")], project: Folder = None
) -> None:
    """Show one letter with its whole address, and its text while it is kept."""
    shown = outbox.letter_in_full(open_project(project), number)
    letter = shown.letter
    say(f"Letter {letter.id}: {letter.state}. {letter.reason}".rstrip())
    say(f"To: {shown.to}")
    say(f"From: {shown.brand}")
    say(f"Recorded: {when(letter.recorded)}")
    say(
        "Handouts: "
        + ", ".join([*letter.recall, *(f"{item.slug} {item.version} ({shown.language})" for item in letter.enclosures)])
    )
    if shown.text:
        say(f"\n{shown.text}")


@commands.command("retry")
def send_again(letters: Letters = None, project: Folder = None) -> None:
    """Send what waits; with numbers, also those that were refused or whose fate is unknown."""
    with sending() as reporter:
        sent = outbox.retry(open_project(project), letters or (), reporter=reporter)
    raise typer.Exit(say_outcome(sent))


@commands.command("forget")
def forget_letters(
    letters: Letters = None,
    older_than: Annotated[float | None, typer.Option(min=0, help="Forget what was settled so many days ago.")] = None,
    project: Folder = None,
) -> None:
    """Erase letters, whatever became of them, or with --older-than all that were settled long ago."""
    if (older_than is None) == (not letters):
        raise typer.BadParameter("give the numbers of letters or --older-than DAYS.")
    opened = open_project(project)
    if older_than is None:
        say(f"Forgot {outbox.forget(opened, letters or ())}.")
        return
    forgotten, unsettled = outbox.forget_older(opened, older_than)
    say(f"Forgot {forgotten}." + (f" Kept {unsettled} as old whose fate is open; see the list." if unsettled else ""))


@commands.command()
def recall(
    slug: Annotated[str, typer.Argument(help="The handout that was wrong.")],
    below: Annotated[str, typer.Option(help="The oldest version that is still right.")],
    dry_run: DryRun = False,
    eml: Drafts = None,
    send: Send = False,
    yes: Yes = False,
    trust: Trust = False,
    project: Folder = None,
) -> None:
    """Write to everyone who was sent a version below another one, with the present version attached."""
    use = LettersUse(dry_run, eml, send, ask=True, yes=yes).checked()
    # Raises where it is no version, before the outbox is opened.
    version_order(below)
    opened = open_trusted(project, trusted=trust)
    groups = outbox.patients_to_recall(opened, slug, below)
    if not groups:
        say(f"Nobody in the outbox was sent {slug} in a version below {below}.")
        return
    if send:
        Mailer(opened).check_server()
    codes = [_write_to(opened, group, slug, below, use) for group in groups]
    raise typer.Exit(max(codes))


def _write_to(project: Project, group: outbox.PatientGroup, slug: str, below: str, use: LettersUse) -> int:
    """Write to one group; whatever is wrong with its brand keeps no other group from being written to."""
    number = counted(len(group.patients), "person", "people")
    try:
        mailer, remarks = outbox.recall_mailer(project, group)
        note(f"{group.brand}: {number} to write to.")
        for remark in remarks:
            note(remark)
        return carry_out(mailer, outbox.write_recalls(mailer, group.patients, slug, below), use)
    except HandoutError as error:
        complain(str(error))
        was, are = ("was", "is") if len(group.patients) == 1 else ("were", "are")
        complain(
            f"{number} {was} sent {slug} by {group.brand} and {are} not written to now. "
            "Hint: put right what is said above, and recall once more."
        )
        return 1


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.add_typer(commands, name="outbox")
