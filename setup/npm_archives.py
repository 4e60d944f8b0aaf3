"""Archives of npm packages, each pinned by its version and by the SHA-512 of its bytes. Needs `npm` and the network."""

import base64
import hashlib
import subprocess
import sys
from pathlib import Path


def fetch_archive(package: str, version: str, integrity: str, folder: Path) -> Path:
    """Download one package's archive into the empty `folder`; SystemExit when it is not the pinned one."""
    subprocess.run(["npm", "pack", "--silent", f"{package}@{version}"], cwd=folder, check=True, stdout=sys.stderr)
    (archive,) = folder.glob("*.tgz")
    found = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != integrity:
        raise SystemExit(f"{package} {version} is not the archive that was pinned: {found}")
    return archive
