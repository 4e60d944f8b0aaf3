"""A file of a project as a form: its fields, what may be chosen in them, and what is to be put right, at its field."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel

from handoutpress.app.check import check
from handoutpress.app.project import names_in, open_catalog
from handoutpress.app.studio.forms.field_types import as_entries, field_types
from handoutpress.app.studio.forms.file_notes import doubts_in, source_language, with_doubts, with_originals
from handoutpress.app.studio.forms.form_edits import data_of
from handoutpress.app.studio.forms.form_fields import Choices, FormField, FormMaker
from handoutpress.app.studio.shared_problems import SharedProblem, shared_problems
from handoutpress.content.brand.extras.keys import NETWORKS
from handoutpress.content.brand.keys import BrandFile
from handoutpress.content.catalog import Catalog
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.editions import HandoutFile
from handoutpress.content.handout_names import handout_names
from handoutpress.content.library import load_library
from handoutpress.content.models.handouts import Handout
from handoutpress.content.models.references import Reference
from handoutpress.content.project import LOOKS, Project
from handoutpress.editorial.checks.findings import EditorialFinding
from handoutpress.editorial.checks.subject import DEFAULT_JURISDICTION, accepted_conditions, jurisdiction_for
from handoutpress.store.files import FileStamp, stamp_of
from handoutpress.yamlfile.printed import printed_texts
from handoutpress.yamlfile.problems import ContentError, HandoutError, Problem, with_hint
from handoutpress.yamlfile.source import YamlSource, read_yaml, yaml_source

BRAND_FILE = "_brand.yml"
BRAND_PARTS = ("meta", "color")
"""What the desk changes of a brand: who the clinic is, and its colours. A logo is uploaded."""
OWN_PARTS = ("look", "people", "marks", "lines", "links", "photo")
"""What the desk changes of that which is ours alone: how pages look, and what stands beside the contact."""
PRINTED_COLOURS = frozenset({"primary", "secondary", "light", "link"})
"""The colours of the standard that pages have."""
UPLOADED = ("marks", "photo")
"""Of these, what is begun by uploading a picture."""
EXTRAS = ("defaults", "handout")
"""Where a brand's file says what is printed beside its contact."""
A_FORMAT = "a4-leaflet"
GONE = "This handout was renamed or removed meanwhile. What you typed is still on this page."
ADDED = re.compile(r'\badd "(\w+)"')
"""How a sentence names the part that is to be added."""
MISSING = re.compile(r'"(\w+)" is missing')
"""How a sentence begins that stands at what lacks a key: at its first one, which is another."""
TITLE_LENGTH = 70
"""Letters of a paper's title by which it is chosen."""


@dataclass(frozen=True)
class EditForm:
    """The fields of a file; ``problems`` are sentences by the field's name, "" for the file as a whole.

    ``shared`` are mistakes in what it shares with others; ``words`` counts those of a handout that has no mistakes.
    """

    fields: tuple[FormField, ...]
    addable: tuple[str, ...]
    problems: Mapping[str, tuple[str, ...]]
    shared: tuple[SharedProblem, ...] = ()
    words: int = 0


def handout_form(project: Project, handout: str, language: str, text: str, added: Collection[str] = ()) -> EditForm:
    """Return the form of a handout whose file says ``text``."""
    path = _handout_file(project, handout, language)
    catalog, choices = open_catalog(project, _selection(path)), _handout_choices(project)
    with suppress(ContentError, AttributeError):  # told at its place
        choices = {**choices, "condition": _conditions(project, catalog, text, language)}
    form = _form(project, path, text, Handout, FormMaker(choices, added), catalog)
    original = handout_path(project, handout, source_language(text))
    if original is None:
        return form
    with suppress(ContentError, UnicodeDecodeError):  # told on its own page
        return replace(form, fields=with_originals(form.fields, Handout, original.read_text("utf-8")))
    return form


def checked_handout(project: Project, handout: str, language: str, text: str) -> EditForm:
    """Return the form of a handout whose file says ``text``, for what is to be put right: without its choices."""
    return _form(project, _handout_file(project, handout, language), text, Handout, FormMaker({}))


def handout_remarks(
    project: Project, handout: str, language: str, text: str, brand: str
) -> Mapping[str, tuple[str, ...]]:
    """Return what the editor would say of a handout where ``brand`` is, by the field's name: errors and warnings.

    ``text`` is what its file says. Nothing is said of a handout with something to put right. Takes a second.
    """
    path, catalog = _handout_file(project, handout, language), open_catalog(project, EditionFilter(brands=(brand,)))
    country = catalog.brands[brand].country if brand in catalog.brands else ""
    jurisdiction = jurisdiction_for(project, country) if country else DEFAULT_JURISDICTION
    shown_path = Path(project.show(path))
    source = yaml_source(text.removeprefix("\ufeff"), shown_path, "")
    findings = check(project, handouts=(handout,), jurisdiction=jurisdiction).findings
    own = [finding for finding in findings if finding.path == shown_path and finding.level != "note"]
    return _by_field(source, FormMaker({}).fields(Handout, source.data), own)


def own_brands(project: Project) -> list[str]:
    """Return the names of a project's own brands: what is built in is nobody's to change."""
    return [name for name in names_in(project, "brands") if (project.root / "brands" / name / BRAND_FILE).is_file()]


def brand_form(project: Project, brand: str, text: str, added: Collection[str] = ()) -> EditForm:
    """Return the form of a brand whose file says ``text``."""
    path = project.root / "brands" / brand / BRAND_FILE
    own = ".".join(EXTRAS)
    form = _form(project, path, text, BrandFile, FormMaker(_brand_choices(project), (*BRAND_PARTS, own, *added)))
    fields = {field.name: field for outer in form.fields for field in outer.walk()}
    shown = [_printed_colours(fields[name]) for name in BRAND_PARTS if name in fields]
    shown += [_without_files(fields[name]) for part in OWN_PARTS if (name := f"{own}.{part}") in fields]
    addable = fields[own].addable if own in fields else ()
    offered = tuple(name for name in addable if name.rpartition(".")[2] in set(OWN_PARTS) - set(UPLOADED))
    return replace(form, fields=tuple(shown), addable=offered)


def _printed_colours(field: FormField) -> FormField:
    """Return a field that offers, of colours, those that are printed: the standard has others for screens."""
    offered = tuple(name for name in field.addable if name.rpartition(".")[2] in PRINTED_COLOURS)
    return replace(field, addable=offered) if field.name == "color" else field


def _without_files(field: FormField) -> FormField:
    """Return a field without those that name a picture's file: it is uploaded."""
    parts = tuple(_without_files(part) for part in field.parts if part.location[-1] not in ("file", "photo"))
    return replace(field, parts=parts, is_fixed=field.location[-1] in UPLOADED)


def _brand_choices(project: Project) -> Choices:
    return {
        "look": {name.partition("/")[0]: name.partition("/")[0] for name in project.files("looks", LOOKS)},
        "lines": {code: code for code in names_in(project, "languages")},
        "links": {network: name for network, (name, _) in NETWORKS.items()},
    }


def handout_path(project: Project, handout: str, language: str) -> Path | None:
    """Return the file of a handout by its names; None where there is none of these names."""
    names = handout_names(project)[0]
    return next((name.path for name in names if (name.slug, name.language) == (handout, language)), None)


def _handout_file(project: Project, handout: str, language: str) -> Path:
    path = handout_path(project, handout, language)
    if path is None:  # renamed or removed since its page was opened
        raise HandoutError(GONE)
    return path


def _form(
    project: Project, path: Path, text: str, model: type[BaseModel], maker: FormMaker, catalog: Catalog | None = None
) -> EditForm:
    """Return the form of a file that says ``text``: of one that is not YAML, what is to be put right alone.

    ``catalog`` is that of the file, where it was loaded already.
    """
    shown_path = Path(project.show(path))
    try:
        source = yaml_source(text.removeprefix("\ufeff"), shown_path, "")
    except ContentError as error:
        return EditForm((), (), {"": tuple(problem.sentence for problem in error.problems)})
    catalog = catalog or open_catalog(project, _selection(path))
    problems = catalog.problems
    fields = maker.fields(model, source.data)
    own = [problem for problem in problems if problem.path == shown_path]
    addable = maker.addable(model, source.data)
    return EditForm(
        with_doubts(fields, doubts_in(source, fields)),
        addable,
        _by_field(source, fields, own),
        shared_problems(problems),
        sum(_word_count(file) for file in catalog.handouts.values() if file.path == path),
    )


def _word_count(file: HandoutFile) -> int:
    return sum(len(words.split()) for _, words in printed_texts(file.handout))


def _selection(path: Path) -> EditionFilter:
    """Return what to load to know the mistakes of one file: of other kinds one each, since reading all takes long."""
    if path.name == BRAND_FILE:
        return EditionFilter(brands=(path.parent.name,), formats=(A_FORMAT,))
    slug, language, _ = path.name.split(".")
    return EditionFilter(handouts=(slug,), languages=(language,), formats=(A_FORMAT,))


def _by_field(
    source: YamlSource, fields: Iterable[FormField], problems: Iterable[Problem | EditorialFinding]
) -> dict[str, tuple[str, ...]]:
    """Return the sentences of problems by the field that they stand at, or behind; of what is missing, by its own."""
    places, all_fields = {(0, 0): ""}, [inner for outer in fields for inner in outer.walk()]
    names = {field.name for field in all_fields}
    for field in (field for field in all_fields if field.is_given):
        written = source.written_at(field.location)
        places[source.place(written, key=True)] = field.name
        places[source.place(written)] = field.name
    by_field: dict[str, tuple[str, ...]] = {}
    for problem in problems:
        place = problem.line, problem.column
        name = places[max(known for known in places if known <= place)] if place != (1, 1) else ""
        if missing := MISSING.match(problem.sentence):
            name = _nearest(names, name, missing[1])
        by_field[name] = (*by_field.get(name, ()), with_hint(problem.sentence, problem.hint))
    return by_field


def field_named(path: Path, model: type[BaseModel], problem: Problem) -> str:
    """Return the field of a file's form that a problem stands at, or that it says to add.

    Raises ``ContentError`` or ``OSError`` for a file that cannot be read.
    """
    source = yaml_source(path.read_text("utf-8-sig"), path, "")
    added = ADDED.search(problem.sentence)
    if added and added[1] in field_types(model):
        return added[1]
    return next(iter(_by_field(source, FormMaker({}).fields(model, source.data), [problem])), "")


def _nearest(names: Collection[str], place: str, key: str) -> str:
    """Return the field ``key`` beside ``place`` or above it; ``place`` where no form has it."""
    above = place.split(".")
    beside = (".".join((*above[:length], key)) for length in range(len(above) - 1, -1, -1))
    return next((name for name in beside if name in names), place)


def _handout_choices(project: Project) -> Choices:
    return {
        "kind": _called(project, "kinds"),
        "formats": _called(project, "formats"),
        "references": _papers(project),
        "about": {name.slug: name.slug.replace("-", " ").capitalize() for name in handout_names(project)[0]},
    }


def _conditions(project: Project, catalog: Catalog, text: str, language: str) -> dict[str, str]:
    """Return what the practices of a handout in English are accepted for, where any of its clinics is."""
    practices = as_entries(data_of(text).get("practices")) if language.startswith("en") else []
    countries = sorted({brand.country for brand in catalog.brands.values()})
    named = [name for country in countries for name in accepted_conditions(project, country, practices)]
    return {name: name for name in named}


def _called(project: Project, folder: str) -> dict[str, str]:
    """Return what people call the kinds or formats of a project, by their names."""
    return {name: _name_in(path, stamp_of(path)) for name, path in project.files(folder).items()}


@lru_cache(maxsize=256)
def _name_in(path: Path, _stamp: FileStamp) -> str:
    """Return how a file calls itself: read once, since every form asks for dozens."""
    try:
        data = read_yaml(path).data
    except ContentError:  # told where it is used
        return path.stem
    return str(data.get("name", path.stem)) if isinstance(data, dict) else path.stem


def _papers(project: Project) -> dict[str, str]:
    """Return the papers that may be cited, by what a person calls them: first author, year, how the title begins."""
    names = {key: _paper(entry) for key, entry in load_library(project).references.items() if entry.citable}
    return dict(sorted(names.items(), key=lambda item: item[1].casefold()))


def _paper(entry: Reference) -> str:
    first = next(iter(entry.author or ()), None)
    author = (first.family or first.literal or "") if first else ""
    title = entry.plain_title
    title = title if len(title) <= TITLE_LENGTH else f"{title[:TITLE_LENGTH].rstrip()} …"
    return " ".join(filter(None, [author, str(entry.year or ""), title]))
