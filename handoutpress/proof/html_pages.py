"""The HTML pages for whoever proofs: each a single file, from the built-in ``templates/proof/``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from handoutpress.content.project import builtin_root
from handoutpress.press.page.template_budget import TemplateLimits
from handoutpress.press.page.templates import Templates

OURS = TemplateLimits(steps=10**9, characters=10**10, seconds=3600)
"""What our own pages may take: thousands of pictures stand in one."""


@dataclass(frozen=True)
class FilterFacet:
    """A choice to filter a page by: a name that its editions carry, the word for it, and its values in order."""

    name: str
    word: str
    values: tuple[str, ...]


def facets_of(rows: Sequence[Mapping[str, str]]) -> tuple[FilterFacet, ...]:
    """Return the choices for editions, each of which is a row of names and values; one without values is left out."""
    return tuple(_facets(rows))


def _facets(rows: Sequence[Mapping[str, str]]) -> Iterator[FilterFacet]:
    for name in dict.fromkeys(name for row in rows for name in row):
        if values := sorted({row[name] for row in rows} - {""}):
            yield FilterFacet(name, name.capitalize(), tuple(values))


@cache
def _templates() -> Templates:
    # Not those of a project: a page about a clinic's files should look alike in every one.
    return Templates({path.name: path for path in (builtin_root() / "templates" / "proof").iterdir()}, OURS)


def html_page(name: str, values: Mapping[str, Any]) -> bytes:
    """Return the template ``name`` of ``templates/proof/`` filled with ``values``, as UTF-8."""
    return _templates().render(name, values).encode()
