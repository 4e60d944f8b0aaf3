"""The words of a letter: the values that the templates under ``templates/mail/`` may use, by their names there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from handoutpress.content.brand.extras.line_parts import line_parts
from handoutpress.content.models.mailboxes import header_text
from handoutpress.content.models.telephones import phone_parts
from handoutpress.content.models.web_addresses import mail_link, readable_address
from handoutpress.mail.letter_context import Enclosure, LetterContext, RecallNotice, Recipient
from handoutpress.press.page.html_words import plain_text
from handoutpress.press.page.isolates import END_ISOLATE, ISOLATE, isolated, isolated_text
from handoutpress.press.page.phrases import GROUPED_DIGITS, spoken_name
from handoutpress.press.page.signs import parted

_CALL = re.compile(
    r"(?:(?:tele?(?:phone|fon)?|t[ée]l[ée]phone|tel[ée]fono|t[ée]l|phone|ph|call|ring|appelez|llame|llámenos|тел|телефон|"
    r"هاتف|اتصل|फ़ोन|फोन|电话|致电)\b\.?(?:\s+(?:us|-?nous|número|number|no\.?|بنا))?(?:\s+(?:on|at|au|al|على))?)?[\s.:：-]*",
    re.IGNORECASE,
)
"""What a clinic writes before its number in the contacts, which the mail's own sentence says already."""

_DRAWN = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
"""Lines and boxes for a pen, which mail programs leave out or show as attachments."""


def letter_values(
    recipient: Recipient,
    enclosures: Sequence[Enclosure],
    context: LetterContext,
    attached: bool,
    recall: RecallNotice | None,
) -> dict[str, Any]:
    """Return all values of a letter. ``name`` is there only where it is known, so that a template must ask first.

    ``attached`` tells whether the enclosures come as files, or as links alone.
    """
    mail_phrases = context.language.mail
    name = recipient.to.name
    values: dict[str, Any] = {
        "code": context.code,
        "direction": context.language.direction,
        "colours": context.brand.colours,
        "clinic": _clinic(context),
        "extras": _extras(context),
        "subject": _subject(enclosures, context, recall),
        "greeting": mail_phrases.greeting_name.format(name=spoken_name(name)) if name else mail_phrases.greeting,
        "opening": _opening(enclosures, context, attached, recall),
        "note_heading": mail_phrases.your_note,
        "note": GROUPED_DIGITS.sub(lambda match: _unbroken(match[0], context), recipient.note.strip()),
        "leaflets": [_enclosure(enclosure, context) for enclosure in enclosures],
        "headings": _headings(context),
        "emergency": _emergency(context),
        "read_article": context.language.phrases.read_article,
        "see_references": context.language.phrases.see_references,
        "questions": _questions(context),
        "closing": mail_phrases.closing,
        "why": mail_phrases.why.format(clinic=context.brand.name),
    }
    return values | ({"name": name} if name else {})


def verbatim(value: Any) -> Any:
    """Return ``value`` with every text in it marked as final, so that a plain-text template escapes none of it."""
    if isinstance(value, str):
        return Markup(value)  # noqa: S704  nothing of it is HTML
    if isinstance(value, Mapping):
        return {key: verbatim(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [verbatim(part) for part in value]
    return value


def _clinic(context: LetterContext) -> dict[str, Any]:
    contact = context.contact
    place = contact.name if contact.name != context.brand.name else ""
    return {
        "name": context.brand.name,
        "place": place,
        "address": list(contact.address),
        "phone": _unbroken(contact.phone, context),
        "phone_parts": [
            {"text": _unbroken(part.text, context), "link": part.link}
            for part in phone_parts(contact.phone, context.brand.country)
        ],
        "email": contact.email,
        "email_link": mail_link(contact.email) if contact.email else "",
        "hours": contact.hours,
        "link": context.brand.link,
        "link_words": readable_address(context.brand.link) if context.brand.link else "",
    }


def _extras(context: LetterContext) -> dict[str, Any]:
    """Return what the clinic prints beside its contact, in words alone."""
    extras, country = context.brand.extras, context.brand.country
    lines = extras.lines_in(context.code)
    return {
        "people": [", ".join(person.words) for person in extras.people],
        "marks": [mark.alt for mark in extras.marks],
        "lines": [GROUPED_DIGITS.sub(lambda match: _unbroken(match[0], context), line) for line in lines],
        "linked_lines": [[vars(part) for part in line_parts(line, country)] for line in lines],
        "links": [vars(link) for link in extras.links],
    }


def _subject(enclosures: Sequence[Enclosure], context: LetterContext, recall: RecallNotice | None) -> str:
    mail_phrases, clinic = context.language.mail, context.brand.name
    if recall:
        phrase = mail_phrases.recall_subject if enclosures else mail_phrases.recall_none_subject
        subject = phrase.format(title=recall.title, clinic=clinic)
    elif len(enclosures) == 1:
        subject = mail_phrases.subject.format(title=enclosures[0].title, clinic=clinic)
    else:
        subject = mail_phrases.subject_many.format(clinic=clinic)
    return header_text(subject, "subject")


def _opening(
    enclosures: Sequence[Enclosure], context: LetterContext, attached: bool, recall: RecallNotice | None
) -> list[str]:
    """Return the first paragraph, in sentences: what this is, and how it comes."""
    mail_phrases, several = context.language.mail, len(enclosures) > 1
    if recall:
        if not enclosures:
            return [mail_phrases.recall_none.format(title=recall.title, version=recall.version)]
        corrected = mail_phrases.recall.format(title=recall.title, version=recall.version)
        return [corrected, mail_phrases.recall_new if attached else mail_phrases.too_large]
    sentences = [mail_phrases.intro_many if several else mail_phrases.intro]
    if not attached:
        return [*sentences, mail_phrases.too_large]
    sentences.append(mail_phrases.attached_many if several else mail_phrases.attached)
    if context.password:
        sentences.append(mail_phrases.locked)
    if any(enclosure.page is not None for enclosure in enclosures):
        sentences.append(mail_phrases.page_attached)
    return sentences


def _enclosure(enclosure: Enclosure, context: LetterContext) -> dict[str, Any]:
    language = context.language
    signs, lesser = parted(Markup(enclosure.urgent_help), language.help_words)  # noqa: S704  safe by its own promise
    # A clinic's own template may print all of it: whom to call stands within it, too, before what is no emergency.
    crisis = _crisis_line(context) if enclosure.crisis_line else ""
    calls = [*([_emergency(context)[0]] if lesser else []), *([crisis] if crisis else [])]
    whole = signs + Markup("").join(Markup("<p>{}</p>").format(call) for call in calls) + lesser
    return {
        "title": enclosure.title,
        "main_message": isolated(Markup(enclosure.main_message), language),  # noqa: S704  safe by its own promise
        "main_message_text": isolated_text(plain_text(enclosure.main_message), language),
        "body": isolated(Markup(_DRAWN.sub("", enclosure.body)), language),  # noqa: S704  safe by its own promise
        "body_text": isolated_text(plain_text(enclosure.body), language),
        "urgent_help": isolated(whole, language),
        "urgent_help_text": isolated_text(plain_text(whole), language),
        "first_signs": isolated(signs, language),
        "first_signs_text": isolated_text(plain_text(signs), language),
        "lesser_signs": isolated(lesser, language),
        "lesser_signs_text": isolated_text(plain_text(lesser), language),
        "crisis_line": crisis,
        "urgent_heading": enclosure.urgent_heading or language.phrases.headings.urgent_help,
        "call_us": isolated(Markup(enclosure.call_us), language),  # noqa: S704  safe by its own promise
        "call_us_text": isolated_text(plain_text(enclosure.call_us), language),
        "call_heading": enclosure.call_heading,
        "article_url": enclosure.article_url,
        "references_url": enclosure.references_url,
    }


def _headings(context: LetterContext) -> dict[str, str]:
    phrases = context.language.phrases
    return {
        "main_message": phrases.main_message,
        "links": context.language.mail.links,
    }


def _emergency(context: LetterContext) -> list[str]:
    phrases, country = context.language.phrases, context.country
    sentences = [phrases.call_emergency.format(number=_unbroken(country.emergency, context))]
    if country.advice:
        number = _unbroken(country.advice.number, context)
        sentences.append(phrases.call_advice.format(name=country.advice.name, number=number))
    else:
        sentences.append(phrases.call_doctor)
    return sentences


def _crisis_line(context: LetterContext) -> str:
    """Return whom to call in thoughts of ending one's life; an empty text where the country names nobody."""
    if not (line := context.country.crisis_line):
        return ""
    return context.language.phrases.call_crisis_line.format(name=line.name, number=_unbroken(line.number, context))


def _questions(context: LetterContext) -> list[str]:
    mail_phrases, phone = context.language.mail, _CALL.sub("", context.contact.phone, count=1) or context.contact.phone
    return (
        [mail_phrases.reply, mail_phrases.call.format(phone=_unbroken(phone, context))]
        if phone
        else [mail_phrases.reply]
    )


def _unbroken(number: str, context: LetterContext) -> str:
    """Return ``number`` so that no line ends within it, and its parts stay in order among right-to-left words."""
    unbroken = number.replace(" ", "\u00a0")
    rtl = context.language.direction == "rtl" and number
    return f"{ISOLATE}{unbroken}{END_ISOLATE}" if rtl else unbroken
