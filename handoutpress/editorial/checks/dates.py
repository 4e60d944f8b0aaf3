"""Dates: reviews that are due, and translations that are older than another language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from handoutpress.content.models.versions import version_order
from handoutpress.editorial.checks.findings import Remark
from handoutpress.editorial.checks.subject import CheckSubject

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
    yield from _review(subject)
    yield from _own_dates(subject)
    yield from _translations(subject)


def _own_dates(subject: CheckSubject) -> Iterator[Remark]:
    """Yield where the handout is dated before its article, or either of them in the future or before the web."""
    day, article_day = subject.handout.date, subject.handout.article.date
    last = subject.today + A_DAY
    if day > last:
        sentence = f"The handout is dated {day.isoformat()}, which is still to come."
        yield Remark("date-future", "error", ("date",), sentence, "give the day on which it was written.")
    if subject.handout.claims_read is not None and subject.handout.claims_read.on > last:
        sentence = f"Its claims were read on {subject.handout.claims_read.on.isoformat()}, which is still to come."
        yield Remark("date-future", "error", ("claims_read", "on"), sentence, "give the day on which they were read.")
    if article_day > last:
        sentence = f"The article is dated {article_day.isoformat()}, which is still to come."
        yield Remark("date-future", "error", ("article", "date"), sentence, "give the day on which it was published.")
    elif article_day.year < FIRST_YEAR:
        sentence = f"The article is dated {article_day.isoformat()}, before there were any on the web."
        yield Remark("date-early", "error", ("article", "date"), sentence, "give the day on which it was published.")
    elif day < article_day:
        sentence = f"The handout is dated {day.isoformat()}, and its article is from {article_day.isoformat()}."
        yield Remark("date-early", "error", ("date",), sentence, "a handout is made from its article; correct one day.")


def _review(subject: CheckSubject) -> Iterator[Remark]:
    review = subject.handout.reviewed
    if review is None:
        sentence = "No clinician has reviewed this handout; it will say so on the page."
        hint = 'after a review, add "reviewed" with "by", "on" and "next".'
        yield Remark("review-missing", "note", ("title",), sentence, hint)
        return
    if review.on > subject.today + A_DAY:
        sentence = f"The review is dated {review.on.isoformat()}, which is still to come."
        yield Remark("review-future", "error", ("reviewed", "on"), sentence, "give the day on which it was reviewed.")
    if review.next < subject.today:
        sentence = f"The review was due on {review.next.isoformat()}."
        hint = 'have it reviewed, then write the new days at "reviewed".'
        yield Remark("review-overdue", "error", ("reviewed", "next"), sentence, hint)
    elif months_between(subject.today, review.next) < WARN_MONTHS:
        sentence = f"The next review is due on {review.next.isoformat()}."
        yield Remark(
            "review-due",
            "warning",
            ("reviewed", "next"),
            sentence,
            'plan it now; then write the new days at "reviewed".',
        )
    # PIF TICK: at least every three years.
    if months_between(review.on, review.next) > STOP_MONTHS or months_between(review.on, subject.today) > STOP_MONTHS:
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
