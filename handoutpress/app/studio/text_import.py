"""A text that a clinic has, made the draft of a handout in the project, its papers added to the library."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from handoutpress.app.importing import ImportSettings, import_draft
from handoutpress.app.project import STUDIO
from handoutpress.app.references import Registries, add_references
from handoutpress.app.studio.beginning import free_name
from handoutpress.content.handout_names import new_handout_path
from handoutpress.content.project import Project
from handoutpress.editorial.importing.readers import SUFFIXES
from handoutpress.store.files import replace_file, replace_text
from handoutpress.yamlfile.problems import HandoutError

PASTED = "text.md"
"""The name of a text that has no file."""


def import_text(project: Project, name: str, content: bytes, *, language: str, kind: str) -> str:
    """Draft a handout from a text in a file called ``name``, and return the handout's name.

    Every doubt stands in the draft as a comment. Nothing is written where it cannot be read. Raises ``HandoutError``.
    """
    ending = Path(name).suffix.lower()
    if ending not in SUFFIXES:
        raise HandoutError("This is no Word file, Markdown, HTML or plain text.")
    state = project.root / STUDIO
    state.mkdir(parents=True, exist_ok=True)
    # Within the project, since a draft's papers get keys that no paper of the project's library has.
    with TemporaryDirectory(dir=state) as folder:
        text = Path(folder) / f"text{ending}"
        replace_file(text, content)
        drafted = import_draft(text, to=Path(folder) / "draft", settings=ImportSettings(language=language, kind=kind))
        if "\n- id:" in drafted.draft.references:
            add_references(project, Registries(), [str(drafted.references)])
        slug = free_name(project, drafted.draft.name)
        path = new_handout_path(project, slug, language)
        replace_text(path, drafted.handout.read_text("utf-8"))
    return slug
