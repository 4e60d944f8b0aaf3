"""Markup in an article: what would be printed raw or run together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from handoutpress.content.text.leftovers import leftovers_in_article, leftovers_in_plain
from handoutpress.editorial.checks.articles.article_subject import TEXT, ArticleSubject
from handoutpress.editorial.checks.findings import Remark
from handoutpress.editorial.checks.line_breaks import joined_headings, line_break_remarks, plain_questions
from handoutpress.editorial.checks.markup import (
    apostrophe_remarks,
    joined_heading,
    list_end_remarks,
    plain_heading,
    raw_remarks,
)

MAX_RAW = 100
"""Most leftovers that are told of one article: after these its writer knows the kinds."""


def remarks(subject: ArticleSubject) -> Iterator[Remark]:
    """Look at the front matter and at every block."""
    yield from islice(_raw(subject), MAX_RAW)
    yield from list_end_remarks((TEXT,), subject.article.text)
    for text in subject.blocks:
        if text.location[-1] == "paragraph":
            for offset, words in joined_headings(text.text.split("\n")):
                hint = f"write ## {words}, with an empty line above and below; or end it with a full stop."
                yield joined_heading(text.location, words, hint, offset)
            yield from line_break_remarks(text.location, text.text.split("\n"), is_kept=True)
    for offset, words in plain_questions(subject.article.text.split("\n")):
        yield plain_heading((TEXT,), words, f"write ## {words}", offset)
    yield from apostrophe_remarks([(text.location, text.text) for text in subject.all_texts], "article")


def _raw(subject: ArticleSubject) -> Iterator[Remark]:
    for text in (*subject.texts, *subject.names):
        if text.location[0] != TEXT:
            yield from raw_remarks(text.location, text.text, leftovers_in_plain(text.text))
    for text, block in zip(subject.blocks, subject.article.outline.blocks, strict=True):
        yield from raw_remarks(text.location, text.text, leftovers_in_article(block.seen.split("\n")))
