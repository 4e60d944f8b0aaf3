"""``handouts mail``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from handoutpress.app.mail import Mailer, People, without_mailed, write_to_all
from handoutpress.cli.console import complain
from handoutpress.cli.letters import LettersUse, carry_out, note_recorded
from handoutpress.cli.options import Drafts, DryRun, Encoding, Folder, Send, Trust, Yes, names_of, open_trusted
from handoutpress.content.models.mailboxes import parse_mailbox
from handoutpress.mail.letter_context import Recipient
from handoutpress.mail.letter_writer import LetterOptions
from handoutpress.mail.outbox import OutboxEntry
from handoutpress.mail.recipients import RecipientDefaults
from handoutpress.yamlfile.problems import HandoutError, Problem

Mailed = Annotated[
    list[str] | None,
    typer.Argument(metavar="[HANDOUT]...", help="What to mail, by slug.", autocompletion=names_of("handouts")),
]
Giver = Annotated[str, typer.Option(help="Who gives it; else the only brand.", autocompletion=names_of("brands"))]


def mail(
    handouts: Mailed = None,
    brand: Giver = "",
    to: Annotated[str, typer.Option(help="The patient's address; asked for if not given.")] = "",
    name: Annotated[str | None, typer.Option(help="The patient's name; asked for if not given.")] = None,
    note_file: Annotated[Path | None, typer.Option(help="A text file with a note for this patient.")] = None,
    recipients: Annotated[Path | None, typer.Option(help="Mail many: a CSV file, one patient a row.")] = None,
    encoding: Encoding = "",
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Leave bad rows out instead of stopping.")] = False,
    site: Annotated[str, typer.Option(help="Which of the brand's places, by its name.")] = "",
    language: Annotated[str, typer.Option(help="The patient's language.")] = "en",
    format: Annotated[str, typer.Option(help="The printed format; else the leaflet of the country.")] = "",  # noqa: A002
    html: Annotated[bool, typer.Option("--html", help="Attach the page for phones beside the PDF.")] = False,
    password: Annotated[bool, typer.Option("--password", help="Lock the PDF with a password, asked for.")] = False,
    password_file: Annotated[Path | None, typer.Option(help="Lock it with the first line of this file.")] = None,
    personal: Annotated[bool, typer.Option("--personal", help="Print name and note into the PDF as well.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Send another copy of what was mailed before.")] = False,
    rate: Annotated[float, typer.Option(min=0, help="Mails a minute; else what mail.yaml says.")] = 0,
    dry_run: DryRun = False,
    eml: Drafts = None,
    send: Send = False,
    yes: Yes = False,
    trust: Trust = False,
    project: Folder = None,
) -> None:
    """Mail handouts to a patient, or to many.

    Examples:

      handouts mail acupuncture --dry-run                           show the mail; asks for the address

      handouts mail acupuncture --recipients list.csv --send
    """
    use = LettersUse(dry_run, eml, send, again, rate, ask=bool(recipients), yes=yes).checked()
    mailer = Mailer(open_trusted(project, trusted=trust), brand=brand, site=site, format=format)
    slugs = tuple(dict.fromkeys(handouts or ()))
    locked = _password(password, password_file)
    options = LetterOptions(mailer.max_bytes, html, personal, locked, recipients is not None)
    choose = _chooser(mailer, use)
    entries: Sequence[OutboxEntry]
    if recipients:
        table = RecipientDefaults(language, slugs, mailer.offered, encoding)
        entries = write_to_all(mailer, recipients, table, options, skip_bad=skip_bad, choose=choose, reporter=_complain)
    else:
        one = _one(slugs, language, to, name, _note(note_file))
        entries = [mailer.writer.write(recipient, options) for recipient in choose([one])]
    raise typer.Exit(carry_out(mailer, entries, use))


def _chooser(mailer: Mailer, use: LettersUse) -> Callable[[People], People]:
    """Return what leaves out those to whom nothing is to be sent again. Raises where nothing can be sent."""
    if not mailer.brand_slug:
        raise typer.BadParameter("--brand is needed: who gives the handout?")
    if use.send:
        mailer.check_server()
        if not use.again:
            return partial(without_mailed, mailer, reporter=note_recorded)
    return lambda people: people


def _complain(problem: Problem) -> None:
    complain(str(problem))


def _one(slugs: tuple[str, ...], language: str, to: str, name: str | None, note_text: str | None) -> Recipient:
    """Return one recipient; what is missing is asked for, so that it need not stand in a shell's history.

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
        # Notepad and its like begin a file with a byte-order mark, which is no part of a password.
        return path.read_text("utf-8-sig").strip()
    except (OSError, UnicodeDecodeError):
        raise HandoutError(f"{path.as_posix()} cannot be read as text in UTF-8.") from None


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(mail)
