"""What the current release has and the next one has not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from handoutpress.batch.plan import OutputLabel
from handoutpress.batch.releases.release import Release

_Sheet = tuple[str, str, str]
"""Brand, handout with its language, and format."""


@dataclass(frozen=True)
class FallingAway:
    """``sheets`` counts the PDFs of the release ``before`` that are not in the next one, in whatever version.

    The names are of what has no sheet at all any more; what goes with a whole brand is not named once more.
    """

    before: str
    sheets: int
    brands: tuple[str, ...] = ()
    handouts: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()


def falling_away(before: Release | None, labels: Iterable[OutputLabel]) -> FallingAway | None:
    """Return what ``before`` has and the outputs of ``labels`` have not; None where that is nothing."""
    if before is None:
        return None
    had = set(_sheets(file.label for file in before.files))
    kept = set(_sheets(labels))
    lost = had - kept
    if not lost:
        return None
    brands = _gone(lost, kept, 0)
    rest = {sheet for sheet in lost if sheet[0] not in brands}
    return FallingAway(before.name, len(lost), brands, _gone(rest, kept, 1), _gone(rest, kept, 2))


def _sheets(labels: Iterable[OutputLabel]) -> Iterator[_Sheet]:
    for label in labels:
        if label.format:
            yield label.brand, f"{label.handout} ({label.language})", label.format


def _gone(lost: Collection[_Sheet], kept: Collection[_Sheet], part: int) -> tuple[str, ...]:
    return tuple(sorted({sheet[part] for sheet in lost} - {sheet[part] for sheet in kept}))
