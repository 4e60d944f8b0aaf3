"""The reference library against the world: looking entries up at Crossref and PubMed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from handoutpress.content.edition_filter import choose
from handoutpress.content.library import LIBRARY, Library, load_library, read_library
from handoutpress.content.models.references import Reference
from handoutpress.content.project import Project
from handoutpress.editorial.registries.adding import AddedReference, appended, found, new_entries
from handoutpress.editorial.registries.client import RegistryClient, RequestPolicy
from handoutpress.editorial.registries.lookup import CACHE, CROSSREF, PUBMED, Lookup, open_cache
from handoutpress.editorial.registries.verifying import ReferenceVerdict, WorkMatch, find, verify
from handoutpress.store.files import replace_shared_file
from handoutpress.yamlfile.problems import ContentError, HandoutError


@dataclass(frozen=True)
class Registries:
    """Where Crossref and PubMed answer, and the mail address that they ask for; ``fresh`` asks what is cached again."""

    mailto: str = ""
    crossref: str = CROSSREF
    pubmed: str = PUBMED
    fresh: bool = False

    def lookup(self, project: Project) -> Lookup:
        """Return what looks works up, with the cache of a project."""
        client = RegistryClient(RequestPolicy(self.mailto))
        cache = open_cache(project.root / CACHE)
        return Lookup(client, cache, crossref=self.crossref, pubmed=self.pubmed, ask_again=self.fresh)


def verify_references(
    project: Project, registries: Registries, *, keys: Sequence[str] = (), file: Path | None = None
) -> Iterator[tuple[Reference, ReferenceVerdict]]:
    """Compare entries of the library, or of another ``file``, with what the registries have, one after the other.

    ``keys`` are keys or patterns; none means all. Raises ``HandoutError`` where there are none and, at the end, where
    a registry cannot be reached; ``ContentError`` for mistakes in the file.
    """
    references = {reference.id: reference for reference in _entries(project, file, tuple(keys))}
    for verdict in verify(references.values(), registries.lookup(project)):
        yield references[verdict.key], verdict


def find_works(project: Project, registries: Registries, cited_as: str) -> Sequence[WorkMatch]:
    """Return papers for a reference as it is cited, with how like they are."""
    return find(cited_as, registries.lookup(project))


def _entries(project: Project, file: Path | None, keys: tuple[str, ...]) -> list[Reference]:
    library = read_library(project.read(file.resolve())) if file else load_library(project)
    if library.problems:
        raise ContentError(library.problems)
    if not library.references:
        raise HandoutError(f"There are no references. Hint: they stand in {file or LIBRARY}.")
    return [library.references[key] for key in choose(keys, list(library.references), "reference")]


def add_references(project: Project, registries: Registries, sources: Sequence[str]) -> list[AddedReference]:
    """Append the papers that ``sources`` stand for (DOIs, PMIDs, files) to the library, and say what became of each.

    What a registry has is confirmed; what a file says has not been looked up yet. Nothing is written where a source
    cannot be read. Raises ``HandoutError``.
    """
    path = project.root / LIBRARY
    is_empty = path.exists() and not path.read_bytes().strip()
    library = Library() if is_empty else load_library(project)
    if library.problems and not library.readable:
        raise ContentError(library.problems)
    own = library if library.path.name == LIBRARY else Library()
    lookup = registries.lookup(project)
    entries = [entry for source in sources for entry in found(source, lookup)]
    added = list(new_entries(entries, own))
    if new := [entry for reference, entry in added if not reference.already]:
        source = project.read(path) if path.exists() and not is_empty else None
        replace_shared_file(path, appended(source, new).encode(), 0o644)
    return [reference for reference, _ in added]
