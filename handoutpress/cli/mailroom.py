"""From a mail command's options to a brand's desk, the settings and the outbox of a project."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path

import typer

from handoutpress.batch.plan import label_of
from handoutpress.batch.releases.recalls import Recall, read_recalls, recall_of
from handoutpress.batch.releases.release_folder import FOLDER as RELEASES
from handoutpress.cli.opening import cache_of
from handoutpress.content.catalog import Catalog
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.editions import Edition, FormatFile
from handoutpress.content.loading import load_catalog
from handoutpress.content.models.mail_settings import MailSettings
from handoutpress.content.project import Project
from handoutpress.editorial.build_check import BuildCheck
from handoutpress.mail.compose import HTML_TEMPLATE, TEXT_TEMPLATE
from handoutpress.mail.handout_printer import PrintedHandouts, ProofedPrinter, at_place, usual_format
from handoutpress.mail.letter_context import MAX_BYTES, choose_contact
from handoutpress.mail.letter_writer import LetterWriter, sender_for
from handoutpress.mail.letters import MessageStamp
from handoutpress.mail.outbox import Outbox, open_outbox
from handoutpress.mail.outbox_care import forget_older
from handoutpress.mail.sending import Clock
from handoutpress.press.page.templates import Templates
from handoutpress.press.press import HandoutPress
from handoutpress.yamlfile.explain import load_record
from handoutpress.yamlfile.problems import HandoutError

SETTINGS = "mail.yaml"
OUTBOX = Path(".handoutpress") / "outbox.sqlite"
CLOCK = Clock(time.time, time.sleep)


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
        return load_catalog(self.project, EditionFilter(brands=(self._brand,), formats=formats))

    @cached_property
    def desk(self) -> LetterWriter:
        catalog = self.catalog
        giver = catalog.brands.get(self._brand)
        if giver is None or giver.country not in catalog.countries:
            raise HandoutError("\n".join(map(str, catalog.problems)) or f'There is no brand "{self._brand}".')
        contact = choose_contact(giver, self._site)
        configured = self.settings.sender_of(giver.slug) if self.settings else ""
        return LetterWriter(
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
    def shelf(self) -> PrintedHandouts:
        giver = self.catalog.brands[self._brand]
        place = at_place(giver, choose_contact(giver, self._site)) if self._site else giver
        cache = cache_of(self.project)
        gate = BuildCheck(self.catalog, cache, datetime.now(UTC).astimezone().date(), strict=False)
        recalls = read_recalls(self.project.root / RELEASES)
        printer = ProofedPrinter(HandoutPress(self.catalog, cache), self.catalog)
        return PrintedHandouts(self.catalog, printer, place, self.format, partial(_refusals, gate, recalls))


def open_mailroom(project: Project, brand: str = "", site: str = "", printed: str = "") -> Mailroom:
    """The post of ``project``; what needs a ``brand`` is looked up when it is first used."""
    return Mailroom(project, brand, site, printed)


def _refusals(gate: BuildCheck, recalls: tuple[Recall, ...], edition: Edition) -> list[str]:
    """Why an edition must not be mailed, in sentences."""
    recall = recall_of(label_of(edition), recalls)
    recalled = f"{edition.handout_slug} ({edition.language_slug}), version {edition.version}, was recalled on"
    return [*gate.passing([edition])[1], *([f"{recalled} {recall.day}."] if recall else [])]


def _templates(project: Project) -> Templates:
    return Templates({name: project.file(f"templates/{name}") for name in (HTML_TEMPLATE, TEXT_TEMPLATE)})


def _stamp() -> MessageStamp:
    """Now, and an id that tells nothing of the patient (RFC 5322, 3.6.4)."""
    return MessageStamp(datetime.now(UTC).replace(microsecond=0), secrets.token_hex(16))
