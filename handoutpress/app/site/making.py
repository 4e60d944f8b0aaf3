"""Making a site: pages rendered once for all clinics, filled in for each, and written where they have changed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from handoutpress.app.project import SITE, open_catalog
from handoutpress.app.site.opening import OpenSite
from handoutpress.content.own_files import check_trusted
from handoutpress.content.project import Project
from handoutpress.site.changes import (
    LOG_FOLDER,
    ClinicFiles,
    SiteChanges,
    SiteLog,
    WrittenCount,
    folds_case,
)
from handoutpress.site.site_writer import SiteWriter
from handoutpress.store.locks import locked
from handoutpress.store.processes import cores
from handoutpress.yamlfile.problems import HandoutError

LOCK = "lock"
MANY_CLINICS = 20
"""Clinics that together may have thousands of files, so that processes are got ready to write them."""
MOVED = "."
"""Stands in the log for the pages at old addresses: they lie anywhere below the site's folder."""


@dataclass(frozen=True)
class SiteResult:
    """A site that was made, or what stands against it: nothing was written where there are ``reasons``.

    ``unpublished`` says what keeps articles from being on it.
    """

    folder: Path
    bases: tuple[str, ...] = ()
    written: int = 0
    fresh: int = 0
    removed: int = 0
    reasons: tuple[str, ...] = ()
    unpublished: tuple[str, ...] = ()


def make_site(
    project: Project, *, base: str = "", out: Path | None = None, built: Path | None = None, force: bool = False
) -> SiteResult:
    """Make the site of a project in ``out``, else in its own ``site/``, with the PDFs that were released or ``built``.

    ``base`` stands for the address that project and brands say. What has not changed since the last time stays as it
    is. Raises ``HandoutError`` where nothing can be written, or a clinic has no address.
    """
    check_trusted(project)
    folder, catalog = out or project.root / SITE, open_catalog(project)
    with SiteWriter(folder, cores() if len(catalog.brands) >= MANY_CLINICS else 1) as writer:
        site = OpenSite(catalog, base=base, built=built)
        if site.reasons:
            return SiteResult(folder, reasons=site.reasons)
        try:
            lock = folder / LOG_FOLDER / LOCK
            lock.parent.mkdir(parents=True, exist_ok=True)
            with locked(lock):  # two runs at once would take each other's files for their own
                count = _written(site, folder, writer, force=force)
        except OSError as error:
            raise HandoutError(f"The site cannot be written: {error.filename}: {error.strerror}.") from None
    bases = tuple(clinic.base for clinic in site.clinics)
    return SiteResult(folder, bases, count.written, count.fresh, count.removed, unpublished=site.unpublished)


def _written(site: OpenSite, folder: Path, writer: SiteWriter, *, force: bool) -> WrittenCount:
    log, both_cases = SiteLog.read(folder), not folds_case(folder)
    files = list(site.files(folder, both_cases=both_cases))
    if top := site.top():
        files.append(ClinicFiles("", top))
    if moved := site.moved(both_cases=both_cases):
        files.append(ClinicFiles(MOVED, moved))
    now = SiteLog({clinic.folder: clinic.record for clinic in files})
    changes = SiteChanges(folder, log, force=force)
    changed = [change for change in map(changes.of, files) if change]
    gone = {name: record for name, record in log.clinics.items() if name not in now.clinics}
    if changed or gone or not log.clinics:
        log.begun(changed).write(folder)
    count = WrittenCount(fresh=sum(len(clinic.shared) + len(clinic.own) for clinic in files))
    count.removed = writer.write(changed)
    count.written = sum(map(len, changed))
    count.removed += sum(writer.remove(name, sorted(record.paths())) for name, record in gone.items())
    count.fresh -= count.written
    if changed or gone or not log.clinics:
        now.write(folder)
    site.contacts.keep({clinic.values for clinic in files})
    return count
