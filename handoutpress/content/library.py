"""The reference library, entry by entry: ``references.yaml`` or ``references.json``, as Zotero and Pandoc write CSL."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from handoutpress.content.models.references import Reference
from handoutpress.content.project import Project
from handoutpress.yamlfile.explain import load_record
from handoutpress.yamlfile.problems import ContentError, MessageAndHint, Problem
from handoutpress.yamlfile.source import Location, YamlSource

LIBRARY = "references.yaml"
JSON_LIBRARY = "references.json"
"""The library as Zotero exports it; read where there is no ``references.yaml``."""
TO_FIND = "to-find"
"""What a draft cites in place of a paper that nobody has looked up yet."""
NOT_FOUND_YET = MessageAndHint(
    f'This still reads "{TO_FIND}": the paper is yet to be named.',
    'look the paper up, add it with "handouts references add" and its DOI or PMID, and write its key here.',
)


@dataclass(frozen=True)
class Library:
    """The entries without mistakes by id, where each stands in ``path``, and the mistakes: ``broken`` is one an id.

    ``readable`` is False where the file as a whole could not be read: nothing that cites can be printed then.
    """

    references: Mapping[str, Reference] = field(default_factory=dict)
    broken: Mapping[str, Problem] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    digest: str = ""
    readable: bool = True
    path: Path = Path(LIBRARY)
    places: Mapping[str, Location] = field(default_factory=dict)


def load_library(project: Project) -> Library:
    """Read the project's library; without a file it is empty. Its mistakes come as values."""
    path = library_path(project.root)
    if not path.exists():
        return Library(path=path)
    try:
        library = read_library(project.read(path))
    except ContentError as error:
        return Library(problems=error.problems, readable=False, path=path)
    if path.name == LIBRARY and (path.with_name(JSON_LIBRARY)).exists():
        library = replace(library, problems=(*library.problems, _two_libraries(project, path)))
    return replace(library, path=path)


def library_path(root: Path) -> Path:
    """Return where the library of the project at ``root`` stands, or would stand."""
    path, exported = root / LIBRARY, root / JSON_LIBRARY
    return exported if exported.exists() and not path.exists() else path


def is_blank(path: Path) -> bool:
    """Return whether the library at ``path`` is a file with nothing in it, as one that has just been made."""
    return path.exists() and not path.read_bytes().strip()


def _two_libraries(project: Project, path: Path) -> Problem:
    sentence = f"There are two libraries, {LIBRARY} and {JSON_LIBRARY}; only the first is read."
    hint = f"run handouts references add {JSON_LIBRARY}, then delete it."
    return Problem(Path(project.show(path.with_name(JSON_LIBRARY))), 0, 0, sentence, hint)


def read_library(source: YamlSource) -> Library:
    """Read a list of entries, or ``{references: [...]}``. Raises ``ContentError`` if it is neither."""
    start = _start(source)
    references: dict[str, Reference] = {}
    broken: dict[str, Problem] = {}
    problems: list[Problem] = []
    places: dict[str, Location] = {}
    for index, part in source.root.at(start).parts.items():
        name = part.value.get("id") if isinstance(part.value, dict) else None
        try:
            entry = load_record(source, Reference, (*start, index))
        except ContentError as error:
            problems += error.problems
            broken[str(name)] = error.problems[0]
            continue
        if entry.id in references:
            problems.append(_twice(source, entry.id, (*start, index)))
            broken[entry.id] = problems[-1]
        references[entry.id] = entry
        places[entry.id] = (*start, index)
    return Library(
        references={name: entry for name, entry in references.items() if name not in broken},
        broken=broken,
        problems=tuple(sorted(problems)),
        digest=source.digest,
        path=source.path,
        places=places,
    )


def kept_entries(source: YamlSource, keys: Collection[str]) -> str:
    """Return the text of the entries of ``keys`` in a library, each as it is written."""
    library = read_library(source)
    lines = source.text.splitlines(keepends=True)
    begins = sorted((source.place(location)[0] - 1, key) for key, location in library.places.items())
    ends = [line for line, _ in begins[1:]] + [len(lines)]
    kept = [lines[begin:end] for (begin, key), end in zip(begins, ends, strict=True) if key in keys]
    return "".join(line for entry in kept for line in entry)


def _start(source: YamlSource) -> Location:
    start: Location = ("references",) if isinstance(source.data, dict) else ()
    if not isinstance(source.root.at(start).value, list):
        hint = 'begin each entry with "- id: …".'
        raise ContentError([source.problem(start, "The library must be a list of references.", hint)])
    return start


def _twice(source: YamlSource, name: str, location: Location) -> Problem:
    entries = source.root.at(location[:-1]).value
    first = next(index for index, entry in enumerate(entries) if entry.get("id") == name)
    line = source.place((*location[:-1], first))[0]
    hint = "keep one of them."
    return source.problem((*location, "id"), f'The reference "{name}" is given twice, first on line {line}.', hint)


def uncitable_hint(reference: Reference) -> str:
    """Return the way on for who cites an entry that is neither confirmed nor corrected."""
    hint = "run handouts references verify, or cite another paper"
    if reference.custom.status == "not-verified":
        hint += "; or read the paper yourself and write at its entry: custom: {status: confirmed}"
    return f"{hint}."


def broken_words(key: str, problem: Problem) -> MessageAndHint:
    """Return what to say of a citation of ``key``, whose entry has ``problem`` in the library."""
    place = f"{problem.path.as_posix()}, line {problem.line}"
    return MessageAndHint(f'The reference "{key}" has a mistake in {place}: {problem.sentence}', "mend that line.")
