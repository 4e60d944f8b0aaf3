"""Translating: a handout's file in another language, to be filled in or brought up to date."""

from __future__ import annotations

from handoutpress.content.project import Project
from handoutpress.editorial.translating.translation import TranslationFile, TranslationTask, begin, update
from handoutpress.store.files import replace_text


def translate(
    project: Project, handout: str, *, to: str, source: str = "en", by: str = "", bring: bool = False
) -> TranslationFile:
    """Begin a translation of a handout ``by`` someone, or ``bring`` one up to date, and write its file.

    Raises ``HandoutError`` where there is no such handout or language, or a translation is there already.
    """
    task = TranslationTask(handout, source_language=source, language=to, by=by)
    file = update(project, task) if bring else begin(project, task)
    replace_text(file.path, file.text)
    return file
