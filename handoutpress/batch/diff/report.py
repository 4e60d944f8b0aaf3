"""The report of a comparison: as lines for a terminal, as JSON, and as one HTML page with pictures."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from handoutpress.batch.diff.comparison import MOST_DRAWN, ChangeKind, ComparedEdition
from handoutpress.batch.plan import OutputLabel
from handoutpress.proof.diff.prints import PrintDifference
from handoutpress.proof.diff.wording import WordChange
from handoutpress.proof.html_pages import facets_of, html_page
from handoutpress.yamlfile.counts import counted

TEMPLATE = "compare.html.j2"
MOST = 12
"""Changes of one edition that are reported in words; the JSON has all."""
NAMED = 6
"""Brands that one line names."""


class ReportLine(NamedTuple):
    """A line for a terminal; ``grave`` for red."""

    text: str
    grave: bool = False


def as_lines(compared: Sequence[ComparedEdition]) -> Iterator[ReportLine]:
    """Yield what changed, the gravest first, the same change in several brands once; at last the number of each."""
    for group in _groups(compared):
        first = group[0]
        yield ReportLine(_heading(group), first.is_grave)
        yield ReportLine(f"  {first.sentence}", first.is_grave)
        yield from (ReportLine(f"  {detail}", first.is_grave) for detail in _content_lines(first.difference))
        if len(group) == 1:
            yield from (ReportLine(f"  {detail}") for detail in _brand_lines(first))
    yield ReportLine(summary(compared), any(edition.is_grave for edition in compared))


def summary(compared: Sequence[ComparedEdition]) -> str:
    """Return in words how many editions there are of each kind."""
    counts = Counter(edition.kind for edition in compared)
    listed = ", ".join(f"{kind.value} {counts[kind]}" for kind in ChangeKind if counts[kind])
    return f"{counted(len(compared), 'edition')}: {listed or 'none at all'}."


def _groups(compared: Sequence[ComparedEdition]) -> list[list[ComparedEdition]]:
    groups: dict[object, list[ComparedEdition]] = {}
    for edition in _by_gravity(compared):
        if edition.kind is not ChangeKind.unchanged:
            groups.setdefault(_change_key(edition), []).append(edition)
    return list(groups.values())


def _by_gravity(compared: Sequence[ComparedEdition]) -> list[ComparedEdition]:
    ranks = list(ChangeKind)
    return sorted(compared, key=lambda edition: ranks.index(edition.kind))


def _change_key(edition: ComparedEdition) -> object:
    """Return what is equal for the same change of the same handout in two brands."""
    difference = edition.difference
    of_handout = difference and (
        tuple(change.texts for change in difference.handout),
        difference.links,
        difference.pages,
    )
    return edition.kind, edition.label._replace(brand=""), edition.sentence, of_handout


def _heading(group: Sequence[ComparedEdition]) -> str:
    brands = [edition.label.brand for edition in group]
    listed = ", ".join(brands[:NAMED]) + (f" and {len(brands) - NAMED} more" if len(brands) > NAMED else "")
    return f"{group[0].kind.value.upper()}: {_name(group[0].label)} in {listed}"


def _name(label: OutputLabel) -> str:
    return ", ".join(filter(None, (label.handout, label.language, label.format, label.way)))


def _content_lines(difference: PrintDifference | None) -> Iterator[str]:
    """Yield what changed of the handout itself."""
    if difference is None:
        return
    yield from _change_lines("", difference.handout)
    removed, added = difference.links
    yield from (f"link: [-{address}-]" for address in removed)
    yield from (f"link: {{+{address}+}}" for address in added)


def _brand_lines(edition: ComparedEdition) -> Iterator[str]:
    """Yield what changed of the brand and of the file."""
    if edition.difference:
        yield from _change_lines("brand, ", edition.difference.brand)
        before, now = edition.difference.pages
        if before != now:
            yield f"pages: {before} → {now}"
        if edition.hashes[0] != edition.hashes[1]:
            yield f"content hash: {' → '.join(edition.hashes)}"
        old, new = edition.addresses
        yield from (f"code: [-{address}-]" for address in old if address not in new)
        yield from (f"code: {{+{address}+}}" for address in new if address not in old)
    if edition.made_from:
        yield f"because: {'; '.join(edition.made_from)}"


def _change_lines(prefix: str, changes: Sequence[WordChange]) -> Iterator[str]:
    for change in changes[:MOST]:
        yield f"{prefix}page {_page(change)}: {change}"
    if len(changes) > MOST:
        yield f"{prefix}and {len(changes) - MOST} more changes"


def _page(change: WordChange) -> int:
    return (change.new or change.old)[0].page


def as_json(compared: Sequence[ComparedEdition]) -> str:
    """Return every edition that is not the same to the byte, with all that changed, and the number of each kind."""
    counts = Counter(edition.kind.value for edition in compared)
    editions = [_as_dict(edition) for edition in compared if edition.kind is not ChangeKind.unchanged]
    return json.dumps({"counts": counts, "editions": editions}, ensure_ascii=False, indent=2) + "\n"


def _as_dict(edition: ComparedEdition) -> dict[str, Any]:
    names = {key: value for key, value in edition.label.recorded().items() if key not in ("version", "content_hash")}
    entry: dict[str, Any] = {
        "names": names,
        "kind": edition.kind.value,
        "sentence": edition.sentence,
        "versions": edition.versions,
        "content_hashes": edition.hashes,
    }
    if edition.difference:
        entry["handout"] = [_change_as_dict(change) for change in edition.difference.handout]
        entry["brand"] = [_change_as_dict(change) for change in edition.difference.brand]
        entry["links"], entry["pages"] = edition.difference.links, edition.difference.pages
    return {**entry, "addresses": edition.addresses, "made_from": edition.made_from}


def _change_as_dict(change: WordChange) -> dict[str, Any]:
    old, new = change.texts
    return {"page": _page(change), "before": change.before, "old": old, "new": new, "after": change.after}


def as_page(compared: Sequence[ComparedEdition]) -> bytes:
    """Return one HTML page with every edition that changed, the gravest first."""
    changed = [edition for edition in _by_gravity(compared) if edition.kind is not ChangeKind.unchanged]
    values = {
        "changed": changed,
        "grave": sum(edition.is_grave for edition in changed),
        "summary": summary(compared),
        "facets": facets_of([_filter_names(edition) for edition in changed]),
        "most": MOST,
        "drawn": MOST_DRAWN,
        "undrawn": max(0, sum(edition.difference is not None for edition in changed) - MOST_DRAWN),
    }
    return html_page(TEMPLATE, values)


def _filter_names(edition: ComparedEdition) -> dict[str, str]:
    """Return the names by which the page can be filtered."""
    label = edition.label
    return {
        "handout": label.handout,
        "brand": label.brand,
        "language": label.language,
        "format": label.format,
        "change": edition.kind.value,
    }
