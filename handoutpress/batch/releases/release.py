"""A release as it is kept: a manifest like every other, with a name, a day, and who gave its handouts.

In ``releases/<name>/manifest.json`` the key ``release`` stands beside those of ``out/manifest.json``:

``name``, ``number``, ``date``
    what it is called, its place in the order of releases (from 1), and the day on which it was made, as the clinic's
    calendar had it.
``clinics``
    by brand, its ``name`` and its ``places`` as the released sheets print them: a brand may be gone when its sheets
    must be found.
``approvals``
    of brands that demand it: ``brand``, ``by``, and the ``date``.
``reviews``
    by content hash, the day on which the text's next review is due.
``sites``
    by brand, the address of its site where its codes lead to that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from handoutpress.batch.log.manifest import ManifestFile, files_in, read_manifest_as
from handoutpress.content.brand.brand import Brand, Contact


@dataclass(frozen=True, slots=True)
class Clinic:
    """Who a brand was when its handouts were released; ``places`` are the names of its surgeries, or their streets."""

    name: str
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved a brand's proofs, and when."""

    brand: str
    by: str
    day: date


@dataclass(frozen=True, slots=True)
class ReleaseFacts:
    """What a release says beside its files."""

    name: str
    number: int
    day: date
    clinics: Mapping[str, Clinic]
    approvals: tuple[Approval, ...] = ()
    reviews: Mapping[str, date] = field(default_factory=dict)
    sites: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """Return the facts as the manifest's key ``release``."""
        return {
            "name": self.name,
            "number": self.number,
            "date": self.day.isoformat(),
            "clinics": {slug: {"name": clinic.name, "places": clinic.places} for slug, clinic in self.clinics.items()},
            "approvals": [
                {"brand": approval.brand, "by": approval.by, "date": approval.day.isoformat()}
                for approval in self.approvals
            ],
            "reviews": {text: day.isoformat() for text, day in sorted(self.reviews.items())},
            "sites": dict(sorted(self.sites.items())),
        }


@dataclass(frozen=True, slots=True)
class Release:
    """A kept release: its folder, what it says of itself, and its files."""

    folder: Path
    facts: ReleaseFacts
    files: tuple[ManifestFile, ...]

    @property
    def name(self) -> str:
        return self.facts.name

    @property
    def day(self) -> date:
        return self.facts.day

    def overdue(self, day: date) -> dict[str, date]:
        """Return the names of the texts whose review was due before ``day``, with the day when it was."""
        names = {file.label.content_hash: f"{file.label.handout} ({file.label.language})" for file in self.files}
        return {names[text]: due for text, due in self.facts.reviews.items() if due < day and text in names}


def read_release(folder: Path) -> Release:
    """Read the release in ``folder``. Raises ``HandoutError`` where its manifest is missing or not of a release."""
    return read_manifest_as(folder, partial(_release, folder))


def _release(folder: Path, content: Mapping[str, Any]) -> Release:
    entry = content["release"]
    facts = ReleaseFacts(
        name=folder.name,
        number=int(entry["number"]),
        day=date.fromisoformat(entry["date"]),
        clinics={slug: Clinic(clinic["name"], tuple(clinic["places"])) for slug, clinic in entry["clinics"].items()},
        approvals=tuple(map(_approval, entry["approvals"])),
        # A release of an early version does not say.
        reviews={text: date.fromisoformat(day) for text, day in entry.get("reviews", {}).items()},
        sites={str(brand): str(base) for brand, base in entry.get("sites", {}).items()},
    )
    return Release(folder, facts, files_in(content))


def _approval(entry: Mapping[str, Any]) -> Approval:
    return Approval(entry["brand"], entry["by"], date.fromisoformat(entry["date"]))


def clinics_of(brands: Iterable[Brand]) -> dict[str, Clinic]:
    """Return who the brands are, as a release keeps it."""
    return {brand.slug: Clinic(brand.name, tuple(filter(None, map(_place, brand.contacts)))) for brand in brands}


def _place(contact: Contact) -> str:
    return contact.name or ", ".join(contact.address)
