"""What may be mailed: what is released where there is a release, nothing that was recalled, and nothing twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from handoutpress.batch.releases.recalls import read_recalls, recall_of_text
from handoutpress.batch.releases.release_folder import FOLDER, ReleaseFolder
from handoutpress.content.editions import Edition
from handoutpress.content.project import Project
from handoutpress.mail.letter_context import Recipient
from handoutpress.mail.outbox import EnclosedVersion


def refusals(releases: ReleaseFolder, edition: Edition) -> list[str]:
    """Return why an edition must not be mailed by what was released and recalled, in sentences."""
    named = f"{edition.handout_slug} ({edition.language_slug}), version {edition.version},"
    if recall := recall_of_text(edition.handout_file, read_recalls(releases.folder)):
        return [f"{named} was recalled on {recall.day}."]
    current = releases.current
    if current is None:
        return []
    wanted = (edition.brand_slug, edition.handout_slug, edition.language_slug)
    labels = (label for file in current.files if (label := file.label).content_hash in edition.handout_file.hashes)
    if any((label.brand, label.handout, label.language) == wanted for label in labels):
        return []
    sentence = f"{named} as it stands is not in the current release, {current.name}."
    return [f"{sentence} Hint: release it, or take back what changed since."]


def withheld(project: Project, enclosures: Iterable[EnclosedVersion]) -> str:
    """Return why a recorded letter must not be sent any more, by what is recalled just now; else ""."""
    recalls = read_recalls(project.root / FOLDER)
    for enclosed in enclosures:
        for recall in recalls:
            # A letter that an earlier version of Handout Press recorded does not say which text it brings.
            unknown = not enclosed.content_hash and not recall.below and enclosed.slug == recall.handout
            if unknown or recall.covers(*enclosed):
                return f"{enclosed.slug}, version {enclosed.version}, was recalled on {recall.day}."
    return ""


@dataclass(frozen=True)
class Unmailed:
    """People with the handouts that they do not have yet, and what keeps the others from being mailed them.

    ``letters`` are those that brought a handout before, ``lines`` those of a file that name someone once more.
    """

    people: tuple[Recipient, ...]
    letters: tuple[int, ...]
    lines: tuple[int, ...]


Held = Mapping[tuple[str, str], Mapping[tuple[str, str], int]]
"""Letters by person and language, then by handout and version: see ``Outbox.held``."""


def unmailed(people: Iterable[Recipient], held: Held, version_of: Callable[[str, str], str]) -> Unmailed:
    """Leave out what the outbox holds for a person already, in the same version, and what an earlier one here brings.

    ``version_of`` takes a handout's slug and language. Someone of whom nothing is left is left out.
    """
    kept: list[Recipient] = []
    letters: dict[int, None] = {}
    lines: list[int] = []
    begun: set[tuple[str, ...]] = set()
    for person in people:
        who = (person.to.same_person, person.language)
        left = []
        for slug in person.handouts:
            letter = held.get(who, {}).get((slug, version_of(slug, person.language)))
            if letter is not None:
                letters[letter] = None
            elif (*who, slug) in begun:
                lines.append(person.line)
            else:
                left.append(slug)
        begun.update((*who, slug) for slug in left)
        if left:
            kept.append(replace(person, handouts=tuple(left)))
    return Unmailed(tuple(kept), tuple(letters), tuple(dict.fromkeys(lines)))
