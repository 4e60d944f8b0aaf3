"""A sheet on the counter: which edition prints these eight characters, and may it still be given out?"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from handoutpress.batch.log.manifest import ManifestFile
from handoutpress.batch.plan import OutputLabel
from handoutpress.batch.releases.recalls import Recall, recall_of
from handoutpress.batch.releases.release import Release
from handoutpress.content.content_hash import LENGTH

SheetState = Literal["current", "superseded", "recalled", "built"]


@dataclass(frozen=True, slots=True)
class IdentifiedSheet:
    """What prints a content hash: a handout in a language and version, in which state, told in a ``sentence``."""

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
    """All that a sheet is looked up in: kept releases, the current one, recalls, and what was built last."""

    releases: Collection[Release]
    current: Release | None = None
    recalls: Collection[Recall] = ()
    built: Collection[ManifestFile] = ()


def verify(content_hash: str, known: ReleaseHistory) -> list[IdentifiedSheet]:
    """Whatever prints ``content_hash``, in capitals or not: one sheet as a rule, none if nothing known does."""
    wanted = content_hash.strip().lower()
    if len(wanted) != LENGTH:
        return []
    files = [*(made for release in known.releases for made in release.files), *known.built]
    found = {_text(made.label): made.label for made in files if made.label.content_hash == wanted}
    return [_sheet(label, known) for label in found.values()]


def _text(label: OutputLabel) -> tuple[str, str, str, str]:
    return label.handout, label.language, label.version, label.content_hash


def _sheet(label: OutputLabel, known: ReleaseHistory) -> IdentifiedSheet:
    state, sentence = _judged(label, known)
    return IdentifiedSheet(label.handout, label.language, label.version, state, sentence)


def _judged(label: OutputLabel, known: ReleaseHistory) -> tuple[SheetState, str]:
    having = [release for release in known.releases if _has(release.files, label)]
    recall = recall_of(label, known.recalls)
    if recall is not None:
        return "recalled", f"Recalled on {recall.day.isoformat()}: take it off the counter. {_instead(label, known)}"
    if not having:
        return "built", "Built, but in no release: it is not for patients yet."
    if known.current in having:
        return "current", f"Current: in the release {known.current.name} of {known.current.day.isoformat()}."
    last = having[-1]
    told = f"Superseded: it was last in the release {last.name} of {last.day.isoformat()}."
    return "superseded", f"{told} {_instead(label, known)}"


def _instead(label: OutputLabel, known: ReleaseHistory) -> str:
    """What the current release has in its place."""
    files = known.current.files if known.current else ()
    for made in files:
        other = made.label
        if (other.handout, other.language) == (label.handout, label.language):
            if recall_of(other, known.recalls) is None:
                return f"The current sheet is version {other.version}, {other.content_hash}."
            break
    return "There is no current sheet in its place."


def _has(files: Iterable[ManifestFile], label: OutputLabel) -> bool:
    return any(_text(made.label) == _text(label) for made in files)
