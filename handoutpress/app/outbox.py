"""The outbox: what was mailed to whom, what is sent again or forgotten, and who must hear of a recall."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handoutpress.app.mail import Mailer, Reporter, SentLetters, send_recorded
from handoutpress.content.project import Project
from handoutpress.mail import outbox_care
from handoutpress.mail.letter_writer import LetterOptions
from handoutpress.mail.outbox import OutboxEntry, RecordedLetter
from handoutpress.mail.outbox_care import MailedReader, readers_below


@dataclass(frozen=True)
class ReaderGroup:
    """Readers who were mailed by one brand, from one of its places and in one printed format."""

    brand: str
    site: str
    format: str
    readers: tuple[MailedReader, ...]


def recorded_letters(project: Project) -> tuple[RecordedLetter, ...]:
    """Return every letter of a project's outbox, with masked addresses."""
    with Mailer(project).outbox() as outbox:
        return outbox.remembered()


def retry(project: Project, letters: Sequence[int] = (), *, reporter: Reporter) -> SentLetters:
    """Send what waits, and of those that were refused or whose fate is unknown the ``letters`` of these numbers."""
    mailer = Mailer(project)
    with mailer.outbox() as outbox:
        outbox_care.retry(outbox, letters)
        return send_recorded(mailer, outbox, reporter=reporter)


def forget(project: Project, letters: Sequence[int]) -> int:
    """Erase the letters of these numbers, and return how many there were."""
    with Mailer(project).outbox() as outbox:
        return outbox_care.forget(outbox, letters)


def forget_older(project: Project, days: float) -> tuple[int, int]:
    """Erase what was settled so many days ago; returns how many, and how many as old stay as their fate is open."""
    with Mailer(project).outbox() as outbox:
        return outbox_care.forget_older(outbox, days)


def readers_to_recall(project: Project, handout: str, below: str) -> list[ReaderGroup]:
    """Return everyone who was sent a handout in a version below another one."""
    with Mailer(project).outbox() as outbox:
        readers = readers_below(outbox, handout, below)
    groups: dict[tuple[str, str, str], list[MailedReader]] = {}
    for reader in readers:
        groups.setdefault((reader.brand, reader.site, reader.format), []).append(reader)
    return [ReaderGroup(*names, readers=tuple(groups[names])) for names in sorted(groups)]


def write_recalls(mailer: Mailer, readers: Sequence[MailedReader], handout: str, below: str) -> Iterator[OutboxEntry]:
    """Write to readers that a version is withdrawn, one after the other, with the present version attached."""
    options = LetterOptions(mailer.max_bytes, automatic=True)
    return (mailer.writer.write_recall(reader, handout, below, options) for reader in readers)
