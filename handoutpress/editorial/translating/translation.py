"""``handouts translate``: a translation to fill in, or one brought up to date with its source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handoutpress.content.edition_filter import choose
from handoutpress.content.handout_names import HandoutName, handout_names, new_handout_path
from handoutpress.content.kinds.kind_files import KindFiles, load_handout
from handoutpress.content.models.handouts import Handout
from handoutpress.content.models.kinds import BODY
from handoutpress.content.project import Project
from handoutpress.content.skeletons import UNTRANSLATED
from handoutpress.editorial.translating.parts import OWN_KEYS, block_hashes, changed_parts, hashes, texts
from handoutpress.editorial.translating.writing import KeyWriter, TextChoice
from handoutpress.editorial.yaml_writing import comment, scalar
from handoutpress.yamlfile.nearest import meant
from handoutpress.yamlfile.problems import HandoutError
from handoutpress.yamlfile.source import YamlSource

FOLLOWED = ("version", "date", "author", "article")
"""The facts of the source with which a translation begins."""
_HOW = (
    f"Write each translation in place of {UNTRANSLATED}; the source stands above it as a comment. Citations such as "
    "[@key] and figures stay as they are. `handouts check` counts what is left."
)


@dataclass(frozen=True)
class TranslationFile:
    """A translation's file: its path, its new text, the parts that are new or have changed, and texts to translate."""

    path: Path
    text: str
    changed: tuple[str, ...]
    untranslated: int


@dataclass(frozen=True)
class TranslationTask:
    """Which handout to translate, from and into which language. ``by`` is the translator, if there is one yet."""

    slug: str
    source_language: str
    language: str
    by: str = ""


@dataclass(frozen=True)
class _HandoutSource:
    """A handout with the YAML that it was read from."""

    yaml: YamlSource
    handout: Handout


def begin(project: Project, task: TranslationTask) -> TranslationFile:
    """Return a translation with every text to translate.

    Raises ``HandoutError`` where there is no such handout or language, or a translation is there already.
    """
    source_name, name = _names(project, task)
    if name.path.exists():
        raise HandoutError(
            f"{project.show(name.path)} is there already. Hint: --update marks what its source has changed."
        )
    source = _read(project, source_name)
    handout = source.handout
    writer = KeyWriter(TextChoice(source.yaml, handout))
    lines = [*_head(source.yaml), *comment(_HOW), *_translation(task, handout, task.by or UNTRANSLATED), ""]
    for key, value in source.yaml.data.items():
        if key not in OWN_KEYS or key in FOLLOWED:
            lines += ["", *writer.lines(key, value)] if _is_long(value) else writer.lines(key, value)
    untranslated = sum(1 for _ in texts(handout))
    return TranslationFile(name.path, "\n".join(lines) + "\n", tuple(hashes(handout)), untranslated)


def update(project: Project, task: TranslationTask) -> TranslationFile:
    """Return a translation with the parts marked that its source has changed; the others stay, to the letter.

    Raises ``HandoutError`` where there is none, or where it does not say what it was made from.
    """
    source_name, name = _names(project, task)
    source = _read(project, source_name)
    if not name.path.exists():
        raise HandoutError(f"{project.show(name.path)} is not there yet. Hint: leave --update out to begin it.")
    old = _read(project, name)
    noted = _noted(project.show(name.path), old.handout, source.handout)
    changed = changed_parts(noted, source.handout)
    lines = [line for chunk in _updated(task, source, old, noted) for line in chunk]
    # The first key has the file's first line above it, and may have been written anew.
    lines = [*(line for line in _head(old.yaml) if line != lines[0]), *lines]
    untranslated = sum(text.is_untranslated for text in texts(old.handout) if text.part not in changed)
    untranslated += sum(text.part in changed for text in texts(source.handout))
    return TranslationFile(name.path, "\n".join(lines).rstrip("\n") + "\n", changed, untranslated)


def _names(project: Project, task: TranslationTask) -> tuple[HandoutName, HandoutName]:
    """Return the names of the source and of the translation, which need not be there."""
    names, _ = handout_names(project)
    choose((task.slug,), sorted({name.slug for name in names}), "handout")
    by_language = {name.language.lower(): name for name in names if name.slug == task.slug}
    source = by_language.get(task.source_language.lower())
    if source is None:
        languages = ", ".join(sorted(name.language for name in by_language.values()))
        hint = f"--from names another language; it is written in {languages}."
        raise HandoutError(f'"{task.slug}" is not written in "{task.source_language}". Hint: {hint}')
    if task.language not in project.files("languages"):
        near = meant(task.language, project.files("languages"))
        hint = f'{near} "handouts docs languages" says how to add one.'
        raise HandoutError(f'There is no language "{task.language}". Hint: {hint}')
    if task.language == source.language:
        raise HandoutError(f'"{task.slug}" is written in "{task.language}" already. Hint: name another with --to.')
    new = HandoutName(task.slug, task.language, new_handout_path(project, task.slug, task.language))
    return source, by_language.get(task.language.lower(), new)


def _read(project: Project, name: HandoutName) -> _HandoutSource:
    source = project.read(name.path)
    return _HandoutSource(source, load_handout(source, KindFiles(project))[0])


def _head(source: YamlSource) -> list[str]:
    first = source.text.partition("\n")[0].rstrip()
    return [first] if first.startswith("# yaml-language-server") else []


def _translation(task: TranslationTask, source: Handout, translator: str, status: str = "draft") -> Iterator[str]:
    yield "translation:"
    yield f"  of: {scalar(task.source_language)}"
    yield f"  version: {scalar(source.version)}"
    if translator == UNTRANSLATED:
        yield "  # Your name."
    yield f"  by: {translator if translator == UNTRANSLATED else scalar(translator)}"
    yield f"  status: {status}"
    yield "  # What the source said when this was made, part by part; handouts translate writes it."
    yield "  seen:"
    yield from (f"    {part}: {scalar(digest)}" for part, digest in hashes(source).items())


def _is_long(value: Any) -> bool:
    return isinstance(value, dict | list) or (isinstance(value, str) and len(value) > 100)


def _noted(path: str, old: Handout, source: Handout) -> dict[str, str]:
    """Return the hashes of what a translation was made from; at the source's version it was made from all of it."""
    if old.translation is None:
        raise HandoutError(f'{path} does not say that it is a translation. Hint: add "translation" to it.')
    if old.translation.seen:
        return dict(old.translation.seen)
    if old.translation.version == source.version:
        return hashes(source)
    sentence = f"{path} does not say part by part what it was made from, so that what has changed is not known."
    raise HandoutError(f'{sentence} Hint: compare it once by hand, then write version: "{source.version}" in it.')


def _updated(
    task: TranslationTask, source: _HandoutSource, old: _HandoutSource, noted: dict[str, str]
) -> Iterator[list[str]]:
    """Yield the old file's chunks, those of changed parts written anew and those of new parts where they belong."""
    changed = changed_parts(noted, source.handout)
    translation = old.handout.translation
    newer = bool(changed) or translation is None or translation.version != source.handout.version
    anew = {part.partition(".")[0] for part in changed}
    if block_hashes(noted) != block_hashes(hashes(source.handout)):
        anew.add(BODY)
    writer, data = KeyWriter(TextChoice(source.yaml, source.handout, old.handout, noted)), source.yaml.data
    chunks = _chunks(old.yaml)
    order = [*chunks]
    for place, key in enumerate(data):
        if key in anew and key not in chunks:
            before = next((former for former in reversed([*data][:place]) if former in order), order[-1])
            order.insert(order.index(before) + 1, key)
    for key in order:
        chunk = chunks.get(key, [""])
        if key in anew or (key in ("version", "date") and newer):
            yield [*writer.lines(key, data[key]), *_blank_end(chunk)]
        elif key == "translation" and translation:
            status = "draft" if changed else translation.status
            yield [*_translation(task, source.handout, translation.by, status), *_blank_end(chunk)]
        else:
            yield chunk


def _blank_end(lines: list[str]) -> list[str]:
    last = max((number for number, line in enumerate(lines) if line.strip()), default=-1)
    return lines[last + 1 :]


def _chunks(old: YamlSource) -> dict[str, list[str]]:
    """Return the lines of each top key, with the comments above it; the first key has what stands before it."""
    lines = old.text.split("\n")
    starts: dict[str, int] = {}
    for key, (line, _) in old.root.keys.items():
        start = line - 1
        # The comments above a key belong to it: its source stands there.
        while start and lines[start - 1].startswith("#"):
            start -= 1
        starts[key] = start if starts else 0
    # A file in flow style ({…}) has keys on one line, which cannot be told apart by lines.
    if len(set(starts.values())) < len(starts):
        raise HandoutError(f"{old.path.as_posix()} cannot be updated. Hint: give each of its keys a line of its own.")
    ends = [*list(starts.values())[1:], len(lines)]
    return {key: lines[start:end] for (key, start), end in zip(starts.items(), ends, strict=True)}
