"""Copy the colour profile of the shipped print condition out of the Debian package that carries it (`make profile`).

The profile and its licence are taken over unchanged. The profile is pinned by the SHA-256 of its bytes, so a second
run writes the same ones, whichever revision of the package the archive has by then. Needs `apt-get`, `dpkg-deb` and
the network; nothing else in the project does at run time.
"""

import gzip
import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

PROFILES = Path(__file__).resolve().parent.parent / "profiles"
PACKAGE, SEEN_IN = "texlive-base", "2022.20230122-3"
"""The Debian package, and the version of it that the profile was last taken from."""
PROFILE = "usr/share/texlive/texmf-dist/tex/generic/colorprofiles/FOGRA39L_coated.icc"
LICENCE = "usr/share/doc/texlive-doc/generic/colorprofiles/README.gz"
SHA256 = "b35713ef7eff09349d4c3249e5f377736d06d8a2671c54712971a3546bf17c57"


def fetch(scratch: Path) -> Path:
    """Download and unpack the package into the empty folder ``scratch``; return the unpacked root."""
    subprocess.run(["apt-get", "download", PACKAGE], cwd=scratch, check=True, stdout=sys.stderr)
    (archive,) = scratch.glob("*.deb")
    root = scratch / "root"
    subprocess.run(["dpkg-deb", "--extract", archive, root], check=True)
    return root


def main() -> None:
    """Write the profile and its licence; SystemExit when the profile is not the pinned one."""
    with tempfile.TemporaryDirectory() as folder:
        root = fetch(Path(folder))
        profile = (root / PROFILE).read_bytes()
        found = hashlib.sha256(profile).hexdigest()
        if found != SHA256:
            raise SystemExit(f"{PROFILE} is not the profile of {PACKAGE} {SEEN_IN}: {found}")
        PROFILES.mkdir(exist_ok=True)
        (PROFILES / Path(PROFILE).name).write_bytes(profile)
        (PROFILES / "LICENSE.txt").write_bytes(gzip.decompress((root / LICENCE).read_bytes()))


if __name__ == "__main__":
    main()
