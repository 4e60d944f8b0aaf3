"""A rebrand by one machine's workers and by a Dask cluster on it: PDFs a second, and a second of a core."""

from __future__ import annotations

import os
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.pages import FORMAT, ROOT
from benchmarks.synthetic import make_chain, write_logo
from benchmarks.tables import Table

CLINICS, HANDOUTS = 200, 5
HERE = "127.0.0.1"
_TURNS = count(1)
_TICKS = os.sysconf("SC_CLK_TCK")
_SETTINGS = {"DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "false"}
"""As ``docs/scale.md`` advises."""


class Rate(NamedTuple):
    """What making all PDFs took: seconds of a clock, and of a processor in all processes together."""

    seconds: float
    processor: float

    def cells(self, pdfs: int) -> tuple[str, str]:
        return f"{pdfs / self.seconds:.0f}", f"{pdfs / self.processor:.0f}"


def tables() -> list[Table]:
    """Measure from one worker to one a core."""
    rows = []
    pdfs = CLINICS * HANDOUTS
    with TemporaryDirectory() as name:
        project = Path(name) / "chain"
        project.mkdir()
        make_chain(project, CLINICS, HANDOUTS)
        cores = len(os.sched_getaffinity(0))
        _on_pool(project, cores)  # plates
        _on_dask(project, cores)
        for workers in range(1, cores + 1):
            pool = _on_pool(project, workers)
            dask = _on_dask(project, workers)
            share = pool.processor / dask.processor
            rows.append((str(workers), *pool.cells(pdfs), *dask.cells(pdfs), f"{share:.2f}"))
    columns = (
        "workers",
        "pool: PDFs a second",
        "a second of a core",
        "Dask: PDFs a second",
        "a second of a core",
        "Dask's rate a core, of the pool's",
    )
    remark = (
        f"{CLINICS:,} clinics × {HANDOUTS} handouts, each with another logo than before; plates cached. "
        "Planning, proofs and, for Dask, the scheduler and the puts are in it."
    )
    return [Table("A rebrand on one machine and on a Dask cluster", columns, rows, remark)]


def _on_pool(project: Path, workers: int) -> Rate:
    _rebrand(project)
    return _timed(project, ("build", "--jobs", str(workers), "--out", str(project.parent / "out")))


def _on_dask(project: Path, workers: int) -> Rate:
    with _cluster(project.parent, workers) as (address, processes):
        words = ("build", "--on", address, "--store", str(project.parent / "store"))
        _rebrand(project)
        before = _processor_time(processes)
        rate = _timed(project, words)
        return rate._replace(processor=rate.processor + _processor_time(processes) - before)


def _rebrand(project: Path) -> None:
    """Give each clinic a logo that it has not had before."""
    turn = next(_TURNS)
    for number in range(CLINICS):
        write_logo(project / "brands" / f"clinic-{number:04d}", number, turn=turn)


def _timed(project: Path, words: Sequence[str]) -> Rate:
    """Run a command to its end; the processes that it starts count, too."""
    command = [sys.executable, str(ROOT / "generate.py"), *words, "--format", FORMAT, "--no-html"]
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, cwd=project, check=True, capture_output=True)
    seconds, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Rate(seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def _processor_time(processes: Sequence[subprocess.Popen[bytes]]) -> float:
    """Return the seconds of a processor that some processes have taken so far (Linux)."""
    ticks = 0
    for process in processes:
        fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / _TICKS


@contextmanager
def _cluster(folder: Path, workers: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Start a scheduler and workers of one thread each; give its address for us, and the processes."""
    with socket.socket() as listener:
        listener.bind((HERE, 0))
        port = listener.getsockname()[1]
    scheduler = ["scheduler", "--host", HERE, "--port", str(port), "--no-dashboard", "--no-show"]
    worker = ["worker", f"tcp://{HERE}:{port}", "--nthreads", "1", "--no-nanny", "--host", HERE, "--no-dashboard"]
    processes = [_start(folder, scheduler)]
    try:
        processes += [_start(folder, worker) for _ in range(workers)]
        yield f"dask://{HERE}:{port}", processes
    finally:
        for process in processes:
            process.kill()
            process.wait()


def _start(folder: Path, words: Sequence[str]) -> subprocess.Popen[bytes]:
    module = f"distributed.cli.dask_{words[0]}"
    return subprocess.Popen(
        [sys.executable, "-m", module, *words[1:]],
        cwd=folder,
        env=os.environ | _SETTINGS,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
