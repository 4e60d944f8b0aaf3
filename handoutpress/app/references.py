"""The reference library against the world: looking entries up at Crossref and PubMed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from handoutpress.content.edition_filter import choose
from handoutpress.content.library import LIBRARY, Library, is_blank, load_library, read_library
from handoutpress.content.models.references import Reference
from handoutpress.content.project import Project
from handoutpress.editorial.registries.adding import AddedReference, appended, found, new_entries
from handoutpress.editorial.registries.client import RegistryClient, RequestPolicy
from handoutpress.editorial.registries.drafted import draft_files, rewritten
from handoutpress.editorial.registries.looked_up import noted
from handoutpress.editorial.registries.lookup import CACHE, CROSSREF, PUBMED, Lookup, open_cache
from handoutpress.editorial.registries.papers import KnownPapers
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


def note_day(project: Project, keys: Collection[str], day: date) -> Path | None:
    """Write ``day`` into the entries ``keys`` of the library as that on which they were looked up; return its file.

    None where there is nothing to write. Raises ``HandoutError`` for a library that is JSON.
    """
    path = load_library(project).path
    source = project.read(path)
    text = noted(source, keys, day)
    if text == source.text:
        return None
    replace_shared_file(path, text.encode(), 0o644)
    return path


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


@dataclass(frozen=True)
class AddedPapers:
    """What became of each entry, and the files of drafts in which keys were replaced."""

    references: tuple[AddedReference, ...]
    rewritten: tuple[Path, ...] = ()


def add_references(project: Project, registries: Registries, sources: Sequence[str]) -> AddedPapers:
    """Append the papers that ``sources`` stand for (DOIs, PMIDs, files) to the library, and say what became of each.

    What a registry has is confirmed; what a file says has not been looked up yet. Where a paper of a draft's list gets
    another key, the list and the draft get it, too. Nothing is written where a source cannot be read, or where an entry
    of any other file has the key of another paper. Raises ``HandoutError``.
    """
    path = project.root / LIBRARY
    is_empty = is_blank(path)
    library = Library() if is_empty else load_library(project)
    if library.problems and not library.readable:
        raise ContentError(library.problems)
    papers = KnownPapers([library] if library.path.name == LIBRARY else [])
    lookup = registries.lookup(project)
    added: list[tuple[AddedReference, dict[str, Any]]] = []
    texts: dict[Path, str] = {}
    for source, entries in [(source, found(source, lookup)) for source in sources]:
        of_source = list(new_entries(entries, papers))
        texts |= _drafts_with_keys(source, [reference for reference, _ in of_source], papers)
        added += of_source
    new = [entry for reference, entry in added if not reference.already]
    existing = project.read(path) if new and path.exists() and not is_empty else None
    text = appended(existing, new) if new else ""
    # The library last: whatever stops before it, the next run finds list and draft with the same keys.
    for draft, words in texts.items():
        replace_shared_file(draft, words.encode())
    if new:
        replace_shared_file(path, text.encode(), 0o644)
    return AddedPapers(tuple(reference for reference, _ in added), tuple(texts))


def _drafts_with_keys(source: str, added: Sequence[AddedReference], papers: KnownPapers) -> dict[Path, str]:
    """Return the texts of the draft that the list ``source`` belongs to, with the keys that its papers got."""
    keys = {reference.key_there: reference.key for reference in added if reference.key_there}
    listed = Path(source)
    if keys and draft_files(listed):
        return rewritten(listed, keys)
    taken = {old: new for old, new in keys.items() if papers.is_taken(old)}
    if taken:
        pairs = ", ".join(f'"{new}" for "{old}"' for old, new in taken.items())
        named = ", ".join(f'"{key}"' for key in taken)
        sentence = f"{listed.as_posix()} gives papers keys that other papers have in the library: {named}."
        raise HandoutError(f"{sentence} Hint: write {pairs} there, and wherever you cite these papers.")
    return {}
