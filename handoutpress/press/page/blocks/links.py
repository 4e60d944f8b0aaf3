"""The block ``links``: what to read and whom to ask, with addresses in words that are links as well."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from handoutpress.content.models.blocks.links import LinkEntry, LinksContent
from handoutpress.content.models.telephones import phone_parts
from handoutpress.content.models.web_addresses import plain_case, typed_address
from handoutpress.press.page.blocks.section_view import SectionView
from handoutpress.press.page.blocks.writer import NOTHING, TextWriter
from handoutpress.press.page.html_words import paragraphs
from handoutpress.press.page.phrases import apart, unbroken


@dataclass(frozen=True)
class LinkView:
    """One place: what it is, what one finds there, its address and its telephone, each a link or empty."""

    label: str
    text: Markup
    address: Markup
    phone: Markup


@dataclass(frozen=True)
class LinksView:
    """Places in a list."""

    items: tuple[LinkView, ...]

    def words(self) -> Iterator[str]:
        """Yield its words as they are read."""
        for item in self.items:
            yield item.label
            yield from paragraphs(item.text, item.address, item.phone)


def links_section(name: str, content: LinksContent, writer: TextWriter) -> SectionView:
    """Return the section of links."""
    items = tuple(_link(entry, writer) for entry in content.items)
    return SectionView(name, "links", content.heading or "", block=LinksView(items))


def _link(entry: LinkEntry, writer: TextWriter) -> LinkView:
    address = phone = NOTHING
    text = writer.line(entry.text) if entry.text else NOTHING
    if entry.address:
        address = _anchor(plain_case(entry.address), entry.label, typed_address(entry.address), writer)
    if entry.phone:
        spoken = writer.phrases.contact_link_phone.format(name=entry.label, number=entry.phone)
        links = [part.link for part in phone_parts(entry.phone, str(writer.flow.dialled_from)) if part.link]
        phone = _anchor(links[0], spoken, unbroken(entry.phone), writer) if len(links) == 1 else _words(entry, writer)
    return LinkView(entry.label, text, address, phone)


def _words(entry: LinkEntry, writer: TextWriter) -> Markup:
    """Return a telephone that is no number that can be dialled, or more than one, as words alone."""
    return apart(unbroken(entry.phone or ""), writer.language)


def _anchor(address: str, spoken: str, words: str, writer: TextWriter) -> Markup:
    """Return a link; what sets its words apart stands around it, since the engine tags no element within a link."""
    is_apart = apart(words, writer.language) != words
    anchor = Markup('<a href="{}" title="{}">{}</a>').format(address, spoken, words)
    return Markup('<span dir="ltr">{}</span>').format(anchor) if is_apart else anchor
