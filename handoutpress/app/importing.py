"""Importing an article: it becomes the draft of a handout, and a list of its references."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from handoutpress.editorial.importing.draft import Draft, import_article
from handoutpress.yamlfile.problems import HandoutError


@dataclass(frozen=True)
class ImportedFiles:
    """A draft, and the two files that it was written to."""

    draft: Draft
    handout: Path
    references: Path


def import_draft(
    article: Path, *, to: Path, language: str = "en", encoding: str = "", force: bool = False
) -> ImportedFiles:
    """Draft a handout from an article into the folder ``to``, with every doubt as a comment at its place.

    A text that is neither UTF-8 nor UTF-16 needs its ``encoding``. Raises ``HandoutError`` for an article that cannot
    be read, and without ``force`` for a draft that is there.
    """
    draft = import_article(article, encoding)
    handout, references = to / f"{draft.name}.{language}.yaml", to / f"{draft.name}.references.yaml"
    if not force and (existing := [path for path in (handout, references) if path.exists()]):
        raise HandoutError(f"{existing[0].as_posix()} is there already. Hint: --force replaces it.")
    to.mkdir(parents=True, exist_ok=True)
    handout.write_text(draft.handout, encoding="utf-8", newline="\n")
    references.write_text(draft.references, encoding="utf-8", newline="\n")
    return ImportedFiles(draft, handout, references)
