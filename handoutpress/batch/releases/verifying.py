"""A sheet on the counter: which edition prints these eight characters, and may it still be given out?"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from handoutpress.batch.log.manifest import ManifestFile
from handoutpress.batch.plan import OutputLabel
from handoutpress.batch.releases.recalls import Recall, recall_of
from handoutpress.batch.releases.release import Release
from handoutpress.content.content_hash import LENGTH

SheetState = Literal["current", "overdue", "superseded", "recalled", "built"]


@dataclass(frozen=True, slots=True)
class IdentifiedSheet:
    """What prints a content hash: a handout in a language and version, and its state, also as a ``sentence``."""

    handout: str
    language: str
    version: str
    state: SheetState
    sentence: str

    @property
    def name(self) -> str:
        return f"{self.handout} ({self.language}), version {self.version}"


@dataclass(frozen=True)
class ReleaseHistory:
    """All that a sheet is looked up in: kept releases, the current one, recalls, and what was built last.

    ``day`` is the one on which it is asked for.
    """

    releases: Collection[Release]
    current: Release | None = None
    recalls: Collection[Recall] = ()
    built: Collection[ManifestFile] = ()
    day: date = date.min


def verify(content_hash: str, history: ReleaseHistory) -> list[IdentifiedSheet]:
    """Return what prints ``content_hash``, in capitals or not: one sheet as a rule, none where no file does."""
    printed_hash = content_hash.strip().lower()
    if len(printed_hash) != LENGTH:
        return []
    files = [*(file for release in history.releases for file in release.files), *history.built]
    labels = {_text(file.label): file.label for file in files if file.label.content_hash == printed_hash}
    # What one file name was recalled for, another that prints the same is recalled for, too.
    recall = next(filter(None, (recall_of(label, history.recalls) for label in labels.values())), None)
    return [_sheet(label, history, recall) for label in labels.values()]


def _text(label: OutputLabel) -> tuple[str, str, str, str]:
    return label.handout, label.language, label.version, label.content_hash


def _sheet(label: OutputLabel, history: ReleaseHistory, recall: Recall | None) -> IdentifiedSheet:
    state, sentence = _state(label, history, recall)
    return IdentifiedSheet(label.handout, label.language, label.version, state, sentence)


def _state(label: OutputLabel, history: ReleaseHistory, recall: Recall | None) -> tuple[SheetState, str]:
    releases = [release for release in history.releases if _has(release.files, label)]
    # A recall outweighs all else: also what the current release still has is taken off the counter.
    if recall is not None:
        sentence = f"Recalled on {recall.day.isoformat()}: take it off the counter."
        return "recalled", f"{sentence} {_replacement(label, history)}"
    if not releases:
        return "built", "Built, but in no release: it is not for patients yet."
    if history.current in releases:
        sentence = f"in the release {history.current.name} of {history.current.day.isoformat()}"
        due = history.current.facts.reviews.get(label.content_hash, date.max)
        if due < history.day:
            left = f"but its review was due on {due.isoformat()}: have it reviewed before it is given out again."
            return "overdue", f"Current, {sentence}, {left}"
        return "current", f"Current: {sentence}."
    last = releases[-1]
    sentence = f"Superseded: it was last in the release {last.name} of {last.day.isoformat()}."
    return "superseded", f"{sentence} {_replacement(label, history)}"


def _replacement(label: OutputLabel, history: ReleaseHistory) -> str:
    """Return what the current release has in its place, in a sentence."""
    files = history.current.files if history.current else ()
    for file in files:
        current = file.label
        if (current.handout, current.language) == (label.handout, label.language):
            if recall_of(current, history.recalls) is None:
                return f"The current sheet is version {current.version}, {current.content_hash}."
            break
    return "There is no current sheet in its place."


def _has(files: Iterable[ManifestFile], label: OutputLabel) -> bool:
    return any(_text(file.label) == _text(label) for file in files)
