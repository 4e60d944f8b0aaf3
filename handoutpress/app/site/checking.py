"""The watch over a site: whether all that is printed and linked leads somewhere, in the folder and on the web."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from handoutpress.app.project import SITE, open_catalog
from handoutpress.app.references import Registries, verify_references
from handoutpress.app.site.opening import OpenSite
from handoutpress.content.articles import load_articles
from handoutpress.content.library import load_library
from handoutpress.content.project import Project
from handoutpress.editorial.registries.verifying import ReferenceOutcome
from handoutpress.site.kept_addresses import PrintedPlace
from handoutpress.site.links import PageLinks, broken_links, outer_links, read_links
from handoutpress.site.probing import Prober
from handoutpress.yamlfile.counts import counted
from handoutpress.yamlfile.problems import HandoutError

ASKED_ELSEWHERE = ("doi.org", "pubmed.ncbi.nlm.nih.gov")
"""Hosts of references, which are looked up at their registries: they tell more than whether a page answers."""
_BAD: dict[ReferenceOutcome, str] = {
    "retracted": "was retracted",
    "misquoted": "is another paper by its numbers",
    "not-found": "is no paper that anyone knows",
}


@dataclass(frozen=True)
class SiteCheck:
    """What was looked at, and in sentences what is wrong with it."""

    pages: int
    links: int
    printed: int
    faults: tuple[str, ...]

    @property
    def summary(self) -> str:
        """All of it in one sentence."""
        looked = f"{counted(self.pages, 'page')}, {counted(self.links, 'link')}, {self.printed} printed addresses"
        return f"{looked}: {counted(len(self.faults), 'fault') if self.faults else 'all lead somewhere'}."


def check_site(project: Project, *, out: Path | None = None, base: str = "") -> SiteCheck:
    """Look every printed address and every link of the site in ``out`` up, in the folder. Raises ``HandoutError``."""
    folder, site = out or project.root / SITE, OpenSite(open_catalog(project), base=base)
    if not (folder / "index.html").is_file() and not any(folder.glob("*/index.html")):
        raise HandoutError(f"There is no site in {folder.as_posix()}. Hint: make it with: handouts site")
    pages, printed = list(read_links(folder)), list(site.printed())
    faults = [*site.reasons, *_missing(folder, printed)]
    faults += [f"{link.page}: The link {link.address} leads nowhere." for link in broken_links(folder, pages)]
    return SiteCheck(len(pages), sum(len(page.links) for page in pages), len(printed), tuple(faults))


def _missing(folder: Path, printed: list[PrintedPlace]) -> Iterator[str]:
    for place in printed:
        if not any((folder / path).is_file() for path in place.files):
            yield f"{place.address}: {place.printed_by} prints it, and {place.files[0]} is not there."


def check_live(
    project: Project, *, out: Path | None = None, registries: Registries | None = None, prober: Prober | None = None
) -> Iterator[str]:
    """Yield in sentences what of a site does not answer on the web: printed addresses, other sites, and references.

    Raises ``HandoutError`` where a registry cannot be reached.
    """
    folder, site, asking = out or project.root / SITE, OpenSite(open_catalog(project)), prober or Prober()
    for place in site.printed():
        if fault := asking.fault(place.address):
            yield f"{place.address}: {place.printed_by} prints it, and {fault}."
    yield from _outer(list(read_links(folder)), asking)
    yield from _references(project, registries or Registries())


def _outer(pages: list[PageLinks], asking: Prober) -> Iterator[str]:
    for address, page in sorted(outer_links(pages).items()):
        host = urlsplit(address).hostname or ""
        if not host.endswith(ASKED_ELSEWHERE) and (fault := asking.fault(address)):
            yield f"{page}: It leads to {address}, and {fault}."


def _references(project: Project, registries: Registries) -> Iterator[str]:
    """Yield what the registries say otherwise of the references that the articles cite."""
    library = load_library(project)
    cited = [key for article in load_articles(project, library).files.values() for key in article.cited]
    keys = tuple(dict.fromkeys(cited))
    for reference, verdict in verify_references(project, registries, keys=keys) if keys else ():
        known = reference.custom.status == verdict.outcome
        if verdict.outcome in _BAD and not known:
            hint = f'write "custom: {{status: {verdict.outcome}}}" into its entry: then its page says so.'
            yield f'{library.path.name}: The reference "{reference.id}" {_BAD[verdict.outcome]}. Hint: {hint}'
