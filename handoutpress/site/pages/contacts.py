"""How to reach a clinic: what stands in the foot of each of its pages."""

from __future__ import annotations

from collections.abc import Mapping

from handoutpress.content.brand.brand import Brand
from handoutpress.content.models.languages import Language
from handoutpress.content.models.telephones import phone_parts
from handoutpress.content.models.web_addresses import mail_link, typed_address
from handoutpress.press.extras.screen_extras import screen_extras
from handoutpress.press.page.phrases import linked_line
from handoutpress.press.page.templates import Templates

TEMPLATE = "site/contact.html.j2"


class ContactMaker:
    """Renders the clinics' contacts, with one project's templates and languages."""

    def __init__(self, templates: Templates, languages: Mapping[str, Language]) -> None:
        self._templates = templates
        self._languages = languages

    def contact(self, brand: Brand, code: str) -> str:
        """Return how to reach a clinic as HTML, in the language of this code."""
        language = self._languages[code]
        values = {"brand": brand, "phrases": language.phrases, "extras": screen_extras(brand.extras, code)}
        functions = {
            "typed": typed_address,
            "mail_link": mail_link,
            "linked": lambda line: linked_line(line, brand.country, language),
            "phone_parts": lambda phone: phone_parts(phone, brand.country),
        }
        return self._templates.render(TEMPLATE, values, functions)
