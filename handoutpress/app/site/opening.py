"""A project opened for its site: its clinics, its pages as they are planned, and the files of each clinic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from handoutpress.app.project import open_cache, out_folder, today
from handoutpress.app.site.clinics import site_clinics
from handoutpress.app.site.history import History
from handoutpress.app.site.refusals import Refusals
from handoutpress.app.site.site_files import SiteFiles
from handoutpress.content.articles import ArticleFile, load_articles
from handoutpress.content.catalog import Catalog
from handoutpress.content.models.languages import Language
from handoutpress.content.models.site_addresses import code_addresses
from handoutpress.content.text.outline_cache import OutlineCache
from handoutpress.editorial.build_check import BuildCheck
from handoutpress.press.cache_keys import CacheKeys
from handoutpress.press.page.templates import Templates, template_files
from handoutpress.site.brand_files import BrandFileMaker
from handoutpress.site.changes import ClinicFiles, SiteFile, files_of
from handoutpress.site.clinics import BrandFiles, SiteClinic, SlotValues
from handoutpress.site.extras import ExtraFiles
from handoutpress.site.kept_addresses import KeptAddresses, PrintedPlace, ReleasedAddress
from handoutpress.site.page_inputs import CODE, PageInputs
from handoutpress.site.pages.contacts import ContactMaker
from handoutpress.site.pages.frame import PageFrame
from handoutpress.site.pages.handout_pages import HandoutPages
from handoutpress.site.pages.list_pages import ListPages
from handoutpress.site.pages.references import SiteReferences
from handoutpress.site.pages.standing_pages import StandingPages
from handoutpress.site.pages.top import TopPages
from handoutpress.site.pictures import PictureFiles
from handoutpress.site.plan import PageMakers, SiteContent, SitePlanner
from handoutpress.site.sheet_pictures import SheetPictures
from handoutpress.site.site_map import Place
from handoutpress.site.standings import Standings
from handoutpress.store.digests import code_digest, parts_digest
from handoutpress.yamlfile.explain import load_record

STYLES = ("styles/screen.css", "styles/site.css")
FIRST = "en"
"""The language of what several clinics share."""


class OpenSite:
    """A project read for its site; ``reasons`` are the mistakes in its files, for which no site is made.

    ``unpublished`` says in sentences what keeps articles and handouts from being on it.
    """

    def __init__(self, catalog: Catalog, *, base: str = "", built: Path | None = None) -> None:
        """``catalog`` is of all that the project has."""
        self._project = project = catalog.project
        self._catalog = catalog
        articles = load_articles(project, catalog.library, OutlineCache(open_cache(project)).of)
        self.history = History(project)
        self.reasons = tuple(map(str, (*catalog.problems, *articles.problems)))
        check = BuildCheck(catalog, open_cache(project), today(), strict=False)
        stopped = check.stopped_articles(articles.files, {brand.country for brand in catalog.brands.values()})
        self._articles = {key: article for key, article in articles.files.items() if key not in stopped}
        check.look_at(catalog.brands.values())
        refusals = Refusals(check)
        out = out_folder(project, built)
        clinics = [] if self.reasons else site_clinics(catalog, self.history, out, base, refusals)
        self.clinics: tuple[SiteClinic, ...] = tuple(clinics)
        found = (sentence for sentences in stopped.values() for sentence in sentences)
        self.unpublished = tuple(dict.fromkeys((*found, *refusals.findings)))
        self._givens = tuple(dict.fromkeys(clinic.given for clinic in clinics))
        settings = catalog.settings.site
        self._kept = KeptAddresses(self.clinics, settings.earlier if settings else ())
        # Another address was asked for to look at the site: what is printed stays where it is.
        self.addresses = () if base or self.reasons else tuple(self.history.addresses())
        self.reasons = (*self.reasons, *self._kept.lost(self.addresses))

    @cached_property
    def languages(self) -> Mapping[str, Language]:
        """The languages of the site's pages: those of what is given and of what was released, English among them."""
        texts = (text.language for given in self._givens for text in given.texts.all().values())
        files = self._project.files("languages")
        wanted = sorted({FIRST, *texts, *(code for given in self._givens for _, code in given.flows)} & set(files))
        return {code: self._catalog.languages.get(code) or self._language(files[code]) for code in wanted}

    def _language(self, path: Path) -> Language:
        return load_record(self._project.read(path), Language)

    @cached_property
    def _template_files(self) -> Mapping[str, Path]:
        return template_files(self._project) | {
            name: self._project.file(f"templates/{name}") for name in self._page_templates
        }

    @cached_property
    def _templates(self) -> Templates:
        return Templates(self._template_files)

    def _template_digests(self) -> list[str]:
        """Return the digests of the pages' templates, which are kept: each is read to see which others it reaches."""
        files = (
            part for name, path in sorted(self._template_files.items()) for part in (name.encode(), path.read_bytes())
        )
        key = parts_digest((code_digest(CODE).encode(), *files))
        names = sorted(self._page_templates)
        made = open_cache(self._project).keep(
            "site-templates", key, lambda: " ".join(map(self._templates.digest, names)).encode()
        )
        return made.decode().split()

    @property
    def _page_templates(self) -> list[str]:
        return [f"site/{path.name}" for path in (self._project.builtin / "templates" / "site").glob("*.j2")]

    @cached_property
    def standings(self) -> Standings:
        """What became of each text that a sheet may have."""
        texts = [text for given in self._givens for text in given.texts.printed()]
        codes = sorted(self.languages, key=lambda code: (code != FIRST, code))
        return Standings(self._catalog.settings.renamed, texts, codes)

    @cached_property
    def _inputs(self) -> PageInputs:
        keys = CacheKeys(self._catalog, self._templates)
        return PageInputs(keys, self._template_digests(), self.languages, self._catalog.references)

    @cached_property
    def _files(self) -> SiteFiles:
        frame, pictures = PageFrame(self._templates, self.languages), PictureFiles()
        references = SiteReferences(self._catalog.references, self._inputs, open_cache(self._project))
        makers = PageMakers(
            HandoutPages(frame, references, pictures), ListPages(frame), StandingPages(frame, references)
        )
        articles: dict[str, dict[str, ArticleFile]] = {}
        for (slug, code), article in self._articles.items():
            articles.setdefault(slug, {})[code] = article
        content = SiteContent(self._catalog.handouts, articles, self.standings, self._inputs)
        settings = self._catalog.settings.site
        extras = ExtraFiles(content, settings.security if settings else None)
        brands = BrandFileMaker(self._sheet, self._inputs.common, open_cache(self._project))
        planner = SitePlanner(content, makers, open_cache(self._project))
        return SiteFiles(planner, self.languages, brands, self._sheets, extras, self.contacts, pictures)

    @cached_property
    def contacts(self) -> ContactMaker:
        """What renders the clinics' contacts."""
        return ContactMaker(self._templates, self.languages, self._inputs.common, open_cache(self._project))

    @cached_property
    def _sheets(self) -> SheetPictures:
        return SheetPictures(self._inputs.common, open_cache(self._project))

    @cached_property
    def _sheet(self) -> str:
        return "".join(self._project.file(name).read_text("utf-8") for name in STYLES)

    def files(self, folder: Path, *, both_cases: bool) -> Iterator[ClinicFiles]:
        """Yield the files of each clinic of the site in ``folder``, as many sets as it has folders.

        For hosts to which two cases are two names, its codes' pages are there in capitals, too.
        """
        for clinic in self.clinics:
            yield from self._files.of(clinic, folder, both_cases=both_cases)

    def printed(self) -> Iterator[PrintedPlace]:
        """Yield where each address leads that a released sheet prints, or one that is built now."""
        yield from filter(None, map(self._kept.place, self.addresses))
        for clinic in () if self.reasons else self.clinics:
            if clinic.brand.article_url:
                continue
            for text in clinic.given.texts.newest.values():
                for address in code_addresses(clinic.brand.site, clinic.brand.slug, text.content_hash).values():
                    now = ReleasedAddress("", clinic.brand.slug, clinic.base, address)
                    if place := self._kept.place(now):
                        yield replace(place, printed_by=f"{text.slug} ({text.language}) of {clinic.brand.slug}")

    def moved(self, *, both_cases: bool) -> tuple[SiteFile, ...]:
        """Return the pages at old addresses of the site's hosts, which lead to where the clinics' pages are now."""
        files: dict[str, bytes] = {}
        for page in self._kept.moved(self.addresses):
            values = SlotValues(page.clinic, self.languages[FIRST], BrandFiles("", ""), str)
            data = page.plate.fill(values)
            for place in (page.old, Place(page.old.folder.upper())) if both_cases else (page.old,):
                files[place.file] = data
        return files_of(files)

    def top(self) -> tuple[SiteFile, ...]:
        """Return the files above the folders of clinics that share a host; none where no two could."""
        sharing = [clinic for clinic in self.clinics if clinic.shares]
        if not sharing:
            return ()
        pages = TopPages(self._templates, FIRST, self.languages[FIRST])
        return (*files_of(pages.files(sharing, self.standings, self._sheet)), *self._sheets.shared(sharing))
