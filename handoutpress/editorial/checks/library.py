"""The reference library as a whole: entries that nothing cites, two of one paper, fields that no list can print."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handoutpress.content.library import LIBRARY, Library
from handoutpress.content.models.csl_words import CSL_FIELDS, CSL_TYPES
from handoutpress.content.models.references import OTHER_DATES, Reference
from handoutpress.editorial.checks.findings import Remark
from handoutpress.yamlfile.nearest import nearest
from handoutpress.yamlfile.source import Location, YamlSource

MAX_NAMED = 5
"""Keys that one sentence names."""


def library_remarks(source: YamlSource, library: Library, keys_in_use: frozenset[str]) -> Iterator[Remark]:
    """Yield what is to be said of the entries in ``source``: uncited, twice, or with fields that nothing prints."""
    yield from _uncited(library, [key for key in library.references if key not in keys_in_use])
    yield from _twice(library)
    for key, location in library.places.items():
        if key in library.references:
            yield from _unprinted_fields(source, library.references[key], location)


def _uncited(library: Library, keys: list[str]) -> Iterator[Remark]:
    """Yield an error for each entry of an imported article's list, and one note on those of the project's library."""
    if not keys:
        return
    if library.path.name.endswith(f".{LIBRARY}"):
        hint = "cite it where it belongs, or delete it."
        for key in keys:
            yield Remark("reference-uncited", "error", (*library.places[key], "id"), f'Nothing cites "{key}".', hint)
        return
    named = ", ".join(f'"{key}"' for key in keys[:MAX_NAMED])
    more = f" and {len(keys) - MAX_NAMED} other entries" if len(keys) > MAX_NAMED else ""
    hint = "they may stay, as a record of what was looked for." if len(keys) > 1 else "it may stay, as a record."
    yield Remark("reference-uncited", "note", (*library.places[keys[0]], "id"), f"Nothing cites {named}{more}.", hint)


def _twice(library: Library) -> Iterator[Remark]:
    by_number: dict[tuple[str, str], str] = {}
    for key, reference in library.references.items():
        marks = _marks(reference)
        first = next((by_number[mark] for mark in marks if mark in by_number), None)
        if first is not None and not _are_told_apart(library.references[first], reference):
            sentence = f'"{first}" and "{key}" are the same paper.'
            hint = "keep one of the two and cite it by that key."
            yield Remark("reference-twice", "warning", (*library.places[key], "id"), sentence, hint)
        for mark in marks:
            by_number.setdefault(mark, key)


def _marks(reference: Reference) -> list[tuple[str, str]]:
    """Return what two entries of one paper share: a DOI, a PMID, or title and year."""
    title = re.sub(r"\W+", " ", reference.plain_title).strip().lower()
    marks = [
        ("DOI", (reference.DOI or "").lower()),
        ("PMID", reference.PMID or ""),
        ("title", f"{title} {reference.year}"),
    ]
    return [mark for mark in marks if mark[1]]


def _are_told_apart(first: Reference, second: Reference) -> bool:
    """Return whether both have a number of one kind, and not the same one."""
    if first.DOI and second.DOI:
        return first.DOI.lower() != second.DOI.lower()
    return bool(first.PMID and second.PMID) and first.PMID != second.PMID


def _unprinted_fields(source: YamlSource, reference: Reference, location: Location) -> Iterator[Remark]:
    for key, value in source.root.at(location).value.items():
        if key not in CSL_FIELDS:
            near = nearest(key, CSL_FIELDS)
            hint = f'did you mean "{near}"?' if near else "delete it, or keep it as a note."
            yield _field_remark((*location, key), f'A reference has no field "{key}"; it is not printed.', hint)
        elif key in OTHER_DATES and value and not getattr(reference, key, True):
            sentence = f'The date "{value}" of "{key}" cannot be read; it is not printed.'
            yield _field_remark((*location, key), sentence, "write it as year-month-day, or delete it.")
    if reference.type not in CSL_TYPES:
        near = nearest(reference.type, CSL_TYPES)
        hint = f'did you mean "{near}"?' if near else "write one of CSL, such as article-journal, book or webpage."
        yield _field_remark((*location, "type"), f'There is no type of reference "{reference.type}".', hint)


def _field_remark(location: Location, sentence: str, hint: str) -> Remark:
    return Remark("reference-field", "warning", location, sentence, hint)
