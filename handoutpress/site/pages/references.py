"""The numbered references of a page on the site: all that is known of each, a retraction first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from handoutpress.content.models.languages import Language
from handoutpress.content.models.references import CITABLE, RETRACTED, Reference
from handoutpress.press.page.citations import reference_list
from handoutpress.press.page.imprint import say_date
from handoutpress.press.page.phrases import say

NAMED_AUTHORS = 6
"""Authors before "et al." (NLM, Citing Medicine 1.4): there is more room than on paper."""


@dataclass(frozen=True)
class SiteReference:
    """One reference: its line in NLM style, and in the page's language a warning and a note where there are any."""

    number: int
    html: Markup
    language: str
    retracted: str
    note: Markup


def known_keys(keys: Sequence[str], library: Mapping[str, Reference]) -> list[str]:
    """Return the references of ``keys`` that someone has looked up and found, those retracted since among them."""
    return [key for key in keys if key in library and library[key].custom.status in (*CITABLE, RETRACTED)]


def site_references(
    keys: Sequence[str], library: Mapping[str, Reference], language: Language
) -> tuple[SiteReference, ...]:
    """Return the references of ``keys``, numbered from 1 in the order given."""
    return tuple(
        SiteReference(
            number=entry.number,
            html=entry.html,
            language=entry.language,
            retracted=language.site.retracted if library[entry.key].custom.status == RETRACTED else "",
            note=_note(library[entry.key], language),
        )
        for entry in reference_list(keys, library, NAMED_AUTHORS)
    )


def _note(reference: Reference, language: Language) -> Markup:
    """Return what was found out about a reference, and when."""
    custom, notes = reference.custom, []
    if custom.status == "corrected":
        notes.append(escape(language.site.corrected))
    if custom.looked_up:
        notes.append(say(language.site.looked_up, language, date=say_date(language, custom.looked_up)))
    return Markup(" ").join(notes)
