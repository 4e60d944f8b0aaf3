"""The reference list of an article as CSL-YAML, every entry still to be looked up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from handoutpress.editorial.importing.article import Article
from handoutpress.editorial.importing.bibliography import Entry
from handoutpress.editorial.yamltext import comment, quoted


def doubts_at(article: Article, place: int, indent: int = 0) -> list[str]:
    """The doubts about one place of the article, as comment lines."""
    return [
        line
        for doubt in article.doubts
        if doubt.place == place
        for line in comment(f"DOUBT ({place}): {doubt.sentence}", indent)
    ]


def references(article: Article) -> str:
    """The list as text; without references an empty one."""
    lines = [*comment("References of the article, as it printed them. Nobody has looked them up yet.")]
    for entry in article.entries:
        lines += ["", *doubts_at(article, entry.place), *_entry(entry)]
    return "\n".join(lines) + "\n" if article.entries else "[]\n"


def _entry(entry: Entry) -> Iterator[str]:
    data: dict[str, Any] = dict(entry.csl)
    year = data.pop("year", None)
    yield f"- id: {entry.key}"
    yield f"  type: {data.pop('type')}"
    yield f"  title: {quoted(data.pop('title') or entry.cited_as)}"
    if authors := data.pop("author", None):
        yield "  author:"
        yield from (
            f"    - {{{', '.join(f'{key}: {quoted(value)}' for key, value in author.items())}}}" for author in authors
        )
    if year:
        yield f"  issued: {{date-parts: [[{year}]]}}"
    yield from (f"  {key}: {quoted(value)}" for key, value in data.items())
    yield "  custom:"
    yield "    status: not-verified"
    yield f"    cited_as: {quoted(entry.cited_as)}"
    yield f"    note: {quoted(f'Number {entry.number} in the article.')}"
