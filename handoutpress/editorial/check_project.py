"""Checking files: the handouts of a project, or drafts by path, and the library as a whole."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from handoutpress.content.edition_filter import choose
from handoutpress.content.handout_names import HandoutName, handout_names
from handoutpress.content.library import LIBRARY, load_library, read_library
from handoutpress.content.models.handouts import Handout
from handoutpress.content.models.references import Reference
from handoutpress.content.project import Project
from handoutpress.editorial.checks.check_handout import CheckResult, check_handout, located
from handoutpress.editorial.checks.citations import cited, library_remarks
from handoutpress.editorial.checks.findings import EditorialFinding, stops
from handoutpress.editorial.checks.subject import DEFAULT_JURISDICTION, CheckSubject, EditorialRules, load_rules
from handoutpress.yamlfile.explain import load_record
from handoutpress.yamlfile.problems import ContentError, HandoutError, Problem


@dataclass(frozen=True)
class ProjectCheck:
    """What a check saw: each whole handout with what was found, mistakes in files, findings about the library."""

    handouts: tuple[tuple[CheckSubject, CheckResult], ...]
    problems: tuple[Problem, ...] = ()
    library: tuple[EditorialFinding, ...] = ()

    @property
    def findings(self) -> tuple[EditorialFinding, ...]:
        found = [finding for _, checked in self.handouts for finding in checked.findings]
        return tuple(sorted([*found, *self.library], key=lambda finding: finding.order))

    def stopped(self, strict: bool = False) -> Mapping[tuple[str, str], tuple[EditorialFinding, ...]]:
        """Return the handouts, by slug and language, whose editions must not be made, with the findings that say so."""
        found = {}
        for subject, checked in self.handouts:
            grave = tuple(finding for finding in checked.findings if stops(finding.level, strict))
            if grave:
                found[subject.source.path.name.partition(".")[0], subject.language] = grave
        return found

    def stops(self, strict: bool = False) -> bool:
        """Whether anything stops an edition."""
        library = CheckResult(self.library).stops(strict)
        return bool(self.problems) or library or any(checked.stops(strict) for _, checked in self.handouts)


def check_project(
    project: Project, today: date, jurisdiction: str = DEFAULT_JURISDICTION, wanted: tuple[str, ...] = ()
) -> ProjectCheck:
    """Check the handouts that ``wanted`` names (slugs, patterns, or paths of drafts; none means every one).

    Raises ``HandoutError`` for a name or a jurisdiction that does not exist.
    """
    names, problems = handout_names(project)
    paths = tuple(Path(each) for each in wanted if each.endswith((".yaml", ".yml")))
    chosen = _chosen(names, tuple(each for each in wanted if not each.endswith((".yaml", ".yml"))), paths)
    checking = _ProjectChecker(project, today, jurisdiction, names)
    checking.problems += [] if wanted else problems
    for name in chosen:
        checking.check(name)
    for path in paths:
        checking.check(_name_of(path))
    return checking.sweep(whole=not wanted)


def _chosen(names: list[HandoutName], wanted: tuple[str, ...], paths: tuple[Path, ...]) -> list[HandoutName]:
    if paths and not wanted:
        return []
    slugs = choose(wanted, sorted({name.slug for name in names}), "handout")
    return [name for name in names if name.slug in slugs]


def _name_of(path: Path) -> HandoutName:
    slug, _, language = path.stem.rpartition(".")
    if not path.is_file():
        raise HandoutError(
            f'There is no file "{path.as_posix()}". Hint: give the path of a draft, or a handout\'s name.'
        )
    return HandoutName(slug or language, language if slug else "en", path.resolve())


class _ProjectChecker:
    """What has been checked so far. The library and the rules are read once."""

    def __init__(self, project: Project, today: date, jurisdiction: str, names: Collection[HandoutName]) -> None:
        self._project, self._today, self._jurisdiction, self._names = project, today, jurisdiction, names
        self._rules: dict[str, EditorialRules] = {}
        self._library = load_library(project).references
        self._drafted: dict[Path, Mapping[str, Reference]] = {}
        self._checked: list[tuple[CheckSubject, CheckResult]] = []
        self._read: dict[Path, Handout] = {}
        self.problems: list[Problem] = []

    def check(self, name: HandoutName) -> None:
        try:
            source = self._project.read(name.path)
            handout = load_record(source, Handout)
            library = self._library_of(name.path)
        except ContentError as error:
            self.problems += error.problems
            return
        rules = self._rules_in(name.language)
        subject = CheckSubject(source, handout, name.language, rules, self._today, library, self._translations(name))
        self._checked.append((subject, check_handout(subject)))

    def sweep(self, whole: bool) -> ProjectCheck:
        used = frozenset(key for subject, _ in self._checked for key, _, _ in cited(subject))
        found = self._findings(self._project.root / LIBRARY, self._library, used) if whole else ()
        for path, references in self._drafted.items():
            found += self._findings(path, references, used)
        return ProjectCheck(tuple(self._checked), tuple(self.problems), found)

    def _findings(
        self, path: Path, references: Mapping[str, Reference], used: frozenset[str]
    ) -> tuple[EditorialFinding, ...]:
        return located(self._project.read(path), library_remarks(references, used)) if references else ()

    def _library_of(self, path: Path) -> Mapping[str, Reference]:
        """The project's library, and over it the list that an import wrote beside a draft."""
        beside = draft_references(path)
        if not beside.is_file():
            return self._library
        read = read_library(self._project.read(beside))
        if read.problems:
            raise ContentError(read.problems)
        self._drafted[beside] = read.references
        return {**self._library, **read.references}

    def _rules_in(self, language: str) -> EditorialRules:
        if language not in self._rules:
            self._rules[language] = load_rules(self._project, self._jurisdiction, language)
        return self._rules[language]

    def _translations(self, name: HandoutName) -> dict[str, Handout]:
        others = [other for other in self._names if other.slug == name.slug and other.language != name.language]
        found = {}
        for other in others:
            try:
                found[other.language] = load_record(self._project.read(other.path), Handout)
            except ContentError:
                continue  # its own check tells its mistakes
        return found


def draft_references(draft: Path) -> Path:
    """Where an import puts the references of a draft: ``x.references.yaml`` beside ``x.en.yaml``."""
    return draft.with_name(f"{draft.stem.partition('.')[0]}.references.yaml")
