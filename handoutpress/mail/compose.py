"""Compose: from what was printed and who it is for to one finished letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handoutpress.content.models.mailboxes import Mailbox, MailError, header_text, parse_mailbox
from handoutpress.mail.attachments import distinct, lock_pdf, plain_file_name
from handoutpress.mail.letter_context import MAX_NOTE, Leaflet, LetterContext, RecallNotice, Recipient
from handoutpress.mail.letter_words import letter_words, verbatim
from handoutpress.mail.letters import Attachment, Letter, MessageStamp, to_bytes
from handoutpress.press.page.html_words import tidy

HTML_TEMPLATE = "mail/letter.html.j2"
TEXT_TEMPLATE = "mail/letter.txt.j2"


def compose(
    recipient: Recipient,
    leaflets: Sequence[Leaflet],
    paper: LetterContext,
    stamp: MessageStamp,
    recall: RecallNotice | None = None,
) -> Letter:
    """The letter to ``recipient``; without attachments, and saying so, where they would make it too large.

    Raises ``MailError`` for text that cannot stand in a header and for a note that is too long, and whatever
    ``paper.render`` raises for a template that asks for what is not there.
    """
    if len(recipient.note) > MAX_NOTE:
        raise MailError(f"The note is longer than {MAX_NOTE} characters.")
    envelope = _envelope(recipient, paper, stamp)
    attachments = attach(leaflets, paper)
    letter = _fill(replace(envelope, attachments=attachments), recipient, leaflets, paper, recall)
    if attachments and len(to_bytes(letter)) > paper.max_bytes:
        letter = _fill(envelope, recipient, leaflets, paper, recall)
    if len(to_bytes(letter)) > paper.max_bytes:
        raise MailError("Even without attachments this mail is larger than the largest that is allowed.")
    return letter


def attach(leaflets: Sequence[Leaflet], paper: LetterContext) -> tuple[Attachment, ...]:
    """The files of ``leaflets`` under names in the patient's language, no two alike; encrypted where asked."""
    files: list[tuple[str, str, bytes]] = []
    for leaflet in leaflets:
        pdf = lock_pdf(leaflet.pdf, paper.password) if paper.password else leaflet.pdf
        files.append((plain_file_name(leaflet.title, leaflet.slug, "pdf"), "application/pdf", pdf))
        if leaflet.page is not None:
            files.append((plain_file_name(leaflet.title, leaflet.slug, "html"), "text/html", leaflet.page))
    names = distinct([name for name, _, _ in files])
    return tuple(Attachment(name, kind, content) for name, (_, kind, content) in zip(names, files, strict=True))


def _envelope(recipient: Recipient, paper: LetterContext, stamp: MessageStamp) -> Letter:
    """The letter before anything is written on it."""
    sender = replace(paper.sender, name=paper.sender.name or header_text(paper.brand.name, "name of the brand"))
    reply_to = _reply_to(paper)
    return Letter(
        sender=sender,
        to=recipient.to,
        subject="",
        language=paper.code,
        message_id=f"<{stamp.token}@{(reply_to or sender).domain}>",
        date=stamp.date,
        text="",
        html="",
        reply_to=reply_to,
        automatic=paper.automatic,
    )


def _fill(
    letter: Letter, recipient: Recipient, leaflets: Sequence[Leaflet], paper: LetterContext, recall: RecallNotice | None
) -> Letter:
    words = letter_words(recipient, leaflets, paper, bool(letter.attachments), recall)
    return replace(
        letter,
        subject=words["subject"],
        text=tidy(paper.render(TEXT_TEMPLATE, verbatim(words))) + "\n",
        html=paper.render(HTML_TEMPLATE, words),
    )


def _reply_to(paper: LetterContext) -> Mailbox | None:
    if not paper.contact.email:
        return None
    return parse_mailbox(paper.contact.email, paper.brand.name, f'address of the brand "{paper.brand.slug}"')
