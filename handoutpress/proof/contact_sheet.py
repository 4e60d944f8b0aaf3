"""The contact sheet: every page of every edition as a picture, with what was found outlined where it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.html_pages import facets_of, html_page
from handoutpress.proof.pdf.page_pictures import Outline, PagePicture
from handoutpress.proof.proving import EditionNames, Proof
from handoutpress.yamlfile.problems import HandoutError

TEMPLATE = "sheet.html.j2"
MOST_PAGES = 4000
"""Pages on one sheet: more than 200 MB open on no ordinary machine."""


@dataclass(frozen=True)
class OutlinedFinding:
    """One finding, numbered within its edition; ``outline`` is None where no place can be shown."""

    number: int
    page: int
    outline: Outline | None
    finding: ProofFinding


@dataclass(frozen=True)
class DrawnPdf:
    """One edition on the sheet. ``anchor`` is its place in the page, ``title`` the PDF's title or its file's name."""

    anchor: str
    title: str
    file: str
    names: EditionNames
    pictures: tuple[PagePicture, ...]
    flaws: tuple[OutlinedFinding, ...]


def contact_sheet(proofs: Sequence[Proof]) -> bytes:
    """Return the proofs, drawn, as one HTML page. Raise ``HandoutError`` where there are too many pages for one."""
    pages = sum(len(proof.pictures) for proof in proofs)
    refuse_too_many(pages)
    editions = [_drawn_pdf(number, proof) for number, proof in enumerate(proofs, 1)]
    values = {
        "editions": editions,
        "wrong": [edition for edition in editions if edition.flaws],
        "pages": pages,
        "facets": facets_of([_names(proof.names) for proof in proofs]),
    }
    return html_page(TEMPLATE, values)


def refuse_too_many(pages: int) -> None:
    """Raise ``HandoutError`` for more pages than one sheet can show."""
    if pages > MOST_PAGES:
        sentence = f"A contact sheet shows at most {MOST_PAGES:,} pages; these are {pages:,}."
        raise HandoutError(f"{sentence} Hint: name a brand's folder: handouts proof out/BRAND --sheet FILE")


def _drawn_pdf(number: int, proof: Proof) -> DrawnPdf:
    pictures = {picture.page: picture for picture in proof.pictures}
    return DrawnPdf(
        anchor=f"edition-{number}",
        title=proof.title or proof.path.name,
        file=proof.path.as_posix(),
        names=proof.names,
        pictures=proof.pictures,
        flaws=tuple(_outlined(place, finding, pictures) for place, finding in enumerate(proof.findings, 1)),
    )


def _outlined(number: int, finding: ProofFinding, pictures: dict[int, PagePicture]) -> OutlinedFinding:
    picture = pictures.get(finding.page)
    outline = picture.outline(finding.rectangle) if picture and finding.rectangle else None
    return OutlinedFinding(number, finding.page, outline, finding)


def _names(names: EditionNames) -> dict[str, str]:
    """Return what a sheet can be filtered by."""
    return {"handout": names.handout, "brand": names.brand, "language": names.language, "format": names.format}
