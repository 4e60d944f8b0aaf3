"""Mailing handouts: writing letters for one brand, keeping them as drafts, recording and sending them."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path

from handoutpress.app.mailable import refusals, unmailed, withheld
from handoutpress.app.project import CACHE, names_in, open_cache, open_catalog, today
from handoutpress.batch.releases.release_folder import ReleaseFolder
from handoutpress.content.catalog import Catalog
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.editions import Edition, FormatFile
from handoutpress.content.models.languages import Language
from handoutpress.content.models.mail_settings import MailSettings
from handoutpress.content.own_files import check_trusted
from handoutpress.content.project import Project
from handoutpress.content.skeletons import mail_settings_skeleton
from handoutpress.editorial.build_check import BuildCheck
from handoutpress.mail.compose import HTML_TEMPLATE, TEXT_TEMPLATE
from handoutpress.mail.handout_printer import HandoutPrinter, PrintedHandouts, brand_at_place, usual_format
from handoutpress.mail.letter_context import MAX_BYTES, Recipient, choose_contact
from handoutpress.mail.letter_writer import LetterOptions, LetterWriter, sender_for
from handoutpress.mail.letters import MessageStamp
from handoutpress.mail.offered import OfferedHandouts
from handoutpress.mail.outbox import Outbox, OutboxEntry, RecordedLetter, open_outbox
from handoutpress.mail.outbox_store import turn_to_send
from handoutpress.mail.recipients import RecipientDefaults, read_recipients
from handoutpress.mail.sending import Clock, Pace, Paused, SendingResult, Sent, send_waiting
from handoutpress.mail.smtp import SmtpTransport, password_for
from handoutpress.mail.transports import FolderTransport
from handoutpress.press.page.templates import Templates
from handoutpress.press.press import HandoutPress
from handoutpress.yamlfile.explain import load_record
from handoutpress.yamlfile.problems import ContentError, HandoutError, Problem
from handoutpress.yamlfile.source import yaml_source

SETTINGS = "mail.yaml"
OUTBOX = Path(CACHE) / "outbox.sqlite"
OWN_SENDER = "write the address that your clinic sends from; patients see it, and answer to it."
OWN_SERVER = 'write your mail provider\'s server; "handouts docs mail" says where to find its name.'
CLOCK = Clock(time.time, time.sleep)


@dataclass(frozen=True)
class AlreadyRecorded:
    """An event: these letters are in the outbox already, so that what they bring is not sent once more.

    ``lines`` of the file name someone to whom an earlier line mails the same.
    """

    letters: tuple[RecordedLetter, ...]
    lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class SendingBegun:
    """An event: so many letters wait to be sent."""

    letters: int


MailReporter = Callable[[AlreadyRecorded | SendingBegun | Sent | Paused], None]
"""Is sent each event while letters are sent."""


@dataclass(frozen=True)
class SentLetters:
    """How sending ended, and the letters whose fate is open."""

    result: SendingResult
    unsettled: tuple[RecordedLetter, ...]


class Mailer:
    """A project as mail sees it: its settings and outbox and, for one ``brand``, who writes its letters.

    ``site`` names one of the brand's places, ``format`` the printed format; what is not given is the usual one. What
    needs the brand is looked up when it is first used.
    """

    def __init__(self, project: Project, *, brand: str = "", site: str = "", format: str = "") -> None:  # noqa: A002
        self.project = project
        self.brand_slug, self._site, self._format = brand or _only_brand(project), site, format

    @cached_property
    def settings(self) -> MailSettings | None:
        """What ``mail.yaml`` says, if there is one."""
        path = self.project.root / SETTINGS
        return load_record(self.project.read(path), MailSettings) if path.is_file() else None

    @cached_property
    def releases(self) -> ReleaseFolder:
        """What the project has released."""
        return ReleaseFolder(self.project.root)

    @property
    def needed_settings(self) -> MailSettings:
        """What ``mail.yaml`` says. Raises ``HandoutError`` where there is none."""
        if self.settings is None:
            raise HandoutError(
                f'There is no {SETTINGS} in {self.project.root.as_posix()}. Hint: "handouts docs mail" says how.'
            )
        return self.settings

    def check_sender(self) -> None:
        """Raise ``ContentError`` where ``mail.yaml`` still has the sender or server of the skeleton."""
        if self.settings is None:
            return
        source = self.project.read(self.project.root / SETTINGS)
        sample = yaml_source(mail_settings_skeleton(), Path(SETTINGS), "").data
        problems = []
        if self.settings.sender_of(self.brand_slug) == sample["sender"]:
            problems.append(source.problem(("sender",), f"The sender {sample['sender']} is the sample's.", OWN_SENDER))
        if self.settings.server.host == sample["server"]["host"]:
            host = sample["server"]["host"]
            problems.append(source.problem(("server", "host"), f"The server {host} is the sample's.", OWN_SERVER))
        if problems:
            raise ContentError(problems)

    def check_server(self) -> None:
        """Raise ``HandoutError`` where ``mail.yaml`` or the server's password is missing."""
        self.check_sender()
        password_for(self.needed_settings.server)

    @property
    def max_bytes(self) -> int:
        return int(self.settings.max_megabytes * 1_000_000) if self.settings else MAX_BYTES

    @property
    def outbox_path(self) -> Path:
        return self.project.root / OUTBOX

    @contextmanager
    def outbox(self) -> Iterator[Outbox]:
        """Open the project's outbox, with what is past its days forgotten."""
        with open_outbox(self.outbox_path, CLOCK.now) as outbox:
            days = self.settings.keep_days if self.settings else MailSettings.model_fields["keep_days"].default
            outbox.forget_older(days)
            yield outbox

    @cached_property
    def catalog(self) -> Catalog:
        formats = (self._format,) if self._format else ()
        return open_catalog(self.project, EditionFilter(brands=(self.brand_slug,), formats=formats))

    @cached_property
    def writer(self) -> LetterWriter:
        """Who writes the brand's letters.

        Raises ``HandoutError`` for a brand that is missing or has mistakes, and for templates that are not trusted.
        """
        check_trusted(self.project)
        catalog = self.catalog
        brand = catalog.brands.get(self.brand_slug)
        if brand is None or brand.country not in catalog.countries:
            raise HandoutError("\n".join(map(str, catalog.problems)) or f'There is no brand "{self.brand_slug}".')
        contact = choose_contact(brand, self._site)
        configured = self.settings.sender_of(brand.slug) if self.settings else ""
        return LetterWriter(
            sender=sender_for(brand, contact, configured),
            brand=brand,
            contact=contact,
            country=catalog.countries[brand.country],
            languages=catalog.languages.__getitem__,
            handouts=self.handouts,
            render=_templates(self.project).render,
            stamp=_stamp,
        )

    @cached_property
    def format(self) -> FormatFile:
        return usual_format(self.catalog, self.catalog.brands[self.brand_slug])

    @cached_property
    def handouts(self) -> PrintedHandouts:
        """The brand's handouts, each printed and proved when a letter first brings it. Raises as ``writer`` does."""
        check_trusted(self.project)
        brand = self.catalog.brands[self.brand_slug]
        place = brand_at_place(brand, choose_contact(brand, self._site)) if self._site else brand
        cache = open_cache(self.project)
        check = BuildCheck(self.catalog, cache, today(), strict=False)
        printer = HandoutPrinter(HandoutPress(self.catalog, cache), self.catalog)
        return PrintedHandouts(self.catalog, printer, place, self.format, partial(_refusals, check, self.releases))

    @cached_property
    def offered(self) -> OfferedHandouts:
        """Every handout of the project, and the languages that it knows: each code with its names."""
        names: dict[str, tuple[str, ...]] = {}
        for code, path in self.project.files("languages").items():
            names[code] = ()
            with suppress(ContentError):  # told where a letter is written in it
                language = load_record(self.project.read(path), Language)
                names[code] = (language.name, language.native_name)
        return OfferedHandouts(self.handouts.offered, names)


People = Sequence[Recipient]


def without_mailed(mailer: Mailer, people: People, reporter: Callable[[AlreadyRecorded], None]) -> People:
    """Return ``people`` with the handouts that the outbox does not hold for them already; the others are reported."""

    def version_of(slug: str, language: str) -> str:
        try:
            return mailer.handouts.handout(slug, language).version
        except HandoutError:  # told when its letter is written
            return ""

    with mailer.outbox() as outbox:
        left = unmailed(people, outbox.held(mailer.brand_slug), version_of)
        if left.letters or left.lines:
            reporter(AlreadyRecorded(outbox.recorded(left.letters), left.lines))
    return left.people


def write_to_all(
    mailer: Mailer,
    file: Path,
    defaults: RecipientDefaults,
    options: LetterOptions,
    *,
    skip_bad: bool = False,
    choose: Callable[[People], People] = lambda people: people,
    reporter: Callable[[Problem], None],
) -> Sequence[OutboxEntry]:
    """Write the letters to those in a CSV file whom ``choose`` keeps; with ``skip_bad``, bad rows are only reported.

    Raises ``ContentError`` with every bad row, and ``HandoutError`` where no row is good.
    """
    people, problems = read_recipients(file, defaults)
    if problems and not skip_bad:
        raise ContentError(problems)
    entries, unwritten = mailer.writer.write_all(choose(people), options)
    problems += tuple(Problem(file, letter.recipient.line, 1, letter.reason) for letter in unwritten)
    if unwritten and not skip_bad:
        raise ContentError(problems)
    for problem in problems:
        reporter(problem)
    if not people:
        raise HandoutError(f"{file.as_posix()} has no row that can be mailed.")
    return entries


def write_drafts(entries: Iterable[OutboxEntry], folder: Path) -> int:
    """Write letters as drafts that mail programs open, and return how many there are."""
    with FolderTransport(folder) as transport:
        for entry in entries:
            transport.deliver(entry.letter, lambda: None)
    return len(transport.written)


def send_letters(
    mailer: Mailer,
    entries: Iterable[OutboxEntry],
    *,
    again: bool = False,
    rate: float = 0,
    agreed: Callable[[Sequence[OutboxEntry]], bool] | None = None,
    reporter: MailReporter,
) -> SentLetters | None:
    """Record letters in the outbox and send all that waits there; None where ``agreed`` is asked and says no.

    ``again`` sends another copy of what was mailed before; ``rate`` is letters a minute (0: what ``mail.yaml`` says).
    Raises ``HandoutError`` where ``mail.yaml`` or the server's password is missing, before any letter is written.
    """
    mailer.check_server()
    written = list(entries)
    if agreed and not agreed(written):
        return None
    with mailer.outbox() as outbox:
        ids = outbox.record(written, again)
        if ids.repeated:
            reporter(AlreadyRecorded(outbox.recorded(ids.repeated)))
        return send_recorded(mailer, outbox, rate=rate, reporter=reporter)


def send_recorded(mailer: Mailer, outbox: Outbox, *, rate: float = 0, reporter: MailReporter) -> SentLetters:
    """Send all that waits in the outbox. Raises ``HandoutError`` as ``send_letters`` does."""
    settings = mailer.needed_settings
    server = settings.server
    if server.ca_file:
        server = server.model_copy(update={"ca_file": mailer.project.root / server.ca_file})
    pace = Pace(rate or settings.per_minute, settings.retry_after)
    with turn_to_send(mailer.outbox_path):
        # Counted once it is our turn: until then, another command may have sent some of them.
        reporter(SendingBegun(sum(letter.state == "waiting" for letter in outbox.recorded())))
        transport = SmtpTransport(server, password_for(server))
        result = send_waiting(outbox, transport, pace, CLOCK, reporter, partial(withheld, mailer.project))
    unsettled = [letter for letter in outbox.recorded() if letter.state in ("waiting", "unknown")]
    return SentLetters(result, tuple(unsettled))


def _only_brand(project: Project) -> str:
    """Return the project's brand where it has just one of its own, else ""."""
    brands = [name for name in names_in(project, "brands") if name != "default"]
    return brands[0] if len(brands) == 1 else ""


def _refusals(check: BuildCheck, releases: ReleaseFolder, edition: Edition) -> list[str]:
    stopped = check.passing([edition])[1]
    found = ["A check found errors, so this handout is not mailed.", *stopped] if stopped else []
    return [*found, *refusals(releases, edition)]


def _templates(project: Project) -> Templates:
    return Templates({name: project.file(f"templates/{name}") for name in (HTML_TEMPLATE, TEXT_TEMPLATE)})


def _stamp() -> MessageStamp:
    """Return now, and an id that tells nothing of the patient (RFC 5322, 3.6.4)."""
    return MessageStamp(datetime.now(UTC).replace(microsecond=0), secrets.token_hex(16))
