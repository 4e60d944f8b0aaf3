"""The writer of one brand's letters: from whom they are for to what the outbox records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from handoutpress.content.brand.brand import Brand, Contact
from handoutpress.content.models.countries import Country
from handoutpress.content.models.languages import Language
from handoutpress.content.models.mailboxes import Mailbox, MailError, parse_mailbox
from handoutpress.content.models.versions import version_order
from handoutpress.mail.compose import compose
from handoutpress.mail.handout_printer import PrintedHandouts
from handoutpress.mail.letter_context import Enclosure, LetterContext, RecallNotice, Recipient, Render
from handoutpress.mail.letters import Letter, MessageStamp
from handoutpress.mail.outbox import EnclosedVersion, MailedPatient, OutboxEntry
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


@dataclass(frozen=True)
class UnwrittenLetter:
    """Someone to whom no letter could be written, and why, in a sentence that does not name them."""

    recipient: Recipient
    reason: str


@dataclass(frozen=True)
class LetterWriter:
    """Everything that one brand's letters share, in whatever language. ``stamp`` gives each letter date and id."""

    sender: Mailbox
    brand: Brand
    contact: Contact
    country: Country
    languages: Callable[[str], Language]
    handouts: PrintedHandouts
    render: Render
    stamp: Callable[[], MessageStamp]

    def write(self, recipient: Recipient, options: LetterOptions) -> OutboxEntry:
        """Write the letter to ``recipient``. Raises ``HandoutError`` where it cannot be written."""
        language = recipient.language
        enclosures = [self.handouts.enclosure(slug, language, options.with_page) for slug in recipient.handouts]
        if options.personal:
            enclosures = [self.handouts.personal(enclosure, recipient) for enclosure in enclosures]
        letter = compose(recipient, enclosures, self._context(language, options), self.stamp())
        return self._entry(letter, enclosures)

    def write_all(
        self, recipients: Sequence[Recipient], options: LetterOptions
    ) -> tuple[tuple[OutboxEntry, ...], tuple[UnwrittenLetter, ...]]:
        """Write the letters to all ``recipients``, and tell to whom none can be written.

        Raises ``HandoutError`` where a handout cannot be printed, for whomever it is.
        """
        for slug, language in dict.fromkeys(
            (slug, person.language) for person in recipients for slug in person.handouts
        ):
            self.handouts.enclosure(slug, language, options.with_page)
        entries: list[OutboxEntry] = []
        unwritten: list[UnwrittenLetter] = []
        for recipient in recipients:
            try:
                entries.append(self.write(recipient, options))
            except HandoutError as error:
                unwritten.append(UnwrittenLetter(recipient, str(error)))
        return tuple(entries), tuple(unwritten)

    def write_recall(self, patient: MailedPatient, slug: str, below: str, options: LetterOptions) -> OutboxEntry:
        """Write the follow-up to ``patient``, with the present version unless that is withdrawn, too."""
        handout = self.handouts.handout(slug, patient.language)
        is_right = version_order(handout.version) >= version_order(below)
        enclosures = (self.handouts.enclosure(slug, patient.language, options.with_page),) if is_right else ()
        recipient = Recipient(parse_mailbox(patient.address, patient.name), patient.language, (slug,))
        recall = RecallNotice(handout.title, below)
        letter = compose(recipient, enclosures, self._context(patient.language, options), self.stamp(), recall)
        return self._entry(letter, enclosures, purpose=f"recall {slug} {below}")

    def _entry(self, letter: Letter, enclosures: Sequence[Enclosure], purpose: str = "") -> OutboxEntry:
        return OutboxEntry(
            letter=letter,
            brand=self.brand.slug,
            format=self.handouts.format.slug,
            enclosures=tuple(EnclosedVersion(item.slug, item.version, item.content_hash) for item in enclosures),
            site=self.contact.name,
            purpose=purpose,
        )

    def _context(self, code: str, options: LetterOptions) -> LetterContext:
        return LetterContext(
            sender=self.sender,
            brand=self.brand,
            contact=self.contact,
            country=self.country,
            code=code,
            language=self.languages(code),
            render=self.render,
            max_bytes=options.max_bytes,
            password=options.password,
            automatic=options.automatic,
        )


def sender_for(brand: Brand, contact: Contact, configured: str) -> Mailbox:
    """Return who the mails come from: the address of ``mail.yaml``, else the clinic's own, under the brand's name."""
    address = configured or contact.email
    if not address:
        raise MailError(f'The brand "{brand.slug}" has no mail address. Hint: give it one, or write mail.yaml.')
    return parse_mailbox(address, brand.name, f'address of the brand "{brand.slug}"')
