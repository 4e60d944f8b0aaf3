"""Composing: from what a letter brings, and whom it is for, to one finished letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handoutpress.content.models.mailboxes import Mailbox, MailError, header_text, parse_mailbox
from handoutpress.mail.attachments import attachments_of
from handoutpress.mail.letter_context import MAX_NOTE, Enclosure, LetterContext, RecallNotice, Recipient
from handoutpress.mail.letter_values import letter_values, verbatim
from handoutpress.mail.letters import Attachment, Letter, MessageStamp, to_bytes
from handoutpress.mail.logo_picture import logo_picture
from handoutpress.press.page.fetches import refuse_fetches
from handoutpress.press.page.html_words import refuse_links, tidy

HTML_TEMPLATE = "mail/letter.html.j2"
TEXT_TEMPLATE = "mail/letter.txt.j2"


def compose(
    recipient: Recipient,
    enclosures: Sequence[Enclosure],
    context: LetterContext,
    stamp: MessageStamp,
    recall: RecallNotice | None = None,
) -> Letter:
    """Return the letter to ``recipient``; without attachments, and saying so, where they would make it too large.

    Raises ``MailError`` for text that cannot stand in a header and for a note that is too long, and whatever
    ``context.render`` raises for a template that asks for what is not there.
    """
    if len(recipient.note) > MAX_NOTE:
        raise MailError(f"The note is longer than {MAX_NOTE} characters.")
    envelope = _envelope(recipient, context, stamp)
    attachments = attachments_of(enclosures, context.password)
    letter = _fill(replace(envelope, attachments=attachments), recipient, enclosures, context, recall)
    if attachments and len(to_bytes(letter)) > context.max_bytes:
        letter = _fill(envelope, recipient, enclosures, context, recall)
    if len(to_bytes(letter)) > context.max_bytes:
        raise MailError("Even without attachments this mail is larger than the largest that is allowed.")
    return letter


def _envelope(recipient: Recipient, context: LetterContext, stamp: MessageStamp) -> Letter:
    """Return the letter before anything is written on it."""
    sender = replace(context.sender, name=context.sender.name or header_text(context.brand.name, "name of the brand"))
    reply_to = _reply_to(context)
    return Letter(
        sender=sender,
        to=recipient.to,
        subject="",
        language=context.code,
        message_id=f"<{stamp.token}@{(reply_to or sender).domain}>",
        date=stamp.date,
        text="",
        html="",
        reply_to=reply_to,
        automatic=context.automatic,
    )


def _fill(
    letter: Letter,
    recipient: Recipient,
    enclosures: Sequence[Enclosure],
    context: LetterContext,
    recall: RecallNotice | None,
) -> Letter:
    values = letter_values(recipient, enclosures, context, bool(letter.attachments), recall)
    drawn = logo_picture(context.brand.logo) if context.brand.logo else None
    shown = {"address": letter.logo_address, "width": drawn.width, "height": drawn.height} if drawn else None
    html = context.render(HTML_TEMPLATE, {**values, "logo": shown})
    refuse_links(html)
    refuse_fetches(html, (letter.logo_address,) if drawn else ())
    is_shown = drawn is not None and letter.logo_address in html
    return replace(
        letter,
        logo=Attachment("logo.png", "image/png", drawn.png) if drawn and is_shown else None,
        subject=values["subject"],
        text=tidy(context.render(TEXT_TEMPLATE, verbatim(values))) + "\n",
        html=html,
    )


def _reply_to(context: LetterContext) -> Mailbox | None:
    if not context.contact.email:
        return None
    return parse_mailbox(context.contact.email, context.brand.name, f'address of the brand "{context.brand.slug}"')
