"""``handouts mail`` and ``handouts outbox``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from handoutpress.cli.building import Folder
from handoutpress.cli.console import complain, note, say
from handoutpress.cli.mailing import Ways, carry_out, send, when
from handoutpress.cli.mailroom import Mailroom, open_mailroom
from handoutpress.cli.opening import open_project
from handoutpress.content.models.mailboxes import parse_mailbox
from handoutpress.content.models.versions import version_order
from handoutpress.mail.letter_context import Recipient
from handoutpress.mail.letter_writer import LetterOptions, write_all
from handoutpress.mail.outbox import OutboxEntry
from handoutpress.mail.outbox_care import forget, forget_older, readers_below, retry
from handoutpress.mail.recipients import RecipientDefaults, read_recipients
from handoutpress.yamlfile.problems import ContentError, HandoutError, Problem

outbox_commands = typer.Typer(help="See, send again, forget or recall what was mailed.", no_args_is_help=True)

Eml = Annotated[Path | None, typer.Option(help="Write drafts that mail programs open, into this folder.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would be mailed, and do nothing.")]
Send = Annotated[bool, typer.Option("--send", help="Send through the server of mail.yaml.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask before many are sent.")]


def mail(
    handouts: Annotated[list[str] | None, typer.Argument(metavar="[HANDOUT]...", help="What to mail, by slug.")] = None,
    brand: Annotated[str, typer.Option(help="Who gives it.")] = "",
    to: Annotated[str, typer.Option(help="The patient's address; asked for if not given.")] = "",
    name: Annotated[str | None, typer.Option(help="The patient's name; asked for if not given.")] = None,
    note_file: Annotated[Path | None, typer.Option(help="A text file with a note for this patient.")] = None,
    recipients: Annotated[Path | None, typer.Option(help="Mail many: a CSV file, one patient a row.")] = None,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Leave bad rows out instead of stopping.")] = False,
    site: Annotated[str, typer.Option(help="Which of the brand's places, by its name.")] = "",
    language: Annotated[str, typer.Option(help="The patient's language.")] = "en",
    format: Annotated[str, typer.Option(help="The printed format; else the leaflet of the country.")] = "",  # noqa: A002
    html: Annotated[bool, typer.Option("--html", help="Attach the page for phones beside the PDF.")] = False,
    password: Annotated[bool, typer.Option("--password", help="Lock the PDF with a password, asked for.")] = False,
    password_file: Annotated[Path | None, typer.Option(help="Lock it with the first line of this file.")] = None,
    personal: Annotated[bool, typer.Option("--personal", help="Print name and note into the PDF as well.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Send another copy of what was mailed before.")] = False,
    rate: Annotated[float, typer.Option(help="Mails a minute; else what mail.yaml says.")] = 0,
    dry_run: DryRun = False,
    eml: Eml = None,
    send: Send = False,
    yes: Yes = False,
    project: Folder = None,
) -> None:
    """Mail handouts to a patient, or to many.

    Examples:

      handouts mail acupuncture --brand river --dry-run             show the mail; asks for the address

      handouts mail acupuncture --brand river --recipients list.csv --send
    """
    ways = Ways(dry_run, eml, send, again, rate, ask=bool(recipients) and not yes).checked()
    room = open_mailroom(open_project(project), brand, site, format)
    slugs = tuple(dict.fromkeys(handouts or ()))
    order = LetterOptions(room.max_bytes, html, personal, _password(password, password_file), recipients is not None)
    if recipients:
        entries = _to_many(room, recipients, RecipientDefaults(language, slugs, room.shelf.has), order, skip_bad)
    else:
        entries = [room.desk.write(_one(slugs, language, to, name, _note(note_file)), order)]
    raise typer.Exit(carry_out(room, entries, ways))


def _one(slugs: tuple[str, ...], language: str, to: str, name: str | None, note_text: str | None) -> Recipient:
    """One recipient; what is missing is asked for, so that it need not stand in a shell's history.

    A script, at no terminal, that gives the address is not asked for the rest.
    """
    if not slugs:
        raise typer.BadParameter("name at least one handout.")
    asking = not to or sys.stdin.isatty()
    address = to or typer.prompt("The patient's address")
    if asking and name is None:
        name = typer.prompt("The patient's name (Enter for none)", default="", show_default=False)
    if asking and note_text is None:
        note_text = typer.prompt("A note for this patient (Enter for none)", default="", show_default=False)
    return Recipient(parse_mailbox(address.strip(), name or ""), language, slugs, note_text or "")


def _to_many(
    room: Mailroom, path: Path, defaults: RecipientDefaults, order: LetterOptions, skip_bad: bool
) -> Sequence[OutboxEntry]:
    """The letters to everyone in the file at ``path``; every bad row is told in one pass."""
    people, problems = read_recipients(path, defaults)
    if problems and not skip_bad:
        raise ContentError(problems)
    entries, unwritten = write_all(room.desk, people, order)
    problems += tuple(Problem(path, each.recipient.line, 1, each.reason) for each in unwritten)
    if unwritten and not skip_bad:
        raise ContentError(problems)
    for problem in problems:
        complain(str(problem))
    if not entries:
        raise HandoutError(f"{path.as_posix()} has no row that can be mailed.")
    return entries


def _note(path: Path | None) -> str | None:
    return None if path is None else _read(path)


def _password(ask: bool, path: Path | None) -> str:
    if path:
        return (_read(path).splitlines() or [""])[0]
    if ask:
        answer: str = typer.prompt("A password for the PDF", hide_input=True, confirmation_prompt=True)
        return answer
    return ""


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig").strip()
    except (OSError, UnicodeDecodeError):
        raise HandoutError(f"{path.as_posix()} cannot be read as text in UTF-8.") from None


@outbox_commands.command("list")
def list_all(project: Folder = None) -> None:
    """Show every letter of the outbox, with masked addresses, and what became of it."""
    with open_mailroom(open_project(project)).outbox() as outbox:
        letters = outbox.remembered()
    for each in letters:
        brought = ", ".join(f"{slug} {version}" for slug, version in each.enclosures)
        say(f"{each.id}  {when(each.recorded)}  {each.person}  {each.state}  {brought}  {each.reason}".rstrip())
    if not letters:
        say("The outbox is empty.")


@outbox_commands.command("retry")
def send_again(
    letters: Annotated[list[int] | None, typer.Argument(metavar="[LETTER]...", help="Numbers from the list.")] = None,
    project: Folder = None,
) -> None:
    """Send what waits; with numbers, also those that were refused or whose fate is unknown."""
    room = open_mailroom(open_project(project))
    with room.outbox() as outbox:
        retry(outbox, letters or [])
        raise typer.Exit(send(room, outbox, Ways(send=True)))


@outbox_commands.command("forget")
def forget_letters(
    letters: Annotated[list[int] | None, typer.Argument(metavar="[LETTER]...", help="Numbers from the list.")] = None,
    older_than: Annotated[float | None, typer.Option(help="Forget what was settled so many days ago.")] = None,
    project: Folder = None,
) -> None:
    """Erase letters, whatever became of them, or with --older-than all that were settled long ago."""
    if (older_than is None) == (not letters):
        raise typer.BadParameter("give the numbers of letters or --older-than DAYS.")
    with open_mailroom(open_project(project)).outbox() as outbox:
        if older_than is None:
            say(f"Forgot {forget(outbox, letters or [])}.")
            return
        gone, kept = forget_older(outbox, older_than)
        say(f"Forgot {gone}." + (f" Kept {kept} as old whose fate is open; see the list." if kept else ""))


@outbox_commands.command()
def recall(
    slug: Annotated[str, typer.Argument(help="The handout that was wrong.")],
    below: Annotated[str, typer.Option(help="The oldest version that is still right.")],
    dry_run: DryRun = False,
    eml: Eml = None,
    send: Send = False,
    yes: Yes = False,
    project: Folder = None,
) -> None:
    """Write to everyone who was sent a version below another one, with the present version attached."""
    ways = Ways(dry_run, eml, send, ask=not yes).checked()
    version_order(below)
    place = open_project(project)
    with open_mailroom(place).outbox() as outbox:
        readers = readers_below(outbox, slug, below)
    if not readers:
        say(f"Nobody in the outbox was sent {slug} in a version below {below}.")
        return
    code = 0
    for brand, site, printed in sorted({(each.brand, each.site, each.format) for each in readers}):
        room = open_mailroom(place, brand, site, printed)
        order = LetterOptions(room.max_bytes, automatic=True)
        chosen = [each for each in readers if (each.brand, each.site, each.format) == (brand, site, printed)]
        note(f"{brand}: {len(chosen)} to write to.")
        code |= carry_out(room, (room.desk.write_recall(each, slug, below, order) for each in chosen), ways)
    raise typer.Exit(code)


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(mail)
    app.add_typer(outbox_commands, name="outbox")
