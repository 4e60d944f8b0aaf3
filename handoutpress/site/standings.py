"""What became of the text that a printed sheet has: whether it is current, replaced, recalled, or not released."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

StandingKind = Literal["current", "superseded", "recalled", "not_given", "draft"]


@dataclass(frozen=True)
class PrintedText:
    """A text as some release, or the build, printed it for one clinic. ``title`` is what its page said, if known."""

    content_hash: str
    slug: str
    language: str
    version: str
    title: str = ""


@dataclass(frozen=True)
class NewestText:
    """What a clinic gives now of a handout in one language."""

    slug: str
    language: str
    content_hash: str
    title: str
    version: str
    day: date
    cited: tuple[str, ...]
    has_sheet: bool = True
    """Whether the sheet itself may be read, and not its article alone."""


@dataclass(frozen=True)
class Standing:
    """What a page tells of one text, in the language ``shown_in``.

    ``slug`` and ``language`` are those of the pages to read on, empty where there are none; ``version`` is the sheet's.
    ``day`` is that of a recall; ``newest`` and ``newest_day`` are what takes its place.
    """

    kind: StandingKind
    title: str
    shown_in: str
    version: str
    slug: str = ""
    language: str = ""
    day: date | None = None
    newest: str = ""
    newest_day: date | None = None
    cited: tuple[str, ...] = ()
    has_sheet: bool = False


@dataclass(frozen=True)
class ClinicTexts:
    """All texts of one clinic: those that were released, those that the current release has, and what it gives now.

    ``released`` has every text of a kept release under each of its names, the newest last; ``in_force`` has the hashes
    that hold now, ``recalled`` the day of a recall by content hash. ``newest`` goes by slug and language.
    """

    released: tuple[PrintedText, ...]
    in_force: frozenset[str]
    newest: Mapping[tuple[str, str], NewestText]
    recalled: Mapping[str, date]

    def all(self) -> dict[str, PrintedText]:
        """Return every text that a sheet may have, by its hash: as it was printed last."""
        return {text.content_hash: text for text in self.printed()}

    def printed(self) -> Iterator[PrintedText]:
        """Yield every text under each of its names, the newest last."""
        yield from self.released
        for text in self.newest.values():
            yield PrintedText(text.content_hash, text.slug, text.language, text.version, text.title)


class Standings:
    """What became of each text. Handouts that were renamed are one: by a text that both names had, or as it is told."""

    def __init__(self, renamed: Mapping[str, str], texts: Iterable[PrintedText], languages: Iterable[str]) -> None:
        """``texts`` are all that any release or build printed; ``languages`` those in which pages can be said."""
        self._names = _Names(renamed, texts)
        self._languages = list(languages)

    def of(self, text: PrintedText, clinic: ClinicTexts) -> Standing:
        """Return what became of a text of a clinic."""
        newest = self._newest(text, clinic)
        kind = self._kind(text, clinic, newest)
        shown_in = text.language if text.language in self._languages else self._languages[0]
        title = (
            (newest.title if newest and newest.language == text.language else "") or text.title or slug_words(text.slug)
        )
        return Standing(
            kind=kind,
            title=title,
            shown_in=shown_in,
            version=text.version,
            slug=newest.slug if newest else "",
            language=newest.language if newest else "",
            day=clinic.recalled.get(text.content_hash),
            newest=newest.version if newest and newest.content_hash != text.content_hash else "",
            newest_day=newest.day if newest else None,
            cited=newest.cited if newest else (),
            has_sheet=newest is not None and newest.has_sheet,
        )

    def same(self, slug: str) -> str:
        """Return one name for all handouts that were renamed into each other."""
        return self._names.of(slug)

    def _newest(self, text: PrintedText, clinic: ClinicTexts) -> NewestText | None:
        """Return what the clinic gives now of the same handout: in its language, else in the first that there is."""
        name = self._names.of(text.slug)
        there = [new for new in clinic.newest.values() if self._names.of(new.slug) == name]
        there.sort(key=lambda new: (new.language != text.language, self._place(new.language)))
        return there[0] if there else None

    def _place(self, language: str) -> int:
        return self._languages.index(language) if language in self._languages else len(self._languages)

    def _kind(self, text: PrintedText, clinic: ClinicTexts, newest: NewestText | None) -> StandingKind:
        if text.content_hash in clinic.recalled:
            return "recalled"
        if text.content_hash in clinic.in_force:
            return "current"
        if text.content_hash not in {released.content_hash for released in clinic.released}:
            return "draft"
        return "superseded" if newest and newest.language == text.language else "not_given"


class _Names:
    """Handouts by their names, in sets of which each is one handout."""

    def __init__(self, renamed: Mapping[str, str], texts: Iterable[PrintedText]) -> None:
        self._above: dict[str, str] = {}
        first: dict[str, str] = {}
        for text in texts:
            self._join(text.slug, first.setdefault(text.content_hash, text.slug))
        for old, new in renamed.items():
            self._join(old, new)

    def of(self, slug: str) -> str:
        while slug in self._above:
            slug = self._above[slug]
        return slug

    def _join(self, slug_a: str, slug_b: str) -> None:
        a, b = self.of(slug_a), self.of(slug_b)
        if a != b:
            self._above[max(a, b)] = min(a, b)


def slug_words(slug: str) -> str:
    """Return what a handout is called where nothing else is known of it."""
    words = slug.replace("-", " ")
    return words[:1].upper() + words[1:]
