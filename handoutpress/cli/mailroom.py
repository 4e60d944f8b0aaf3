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
from handoutpress.batch.releases.shelf import FOLDER as RELEASES
from handoutpress.cli.gate import Gate
from handoutpress.cli.opening import cache_of
from handoutpress.content.catalog import Catalog
from handoutpress.content.editions import Edition, FormatFile
from handoutpress.content.explain import load_record
from handoutpress.content.loading import load_catalog
from handoutpress.content.mail_settings import MailSettings
from handoutpress.content.problems import HandoutError
from handoutpress.content.project import Project
from handoutpress.content.wanted import Wanted
from handoutpress.deliver.compose import HTML_TEMPLATE, TEXT_TEMPLATE
from handoutpress.deliver.desk import Desk, sender_for
from handoutpress.deliver.letters import Stamp
from handoutpress.deliver.outbox import Outbox, open_outbox
from handoutpress.deliver.outbox_care import forget_older
from handoutpress.deliver.printing import ProofedPress, Shelf, at_place, usual_format
from handoutpress.deliver.sending import Clock
from handoutpress.deliver.stationery import MAX_BYTES, choose_contact
from handoutpress.press.press import HandoutPress
from handoutpress.press.render import Templates

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
        cache = cache_of(self.project)
        gate = Gate(self.catalog, cache, datetime.now(UTC).astimezone().date(), strict=False)
        recalls = read_recalls(self.project.root / RELEASES)
        printer = ProofedPress(HandoutPress(self.catalog, cache), self.catalog)
        return Shelf(self.catalog, printer, place, self.format, partial(_refusals, gate, recalls))


def open_mailroom(project: Project, brand: str = "", site: str = "", printed: str = "") -> Mailroom:
    """The post of ``project``; what needs a ``brand`` is looked up when it is first used."""
    return Mailroom(project, brand, site, printed)


def _refusals(gate: Gate, recalls: tuple[Recall, ...], edition: Edition) -> list[str]:
    """Why an edition must not be mailed, in sentences."""
    recall = recall_of(label_of(edition), recalls)
    recalled = f"{edition.slug} ({edition.language}), version {edition.version}, was recalled on"
    return [*gate.passing([edition])[1], *([f"{recalled} {recall.day}."] if recall else [])]


def _templates(project: Project) -> Templates:
    return Templates({name: project.file(f"templates/{name}") for name in (HTML_TEMPLATE, TEXT_TEMPLATE)})


def _stamp() -> Stamp:
    """Now, and an id that tells nothing of the patient (RFC 5322, 3.6.4)."""
    return Stamp(datetime.now(UTC).replace(microsecond=0), secrets.token_hex(16))
