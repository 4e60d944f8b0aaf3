"""New entries of the reference library: looked up by their number, or read from an export, and appended to its file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from handoutpress.content.library import JSON_LIBRARY, read_library
from handoutpress.content.models.references import Reference
from handoutpress.editorial.importing.bibliography import slug
from handoutpress.editorial.registries.exports import read_bibtex, read_ris
from handoutpress.editorial.registries.lookup import Lookup
from handoutpress.editorial.registries.papers import KnownPapers
from handoutpress.editorial.registries.records import entry_of_crossref, entry_of_pubmed
from handoutpress.editorial.registries.works import from_reference
from handoutpress.yamlfile.decoding import decode_foreign
from handoutpress.yamlfile.problems import ContentError, HandoutError
from handoutpress.yamlfile.source import YamlSource, read_yaml
from handoutpress.yamlfile.textfile import read_bytes

_DOI = re.compile(r"(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_PMID = re.compile(r"(?:https?://pubmed\.ncbi\.nlm\.nih\.gov/|PMID:?\s*)?(\d{1,8})/?", re.IGNORECASE)
EXPORTS = (".bib", ".bibtex", ".ris", ".json")
"""How files end that programs for references export."""
FILES = (*EXPORTS, ".yaml", ".yml")
_END = re.compile(r"^\.\.\.[ \t]*$\s*\Z", re.MULTILINE)


@dataclass(frozen=True)
class AddedReference:
    """What became of one entry: the key that it has in the library, and whether it was there ``already``.

    ``key_there`` is the key that the file gave it, where that is another one.
    """

    key: str
    title: str
    status: str
    already: bool = False
    key_there: str = ""


def found(source: str, lookup: Lookup) -> list[dict[str, Any]]:
    """Return the entries that ``source`` stands for: a DOI, a PMID, or a file of BibTeX, RIS or CSL.

    Raises ``HandoutError`` for what is none of these, or leads nowhere.
    """
    path = Path(source)
    if path.suffix.lower() in FILES:
        return _of_file(path)
    if match := _DOI.fullmatch(source.strip()):
        entry = entry_of_crossref(lookup.crossref_record(match[1]) or {})
    elif match := _PMID.fullmatch(source.strip()):
        entry = entry_of_pubmed(lookup.pubmed_record(match[1]) or {}, match[1])
    else:
        hint = f"give a DOI (10.…), a PMID (digits), or a file that ends with {', '.join(EXPORTS)} or .yaml."
        raise HandoutError(f'"{source}" is neither a number of a paper nor a file of references. Hint: {hint}')
    if entry is None:
        raise HandoutError(f"{source} leads nowhere. Hint: compare it with the paper, digit by digit.")
    return [entry]


def _of_file(path: Path) -> list[dict[str, Any]]:
    if path.suffix.lower() in (".bib", ".bibtex", ".ris"):
        text = decode_foreign(read_bytes(path, path), path)
        entries = (read_ris if path.suffix.lower() == ".ris" else read_bibtex)(text, path)
    else:
        source = read_yaml(path)
        library = read_library(source)
        if library.problems:
            raise ContentError(library.problems)
        entries = [dict(source.root.at(library.places[key]).value) for key in library.references]
    if not entries:
        raise HandoutError(f"{path.as_posix()} has no references.")
    return entries


def new_entries(
    entries: Iterable[dict[str, Any]], papers: KnownPapers
) -> Iterator[tuple[AddedReference, dict[str, Any]]]:
    """Yield what becomes of each entry, and the entry under a key of its own, kept in ``papers``.

    Raises ``HandoutError``.
    """
    for entry in entries:
        given = str(entry.get("id") or "")
        reference = _checked({**entry, "id": given or _key(entry)})
        work = from_reference(reference)
        there = papers.key_of(work)
        key = there or papers.unused(reference.id)
        if there is None:
            papers.keep(key, work)
        key_there = given if given != key else ""
        words = (key, reference.plain_title, reference.custom.status)
        yield AddedReference(*words, already=there is not None, key_there=key_there), {"id": key, **_without_key(entry)}


def _checked(entry: dict[str, Any]) -> Reference:
    try:
        return Reference.model_validate(entry)
    except ValidationError as error:
        field = ".".join(str(step) for step in error.errors()[0]["loc"]) or "entry"
        sentence = f'The "{field}" of the entry "{entry["id"]}" cannot be read.'
        raise HandoutError(f"{sentence} Hint: correct it in the file that it comes from.") from None


def _without_key(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key != "id"}


def _key(entry: dict[str, Any]) -> str:
    """Return family name and year, as the keys of the built-in library are."""
    author: dict[str, str] = next(iter(entry.get("author") or ()), {})
    year = re.search(r"\d{4}", json.dumps(entry.get("issued", "")))
    return slug(f"{author.get('family') or author.get('literal') or 'reference'} {year[0] if year else ''}", 60)


def appended(source: YamlSource | None, entries: Iterable[dict[str, Any]]) -> str:
    """Return the library's text with ``entries`` behind the others, whose bytes stay as they are.

    Raises ``HandoutError`` for a library that is written in brackets, as JSON is.
    """
    text = source.text if source else ""
    start = ("references",) if source and isinstance(source.data, dict) else ()
    node = source.root.at(start) if source else None
    if source and (source.path.name == JSON_LIBRARY or (node and node.style == "" and text[:1] in "[{")):
        raise HandoutError(f"{source.path.as_posix()} is JSON. Hint: rename it, and add it to a new references.yaml.")
    first = next(iter(node.parts.values()), None) if node else None
    # The dash of an entry stands two columns before its first key.
    margin = " " * max((first.place[1] - 3) if first else 0, 0)
    end = _END.search(text)
    body, tail = (text[: end.start()], text[end.start() :]) if end else (text, "")
    lines = [margin + line if line else "" for entry in entries for line in _entry_lines(entry)]
    return body + ("" if not body or body.endswith("\n") else "\n") + "\n".join(lines) + "\n" + tail


def _entry_lines(entry: dict[str, Any]) -> Iterator[str]:
    for number, (key, value) in enumerate(entry.items()):
        lead = "- " if number == 0 else "  "
        if isinstance(value, list) and value and all(isinstance(part, dict) for part in value):
            yield f"{lead}{key}:"
            yield from (f"    - {_flow(part)}" for part in value)
        else:
            yield f"{lead}{key}: {_flow(value)}"


def _flow(value: Any) -> str:
    """Return a value on one line: JSON, which YAML reads as it is."""
    return json.dumps(value, ensure_ascii=False, default=str)
