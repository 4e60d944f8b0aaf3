"""Loading a catalog: each kind of file in turn, then what they say of each other.

A mistake never stops the loading: it is noted with the file that has it, and what uses that file is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from handoutpress.content.brand.brand import Brand
from handoutpress.content.brand.brand_cache import BrandCache
from handoutpress.content.catalog import Catalog, HandoutKey, Selection, can_be_called, may_give
from handoutpress.content.clinic_sheets.row_brands import BrandRows
from handoutpress.content.content_hash import content_hash, earlier_hash
from handoutpress.content.crosschecks import (
    ProjectNames,
    address_problems,
    brand_problems,
    citation_problems,
    cited_in,
    format_problems,
    link_problems,
    no_address,
    no_phone,
    settings_problems,
    shadowing,
    site_problems,
    style_problems,
)
from handoutpress.content.edition_filter import EditionFilter, choose
from handoutpress.content.editions import FormatFile, HandoutFile
from handoutpress.content.format_safety import section_problems
from handoutpress.content.handout_names import HandoutName, handout_names, twice_named, unknown_language
from handoutpress.content.kinds.kind_files import KindFiles, load_handout
from handoutpress.content.kinds.treatment_harms import treatment_harms
from handoutpress.content.library import LIBRARY, Library, load_library
from handoutpress.content.models.countries import Country
from handoutpress.content.models.formats import Format
from handoutpress.content.models.handouts import Handout, says_clinic, says_phone
from handoutpress.content.models.languages import Language
from handoutpress.content.models.project_settings import ProjectSettings
from handoutpress.content.models.site_addresses import BY_HASH
from handoutpress.content.pictures.handout_picture import HandoutPicture
from handoutpress.content.pictures.icons import Icon, IconLibrary
from handoutpress.content.pictures.reading import read_pictures
from handoutpress.content.poses.pose import Pose
from handoutpress.content.poses.pose_files import PoseLibrary, load_poses
from handoutpress.content.poses.used_poses import has_exercises, pose_problems, used_poses
from handoutpress.content.project import LOOKS, Project
from handoutpress.content.script_fonts import font_problems, missing_fonts
from handoutpress.yamlfile.explain import load_record
from handoutpress.yamlfile.problems import ContentError, Problem
from handoutpress.yamlfile.source import YamlSource

if TYPE_CHECKING:
    from handoutpress.content.brand.reader import BrandReader

Content = TypeVar("Content")
EVERYTHING = EditionFilter()
SETTINGS = "project.yaml"
"""What a project says of itself as a whole."""


def load_catalog(
    project: Project,
    selection: EditionFilter = EVERYTHING,
    brand_cache: BrandCache | None = None,
    brands: Mapping[str, Brand] = MappingProxyType({}),
) -> Catalog:
    """Load what is selected of ``project``, and nothing else. Mistakes in files are in the catalog, by file.

    Brands that are in ``brand_cache`` are not read again, nor are ``brands``, which were loaded before. Raises
    ``HandoutError`` for a name that does not exist.
    """
    return _Loading(project, selection, brand_cache, brands).catalog()


class _Loading:
    """What has been read so far, and the mistakes by file."""

    def __init__(
        self,
        project: Project,
        selection: EditionFilter,
        brand_cache: BrandCache | None,
        brands: Mapping[str, Brand],
    ) -> None:
        self._project = project
        self._brand_cache = brand_cache
        self._loaded_before = brands
        self._rows = BrandRows(project, brand_cache)
        self._broken: dict[Path, set[Problem]] = {}
        self._digests: dict[str, str] = {}
        self._names, problems = handout_names(project)
        self._note(problems)
        self._all_formats = project.files("formats")
        self._all_languages = project.files("languages")
        self._kinds = KindFiles(project)
        self._icons = IconLibrary(project)
        self._selection = selection
        self._chosen = self._choose_handouts()
        self._brand_files = self._choose_brands()

    def catalog(self) -> Catalog:
        project = self._project
        library = self._library()
        self._settings = self._read_settings()
        formats = choose(self._selection.formats, list(self._all_formats), "format")
        codes = {name.language for name in self._chosen} & set(self._all_languages)
        countries = self._read_all(project.files("countries"), self._country)
        handouts = self._handouts(library)
        brands = self._brands(self._brand_names(library))
        self._note_sites(brands)
        self._note_no_phones(brands, handouts)
        handouts = {key: file for key, file in handouts.items() if self._has_address(file, brands)}
        languages = self._read_all({code: self._all_languages[code] for code in sorted(codes)}, self._language)
        self._note_missing_fonts(languages, handouts, brands)
        return Catalog(
            project=project,
            selection=Selection(self._keys(), tuple(self._brand_files), tuple(formats)),
            handouts=MappingProxyType(handouts),
            brands=brands,
            formats=self._read_all({name: self._all_formats[name] for name in formats}, self._format),
            languages=self._with_fonts(languages),
            countries=countries,
            library=library,
            settings=self._settings,
            digests=MappingProxyType(self._digests),
            broken={path: tuple(sorted(problems)) for path, problems in sorted(self._broken.items())},
        )

    def _keys(self) -> tuple[HandoutKey, ...]:
        return tuple(dict.fromkeys((name.slug, name.language) for name in self._chosen))

    def _choose_handouts(self) -> list[HandoutName]:
        slugs = choose(self._selection.handouts, list(dict.fromkeys(name.slug for name in self._names)), "handout")
        named = [name for name in self._names if name.slug in slugs]
        codes = choose(
            self._selection.languages, sorted({name.language for name in named}), "language of these handouts"
        )
        return [name for name in named if name.language in codes]

    def _choose_brands(self) -> dict[str, Path]:
        """Return the selected brands' files, of a row its sheet: the built-in one only by name, or if it is alone.

        The pattern also matches a file of nearly the right name, so that its brand is not passed over in silence.
        """
        files = self._project.files("brands", "*/*brand.y*ml")
        project_files = {name: path for name, path in files.items() if path.is_relative_to(self._project.root)}
        rows = dict.fromkeys(self._rows.slugs, self._rows.path)
        own = dict(sorted({**project_files, **rows}.items()))
        offered = dict(sorted({**files, **rows}.items())) if self._selection.brands or not own else own
        chosen = choose(self._selection.brands, list(offered), "brand")
        self._note(self._rows.problems(chosen, project_files))
        return {name: offered[name] for name in chosen if name not in rows or name not in project_files}

    def _brand_names(self, library: Library) -> ProjectNames:
        """Return the names that a brand may use."""
        return ProjectNames(
            handouts={name.slug for name in self._names},
            languages=set(self._all_languages),
            formats=set(self._all_formats),
            looks=set(self._project.files("looks", LOOKS)),
            # A country whose file has mistakes exists: they are reported there, and not at every brand.
            countries=set(self._project.files("countries")),
            library=library,
        )

    def _read_settings(self) -> ProjectSettings:
        path = self._project.root / SETTINGS
        read = self._guarded(path, self._project_settings) if path.is_file() else None
        return read or ProjectSettings()

    def _project_settings(self, path: Path) -> ProjectSettings:
        source = self._project.read(path)
        self._digests[source.path.as_posix()] = source.digest
        settings = load_record(source, ProjectSettings)
        if problems := settings_problems(source, settings, {name.slug for name in self._names}):
            raise ContentError(problems)
        return settings

    def _library(self) -> Library:
        library = load_library(self._project)
        self._note(library.problems)
        if library.digest:
            self._digests[LIBRARY] = library.digest
        return library

    def _handouts(self, library: Library) -> dict[HandoutKey, HandoutFile]:
        self._note_broken_names()
        handouts: dict[HandoutKey, HandoutFile] = {}
        for name in self._chosen:
            file = self._guarded(name.path, partial(self._handout, name, library))
            if file is not None and Path(self._project.show(name.path)) not in self._broken:
                handouts[name.slug, name.language] = file
        return handouts

    def _note_broken_names(self) -> None:
        codes = list(self._all_languages)
        for path, problem in twice_named(self._project, self._chosen).items():
            self._note([problem], path)
        for name in self._chosen:
            if name.language not in codes:
                self._note([unknown_language(self._project, name, codes)], name.path)

    def _handout(self, name: HandoutName, library: Library, path: Path) -> HandoutFile:
        source = self._project.read(path)
        cited = cited_in(source)
        self._note(citation_problems(source, cited, library))
        self._note(link_problems(source))
        handout, kind = load_handout(source, self._kinds)
        self._digests[self._project.show(kind.path)] = kind.digest
        about = treatment_harms(self._project, self._kinds, self._names, source, handout)
        self._digests |= {self._project.show(each.path): each.digest for each in about}
        self._note(address_problems(source, handout))
        self._note(format_problems(source, handout, self._all_formats))
        self._digests[source.path.as_posix()] = source.digest
        poses = self._poses_of(source, handout)
        pictures = self._pictures_of(source, handout)
        icons = self._icons.icons(source, handout)
        self._note(icons.problems)
        shown = [pose.model_dump_json() for pose in poses.values()] + [one.digest for one in pictures.values()]
        shown += [icon.digest for icon in icons.icons.values()]
        shown += [each.printed for each in about]
        of_harms = (key for each in about for key in each.cited)
        keys = tuple(dict.fromkeys((*(item.key for item in cited if item.key), *of_harms)))
        references = [library.references[key] for key in keys if key in library.references]
        return HandoutFile(
            slug=name.slug,
            language=name.language,
            path=path,
            handout=handout,
            digest=source.digest,
            cited=keys,
            content_hash=content_hash(handout, name.language, references, shown),
            earlier_hash=earlier_hash(handout, name.language, references, shown),
            kind=kind.kind,
            about=about,
            poses=poses,
            pictures=pictures,
            icons=icons.icons,
            cover=self._cover_of(name.slug),
            says_phone=says_phone(handout),
            says_clinic=says_clinic(handout),
        )

    def _pictures_of(self, source: YamlSource, handout: Handout) -> Mapping[str, HandoutPicture]:
        read = read_pictures(self._project, source, handout)
        self._note(read.problems)
        return read.pictures

    def _cover_of(self, slug: str) -> Icon | None:
        cover = self._icons.cover(slug)
        if isinstance(cover, Problem):
            self._note([cover])
            return None
        return cover

    def _poses_of(self, source: YamlSource, handout: Handout) -> Mapping[str, Pose]:
        """Return the poses that a handout names; the files of poses are read where one names any."""
        if not has_exercises(handout):
            return {}
        self._note(self._poses.problems)
        self._note(pose_problems(source, handout, self._poses))
        return used_poses(handout, self._poses)

    @cached_property
    def _poses(self) -> PoseLibrary:
        return load_poses(self._project)

    def _format(self, path: Path) -> FormatFile:
        source = self._project.read(path)
        record = load_record(source, Format)
        problems = style_problems(self._project, source, record)
        if problems := [*problems, *section_problems(self._project, source, record, path.stem)]:
            raise ContentError(problems)
        self._digests[source.path.as_posix()] = source.digest
        return FormatFile(path.stem, path, record, source.digest)

    def _language(self, path: Path) -> Language:
        source = self._project.read(path)
        self._digests[source.path.as_posix()] = source.digest
        return load_record(source, Language)

    def _with_fonts(self, languages: Mapping[str, Language]) -> Mapping[str, Language]:
        return MappingProxyType(
            {code: language for code, language in languages.items() if not missing_fonts(self._project, language)}
        )

    def _note_missing_fonts(
        self, languages: Mapping[str, Language], handouts: Mapping[HandoutKey, HandoutFile], brands: Mapping[str, Brand]
    ) -> None:
        # A language that nothing is printed in may lack its fonts: some are too large to come with the project.
        for code, language in languages.items():
            files = [file for file in handouts.values() if file.language == code]
            if any(may_give(brand, file) for brand in brands.values() for file in files):
                self._note(font_problems(self._project, self._all_languages[code], language))

    def _country(self, path: Path) -> Country:
        source = self._project.read(path)
        self._digests[source.path.as_posix()] = source.digest
        return load_record(source, Country)

    @cached_property
    def _reader(self) -> BrandReader:
        # Its models take a while to load; cached brands do without.
        from handoutpress.content.brand.reader import BrandReader  # noqa: PLC0415

        return BrandReader(self._project)

    def _brands(self, names: ProjectNames) -> Mapping[str, Brand]:
        brands: dict[str, Brand] = {}
        for slug, path in self._brand_files.items():
            brand = self._guarded(path, partial(self._brand, names, slug))
            if brand is not None:
                brands[slug] = brand
        if self._brand_cache:
            self._brand_cache.save()
            self._rows.save()
        return MappingProxyType(brands)

    def _brand(self, names: ProjectNames, slug: str, path: Path) -> Brand:
        brand = self._loaded_before.get(slug) or self._with_site(self._read_or_cached(slug, path))
        if problems := brand_problems(brand, names, self._source_of):
            raise ContentError(problems)
        return brand

    def _read_or_cached(self, slug: str, path: Path) -> Brand:
        return self._rows.brand(slug, lambda: self._reader) if path == self._rows.path else self._read_brand(path)

    def _source_of(self, brand: Brand) -> YamlSource:
        return self._rows.source(brand.slug) if brand.row else self._project.read(brand.path)

    def _note_sites(self, brands: Mapping[str, Brand]) -> None:
        for brand, problem in site_problems(self._project, brands).items():
            self._note([problem], brands[brand].path)

    def _note_no_phones(self, brands: Mapping[str, Brand], handouts: Mapping[HandoutKey, HandoutFile]) -> None:
        """Note each brand that patients are told to call and that has no telephone number."""
        for brand in brands.values():
            lost = (file for file in handouts.values() if may_give(brand, file) and not can_be_called(brand, file))
            if file := next(lost, None):
                self._note([no_phone(self._project, brand, file.path)], brand.path)

    def _has_address(self, file: HandoutFile, brands: Mapping[str, Brand]) -> bool:
        """Return whether the codes of a handout lead somewhere in every brand; else note that they do not."""
        if file.slug == BY_HASH and any(brand.site for brand in brands.values()):
            self._note([shadowing(self._project, file.path)], file.path)
            return False
        article = file.handout.article
        if article is None:  # it prints no codes, or on a site those of its own page
            return True
        lost = [brand for brand in brands.values() if not (article.url or brand.article_url or brand.site)]
        if lost:
            self._note([no_address(self._project.read(file.path), lost[0])], file.path)
        return not lost

    def _with_site(self, brand: Brand) -> Brand:
        """Return a brand with the project's site where it has none of its own."""
        site = self._settings.site
        return replace(brand, site=site.base) if site and site.base and not brand.site else brand

    def _read_brand(self, path: Path) -> Brand:
        cached = self._brand_cache.find(path) if self._brand_cache else None
        if cached is not None:
            return cached
        brand = self._reader.read(path.parent)
        if self._brand_cache:
            self._brand_cache.put(brand, self._project)
        return brand

    def _read_all(self, files: Mapping[str, Path], reader: Callable[[Path], Content]) -> Mapping[str, Content]:
        contents = {name: self._guarded(path, reader) for name, path in files.items()}
        return MappingProxyType({name: content for name, content in contents.items() if content is not None})

    def _guarded(self, path: Path, reader: Callable[[Path], Content]) -> Content | None:
        try:
            return reader(path)
        except ContentError as error:
            self._note(error.problems)
            return None

    def _note(self, problems: Iterable[Problem], path: Path | None = None) -> None:
        """Note problems with the file ``path``, else with the one that each names."""
        for problem in problems:
            broken_path = Path(self._project.show(path)) if path else problem.path
            self._broken.setdefault(broken_path, set()).add(problem)
