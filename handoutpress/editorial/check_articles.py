"""The check of a project's articles: each with the practices and the headings of the handouts beside it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import date
from functools import cache

from handoutpress.content.articles import ArticleFile
from handoutpress.content.handout_names import HandoutName
from handoutpress.content.library import Library
from handoutpress.content.models.handouts import Handout
from handoutpress.content.models.languages import Language
from handoutpress.content.project import Project
from handoutpress.editorial.checks.articles.article_subject import ArticleSubject
from handoutpress.editorial.checks.articles.check_article import check_article
from handoutpress.editorial.checks.check_handout import CheckResult
from handoutpress.editorial.checks.hints.known_claims import KnownClaims
from handoutpress.editorial.checks.subject import EditorialRules
from handoutpress.yamlfile.explain import load_record
from handoutpress.yamlfile.problems import ContentError

CheckedArticle = tuple[ArticleSubject, CheckResult]


class ArticleChecker:
    """Checks articles of one project, as on ``today``; ``rules_in`` returns the rules for a language."""

    def __init__(
        self, project: Project, today: date, rules_in: Callable[[str], EditorialRules], names: Collection[HandoutName]
    ) -> None:
        self._project, self._today, self._rules_in, self._names = project, today, rules_in, names
        self._sections = cache(self._headings_of)

    def check(self, article: ArticleFile, library: Library, known: KnownClaims | None = None) -> CheckedArticle:
        """Check one article, whose citations are looked up in ``library``; ``known`` sentences are not judged again."""
        subject = ArticleSubject(
            article,
            article.head.practices or self._practices_of(article),
            self._sections(article.language),
            self._rules_in(article.language),
            self._today,
            library=library.references,
            broken_references=library.broken,
            known_claims=known,
        )
        return subject, check_article(subject)

    def _practices_of(self, article: ArticleFile) -> tuple[str, ...]:
        """Return what the handout of the article's name is about, best the one in its language."""
        names = sorted(
            (name for name in self._names if name.slug == article.slug),
            key=lambda name: (name.language != article.language, name.language),
        )
        for name in names:
            # One with mistakes says nothing; its own check tells them.
            with suppress(ContentError):
                return load_record(self._project.read(name.path), Handout).practices
        return ()

    def _headings_of(self, language: str) -> Mapping[str, str]:
        """Return the parts of a handout by the headings that a language has for them, in lower case."""
        return {words.casefold(): section for section, words in headings_in(self._project, language).items()}


def headings_in(project: Project, language: str) -> Mapping[str, str]:
    """Return the headings that a language has, by the parts of a handout; none where its file has mistakes."""
    # A language with mistakes is told by itself.
    with suppress(ContentError, KeyError):
        read = load_record(project.read(project.files("languages")[language]), Language)
        return read.phrases.headings.model_dump()
    return {}
