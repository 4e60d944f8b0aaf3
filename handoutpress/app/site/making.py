"""Making a site: pages rendered once for all clinics, filled in for each, and written where they have changed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from handoutpress.app.project import SITE
from handoutpress.app.site.opening import OpenSite
from handoutpress.app.site.workers import ClinicWriting, Opening, written_clinics
from handoutpress.content.own_files import check_trusted
from handoutpress.content.project import Project
from handoutpress.site.writing import ClinicRecord, SiteLog, SiteWriter, WrittenCount, folds_case
from handoutpress.yamlfile.problems import HandoutError

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
    folder, opening = out or project.root / SITE, Opening(project, base, built)
    site = opening.site()
    if site.reasons:
        return SiteResult(folder, reasons=site.reasons)
    try:
        count = _write(site, folder, opening, force=force)
    except OSError as error:
        raise HandoutError(f"The site cannot be written: {error.filename}: {error.strerror}.") from None
    bases = tuple(clinic.base for clinic in site.clinics)
    return SiteResult(folder, bases, count.written, count.fresh, count.removed, unpublished=site.unpublished)


def _write(site: OpenSite, folder: Path, opening: Opening, *, force: bool) -> WrittenCount:
    log = SiteLog.read(folder)
    both_cases = not folds_case(folder)
    writer = SiteWriter(folder, log, force=force)
    records: dict[str, ClinicRecord] = {}
    for part in written_clinics(site, opening, ClinicWriting(folder, both_cases, force)):
        records |= part.records
        writer.count.add(part.count)
    if top := site.top():
        records[""] = writer.write("", "", top)
    if moved := site.moved(both_cases=both_cases):
        records[MOVED] = writer.write(MOVED, "", moved)
    for gone in sorted(log.clinics.keys() - records.keys()):
        writer.remove(gone)
    SiteLog(records).write(folder)
    return writer.count
