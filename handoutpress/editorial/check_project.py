"""The check of a project: its handouts and articles, or drafts by path, and the library as a whole."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property, partial
from pathlib import Path

from handoutpress.content.articles import ArticleFile, Articles, load_article
from handoutpress.content.catalog import HandoutKey
from handoutpress.content.crosschecks import link_problems
from handoutpress.content.edition_filter import choose
from handoutpress.content.handout_names import HandoutName, handout_names
from handoutpress.content.kinds.kind_files import KindFiles, load_handout
from handoutpress.content.kinds.treatment_harms import TreatmentHarms, treatment_harms
from handoutpress.content.library import Library, load_library, read_library
from handoutpress.content.models.handouts import Handout
from handoutpress.content.models.kinds import OTHER_HEADINGS, Kind
from handoutpress.content.models.references import Reference
from handoutpress.content.pictures.reading import read_pictures
from handoutpress.content.poses.pose_files import PoseLibrary, load_poses
from handoutpress.content.poses.used_poses import has_exercises, pose_problems
from handoutpress.content.project import Project
from handoutpress.editorial.check_articles import ArticleChecker, CheckedArticle, headings_in
from handoutpress.editorial.checks.calls.clinics import ClinicsInUse
from handoutpress.editorial.checks.check_handout import CheckResult, check_handout, located
from handoutpress.editorial.checks.citations import cited
from handoutpress.editorial.checks.findings import EditorialFinding, stops
from handoutpress.editorial.checks.library import library_remarks
from handoutpress.editorial.checks.subject import DEFAULT_JURISDICTION, CheckSubject, EditorialRules, load_rules
from handoutpress.editorial.word_check import check_words, printed_files
from handoutpress.yamlfile.problems import ContentError, HandoutError, Problem
from handoutpress.yamlfile.source import YamlSource

_SUFFIXES = (".yaml", ".yml", ".md")
"""Of names that are paths of drafts."""


@dataclass(frozen=True)
class ProjectCheck:
    """The result for each handout that can be read, the mistakes in files, and findings about the library.

    ``beside`` has what the words beside the handouts come to: in brands, and in a project's own languages and formats.
    ``articles`` are the articles that were checked.
    """

    handouts: tuple[tuple[CheckSubject, CheckResult], ...]
    problems: tuple[Problem, ...] = ()
    library: tuple[EditorialFinding, ...] = ()
    beside: tuple[CheckResult, ...] = ()
    articles: tuple[CheckedArticle, ...] = ()

    @property
    def _results(self) -> tuple[CheckResult, ...]:
        texts = (*self.handouts, *self.articles)
        return (*(result for _, result in texts), *self.beside)

    @property
    def findings(self) -> tuple[EditorialFinding, ...]:
        """All findings that count, in the order of files and places."""
        findings = [finding for result in self._results for finding in result.findings]
        return tuple(sorted([*findings, *self.library], key=lambda finding: finding.order))

    @property
    def accepted(self) -> tuple[EditorialFinding, ...]:
        """All findings that someone has accepted."""
        return tuple(finding for result in self._results for finding in result.accepted)

    def stopped(self, strict: bool = False) -> Mapping[HandoutKey, tuple[EditorialFinding, ...]]:
        """Return the handouts whose editions must not be made, with the findings that say so."""
        stopped = {}
        for subject, result in self.handouts:
            findings = tuple(finding for finding in result.findings if stops(finding.level, strict))
            if findings:
                stopped[slug_of(subject.source.path), subject.language] = findings
        return stopped

    def stops(self, strict: bool = False) -> bool:
        """Return whether anything stops an edition, or an article."""
        results = (CheckResult(self.library), *self._results)
        return bool(self.problems) or any(result.stops(strict) for result in results)


def check_project(
    project: Project,
    today: date,
    jurisdiction: str = DEFAULT_JURISDICTION,
    handouts: Sequence[str] = (),
    articles: Articles | None = None,
    clinics: ClinicsInUse | None = None,
) -> ProjectCheck:
    """Check ``handouts`` (slugs, patterns, or paths of drafts); none means all, and the library as well.

    ``articles`` are checked with the handouts of their names. ``clinics`` are those that print them; without them, any
    of the regulator's countries. Raises ``HandoutError`` for a name or a jurisdiction that does not exist.
    """
    names, problems = handout_names(project)
    paths = [Path(name) for name in handouts if name.endswith(_SUFFIXES)]
    patterns = tuple(name for name in handouts if not name.endswith(_SUFFIXES))
    checker = _ProjectChecker(project, today, partial(load_rules, project, jurisdiction, clinics=clinics), names)
    if not handouts:
        checker.problems += problems
    if patterns or not paths:
        articles = articles or Articles()
        slugs = choose(patterns, sorted({name.slug for name in names} | _slugs(articles)), "handout")
        for name in names:
            if name.slug in slugs:
                checker.check(name)
        checker.check_articles(articles, slugs)
    for path in map(_existing, paths):
        if path.suffix == ".md":
            checker.check_article_at(path)
        else:
            checker.check(_name_of(path))
    return checker.result(is_whole=not handouts)


def _slugs(articles: Articles) -> set[str]:
    return {slug for slug, _ in articles.files} | {slug_of(problem.path) for problem in articles.problems}


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise HandoutError(
            f'There is no file "{path.as_posix()}". Hint: give the path of a draft, or a handout\'s name.'
        )
    return path


def _name_of(path: Path) -> HandoutName:
    slug, _, language = path.stem.rpartition(".")
    return HandoutName(slug or language, language if slug else "en", path.resolve())


class _ProjectChecker:
    """The results so far. The library and the rules are read once."""

    def __init__(
        self,
        project: Project,
        today: date,
        rules_in: Callable[[str], EditorialRules],
        names: Collection[HandoutName],
    ) -> None:
        self._project, self._today, self._names = project, today, names
        self._rules_in = cache(rules_in)
        self._headings = cache(partial(headings_in, project))
        self._kinds = KindFiles(project)
        # What a handout is about need not be among what is checked.
        self._all_names = handout_names(project)[0]
        self._library = load_library(project)
        self._draft_libraries: dict[Path, Library] = {}
        self._results: list[tuple[CheckSubject, CheckResult]] = []
        self._articles: list[CheckedArticle] = []
        self._article_checker = ArticleChecker(project, today, self._rules_in, names)
        self.problems: list[Problem] = []

    def check(self, name: HandoutName) -> None:
        """Check one handout; where its file or its library has mistakes, these are its problems."""
        try:
            source = self._project.read(name.path)
            self.problems += link_problems(source)
            handout, kind_file = load_handout(source, self._kinds)
            about = self._about(source, handout)
            shown = read_pictures(self._project, source, handout)
            self.problems += (*shown.problems, *self._pose_problems(source, handout))
            library = self._library_of(name.path)
        except ContentError as error:
            self.problems += error.problems
            return
        rules = self._rules_in(name.language)
        subject = CheckSubject(
            source,
            handout,
            name.language,
            rules,
            self._today,
            library=library,
            broken_references=self._library.broken,
            translations=self._translations(name),
            headings=_headings_of(kind_file.kind, self._headings(name.language), name.language),
            words=kind_file.kind.words,
            about=about,
            pictures=shown.pictures,
        )
        self._results.append((subject, check_handout(subject)))

    def _about(self, source: YamlSource, handout: Handout) -> tuple[TreatmentHarms, ...]:
        """Return what a handout takes from others; a mistake in that hides nothing of its own texts."""
        try:
            return treatment_harms(self._project, self._kinds, self._all_names, source, handout)
        except ContentError as error:
            self.problems += error.problems
            return ()

    def _pose_problems(self, source: YamlSource, handout: Handout) -> list[Problem]:
        return pose_problems(source, handout, self._poses) if has_exercises(handout) else []

    @cached_property
    def _poses(self) -> PoseLibrary:
        poses = load_poses(self._project)
        self.problems += poses.problems
        return poses

    def check_articles(self, articles: Articles, slugs: Collection[str]) -> None:
        """Check the articles of these names, those with mistakes as well, and tell their mistakes."""
        files = {**articles.files, **articles.faulty}
        for (slug, _), article in sorted(files.items()):
            if slug in slugs:
                self._check_article(article, self._library)
        self._tell_mistakes(problem for problem in articles.problems if slug_of(problem.path) in slugs)

    def check_article_at(self, path: Path) -> None:
        """Check the draft of an article by its path; where it or its library has mistakes, these are its problems."""
        try:
            library = replace(self._library, references=self._library_of(path))
            article, mistakes = load_article(self._project, library, path.resolve())
        except ContentError as error:
            self.problems += error.problems
            return
        self._check_article(article, library)
        self._tell_mistakes(mistakes)

    def _check_article(self, article: ArticleFile, library: Library) -> None:
        self._articles.append(self._article_checker.check(article, library))

    def _tell_mistakes(self, mistakes: Iterable[Problem]) -> None:
        """Add the mistakes of articles but for what a finding says of citations."""
        findings = (finding for _, result in self._articles for finding in result.findings)
        told = {(finding.path, finding.line) for finding in findings if finding.rule.startswith("citation-")}
        self.problems += (problem for problem in mistakes if (problem.path, problem.line) not in told)

    def result(self, *, is_whole: bool) -> ProjectCheck:
        """Return all results; of a whole project its references, and what is printed beside the handouts, too."""
        of_articles = (key for subject, _ in self._articles for key in subject.article.cited)
        cited_keys = frozenset(key for subject, _ in self._results for key, _, _ in cited(subject)) | {*of_articles}
        libraries = [*([self._library] if is_whole else []), *self._draft_libraries.values()]
        findings: list[EditorialFinding] = []
        for library in libraries:
            if library.references:
                source = self._project.read(library.path)
                findings += located(source, library_remarks(source, library, cited_keys))
        beside = self._beside() if is_whole else ()
        return ProjectCheck(tuple(self._results), tuple(self.problems), tuple(findings), beside, tuple(self._articles))

    def _beside(self) -> tuple[CheckResult, ...]:
        practices = {slug_of(subject.source.path): subject.handout.practices for subject, _ in self._results}
        return tuple(
            check_words(self._project, file, self._rules_in(file.language), practices, self._today)
            for file in printed_files(self._project)
        )

    def _library_of(self, path: Path) -> Mapping[str, Reference]:
        """Return the project's library, and over it the list that an import wrote beside a draft."""
        beside = _draft_references(path)
        if not beside.is_file():
            return self._library.references
        draft_library = read_library(self._project.read(beside))
        if draft_library.problems:
            raise ContentError(draft_library.problems)
        self._draft_libraries[beside] = replace(draft_library, path=beside)
        return {**self._library.references, **draft_library.references}

    def _translations(self, name: HandoutName) -> dict[str, Handout]:
        translations = {}
        for translation in self._names:
            if translation.slug != name.slug or translation.language == name.language:
                continue
            # One with mistakes is left out: its own check tells them.
            with suppress(ContentError):
                translations[translation.language], _ = load_handout(self._project.read(translation.path), self._kinds)
        return translations


def slug_of(path: Path) -> str:
    """Return the name of the handout in the file ``path``, without its language."""
    return path.name.partition(".")[0]


def _headings_of(kind: Kind, headings: Mapping[str, str], language: str) -> dict[str, str]:
    """Return a language's ``headings`` by part, each as it stands over that part in handouts of a kind."""
    of_parts = {part: words for part, words in headings.items() if part not in OTHER_HEADINGS}
    return of_parts | kind.headings_in(language, headings)


def _draft_references(draft: Path) -> Path:
    """Return where an import puts the references of a draft: ``x.references.yaml`` beside ``x.en.yaml``."""
    return draft.with_name(f"{draft.stem.partition('.')[0]}.references.yaml")
