"""A folder as a store of objects, on a disk that every machine mounts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from handoutpress.store.files import create_file, is_below


class FolderStore:
    """Objects as files below a folder, which is made with the first of them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def address(self) -> str:
        return self._folder.as_posix()

    def put(self, name: str, content: bytes) -> bool:
        """Put an object in one step unless one of this name is there; say whether this call put it."""
        path = self._path(name)
        if path.exists():
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        return create_file(path, content)

    def get(self, name: str) -> bytes | None:
        """Return an object's content, or None where there is none of this name."""
        try:
            return self._path(name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def names(self, folder: str) -> Iterator[str]:
        """Yield the names of all objects below ``folder``; what a killed writer left half written is none."""
        for path in (self._folder / folder).rglob("*"):
            if path.is_file() and not path.name.startswith("."):
                yield path.relative_to(self._folder).as_posix()

    def _path(self, name: str) -> Path:
        if not is_below(name):
            raise ValueError(name)
        return self._folder / name
