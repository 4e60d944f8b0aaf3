"""A picture of each sheet, which is shown where someone shares the address of its page (Open Graph).

A clinic with a host of its own shows its own sheet. Clinics that share a host have one picture of each text, without
anyone's colours, logo or contact: a chain would else wait for tens of thousands of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from handoutpress.site.changes import SiteFile
from handoutpress.site.clinics import SiteClinic, SitePdf, TextKey, picture_name
from handoutpress.store.cache import Cache
from handoutpress.store.digests import parts_digest


class SheetPictures:
    """Draws the upper part of sheets' first pages, each once; they are kept."""

    def __init__(self, made_by: str, cache: Cache) -> None:
        self._made_by = made_by
        self._cache = cache

    def own(self, clinic: SiteClinic) -> Iterator[SiteFile]:
        """Yield the pictures of a clinic with a host of its own, in its own colours; none for others."""
        for key, pdfs in clinic.pdfs.items() if not clinic.shares else ():
            yield self._file(key, pdfs[0], is_plain=False)

    def shared(self, clinics: Iterable[SiteClinic]) -> Iterator[SiteFile]:
        """Yield one plain picture of each text for clinics that share a host, by the first that gives it."""
        first: dict[TextKey, SitePdf] = {}
        for clinic in clinics:
            for key, pdfs in clinic.pdfs.items():
                first.setdefault(key, pdfs[0])
        return (self._file(key, pdf, is_plain=True) for key, pdf in first.items())

    def _file(self, key: TextKey, pdf: SitePdf, *, is_plain: bool) -> SiteFile:
        digest = parts_digest(part.encode() for part in (self._made_by, pdf.sha256, str(is_plain)))
        return SiteFile(
            picture_name(key),
            digest[:16],
            lambda: self._cache.keep("site-sheets", digest, lambda: _drawn(pdf, is_plain=is_plain)),
        )


def _drawn(pdf: SitePdf, *, is_plain: bool) -> bytes:
    # What draws takes 0.2 s to load, and a site that has its pictures does without.
    from handoutpress.site.sheet_drawing import draw_sheet  # noqa: PLC0415

    return draw_sheet(pdf.path, is_plain=is_plain)
