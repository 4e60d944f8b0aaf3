"""What the page for releases shows: what was kept, who approved what, and what can be recalled."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from handoutpress.app.project import open_catalog
from handoutpress.app.recall import built_files
from handoutpress.app.release import ProofProgress, ReleaseReporter, ReleaseResult, release, release_folder
from handoutpress.app.studio.forms.edit_forms import BRAND_FILE, field_named, handout_path
from handoutpress.app.studio.long_work import WorkProgress
from handoutpress.batch.events import Made, Started
from handoutpress.batch.releases.approvals import Approved, read_approvals
from handoutpress.batch.releases.refusals import DEMANDED
from handoutpress.batch.releases.release import Release
from handoutpress.content.brand.keys import BrandFile
from handoutpress.content.catalog import Catalog
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.models.handouts import Handout
from handoutpress.content.project import Project
from handoutpress.yamlfile.problems import ContentError, Problem

_SUBJECT = re.compile(
    r"(?:handouts/(?P<handout>[^./:]+)\.(?P<language>[^./:]+)\.yaml|brands/(?P<brand>[^/:]+)/_brand\.yml)(?=[:.])"
    r"(?::(?P<line>\d+):(?P<column>\d+):)?"
)
_SHEET = re.compile(
    r".*?(?P<file>[^/\s]+/(?P<language>[^/\s]+)/[^/\s]+/(?P<handout>[^/\s]+)\.pdf)(?:, [^:]+)?: "
    r".* \[(?P<rule>[\w.-]+)\]$"
)
WRITERS_OWN = "address."
"""How the rules of the proof begin that whoever writes a handout can follow."""


@dataclass(frozen=True)
class Subject:
    """What a sentence is about: a handout in a ``language``, else a clinic.

    ``file`` is the finished sheet in which the proof found what no one can put right in the handout; ``line`` and
    ``column`` are where in its file the sentence stands, 0 where it names no place.
    """

    name: str
    language: str = ""
    file: str = ""
    line: int = 0
    column: int = 0


def subject_of(sentence: str) -> Subject | None:
    """Return what a sentence of the command line is about, by the place at its beginning."""
    if sheet := _SHEET.match(sentence):
        is_own = sheet["rule"].startswith(WRITERS_OWN)
        return Subject(sheet["handout"], sheet["language"].partition("+")[0], "" if is_own else sheet["file"])
    if not (match := _SUBJECT.match(sentence)):
        return None
    place = int(match["line"] or 0), int(match["column"] or 0)
    return Subject(match["handout"] or match["brand"], match["language"] or "", "", *place)


def waits_for_approval(sentence: str) -> bool:
    """Return whether a sentence says of a clinic only that its pages are to be approved."""
    return DEMANDED in sentence


def field_of(project: Project, subject: Subject, sentence: str) -> str:
    """Return the field of a handout's or clinic's form that a sentence stands at; "" where it names no place."""
    if subject.language:
        path = handout_path(project, subject.name, subject.language)
    else:
        path = project.root / "brands" / subject.name / BRAND_FILE
    if path is None or not subject.line:
        return ""
    problem = Problem(path, subject.line, subject.column, sentence)
    try:
        return field_named(path, Handout if subject.language else BrandFile, problem)
    except (OSError, UnicodeDecodeError, ContentError):  # told on its own page
        return ""


@dataclass(frozen=True)
class KeptRelease:
    """A release that is kept; ``sheets`` counts its PDFs."""

    name: str
    day: date
    sheets: int
    clinics: tuple[str, ...]
    is_current: bool


@dataclass(frozen=True)
class ClinicApproval:
    """Who approved a clinic's pages, and whether they are as they were then."""

    clinic: str
    by: str
    day: date
    holds: bool


@dataclass(frozen=True)
class ReleaseView:
    """All that is known of releases: the newest first; clinics and handouts by name, with what people call them."""

    kept: tuple[KeptRelease, ...]
    since: date | None
    clinics: Mapping[str, str]
    handouts: Mapping[str, str]
    approvals: tuple[ClinicApproval, ...]
    released: Mapping[str, str]


def read_releases(project: Project) -> ReleaseView:
    """Return what the page for releases shows. Raises ``HandoutError`` where a release cannot be read."""
    catalog, releases = open_catalog(project), release_folder(project)
    current = releases.current
    titles, names = handout_titles(catalog), clinic_names(catalog)
    released = sorted({file.label.handout for kept in releases.releases for file in kept.files if file.label.handout})
    return ReleaseView(
        kept=tuple(_kept(each, each is current) for each in reversed(releases.releases)),
        since=releases.since(),
        clinics=names,
        handouts=titles,
        approvals=_approvals(project, read_approvals(releases.folder), names),
        released={slug: titles.get(slug, slug.replace("-", " ").capitalize()) for slug in released},
    )


def handout_titles(catalog: Catalog) -> dict[str, str]:
    """Return the handouts by name, each with its title in the first of its languages, in the order of these."""
    titles = {slug: file.handout.title for (slug, _), file in sorted(catalog.handouts.items(), reverse=True)}
    return dict(sorted(titles.items(), key=lambda item: item[1].casefold()))


def clinic_names(catalog: Catalog) -> dict[str, str]:
    """Return the clinics by name, with what people call them, in the order of that."""
    names = {slug: brand.name for slug, brand in catalog.brands.items()}
    return dict(sorted(names.items(), key=lambda item: item[1].casefold()))


def _kept(kept: Release, is_current: bool) -> KeptRelease:
    clinics = tuple(sorted(clinic.name for clinic in kept.facts.clinics.values()))
    return KeptRelease(kept.name, kept.day, sum(file.is_edition for file in kept.files), clinics, is_current)


def _approvals(
    project: Project, approved: Mapping[str, Approved], names: Mapping[str, str]
) -> tuple[ClinicApproval, ...]:
    built = {file.path: file.sha256 for file in built_files(project)} if approved else {}
    return tuple(
        ClinicApproval(names.get(brand, brand), each.approval.by, each.approval.day, _holds(each, built))
        for brand, each in approved.items()
    )


def _holds(approved: Approved, built: Mapping[str, str]) -> bool:
    return all(built.get(path) == digest for path, digest in approved.files.items())


def approved_texts(project: Project) -> frozenset[str]:
    """Return the content hashes of texts of which a PDF as it is built now was approved."""
    approved = read_approvals(release_folder(project).folder)
    digests = {item for each in approved.values() for item in each.files.items()}
    built = built_files(project) if digests else ()
    return frozenset(file.label.content_hash for file in built if (file.path, file.sha256) in digests)


def make_release(
    project: Project, name: str, handouts: tuple[str, ...], *, keep: bool, tell: Callable[[WorkProgress], None]
) -> ReleaseResult:
    """Make and prove the pages of ``handouts``, of all where there are none, and ``keep`` them as a release or not."""
    selection = EditionFilter(handouts=handouts)
    return release(project, name=name, selection=selection, keep=keep, reporter=_reporter(tell))


def _reporter(tell: Callable[[WorkProgress], None]) -> ReleaseReporter:
    progress = WorkProgress("making", 0, 0)

    def report(event: object) -> None:
        nonlocal progress
        if isinstance(event, Started):
            progress = WorkProgress("making", 0, event.editions)
        elif isinstance(event, Made):
            progress = WorkProgress("making", progress.done + 1, progress.total)
        elif isinstance(event, ProofProgress):
            progress = WorkProgress("proving", event.done, event.pdfs)
        tell(progress)

    return report
