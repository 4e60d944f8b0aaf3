"""What becomes of letters: shown, written as drafts, or sent with a person watching."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from handoutpress.app.mail import (
    AlreadyRecorded,
    Mailer,
    MailReporter,
    SendingBegun,
    SentLetters,
    send_letters,
    write_drafts,
)
from handoutpress.cli.console import complain, is_watched, note, say, terminal
from handoutpress.mail.letters import Letter
from handoutpress.mail.outbox import OutboxEntry
from handoutpress.mail.sending import Sent

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

PREVIEWED = 3


@dataclass(frozen=True)
class LettersUse:
    """What becomes of letters: shown, written as drafts or sent; ``ask`` before more than one is sent."""

    dry_run: bool = False
    eml: Path | None = None
    send: bool = False
    again: bool = False
    rate: float = 0
    ask: bool = False

    def checked(self) -> LettersUse:
        """Return itself; raises ``typer.BadParameter`` unless exactly one use was chosen."""
        if [self.dry_run, self.eml is not None, self.send].count(True) != 1:
            raise typer.BadParameter("choose one of --dry-run, --eml FOLDER and --send.")
        if self.rate < 0 or self.rate > 6000:
            raise typer.BadParameter("--rate is a number of mails a minute, up to 6000.")
        return self


def carry_out(mailer: Mailer, entries: Iterable[OutboxEntry], use: LettersUse) -> int:
    """Show, draft or send the letters; returns the exit code."""
    if use.dry_run:
        _show(entries)
        return 0
    if use.eml:
        number = write_drafts(entries, use.eml)
        say(f"Wrote {number} to {use.eml.as_posix()}. They hold patients' data: delete them once sent.")
        return 0
    agreed = _ask if use.ask else _agree
    with sending() as reporter:
        sent = send_letters(mailer, entries, again=use.again, rate=use.rate, agreed=agreed, reporter=reporter)
    return say_outcome(sent) if sent else 1


def _show(entries: Iterable[OutboxEntry]) -> None:
    """Print the first letters whole, and how many more there are."""
    waiting = iter(entries)
    for entry in islice(waiting, PREVIEWED):
        say(_pictured(entry.letter))
    number = sum(1 for _ in waiting)
    if number:
        say(f"… and {number} more.")


def _pictured(letter: Letter) -> str:
    to = f"{letter.to.name} <{letter.to.address}>" if letter.to.name else letter.to.address
    files = ", ".join(f"{file.name} ({len(file.content) // 1000 + 1} kB)" for file in letter.attachments) or "nothing"
    head = [f"From: {letter.sender.name} <{letter.sender.address}>", f"To: {to}", f"Subject: {letter.subject}"]
    if letter.reply_to:
        head.append(f"Reply-To: {letter.reply_to.address}")
    return "\n".join([*head, f"Content-Language: {letter.language}", f"Attached: {files}", "", letter.text])


def _agree(entries: Sequence[OutboxEntry]) -> bool:
    return True


def _ask(entries: Sequence[OutboxEntry]) -> bool:
    """Show the first letters in a line each and ask."""
    for entry in entries[:PREVIEWED]:
        files = ", ".join(file.name for file in entry.letter.attachments) or "links alone"
        note(f"To {entry.letter.to.masked}: {entry.letter.subject} ({files})")
    # On the error stream: the other one is for results, which may go to a file.
    return typer.confirm(f"Send {len(entries)}?", err=True)


@contextmanager
def sending() -> Iterator[MailReporter]:
    """Give what says the events of sending: with a bar where someone watches, else a line for what went wrong."""
    progress = _SendingProgress()
    try:
        yield progress
    finally:
        progress.close()


class _SendingProgress:
    """Says the events of sending."""

    def __init__(self) -> None:
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def __call__(self, event: AlreadyRecorded | SendingBegun | Sent) -> None:
        if isinstance(event, AlreadyRecorded):
            _note_recorded(event)
        elif isinstance(event, SendingBegun):
            self._begin(event.letters)
        else:
            self._note(event)

    def close(self) -> None:
        if self._bar:
            self._bar.stop()

    def _begin(self, letters: int) -> None:
        if is_watched():
            from rich.progress import Progress  # noqa: PLC0415  60 ms, of use on a terminal only

            self._bar = Progress(console=terminal())
            self._task = self._bar.add_task("Mailing", total=letters)
            self._bar.start()

    def _note(self, event: Sent) -> None:
        if event.fate != "sent":
            complain(f"Letter {event.id} to {event.person}: {event.fate}. {event.reason}")
        if self._bar and self._task is not None and event.fate != "deferred":
            self._bar.advance(self._task)


def _note_recorded(event: AlreadyRecorded) -> None:
    for letter in event.letters:
        moment = when(letter.recorded)
        note(f"Letter {letter.id} to {letter.person} is in the outbox already ({letter.state}, {moment}).")
    note("Nobody is sent the same version twice. Hint: --again sends another copy.")


def say_outcome(sent: SentLetters) -> int:
    """Print the sum, and every letter whose fate is open; returns 0 where nothing is left to do, else 1."""
    refused, stopped = sent.result.count("refused"), sent.result.stopped
    say(f"Sent {sent.result.count('sent')}, refused {refused}.")
    if stopped:
        complain(f"Stopped: {stopped}")
    for letter in sent.unsettled:
        complain(f"Letter {letter.id} to {letter.person} is {letter.state}. {letter.reason}".rstrip())
    return 1 if sent.unsettled or refused or stopped else 0


def when(moment: float) -> str:
    """Return a moment, in seconds since the epoch, as a day and time here."""
    return datetime.fromtimestamp(moment, UTC).astimezone().strftime("%Y-%m-%d %H:%M")
