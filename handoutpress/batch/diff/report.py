"""The account of a comparison: as lines for a terminal, as JSON, and as one HTML page with pictures."""

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

TEMPLATE = "compare.html.j2"
MOST = 12
"""Changes of one edition that are told in words; the JSON has all."""
NAMED = 6
"""Brands that one line names."""


class ReportLine(NamedTuple):
    """A line for a terminal; ``grave`` for red."""

    text: str
    grave: bool = False


def as_lines(compared: Sequence[ComparedEdition]) -> Iterator[ReportLine]:
    """What changed, the gravest first, the same change in several brands once; at last how many there are of each."""
    for group in _groups(compared):
        first = group[0]
        yield ReportLine(_heading(group), first.is_grave)
        yield ReportLine(f"  {first.sentence}", first.is_grave)
        yield from (ReportLine(f"  {detail}", first.is_grave) for detail in _content(first.difference))
        if len(group) == 1:
            yield from (ReportLine(f"  {detail}") for detail in _facts(first))
    yield ReportLine(summary(compared), any(one.is_grave for one in compared))


def summary(compared: Sequence[ComparedEdition]) -> str:
    """How many editions there are of each kind."""
    counts = Counter(one.kind for one in compared)
    told = ", ".join(f"{kind.value} {counts[kind]}" for kind in ChangeKind if counts[kind])
    return f"{len(compared)} editions: {told or 'none at all'}."


def _groups(compared: Sequence[ComparedEdition]) -> list[list[ComparedEdition]]:
    found: dict[object, list[ComparedEdition]] = {}
    for one in _by_gravity(compared):
        if one.kind is not ChangeKind.unchanged:
            found.setdefault(_likeness(one), []).append(one)
    return list(found.values())


def _by_gravity(compared: Sequence[ComparedEdition]) -> list[ComparedEdition]:
    ranks = list(ChangeKind)
    return sorted(compared, key=lambda one: ranks.index(one.kind))


def _likeness(one: ComparedEdition) -> object:
    """Equal for the same change of the same handout in two brands."""
    said = one.difference
    of_handout = said and (tuple(change.texts for change in said.handout), said.links, said.pages)
    return one.kind, one.label._replace(brand=""), one.sentence, of_handout


def _heading(group: Sequence[ComparedEdition]) -> str:
    brands = [one.label.brand for one in group]
    listed = ", ".join(brands[:NAMED]) + (f" and {len(brands) - NAMED} more" if len(brands) > NAMED else "")
    return f"{group[0].kind.value.upper()}: {_name(group[0].label)} in {listed}"


def _name(label: OutputLabel) -> str:
    return ", ".join(filter(None, (label.handout, label.language, label.format, label.way)))


def _content(difference: PrintDifference | None) -> Iterator[str]:
    """What changed of the handout itself."""
    if difference is None:
        return
    yield from _told("", difference.handout)
    removed, added = difference.links
    yield from (f"link: [-{address}-]" for address in removed)
    yield from (f"link: {{+{address}+}}" for address in added)


def _facts(one: ComparedEdition) -> Iterator[str]:
    """What changed of the brand and of the file."""
    if one.difference:
        yield from _told("brand, ", one.difference.brand)
        before, now = one.difference.pages
        if before != now:
            yield f"pages: {before} → {now}"
        if one.hashes[0] != one.hashes[1]:
            yield f"content hash: {' → '.join(one.hashes)}"
        old, new = one.addresses
        yield from (f"code: [-{address}-]" for address in old if address not in new)
        yield from (f"code: {{+{address}+}}" for address in new if address not in old)
    if one.made_from:
        yield f"because: {'; '.join(one.made_from)}"


def _told(whose: str, found: Sequence[WordChange]) -> Iterator[str]:
    for change in found[:MOST]:
        yield f"{whose}page {_page(change)}: {change}"
    if len(found) > MOST:
        yield f"{whose}and {len(found) - MOST} more changes"


def _page(change: WordChange) -> int:
    return (change.new or change.old)[0].page


def as_json(compared: Sequence[ComparedEdition]) -> str:
    """Every edition that is not the same to the byte, with all that changed, and how many there are of each kind."""
    counts = Counter(one.kind.value for one in compared)
    editions = [_plain(one) for one in compared if one.kind is not ChangeKind.unchanged]
    return json.dumps({"counts": counts, "editions": editions}, ensure_ascii=False, indent=2) + "\n"


def _plain(one: ComparedEdition) -> dict[str, Any]:
    names = {key: value for key, value in one.label.recorded().items() if key not in ("version", "content_hash")}
    found: dict[str, Any] = {"names": names, "kind": one.kind.value, "sentence": one.sentence, "versions": one.versions}
    found["content_hashes"] = one.hashes
    if one.difference:
        found["handout"] = [_plain_change(change) for change in one.difference.handout]
        found["brand"] = [_plain_change(change) for change in one.difference.brand]
        found["links"], found["pages"] = one.difference.links, one.difference.pages
    return {**found, "addresses": one.addresses, "made_from": one.made_from}


def _plain_change(change: WordChange) -> dict[str, Any]:
    old, new = change.texts
    return {"page": _page(change), "before": change.before, "old": old, "new": new, "after": change.after}


def as_page(compared: Sequence[ComparedEdition]) -> bytes:
    """One HTML page with every edition that changed, the gravest first."""
    changed = [one for one in _by_gravity(compared) if one.kind is not ChangeKind.unchanged]
    values = {
        "changed": changed,
        "grave": sum(one.is_grave for one in changed),
        "summary": summary(compared),
        "facets": facets_of([_names(one) for one in changed]),
        "most": MOST,
        "drawn": MOST_DRAWN,
        "undrawn": max(0, sum(one.difference is not None for one in changed) - MOST_DRAWN),
    }
    return html_page(TEMPLATE, values)


def _names(one: ComparedEdition) -> dict[str, str]:
    """What the page can be filtered by."""
    label = one.label
    names = {"handout": label.handout, "brand": label.brand, "language": label.language, "format": label.format}
    return {**names, "change": one.kind.value}
