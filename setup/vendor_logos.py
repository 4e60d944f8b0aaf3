"""Fetch two collections of real logos for the soak test of SVG (`make logos`), into .logos/, which Git ignores.

The packages are pinned by version and by the SHA-512 of their archive. Needs `npm` and the network; no page is ever
made from them.
"""

import json
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from npm_archives import fetch_archive

LOGOS = Path(__file__).resolve().parent.parent / ".logos"
ICONIFY = (
    "@iconify-json/logos",
    "1.2.19",
    "sha512-ICjDNu2RW4xMk+0YAHyrTj/pW2BHgywcYyvf9DS16upalmSUbg+WqkEYJRim8iVOuVylyo9FFjzWLzACFhj8oA==",
)
DEVICON = (
    "devicon",
    "2.17.0",
    "sha512-2nKUdjobJlmRSaCHa50PGsVq0VDURnq9gVzQoJggsM/NKN0tLhC/Uq2zmy2pH36Q/1q3gvYwp/GjTgv/R0Ysbg==",
)
NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def members(package: tuple[str, str, str], suffix: str) -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of each file of a package that ends with `suffix`."""
    with tempfile.TemporaryDirectory() as scratch, tarfile.open(fetch_archive(*package, Path(scratch))) as archive:
        for member in archive:
            stream = archive.extractfile(member) if member.name.endswith(suffix) else None
            if stream:
                yield Path(member.name).stem, stream.read()


def drawn(icon: dict[str, Any], shared: dict[str, Any]) -> str:
    """One icon of Iconify's JSON as an SVG file."""
    width, height = (icon.get(name, shared[name]) for name in ("width", "height"))
    view = f"{icon.get('left', 0)} {icon.get('top', 0)} {width} {height}"
    return f'<svg {NAMESPACES} viewBox="{view}" width="{width}" height="{height}">{icon["body"]}</svg>'


def main() -> None:
    """Write a file for each logo, by the name of its collection and its own."""
    LOGOS.mkdir(exist_ok=True)
    for _, data in members(ICONIFY, "/icons.json"):
        shared = json.loads(data)
        for name, icon in shared["icons"].items():
            (LOGOS / f"iconify-{name}.svg").write_text(drawn(icon, shared), encoding="utf-8")
    for name, data in members(DEVICON, ".svg"):
        (LOGOS / f"devicon-{name}.svg").write_bytes(data)


if __name__ == "__main__":
    main()
