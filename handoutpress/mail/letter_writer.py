"""The desk: where one brand's letters are written, from whom they are for to what the outbox records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from handoutpress.content.brand.brand import Brand, Contact
from handoutpress.content.models.countries import Country
from handoutpress.content.models.languages import Language
from handoutpress.content.models.mailboxes import Mailbox, MailError, parse_mailbox
from handoutpress.content.models.versions import version_order
from handoutpress.mail.compose import compose
from handoutpress.mail.letter_context import Leaflet, LetterContext, RecallNotice, Recipient, Render
from handoutpress.mail.letters import Letter, MessageStamp
from handoutpress.mail.outbox import OutboxEntry
from handoutpress.mail.outbox_care import MailedReader
from handoutpress.yamlfile.problems import HandoutError


@dataclass(frozen=True)
class LetterOptions:
    """How the letters are to be: how large, with the page for phones, with locked PDFs, as one of a batch.

    With ``personal``, name and note are printed into the PDF, too.
    """

    max_bytes: int
    with_page: bool = False
    personal: bool = False
    password: str = ""
    automatic: bool = False


class HandoutSource(Protocol):
    """Where leaflets come from: ``printing.Shelf``."""

    def heading(self, slug: str, language: str) -> tuple[str, str]: ...

    def leaflet(self, slug: str, language: str, with_page: bool = False) -> Leaflet: ...

    def for_one(self, leaflet: Leaflet, recipient: Recipient) -> Leaflet: ...


@dataclass(frozen=True)
class LetterWriter:
    """Everything that one brand's letters share, in whatever language. ``stamp`` gives each letter date and id."""

    sender: Mailbox
    brand: Brand
    contact: Contact
    country: Country
    languages: Callable[[str], Language]
    format: str
    shelf: HandoutSource
    render: Render
    stamp: Callable[[], MessageStamp]

    def write(self, recipient: Recipient, order: LetterOptions) -> OutboxEntry:
        """The letter to ``recipient`` as the outbox records it. Raises ``HandoutError`` where it cannot be written."""
        leaflets = [self.shelf.leaflet(slug, recipient.language, order.with_page) for slug in recipient.handouts]
        if order.personal:
            leaflets = [self.shelf.for_one(leaflet, recipient) for leaflet in leaflets]
        return self._entry(compose(recipient, leaflets, self._paper(recipient.language, order), self.stamp()), leaflets)

    def write_recall(self, reader: MailedReader, slug: str, below: str, order: LetterOptions) -> OutboxEntry:
        """The follow-up to ``reader``, with the present version unless that is withdrawn, too."""
        title, version = self.shelf.heading(slug, reader.language)
        fresh = version_order(version) >= version_order(below)
        leaflets = (self.shelf.leaflet(slug, reader.language, order.with_page),) if fresh else ()
        recipient = Recipient(parse_mailbox(reader.address, reader.name), reader.language, (slug,))
        recall = RecallNotice(title, below)
        letter = compose(recipient, leaflets, self._paper(reader.language, order), self.stamp(), recall)
        return self._entry(letter, leaflets, f"recall {slug} {below}")

    def _entry(self, letter: Letter, leaflets: Sequence[Leaflet], purpose: str = "") -> OutboxEntry:
        enclosures = tuple((leaflet.slug, leaflet.version) for leaflet in leaflets)
        return OutboxEntry(letter, self.brand.slug, self.format, enclosures, self.contact.name, purpose)

    def _paper(self, code: str, order: LetterOptions) -> LetterContext:
        return LetterContext(
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
class UnwrittenLetter:
    """Someone to whom no letter could be written, and why, in a sentence that does not name them."""

    recipient: Recipient
    reason: str


def write_all(
    desk: LetterWriter, recipients: Sequence[Recipient], order: LetterOptions
) -> tuple[tuple[OutboxEntry, ...], tuple[UnwrittenLetter, ...]]:
    """The letters to all ``recipients``, and to whom none can be written.

    Raises ``HandoutError`` where a handout cannot be printed, for whomever it is.
    """
    for slug, language in dict.fromkeys((slug, each.language) for each in recipients for slug in each.handouts):
        desk.shelf.leaflet(slug, language, order.with_page)
    entries: list[OutboxEntry] = []
    unwritten: list[UnwrittenLetter] = []
    for recipient in recipients:
        try:
            entries.append(desk.write(recipient, order))
        except HandoutError as error:
            unwritten.append(UnwrittenLetter(recipient, str(error)))
    return tuple(entries), tuple(unwritten)


def sender_for(giver: Brand, contact: Contact, configured: str) -> Mailbox:
    """Who the mails come from: the address of ``mail.yaml``, else the clinic's own, under the brand's name."""
    address = configured or contact.email
    if not address:
        raise MailError(f'The brand "{giver.slug}" has no mail address. Hint: give it one, or write mail.yaml.')
    return parse_mailbox(address, giver.name, f'address of the brand "{giver.slug}"')
