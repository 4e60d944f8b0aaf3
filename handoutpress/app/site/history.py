"""What a project's releases tell a site: every text that a sheet may have, and what became of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from html import unescape

from handoutpress.batch.log.manifest import ManifestFile
from handoutpress.batch.releases.recalls import Recall, read_recalls, recall_of, recall_of_text
from handoutpress.batch.releases.release import Clinic, Release
from handoutpress.batch.releases.release_folder import ReleaseFolder
from handoutpress.content.editions import HandoutFile
from handoutpress.content.project import Project
from handoutpress.site.kept_addresses import ReleasedAddress
from handoutpress.site.standings import PrintedText

_TITLE = re.compile(r"<title>(.*?) · [^<]*</title>", re.DOTALL)
_READ = 4_000
"""Characters of a released page within which its title stands."""


@dataclass(frozen=True)
class BrandHistory:
    """What was released of one brand: its texts, the oldest first, and the hashes that the current release has."""

    clinic: Clinic
    released: tuple[PrintedText, ...] = ()
    in_force: frozenset[str] = frozenset()
    recalled: Mapping[str, date] = field(default_factory=dict)
    site: str = ""
    """Where its pages were when it was released last, if it had a site."""

    @cached_property
    def key(self) -> tuple[object, ...]:
        """The same for two brands of which the same texts were released, and what became of them is the same."""
        return self.released, self.in_force, frozenset(self.recalled.items())


class History:
    """What was released of a project, by brand."""

    def __init__(self, project: Project) -> None:
        """Read the releases of a project. Raises ``HandoutError`` where one cannot be read."""
        releases = ReleaseFolder(project.root)
        self.releases: tuple[Release, ...] = releases.releases
        self.current: Release | None = releases.current
        self._recalls: Sequence[Recall] = read_recalls(releases.folder)

    def is_recalled(self, file: HandoutFile) -> bool:
        """Return whether what a handout says now was recalled."""
        return recall_of_text(file, self._recalls) is not None

    @cached_property
    def brands(self) -> Mapping[str, BrandHistory]:
        """What was released of each brand that any release has."""
        texts: dict[str, dict[tuple[str, str], PrintedText]] = {}
        in_force: dict[str, set[str]] = {}
        recalled: dict[str, dict[str, date]] = {}
        clinics: dict[str, Clinic] = {}
        for release, file in self._texts():
            label = file.label
            printed, key = texts.setdefault(label.brand, {}), (label.content_hash, label.handout)
            earlier = printed.pop(key, None)  # what was printed last stands last
            title = _title(release, file) or (earlier.title if earlier else "")
            printed[key] = PrintedText(label.content_hash, label.handout, label.language, label.version, title)
            clinics[label.brand] = release.facts.clinics.get(label.brand, Clinic(label.brand))
            if release is self.current:
                in_force.setdefault(label.brand, set()).add(label.content_hash)
            if recall := recall_of(label, self._recalls):
                recalled.setdefault(label.brand, {})[label.content_hash] = recall.day
        newest_first = self.releases[::-1]
        return {
            brand: BrandHistory(
                clinics[brand],
                tuple(printed.values()),
                frozenset(in_force.get(brand, ())),
                recalled.get(brand, {}),
                next((release.facts.sites[brand] for release in newest_first if brand in release.facts.sites), ""),
            )
            for brand, printed in sorted(texts.items())
        }

    def addresses(self) -> Iterator[ReleasedAddress]:
        """Yield every address on a site that a kept release has printed."""
        for release in self.releases:
            for file in release.files:
                base = release.facts.sites.get(file.label.brand)
                for address in dict.fromkeys(file.addresses) if base else ():
                    if base and address.lower().startswith(f"{base.lower()}/"):
                        yield ReleasedAddress(release.name, file.label.brand, base, address)

    def _texts(self) -> Iterator[tuple[Release, ManifestFile]]:
        """Yield each text of each release and brand once, by its page for phones where it has one."""
        for release in self.releases:
            files: dict[tuple[str, ...], ManifestFile] = {}
            for file in release.files:
                if file.label.handout and file.label.content_hash and file.label.purpose == "screen":
                    key = file.label.brand, file.label.content_hash, file.label.handout
                    if key not in files or not file.label.format:
                        files[key] = file
            yield from ((release, file) for file in files.values())


def _title(release: Release, file: ManifestFile) -> str:
    """Return what a released page calls itself; "" for a PDF, and where it cannot be read."""
    if file.label.format:
        return ""
    try:
        with (release.folder / file.path).open(encoding="utf-8") as page:
            match = _TITLE.search(page.read(_READ))
    except (OSError, UnicodeDecodeError):
        return ""
    return unescape(match[1]) if match else ""
