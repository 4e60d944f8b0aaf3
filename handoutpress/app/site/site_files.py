"""The files of a site, clinic by clinic: the pages that clinics share, and what each has for itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from handoutpress.content.models.languages import Language
from handoutpress.site.brand_files import BrandFileMaker
from handoutpress.site.changes import ClinicFiles, SiteFile, files_of
from handoutpress.site.clinics import (
    BrandFiles,
    GivenTexts,
    SiteClinic,
    SlotValues,
    TextKey,
    pdfs_digest,
    values_digest,
)
from handoutpress.site.extras import ExtraFiles
from handoutpress.site.page_inputs import repr_digest
from handoutpress.site.pages.contacts import ContactMaker
from handoutpress.site.pages.page_plate import FilledPage
from handoutpress.site.pictures import PictureFiles
from handoutpress.site.plan import SitePlanner
from handoutpress.site.shared_pages import SharedPages
from handoutpress.site.sheet_pictures import SheetPictures
from handoutpress.site.site_map import article_place


class SiteFiles:
    """Puts the files of clinics together; nothing is rendered or filled in before it is written."""

    def __init__(
        self,
        planner: SitePlanner,
        languages: Mapping[str, Language],
        brands: BrandFileMaker,
        sheets: SheetPictures,
        extras: ExtraFiles,
        contacts: ContactMaker,
        pictures: PictureFiles,
    ) -> None:
        self._planner = planner
        self._languages = languages
        self._brands = brands
        self._sheets = sheets
        self._extras = extras
        self._contacts = contacts
        self._pictures = pictures
        self._pages: dict[tuple[GivenTexts, frozenset[TextKey], bool], SharedPages] = {}
        self._capitals: dict[GivenTexts, SharedPages] = {}

    def of(self, clinic: SiteClinic, folder: Path, *, both_cases: bool) -> tuple[ClinicFiles, ...]:
        """Return all files of a clinic of the site in ``folder``; with ``both_cases`` its codes' in capitals, too."""
        names, own = self._brands.files(clinic.brand, self._planner.letters(clinic.given))
        digest = values_digest(clinic, names)
        values = self._values(clinic, names, digest)
        apart = clinic.capitals != clinic.folder
        pages = self._shared(clinic, capitals=both_cases and not apart)
        own = (*own, *self._extras.files(clinic), *self._of_texts(clinic, digest, values), *self._sheets.own(clinic))
        below = str(folder / clinic.folder)
        files = (ClinicFiles(clinic.folder, own, digest, pages.digests, partial(pages.source, below, values)),)
        if not both_cases or not apart:
            return files
        capitals = self._in_capitals(clinic.given)
        source = partial(capitals.source, below, values)
        return (*files, ClinicFiles(clinic.capitals, (), digest, capitals.digests, source))

    def _shared(self, clinic: SiteClinic, *, capitals: bool) -> SharedPages:
        """Return the pages that a clinic shares: not those that list PDFs of its own."""
        key = clinic.given, frozenset(clinic.pdfs), capitals
        if key not in self._pages:
            plan = self._planner.plan(clinic.given)
            pages = [page for page in (*plan.pages, *plan.standings) if page.lists not in clinic.pdfs]
            self._pages[key] = SharedPages(pages, plan.standings if capitals else ())
        return self._pages[key]

    def _in_capitals(self, given: GivenTexts) -> SharedPages:
        if given not in self._capitals:
            self._capitals[given] = SharedPages((), self._planner.plan(given).standings)
        return self._capitals[given]

    def _values(self, clinic: SiteClinic, names: BrandFiles, digest: str) -> dict[str, SlotValues]:
        return {
            code: SlotValues(clinic, language, names, partial(self._contacts.contact, clinic.brand, digest, code))
            for code, language in self._languages.items()
        }

    def _of_texts(self, clinic: SiteClinic, digest: str, values: Mapping[str, SlotValues]) -> Iterator[SiteFile]:
        """Yield a clinic's PDFs, the pages that list them, and the pictures of its articles."""
        if clinic.pdfs:
            for page in self._planner.plan(clinic.given).pages:
                if page.lists and (pdfs := clinic.pdfs.get(page.lists)):
                    made_from = repr_digest(page.plate.digest, digest, pdfs_digest(pdfs))
                    yield SiteFile(
                        page.file, made_from[:16], FilledPage(page.plate, page.language, values[page.language])
                    )
        for key, pdfs in clinic.pdfs.items():
            for pdf in pdfs:
                yield SiteFile(f"{article_place(*key).folder}/{pdf.file}", pdf.sha256[:16], str(pdf.path))
        for (slug, language), path in self._planner.pictures(clinic.given):
            picture = self._pictures.file(path)
            yield from files_of({f"{article_place(slug, language).folder}/{picture.name}": picture.data})
