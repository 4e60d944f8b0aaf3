"""What of each page of our own handouts stays blank at its foot, measured from pixels."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2
import pytest
from shipped import CATALOG, OFTEN, SAMPLE, Shipped, name_of
from shipped import shipped as shipped  # noqa: PLC0414

from handoutpress.content.models.formats import Format

DPI = 40
MM = DPI / 25.4
PAPER = 250
"""From this level of grey on a pixel is blank: the thinnest rule is darker."""
MOST = 0.25
"""No page but the last is blank for more at its foot, and of few pages it is more than half of this."""
FEW = 0.1
LEAST_FULL = 1 / 3
"""The last page of a leaflet is so full, or it is not there."""
SEEN = sorted({*OFTEN, *SAMPLE})
OTHERS = sorted({name_of(edition) for edition in CATALOG.editions()} - set(SEEN))


def blank_feet(pdf: bytes, format_: Format) -> Iterator[float]:
    """Yield what of the height between its margins is blank at each page's foot, from 0 to 1."""
    for page in pypdfium2.PdfDocument(pdf):
        picture = page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
        margins = format_.margins
        left, top = round(margins.left * MM), round(margins.top * MM)
        right, bottom = picture.width - round(margins.right * MM), picture.height - round(margins.bottom * MM)
        text_area = picture.crop((left, top, right, bottom)).point(lambda level: 255 * (level < PAPER))
        inked = text_area.getbbox()
        yield 1 - inked[3] / text_area.height if inked else 1.0


def inner_pages(feet: list[float], format_: Format) -> list[float]:
    """Return the pages through which the text flows on to another: without the cover and the back of what is folded."""
    return feet[1:-1] if format_.page_multiple > 1 else feet[:-1]


@pytest.mark.parametrize("name", [*SEEN, *(pytest.param(name, marks=pytest.mark.soak) for name in OTHERS)])
def test_no_page_but_the_last_is_blank_for_a_quarter_at_its_foot(name: str, shipped: Shipped) -> None:
    format_ = shipped.editions[name].format
    feet = list(blank_feet(shipped.printed(name).pdf, format_))
    assert max(feet[:-1], default=0) <= MOST
    if format_.style == "leaflet":
        assert len(feet) == 1 or feet[-1] <= 1 - LEAST_FULL


@pytest.mark.soak
def test_few_inner_pages_are_blank_for_an_eighth(shipped: Shipped) -> None:
    shares: list[float] = []
    for name in (*SEEN, *OTHERS):
        format_ = shipped.editions[name].format
        shares += inner_pages(list(blank_feet(shipped.printed(name).pdf, format_)), format_)
    assert len(shares) > 200
    assert sum(share > MOST / 2 for share in shares) < FEW * len(shares)
