"""``handouts translate``: a translation to fill in, or one brought up to date with its source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handoutpress.content.edition_filter import choose
from handoutpress.content.handout_names import HandoutName, handout_names
from handoutpress.content.models.handouts import Handout
from handoutpress.content.project import Project
from handoutpress.editorial.checks.prose import UNTRANSLATED
from handoutpress.editorial.translating.parts import FREE, OWN, changed_parts, hashes, texts
from handoutpress.editorial.translating.writing import KeyWriter, TextChoice
from handoutpress.editorial.yaml_writing import comment, scalar
from handoutpress.yamlfile.explain import load_record
from handoutpress.yamlfile.nearest import meant
from handoutpress.yamlfile.problems import HandoutError
from handoutpress.yamlfile.source import YamlSource

FOLLOWED = ("version", "date", "author", "article")
"""The source's own facts with which a translation begins."""
_HOW = (
    f"Write each translation in place of {UNTRANSLATED}; the source stands above it as a comment. Citations such as "
    "[@key] and figures stay as they are. `handouts check` counts what is left."
)


@dataclass(frozen=True)
class TranslationFile:
    """A translation's file: its path, its new text, the parts that are new or have changed, and the texts left."""

    path: Path
    text: str
    changed: tuple[str, ...]
    left: int


@dataclass(frozen=True)
class TranslationPair:
    """What to translate, and into what. ``by`` is the translator's name, if it is known."""

    slug: str
    source: str
    language: str
    by: str = ""


@dataclass(frozen=True)
class _Read:
    source: YamlSource
    handout: Handout


def begin(project: Project, pair: TranslationPair) -> TranslationFile:
    """A translation with every text to translate. Raises ``HandoutError`` where it cannot be, or is there already."""
    names = _names(project, pair)
    source, path = _read(project, names[0]), names[1].path
    if path.exists():
        raise HandoutError(f"{project.show(path)} is there already. Hint: --update marks what its source has changed.")
    writer = KeyWriter(TextChoice(source.handout))
    lines = [*_head(source.source), *comment(_HOW), *_translation(pair, source.handout, pair.by or UNTRANSLATED), ""]
    for key, value in source.source.data.items():
        if key not in OWN or key in FOLLOWED:
            lines += ["", *writer.lines(key, value)] if _is_long(value) else writer.lines(key, value)
    return TranslationFile(path, "\n".join(lines) + "\n", tuple(hashes(source.handout)), _count(source.handout))


def update(project: Project, pair: TranslationPair) -> TranslationFile:
    """A translation with the parts marked that its source has changed; the others stay as they are, to the letter.

    Raises ``HandoutError`` where there is none, or where it does not say what it was made from.
    """
    names = _names(project, pair)
    source = _read(project, names[0])
    if not names[1].path.exists():
        raise HandoutError(f"{project.show(names[1].path)} is not there yet. Hint: leave --update out to begin it.")
    old = _read(project, names[1])
    seen = _seen(project.show(names[1].path), old.handout, source.handout)
    changed = changed_parts(seen, source.handout)
    lines = [line for chunk in _updated(pair, source, old, seen) for line in chunk]
    left = sum(text.is_left for text in texts(old.handout) if text.part not in changed)
    left += sum(text.part in changed for text in texts(source.handout))
    return TranslationFile(names[1].path, "\n".join(lines).rstrip("\n") + "\n", changed, left)


def _names(project: Project, pair: TranslationPair) -> tuple[HandoutName, HandoutName]:
    """The names of the source and of the translation, which need not be there."""
    names, _ = handout_names(project)
    choose((pair.slug,), sorted({name.slug for name in names}), "handout")
    codes = {name.language.lower(): name for name in names if name.slug == pair.slug}
    if pair.source.lower() not in codes:
        known = ", ".join(sorted(name.language for name in codes.values()))
        hint = f"--from names another language; it is written in {known}."
        raise HandoutError(f'"{pair.slug}" is not written in "{pair.source}". Hint: {hint}')
    if pair.language not in project.files("languages"):
        near = meant(pair.language, project.files("languages"))
        hint = f"{near} docs/languages.md says how to add one."
        raise HandoutError(f'There is no language "{pair.language}". Hint: {hint}')
    if pair.language == codes[pair.source.lower()].language:
        raise HandoutError(f'"{pair.slug}" is written in "{pair.language}" already. Hint: name another with --to.')
    new = project.root / "handouts" / f"{pair.slug}.{pair.language}.yaml"
    return codes[pair.source.lower()], codes.get(pair.language.lower(), HandoutName(pair.slug, pair.language, new))


def _read(project: Project, name: HandoutName) -> _Read:
    source = project.read(name.path)
    return _Read(source, load_record(source, Handout))


def _head(source: YamlSource) -> list[str]:
    first = source.text.partition("\n")[0].rstrip()
    return [first] if first.startswith("# yaml-language-server") else []


def _translation(pair: TranslationPair, source: Handout, by: str, status: str = "draft") -> Iterator[str]:
    yield "translation:"
    yield f"  of: {scalar(pair.source)}"
    yield f"  version: {scalar(source.version)}"
    if by == UNTRANSLATED:
        yield "  # Your name."
    yield f"  by: {by if by == UNTRANSLATED else scalar(by)}"
    yield f"  status: {status}"
    yield "  # What the source said when this was made, part by part; handouts translate writes it."
    yield "  seen:"
    yield from (f"    {part}: {scalar(said)}" for part, said in hashes(source).items())


def _is_long(value: Any) -> bool:
    return isinstance(value, dict | list) or (isinstance(value, str) and len(value) > 100)


def _count(handout: Handout) -> int:
    return sum(1 for _ in texts(handout))


def _seen(shown: str, old: Handout, source: Handout) -> dict[str, str]:
    """What the translation was made from; one of the source's own version is taken to be made from all of it."""
    if old.translation is None:
        raise HandoutError(f'{shown} does not say that it is a translation. Hint: add "translation" to it.')
    if old.translation.seen:
        return dict(old.translation.seen)
    if old.translation.version == source.version:
        return hashes(source)
    sentence = f"{shown} does not say part by part what it was made from, so that what has changed is not known."
    raise HandoutError(f'{sentence} Hint: compare it once by hand, then write version: "{source.version}" in it.')


def _updated(pair: TranslationPair, source: _Read, old: _Read, seen: dict[str, str]) -> Iterator[list[str]]:
    """The old file's chunks, with those of changed parts written anew and those of new parts where they belong."""
    changed = changed_parts(seen, source.handout)
    translation = old.handout.translation
    newer = bool(changed) or translation is None or translation.version != source.handout.version
    anew = {FREE if part.startswith(f"{FREE}.") else part for part in changed}
    writer, data = KeyWriter(TextChoice(source.handout, old.handout, seen)), source.source.data
    chunks = _chunks(old.source)
    order = [*chunks]
    for place, key in enumerate(data):
        if key in anew and key not in chunks:
            before = next((known for known in reversed([*data][:place]) if known in order), order[-1])
            order.insert(order.index(before) + 1, key)
    for key in order:
        chunk = chunks.get(key, [""])
        if key in anew or (key in ("version", "date") and newer):
            yield [*writer.lines(key, data[key]), *_blank_end(chunk)]
        elif key == "translation" and translation:
            status = "draft" if changed else translation.status
            yield [*_translation(pair, source.handout, translation.by, status), *_blank_end(chunk)]
        else:
            yield chunk


def _blank_end(lines: list[str]) -> list[str]:
    last = max((number for number, line in enumerate(lines) if line.strip()), default=-1)
    return lines[last + 1 :]


def _chunks(old: YamlSource) -> dict[str, list[str]]:
    """The lines of each top key, with the comments above it; the first key has what stands before it."""
    lines = old.text.split("\n")
    starts: dict[str, int] = {}
    for key, (line, _) in old.root.keys.items():
        start = line - 1
        while start and lines[start - 1].startswith("#"):
            start -= 1
        starts[key] = start if starts else 0
    if len(set(starts.values())) < len(starts):
        raise HandoutError(f"{old.path.as_posix()} cannot be updated. Hint: give each of its keys a line of its own.")
    ends = [*list(starts.values())[1:], len(lines)]
    return {key: lines[start:end] for (key, start), end in zip(starts.items(), ends, strict=True)}
