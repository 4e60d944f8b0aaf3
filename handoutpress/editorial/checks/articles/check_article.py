"""All the checks of an article: those of its texts as for a handout, with what someone has accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby

from handoutpress.content.skeletons import UNWRITTEN
from handoutpress.editorial.checks import characters, citations, claims, dates, plain_words, risks
from handoutpress.editorial.checks.acceptance import Accepting
from handoutpress.editorial.checks.articles import article_harms, article_markup
from handoutpress.editorial.checks.articles.article_subject import TEXT, ArticleSubject
from handoutpress.editorial.checks.calls.typed_phones import phone_remarks
from handoutpress.editorial.checks.check_handout import CheckResult, placed
from handoutpress.editorial.checks.findings import Remark
from handoutpress.editorial.checks.prose import Prose


def check_article(subject: ArticleSubject) -> CheckResult:
    """Run every check on one article."""
    remarks = [remark for check in ARTICLE_CHECKS.values() for remark in check(subject)]
    head, path = subject.article.head, subject.article.source.path
    accepting = Accepting(head.accepted, subject.today, due=head.reviewed.next if head.reviewed else None)
    sorted_remarks = accepting.sort(remarks, (*subject.texts, *subject.names))
    return CheckResult(
        placed(path, subject.position, sorted_remarks.counting), placed(path, subject.position, sorted_remarks.accepted)
    )


def _unwritten(subject: ArticleSubject) -> Iterator[Remark]:
    hint = 'write it; "handouts docs articles" says what belongs here.'
    for text in subject.all_texts:
        if text.is_unwritten:
            at = text.text.index(UNWRITTEN)
            yield Remark("part-missing", "error", text.location, "This has not been written yet.", hint, at)
    yield from risks.unknown_day(("date",), subject.article.head.date)


def _citations(subject: ArticleSubject) -> Iterator[Remark]:
    yield from citations.citation_remarks(subject, citations.cited_in(subject.texts))
    is_cited_above = False
    for is_table, texts in groupby(subject.texts, key=lambda text: text.location[-1] == "cell"):
        run = list(texts)
        # What a table's cells cite, or the text right above it, holds for all of them.
        if not (is_table and (is_cited_above or any(map(_cites, run)))):
            for text in run:
                yield from citations.statement_remarks(text)
        is_cited_above = _cites(run[-1])


def _cites(text: Prose) -> bool:
    return any(citations.cited_in([text]))


def _practices(subject: ArticleSubject) -> Iterator[Remark]:
    if not subject.practices:
        sentence = "Nothing says what practice this article is about, so conditions are questioned only in part."
        hint = 'add "practices" above its text, such as practices: [acupuncture].'
        yield Remark("claim-no-list", "note", ("title",), sentence, hint)


def _plain_words(subject: ArticleSubject) -> Iterator[Remark]:
    yield from plain_words.remarks(subject)
    yield from plain_words.list_remarks(Prose((TEXT,), subject.article.text))


def _dates(subject: ArticleSubject) -> Iterator[Remark]:
    head = subject.article.head
    yield from dates.review_remarks(head.reviewed, subject.today, "article")
    yield from dates.claims_read_remarks(subject)
    yield from dates.article_day_remarks(head.date, subject.today, ("date",))


ARTICLE_CHECKS: Mapping[str, Callable[[ArticleSubject], Iterable[Remark]]] = {
    "what is unwritten": _unwritten,
    "citations": _citations,
    "characters": characters.remarks,
    "practices": _practices,
    "claims": claims.remarks,
    "harms": article_harms.remarks,
    "telephone numbers": phone_remarks,
    "how risks are worded": risks.wording_remarks,
    "markup": article_markup.remarks,
    "plain words": _plain_words,
    "dates": _dates,
}
"""Every family of checks, by what it looks at."""
