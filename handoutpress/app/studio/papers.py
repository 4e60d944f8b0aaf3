"""Papers added to a project's library: by their number, or from a file of a program for references."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from handoutpress.app.references import Registries, add_references
from handoutpress.content.models.references import CITABLE
from handoutpress.content.project import Project
from handoutpress.editorial.registries.adding import EXPORTS, FILES
from handoutpress.store.files import replace_file
from handoutpress.yamlfile.problems import HandoutError


@dataclass(frozen=True)
class NewPaper:
    """A paper that is in the library now, and whether it may be cited: one that nobody has looked up may not."""

    title: str
    is_citable: bool


def add_paper(project: Project, registries: Registries, number: str) -> tuple[NewPaper, ...]:
    """Look a DOI or PMID up, add its paper to the library, and return it. Raises ``HandoutError``."""
    # A path would be read as a file.
    if Path(number.strip()).suffix.lower() in FILES:
        raise HandoutError("This is neither a DOI nor a PMID.")
    return _added(project, registries, number.strip())


def add_exported(project: Project, name: str, content: bytes) -> tuple[NewPaper, ...]:
    """Add the papers in a file called ``name`` to the library, and return them. Raises ``HandoutError``."""
    ending = Path(name).suffix.lower()
    if ending not in EXPORTS:
        raise HandoutError("This is no RIS, BibTeX or CSL file.")
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"papers{ending}"
        replace_file(path, content)
        return _added(project, Registries(), str(path))


def _added(project: Project, registries: Registries, source: str) -> tuple[NewPaper, ...]:
    added = add_references(project, registries, [source]).references
    return tuple(NewPaper(reference.title, reference.status in CITABLE) for reference in added)
