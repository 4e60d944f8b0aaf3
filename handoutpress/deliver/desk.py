"""The desk: where one brand's letters are written, from whom they are for to what the outbox records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from handoutpress.content.brands import Brand, Contact
from handoutpress.content.countries import Country
from handoutpress.content.languages import Language
from handoutpress.content.mailboxes import Mailbox, MailError, parse_mailbox
from handoutpress.content.problems import HandoutError
from handoutpress.content.versions import version_order
from handoutpress.deliver.compose import compose
from handoutpress.deliver.letters import Letter, Stamp
from handoutpress.deliver.outbox import Entry
from handoutpress.deliver.outbox_care import Reader
from handoutpress.deliver.stationery import Leaflet, Recall, Recipient, Render, Stationery


@dataclass(frozen=True)
class Order:
    """How the letters are to be: how large, with the page for phones, with locked PDFs, as one of a batch.

    With ``personal``, name and note are printed into the PDF, too.
    """

    max_bytes: int
    with_page: bool = False
    personal: bool = False
    password: str = ""
    automatic: bool = False


class Leaflets(Protocol):
    """Where leaflets come from: ``printing.Shelf``."""

    def heading(self, slug: str, language: str) -> tuple[str, str]: ...

    def leaflet(self, slug: str, language: str, with_page: bool = False) -> Leaflet: ...

    def for_one(self, leaflet: Leaflet, recipient: Recipient) -> Leaflet: ...


@dataclass(frozen=True)
class Desk:
    """Everything that one brand's letters share, in whatever language. ``stamp`` gives each letter date and id."""

    sender: Mailbox
    brand: Brand
    contact: Contact
    country: Country
    languages: Callable[[str], Language]
    format: str
    shelf: Leaflets
    render: Render
    stamp: Callable[[], Stamp]

    def write(self, recipient: Recipient, order: Order) -> Entry:
        """The letter to ``recipient`` as the outbox records it. Raises ``HandoutError`` where it cannot be written."""
        leaflets = [self.shelf.leaflet(slug, recipient.language, order.with_page) for slug in recipient.handouts]
        if order.personal:
            leaflets = [self.shelf.for_one(leaflet, recipient) for leaflet in leaflets]
        return self._entry(compose(recipient, leaflets, self._paper(recipient.language, order), self.stamp()), leaflets)

    def write_recall(self, reader: Reader, slug: str, below: str, order: Order) -> Entry:
        """The follow-up to ``reader``, with the present version unless that is withdrawn, too."""
        title, version = self.shelf.heading(slug, reader.language)
        fresh = version_order(version) >= version_order(below)
        leaflets = (self.shelf.leaflet(slug, reader.language, order.with_page),) if fresh else ()
        recipient = Recipient(parse_mailbox(reader.address, reader.name), reader.language, (slug,))
        recall = Recall(title, below)
        letter = compose(recipient, leaflets, self._paper(reader.language, order), self.stamp(), recall)
        return self._entry(letter, leaflets, f"recall {slug} {below}")

    def _entry(self, letter: Letter, leaflets: Sequence[Leaflet], purpose: str = "") -> Entry:
        enclosures = tuple((leaflet.slug, leaflet.version) for leaflet in leaflets)
        return Entry(letter, self.brand.slug, self.format, enclosures, self.contact.name, purpose)

    def _paper(self, code: str, order: Order) -> Stationery:
        return Stationery(
            sender=self.sender,
            brand=self.brand,
            contact=self.contact,
            country=self.country,
            code=code,
            language=self.languages(code),
            render=self.render,
            max_bytes=order.max_bytes,
            password=order.password,
            automatic=order.automatic,
        )


@dataclass(frozen=True)
class Unwritten:
    """Someone to whom no letter could be written, and why, in a sentence that does not name them."""

    recipient: Recipient
    reason: str


def write_all(
    desk: Desk, recipients: Sequence[Recipient], order: Order
) -> tuple[tuple[Entry, ...], tuple[Unwritten, ...]]:
    """The letters to all ``recipients``, and to whom none can be written.

    Raises ``HandoutError`` where a handout cannot be printed, for whomever it is.
    """
    for slug, language in dict.fromkeys((slug, each.language) for each in recipients for slug in each.handouts):
        desk.shelf.leaflet(slug, language, order.with_page)
    entries: list[Entry] = []
    unwritten: list[Unwritten] = []
    for recipient in recipients:
        try:
            entries.append(desk.write(recipient, order))
        except HandoutError as error:
            unwritten.append(Unwritten(recipient, str(error)))
    return tuple(entries), tuple(unwritten)


def sender_for(giver: Brand, contact: Contact, configured: str) -> Mailbox:
    """Who the mails come from: the address of ``mail.yaml``, else the clinic's own, under the brand's name."""
    address = configured or contact.email
    if not address:
        raise MailError(f'The brand "{giver.slug}" has no mail address. Hint: give it one, or write mail.yaml.')
    return parse_mailbox(address, giver.name, f'address of the brand "{giver.slug}"')
