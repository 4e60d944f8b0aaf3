"""Translations of a handout: into which languages one may be begun, and what it is made from."""

from __future__ import annotations

from contextlib import suppress

from handoutpress.app.project import open_catalog
from handoutpress.app.studio.forms.edit_forms import BRAND_FILE
from handoutpress.app.studio.saving import EditedFiles, SaveResult
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.editions import HandoutFile
from handoutpress.content.handout_names import handout_names
from handoutpress.content.models.languages import Language
from handoutpress.content.project import Project
from handoutpress.yamlfile.editing import with_value
from handoutpress.yamlfile.explain import load_record
from handoutpress.yamlfile.problems import ContentError

_PLACE = ("defaults", "handout", "languages")
"""Where a brand's file names the languages that it gives."""


def other_languages(project: Project, handout: str) -> dict[str, str]:
    """Return the languages that a handout is not written in yet, by code with their own names."""
    written = {name.language for name in handout_names(project)[0] if name.slug == handout}
    names: dict[str, str] = {}
    for code, path in project.files("languages").items():
        with suppress(ContentError):  # told where it is used
            if code not in written:
                names[code] = load_record(project.read(path), Language).native_name
    return names


def give_language(project: Project, files: EditedFiles, brand: str, language: str) -> SaveResult:
    """Have a clinic give handouts in ``language``, also drafts, beside those languages in which it gives them now.

    Raises ``HandoutError``; ``UneditableError`` where only a person can change the clinic's file.
    """
    catalog = open_catalog(project, EditionFilter(brands=(brand,)))
    own = catalog.brands[brand].languages if brand in catalog.brands else ()
    given = own or sorted({code for (_, code), file in catalog.handouts.items() if _is_ready(file)})
    path = project.root / "brands" / brand / BRAND_FILE
    wanted = list(dict.fromkeys((*given, language)))
    return files.change(path, files.read(path).etag, lambda text: with_value(text, _PLACE, wanted))


def _is_ready(file: HandoutFile) -> bool:
    translation = file.handout.translation
    return translation is None or translation.status != "draft"
