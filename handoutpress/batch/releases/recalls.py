"""Recalls: which released sheets must be withdrawn, and what was recalled before."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields, replace
from datetime import date
from io import StringIO
from pathlib import Path

from handoutpress.batch.log.manifest import ManifestFile
from handoutpress.batch.plan import OutputLabel
from handoutpress.batch.releases.release import Clinic, Release
from handoutpress.content.models.versions import version_order
from handoutpress.store.files import replace_file
from handoutpress.yamlfile.nearest import meant
from handoutpress.yamlfile.problems import HandoutError

NAME = "recalls.json"


@dataclass(frozen=True, slots=True)
class WithdrawnSheet:
    """One released file that must be withdrawn. ``releases`` are those that have it, the first made on ``date``.

    ``format`` is "html" for a page for phones and desks; ``places`` are the clinic's, as they were then.
    """

    brand: str
    clinic: str
    places: str
    handout: str
    language: str
    format: str
    version: str
    content_hash: str
    releases: str
    date: str
    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Recall:
    """A handout that was recalled: all that is below a version, or just what had been released by that ``day``."""

    handout: str
    below: str
    content_hashes: tuple[str, ...]
    day: date

    def covers(self, label: OutputLabel) -> bool:
        """Whether what this label names is recalled."""
        if label.handout != self.handout:
            return False
        older = bool(self.below) and version_order(label.version) < version_order(self.below)
        return older or label.content_hash in self.content_hashes


def withdrawn(releases: Sequence[Release], slug: str, below: str = "") -> tuple[WithdrawnSheet, ...]:
    """The released files of a handout with a version below ``below``, or of any version: each once, by brand.

    Raises ``HandoutError`` where no release has the handout, or ``below`` is no version.
    """
    known = {made.label.handout for release in releases for made in release.files}
    if slug not in known:
        raise HandoutError(f'No release has a handout called "{slug}". Hint: {meant(slug, known)}')
    limit = version_order(below) if below else None
    found: dict[tuple[str, str], list[tuple[Release, ManifestFile]]] = {}
    for release in releases:
        for made in release.files:
            if made.label.handout == slug and (limit is None or version_order(made.label.version) < limit):
                found.setdefault((made.path, made.sha256), []).append((release, made))
    return tuple(_row([release for release, _ in having], having[-1][1]) for _, having in sorted(found.items()))


def _row(releases: list[Release], made: ManifestFile) -> WithdrawnSheet:
    label, clinic = made.label, releases[-1].facts.clinics.get(made.label.brand, Clinic(made.label.brand))
    return WithdrawnSheet(
        brand=label.brand,
        clinic=clinic.name,
        places="; ".join(clinic.places),
        handout=label.handout,
        language=label.language,
        format=label.format or "html",
        version=label.version,
        content_hash=label.content_hash,
        releases=" ".join(release.name for release in releases),
        date=releases[0].day.isoformat(),
        path=made.path,
        sha256=made.sha256,
    )


def as_csv(rows: Iterable[WithdrawnSheet]) -> bytes:
    """The rows with their names on top, as UTF-8 that a spreadsheet opens rightly."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow([field.name for field in fields(WithdrawnSheet)])
    writer.writerows(astuple(row) for row in rows)
    return text.getvalue().encode("utf-8-sig")


def read_recalls(folder: Path) -> tuple[Recall, ...]:
    """What was recalled, the oldest first, as ``folder`` keeps it. Raises ``HandoutError`` where it cannot be read."""
    try:
        content = json.loads((folder / NAME).read_bytes())
        return tuple(
            Recall(one["handout"], one["below"], tuple(one["content_hashes"]), date.fromisoformat(one["date"]))
            for one in content
        )
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError):
        raise HandoutError(f"{(folder / NAME).as_posix()} cannot be read, so nobody knows what was recalled.") from None


def note_recall(folder: Path, recall: Recall) -> None:
    """Note a recall in ``folder``; one that is noted already stays as it is. Raises ``OSError``, changing nothing."""
    known = read_recalls(folder)
    if any(replace(one, day=recall.day) == recall for one in known):
        return
    content = [
        {"handout": one.handout, "below": one.below, "content_hashes": one.content_hashes, "date": str(one.day)}
        for one in (*known, recall)
    ]
    replace_file(folder / NAME, json.dumps(content, indent=1).encode())


def recall_of(label: OutputLabel, recalls: Iterable[Recall]) -> Recall | None:
    """The recall that covers what ``label`` names, if there is one."""
    return next((recall for recall in recalls if recall.covers(label)), None)
