"""A project opened for its site: its clinics, its pages as they are rendered, and the files of each clinic."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from handoutpress.app.project import open_cache, open_catalog, out_folder, today
from handoutpress.app.site.clinics import site_clinics
from handoutpress.app.site.history import History
from handoutpress.content.articles import ArticleFile, load_articles
from handoutpress.content.models.languages import Language
from handoutpress.content.models.references import Reference
from handoutpress.content.models.site_addresses import code_addresses
from handoutpress.content.project import Project
from handoutpress.editorial.build_check import BuildCheck
from handoutpress.press.page.templates import Templates
from handoutpress.site.brand_files import brand_files
from handoutpress.site.clinics import BrandFiles, SiteClinic, SlotValues, values_digest
from handoutpress.site.extras import MANIFEST, ROBOTS, SECURITY, SITEMAP, robots, security_txt, site_manifest, sitemap
from handoutpress.site.kept_addresses import KeptAddresses, PrintedPlace, ReleasedAddress
from handoutpress.site.pages.contacts import ContactMaker
from handoutpress.site.pages.frame import PageFrame
from handoutpress.site.pages.handout_pages import HandoutPages
from handoutpress.site.pages.list_pages import ListPages
from handoutpress.site.pages.page_plate import PagePlate
from handoutpress.site.pages.standing_pages import StandingPages
from handoutpress.site.pages.top import TopPages, rules_of
from handoutpress.site.pictures import PictureFiles
from handoutpress.site.plan import PageMakers, PlannedPage, SiteContent, SitePlanner
from handoutpress.site.site_map import Place, article_place
from handoutpress.site.standings import Standings
from handoutpress.site.writing import SiteFile
from handoutpress.store.digests import bytes_digest, code_digest
from handoutpress.yamlfile.explain import load_record

STYLES = ("styles/screen.css", "styles/site.css")
CODE = ("store", "yamlfile", "content", "press", "site")
"""The folders of the package whose code makes a site's pages."""
FIRST = "en"
"""The language of what several clinics share."""


class OpenSite:
    """A project read for its site; ``reasons`` are the mistakes in its files, for which no site is made.

    ``unpublished`` says what keeps articles from being on it: their pages say that they are not there yet.
    """

    def __init__(self, project: Project, *, base: str = "", built: Path | None = None) -> None:
        self._project = project
        self._catalog = catalog = open_catalog(project)
        articles = load_articles(project, catalog.library)
        self.history = History(project)
        self.reasons = tuple(map(str, (*catalog.problems, *articles.problems)))
        check = BuildCheck(catalog, open_cache(project), today(), strict=False)
        stopped = check.stopped_articles(articles.files, {brand.country for brand in catalog.brands.values()})
        self._articles = {key: article for key, article in articles.files.items() if key not in stopped}
        self.unpublished = tuple(sentence for sentences in stopped.values() for sentence in sentences)
        clinics = [] if self.reasons else site_clinics(catalog, self.history, out_folder(project, built), base)
        self.clinics: tuple[SiteClinic, ...] = tuple(clinics)
        settings = catalog.settings.site
        self._kept = KeptAddresses(self.clinics, settings.earlier if settings else ())
        # Another address was asked for to look at the site: what is printed stays where it is.
        self.addresses = () if base or self.reasons else tuple(self.history.addresses())
        self.reasons = (*self.reasons, *self._kept.lost(self.addresses))
        self._pictures = PictureFiles()

    @cached_property
    def languages(self) -> Mapping[str, Language]:
        """The languages of the site's pages: those of what is given and of what was released, English among them."""
        texts = (text.language for clinic in self.clinics for text in clinic.texts.all().values())
        files = self._project.files("languages")
        wanted = sorted({FIRST, *texts, *(code for clinic in self.clinics for _, code in clinic.flows)} & set(files))
        return {code: self._catalog.languages.get(code) or self._language(files[code]) for code in wanted}

    def _language(self, path: Path) -> Language:
        return load_record(self._project.read(path), Language)

    @cached_property
    def _templates(self) -> Templates:
        names = [path.name for path in (self._project.builtin / "templates" / "site").glob("*.j2")]
        parts = {path.name: path for path in self._project.files("templates", "*.j2").values()}
        return Templates(parts | {f"site/{name}": self._project.file(f"templates/site/{name}") for name in names})

    @cached_property
    def standings(self) -> Standings:
        """What became of each text that a sheet may have."""
        texts = [text for clinic in self.clinics for text in clinic.texts.printed()]
        codes = sorted(self.languages, key=lambda code: (code != FIRST, code))
        return Standings(self._catalog.settings.renamed, texts, codes)

    @cached_property
    def _planner(self) -> SitePlanner:
        frame = PageFrame(self._templates, self.languages)
        makers = PageMakers(
            HandoutPages(frame, self._references, self._pictures),
            ListPages(frame),
            StandingPages(frame, self._references),
        )
        articles: dict[str, dict[str, ArticleFile]] = {}
        for (slug, code), article in self._articles.items():
            articles.setdefault(slug, {})[code] = article
        return SitePlanner(SiteContent(self._catalog.handouts, articles, self.standings), makers)

    @property
    def _references(self) -> Mapping[str, Reference]:
        return self._catalog.references

    @cached_property
    def _contacts(self) -> ContactMaker:
        return ContactMaker(self._templates, self.languages)

    @cached_property
    def _sheet(self) -> str:
        return "".join(self._project.file(name).read_text("utf-8") for name in STYLES)

    @property
    def plates(self) -> dict[tuple[object, ...], PagePlate]:
        """The pages that were rendered: one more opening of the same project may begin with them."""
        return self._planner.plates

    def pages(self, clinic: SiteClinic) -> Iterator[PlannedPage]:
        """Yield the pages of a clinic."""
        return self._planner.pages(clinic)

    def values_of(self, clinic: SiteClinic) -> str:
        """Return a digest of all that fills a clinic's pages, and of what makes them."""
        names, _ = brand_files(clinic.brand, "")
        languages = sorted((code, language.model_dump_json()) for code, language in self.languages.items())
        made_by = (code_digest(CODE), names, self._templates.digest("site/contact.html.j2"), languages)
        return values_digest(clinic, repr(made_by))

    def files(self, clinic: SiteClinic) -> Iterator[SiteFile]:
        """Yield all files of a clinic but for its codes' pages in capitals."""
        names, own = brand_files(clinic.brand, self._sheet)
        values = self._values(clinic, names)
        yield from (_page_file(page, values) for page in self.pages(clinic))
        yield from _of_bytes({**own, **self._extras(clinic)})
        yield from self._pictures_of(clinic)
        for key, pdfs in clinic.pdfs.items():
            for pdf in pdfs:
                yield SiteFile(f"{article_place(*key).folder}/{pdf.file}", pdf.sha256[:16], pdf.path)

    def in_capitals(self, clinic: SiteClinic, folder: Path) -> Iterator[SiteFile]:
        """Yield its codes' pages in capitals, below ``clinic.capitals``: for hosts to which two cases are two names.

        They are those in small letters, which are in the site's ``folder`` by then.
        """
        for page in self._planner.standings(clinic):
            inner, _, name = page.file.rpartition("/")
            source = folder / clinic.folder / page.file
            yield SiteFile(f"{inner.upper()}/{name}", page.plate.digest[:16], source)

    def _values(self, clinic: SiteClinic, names: BrandFiles) -> dict[str, SlotValues]:
        return {
            code: SlotValues(clinic, language, names, self._contact(clinic, code))
            for code, language in self.languages.items()
        }

    def _contact(self, clinic: SiteClinic, code: str) -> Callable[[], str]:
        return lambda: self._contacts.contact(clinic.brand, code)

    def _extras(self, clinic: SiteClinic) -> dict[str, bytes]:
        days = {key: self._catalog.handouts[key].handout.date for key in clinic.flows}
        days |= {key: self._articles[key].head.date for key in clinic.flows if key in self._articles}
        extras = {
            SITEMAP: sitemap(clinic, days),
            ROBOTS: robots(clinic.base),
            MANIFEST: site_manifest(clinic, self._catalog.handouts),
        }
        security = self._catalog.settings.site.security if self._catalog.settings.site else None
        extras |= {SECURITY: security_txt(security, clinic.base)} if security else {}
        return extras if clinic.shares else {**extras, **rules_of([clinic], self.standings)}

    def _pictures_of(self, clinic: SiteClinic) -> Iterator[SiteFile]:
        for key in clinic.flows:
            article = self._articles.get(key)
            for path in article.pictures.values() if article else ():
                picture = self._pictures.file(path)
                yield from _of_bytes({f"{article_place(*key).folder}/{picture.name}": picture.data})

    def printed(self) -> Iterator[PrintedPlace]:
        """Yield where each address leads that a released sheet prints, or one that is built now."""
        yield from filter(None, map(self._kept.place, self.addresses))
        for clinic in () if self.reasons else self.clinics:
            if clinic.brand.article_url:
                continue
            for text in clinic.texts.newest.values():
                for address in code_addresses(clinic.brand.site, clinic.brand.slug, text.content_hash).values():
                    now = ReleasedAddress("", clinic.brand.slug, clinic.base, address)
                    if place := self._kept.place(now):
                        yield replace(place, printed_by=f"{text.slug} ({text.language}) of {clinic.brand.slug}")

    def moved(self, *, both_cases: bool) -> tuple[SiteFile, ...]:
        """Return the pages at old addresses of the site's hosts, which lead to where the clinics' pages are now."""
        files: list[SiteFile] = []
        for page in self._kept.moved(self.addresses):
            values = SlotValues(page.clinic, self.languages[FIRST], BrandFiles("", ""), str)
            data = page.plate.fill(values)
            for place in (page.old, Place(page.old.folder.upper())) if both_cases else (page.old,):
                files += _of_bytes({place.file: data})
        return tuple(files)

    def top(self) -> tuple[SiteFile, ...]:
        """Return the files above the folders of clinics that share a host; none where no two could."""
        sharing = [clinic for clinic in self.clinics if clinic.shares]
        if not sharing:
            return ()
        pages = TopPages(self._templates, FIRST, self.languages[FIRST])
        return tuple(_of_bytes(pages.files(sharing, self.standings, self._sheet)))


def _page_file(page: PlannedPage, values: Mapping[str, SlotValues]) -> SiteFile:
    return SiteFile(page.file, page.plate.digest[:16], _filled(page, values[page.language]))


def _filled(page: PlannedPage, values: SlotValues) -> Callable[[], bytes]:
    return lambda: page.plate.fill(values)


def _of_bytes(files: Mapping[str, bytes]) -> Iterator[SiteFile]:
    for name, data in files.items():
        yield SiteFile(name, bytes_digest(data)[:16], _same(data))


def _same(data: bytes) -> Callable[[], bytes]:
    return lambda: data
