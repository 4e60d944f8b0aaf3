"""Importing an article: it becomes the draft of a handout, a list of its references, and an article of ours."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from handoutpress.editorial.importing.draft import Draft, import_article
from handoutpress.store.files import replace_text
from handoutpress.yamlfile.problems import HandoutError


@dataclass(frozen=True)
class ImportedFiles:
    """A draft, and the files that it was written to; ``article`` only where it was asked for."""

    draft: Draft
    handout: Path
    references: Path
    article: Path | None = None


def import_draft(
    article: Path,
    *,
    to: Path,
    language: str = "en",
    encoding: str = "",
    force: bool = False,
    whole: bool = False,
) -> ImportedFiles:
    """Draft a handout from an article into the folder ``to``, with every doubt as a comment at its place.

    With ``whole``, the whole text is drafted as an article besides.
    A text that is neither UTF-8 nor UTF-16 needs its ``encoding``. Raises ``HandoutError`` for an article that cannot
    be read, and without ``force`` for a draft that is there.
    """
    draft = import_article(article, encoding)
    handout, references = to / f"{draft.name}.{language}.yaml", to / f"{draft.name}.references.yaml"
    texts = {handout: draft.handout, references: draft.references}
    article_file = to / f"{draft.name}.{language}.md" if whole else None
    if article_file is not None:
        texts[article_file] = draft.article
    if not force and (existing := [path for path in texts if path.exists()]):
        raise HandoutError(f"{existing[0].as_posix()} is there already. Hint: --force replaces it.")
    to.mkdir(parents=True, exist_ok=True)
    for path, text in texts.items():
        replace_text(path, text)
    return ImportedFiles(draft, handout, references, article_file)
