"""A chain printed by one machine's workers, by eight shards and by a Dask cluster with TLS: the same, byte for byte.

``HANDOUTS_CLINICS`` is how many clinics the chain has.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest
from cluster_support.clinics import chain_in
from cluster_support.dask_cluster import dask_cluster, tls_settings
from mail_support.server import make_certificates

CLINICS, HANDOUTS, FORMATS = int(os.environ.get("HANDOUTS_CLINICS", "200")), 6, ("a4-leaflet", "a4-large-print")
OUTPUTS = CLINICS * HANDOUTS * len(FORMATS)
CHOICE = [word for name in FORMATS for word in ("--format", name)]
PROGRAM = Path(__file__).parents[2] / "generate.py"


@pytest.mark.soak
def test_workers_shards_and_a_cluster_give_the_same_bytes(tmp_path: Path) -> None:
    root = chain_in(tmp_path / "chain", CLINICS, HANDOUTS)
    handouts(root, "build", *CHOICE, "--no-html", "--out", "../pool", "--jobs", "2")
    handouts(root, "plan", "--to", "../shards", *CHOICE, "--no-html")
    for number in range(1, 9):
        handouts(root, "build", "--plan", "../shards", "--shard", f"{number}/8")
    certificates = make_certificates(tmp_path)
    settings = tls_settings(certificates.authority, certificates.certificate)
    with dask_cluster(tmp_path / "dask", 3, settings) as cluster:
        words = ("build", "--on", cluster.address, "--store", "../cluster", *CHOICE, "--no-html")
        handouts(root, *words, environment=cluster.environment)
    handouts(root, "pull", "../shards", "../from-shards")
    handouts(root, "pull", "../cluster", "../from-cluster")
    made = digests(tmp_path / "pool")
    assert len(made) == OUTPUTS + 1  # and the manifest
    assert digests(tmp_path / "from-shards") == made
    assert digests(tmp_path / "from-cluster") == made


def handouts(root: Path, *words: str, environment: Mapping[str, str] | None = None) -> None:
    """Run a command in the project at ``root``, and see it succeed."""
    done = subprocess.run(
        [sys.executable, PROGRAM, *words], cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def digests(out: Path) -> dict[str, str]:
    """Return the SHA-256 of each file of an output folder, by its name there."""
    files = [path for path in out.rglob("*") if path.is_file() and ".handouts" not in path.parts]
    return {path.relative_to(out).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}
