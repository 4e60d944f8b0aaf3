"""The words of a letter: the values that the templates under ``templates/mail/`` may use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from handoutpress.content.models.mailboxes import header_text
from handoutpress.content.models.web_addresses import dialled_number
from handoutpress.mail.letter_context import Leaflet, LetterContext, RecallNotice, Recipient
from handoutpress.press.page.html_words import plain_text
from handoutpress.press.page.phrases import GROUPED_DIGITS

ISOLATE, END_ISOLATE = "\u2066", "\u2069"
"""Keep the parts of a telephone number in their order among right-to-left words (Unicode UAX 9, 2.3)."""


def letter_words(
    recipient: Recipient, leaflets: Sequence[Leaflet], paper: LetterContext, attached: bool, recall: RecallNotice | None
) -> dict[str, Any]:
    """All values of a letter. ``name`` is there only if it is known, so that a template must ask before it greets."""
    said = paper.language.mail
    name = recipient.to.name
    values: dict[str, Any] = {
        "code": paper.code,
        "direction": paper.language.direction,
        "colours": paper.brand.colours,
        "clinic": _clinic(paper),
        "subject": _subject(leaflets, paper, recall),
        "greeting": said.greeting_name.format(name=name) if name else said.greeting,
        "opening": _opening(leaflets, paper, attached, recall),
        "note_heading": said.your_note,
        "note": GROUPED_DIGITS.sub(lambda found: _number(found[0], paper), recipient.note.strip()),
        "leaflets": [_leaflet(leaflet) for leaflet in leaflets],
        "headings": _headings(paper),
        "emergency": _emergency(paper),
        "read_article": paper.language.phrases.read_article,
        "see_references": paper.language.phrases.see_references,
        "questions": _questions(paper),
        "closing": said.closing,
        "why": said.why.format(clinic=paper.brand.name),
    }
    return values | ({"name": name} if name else {})


def verbatim(value: Any) -> Any:
    """``value`` with every text in it marked as final, so that a plain-text template escapes none of it."""
    if isinstance(value, str):
        return Markup(value)  # noqa: S704  nothing of it is HTML
    if isinstance(value, Mapping):
        return {key: verbatim(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [verbatim(part) for part in value]
    return value


def _clinic(paper: LetterContext) -> dict[str, Any]:
    contact = paper.contact
    place = contact.name if contact.name != paper.brand.name else ""
    return {
        "name": paper.brand.name,
        "place": place,
        "address": list(contact.address),
        "phone": _number(contact.phone, paper),
        "dial": dialled_number(contact.phone),
        "email": contact.email,
        "hours": contact.hours,
        "link": paper.brand.link,
    }


def _subject(leaflets: Sequence[Leaflet], paper: LetterContext, recall: RecallNotice | None) -> str:
    said, clinic = paper.language.mail, paper.brand.name
    if recall:
        subject = said.recall_subject.format(title=recall.title, clinic=clinic)
    elif len(leaflets) == 1:
        subject = said.subject.format(title=leaflets[0].title, clinic=clinic)
    else:
        subject = said.subject_many.format(clinic=clinic)
    return header_text(subject, "subject")


def _opening(
    leaflets: Sequence[Leaflet], paper: LetterContext, attached: bool, recall: RecallNotice | None
) -> list[str]:
    """The first paragraph, in sentences: what this is, and how it comes."""
    said, many = paper.language.mail, len(leaflets) > 1
    if recall:
        first = said.recall.format(title=recall.title, version=recall.version)
        if not leaflets:
            return [first, said.recall_none]
        return [first, said.recall_new if attached else said.too_large]
    sentences = [said.intro_many if many else said.intro]
    if not attached:
        return [*sentences, said.too_large]
    sentences.append(said.attached_many if many else said.attached)
    if paper.password:
        sentences.append(said.locked)
    if any(leaflet.page is not None for leaflet in leaflets):
        sentences.append(said.page_attached)
    return sentences


def _leaflet(leaflet: Leaflet) -> dict[str, Any]:
    return {
        "title": leaflet.title,
        "main_message": Markup(leaflet.main_message),  # noqa: S704  safe by its own promise
        "main_message_text": plain_text(leaflet.main_message),
        "urgent_help": Markup(leaflet.urgent_help),  # noqa: S704  safe by its own promise
        "urgent_help_text": plain_text(leaflet.urgent_help),
        "article_url": leaflet.article_url,
        "references_url": leaflet.references_url,
    }


def _headings(paper: LetterContext) -> dict[str, str]:
    phrases = paper.language.phrases
    return {
        "main_message": phrases.main_message,
        "urgent_help": phrases.headings.urgent_help,
        "links": paper.language.mail.links,
    }


def _emergency(paper: LetterContext) -> list[str]:
    phrases, country = paper.language.phrases, paper.country
    sentences = [phrases.call_emergency.format(number=_number(country.emergency, paper))]
    if country.advice:
        number = _number(country.advice.number, paper)
        sentences.append(phrases.call_advice.format(name=country.advice.name, number=number))
    return sentences


def _questions(paper: LetterContext) -> list[str]:
    said, phone = paper.language.mail, paper.contact.phone
    return [said.reply, said.call.format(phone=_number(phone, paper))] if phone else [said.reply]


def _number(number: str, paper: LetterContext) -> str:
    """``number`` in one piece: no line ends within it, and right-to-left words leave its parts in their order."""
    whole = number.replace(" ", "\u00a0")
    rtl = paper.language.direction == "rtl" and number
    return f"{ISOLATE}{whole}{END_ISOLATE}" if rtl else whole
