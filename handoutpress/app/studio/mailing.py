"""Letters to patients from a page: written first and looked at, then sent; and the outbox."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from secrets import token_urlsafe
from tempfile import TemporaryDirectory

from handoutpress.app.mail import AlreadyRecorded, Mailer, SendingBegun, send_letters, without_mailed, write_to_all
from handoutpress.app.outbox import recorded_letters, retry
from handoutpress.app.project import open_catalog
from handoutpress.app.studio.giving_out import clinic_names, handout_titles
from handoutpress.app.studio.long_work import WorkProgress
from handoutpress.app.studio.page_drawing import DrawnPage, first_page_of
from handoutpress.content.models.mailboxes import parse_mailbox
from handoutpress.content.project import Project
from handoutpress.mail.letter_context import Recipient
from handoutpress.mail.letter_writer import LetterOptions
from handoutpress.mail.outbox import LetterState, OutboxEntry
from handoutpress.mail.recipients import RecipientDefaults
from handoutpress.mail.sending import Paused, SendingResult, Sent
from handoutpress.store.files import replace_file
from handoutpress.yamlfile.problems import Problem

SHOWN = 3
"""Letters that are shown before they are sent; of the others, to how many they go."""
KEPT = 4
"""Batches of letters that are kept to be sent: whoever looks at a fifth writes the first anew."""
PDF = "application/pdf"


@dataclass(frozen=True)
class MailChoices:
    """Who may mail what: clinics, handouts and languages, each with what people call it; ``can_send`` as set up."""

    clinics: Mapping[str, str]
    handouts: Mapping[str, str]
    languages: Mapping[str, str]
    can_send: bool
    is_released: bool


def mail_choices(project: Project) -> MailChoices:
    """Return what the page for mail offers. Raises ``HandoutError``."""
    catalog, mailer = open_catalog(project), Mailer(project)
    return MailChoices(
        clinics=clinic_names(catalog),
        handouts=handout_titles(catalog),
        languages={
            code: catalog.languages[code].native_name for code in sorted({code for _, code in catalog.handouts})
        },
        can_send=mailer.settings is not None,
        is_released=mailer.releases.current is not None,
    )


@dataclass(frozen=True)
class MailRequest:
    """What is mailed to whom: to one ``address``, else to those in a ``table`` (the bytes of a CSV file)."""

    brand: str
    handouts: tuple[str, ...]
    language: str
    address: str = ""
    name: str = ""
    note: str = ""
    table: bytes = b""


@dataclass(frozen=True)
class ShownLetter:
    """One letter as it is looked at: ``pages`` are the first pages of its PDFs."""

    to: str
    subject: str
    text: str
    files: tuple[str, ...]
    pages: tuple[DrawnPage, ...]


@dataclass(frozen=True)
class PreparedLetters:
    """Letters that wait to be sent. ``repeated`` would bring someone what they have; ``bad_rows`` were left out."""

    mailer: Mailer
    entries: tuple[OutboxEntry, ...]
    repeated: int = 0
    bad_rows: tuple[Problem, ...] = ()

    def shown(self) -> tuple[ShownLetter, ...]:
        """Return the first letters whole."""
        return tuple(_shown(entry) for entry in self.entries[:SHOWN])


def prepare(project: Project, asked: MailRequest) -> PreparedLetters:
    """Write the letters and send none; whoever has a handout already gets none. Raises ``HandoutError``."""
    mailer, repeated, bad_rows = Mailer(project, brand=asked.brand), list[AlreadyRecorded](), list[Problem]()
    choose = partial(without_mailed, mailer, reporter=repeated.append)
    options = LetterOptions(mailer.max_bytes, automatic=bool(asked.table))
    entries: Sequence[OutboxEntry]
    if asked.table:
        defaults = RecipientDefaults(asked.language, asked.handouts, mailer.offered)
        with TemporaryDirectory() as folder:
            path = Path(folder) / "list.csv"
            replace_file(path, asked.table)
            entries = write_to_all(
                mailer, path, defaults, options, skip_bad=True, choose=choose, reporter=bad_rows.append
            )
    else:
        to = parse_mailbox(asked.address.strip(), asked.name.strip())
        one = Recipient(to, asked.language, asked.handouts, asked.note.strip())
        entries = [mailer.writer.write(person, options) for person in choose([one])]
    had = sum(len(each.letters) + len(each.lines) for each in repeated)
    return PreparedLetters(mailer, tuple(entries), had, tuple(bad_rows))


def _shown(entry: OutboxEntry) -> ShownLetter:
    letter = entry.letter
    to = f"{letter.to.name} <{letter.to.address}>" if letter.to.name else letter.to.address
    pages = tuple(first_page_of(file.content) for file in letter.attachments if file.media_type == PDF)
    return ShownLetter(to, letter.subject, letter.text, tuple(file.name for file in letter.attachments), pages)


class LettersToSend:
    """Letters that someone looks at, by a word that nobody guesses, until they are sent."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, PreparedLetters] = OrderedDict()

    def keep(self, prepared: PreparedLetters) -> str:
        """Keep letters and return the word by which they are sent."""
        word = token_urlsafe(16)
        self._waiting[word] = prepared
        while len(self._waiting) > KEPT:
            self._waiting.popitem(last=False)
        return word

    def take(self, word: str) -> PreparedLetters | None:
        """Return the letters kept by ``word``, once."""
        return self._waiting.pop(word, None)


@dataclass(frozen=True)
class SentCounts:
    """How many letters were sent and refused; ``stopped`` says why it ended before all were tried, else ""."""

    sent: int
    refused: int
    stopped: str = ""


def send(prepared: PreparedLetters, *, tell: Callable[[WorkProgress], None]) -> SentCounts:
    """Record the letters in the outbox and send all that waits there. Raises ``HandoutError``."""
    sent = send_letters(prepared.mailer, prepared.entries, reporter=_reporter(tell))
    return _counted(sent.result) if sent else SentCounts(0, 0)


def send_waiting(project: Project, letters: Sequence[int], *, tell: Callable[[WorkProgress], None]) -> SentCounts:
    """Send what waits in the outbox, and of those that were refused the ``letters``. Raises ``HandoutError``."""
    return _counted(retry(project, letters, reporter=_reporter(tell)).result)


def _counted(result: SendingResult) -> SentCounts:
    return SentCounts(result.count("sent"), result.count("refused"), result.stopped)


def _reporter(tell: Callable[[WorkProgress], None]) -> Callable[[AlreadyRecorded | SendingBegun | Sent | Paused], None]:
    progress = WorkProgress("sending", 0, 0)

    def report(event: AlreadyRecorded | SendingBegun | Sent | Paused) -> None:
        nonlocal progress
        if isinstance(event, SendingBegun):
            progress = WorkProgress("sending", 0, event.letters)
        elif isinstance(event, Sent):
            progress = WorkProgress("sending", progress.done + 1, progress.total)
        tell(progress)

    return report


@dataclass(frozen=True)
class OutboxLine:
    """One letter of the outbox; ``person`` is masked, ``handouts`` are their names, ``day`` when it was recorded."""

    number: int
    person: str
    state: LetterState
    day: date
    handouts: tuple[str, ...]
    reason: str


def outbox_lines(project: Project) -> tuple[OutboxLine, ...]:
    """Return the letters of the outbox, the newest first."""
    return tuple(
        OutboxLine(
            letter.id,
            letter.person,
            letter.state,
            datetime.fromtimestamp(letter.recorded, UTC).astimezone().date(),
            tuple(enclosed.slug for enclosed in letter.enclosures),
            letter.reason,
        )
        for letter in reversed(recorded_letters(project))
    )
