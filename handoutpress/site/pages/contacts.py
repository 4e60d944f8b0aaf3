"""How to reach a clinic: what stands in the foot of each of its pages."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from contextlib import suppress
from functools import cached_property

from handoutpress.content.brand.brand import Brand
from handoutpress.content.models.languages import Language
from handoutpress.content.models.telephones import phone_parts
from handoutpress.content.models.web_addresses import mail_link, typed_address
from handoutpress.press.extras.screen_extras import screen_extras
from handoutpress.press.page.phrases import linked_line
from handoutpress.press.page.templates import Templates
from handoutpress.store.cache import Cache

TEMPLATE = "site/contact.html.j2"
_KEPT = "site-contacts"


class ContactMaker:
    """Renders the clinics' contacts, with one project's templates and languages, and keeps them for the next time.

    Kept are those of all clinics together: one that has changed costs no other its rendering, which takes longer than
    to write a page.
    """

    def __init__(self, templates: Templates, languages: Mapping[str, Language], made_by: str, cache: Cache) -> None:
        """``made_by`` is a digest of all that contacts are made from besides their clinics."""
        self._templates = templates
        self._languages = languages
        self._made_by = made_by
        self._cache = cache
        self._is_new = False

    @cached_property
    def _contacts(self) -> dict[str, str]:
        kept: dict[str, str] = json.loads(self._cache.read(_KEPT, self._made_by) or b"{}")
        return kept

    def contact(self, brand: Brand, digest: str, code: str) -> str:
        """Return how to reach a clinic as HTML, in the language of this code; ``digest`` is of all that it is."""
        mark = f"{digest} {code}"
        if mark not in self._contacts:
            self._contacts[mark], self._is_new = self._rendered(brand, code), True
        return self._contacts[mark]

    def keep(self, digests: Collection[str]) -> None:
        """Keep the contacts of clinics with these digests for the next time, where there are new ones."""
        if self._is_new:
            kept = {mark: contact for mark, contact in self._contacts.items() if mark.partition(" ")[0] in digests}
            with suppress(OSError):  # then they are rendered again
                self._cache.write(_KEPT, self._made_by, json.dumps(kept, ensure_ascii=False).encode())

    def _rendered(self, brand: Brand, code: str) -> str:
        language = self._languages[code]
        values = {"brand": brand, "phrases": language.phrases, "extras": screen_extras(brand.extras, code)}
        functions = {
            "typed": typed_address,
            "mail_link": mail_link,
            "linked": lambda line: linked_line(line, brand.country, language),
            "phone_parts": lambda phone: phone_parts(phone, brand.country),
        }
        return self._templates.render(TEMPLATE, values, functions)
