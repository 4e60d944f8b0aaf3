"""Making a release of what was built: what keeps it from being released, and keeping it where nothing does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from handoutpress.batch.log.build_log import BuildLog, OutputRecord, compact, read_log
from handoutpress.batch.log.journal import LOG
from handoutpress.batch.log.manifest import manifest_of
from handoutpress.batch.plan import BuildPlan
from handoutpress.batch.releases.approvals import Approved, Digests, read_approvals
from handoutpress.batch.releases.keeping import keep_files
from handoutpress.batch.releases.recalls import read_recalls
from handoutpress.batch.releases.refusals import unapproved, unready
from handoutpress.batch.releases.release import ReleaseFacts, clinics_of
from handoutpress.batch.releases.release_folder import CURRENT, ReleaseFolder
from handoutpress.batch.releases.release_proof import ReleaseProof
from handoutpress.batch.run import STATE
from handoutpress.content.brand.brand import Brand
from handoutpress.content.catalog import Catalog
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.editions import Edition
from handoutpress.content.loading import EVERYTHING
from handoutpress.content.models.site_addresses import base_of
from handoutpress.yamlfile.problems import HandoutError, Problem
from handoutpress.yamlfile.record import MAX_SLUG, SLUG


def name_for(release_folder: ReleaseFolder, requested: str, day: date) -> str:
    """Return the new release's name: as requested, else the day. Raises ``HandoutError`` where it cannot be that."""
    releases = {release.name: release for release in release_folder.releases}
    if not requested:
        number = 1
        while (name := day.isoformat() + (f"-{number}" if number > 1 else "")) in releases:
            number += 1
        return name
    if not re.fullmatch(SLUG, requested) or len(requested) > MAX_SLUG or requested == CURRENT:
        hint = "write lower-case letters, digits and single hyphens, such as spring-2027."
        raise HandoutError(f'"{requested}" cannot be the name of a release. Hint: {hint}')
    if requested not in releases and (release_folder.folder / requested).exists():
        raise HandoutError(
            f"{(release_folder.folder / requested).as_posix()} is there already. Hint: take another name."
        )
    if requested in releases:
        hint = f"take another name, or make it the current one with: handouts rollback {requested}"
        day_taken = releases[requested].day.isoformat()
        raise HandoutError(f"There is a release {requested} already, of {day_taken}. Hint: {hint}")
    return requested


@dataclass(frozen=True)
class ReleaseCandidate:
    """What would be released: editions of a catalog, as ``selection`` asks for them, to be kept in a folder."""

    catalog: Catalog
    editions: tuple[Edition, ...]
    release_folder: ReleaseFolder
    selection: EditionFilter

    @property
    def narrowed(self) -> bool:
        """Whether they are not all that the project has."""
        return self.selection != EVERYTHING

    @property
    def brands(self) -> dict[str, Brand]:
        return {edition.brand_slug: edition.brand for edition in self.editions}

    def unready(self, day: date) -> list[Problem]:
        """Return what keeps it from being released on ``day`` before anything is printed."""
        recalls = read_recalls(self.release_folder.folder)
        return [*unready(self.catalog.project, self.editions, recalls, day), *self._unapproved(None)]

    def _unapproved(self, log: BuildLog | None) -> list[Problem]:
        approvals, project = read_approvals(self.release_folder.folder), self.catalog.project
        files = _by_brand(log.records) if log else {}
        if self.narrowed:  # who approved more than is released approved this, too
            approvals = {slug: _within(approved, files.get(slug, {})) for slug, approved in approvals.items()}
        problems = (
            unapproved(project, brand, approvals.get(slug), files.get(slug)) for slug, brand in self.brands.items()
        )
        return [problem for problem in problems if problem]

    def unproved(self, plan: BuildPlan, proof: ReleaseProof) -> list[str]:
        """Return what keeps it from being released once it is built: findings of the proof, approvals that lapsed."""
        log = released_log(plan, proof.out)
        printed = [(output, log.records[output.path]) for output in plan.outputs]
        findings = proof.findings(printed)
        return [*map(str, findings), *map(str, self._unapproved(log))]

    def facts(self, name: str, day: date) -> ReleaseFacts:
        """Return what its release says beside its files."""
        approved = read_approvals(self.release_folder.folder)
        approvals = tuple(approved[slug].approval for slug, brand in self.brands.items() if brand.needs_approval)
        number = max((release.facts.number for release in self.release_folder.releases), default=0) + 1
        texts = [text for edition in self.editions for text in edition.texts]
        reviews = {text.content_hash: text.handout.reviewed.next for text in texts if text.handout.reviewed}
        with_site = (brand for brand in self.brands.values() if brand.site and not brand.article_url)
        sites = {brand.slug: base_of(brand.site, brand.slug) for brand in with_site}
        return ReleaseFacts(name, number, day, clinics_of(self.brands.values()), approvals, reviews, sites)


def keep_release(release_folder: ReleaseFolder, log: BuildLog, out: Path, facts: ReleaseFacts) -> None:
    """Keep the outputs in ``log``, which lie below ``out``, and make them the current release.

    Raises ``HandoutError`` or ``OSError``; the release that was the current one then stays so.
    """
    keep_files(release_folder, facts.name, log.records.values(), out, manifest_of(log, facts.as_json()))
    release_folder.make_current(facts.name, facts.day)


def released_log(plan: BuildPlan, out: Path) -> BuildLog:
    """Read the build log of ``out`` as far as the plan goes: what else lies there is not released."""
    log = read_log(out / STATE / LOG)
    records = {output.path: log.records[output.path] for output in plan.outputs}
    return compact(BuildLog(records, log.inputs))


def _within(approved: Approved, files: Digests) -> Approved:
    """Return an approval for no other files than these."""
    return replace(approved, files={path: digest for path, digest in approved.files.items() if path in files})


def _by_brand(records: Mapping[str, OutputRecord]) -> dict[str, dict[str, str]]:
    """Return the digests of the PDFs, by brand and path."""
    digests: dict[str, dict[str, str]] = {}
    for record in records.values():
        if record.label.format:
            digests.setdefault(record.label.brand, {})[record.path] = record.sha256
    return digests
