"""Writing the clinics of a site, many of them by several processes: each opens the project for itself."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from handoutpress.app.site.opening import OpenSite
from handoutpress.batch.run import cores
from handoutpress.content.project import Project
from handoutpress.site.clinics import SiteClinic
from handoutpress.site.pages.page_plate import PagePlate
from handoutpress.site.writing import ClinicRecord, SiteLog, SiteWriter, WrittenCount
from handoutpress.store.processes import WORKERS

MANY = 100
"""Clinics from which on one more process costs less than it gains."""
CHUNK = 25
"""Clinics that a process takes at once."""

Plates = dict[tuple[object, ...], PagePlate]


@dataclass(frozen=True)
class Opening:
    """How a project is opened for its site."""

    project: Project
    base: str = ""
    built: Path | None = None

    def site(self) -> OpenSite:
        """Open it. Raises ``HandoutError`` where no clinic has an address."""
        return OpenSite(self.project, base=self.base, built=self.built)


@dataclass(frozen=True)
class ClinicWriting:
    """How clinics are written: into which folder, in both cases or one, and whether what is unchanged is, too."""

    folder: Path
    both_cases: bool
    force: bool


@dataclass(frozen=True)
class WrittenClinics:
    """What was written for some clinics, by their folders."""

    records: dict[str, ClinicRecord]
    count: WrittenCount


def written_clinics(site: OpenSite, opening: Opening, how: ClinicWriting) -> Iterator[WrittenClinics]:
    """Write all clinics of a site, here or in as many processes as there are cores. Raises ``OSError``."""
    workers = min(cores(), len(site.clinics) // MANY + 1)
    if workers == 1:
        yield _write(site, site.clinics, how, SiteLog.read(how.folder))
        return
    for _ in site.pages(site.clinics[0]):  # rendered here, and not once more in each process
        pass
    starts = range(0, len(site.clinics), CHUNK)
    with ProcessPoolExecutor(workers, WORKERS, _begin, (opening, how, site.plates)) as pool:
        yield from pool.map(_write_some, starts)


class _Worker:
    """What a process has for all that it writes."""

    def __init__(self, opening: Opening, how: ClinicWriting, plates: Plates) -> None:
        self.site = opening.site()
        self.site.plates.update(plates)
        self.how = how
        self.log = SiteLog.read(how.folder)


_workers: list[_Worker] = []


def _begin(opening: Opening, how: ClinicWriting, plates: Plates) -> None:
    _workers.append(_Worker(opening, how, plates))


def _write_some(start: int) -> WrittenClinics:
    worker = _workers[0]
    return _write(worker.site, worker.site.clinics[start : start + CHUNK], worker.how, worker.log)


def _write(site: OpenSite, clinics: tuple[SiteClinic, ...], how: ClinicWriting, log: SiteLog) -> WrittenClinics:
    writer = SiteWriter(how.folder, log, force=how.force)
    records: dict[str, ClinicRecord] = {}
    for clinic in clinics:
        values, files = site.values_of(clinic), [*site.files(clinic)]
        capitals = [*site.in_capitals(clinic, how.folder)] if how.both_cases else []
        if clinic.capitals == clinic.folder:
            files += capitals
        records[clinic.folder] = writer.write(clinic.folder, values, files)
        if capitals and clinic.capitals != clinic.folder:
            records[clinic.capitals] = writer.write(clinic.capitals, values, capitals)
    return WrittenClinics(records, writer.count)
