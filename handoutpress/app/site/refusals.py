"""What a build would refuse of a site's clinics: asked once for each text in a country, and once for each brand."""

from __future__ import annotations

from handoutpress.content.brand.brand import Brand
from handoutpress.content.editions import HandoutFile
from handoutpress.editorial.build_check import BuildCheck


class Refusals:
    """``findings`` are the sentences that say why, in the order in which they were found."""

    def __init__(self, check: BuildCheck) -> None:
        self._check = check
        self._in_countries: dict[tuple[str, str, str], bool] = {}
        self.findings: dict[str, None] = {}

    def of_brand(self, brand: Brand) -> bool:
        """Return whether a build would refuse all sheets of a brand, for what its own file says."""
        return self._noted(self._check.reasons_of(brand))

    def of_text(self, file: HandoutFile, country: str) -> bool:
        """Return whether a build would refuse a handout's sheets of every brand of a country."""
        key = file.slug, file.language, country
        if key not in self._in_countries:
            self._in_countries[key] = self._noted(self._check.reasons_in(country, (file,)))
        return self._in_countries[key]

    def _noted(self, reasons: list[str]) -> bool:
        self.findings.update(dict.fromkeys(reasons))
        return bool(reasons)
