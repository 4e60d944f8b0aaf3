"""How many bytes a finished PDF may have, so that it can be mailed and opens at once on a phone."""

from __future__ import annotations

from handoutpress.content.catalog import Catalog
from handoutpress.content.editions import Edition
from handoutpress.press.plate.slots import printed_extras

WITH_PHOTOGRAPHS = 500_000
"""Bytes of a PDF with photographs: it can still be mailed, and opened on a phone."""
WITH_DRAWINGS = 250_000
"""Bytes of a PDF with drawings of exercises, whose curves take about 10 kB each."""
A_REFERENCE, MANY_REFERENCES = 1000, 20
"""Bytes that each printed reference beyond so many may add: its lines and its link have tags of their own."""
A_DRAWING = 30_000
"""Bytes that a drawing may add which stands only in formats that have room for it: a practice in four steps."""
A_LOGO_OF_PIXELS = 30_000
"""Bytes that a logo made of pixels may add: its pixels and how see-through they are, fine enough for print."""


def largest_file(edition: Edition, catalog: Catalog) -> int:
    """Return how many bytes an edition's PDF may have: more with photographs, drawings or a logo of pixels."""
    of_words = 1000 * sum(catalog.languages[text.language].largest_file for text in edition.texts)
    cited = {key for text in edition.texts for key in text.cited if edition.format.references == "printed"}
    of_words += A_REFERENCE * max(0, len(cited) - MANY_REFERENCES)
    if edition.format.optional_pictures:
        of_words += A_DRAWING * sum(block.is_optional for text in edition.texts for block in text.handout.body)
    of_words += A_LOGO_OF_PIXELS if edition.brand.logo and edition.brand.logo.pixels else 0
    printed = printed_extras(edition.format, edition.brand.extras.kinds(edition.language_slug))
    has_photographs = any(picture.pixels for text in edition.texts for picture in text.pictures.values())
    if has_photographs or {"people", "photo"} & {*printed}:
        return max(of_words, WITH_PHOTOGRAPHS)
    has_drawings = any(block.type == "exercises" for text in edition.texts for block in text.handout.body)
    return max(of_words, WITH_DRAWINGS) if has_drawings else of_words
