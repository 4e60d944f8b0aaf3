"""What becomes of letters: shown, written as drafts, or sent with a person watching."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from time import monotonic
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
from handoutpress.mail.sending import Paused, Sent
from handoutpress.yamlfile.problems import HandoutError

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

PREVIEWED = 3
TELL_EVERY = 60.0
"""Seconds between two lines of progress where nobody watches a bar."""


@dataclass(frozen=True)
class LettersUse:
    """What becomes of letters: shown, written as drafts or sent.

    ``ask`` before more than one is sent, unless ``yes``, which agrees to all.
    """

    dry_run: bool = False
    eml: Path | None = None
    send: bool = False
    again: bool = False
    rate: float = 0
    ask: bool = False
    yes: bool = False

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
        mailer.check_sender()
    entries = list(entries)
    if not use.yes and entries:
        _agree_to_unreleased(mailer)
    if use.eml:
        number = write_drafts(entries, use.eml)
        say(f"Wrote {number} to {use.eml.as_posix()}. They hold patients' data: delete them once sent.")
        return 0
    agreed = _ask if use.ask and not use.yes else None
    with sending() as reporter:
        sent = send_letters(mailer, entries, again=use.again, rate=use.rate, agreed=agreed, reporter=reporter)
    return say_outcome(sent) if sent else 1


def _agree_to_unreleased(mailer: Mailer) -> None:
    """Ask before handouts are given out that nobody has released. Raises ``typer.Abort`` where the answer is no."""
    if mailer.releases.current:
        return
    note("Nothing was released yet: these are the handouts as they are being written.")
    if not sys.stdin.isatty():
        raise HandoutError('Not mailed. Hint: release them first with "handouts release", or add --yes.')
    typer.confirm("Mail them all the same?", abort=True, err=True)


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
        self._letters = self._settled = 0
        self._told = monotonic()
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def __call__(self, event: AlreadyRecorded | SendingBegun | Sent | Paused) -> None:
        if isinstance(event, AlreadyRecorded):
            note_recorded(event)
        elif isinstance(event, SendingBegun):
            self._begin(event.letters)
        elif isinstance(event, Paused):
            note(f"{event.reason} Trying again in {event.seconds:.0f} s.".lstrip())
        else:
            self._note(event)

    def close(self) -> None:
        if self._bar:
            self._bar.stop()

    def _begin(self, letters: int) -> None:
        self._letters, self._told = letters, monotonic()
        if is_watched():
            from rich.progress import Progress  # noqa: PLC0415  60 ms, of use on a terminal only

            self._bar = Progress(console=terminal())
            self._task = self._bar.add_task("Mailing", total=letters)
            self._bar.start()

    def _note(self, event: Sent) -> None:
        if event.fate != "sent":
            complain(f"Letter {event.id} to {event.person}: {event.fate}. {event.reason}")
        if event.fate != "deferred":
            self._settled += 1
            if self._bar and self._task is not None:
                self._bar.advance(self._task)
        if not self._bar and monotonic() - self._told > TELL_EVERY:
            self._told = monotonic()
            note(f"{self._settled} of {self._letters} mailed.")


def note_recorded(event: AlreadyRecorded) -> None:
    """Print what the outbox holds already, so that it is not mailed again."""
    for letter in event.letters:
        moment = when(letter.recorded)
        if letter.state == "refused":
            note(
                f"Letter {letter.id} to {letter.person} was refused ({moment}), and is not sent again. {letter.reason}"
            )
        else:
            note(f"Letter {letter.id} to {letter.person} is in the outbox already ({letter.state}, {moment}).")
    for line in event.lines:
        note(f"Line {line} names someone to whom an earlier line mails the same.")
    refused = [str(letter.id) for letter in event.letters if letter.state == "refused"]
    if refused:
        retried = f'"handouts outbox retry {" ".join(refused)}"'
        note(f"Hint: if the address is wrong, correct it where it is written; if it is right, {retried} tries again.")
    if event.lines or len(refused) < len(event.letters):
        note('Nobody is sent the same version twice. Hint: "handouts mail" with --again sends another copy.')


def say_outcome(sent: SentLetters) -> int:
    """Print the sum, and every letter whose fate is open; returns 0 where nothing is left to do, else 1."""
    refused, stopped = sent.result.count("refused"), sent.result.stopped
    say(f"Sent {sent.result.count('sent')}, refused {refused}.")
    if stopped:
        complain(f"Stopped: {stopped}")
    for letter in sent.unsettled:
        complain(f"Letter {letter.id} to {letter.person} is {letter.state}. {letter.reason}".rstrip())
    if sent.unsettled or refused:
        note('Hint: "handouts outbox show NUMBER" shows whom a letter is for.')
    return 1 if sent.unsettled or refused or stopped else 0


def when(moment: float) -> str:
    """Return a moment, in seconds since the epoch, as a day and time here."""
    return datetime.fromtimestamp(moment, UTC).astimezone().strftime("%Y-%m-%d %H:%M")
