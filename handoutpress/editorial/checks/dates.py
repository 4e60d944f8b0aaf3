"""Dates: reviews that are due, and translations that are older than another language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from handoutpress.content.models.handouts import Review
from handoutpress.content.models.versions import version_order
from handoutpress.editorial.checks.findings import Remark
from handoutpress.editorial.checks.subject import CheckSubject, TextSubject
from handoutpress.yamlfile.source import Location

A_DAY = timedelta(1)
"""Somewhere it is tomorrow already."""
FIRST_YEAR = 1991
"""Of the web."""
WARN_MONTHS, STOP_MONTHS = 6, 36
"""A review is announced six months ahead; none may be further away than 36 months (PIF TICK, AHRQ)."""


def months_between(start: date, end: date) -> int:
    """Return the full months from ``start`` to ``end``, negative if that is earlier."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - 1 if end.day < start.day else months


def remarks(subject: CheckSubject) -> Iterator[Remark]:
    """Look at the review, the handout's own date and its translations."""
    yield from review_remarks(subject.handout.reviewed, subject.today, "handout")
    yield from _own_dates(subject)
    yield from _translations(subject)


def _own_dates(subject: CheckSubject) -> Iterator[Remark]:
    """Yield where the handout is dated before its article, or either of them in the future or before the web."""
    day, article = subject.handout.date, subject.handout.article
    last = subject.today + A_DAY
    if day > last:
        sentence = f"The handout is dated {day.isoformat()}, which is still to come."
        yield Remark("date-future", "error", ("date",), sentence, "give the day on which it was written.")
    yield from claims_read_remarks(subject)
    if article is None:
        return
    of_article = list(article_day_remarks(article.date, subject.today, ("article", "date")))
    yield from of_article
    if day < article.date and not of_article:
        sentence = f"The handout is dated {day.isoformat()}, and its article is from {article.date.isoformat()}."
        yield Remark("date-early", "error", ("date",), sentence, "a handout is made from its article; correct one day.")


def claims_read_remarks(subject: TextSubject) -> Iterator[Remark]:
    """Yield a remark where the claims were read on a day that is still to come."""
    if subject.claims_read is not None and subject.claims_read.on > subject.today + A_DAY:
        sentence = f"Its claims were read on {subject.claims_read.on.isoformat()}, which is still to come."
        yield Remark("date-future", "error", ("claims_read", "on"), sentence, "give the day on which they were read.")


def article_day_remarks(day: date, today: date, place: Location) -> Iterator[Remark]:
    """Yield a remark where an article is dated in the future or before the web."""
    hint = "give the day on which it was published."
    if day > today + A_DAY:
        sentence = f"The article is dated {day.isoformat()}, which is still to come."
        yield Remark("date-future", "error", place, sentence, hint)
    elif day.year < FIRST_YEAR:
        sentence = f"The article is dated {day.isoformat()}, before there were any on the web."
        yield Remark("date-early", "error", place, sentence, hint)


def review_remarks(review: Review | None, today: date, what: str) -> Iterator[Remark]:
    """Yield what is wrong with the days of a review of ``what``: a handout, or an article."""
    if review is None:
        sentence = f"No clinician has reviewed this {what}; it will say so on the page."
        hint = 'after a review, add "reviewed" with "by", "on" and "next".'
        yield Remark("review-missing", "note", ("title",), sentence, hint)
        return
    if review.on > today + A_DAY:
        sentence = f"The review is dated {review.on.isoformat()}, which is still to come."
        yield Remark("review-future", "error", ("reviewed", "on"), sentence, "give the day on which it was reviewed.")
    if review.next < today:
        sentence = f"The review was due on {review.next.isoformat()}."
        hint = 'have it reviewed, then write the new days at "reviewed".'
        yield Remark("review-overdue", "error", ("reviewed", "next"), sentence, hint)
    elif months_between(today, review.next) < WARN_MONTHS:
        sentence = f"The next review is due on {review.next.isoformat()}."
        yield Remark(
            "review-due",
            "warning",
            ("reviewed", "next"),
            sentence,
            'plan it now; then write the new days at "reviewed".',
        )
    # PIF TICK: at least every three years.
    if months_between(review.on, review.next) > STOP_MONTHS or months_between(review.on, today) > STOP_MONTHS:
        sentence = f"The last review and the next, or today, are more than {STOP_MONTHS} months apart."
        yield Remark(
            "review-too-far",
            "error",
            ("reviewed", "on"),
            sentence,
            'write a "next" at most 36 months after "on"; 24 are usual.',
        )


def _translations(subject: CheckSubject) -> Iterator[Remark]:
    for language, translation in sorted(subject.translations.items()):
        if version_order(translation.version) > version_order(subject.handout.version):
            sentence = f"This is version {subject.handout.version}, and the one in {language} is {translation.version}."
            yield Remark(
                "translation-older",
                "warning",
                ("version",),
                sentence,
                "bring this translation up to date with: handouts translate HANDOUT --to LANGUAGE --update.",
            )
