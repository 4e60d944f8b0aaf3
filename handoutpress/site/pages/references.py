"""The numbered references of a page on the site: all that is known of each, a retraction first."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from handoutpress.content.models.languages import Language
from handoutpress.content.models.references import CITABLE, RETRACTED, Reference
from handoutpress.press.page.citations import reference_list
from handoutpress.press.page.imprint import say_date
from handoutpress.press.page.phrases import say
from handoutpress.site.page_inputs import PageInputs, repr_digest
from handoutpress.store.cache import Cache

NAMED_AUTHORS = 6
"""Authors before "et al." (NLM, Citing Medicine 1.4): there is more room than on paper."""
LINES = "site-references"
"""What the cache calls the lines of a list of references, kept by the digest of what they are made from."""


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


class SiteReferences:
    """The references of one project.

    Their lines are kept in ``cache``, since setting those of an article takes as long as the rest of its page.
    """

    def __init__(self, library: Mapping[str, Reference], inputs: PageInputs, cache: Cache) -> None:
        self.library = library
        self._inputs = inputs
        self._cache = cache

    def of(self, keys: Sequence[str], language: Language) -> tuple[SiteReference, ...]:
        """Return the references of ``keys``, numbered from 1 in the order given."""
        return tuple(
            SiteReference(
                number=number,
                html=Markup(html),  # noqa: S704  as it was written
                language=code,
                retracted=language.site.retracted if self.library[key].custom.status == RETRACTED else "",
                note=_note(self.library[key], language),
            )
            for number, (key, (html, code)) in enumerate(zip(keys, self._lines(keys), strict=True), start=1)
        )

    def _lines(self, keys: Sequence[str]) -> list[tuple[str, str]]:
        """Return the line of each of ``keys`` as HTML, with its language."""
        if not keys:
            return []
        made_from = repr_digest(self._inputs.common, self._inputs.references(keys))
        lines: list[tuple[str, str]] = json.loads(self._cache.keep(LINES, made_from, lambda: self._set(keys)))
        return lines

    def _set(self, keys: Sequence[str]) -> bytes:
        entries = reference_list(keys, self.library, NAMED_AUTHORS)
        return json.dumps([(entry.html, entry.language) for entry in entries]).encode()


def _note(reference: Reference, language: Language) -> Markup:
    """Return what was found out about a reference, and when."""
    custom, notes = reference.custom, []
    if custom.status == "corrected":
        notes.append(escape(language.site.corrected))
    if custom.looked_up:
        notes.append(say(language.site.looked_up, language, date=say_date(language, custom.looked_up)))
    return Markup(" ").join(notes)
