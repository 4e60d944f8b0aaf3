"""Branding: a prepared plate and a brand to one PDF, in bytes. No page is typeset, no page stream is touched."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from xml.sax.saxutils import escape

from handoutpress.content.brand.extras.values import KINDS
from handoutpress.content.models.web_addresses import typed_address
from handoutpress.press.extras.arrangement import WHOLE, Part
from handoutpress.press.page.qrcodes import (
    LEAST_MODULE,
    CorrectionLevel,
    QrCode,
    is_alphanumeric,
    longest_text,
    make_code,
    pdf_path,
)
from handoutpress.press.plate.art import Art, ArtLink, SlotArt
from handoutpress.press.plate.code_words import SIZES, AddressTooLongError, draw_address
from handoutpress.press.plate.letter_font import LetterFont, add_letter_font
from handoutpress.press.plate.pdf_objects import ENTRY, compressed, pack_plain, stream_bytes, string_bytes
from handoutpress.press.plate.plate_file import DocumentFacts
from handoutpress.press.plate.prepared import PdfRectangle, PreparedPlate, SlotPlace
from handoutpress.press.plate.roles import palette
from handoutpress.store.digests import bytes_digest, parts_digest

CREATOR = "Handout Press"
_EMPTY = compressed(b"/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << >>", b"")


@dataclass(frozen=True)
class CodeContent:
    """One QR code: where it leads, and what a screen reader says for it."""

    address: str
    spoken: str


@dataclass(frozen=True)
class BrandContent:
    """Everything that a brand gives a plate of one handout."""

    clinic: str
    colours: Mapping[str, str]
    alts: Mapping[str, str]
    """What a screen reader says for each slot that is a picture."""
    codes: Mapping[str, CodeContent]
    level: CorrectionLevel
    code_size: float
    """Width of the codes with their quiet zone, mm."""
    art: Art
    address_sizes: tuple[float, ...] = SIZES
    from_right: bool = False
    letters: LetterFont | None = None
    """What writes the addresses if the plate's own font, which has ASCII alone, lacks their letters."""

    @property
    def digest(self) -> str:
        """The digest of all of it but where its codes lead."""
        parts = (self.clinic, repr(sorted(self.colours.items())), repr(sorted(self.alts.items())), self.art.digest)
        return parts_digest(part.encode("utf-8", "surrogatepass") for part in parts)


@dataclass(frozen=True)
class BrandedPdf:
    """One finished PDF and its SHA-256."""

    data: bytes
    sha256: str


def brand(plate: PreparedPlate, content: BrandContent) -> BrandedPdf:
    """Return one PDF of ``plate`` with the content of a brand.

    Raises ``AddressTooLongError`` if a code has no room for its address, or the place beside it none for the words.
    """
    writer = _PdfWriter(plate, content)
    writer.set_colours()
    writer.set_metadata()
    writer.place_art()
    writer.place_codes()
    return writer.finish()


@lru_cache(maxsize=16)
def _metadata(facts: DocumentFacts) -> tuple[bytes, bytes, bytes]:
    """Return what every edition of a plate says of itself: the information dictionary, and the XMP around a clinic."""
    info = b"<< /Title %b /Author %b /Subject %b /Creator %b /CreationDate %b >>" % (
        *map(string_bytes, (facts.title, facts.author, facts.subject, CREATOR)),
        b"(D:" + facts.day.replace("-", "").encode() + b"000000Z)",
    )
    parts = [
        part.format(**{key: escape(value) for key, value in vars(facts).items()}, creator=CREATOR) for part in _XMP
    ]
    before, after = (part.encode() for part in parts)
    return info, before, after


def _within(rectangle: PdfRectangle, part: Part) -> PdfRectangle:
    """Return where a part of a rectangle is."""
    left, bottom, right, top = rectangle
    width, height = right - left, top - bottom
    return left + part[0] * width, bottom + part[1] * height, left + part[2] * width, bottom + part[3] * height


class _PdfWriter:
    """The objects of one PDF that its brand sets or adds, and the file that they make with the plate."""

    def __init__(self, plate: PreparedPlate, content: BrandContent) -> None:
        self.plate = plate
        self.content = content
        self.bodies: dict[int, bytes] = {}
        self.next_number = plate.next_number
        self.owners: list[bytes] = []
        self.annotations = {number: [kids] for number, kids in plate.annotations.items()}

    def add(self, body: bytes) -> int:
        number = self.next_number
        self.next_number += 1
        self.bodies[number] = body
        return number

    def set_colours(self) -> None:
        for role, number in self.plate.roles.items():
            self.bodies[number] = palette(self.content.colours[role])

    def set_metadata(self) -> None:
        self.bodies[self.plate.info], before, after = _metadata(self.plate.facts)
        xmp = before + escape(self.content.clinic).encode() + after
        self.bodies[self.plate.metadata] = stream_bytes(
            b"<< /Type /Metadata /Subtype /XML /Length %d >>" % len(xmp), xmp
        )

    def place_art(self) -> None:
        art = self.content.art
        numbers = [self.next_number + index for index in range(len(art.pieces))]
        self.next_number += len(numbers)
        forms = {}
        for name, slot in art.slots.items():
            if places := self.plate.places.get(name):
                numbers[slot.form] = places[0].image  # the form takes the place of the placeholder's picture
                forms[name] = slot
        unused = {piece for name, slot in art.slots.items() if name not in forms for piece in (slot.form, slot.page)}
        for index, (number, piece) in enumerate(zip(numbers, art.pieces, strict=True)):
            if index not in unused:
                self.bodies[number] = piece.at(numbers)
        for name, slot in forms.items():
            for place in self.plate.places[name]:
                self.tag_art(place, slot)
        for name in {*KINDS} & {*self.plate.places} - {*forms}:
            self.leave_empty(self.plate.places[name])

    def leave_empty(self, places: tuple[SlotPlace, ...]) -> None:
        """Put nothing into a slot that clinics share with those who have something there, and say nothing of it."""
        for place in places:
            self.bodies[place.image] = _EMPTY
            self.bodies[place.element] = place.bare_head + b" /S /NonStruct /K [%d] >>" % place.mcid

    def tag_art(self, place: SlotPlace, slot: SlotArt) -> None:
        if not place.element:
            return
        kids = [b"%d" % place.mcid]
        for link in slot.links:
            annotation, element = self.add_link(place, link)
            self.annotations[place.annotations].append(b"%d 0 R" % annotation)
            kids.append(b"%d 0 R" % element)
        # Only a figure has an Alt: words would be replaced by it (ISO 32000-1, 14.9.3).
        is_figure = b"/Figure" in place.element_head
        alt = b" /Alt " + string_bytes(self.content.alts[place.name]) if is_figure else b""
        head = place.element_head
        if is_figure and slot.part != WHOLE:  # its box is where it is to be seen (ISO 32000-1, 14.8.5.4.3)
            box = b"[%.3f %.3f %.3f %.3f]" % _within(place.rectangle, slot.part)
            head = place.bare_head + b" /S /Figure /A << /O /Layout /BBox %b >>" % box
        self.bodies[place.element] = head + b" /K [%b]%b >>" % (b" ".join(kids), alt)

    def add_link(self, place: SlotPlace, link: ArtLink) -> tuple[int, int]:
        """Move a link of the art to its place on the page; return its annotation and the element that owns that."""
        rectangle = _within(place.rectangle, link.rectangle)
        parent = self.plate.parent_next + len(self.owners)
        # F 4: it is printed with the page (ISO 32000-1, 12.5.3).
        annotation = self.add(
            b"<< /Type /Annot /Subtype /Link /F 4 /Border [0 0 0] /Rect [%.3f %.3f %.3f %.3f] /StructParent %d"
            b" /Contents %b /A << /S /URI /URI %b >> >>"
            % (*rectangle, parent, string_bytes(link.words), string_bytes(link.address))
        )
        element = self.add(
            b"<< /Type /StructElem /S /Link /P %d 0 R /Pg %d 0 R /K << /Type /OBJR /Obj %d 0 R /Pg %d 0 R >> >>"
            % (place.element, place.page, annotation, place.page)
        )
        self.owners.append(b"%d %d 0 R" % (parent, element))
        return annotation, element

    def place_codes(self) -> None:
        for name, code_content in self.content.codes.items():
            for code in self.plate.places.get(f"code-{name}", ()):
                drawn = pdf_path(self.code(code_content.address))
                self.bodies[code.image] = compressed(
                    b"/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << >>", drawn
                )
                alt = string_bytes(code_content.spoken)
                self.bodies[code.element] = code.element_head + b" /K [%d] /Alt %b >>" % (code.mcid, alt)
            for words in self.plate.places.get(f"address-{name}", ()):
                self.place_address(words, code_content)

    def code(self, address: str) -> QrCode:
        """Return the code of an address. Raises ``AddressTooLongError`` where its modules would be too small."""
        code = make_code(address, self.content.level)
        if code.modules * LEAST_MODULE > self.content.code_size:
            capitals = is_alphanumeric(address)
            longest = longest_text(self.content.code_size, self.content.level, alphanumeric=capitals)
            raise AddressTooLongError(
                f"The address {address} has {len(address)} characters; a code of this format holds {longest}. "
                "Hint: give a shorter address, or leave this format out."
            )
        return code

    def place_address(self, place: SlotPlace, code_content: CodeContent) -> None:
        left, bottom, right, top = place.rectangle
        width, height = right - left, top - bottom
        letters = None if typed_address(code_content.address).isascii() else self.content.letters
        drawn = draw_address(
            code_content.address,
            letters or self.plate.font.widths,
            width,
            height,
            self.content.address_sizes,
            right=self.content.from_right,
        )
        box = b"/BBox [0 0 %.4f %.4f] /Matrix [%.8f 0 0 %.8f 0 0]" % (width, height, 1 / width, 1 / height)
        number = self.letter_font if letters else self.plate.font.number
        fonts = b"/Resources << /Font << /A %d 0 R >> >>" % number
        self.bodies[place.image] = compressed(b"/Type /XObject /Subtype /Form %b %b" % (box, fonts), drawn)
        self.bodies[place.link] = place.link_head + b" /Contents %b /A << /S /URI /URI %b >> >>" % (
            string_bytes(code_content.spoken),
            string_bytes(code_content.address),
        )

    @cached_property
    def letter_font(self) -> int:
        """Add the font of letters beyond ASCII, once; return its number."""
        return add_letter_font(self.content.letters, self.add) if self.content.letters else 0

    def finish(self) -> BrandedPdf:
        plate = self.plate
        self.bodies |= {number: b"[%b]" % b" ".join(kids) for number, kids in self.annotations.items()}
        self.bodies[plate.parent_tree] = b"<< /Nums [%b %b] >>" % (plate.parent_numbers, b" ".join(self.owners))
        packed = pack_plain(self.bodies, len(plate.prefix))
        tail = packed.data + self.references(packed.entries, len(plate.prefix) + len(packed.data))
        digest = plate.prefix_hash.copy()
        digest.update(tail)
        return BrandedPdf(plate.prefix + tail, digest.hexdigest())

    def references(self, entries: Mapping[int, tuple[int, int, int]], offset: int) -> bytes:
        """Return the cross-reference stream and the trailer (ISO 32000-1, 7.5.8)."""
        stream_number = self.next_number
        table = bytearray(self.plate.entries) + bytes(ENTRY.size * (stream_number + 1 - self.plate.next_number))
        for number, entry in {**entries, stream_number: (1, offset, 0)}.items():
            ENTRY.pack_into(table, number * ENTRY.size, *entry)
        # The identifier is drawn from the content, so that the same input gives the same bytes (ISO 32000-1, 14.4).
        sources = [self.plate.prefix_hash.digest(), *self.bodies.values()]
        identity = bytes_digest(b"".join(sources))[:32].encode()
        data = zlib.compress(bytes(table), 1)
        head = (
            b"<< /Type /XRef /Size %d /W [1 4 2] /Root %d 0 R /Info %d 0 R /ID [<%b> <%b>]"
            b" /Filter /FlateDecode /Length %d >>"
            % (stream_number + 1, self.plate.root, self.plate.info, identity, identity, len(data))
        )
        return b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (stream_number, stream_bytes(head, data), offset)


_XMP = (
    """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"\
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:publisher><rdf:Bag><rdf:li>""",
    """</rdf:li></rdf:Bag></dc:publisher>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>{day}T00:00:00Z</xmp:CreateDate>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>""",
)
"""The XMP before and after the name of the clinic."""
