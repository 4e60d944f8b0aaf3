"""What stands at the top of a host: the list of clinics that share it, and the rules of where pages have gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from handoutpress.content.models.languages import Language
from handoutpress.press.page.templates import Templates
from handoutpress.site.brand_files import colour_rules
from handoutpress.site.clinics import NOBODYS, SiteClinic
from handoutpress.site.extras import ROBOTS, SITEMAP, robots, sitemap_index
from handoutpress.site.pages.frame import POLICY, WayOn
from handoutpress.site.pages.host_rules import rules_of, top_path
from handoutpress.site.plan import MISSING
from handoutpress.site.standings import Standings

TEMPLATE = "site/clinics.html.j2"


class TopPages:
    """A maker of the pages above those of clinics that share a site, said in one language."""

    def __init__(self, templates: Templates, code: str, language: Language) -> None:
        self._templates = templates
        self._code = code
        self._language = language

    def files(self, clinics: Sequence[SiteClinic], standings: Standings, sheet: str) -> dict[str, bytes]:
        """Return the files at the top, by name; ``sheet`` has the styles of all pages."""
        items = [WayOn(f"{clinic.folder}/", clinic.brand.name) for clinic in clinics]
        site = self._language.site
        return {
            "index.html": self._page(site.clinics, items, "").encode(),
            MISSING: self._page(site.missing, items, top_path(clinics)).encode(),
            "style.css": f"{_PLAIN}\n{sheet}".encode(),
            ROBOTS: robots(clinics[0].top),
            SITEMAP: sitemap_index(clinic.base for clinic in clinics),
            **rules_of(clinics, standings),
        }

    def _page(self, title: str, items: Sequence[WayOn], root: str) -> str:
        values: Mapping[str, object] = {
            "code": self._code,
            "language": self._language,
            "policy": POLICY,
            "title": title,
            "clinics": items,
            "root": root,
        }
        return self._templates.render(TEMPLATE, values)


_PLAIN = f":root {{ --base-font: sans-serif; --heading-font: sans-serif; {colour_rules(NOBODYS)} }}"
