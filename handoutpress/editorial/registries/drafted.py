"""Keys of a draft that change, everywhere at once: in its list of references, its handout and its article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from handoutpress.content.crosschecks import cited_in
from handoutpress.content.library import read_library
from handoutpress.content.models.citations import cited_keys
from handoutpress.yamlfile.problems import HandoutError
from handoutpress.yamlfile.source import YamlSource, read_yaml, yaml_source
from handoutpress.yamlfile.textfile import offset_of, read_text

LIST = ".references.yaml"
"""How the name of a draft's list of references ends."""


def draft_files(listed: Path) -> list[Path]:
    """Return the handouts and articles that the list at ``listed`` belongs to: ``cupping.en.yaml`` beside it."""
    if not listed.name.endswith(LIST):
        return []
    name = listed.name.removesuffix(LIST)
    return sorted(
        path
        for path in listed.parent.iterdir()
        if path.suffix in (".yaml", ".md") and path.stem.rpartition(".")[0] == name and path != listed
    )


def rewritten(listed: Path, keys: Mapping[str, str]) -> dict[Path, str]:
    """Return the texts of the list and of its draft in which ``keys`` stand for the old ones; only what changes.

    Raises ``HandoutError`` for a file that cannot be read, or where a key could not be replaced in place.
    """
    texts = {}
    for path in draft_files(listed):
        changed = _article(path, keys) if path.suffix == ".md" else _handout(path, keys)
        if changed is not None:
            texts[path] = changed
    source = read_yaml(listed)
    library = read_library(source)
    starts = [(key, _offset(source, (*library.places[key], "id"), 0)) for key in library.references if key in keys]
    texts[listed] = _replaced(source.text, starts, keys, listed)
    return texts


def _handout(path: Path, keys: Mapping[str, str]) -> str | None:
    source = read_yaml(path)
    cited = [item for item in cited_in(source) if item.key in keys]
    starts = [(item.key, _offset(source, item.location, item.offset)) for item in cited]
    if not starts:
        return None
    text = _replaced(source.text, starts, keys, path)
    before, after = (tuple(item.key for item in cited_in(read)) for read in (source, yaml_source(text, path, "")))
    if after != tuple(keys.get(key, key) for key in before):
        raise _not_in_place(path, keys)
    return text


def _article(path: Path, keys: Mapping[str, str]) -> str | None:
    text = read_text(path, path).text
    starts = [(item.key, item.offset) for item in cited_keys(text) if item.key in keys]
    return _replaced(text, starts, keys, path) if starts else None


def _offset(source: YamlSource, location: tuple[str | int, ...], offset: int) -> int:
    return offset_of(source.text, *source.place_in(location, offset))


def _replaced(text: str, starts: Iterable[tuple[str, int]], keys: Mapping[str, str], path: Path) -> str:
    """Return ``text`` with each key replaced, the last first; an @ or a quote may stand before one."""
    for key, start in sorted(starts, key=lambda item: -item[1]):
        begin = text.find(key, start, start + len(key) + 2)
        if begin < 0:
            raise _not_in_place(path, keys)
        text = text[:begin] + keys[key] + text[begin + len(key) :]
    return text


def _not_in_place(path: Path, keys: Mapping[str, str]) -> HandoutError:
    pairs = ", ".join(f'"{new}" for "{old}"' for old, new in keys.items())
    return HandoutError(f"The keys in {path.as_posix()} could not be replaced. Hint: write there {pairs}.")
