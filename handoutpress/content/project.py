"""A project: a folder with ``handouts/``, laid over the folders that come with Handout Press."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from handoutpress.yamlfile.problems import HandoutError
from handoutpress.yamlfile.source import YamlSource, read_yaml

FOLDERS = (
    "brands",
    "formats",
    "kinds",
    "languages",
    "countries",
    "templates",
    "styles",
    "looks",
    "rules",
    "poses",
    "pictures",
    "icons",
    "fonts",
)
"""What a project may override or add to, file by file."""
LOOKS = "*/look.css"
"""The stylesheets of looks, in their folder."""
# In a checkout the built-in root is the whole repository: only what lies in these folders of it is content.
_IN_FOLDERS = {(folder,) for folder in FOLDERS}


def builtin_root() -> Path:
    """Return the folder of the built-in folders: in the wheel, or the repository that the package lies in."""
    package = Path(__file__).resolve().parents[1]
    carried = package / "_builtin"
    return carried if carried.is_dir() else package.parent


@dataclass(frozen=True)
class Project:
    """Where files are looked up: first in ``root``, then in ``builtin``. Both are absolute and resolved.

    ``store`` is the address of one in which several machines that print it share its plates; "" for one machine.
    """

    root: Path
    builtin: Path
    store: str = ""

    def file(self, name: str) -> Path:
        """Return the file ``name`` (``styles/a4.css``) of the project, or the built-in one.

        Raises ``HandoutError`` if neither has it, or if ``name`` leads outside both.
        """
        for root in self._roots(name.partition("/")[0]):
            path = root / name
            if path.is_file() and self.contains(path):
                return path
        raise HandoutError(f'There is no file "{name}" in {self.root.as_posix()}, nor a built-in one.')

    def files(self, folder: str, pattern: str = "*.yaml") -> dict[str, Path]:
        """Return the files of ``folder`` that match ``pattern`` by name, in order; the project's hide built-in ones.

        A file's name is its stem; for a pattern with a folder in it (``*/_brand.yml``) it is that folder's path. Of
        the built-in brands only the default one is meant for every project. Raises ``HandoutError`` for a name that is
        not UTF-8.
        """
        files: dict[str, Path] = {}
        for root in reversed(self._roots(folder)):
            for path in (root / folder).glob(pattern):
                check_path(path)
                inner = path.relative_to(root / folder)
                name = inner.parent.as_posix() if "/" in pattern else inner.stem
                if root == self.root or folder != "brands" or name == "default":
                    files[name] = path
        return dict(sorted(files.items()))

    def contains(self, path: Path) -> bool:
        """Return whether ``path``, links followed, lies in the project or among the built-in folders."""
        try:
            real = path.resolve()
        except (OSError, RuntimeError, ValueError):
            return False
        if real.is_relative_to(self.root):
            return True
        return real.is_relative_to(self.builtin) and real.relative_to(self.builtin).parts[:1] in _IN_FOLDERS

    def show(self, path: Path) -> str:
        """Return ``path`` as messages name it: from the project's folder, or ``built-in/…``."""
        absolute = path if path.is_absolute() else Path.cwd() / path
        if absolute.is_relative_to(self.root):
            return absolute.relative_to(self.root).as_posix()
        if absolute.is_relative_to(self.builtin):
            return f"built-in/{absolute.relative_to(self.builtin).as_posix()}"
        return path.as_posix()

    def read(self, path: Path) -> YamlSource:
        """Read a YAML file of the project, named as ``show`` does. Raises ``ContentError``."""
        return read_yaml(path, Path(self.show(path)))

    def _roots(self, folder: str) -> tuple[Path, ...]:
        return (self.root, self.builtin) if folder in FOLDERS and self.root != self.builtin else (self.root,)


def check_path(path: Path) -> None:
    """Raise ``HandoutError`` for a path whose name is not UTF-8: no YAML, no PDF and no web page could say it."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        shown = os.fsencode(path).decode("utf-8", "replace")
        raise HandoutError(f"The name {shown} is not UTF-8. Hint: rename that file or folder.") from None


def find_project(start: Path) -> Project:
    """Return the project that ``start`` is, or lies in. Raises ``HandoutError`` if there is none."""
    here = start.resolve()
    check_path(here)
    for folder in (here, *here.parents):
        if (folder / "handouts").is_dir():
            return Project(folder, builtin_root())
    sentence = f"{start.as_posix()} is not a project, and lies in none: a project is a folder with handouts/ in it."
    raise HandoutError(f"{sentence} Hint: make one with: handouts init FOLDER")
