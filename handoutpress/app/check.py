"""Checking words: what a careful editor, a regulator and a librarian would say of a project's handouts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from handoutpress.app.project import OUT, open_cache, open_catalog, today
from handoutpress.batch.releases.recalls import read_recalls, recalled_problems
from handoutpress.batch.releases.release_folder import FOLDER as RELEASES
from handoutpress.content.articles import load_articles
from handoutpress.content.catalog import Catalog
from handoutpress.content.editions import Edition
from handoutpress.content.library import load_library
from handoutpress.content.project import Project
from handoutpress.editorial.build_check import BuildCheck
from handoutpress.editorial.check_project import ProjectCheck, check_project
from handoutpress.editorial.checks.calls.clinics import clinics_in_use
from handoutpress.editorial.checks.subject import DEFAULT_JURISDICTION
from handoutpress.editorial.score_card import ScoreCard, as_page, score_card
from handoutpress.store.files import replace_text
from handoutpress.yamlfile.counts import counted
from handoutpress.yamlfile.problems import Problem

NAMED = 5
"""Handouts that a hint names; of more it names none."""
CARD_PAGE = Path(OUT) / "score-cards.html"


def check(
    project: Project,
    *,
    handouts: Sequence[str] = (),
    jurisdiction: str = DEFAULT_JURISDICTION,
    day: date | None = None,
) -> ProjectCheck:
    """Check citations, claims, risks, plain words and dates of handouts and articles, as on ``day``, else today.

    ``handouts`` are slugs, patterns or paths of drafts; none means all. Raises ``HandoutError`` for a name or a
    jurisdiction that does not exist.
    """
    articles = load_articles(project, load_library(project))
    catalog = open_catalog(project)
    clinics = clinics_in_use(catalog.brands.values()) if catalog.brands else None
    checked = check_project(project, day or today(), jurisdiction, tuple(handouts), articles, clinics)
    further = _refused_by_build(catalog, checked, whole=not handouts)
    problems = dict.fromkeys((*checked.problems, *further, *_recalled(project, checked)))
    return replace(checked, problems=tuple(problems))


def _refused_by_build(catalog: Catalog, checked: ProjectCheck, *, whole: bool) -> list[Problem]:
    """Return what else keeps a build from printing: mistakes of what was checked, and of a ``whole`` project all.

    What the editor says of citations is not said twice.
    """
    told = {(finding.path, finding.line) for finding in checked.findings if finding.rule.startswith("citation-")}
    paths = {subject.source.path for subject, _ in checked.handouts}
    return [
        problem
        for problem in catalog.problems
        if (whole or problem.path in paths) and (problem.path, problem.line) not in told
    ]


def _recalled(project: Project, checked: ProjectCheck) -> list[Problem]:
    """Return a problem for each handout that was checked and must not be given out any more."""
    recalls = read_recalls(project.root / RELEASES)
    if not recalls:
        return []
    paths = {subject.source.path for subject, _ in checked.handouts}
    texts = open_catalog(project).handouts.values()
    return recalled_problems(project, [text for text in texts if Path(project.show(text.path)) in paths], recalls)


def score_cards(checked: ProjectCheck) -> list[ScoreCard]:
    """Return a score card for each handout that was checked."""
    return [score_card(subject, checks) for subject, checks in checked.handouts]


def write_score_cards(project: Project, cards: Sequence[ScoreCard]) -> Path:
    """Write the cards as one page of the project, and return where it is."""
    page = project.root / CARD_PAGE
    page.parent.mkdir(parents=True, exist_ok=True)
    replace_text(page, as_page(list(cards)))
    return page


def check_warnings(catalog: Catalog, editions: Iterable[Edition], *, strict: bool = False) -> Iterator[str]:
    """Yield in a sentence how many warnings the check has for some editions, if any, and how to see them."""
    check = BuildCheck(catalog, open_cache(catalog.project), today(), strict=strict)
    if warnings := check.warnings(editions):
        slugs = " ".join(dict.fromkeys(slug for slug, _ in warnings)) if len(warnings) <= NAMED else ""
        hint = f"see {'it' if sum(warnings.values()) == 1 else 'them'} with: handouts check {slugs}".rstrip()
        yield f"The check has {counted(sum(warnings.values()), 'warning')}, which stop no build. Hint: {hint}"
