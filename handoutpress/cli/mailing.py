"""What becomes of letters: shown, written as drafts, or sent with a person watching."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import typer

from handoutpress.cli.console import complain, is_watched, note, say, terminal
from handoutpress.cli.mailroom import CLOCK, SETTINGS, Mailroom
from handoutpress.mail.letters import Letter
from handoutpress.mail.outbox import Outbox, OutboxEntry
from handoutpress.mail.outbox_file import turn_to_send
from handoutpress.mail.sending import Pace, SendingResult, Sent, send_waiting
from handoutpress.mail.smtp import SmtpTransport, password_for
from handoutpress.mail.transports import FolderTransport
from handoutpress.yamlfile.problems import HandoutError

PREVIEWED = 3


@dataclass(frozen=True)
class Ways:
    """What becomes of the letters: shown, written as drafts or sent; ``ask`` before more than one is sent."""

    dry_run: bool = False
    eml: Path | None = None
    send: bool = False
    again: bool = False
    rate: float = 0
    ask: bool = False

    def checked(self) -> Ways:
        """Itself; raises ``typer.BadParameter`` unless exactly one way was chosen."""
        if [self.dry_run, self.eml is not None, self.send].count(True) != 1:
            raise typer.BadParameter("choose one of --dry-run, --eml FOLDER and --send.")
        if self.rate < 0 or self.rate > 6000:
            raise typer.BadParameter("--rate is a number of mails a minute, up to 6000.")
        return self


def carry_out(room: Mailroom, entries: Iterable[OutboxEntry], ways: Ways) -> int:
    """Show, draft or send the letters; returns the exit code."""
    if ways.dry_run:
        _show(entries)
        return 0
    if ways.eml:
        return _draft(entries, ways.eml)
    if room.settings is None:
        raise HandoutError(f"There is no {SETTINGS} in {room.project.root.as_posix()}. Hint: docs/mail.md says how.")
    password_for(room.settings.server)
    written = list(entries)
    if ways.ask and not _agreed(written):
        return 1
    with room.outbox() as outbox:
        _, held = outbox.record(written, ways.again)
        for each in outbox.remembered(held):
            note(f"Letter {each.id} to {each.person} is in the outbox already ({each.state}, {when(each.recorded)}).")
        if held:
            note("Nobody is sent the same version twice. Hint: --again sends another copy.")
        return send(room, outbox, ways)


def _show(entries: Iterable[OutboxEntry]) -> None:
    """The first letters whole, and how many more there are."""
    waiting = iter(entries)
    for each in islice(waiting, PREVIEWED):
        say(_pictured(each.letter))
    more = sum(1 for _ in waiting)
    if more:
        say(f"… and {more} more.")


def _pictured(letter: Letter) -> str:
    to = f"{letter.to.name} <{letter.to.address}>" if letter.to.name else letter.to.address
    files = ", ".join(f"{file.name} ({len(file.content) // 1000 + 1} kB)" for file in letter.attachments) or "nothing"
    head = [f"From: {letter.sender.name} <{letter.sender.address}>", f"To: {to}", f"Subject: {letter.subject}"]
    if letter.reply_to:
        head.append(f"Reply-To: {letter.reply_to.address}")
    return "\n".join([*head, f"Content-Language: {letter.language}", f"Attached: {files}", "", letter.text])


def _draft(entries: Iterable[OutboxEntry], folder: Path) -> int:
    with FolderTransport(folder) as transport:
        for each in entries:
            transport.deliver(each.letter, lambda: None)
    say(f"Wrote {len(transport.written)} to {folder.as_posix()}. They hold patients' data: delete them once sent.")
    return 0


def _agreed(entries: list[OutboxEntry]) -> bool:
    """Show the first letters in a line each and ask."""
    for each in entries[:PREVIEWED]:
        files = ", ".join(file.name for file in each.letter.attachments) or "links alone"
        note(f"To {each.letter.to.masked}: {each.letter.subject} ({files})")
    return typer.confirm(f"Send {len(entries)}?", err=True)


def send(room: Mailroom, outbox: Outbox, ways: Ways) -> int:
    """Send all that waits; returns 0 where nothing is left to do, else 1 with a sentence for each letter."""
    settings = room.settings
    if settings is None:
        raise HandoutError(f"There is no {SETTINGS} in {room.project.root.as_posix()}. Hint: docs/mail.md says how.")
    server = settings.server
    if server.ca_file:
        server = server.model_copy(update={"ca_file": room.project.root / server.ca_file})
    pace = Pace(ways.rate or settings.per_minute, settings.retry_after)
    with turn_to_send(room.outbox_path), _progress(outbox) as report:
        transport = SmtpTransport(server, password_for(server))
        outcome = send_waiting(outbox, transport, pace, CLOCK, report)
    return _tell(outbox, outcome)


@contextmanager
def _progress(outbox: Outbox) -> Iterator[Callable[[Sent], None]]:
    """A bar where someone watches; elsewhere a line for what did not go well."""

    def tell(event: Sent) -> None:
        if event.fate != "sent":
            complain(f"Letter {event.id} to {event.person}: {event.fate}. {event.reason}")

    if not is_watched():
        yield tell
        return
    from rich.progress import Progress  # noqa: PLC0415  60 ms, of use on a terminal only

    with Progress(console=terminal()) as bar:
        line = bar.add_task("Mailing", total=sum(each.state == "waiting" for each in outbox.remembered()))

        def advance(event: Sent) -> None:
            tell(event)
            if event.fate != "deferred":
                bar.advance(line)

        yield advance


def _tell(outbox: Outbox, outcome: SendingResult) -> int:
    """The sum of a run, and every letter whose fate is open."""
    say(f"Sent {outcome.count('sent')}, refused {outcome.count('refused')}.")
    if outcome.stopped:
        complain(f"Stopped: {outcome.stopped}")
    opened = [each for each in outbox.remembered() if each.state in ("waiting", "unknown")]
    for each in opened:
        complain(f"Letter {each.id} to {each.person} is {each.state}. {each.reason}".rstrip())
    return 1 if opened or outcome.count("refused") or outcome.stopped else 0


def when(moment: float) -> str:
    """A moment, in seconds since the epoch, as a day and time here."""
    return datetime.fromtimestamp(moment, UTC).astimezone().strftime("%Y-%m-%d %H:%M")
