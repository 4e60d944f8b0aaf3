"""The outbox: what was mailed to whom, what is sent again or forgotten, and who must hear of a recall."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handoutpress.app.mail import Mailer, MailReporter, SentLetters, send_recorded
from handoutpress.app.project import names_in
from handoutpress.content.project import Project
from handoutpress.mail.letter_writer import LetterOptions
from handoutpress.mail.outbox import Forgotten, LetterInFull, MailedPatient, OutboxEntry, RecordedLetter


@dataclass(frozen=True)
class PatientGroup:
    """Patients who were mailed by one brand, from one of its places and in one printed format."""

    brand: str
    site: str
    format: str
    patients: tuple[MailedPatient, ...]


def recorded_letters(project: Project) -> tuple[RecordedLetter, ...]:
    """Return every letter of a project's outbox, with masked addresses."""
    with Mailer(project).outbox() as outbox:
        return outbox.recorded()


def letter_in_full(project: Project, number: int) -> LetterInFull:
    """Return one letter of a project's outbox with its whole address. Raises ``HandoutError`` where there is none."""
    with Mailer(project).outbox() as outbox:
        return outbox.in_full(number)


def retry(project: Project, letters: Sequence[int] = (), *, reporter: MailReporter) -> SentLetters:
    """Send what waits, and of those that were refused or whose fate is unknown the ``letters`` of these numbers."""
    mailer = Mailer(project)
    with mailer.outbox() as outbox:
        outbox.retry(letters)
        return send_recorded(mailer, outbox, reporter=reporter)


def forget(project: Project, letters: Sequence[int]) -> int:
    """Erase the letters of these numbers, and return how many there were."""
    with Mailer(project).outbox() as outbox:
        return outbox.forget(letters)


def forget_older(project: Project, days: float) -> Forgotten:
    """Erase what was settled so many days ago; letters whose fate is open stay."""
    with Mailer(project).outbox() as outbox:
        return outbox.forget_older(days)


def patients_to_recall(project: Project, handout: str, below: str = "") -> list[PatientGroup]:
    """Return everyone who was sent a handout in a version below another one, or in any."""
    with Mailer(project).outbox() as outbox:
        patients = outbox.patients_below(handout, below)
    groups: dict[tuple[str, str, str], list[MailedPatient]] = {}
    for patient in patients:
        groups.setdefault((patient.brand, patient.site, patient.format), []).append(patient)
    return [PatientGroup(*names, patients=tuple(groups[names])) for names in sorted(groups)]


def recall_mailer(project: Project, group: PatientGroup) -> tuple[Mailer, tuple[str, ...]]:
    """Return who writes to a group, and in sentences what is not as it was when the group was mailed.

    A place that was renamed since is the brand's first one, and a format that is gone the usual one. Raises
    ``HandoutError`` for a brand that is gone.
    """
    remarks = []
    site, format_slug = group.site, group.format
    if format_slug not in names_in(project, "formats"):
        format_slug = ""
    usual = Mailer(project, brand=group.brand, format=format_slug)
    brand = usual.catalog.brands.get(group.brand)
    if site and brand and site.casefold() not in {contact.name.casefold() for contact in brand.contacts}:
        site, first = "", brand.contacts[0].name if brand.contacts else ""
        ending = f', "{first}"' if first else ""
        remarks.append(
            f'{group.brand} has no place "{group.site}" any more: these letters come from its first place{ending}.'
        )
    if brand and not format_slug:
        remarks.append(f'There is no format "{group.format}" any more: these letters bring "{usual.format.slug}".')
    return Mailer(project, brand=group.brand, site=site, format=format_slug), tuple(remarks)


def write_recalls(mailer: Mailer, patients: Sequence[MailedPatient], handout: str, below: str) -> Iterator[OutboxEntry]:
    """Write to patients that a version is withdrawn, one after the other, with the present version attached."""
    options = LetterOptions(mailer.max_bytes, automatic=True)
    return (mailer.writer.write_recall(patient, handout, below, options) for patient in patients)
