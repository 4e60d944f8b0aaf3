"""The wheel and the sdist of this repository, built offline: the build backend is among the locked packages."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
MOMENT = "1767225600"
"""Seconds since 1970 that packages of tests are dated with."""


def build_wheel(folder: Path) -> Path:
    """Build the wheel into ``folder`` and return it."""
    return build_package("wheel", folder)


def build_package(kind: str, folder: Path, source: Path = ROOT) -> Path:
    """Build the ``wheel`` or the ``sdist`` of ``source`` into ``folder`` and return it."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(folder)]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": MOMENT}
    subprocess.run(command, cwd=source, check=True, capture_output=True, env=environment)
    (built,) = folder.glob("*.whl" if kind == "wheel" else "*.tar.gz")
    return built
