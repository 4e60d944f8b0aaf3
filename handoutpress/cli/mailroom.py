"""From a mail command's options to a desk, and from its letters to a preview, drafts or a run."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from itertools import islice
from pathlib import Path

import typer

from handoutpress.cli.console import complain, is_watched, note, say, terminal
from handoutpress.cli.opening import press_for
from handoutpress.content.catalog import Catalog
from handoutpress.content.editions import FormatFile
from handoutpress.content.explain import load_record
from handoutpress.content.loading import load_catalog
from handoutpress.content.mail_settings import MailSettings
from handoutpress.content.problems import HandoutError
from handoutpress.content.project import Project
from handoutpress.content.wanted import Wanted
from handoutpress.deliver.compose import HTML_TEMPLATE, TEXT_TEMPLATE
from handoutpress.deliver.desk import Desk, sender_for
from handoutpress.deliver.letters import Letter, Stamp
from handoutpress.deliver.outbox import Entry, Outbox, open_outbox
from handoutpress.deliver.outbox_care import forget_older
from handoutpress.deliver.outbox_file import turn_to_send
from handoutpress.deliver.passwords import password_for
from handoutpress.deliver.printing import ProofedPress, Shelf, at_place, usual_format
from handoutpress.deliver.sending import Clock, Outcome, Pace, Sent, send_waiting
from handoutpress.deliver.smtp import SmtpTransport
from handoutpress.deliver.stationery import MAX_BYTES, choose_contact
from handoutpress.deliver.transports import FolderTransport
from handoutpress.press.render import Templates

SETTINGS = "mail.yaml"
OUTBOX = Path(".handoutpress") / "outbox.sqlite"
PREVIEWED = 3
CLOCK = Clock(time.time, time.sleep)


@dataclass(frozen=True)
class Ways:
    """What becomes of the letters: shown, written as drafts or sent; ``ask`` before more than one is sent."""

    dry_run: bool = False
    eml: Path | None = None
    send: bool = False
    again: bool = False
    rate: float = 0
    ask: bool = False

    def check(self) -> None:
        """Raise ``typer.BadParameter`` unless exactly one way was chosen."""
        if [self.dry_run, self.eml is not None, self.send].count(True) != 1:
            raise typer.BadParameter("choose one of --dry-run, --eml FOLDER and --send.")
        if self.rate < 0 or self.rate > 6000:
            raise typer.BadParameter("--rate is a number of mails a minute, up to 6000.")


class Mailroom:
    """A project seen from the post: its settings and outbox and, for one brand, its desk."""

    def __init__(self, project: Project, brand: str, site: str, printed: str) -> None:
        self.project = project
        self._brand, self._site, self._printed = brand, site, printed

    @cached_property
    def settings(self) -> MailSettings | None:
        """What ``mail.yaml`` says, if there is one."""
        path = self.project.root / SETTINGS
        return load_record(self.project.read(path), MailSettings) if path.is_file() else None

    @property
    def max_bytes(self) -> int:
        return int(self.settings.max_megabytes * 1_000_000) if self.settings else MAX_BYTES

    @property
    def outbox_path(self) -> Path:
        return self.project.root / OUTBOX

    @contextmanager
    def outbox(self) -> Iterator[Outbox]:
        """The project's outbox, with what is past its days forgotten."""
        with open_outbox(self.outbox_path, CLOCK.now) as outbox:
            days = self.settings.keep_days if self.settings else MailSettings.model_fields["keep_days"].default
            forget_older(outbox, days)
            yield outbox

    @cached_property
    def catalog(self) -> Catalog:
        if not self._brand:
            raise typer.BadParameter("--brand is needed: who gives the handout?")
        formats = (self._printed,) if self._printed else ()
        return load_catalog(self.project, Wanted(brands=(self._brand,), formats=formats))

    @cached_property
    def desk(self) -> Desk:
        catalog = self.catalog
        giver = catalog.brands.get(self._brand)
        if giver is None or giver.country not in catalog.countries:
            raise HandoutError("\n".join(map(str, catalog.problems)) or f'There is no brand "{self._brand}".')
        contact = choose_contact(giver, self._site)
        configured = self.settings.sender_of(giver.slug) if self.settings else ""
        return Desk(
            sender=sender_for(giver, contact, configured),
            brand=giver,
            contact=contact,
            country=catalog.countries[giver.country],
            languages=catalog.languages.__getitem__,
            format=self.format.slug,
            shelf=self.shelf,
            render=_templates(self.project).render,
            stamp=_stamp,
        )

    @cached_property
    def format(self) -> FormatFile:
        return usual_format(self.catalog, self.catalog.brands[self._brand])

    @cached_property
    def shelf(self) -> Shelf:
        giver = self.catalog.brands[self._brand]
        place = at_place(giver, choose_contact(giver, self._site)) if self._site else giver
        today = datetime.now(UTC).astimezone().date()
        return Shelf(self.catalog, ProofedPress(press_for(self.catalog)), place, self.format, today)


def open_mailroom(project: Project, brand: str = "", site: str = "", printed: str = "") -> Mailroom:
    """The post of ``project``; what needs a ``brand`` is looked up when it is first used."""
    return Mailroom(project, brand, site, printed)


def _templates(project: Project) -> Templates:
    return Templates({name: project.file(f"templates/{name}") for name in (HTML_TEMPLATE, TEXT_TEMPLATE)})


def _stamp() -> Stamp:
    """Now, and an id that tells nothing of the patient (RFC 5322, 3.6.4)."""
    return Stamp(datetime.now(UTC).replace(microsecond=0), secrets.token_hex(16))


def carry_out(room: Mailroom, entries: Iterable[Entry], ways: Ways) -> int:
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


def _show(entries: Iterable[Entry]) -> None:
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


def _draft(entries: Iterable[Entry], folder: Path) -> int:
    with FolderTransport(folder) as transport:
        for each in entries:
            transport.deliver(each.letter, lambda: None)
    say(f"Wrote {len(transport.written)} to {folder.as_posix()}. They hold patients' data: delete them once sent.")
    return 0


def _agreed(entries: list[Entry]) -> bool:
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


def _tell(outbox: Outbox, outcome: Outcome) -> int:
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
