"""Importing an article: it becomes the draft of a handout, a list of its references, and an article of ours."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from handoutpress.content.kinds.kind_files import DEFAULT_KIND, KindFiles
from handoutpress.content.library import Library, is_blank, library_path, load_library, read_library
from handoutpress.content.models.kinds import ALWAYS_NEEDED, Kind
from handoutpress.content.models.languages import Language
from handoutpress.content.project import Project, builtin_root, find_project
from handoutpress.editorial.importing.draft import TREATMENT, Draft, DraftKind, import_article
from handoutpress.editorial.registries.drafted import LIST
from handoutpress.editorial.registries.papers import KnownPapers
from handoutpress.store.files import replace_text
from handoutpress.yamlfile.explain import load_record
from handoutpress.yamlfile.nearest import meant
from handoutpress.yamlfile.problems import ContentError, HandoutError
from handoutpress.yamlfile.source import read_yaml


@dataclass(frozen=True)
class ImportedFiles:
    """A draft, and the files that it was written to; ``article`` only where it was asked for."""

    draft: Draft
    handout: Path
    references: Path
    article: Path | None = None


@dataclass(frozen=True)
class ImportSettings:
    """How an article is read, and what is made of it.

    It is in ``language``; a text that is neither UTF-8 nor UTF-16 needs its ``encoding``. The draft is of a ``kind``;
    with ``whole``, the whole text is drafted as an article besides; with ``force``, drafts that are there are replaced.
    """

    language: str = "en"
    encoding: str = ""
    kind: str = DEFAULT_KIND
    whole: bool = False
    force: bool = False


def import_draft(article: Path, *, to: Path, settings: ImportSettings = ImportSettings()) -> ImportedFiles:
    """Draft a handout from an article into the folder ``to``, with every doubt as a comment at its place.

    Its references get keys that no other paper has in the library of the project that ``to`` lies in, nor in the lists
    of other drafts there; a paper that is there keeps its key.
    Raises ``HandoutError`` for an article that cannot be read, for a kind that is not there, and without ``force`` for
    a draft that is there.
    """
    language, encoding = settings.language, settings.encoding
    kind = _draft_kind(to, settings.kind)
    said = _language(to, language)
    headings = said.phrases.headings.model_dump() if said else {}
    words = said.help_words if said else None
    draft = import_article(article, encoding, lambda name: _papers_beside(to, name), headings, kind, words)
    handout, references = to / f"{draft.name}.{language}.yaml", to / f"{draft.name}{LIST}"
    texts = {handout: draft.handout, references: draft.references}
    article_file = to / f"{draft.name}.{language}.md" if settings.whole else None
    if article_file is not None:
        texts[article_file] = draft.article
    if not settings.force and (existing := [path for path in texts if path.exists()]):
        raise HandoutError(f"{existing[0].as_posix()} is there already. Hint: --force replaces it.")
    to.mkdir(parents=True, exist_ok=True)
    for path, text in texts.items():
        replace_text(path, text)
    return ImportedFiles(draft, handout, references, article_file)


def _draft_kind(to: Path, slug: str) -> DraftKind:
    """Return what a draft of a kind asks for. Raises ``HandoutError`` for a kind that is not there."""
    kinds = KindFiles(_project(to) or Project(to.resolve(), builtin_root()))
    if slug not in kinds.names:
        raise HandoutError(f'There is no kind "{slug}". Hint: {meant(slug, kinds.names)}')
    kind = kinds.read(slug).kind
    asked = {*kind.needs, *ALWAYS_NEEDED, *(["about"] if kind.risks == "from-about" else [])}
    return TREATMENT if slug == DEFAULT_KIND else DraftKind(slug, frozenset(asked | _risks_of(kind)))


def _risks_of(kind: Kind) -> set[str]:
    return {"risks"} if kind.risks == "needed" else set()


def _papers_beside(to: Path, name: str) -> KnownPapers:
    """Return the papers of the project's library and of the lists in ``to``, but that of the draft ``name``."""
    project = _project(to)
    library = load_library(project) if project and not is_blank(library_path(project.root)) else Library()
    if not library.readable:
        raise ContentError(library.problems)
    lists = [path for path in sorted(to.glob(f"*{LIST}")) if path.name != f"{name}{LIST}"]
    return KnownPapers([library, *(read_library(read_yaml(path)) for path in lists)])


def _language(to: Path, language: str) -> Language | None:
    """Return what a language says; nothing for one that there is no file of."""
    project = _project(to) or Project(to.resolve(), builtin_root())
    path = project.files("languages").get(language)
    return load_record(project.read(path), Language) if path else None


def _project(folder: Path) -> Project | None:
    try:
        return find_project(folder)
    except HandoutError:
        # A draft may be made outside of every project.
        return None
