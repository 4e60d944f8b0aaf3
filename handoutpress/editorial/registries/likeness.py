"""How alike two works are, field by field, and their difference word by word."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher

from handoutpress.editorial.registries.works import Work

SAME_TITLE = 0.87
"""From here on two titles are one title with a slip; below it they are two papers."""
NEAR_TITLE = 0.6
_SMALL = frozenset(["a", "an", "and", "der", "die", "de", "for", "in", "la", "le", "of", "on", "the", "und", "y"])


@dataclass(frozen=True)
class FieldDifference:
    """One field that is not the same: what we have, what the world has, and the words that differ."""

    field: str
    ours: str
    theirs: str

    def __str__(self) -> str:
        return f"{self.field}: {marked_words(self.ours, self.theirs)}"


def bare(text: str) -> list[str]:
    """The words of ``text`` in lower case, without accents and signs."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.findall(r"[a-z0-9]+", plain) or text.lower().split()


def title_likeness(one: str, other: str) -> float:
    """From 0 to 1; a title without its subtitle counts as the whole one if it has four words or more."""
    first, second = bare(one), bare(other)
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) >= 4 and longer[: len(shorter)] == shorter:
        return 0.95 if len(longer) > len(shorter) else 1.0
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def likeness(ours: Work, theirs: Work) -> float:
    """How likely both are the same paper, from 0 to 1: title, first author, year and journal weighed together."""
    parts = [(0.6, title_likeness(ours.title, theirs.title))]
    if ours.authors:
        parts.append((0.2, 1.0 if _same_author(ours, theirs) else 0.0))
    if ours.year:
        parts.append((0.1, 1.0 if theirs.year and abs(ours.year - theirs.year) <= 1 else 0.0))
    if ours.journal:
        parts.append((0.1, 1.0 if same_journal(ours, theirs) else 0.0))
    return sum(weight * value for weight, value in parts) / sum(weight for weight, _ in parts)


def differences(ours: Work, theirs: Work) -> tuple[FieldDifference, ...]:
    """Return each field that both have and that is not the same."""
    found = []
    if bare(ours.title) != bare(theirs.title):
        found.append(FieldDifference("title", ours.title, theirs.title))
    if ours.authors and theirs.authors and not _same_authors(ours.authors, theirs.authors):
        found.append(FieldDifference("authors", ", ".join(ours.authors), ", ".join(theirs.authors)))
    if ours.year and theirs.year and ours.year != theirs.year:
        found.append(FieldDifference("year", str(ours.year), str(theirs.year)))
    if ours.journal and theirs.journals and not same_journal(ours, theirs):
        found.append(FieldDifference("journal", ours.journal, theirs.journal))
    if ours.volume and theirs.volume and ours.volume != theirs.volume:
        found.append(FieldDifference("volume", ours.volume, theirs.volume))
    if ours.pages and theirs.pages and _pages(ours.pages) != _pages(theirs.pages):
        found.append(FieldDifference("pages", ours.pages, theirs.pages))
    return tuple(found)


def _same_author(ours: Work, theirs: Work) -> bool:
    return bool(ours.authors and theirs.authors) and bare(ours.authors[0]) == bare(theirs.authors[0])


def _same_authors(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """A list may stop early ("et al."), but what is there must be in order."""
    return all(bare(one) == bare(other) for one, other in zip(ours, theirs, strict=False)) and len(ours) <= len(theirs)


def same_journal(ours: Work, theirs: Work) -> bool:
    """Whether any name of the one is a name, or the abbreviation of a name, of the other."""
    return any(_same_name(one, other) for one in ours.journals for other in theirs.journals)


def _same_name(one: str, other: str) -> bool:
    first, second = ([word for word in bare(name) if word not in _SMALL] for name in (one, other))
    return len(first) == len(second) and all(
        a.startswith(b) or b.startswith(a) for a, b in zip(first, second, strict=True)
    )


def _pages(pages: str) -> list[str]:
    """First and last page, the last written out: 733-7 is 733-737."""
    ends = re.findall(r"[a-z]?\d+", pages.lower())[:2]
    if len(ends) == 2 and len(ends[1]) < len(ends[0]):
        ends[1] = ends[0][: len(ends[0]) - len(ends[1])] + ends[1]
    return ends[:1] if len(ends) == 2 and ends[0] == ends[1] else ends or [pages]


def marked_words(ours: str, theirs: str) -> str:
    """Both texts as one line: what only we have as [-words-], what only the world has as {+words+}."""
    first, second = ours.split(), theirs.split()
    parts = []
    for action, i, j, k, m in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if action == "equal":
            parts += first[i:j]
        if action in ("delete", "replace"):
            parts.append(f"[-{' '.join(first[i:j])}-]")
        if action in ("insert", "replace"):
            parts.append(f"{{+{' '.join(second[k:m])}+}}")
    return " ".join(parts)
