"""The languages that the studio's own pages speak: those of a project that have its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from handoutpress.content.kinds.kind_files import DEFAULT_KIND, KindFiles
from handoutpress.content.models.languages import Headings, Language
from handoutpress.content.project import Project
from handoutpress.content.text.studio_phrases import StudioPhrases
from handoutpress.press.page.imprint import say_date
from handoutpress.yamlfile.explain import load_record
from handoutpress.yamlfile.problems import ContentError


@dataclass(frozen=True)
class PageLanguage:
    """One language of the pages, by its code."""

    code: str
    language: Language
    phrases: StudioPhrases

    @property
    def headings(self) -> Headings:
        return self.language.phrases.headings

    def day(self, day: date) -> str:
        """Return a day as this language writes it."""
        return say_date(self.language, day)


def page_languages(project: Project) -> Mapping[str, PageLanguage]:
    """Return the languages by code. One whose file has mistakes is left out: ``handouts check`` tells them."""
    languages: dict[str, PageLanguage] = {}
    for code, path in project.files("languages").items():
        try:
            language = load_record(project.read(path), Language)
        except ContentError:
            continue
        if language.studio:
            languages[code] = PageLanguage(code, language, language.studio)
    return languages


def section_headings(project: Project, kind: str, language: PageLanguage) -> Mapping[str, str]:
    """Return how handouts of a ``kind``, "" for the usual one, head their sections where it is not as others do.

    There are none of a kind that there is not, or that has mistakes: ``handouts check`` tells them.
    """
    kinds, name = KindFiles(project), kind or DEFAULT_KIND
    try:
        read = kinds.read(name).kind if name in kinds.names else None
    except ContentError:
        return {}
    return read.headings_in(language.code, language.headings.model_dump()) if read else {}
