"""The press: editions in, PDFs and HTML files out. Plates and art come from the cache wherever they can."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from handoutpress.content.brand.extras.values import KINDS
from handoutpress.content.brand.typefaces import find_family
from handoutpress.content.catalog import Catalog
from handoutpress.content.editions import Edition, HandoutFile
from handoutpress.content.models.formats import SlotSize
from handoutpress.content.models.site_addresses import code_addresses as site_code_addresses
from handoutpress.content.models.web_addresses import MAX_CODE_LENGTH, references_address, typed_address
from handoutpress.press.cache_keys import CacheKeys, InputParts
from handoutpress.press.extras.arrangement import Part, arranged, part_of
from handoutpress.press.layout.address_subset import cached_letters
from handoutpress.press.layout.explanation import of_extras
from handoutpress.press.logo.logo_printer import LogoPrinter
from handoutpress.press.page.flow import FlowFields
from handoutpress.press.page.imprint import code_labels
from handoutpress.press.page.phrases import logo_alt
from handoutpress.press.page.templates import Templates, template_files
from handoutpress.press.plate.art import Art, art_from_bytes, art_to_bytes
from handoutpress.press.plate.branding import BrandContent, CodeContent, brand
from handoutpress.press.plate.code_words import SIZES
from handoutpress.press.plate.joining import put_before
from handoutpress.press.plate.letter_font import LetterFont
from handoutpress.press.plate.prepared import PreparedPlate, prepare
from handoutpress.press.plate.slots import ART, extras_box, slot_boxes
from handoutpress.press.printed import PrintedPdf
from handoutpress.store.cache import Cache
from handoutpress.store.digests import parts_digest
from handoutpress.store.recently_used import RecentlyUsed
from handoutpress.yamlfile.problems import ContentError, Problem

if TYPE_CHECKING:
    from handoutpress.press.page.cover_page import CoverPage
    from handoutpress.press.renderer import Renderer

PLATES_IN_MEMORY = 8
ART_IN_MEMORY = 4096
FALLBACK = "Source Sans 3"
"""Has the letters of addresses that a brand's own typeface lacks."""


def code_addresses(edition: Edition) -> dict[str, str]:
    """Return where the codes of an edition lead: to the brand's own page, its site, or the article's own address.

    A handout without an article has codes on a site alone, of its own page there.

    Raises ``ContentError`` for an address over 120 characters, for which no format has room.
    """
    brand, addresses = edition.brand, _addresses(edition)
    for address in addresses.values():
        if len(address) > MAX_CODE_LENGTH:
            sentence = f"The address {address} has {len(address)} characters; a code holds {MAX_CODE_LENGTH}."
            is_of_brand = brand.article_url or brand.site
            path, place = (brand.path, brand.place) if is_of_brand else (edition.handout_file.path, (0, 0))
            raise ContentError([Problem(path, *place, sentence, "Give a shorter address.")])
    return addresses


def _addresses(edition: Edition) -> dict[str, str]:
    article, brand = edition.handout.article, edition.brand
    if article is None:
        names = edition.handout_file.codes(has_site=bool(brand.site))
        addresses = site_code_addresses(brand.site, brand.slug, edition.content_hash) if names else {}
        return {name: addresses[name] for name in names}
    if brand.article_url:
        url = filled_address(brand.article_url, edition.handout_file, brand.slug)
        return {"article": url, "references": references_address(url)}
    if brand.site:
        return site_code_addresses(brand.site, brand.slug, edition.content_hash)
    # What has no address at all was refused while it was loaded.
    url = article.url or ""
    return {"article": url, "references": article.references_url or references_address(url)}


def _prints_phone(edition: Edition) -> bool:
    """Return whether the clinic's number stands in the edition's text, or by itself."""
    return edition.format.slots.phone or any(text.says_phone for text in edition.texts)


def filled_address(template: str, text: HandoutFile, brand: str) -> str:
    """Return a brand's address of an article, with the words in braces filled in."""
    words = {"slug": text.slug, "language": text.language, "hash": text.content_hash, "brand": brand}
    for word, value in words.items():
        template = template.replace(f"{{{word}}}", value)
    return template


class HandoutPress:
    """Prints the editions of one catalog. Typesetting is loaded only when a plate or art is not cached."""

    def __init__(self, catalog: Catalog, cache: Cache) -> None:
        self._catalog = catalog
        self._cache = cache
        self._templates = Templates(template_files(catalog.project))
        self._keys = CacheKeys(catalog, self._templates)
        self._plates = RecentlyUsed[PreparedPlate](PLATES_IN_MEMORY)
        self._art = RecentlyUsed[Art](ART_IN_MEMORY)
        self.logos = LogoPrinter(cache, lambda: self._renderer.engine)

    @cached_property
    def _renderer(self) -> Renderer:
        # Typesetting takes half a second to load; a run whose plates are cached never needs it.
        from handoutpress.press.renderer import Renderer  # noqa: PLC0415

        return Renderer(self._catalog, self._templates, self._cache, self.logos)

    def inputs(self, edition: Edition, kind: Literal["pdf", "html"] = "pdf") -> InputParts:
        """Return all that an output is made from: shown name to digest or version, in parts that editions share."""
        return self._keys.inputs(edition, kind)

    def plate_group(self, edition: Edition) -> str:
        """Return a name that the editions of one plate have in common; nothing is typeset to tell."""
        return self._keys.group(edition)

    def has_cached_plate(self, edition: Edition) -> bool:
        """Return whether a plate made from the same inputs is cached, so that nothing need be typeset."""
        return self._cached_plate(self._keys.plate_base(edition), self._keys.flow(edition)) is not None

    def open_plate(self, edition: Edition) -> HandoutPlate:
        """Typeset the edition's plate, or take it from the cache. Raises ``HandoutError``."""
        prepared = self._plates.get(self.plate_group(edition), lambda: prepare(self.plate_file(edition)))
        return HandoutPlate(self, prepared)

    def plate_file(self, edition: Edition) -> bytes:
        """Return the edition's plate as a PDF, typeset only if no cached plate was made from the same inputs."""
        base, flow = self._keys.plate_base(edition), self._keys.flow(edition)
        plate = self._cached_plate(base, flow)
        if plate is None:
            with self._cache.only_maker("plates", self.plate_group(edition)):
                # Another process may have made it while this one waited.
                plate = self._cached_plate(base, flow) or self._typeset(edition, base, flow)
        return plate

    def explain_layout(self, edition: Edition) -> str:
        """Return in words how the edition's pages are set. Raises ``HandoutError``."""
        base, flow = self._keys.plate_base(edition), self._keys.flow(edition)
        keys = (_plate_key(base, flow, reads) for reads in self._traces(base))
        words = next((words for key in keys if (words := self._cache.read("layouts", key))), None)
        layout = words.decode() if words else self._renderer.plate(edition, flow).explanation
        return " ".join(
            filter(None, (layout, of_extras(edition.format, edition.brand.extras.kinds(edition.language_slug))))
        )

    def _cached_plate(self, base: str, flow: FlowFields) -> bytes | None:
        keys = (_plate_key(base, flow, reads) for reads in self._traces(base))
        return next((plate for key in keys if (plate := self._cache.read("plates", key))), None)

    def _traces(self, base: str) -> list[list[str]]:
        """Return which flow fields the plates of this base were noted to read, a list for each plate."""
        trace = self._cache.read("reads", base)
        return json.loads(trace) if trace else []

    def _typeset(self, edition: Edition, base: str, flow: FlowFields) -> bytes:
        plate = self._renderer.plate(edition, flow)
        reads = sorted(plate.reads)
        key = _plate_key(base, flow, reads)
        self._cache.write("layouts", key, plate.explanation.encode())
        self._cache.write("plates", key, plate.pdf)
        traces = self._traces(base)
        if reads not in traces:
            self._cache.write("reads", base, json.dumps([*traces, reads]).encode())
        return plate.pdf

    def art(self, edition: Edition) -> Art:
        """Return the art of the edition's brand for its format and language, typeset only if it is not cached."""
        name = f"{edition.brand_slug} {edition.language_slug} {edition.format_slug} {_prints_phone(edition)}"
        return self._art.get(name, lambda: art_from_bytes(self._art_file(edition)))

    def _art_file(self, edition: Edition) -> bytes:
        flow = self._keys.flow(edition)
        unused = {*KINDS} | (set() if _prints_phone(edition) else {"phone"})
        slots = slot_boxes(edition.format, flow.logo_shape, flow.places)
        boxes = {name: slots[name] for name in ART if name in slots and name not in unused}
        parts = self._extra_parts(edition, flow, boxes)
        key = self._keys.art(edition, boxes, parts)
        return self._cache.keep("art", key, lambda: art_to_bytes(self._renderer.art(edition, boxes, parts)))

    @staticmethod
    def _extra_parts(edition: Edition, flow: FlowFields, boxes: dict[str, SlotSize]) -> dict[str, Part]:
        """Return which part each kind takes of the box beside the contact, and add its size to ``boxes``."""
        box, extras = extras_box(edition.format, flow), edition.brand.extras
        if box is None:
            return {}
        places = arranged(edition.format, extras.kinds(edition.language_slug), len(extras.people))
        boxes |= {name: place.size for name, place in places.items()}
        from_right = edition.language.direction == "rtl"
        return {name: part_of(place, box, from_right=from_right) for name, place in places.items()}

    def html(self, edition: Edition) -> bytes:
        """Return the accessible HTML file of the edition's handout, language and brand."""
        return self._renderer.screen_page(edition, self._keys.flow(edition), code_addresses(edition))

    def body_html(self, edition: Edition) -> str:
        """Return the blocks of the edition's handout as HTML, without citations; empty where it has none."""
        return self._renderer.body(edition, self._keys.flow(edition)) if edition.handout.body else ""

    def with_cover_page(self, edition: Edition, pdf: bytes, cover_page: CoverPage) -> bytes:
        """Return a PDF of the edition with a page before it for one patient, of which nothing is cached.

        Raises ``CoverPageError``.
        """
        return put_before(self._renderer.cover_page(edition, cover_page), pdf)

    def _letters(self, edition: Edition, addresses: Iterable[str]) -> LetterFont | None:
        """Return what writes addresses whose words are not ASCII; None where all are."""
        words = [words for address in addresses if not (words := typed_address(address)).isascii()]
        if not words:
            return None
        families = (edition.brand.base_font.files, find_family(FALLBACK, (self._catalog.project.builtin / "fonts",)))
        return cached_letters(self._cache, families, "".join(sorted(set("".join(words)))))

    def brand_content(self, edition: Edition) -> BrandContent:
        """Return what the edition's brand puts into its plate."""
        brand, phrases, words = edition.brand, edition.language.phrases, edition.format.slots.words
        purposes = code_labels(edition.handout_file, edition.language, has_site=bool(brand.site))
        codes = {
            name: CodeContent(address, phrases.code_alt.format(purpose=purposes[name], address=address))
            for name, address in code_addresses(edition).items()
        }
        return BrandContent(
            clinic=brand.name,
            colours=vars(brand.colours),
            alts={
                "brandmark": logo_alt(brand, edition.language),
                "marks": brand.extras.mark_alt,
                "photo": brand.extras.photo.alt if brand.extras.photo else "",
            },
            codes=codes,
            level=edition.format.code.level,
            code_size=edition.format.code.size,
            art=self.art(edition),
            address_sizes=words.sizes if words else SIZES,
            from_right=edition.language.direction == "rtl",
            letters=self._letters(edition, (code.address for code in codes.values())),
        )


def _plate_key(base: str, flow: FlowFields, reads: list[str]) -> str:
    """Return the key of a plate whose page read these flow fields."""
    return parts_digest(part.encode() for part in (base, *(f"{name}={flow.field_digest(name)}" for name in reads)))


class HandoutPlate:
    """A plate in memory, ready for one brand after the other."""

    def __init__(self, press: HandoutPress, prepared: PreparedPlate) -> None:
        self._press = press
        self._prepared = prepared

    def print(self, edition: Edition) -> PrintedPdf:
        """Brand the plate. Raises ``HandoutError`` where this edition cannot be made."""
        content = self._press.brand_content(edition)
        branded = brand(self._prepared, content)
        return PrintedPdf(
            pdf=branded.data,
            pages=self._prepared.pages,
            addresses=tuple(code.address for code in content.codes.values()),
            sha256=branded.sha256,
            plate_bytes=len(self._prepared.prefix),
            brand_digest=content.digest,
        )
