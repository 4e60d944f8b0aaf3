"""A real Dask cluster on this computer: a scheduler and workers, each a process of its own that talks over TCP."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

HERE = "127.0.0.1"
SUPPORT = Path(__file__).parents[1]
START = 120.0
"""Seconds in which a process begins to listen, on a machine that may be very busy."""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind((HERE, 0))
        return int(listener.getsockname()[1])


def tls_settings(authority: Path, certificate: Path) -> dict[str, str]:
    """Dask's own settings for TLS, as every process of a cluster has them; key and certificate are in one file."""
    start = "DASK_DISTRIBUTED__COMM__"
    settings = {f"{start}REQUIRE_ENCRYPTION": "true", f"{start}TLS__CA_FILE": str(authority)}
    for role in ("CLIENT", "SCHEDULER", "WORKER"):
        settings |= {f"{start}TLS__{role}__CERT": str(certificate), f"{start}TLS__{role}__KEY": str(certificate)}
    return settings


@dataclass
class DaskCluster:
    """The processes of a cluster. ``settings`` are Dask's own, as variables of the environment."""

    folder: Path
    settings: Mapping[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"dask://{HERE}:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """The environment of its processes; a client needs the same settings."""
        return {**os.environ, "PYTHONPATH": os.pathsep.join((str(SUPPORT), str(SUPPORT.parents[1]))), **self.settings}

    def start_scheduler(self) -> subprocess.Popen[bytes]:
        protocol = "tls" if self.settings else "tcp"
        words = ["--host", HERE, "--port", str(self.port), "--protocol", protocol, "--no-dashboard", "--no-show"]
        scheduler = self._start("distributed.cli.dask_scheduler", *words)
        give_up = time.monotonic() + START
        while time.monotonic() < give_up:
            with socket.socket() as probe:
                if probe.connect_ex((HERE, self.port)) == 0:
                    return scheduler
            time.sleep(0.1)
        raise TimeoutError("no scheduler")

    def start_worker(self) -> subprocess.Popen[bytes]:
        address = f"{'tls' if self.settings else 'tcp'}://{HERE}:{self.port}"
        return self._start("distributed.cli.dask_worker", address, *self._worker_words())

    def _worker_words(self) -> list[str]:
        local = str(self.folder / f"worker-{len(self.processes)}")
        return ["--nthreads", "1", "--no-nanny", "--host", HERE, "--no-dashboard", "--local-directory", local]

    def _start(self, module: str, *words: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{module}.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", module, *words], env=self.environment, stdout=log, stderr=log, cwd=self.folder
            )
        self.processes.append(process)
        return process

    def end(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.kill()
            process.wait()


@contextmanager
def dask_cluster(folder: Path, workers: int, settings: Mapping[str, str]) -> Iterator[DaskCluster]:
    """Start a cluster, and end its processes."""
    folder.mkdir(parents=True, exist_ok=True)
    cluster = DaskCluster(folder, settings)
    try:
        cluster.start_scheduler()
        for _ in range(workers):
            cluster.start_worker()
        yield cluster
    finally:
        cluster.end()


@contextmanager
def cluster_here(folder: Path) -> Iterator[str]:
    """Give the address of a scheduler and a worker within this process, which talk over TCP."""
    distributed = import_module("distributed")
    with distributed.LocalCluster(
        n_workers=1,
        threads_per_worker=1,
        processes=False,
        protocol="tcp",
        host=HERE,
        dashboard_address=f"{HERE}:0",  # None takes port 8787, which another test may hold
        local_directory=str(folder),
    ) as local:
        yield local.scheduler_address.replace("tcp", "dask")
