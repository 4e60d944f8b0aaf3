"""Making a release of what was built: what stands against it, and keeping it where nothing does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from handoutpress.batch.log.build_log import BuildLog, OutputRecord, compact, read_log
from handoutpress.batch.log.journal import LOG
from handoutpress.batch.log.manifest import manifest_of
from handoutpress.batch.plan import BuildPlan
from handoutpress.batch.releases.approvals import read_approvals
from handoutpress.batch.releases.keeping import keep
from handoutpress.batch.releases.recalls import read_recalls
from handoutpress.batch.releases.refusals import unapproved, unready
from handoutpress.batch.releases.release import ReleaseFacts, clinics_of
from handoutpress.batch.releases.release_folder import CURRENT, ReleaseFolder
from handoutpress.batch.releases.release_proof import ReleaseProof
from handoutpress.batch.run import STATE
from handoutpress.content.brand.brand import Brand
from handoutpress.content.catalog import Catalog
from handoutpress.content.editions import Edition
from handoutpress.yamlfile.problems import HandoutError, Problem

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MAX_NAME = 80


def name_for(shelf: ReleaseFolder, wanted: str, day: date) -> str:
    """The new release's name: as wanted, else the day. Raises ``HandoutError`` for one that cannot be, or is taken."""
    taken = {release.name: release for release in shelf.releases}
    if not wanted:
        number = 1
        while (name := day.isoformat() + (f"-{number}" if number > 1 else "")) in taken:
            number += 1
        return name
    if not NAME.fullmatch(wanted) or len(wanted) > MAX_NAME or wanted == CURRENT:
        hint = "write lower-case letters, digits and single hyphens, such as spring-2027."
        raise HandoutError(f'"{wanted}" cannot be the name of a release. Hint: {hint}')
    if wanted not in taken and (shelf.folder / wanted).exists():
        raise HandoutError(f"{(shelf.folder / wanted).as_posix()} is there already. Hint: take another name.")
    if wanted in taken:
        hint = f"take another name, or make it the current one with: handouts rollback {wanted}"
        raise HandoutError(f"There is a release {wanted} already, of {taken[wanted].day.isoformat()}. Hint: {hint}")
    return wanted


@dataclass(frozen=True)
class ReleaseCandidate:
    """What would be released: editions of a catalog, to be kept on a shelf."""

    catalog: Catalog
    editions: tuple[Edition, ...]
    shelf: ReleaseFolder

    @property
    def brands(self) -> dict[str, Brand]:
        return {edition.brand_slug: edition.brand for edition in self.editions}

    def unready(self) -> list[Problem]:
        """What stands against it before anything is printed."""
        recalls = read_recalls(self.shelf.folder)
        return [*unready(self.catalog.project, self.editions, recalls), *self._unapproved(None)]

    def _unapproved(self, log: BuildLog | None) -> list[Problem]:
        approvals, project = read_approvals(self.shelf.folder), self.catalog.project
        files = _by_brand(log.records) if log else {}
        asked = ((brand, approvals.get(slug), files.get(slug)) for slug, brand in self.brands.items())
        return [problem for one in asked if (problem := unapproved(project, *one))]

    def unproved(self, plan: BuildPlan, proof: ReleaseProof) -> list[str]:
        """What stands against it once it is built, in sentences: findings of the proof, approvals that lapsed."""
        log = released_log(plan, proof.out)
        printed = [(output, log.records[output.path]) for output in plan.outputs]
        findings = proof.findings(printed)
        return [*map(str, findings), *map(str, self._unapproved(log))]

    def facts(self, name: str, day: date) -> ReleaseFacts:
        """What its release says beside its files."""
        given = read_approvals(self.shelf.folder)
        approvals = tuple(given[slug].approval for slug, brand in self.brands.items() if brand.needs_approval)
        number = max((release.facts.number for release in self.shelf.releases), default=0) + 1
        return ReleaseFacts(name, number, day, clinics_of(self.brands.values()), approvals)


def release(shelf: ReleaseFolder, log: BuildLog, out: Path, facts: ReleaseFacts) -> None:
    """Keep what ``log`` says of ``out``, and make it the current release.

    Raises ``HandoutError`` or ``OSError``; the release that was the current one then stays so.
    """
    keep(shelf, facts.name, log.records.values(), out, manifest_of(log, facts.as_json()))
    shelf.make_current(facts.name, facts.day)


def released_log(plan: BuildPlan, out: Path) -> BuildLog:
    """The build log of ``out`` as far as the plan goes: what else lies there is not released."""
    log = read_log(out / STATE / LOG)
    records = {output.path: log.records[output.path] for output in plan.outputs}
    return compact(BuildLog(records, log.inputs))


def _by_brand(records: Mapping[str, OutputRecord]) -> dict[str, dict[str, str]]:
    """The digests of the PDFs, by brand and path."""
    found: dict[str, dict[str, str]] = {}
    for record in records.values():
        if record.label.format:
            found.setdefault(record.label.brand, {})[record.path] = record.sha256
    return found
