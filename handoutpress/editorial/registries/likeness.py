"""How alike a work is to one that a registry has, field by field, and their difference word by word."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher

from handoutpress.editorial.registries.works import Work

SAME_TITLE = 0.87
"""From here on two titles are one title with a mistake in it; below it they are two papers."""
NEAR_TITLE = 0.6
_SMALL = frozenset(["a", "an", "and", "der", "die", "de", "for", "in", "la", "le", "of", "on", "the", "und", "y"])


@dataclass(frozen=True)
class FieldDifference:
    """One field that is not the same: as it is cited, and as the registry has it."""

    field: str
    cited: str
    registered: str

    def __str__(self) -> str:
        return f"{self.field}: {marked_words(self.cited, self.registered)}"


def normalised_words(text: str) -> list[str]:
    """Return the words of ``text`` in lower case, without accents and signs."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.findall(r"[a-z0-9]+", ascii_text) or text.lower().split()


def title_likeness(title: str, other_title: str) -> float:
    """Return how alike two titles are, from 0 to 1; one of four words or more may lack its subtitle."""
    first, second = normalised_words(title), normalised_words(other_title)
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) >= 4 and longer[: len(shorter)] == shorter:
        return 0.95 if len(longer) > len(shorter) else 1.0
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def likeness(cited: Work, registered: Work) -> float:
    """Return how likely both are the same paper, from 0 to 1, by title, first author, year and journal."""
    # What the reference does not say is not weighed.
    parts = [(0.6, title_likeness(cited.title, registered.title))]
    if cited.authors:
        parts.append((0.2, 1.0 if _same_author(cited, registered) else 0.0))
    if cited.year:
        parts.append((0.1, 1.0 if registered.year and abs(cited.year - registered.year) <= 1 else 0.0))
    if cited.journal:
        parts.append((0.1, 1.0 if same_journal(cited, registered) else 0.0))
    return sum(weight * value for weight, value in parts) / sum(weight for weight, _ in parts)


def differences(cited: Work, registered: Work) -> tuple[FieldDifference, ...]:
    """Return each field that both have and that is not the same."""
    fields = []
    if normalised_words(cited.title) != normalised_words(registered.title):
        fields.append(FieldDifference("title", cited.title, registered.title))
    if cited.authors and registered.authors and not _same_authors(cited.authors, registered.authors):
        fields.append(FieldDifference("authors", ", ".join(cited.authors), ", ".join(registered.authors)))
    if cited.year and registered.year and cited.year != registered.year:
        fields.append(FieldDifference("year", str(cited.year), str(registered.year)))
    if cited.journal and registered.journals and not same_journal(cited, registered):
        fields.append(FieldDifference("journal", cited.journal, registered.journal))
    if cited.volume and registered.volume and cited.volume != registered.volume:
        fields.append(FieldDifference("volume", cited.volume, registered.volume))
    if cited.pages and registered.pages and _pages(cited.pages) != _pages(registered.pages):
        fields.append(FieldDifference("pages", cited.pages, registered.pages))
    return tuple(fields)


def _same_author(cited: Work, registered: Work) -> bool:
    return bool(cited.authors and registered.authors) and normalised_words(cited.authors[0]) == normalised_words(
        registered.authors[0]
    )


def _same_authors(cited: tuple[str, ...], registered: tuple[str, ...]) -> bool:
    """Return whether the names are the same in order; the cited list may stop early ("et al.")."""
    if len(cited) > len(registered):
        return False
    pairs = zip(cited, registered, strict=False)
    return all(normalised_words(name) == normalised_words(registered_name) for name, registered_name in pairs)


def same_journal(cited: Work, registered: Work) -> bool:
    """Return whether any name of the one journal is a name, or the abbreviation of a name, of the other."""
    return any(_same_name(name, other_name) for name in cited.journals for other_name in registered.journals)


def _same_name(name: str, other_name: str) -> bool:
    first, second = (_without_small_words(words) for words in (name, other_name))
    return len(first) == len(second) and all(
        a.startswith(b) or b.startswith(a) for a, b in zip(first, second, strict=True)
    )


def _without_small_words(name: str) -> list[str]:
    return [word for word in normalised_words(name) if word not in _SMALL]


def _pages(pages: str) -> list[str]:
    """Return first and last page, the last written out: 733-7 is 733-737."""
    ends = re.findall(r"[a-z]?\d+", pages.lower())[:2]
    if len(ends) == 2 and len(ends[1]) < len(ends[0]):
        ends[1] = ends[0][: len(ends[0]) - len(ends[1])] + ends[1]
    return ends[:1] if len(ends) == 2 and ends[0] == ends[1] else ends or [pages]


def first_page(pages: str) -> str:
    """Return the first of ``pages``."""
    return _pages(pages)[0]


def marked_words(cited: str, registered: str) -> str:
    """Return both texts as one line: words that only the first has as [-words-], only the second as {+words+}."""
    first, second = cited.split(), registered.split()
    parts = []
    for action, i, j, k, m in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if action == "equal":
            parts += first[i:j]
        if action in ("delete", "replace"):
            parts.append(f"[-{' '.join(first[i:j])}-]")
        if action in ("insert", "replace"):
            parts.append(f"{{+{' '.join(second[k:m])}+}}")
    return " ".join(parts)
