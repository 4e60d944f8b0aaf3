"""A few brands that show how a rebrand goes: the widest, the longest and the emptiest of logos and names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import cycle

from handoutpress.content.brand.brand import Brand, Contact


def trial_brands(brands: Sequence[Brand], number: int) -> tuple[Brand, ...]:
    """Choose ``number`` brands, in turn by each measure: the widest logo, the longest name, the least of everything.

    The choice depends on the brands alone, not on their order.
    """
    candidates = sorted(brands, key=lambda brand: brand.slug)
    chosen: list[Brand] = []
    for measure in cycle(_MEASURES):
        if len(chosen) >= number or not candidates:
            return tuple(chosen)
        extreme = max(candidates, key=measure)
        candidates.remove(extreme)
        chosen.append(extreme)
    return tuple(chosen)


def _logo_width(brand: Brand) -> float:
    return brand.logo.width / brand.logo.height if brand.logo else 0.0


def _words(brand: Brand) -> int:
    """Return the letters for which a page must find room: the name, and every line of the contacts."""
    contacts = "".join(_contact_text(contact) for contact in brand.contacts)
    return 4 * len(brand.name) + len(contacts)


def _contact_text(contact: Contact) -> str:
    return "".join((contact.name, *contact.address, contact.phone, contact.email, contact.hours))


def _emptiness(brand: Brand) -> tuple[bool, int]:
    return brand.logo is None, -_words(brand)


_MEASURES: tuple[Callable[[Brand], float | tuple[bool, int]], ...] = (_logo_width, _words, _emptiness)
