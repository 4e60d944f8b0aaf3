"""What a site has besides its pages: for search engines, for those who find a hole in it, and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from markupsafe import escape

from handoutpress.content.editions import HandoutFile
from handoutpress.content.models.project_settings import SecurityContact
from handoutpress.site.changes import SiteFile, files_of
from handoutpress.site.clinics import GivenTexts, SiteClinic, TextKey
from handoutpress.site.page_inputs import repr_digest
from handoutpress.site.pages.host_rules import rules_of
from handoutpress.site.plan import SiteContent
from handoutpress.site.site_map import HOME, Place, article_place, handout_place, sheet_place

SITEMAP, ROBOTS, MANIFEST, SECURITY = "sitemap.xml", "robots.txt", "manifest.json", ".well-known/security.txt"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'


class ExtraFiles:
    """The extra files of each clinic, made only where something in them has changed."""

    def __init__(self, content: SiteContent, security: SecurityContact | None) -> None:
        """``security`` is who is told of a hole in the site, if that is said."""
        self._content = content
        self._security = security
        self._facts: dict[GivenTexts, tuple[str, str]] = {}
        self._days: dict[GivenTexts, Mapping[TextKey, date]] = {}

    def files(self, clinic: SiteClinic) -> Iterator[SiteFile]:
        """Yield the extra files of a clinic."""
        handouts, days = self._content.handouts, self._days_of(clinic.given)
        common = self._content.inputs.common
        mapped = repr_digest(common, clinic.base, self._facts_of(clinic.given)[0])
        yield SiteFile(SITEMAP, mapped[:16], lambda: sitemap(clinic, days))
        yield from files_of({ROBOTS: robots(clinic.base)})
        listed = [(key, [(pdf.format, pdf.sha256, pdf.size) for pdf in pdfs]) for key, pdfs in clinic.pdfs.items()]
        told = repr_digest(common, clinic.base, clinic.brand.name, self._facts_of(clinic.given)[1], listed)
        yield SiteFile(MANIFEST, told[:16], lambda: site_manifest(clinic, handouts))
        if self._security:
            yield from files_of({SECURITY: security_txt(self._security, clinic.base)})
        if not clinic.shares:
            yield from files_of(rules_of([clinic], self._content.standings))

    def _facts_of(self, given: GivenTexts) -> tuple[str, str]:
        """Return digests of what the map says of the texts that are given, and of what programs are told."""
        if given not in self._facts:
            handouts = ((key, self._content.handouts[key]) for key in given.shown)
            texts = [
                (key, file.handout.title, file.handout.version, file.handout.date, file.content_hash)
                for key, file in handouts
            ]
            self._facts[given] = repr_digest(list(self._days_of(given).items())), repr_digest(texts)
        return self._facts[given]

    def _days_of(self, given: GivenTexts) -> Mapping[TextKey, date]:
        """Return the day of each text's article, else its own."""
        if given not in self._days:
            articles = {(slug, code): self._content.articles.get(slug, {}).get(code) for slug, code in given.flows}
            self._days[given] = {
                key: article.head.date if article else self._content.handouts[key].handout.date
                for key, article in articles.items()
            }
        return self._days[given]


def sitemap(clinic: SiteClinic, days: Mapping[TextKey, date]) -> bytes:
    """Return the sitemap of a clinic's pages (sitemaps.org), with the languages of each (hreflang)."""
    entries = [_entry(clinic, HOME, {}, None)]
    for slug in clinic.given.slugs:
        codes = clinic.given.languages_of(slug)
        shown = [code for name, code in clinic.given.shown if name == slug]
        for where, there in ((article_place, codes), (sheet_place, shown)):
            places = {code: where(slug, code) for code in there}
            others = {**places, "x-default": handout_place(slug)} if len(there) > 1 else {}
            entries += [_entry(clinic, places[code], others, days.get((slug, code))) for code in there]
    return f"{_HEAD}<urlset {_NAMES}>\n{''.join(entries)}</urlset>\n".encode()


def _entry(clinic: SiteClinic, place: Place, others: Mapping[str, Place], day: date | None) -> str:
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(clinic.base)}/{other.path}"/>'
        for code, other in others.items()
    )
    changed = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
    return f"<url><loc>{escape(clinic.base)}/{place.path}</loc>{changed}{links}</url>\n"


def sitemap_index(bases: Iterable[str]) -> bytes:
    """Return the list of the sitemaps of several clinics."""
    entries = "".join(f"<sitemap><loc>{escape(base)}/{SITEMAP}</loc></sitemap>\n" for base in bases)
    return f'{_HEAD}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</sitemapindex>\n'.encode()


def robots(base: str) -> bytes:
    """Return ``robots.txt``: everything may be read, and here is the sitemap."""
    return f"User-agent: *\nAllow: /\nSitemap: {base}/{SITEMAP}\n".encode()


def security_txt(contact: SecurityContact, base: str) -> bytes:
    """Return ``security.txt`` (RFC 9116)."""
    until = contact.until.isoformat()
    lines = (f"Contact: {contact.contact}", f"Expires: {until}T00:00:00Z", f"Canonical: {base}/{SECURITY}")
    return "".join(f"{line}\n" for line in lines).encode()


def site_manifest(clinic: SiteClinic, handouts: Mapping[TextKey, HandoutFile]) -> bytes:
    """Return what a clinic gives, for programs: each text with its addresses and files."""
    texts = [_text(clinic, key, handouts[key]) for key in clinic.given.shown]
    content = {"clinic": clinic.brand.name, "base": f"{clinic.base}/", "texts": texts}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _text(clinic: SiteClinic, key: TextKey, file: HandoutFile) -> dict[str, object]:
    slug, language = key
    article, pdfs = article_place(slug, language), clinic.pdfs.get(key, ())
    return {
        "handout": slug,
        "language": language,
        "title": file.handout.title,
        "version": file.handout.version,
        "date": file.handout.date.isoformat(),
        "content_hash": file.content_hash,
        "article": article.path,
        "sheet": sheet_place(slug, language).path,
        "pdfs": _listed_pdfs(article, [(pdf.format, pdf.file, pdf.size, pdf.sha256) for pdf in pdfs]),
    }


def _listed_pdfs(article: Place, pdfs: Sequence[tuple[str, str, int, str]]) -> list[dict[str, object]]:
    return [
        {"format": name, "path": f"{article.path}{file}", "size": size, "sha256": sha256}
        for name, file, size, sha256 in pdfs
    ]
