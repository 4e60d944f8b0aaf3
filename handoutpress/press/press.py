"""The press: editions in, PDFs and HTML files out. Plates and art come from the cache wherever they can."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

from handoutpress.content.catalog import Catalog
from handoutpress.content.editions import Edition
from handoutpress.content.models.web_addresses import MAX_CODE_LENGTH
from handoutpress.press.cache_keys import CacheKeys, InputParts
from handoutpress.press.page.flow import FlowFields
from handoutpress.press.page.phrases import logo_alt
from handoutpress.press.page.templates import Templates
from handoutpress.press.plate.art import Art, art_from_bytes, art_to_bytes
from handoutpress.press.plate.branding import BrandContent, CodeContent, brand
from handoutpress.press.plate.code_words import SIZES
from handoutpress.press.plate.joining import put_before
from handoutpress.press.plate.prepared import PreparedPlate, prepare
from handoutpress.press.plate.slots import ART, slot_boxes
from handoutpress.press.printed import PrintedPdf
from handoutpress.store.cache import Cache
from handoutpress.store.digests import digest_of
from handoutpress.yamlfile.problems import ContentError, Problem

if TYPE_CHECKING:
    from handoutpress.press.page.cover_page import CoverPage
    from handoutpress.press.renderer import Renderer

PLATES_HELD = 8
ART_HELD = 4096

Value = TypeVar("Value")


class _Recent(Generic[Value]):
    """The values used last, by key."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[str, Value] = OrderedDict()

    def get(self, key: str, make: Callable[[], Value]) -> Value:
        if key not in self._values:
            self._values[key] = make()
            if len(self._values) > self._most:
                self._values.popitem(last=False)
        self._values.move_to_end(key)
        return self._values[key]


def code_addresses(edition: Edition) -> dict[str, str]:
    """Where the two codes of an edition lead: the article and its references, the brand's own page if it has one.

    Raises ``ContentError`` for an address over 80 characters, for which no format has room.
    """
    article, giver = edition.handout.article, edition.brand
    url = giver.article_url.replace("{slug}", edition.handout_slug) or article.url
    references = None if giver.article_url else article.references_url
    addresses = {"article": url, "references": references or f"{url}#references"}
    for address in addresses.values():
        if len(address) > MAX_CODE_LENGTH:
            sentence = f"The address {address} has {len(address)} characters; a code holds {MAX_CODE_LENGTH}."
            path = giver.path if giver.article_url else edition.handout_file.path
            raise ContentError([Problem(path, 0, 0, sentence, "Give a shorter address.")])
    return addresses


class HandoutPress:
    """Makes editions of one catalog. Typesetting is loaded only when a plate or art is not at hand."""

    def __init__(self, catalog: Catalog, cache: Cache) -> None:
        self._catalog = catalog
        self._cache = cache
        found = catalog.project.files("templates", "*.j2").values()
        self._templates = Templates({path.name: path for path in found})
        self._keys = CacheKeys(catalog, self._templates)
        self._plates = _Recent[PreparedPlate](PLATES_HELD)
        self._art = _Recent[Art](ART_HELD)

    @cached_property
    def _studio(self) -> Renderer:
        # Typesetting takes half a second to load; a run whose plates are at hand never needs it.
        from handoutpress.press.renderer import Renderer  # noqa: PLC0415

        return Renderer(self._catalog, self._templates, self._cache)

    def inputs(self, edition: Edition, kind: Literal["pdf", "html"] = "pdf") -> InputParts:
        """All that an output is made from: shown name to digest or version, in parts that editions share."""
        return self._keys.inputs(edition, kind)

    def plate_group(self, edition: Edition) -> str:
        """Editions of equal groups share a plate; nothing is typeset to tell."""
        return self._keys.group(edition)

    def plate_at_hand(self, edition: Edition) -> bool:
        """Whether a plate made from the same is kept, so that nothing need be typeset."""
        return self._kept_plate(self._keys.plate_base(edition), self._keys.flow(edition)) is not None

    def open_plate(self, edition: Edition) -> HandoutPlate:
        """Typeset the edition's plate, or take it from the cache. Raises ``HandoutError``."""
        prepared = self._plates.get(self.plate_group(edition), lambda: prepare(self.plate_file(edition)))
        return HandoutPlate(self, prepared)

    def plate_file(self, edition: Edition) -> bytes:
        """The edition's plate as a PDF, typeset only if no plate at hand was made from the same."""
        base, flow = self._keys.plate_base(edition), self._keys.flow(edition)
        kept = self._kept_plate(base, flow)
        if kept is None:
            with self._cache.only_maker("plates", self.plate_group(edition)):
                kept = self._kept_plate(base, flow) or self._typeset(edition, base, flow)
        return kept

    def _kept_plate(self, base: str, flow: FlowFields) -> bytes | None:
        keys = (_plate_key(base, flow, reads) for reads in self._traces(base))
        return next((kept for key in keys if (kept := self._cache.read("plates", key))), None)

    def _traces(self, base: str) -> list[list[str]]:
        """Which flow fields the plates of this base were seen to read."""
        kept = self._cache.read("reads", base)
        return json.loads(kept) if kept else []

    def _typeset(self, edition: Edition, base: str, flow: FlowFields) -> bytes:
        plate = self._studio.plate(edition, flow)
        reads = sorted(plate.reads)
        self._cache.write("plates", _plate_key(base, flow, reads), plate.pdf)
        traces = self._traces(base)
        if reads not in traces:
            self._cache.write("reads", base, json.dumps([*traces, reads]).encode())
        return plate.pdf

    def art(self, edition: Edition) -> Art:
        """The art of the edition's brand for its format and language, typeset only if it is not at hand."""
        name = f"{edition.brand_slug} {edition.language_slug} {edition.format_slug}"
        return self._art.get(name, lambda: art_from_bytes(self._kept_art(edition)))

    def _kept_art(self, edition: Edition) -> bytes:
        flow = self._keys.flow(edition)
        every = slot_boxes(edition.format, flow.logo_shape, flow.places)
        boxes = {name: every[name] for name in ART if name in every}
        key = self._keys.art(edition, boxes)
        return self._cache.keep("art", key, lambda: art_to_bytes(self._studio.art(edition, boxes)))

    def html(self, edition: Edition) -> bytes:
        """The accessible HTML file of the edition's handout, language and brand."""
        return self._studio.screen(edition, self._keys.flow(edition), code_addresses(edition))

    def with_slip(self, edition: Edition, pdf: bytes, slip: CoverPage) -> bytes:
        """A PDF of the edition with a page before it for one patient. Raises ``SlipError``; nothing is kept."""
        return put_before(self._studio.slip(edition, slip), pdf)

    def dressing(self, edition: Edition) -> tuple[BrandContent, Mapping[str, str]]:
        """What the edition's brand gives its plate, and the addresses of its codes."""
        giver = edition.brand
        language = edition.language
        phrases, from_right = language.phrases, language.direction == "rtl"
        addresses = code_addresses(edition)
        purposes = {"article": phrases.read_article, "references": phrases.see_references}
        codes = {
            name: CodeContent(address, phrases.code_alt.format(purpose=purposes[name], address=address))
            for name, address in addresses.items()
        }
        level, type_ = edition.format.code.level, edition.format.slots.words
        sizes = type_.sizes if type_ else SIZES
        dressing = (
            giver.name,
            vars(giver.colours),
            logo_alt(giver, language),
            codes,
            level,
            self.art(edition),
            sizes,
            from_right,
        )
        return BrandContent(*dressing), addresses


def _plate_key(base: str, flow: FlowFields, reads: list[str]) -> str:
    """The key of a plate whose page read these flow fields."""
    return digest_of(part.encode() for part in (base, *(f"{name}={flow.digest_of(name)}" for name in reads)))


class HandoutPlate:
    """A plate in memory, ready for one brand after the other."""

    def __init__(self, press: HandoutPress, prepared: PreparedPlate) -> None:
        self._press = press
        self._prepared = prepared

    def print(self, edition: Edition) -> PrintedPdf:
        """Brand the plate. Raises ``HandoutError`` where this edition cannot be made."""
        dressing, addresses = self._press.dressing(edition)
        finished = brand(self._prepared, dressing)
        about = (self._prepared.pages, tuple(addresses.values()), finished.sha256, len(self._prepared.prefix))
        return PrintedPdf(finished.data, *about)
