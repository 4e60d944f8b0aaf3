"""All that has changed of a site, written: by this process, or by several where there are thousands of files."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from errno import ECHILD
from itertools import groupby
from pathlib import Path
from typing import Self

from handoutpress.site.changes import ClinicChange
from handoutpress.site.file_writer import (
    FileContent,
    FileWriter,
    PageToFill,
    WriteTask,
    begin_work,
    begun,
    do_tasks,
    remove,
)
from handoutpress.site.pages.page_plate import FilledPage, PageParts
from handoutpress.store.processes import WORKERS

WORTH_PROCESSES = 1_000
"""Files from which on processes that are ready write them sooner than this one."""
_MOST_AT_A_TIME = 50
"""Clinics that a process gets at once, with the plates of their pages: 100 kB a clinic, 5 MB for all plates."""
_SETS = 4
"""Into so many sets for each process fewer clinics are parted, so that all end at about the same time."""
_AHEAD = 2
"""Such sets for each process that may wait to be written."""


class SiteWriter:
    """Writes the files of clinics into one folder, by at most so many processes.

    These start at once, so that they are ready when it is known what has changed: as a context manager it ends them.
    """

    def __init__(self, out: Path, processes: int = 1) -> None:
        self._out = out
        self._processes = processes
        self._pool = ProcessPoolExecutor(processes, WORKERS, begin_work) if processes > 1 else None

    def __enter__(self) -> Self:
        if self._pool:
            for _ in range(self._processes):
                self._pool.submit(begun)
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def write(self, changes: Sequence[ClinicChange]) -> int:
        """Do what is to be done for clinics, and return how many files were removed. Raises ``OSError``."""
        if self._pool and sum(map(len, changes)) >= WORTH_PROCESSES:
            return self._by_processes(self._pool, changes)
        writer = FileWriter({})
        return sum(writer.do(self._task(change, {})) for change in changes)

    def _by_processes(self, pool: ProcessPoolExecutor, changes: Sequence[ClinicChange]) -> int:
        try:
            return sum(self._done_by(pool, changes))
        except BrokenProcessPool:
            said = "a process that writes its files has ended before it was done"
            raise ChildProcessError(ECHILD, said, str(self._out)) from None

    def _done_by(self, pool: ProcessPoolExecutor, changes: Sequence[ClinicChange]) -> Iterator[int]:
        """Yield how many files were removed of some clinics after the other."""
        plates = _in_common(changes)
        waiting = deque[Future[int]]()
        size = min(_MOST_AT_A_TIME, len(changes) // (_SETS * self._processes))
        for clinics in _in_sets(_by_clinic(changes), size):
            waiting.append(pool.submit(do_tasks, plates, [self._task(change, plates) for change in clinics]))
            if len(waiting) > _AHEAD * self._processes:
                yield waiting.popleft().result()
        yield from (each.result() for each in waiting)

    def _task(self, change: ClinicChange, plates: Mapping[str, PageParts]) -> WriteTask:
        """Return what is to be done for a clinic; of pages that are not among ``plates``, the bytes."""
        values: dict[str, dict[str, bytes]] = {}
        files = list[tuple[str, FileContent]]()
        for path in change.shared:
            source = change.files.source(path)
            if isinstance(source, FilledPage) and source.plate.digest in plates:
                chosen = values.setdefault(source.language, {})
                chosen |= {name: source.values[name] for name in source.plate.parts.slots - chosen.keys()}
                files.append((path, PageToFill(source.plate.digest, source.language)))
            else:
                files.append((path, source if isinstance(source, str) else source()))
        files += [(file.path, file.source if isinstance(file.source, str) else file.source()) for file in change.own]
        root = self._out / change.files.folder
        return WriteTask(str(root), files, change.gone, values)

    def remove(self, folder: str, paths: Iterable[str]) -> int:
        """Remove files of a clinic, and folders in which nothing is left; return how many files there were."""
        return remove(self._out / folder, paths)


def _in_common(changes: Iterable[ClinicChange]) -> dict[str, PageParts]:
    """Return the plates of pages that several clinics have, by digest."""
    sets = Counter(id(change.shared) for change in changes)
    of_sets = {id(change.shared): change for change in changes}
    sources = (of_sets[key].files.source(path) for key in of_sets if sets[key] > 1 for path in of_sets[key].shared)
    return {source.plate.digest: source.plate.parts for source in sources if isinstance(source, FilledPage)}


def _by_clinic(changes: Iterable[ClinicChange]) -> Iterator[list[ClinicChange]]:
    """Yield changes together that one process must do in order: a clinic's files in capitals are links to others."""
    for _, clinic in groupby(changes, lambda change: change.files.folder.casefold()):
        yield list(clinic)


def _in_sets(clinics: Iterable[Sequence[ClinicChange]], size: int) -> Iterator[list[ClinicChange]]:
    """Yield the changes of clinics in sets of at least ``size`` changes, the last aside."""
    together: list[ClinicChange] = []
    for clinic in clinics:
        together += clinic
        if len(together) >= size:
            yield together
            together = []
    if together:
        yield together
