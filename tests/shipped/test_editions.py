"""Every shipped edition, as it lies in ``out/``: what STANDARDS ask of a PDF, on the PDF's bytes."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from shipped import LEAFLETS, OFTEN, Shipped
from shipped import shipped as shipped  # noqa: PLC0414

from handoutpress.content.editions import Edition
from handoutpress.content.models.handouts import Handout, Passage
from handoutpress.content.models.kinds import Kind
from handoutpress.content.models.telephones import phone_parts
from handoutpress.press.press import code_addresses
from handoutpress.press.printed import PrintedPdf
from handoutpress.proof.checks.registry import prove
from handoutpress.proof.expectation import Expectation, WantedCode
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.page_codes import find_codes
from handoutpress.proof.pdf.text import text_in_reading_order
from handoutpress.proof.pdf.tree import StructureElement
from handoutpress.yamlfile.source import read_yaml

ROOT = Path(__file__).parents[2]
CHECKS = ("structure", "links", "running-heads", "meaning", "conformance", "fonts", "codes", "addresses", "file")
MAX_BYTES = 120_000
ADDRESS = re.compile(r"https?://|www\.|@\S+\.")


@dataclass(frozen=True)
class Finished:
    """One edition with its PDF."""

    edition: Edition
    printed: PrintedPdf

    @property
    def handout(self) -> Handout:
        return self.edition.handout

    @property
    def pdf(self) -> pikepdf.Pdf:
        return pikepdf.open(io.BytesIO(self.printed.pdf))


@pytest.fixture(params=LEAFLETS)
def finished(request: pytest.FixtureRequest, shipped: Shipped) -> Finished:
    return Finished(shipped.editions[request.param], shipped.printed(request.param))


def test_every_handout_brand_and_leaflet_is_among_the_editions(shipped: Shipped) -> None:
    often = [shipped.editions[name] for name in OFTEN]
    assert {edition.handout_slug for edition in often} == {"acupuncture", "dry-needling", "acupuncture-or-dry-needling"}
    assert len({edition.brand_slug for edition in often}) >= 4
    assert {edition.format_slug for edition in often} == {"a4-leaflet", "letter-leaflet"}


def test_it_passes_the_proof(finished: Finished) -> None:
    edition, brand = finished.edition, finished.edition.brand
    addresses = tuple(code_addresses(edition).values())
    assert finished.printed.addresses == addresses
    families = {brand.base_font.name, brand.heading_font.name}
    foot = f"Version {edition.version}, "
    paper = edition.format.paper
    expectation = Expectation(
        codes=tuple(WantedCode(address) for address in addresses),
        running=(foot,),
        language=edition.language_slug,
        title=finished.handout.title,
        fonts=tuple(families),
        paper=(paper.width, paper.height),
        safe_area=5.0,
        max_pages=edition.format.max_pages,
        max_bytes=MAX_BYTES,
    )
    assert [str(f) for f in prove(Path("edition.pdf"), finished.printed.pdf, expectation, CHECKS)] == []


def test_it_has_one_or_two_pages_and_a_small_file(finished: Finished) -> None:
    assert len(finished.pdf.pages) == finished.printed.pages
    assert 1 <= finished.printed.pages <= finished.edition.format.max_pages
    assert len(finished.printed.pdf) < MAX_BYTES


def test_both_codes_are_read_by_both_readers(finished: Finished) -> None:
    with FinishedPdf(Path("edition.pdf"), finished.printed.pdf) as pdf:
        codes = find_codes(pdf, dpi=150)
    assert sorted(code.address for code in codes) == sorted(finished.printed.addresses)
    assert all(code.readers == {"zxing-cpp", "zbar"} for code in codes)


def letters(text: str) -> str:
    """Only the words of a text: what is the same in YAML and on paper, whatever stands between."""
    return " ".join(re.findall(r"[^\W\d_]+", unicodedata.normalize("NFKC", text.casefold())))


def plain(text: str) -> str:
    """The words of our Markdown, without citations and addresses."""
    return letters(re.sub(r"\[([^]@]*)]\([^)]*\)", r"\1", re.sub(r"\[@[^]]*]", "", text)))


def either(passage: Passage) -> tuple[str, ...]:
    return tuple(plain(text) for text in (passage.text, passage.short) if text)


def wanted(handout: Handout, kind: Kind, hidden: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Each text of the handout in reading order: the words that may stand for it."""
    yield (letters(handout.title),)
    yield (letters(handout.subtitle or ""),)
    yield either(handout.main_message)
    for name in kind.sections:
        value = getattr(handout, name)
        if isinstance(value, Passage) and name not in hidden:
            yield either(value)
        for free in handout.sections:
            if free.after == name and free.id not in hidden:
                yield (letters(free.heading),)
                yield tuple(plain(text) for text in (free.text, free.short) if text)


def parts(handout: Handout, hidden: tuple[str, ...]) -> Iterator[str]:
    """The words that lists and tables hold."""
    for benefit in handout.benefits.items if handout.benefits and "benefits" not in hidden else ():
        yield letters(benefit.condition)
        yield plain(benefit.wording)
    for risk in handout.harms:
        yield letters(risk.name)
        yield plain(risk.note or "")
    if handout.comparison and "comparison" not in hidden:
        yield from map(letters, handout.comparison.columns)
        yield from (plain(cell) for row in handout.comparison.rows for cell in (row.label, *row.cells))
    yield from (
        letters(question)
        for question in (handout.questions.items if handout.questions and "questions" not in hidden else ())
    )
    yield letters(handout.author)
    if handout.article:
        yield letters(handout.article.title)


def words_there(edition: Edition) -> Callable[[str], str]:
    """What makes of words those that the clinic's country has for them, where its file names any."""
    country = read_yaml(ROOT / "countries" / f"{edition.brand.country}.yaml").data
    words = country.get("spelling", {}).get(edition.language_slug, {})
    return lambda text: " ".join(words.get(word, word) for word in text.split())


def test_a_screen_reader_reads_the_whole_handout_in_order(finished: Finished) -> None:
    brand, slug = finished.edition.brand, finished.edition.handout_slug
    hidden, said = brand.hidden.get(slug, ()), words_there(finished.edition)
    with FinishedPdf(Path("edition.pdf"), finished.printed.pdf) as pdf:
        read = letters(text_in_reading_order(pdf))
        copied = letters(" ".join(pdf.text(page) for page in pdf.pages))
    at = 0
    for texts in wanted(finished.handout, finished.edition.handout_file.kind, hidden):
        places = [(read.find(text, at), text) for text in map(said, texts)]
        assert max(places)[0] >= 0, f"not read, or out of order: {texts[0]}"
        at, text = max((place, text) for place, text in places)
        at += len(text)
    for text in (*map(said, parts(finished.handout, hidden)), plain(brand.notes.get(slug, ""))):
        assert text in read
    for word in read.split():
        assert word in copied


def test_the_brand_is_read_too(finished: Finished) -> None:
    brand = finished.edition.brand
    with FinishedPdf(Path("edition.pdf"), finished.printed.pdf) as pdf:
        read = text_in_reading_order(pdf)
    assert letters(brand.name) in letters(read)
    for place in brand.contacts:
        for said in (place.name, *place.address, place.phone, place.email, place.hours):
            assert "".join(said.split()) in "".join(read.split())


def test_what_a_brand_hides_is_not_there(finished: Finished) -> None:
    hidden = finished.edition.brand.hidden.get(finished.edition.handout_slug, ())
    with FinishedPdf(Path("edition.pdf"), finished.printed.pdf) as pdf:
        read = letters(text_in_reading_order(pdf))
    if "questions" in hidden:
        assert finished.handout.questions
        assert letters(finished.handout.questions.items[0]) not in read


def elements(pdf: FinishedPdf, kind: str) -> list[StructureElement]:
    return [element for element in pdf.tree.elements if element.kind == kind]


def test_tables_and_figures_say_what_they_are(finished: Finished) -> None:
    with FinishedPdf(Path("edition.pdf"), finished.printed.pdf) as pdf:
        scopes = [header.attributes.get("Scope") for header in elements(pdf, "TH")]
        alts = [figure.alt for figure in elements(pdf, "Figure")]
        boxed = all("BBox" in figure.attributes for figure in elements(pdf, "Figure"))
    table = finished.handout.comparison
    assert scopes == (["Column"] * len(table.columns) + ["Row"] * len(table.rows) if table else [])
    assert boxed
    for address in finished.printed.addresses:
        assert sum(alt is not None and alt.endswith(f" at {address}") for alt in alts) == 1
    logo = finished.edition.brand.logo
    assert (logo.alt in alts) if logo else not any("logo" in str(alt).lower() for alt in alts)


def outlines(items: Any) -> Iterator[str]:
    for item in items:
        yield item.title
        yield from outlines(item.children)


def test_bookmarks_are_the_headings(finished: Finished) -> None:
    with finished.pdf as pdf, pdf.open_outline() as outline:
        bookmarks = list(outlines(outline.root))
    with FinishedPdf(Path("edition.pdf"), finished.printed.pdf) as read:
        headings = len([e for e in read.tree.elements if re.fullmatch("H[1-6]", e.kind)])
    assert bookmarks[0] == finished.handout.title
    assert len(bookmarks) == headings > 8


def test_metadata_say_what_whose_and_when(finished: Finished) -> None:
    handout, brand = finished.handout, finished.edition.brand
    with finished.pdf as pdf:
        assert str(pdf.Root.Lang) == finished.edition.language_slug
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.Root.ViewerPreferences.PrintScaling == "/None"
        about = {key[1:]: str(value) for key, value in pdf.docinfo.items()}
        with pdf.open_metadata() as metadata:
            xmp = {key: metadata[key] for key in ("dc:title", "dc:creator", "dc:publisher", "pdfuaid:part")}
        raw = pdf.Root.Metadata
        assert "/Filter" not in raw
    assert about == {
        "Title": handout.title,
        "Author": handout.author,
        "Subject": handout.subtitle or handout.title,
        "Creator": "Handout Press",
        "CreationDate": f"D:{handout.date:%Y%m%d}000000Z",
    }
    assert xmp == {
        "dc:title": handout.title,
        "dc:creator": [handout.author],
        "dc:publisher": {brand.name},
        "pdfuaid:part": "1",
    }


def links(pdf: pikepdf.Pdf) -> Iterator[Any]:
    for page in pdf.pages:
        yield from (note for note in page.obj.get("/Annots", []) if note.Subtype == "/Link")


def test_links_are_spoken_in_words_and_none_is_lost(finished: Finished) -> None:
    brand = finished.edition.brand
    with finished.pdf as pdf:
        spoken = [str(link.Contents) for link in links(pdf)]
        led = [str(link.A.URI) for link in links(pdf) if "/A" in link]
    assert not [words for words in spoken if ADDRESS.match(words) or not words.strip()]
    assert set(finished.printed.addresses) <= set(led)
    for place in brand.contacts:
        assert not place.phone or {part.link for part in phone_parts(place.phone, brand.country)} <= set(led)
        assert not place.email or f"mailto:{place.email}" in led
    assert not brand.link or brand.link in led


def test_nothing_of_the_plate_is_left(finished: Finished) -> None:
    """Neither its dictionary, nor a placeholder, nor a placeholder's address or words."""
    with finished.pdf as pdf:
        assert "/HandoutPlate" not in pdf.Root
        images = [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"]
        assert not [image for image in images if image.Width == 1]
        assert not [link for link in links(pdf) if "slot:" in str(link.Contents)]
        reached = pikepdf.Pdf.check_pdf_syntax(pdf)
    assert reached == []
    assert b"slot:" not in finished.printed.pdf


def test_the_hash_is_the_hash_of_the_file(finished: Finished) -> None:
    assert finished.printed.sha256 == sha256(finished.printed.pdf).hexdigest()
