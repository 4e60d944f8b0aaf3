"""Recalls: which released sheets must be withdrawn, and what was recalled before."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from handoutpress.batch.log.manifest import NOT_OURS, ManifestFile
from handoutpress.batch.plan import OutputLabel
from handoutpress.batch.releases.release import Clinic, Release
from handoutpress.content.editions import HandoutFile
from handoutpress.content.models.versions import version_order
from handoutpress.content.project import Project
from handoutpress.store.files import replace_file
from handoutpress.store.spreadsheets import csv_bytes
from handoutpress.yamlfile.nearest import meant
from handoutpress.yamlfile.problems import HandoutError, Problem

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

    def covers(self, handout: str, version: str, content_hash: str) -> bool:
        """Return whether a text is recalled: by what it says, whatever its file is called, or as too old a version.

        Without a content hash, which early versions did not print, only the name can tell.
        """
        if content_hash and content_hash in self.content_hashes:
            return True
        if handout != self.handout:
            return False
        older = bool(self.below) and version_order(version) < version_order(self.below)
        return older or content_hash in self.content_hashes


def withdrawn(releases: Sequence[Release], slug: str, below: str = "") -> tuple[WithdrawnSheet, ...]:
    """Return the released files of a handout with a version below ``below``, or of any version: each once, by brand.

    Raises ``HandoutError`` where no release has the handout, or ``below`` is no version.
    """
    handouts = {file.label.handout for release in releases for file in release.files}
    if slug not in handouts:
        raise HandoutError(f'No release has a handout called "{slug}". Hint: {meant(slug, handouts)}')
    limit = version_order(below) if below else None
    files: dict[tuple[str, str], ManifestFile] = {}
    releases_of: dict[tuple[str, str], list[Release]] = {}
    for release in releases:
        for file in release.files:
            if file.label.handout == slug and (limit is None or version_order(file.label.version) < limit):
                key = (file.path, file.sha256)
                files[key] = file
                releases_of.setdefault(key, []).append(release)
    return tuple(_sheet(files[key], releases_of[key]) for key in sorted(files))


def _sheet(file: ManifestFile, releases: list[Release]) -> WithdrawnSheet:
    label, clinic = file.label, releases[-1].facts.clinics.get(file.label.brand, Clinic(file.label.brand))
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
        path=file.path,
        sha256=file.sha256,
    )


def as_csv(sheets: Iterable[WithdrawnSheet]) -> bytes:
    """Return a row for each sheet, the names of its columns on top, as UTF-8 that a spreadsheet opens rightly."""
    return csv_bytes([[field.name for field in fields(WithdrawnSheet)], *map(astuple, sheets)])


def read_recalls(folder: Path) -> tuple[Recall, ...]:
    """Read from ``folder`` what was recalled, the oldest first. Raises ``HandoutError`` where it cannot be read."""
    try:
        content = json.loads((folder / NAME).read_bytes())
        return tuple(map(_recall, content))
    except FileNotFoundError:
        return ()
    except (OSError, HandoutError, *NOT_OURS):
        raise HandoutError(f"{(folder / NAME).as_posix()} cannot be read, so nobody knows what was recalled.") from None


def _recall(entry: Mapping[str, Any]) -> Recall:
    handout, below, hashes = entry["handout"], entry["below"], entry["content_hashes"]
    if not all(isinstance(word, str) for word in (handout, below, *hashes)):
        raise TypeError
    if below:
        version_order(below)
    return Recall(handout, below, tuple(hashes), date.fromisoformat(entry["date"]))


def note_recall(folder: Path, recall: Recall) -> None:
    """Note a recall in ``folder``; one that is noted already stays as it is. Raises ``OSError``, changing nothing."""
    recalls = read_recalls(folder)
    if any(replace(earlier, day=recall.day) == recall for earlier in recalls):
        return
    content = [_entry(noted) for noted in (*recalls, recall)]
    replace_file(folder / NAME, json.dumps(content, indent=1).encode())


def _entry(recall: Recall) -> dict[str, object]:
    return {
        "handout": recall.handout,
        "below": recall.below,
        "content_hashes": recall.content_hashes,
        "date": str(recall.day),
    }


def recall_of(label: OutputLabel, recalls: Iterable[Recall]) -> Recall | None:
    """Return the recall that covers what ``label`` names, if there is one."""
    return _first(recalls, label.handout, label.version, label.content_hash)


def recall_of_text(text: HandoutFile, recalls: Iterable[Recall]) -> Recall | None:
    """Return the recall that covers what a handout's file says now, if there is one."""
    found = (_first(recalls, text.slug, text.handout.version, each) for each in text.hashes)
    return next(filter(None, found), None)


def _first(recalls: Iterable[Recall], *text: str) -> Recall | None:
    return next((recall for recall in recalls if recall.covers(*text)), None)


def recalled_problems(project: Project, texts: Iterable[HandoutFile], recalls: Sequence[Recall]) -> list[Problem]:
    """Return a problem for each handout's file whose text was recalled, in the order of files."""
    recalled = {text.path: (text, recall) for text in texts if (recall := recall_of_text(text, recalls))}
    return sorted(_problem(project, text, recall) for text, recall in recalled.values())


def _problem(project: Project, text: HandoutFile, recall: Recall) -> Problem:
    name = f', as "{recall.handout}"' if recall.handout != text.slug else ""
    sentence = f"Version {text.handout.version} was recalled on {recall.day.isoformat()}{name}."
    version = f"version {recall.below} or a higher one" if recall.below else "a higher version"
    hint = f"mend the handout, and give it {version}."
    return project.read(text.path).problem(("version",), sentence, hint)
