"""The clinics of a project's site: those whose brands are there, and those of which sheets were released."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from handoutpress.app.site.history import BrandHistory, History
from handoutpress.app.site.refusals import Refusals
from handoutpress.batch.log.manifest import NAME as MANIFEST
from handoutpress.batch.log.manifest import ManifestFile, read_manifest
from handoutpress.content.brand.brand import Brand, Contact
from handoutpress.content.catalog import Catalog, may_give
from handoutpress.content.editions import HandoutFile
from handoutpress.content.models.site_addresses import BRAND, base_of, site_base
from handoutpress.press.cache_keys import CacheKeys
from handoutpress.press.page.flow import FlowFields
from handoutpress.press.page.templates import Templates
from handoutpress.site.clinics import SAID, GivenTexts, SiteClinic, SitePdf, TextKey
from handoutpress.site.pages.page_plate import slot
from handoutpress.site.standings import ClinicTexts, NewestText
from handoutpress.yamlfile.problems import HandoutError

FIRST_LANGUAGE = "en"
"""What a clinic's own pages are said in, where it gives handouts in it and names no language first."""
NO_SITE = (
    "The project has no site. Hint: write into project.yaml a line such as site: https://sheets.clinic.example, "
    "or say --base https://…"
)


class NoSiteError(HandoutError):
    """Neither the project nor any brand says where its site is."""


def site_clinics(
    catalog: Catalog, history: History, out: Path, base: str = "", refusals: Refusals | None = None
) -> list[SiteClinic]:
    """Return the clinics of a site in the order of their names; ``base`` stands for what project and brands say.

    ``out`` is the folder of what is built. With ``refusals`` no sheet is shown that a build would refuse. Raises
    ``NoSiteError`` where no clinic has an address.
    """
    opened = _Clinics(catalog, history, out, base, refusals)
    clinics = [opened.clinic(brand) for brand in opened.brands()]
    if not clinics:
        raise NoSiteError(NO_SITE)
    return clinics


@dataclass(frozen=True, eq=False)
class _GivenFiles:
    """The handouts that a clinic gives, and those of which no sheet may be shown: one object for all that give so."""

    files: tuple[HandoutFile, ...]
    withheld: frozenset[TextKey]


class _Clinics:
    def __init__(self, catalog: Catalog, history: History, out: Path, base: str, refusals: Refusals | None) -> None:
        self._catalog = catalog
        self._history = history
        self._slugs = sorted({*catalog.brands, *history.brands})
        self._base = self._asked(base)
        self._refusals = refusals
        self._pdfs = _pdfs_by_brand(history, out)
        self._flows = CacheKeys(catalog, Templates({}))
        self._alike: dict[tuple[object, ...], GivenTexts] = {}
        self._files_given: dict[tuple[object, ...], _GivenFiles] = {}
        files = [file for file in catalog.handouts.values() if file.language in catalog.languages]
        self._files = [file for file in files if not history.is_recalled(file)]

    def _asked(self, base: str) -> str:
        """Return the address that was asked for, with a place for the brand where several share it."""
        try:
            checked = site_base(base) if base else ""
        except ValueError as error:
            raise HandoutError(f"{str(error)[:1].upper()}{str(error)[1:]}") from None
        return f"{checked}/{BRAND}" if checked and BRAND not in checked and len(self._slugs) > 1 else checked

    def brands(self) -> Iterator[Brand]:
        """Yield every brand, also those that are gone and have sheets out there."""
        for slug in self._slugs:
            brand = self._catalog.brands.get(slug) or self._gone(slug, self._history.brands[slug])
            if self._base:
                brand = replace(brand, site=self._base)
            if brand.site:
                yield brand

    def _gone(self, slug: str, history: BrandHistory) -> Brand:
        """Return what is known of a brand that is gone, in nobody's colours."""
        # Its models take a while to load; a site without such brands does without.
        from handoutpress.content.brand.reader import BrandReader  # noqa: PLC0415

        settings = self._catalog.settings
        plain = BrandReader(self._catalog.project).read(self._catalog.project.builtin / "brands" / "default")
        contacts = tuple(Contact(name=place) for place in history.clinic.places)
        site = (settings.site.base if settings.site else None) or ""
        # Its own host was told by nobody but the brand.
        site = site if base_of(site, slug) == history.site or not history.site else history.site
        name = history.clinic.name
        return replace(
            plain, slug=slug, name=name, short_name=name, link="", contacts=contacts, article_url="", site=site
        )

    def clinic(self, brand: Brand) -> SiteClinic:
        """Return one brand as the site has it."""
        given = self._given_texts(brand)
        return SiteClinic(
            brand=brand,
            base=base_of(brand.site, brand.slug),
            folder=brand.slug if len(self._slugs) > 1 or BRAND in brand.site else "",
            given=given,
            pdfs=dict(self._all_pdfs(brand, given)),
            shares=BRAND in brand.site,
        )

    def _given_texts(self, brand: Brand) -> GivenTexts:
        """Return what a brand gives and gave: one object for all brands of which that is the same."""
        history = self._history.brands.get(brand.slug)
        given = self._given(brand)
        told = tuple(sorted(brand.notes.items())), tuple(sorted(brand.hidden.items()))
        alike = given, self._flows.brand_number(brand), told, brand.languages, history and history.key
        if alike not in self._alike:
            self._alike[alike] = self._made(brand, given, history)
        return self._alike[alike]

    def _made(self, brand: Brand, given: _GivenFiles, history: BrandHistory | None) -> GivenTexts:
        files, withheld = given.files, given.withheld
        flows = {(file.slug, file.language): _with_slot(self._flows.flow_of(brand, file)) for file in files}
        codes = [file.language for file in files]
        wanted = [*brand.languages, FIRST_LANGUAGE, *codes]
        first = next((code for code in wanted if code in codes), FIRST_LANGUAGE)
        released = history.released if history else ()
        before = tuple(dict.fromkeys((text.slug, text.language) for text in released))
        return GivenTexts(first, flows, self._texts(given, history), before, withheld)

    def _given(self, brand: Brand) -> _GivenFiles:
        """Return what a brand gives, and of which handouts no sheet may be shown, since a build refuses them.

        Nothing is given that was recalled, or that has no fonts.
        """
        is_there = brand.slug in self._catalog.brands and brand.country in self._catalog.countries
        is_refused = is_there and self._refusals is not None and self._refusals.of_brand(brand)
        alike = is_there, is_refused, brand.country, brand.languages
        if alike not in self._files_given:
            files = tuple(file for file in self._files if is_there and may_give(brand, file))
            withheld = (file for file in files if is_refused or self._is_refused(file, brand.country))
            keys = frozenset((file.slug, file.language) for file in withheld)
            self._files_given[alike] = _GivenFiles(files, keys)
        return self._files_given[alike]

    def _is_refused(self, file: HandoutFile, country: str) -> bool:
        return self._refusals is not None and self._refusals.of_text(file, country)

    def _texts(self, given: _GivenFiles, history: BrandHistory | None) -> ClinicTexts:
        files, withheld = given.files, given.withheld
        newest = {
            (file.slug, file.language): NewestText(
                slug=file.slug,
                language=file.language,
                content_hash=file.content_hash,
                title="" if (file.slug, file.language) in withheld else file.handout.title,
                version=file.handout.version,
                day=file.handout.date,
                cited=file.cited,
                has_sheet=(file.slug, file.language) not in withheld,
            )
            for file in files
        }
        # Where nothing was ever released, what is built is what is given.
        built = frozenset(each for file in files for each in file.hashes)
        released = history.in_force if history else frozenset()
        # The same text had another hash while its addresses were part of it.
        in_force = released | {each for file in files if released & set(file.hashes) for each in file.hashes}
        return ClinicTexts(
            released=history.released if history else (),
            in_force=in_force if self._history.current else built,
            newest=newest,
            recalled=history.recalled if history else {},
        )

    def _all_pdfs(self, brand: Brand, given: GivenTexts) -> Iterator[tuple[TextKey, tuple[SitePdf, ...]]]:
        built = self._pdfs.get(brand.slug, {})
        for key in given.shown if built else ():
            if pdfs := self._pdfs_of(built.get(key, ()), self._catalog.handouts[key]):
                yield key, pdfs

    def _pdfs_of(self, built: Iterable[tuple[Path, ManifestFile]], file: HandoutFile) -> tuple[SitePdf, ...]:
        """Return those PDFs that were ``built`` of a text as it is now, in the order of their formats."""
        pdfs = []
        for path, pdf in built:
            format_file = self._catalog.formats.get(pdf.label.format)
            if format_file and pdf.label.content_hash == file.content_hash:
                day = file.handout.date
                pdfs.append(SitePdf(format_file.slug, format_file.format.name, path, pdf.size, pdf.sha256, day))
        return tuple(sorted(pdfs, key=lambda pdf: pdf.format))


def _with_slot(flow: FlowFields) -> FlowFields:
    """Return a flow that is the same for every clinic whose name the text says: on a page it stands in a slot."""
    return replace(flow, clinic=slot(SAID)) if flow.clinic else flow


_Pdfs = dict[TextKey, list[tuple[Path, ManifestFile]]]


def _pdfs_by_brand(history: History, out: Path) -> Mapping[str, _Pdfs]:
    """Return the PDFs that are given: those of the current release, else those that were built."""
    folder, files = out, tuple[ManifestFile, ...]()
    if history.current:
        folder, files = history.current.folder, history.current.files
    elif (out / MANIFEST).is_file():
        files = read_manifest(out)
    pdfs: dict[str, _Pdfs] = {}
    for file in files:
        if file.is_edition and (folder / file.path).is_file():
            key = file.label.handout, file.label.language
            pdfs.setdefault(file.label.brand, {}).setdefault(key, []).append((folder / file.path, file))
    return pdfs
