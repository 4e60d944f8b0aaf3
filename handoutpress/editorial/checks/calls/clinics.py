"""The clinics that print a text, by what they have in common of whom to call."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from handoutpress.content.brand.brand import Brand


@dataclass(frozen=True)
class ClinicsInUse:
    """The countries of the clinics that print a text, and the telephone lines that all of them have."""

    countries: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


NO_CLINICS = ClinicsInUse()


def clinics_in_use(brands: Iterable[Brand]) -> ClinicsInUse:
    """Return what ``brands`` have in common; a line that one of them lacks is of another clinic there."""
    countries: set[str] = set()
    phones: set[str] | None = None
    for brand in brands:
        countries.add(brand.country)
        if phones is None or phones:
            own = {contact.phone for contact in brand.contacts if contact.phone}
            phones = own if phones is None else phones & own
    return ClinicsInUse(tuple(sorted(countries)), tuple(sorted(phones or ())))
