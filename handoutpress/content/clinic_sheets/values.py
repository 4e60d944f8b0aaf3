"""What a brand file says of the things that a sheet has columns for, and the row of a sheet that says the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from handoutpress.content.brand.keys import BrandFile, ContactKeys, LogoKeys
from handoutpress.content.clinic_sheets.columns import NOTE
from handoutpress.yamlfile.record import SLUG

_PERSON = ("name", "role", "register", "number")
_ROW_HEADS = ("slug", "name", "short_name", "link", "country", "logo", "place", "address", "phone", "email", "hours")


def person_of(words: str) -> dict[str, str]:
    """Return a person written as ``Anna Bell, Osteopath, GOsC, 1234``: name, role, register and number there."""
    parts = [part.strip() for part in words.split(",")]
    named = dict(zip(_PERSON, [*parts[:3], ", ".join(parts[3:])] if len(parts) > 3 else parts, strict=False))
    return {key: part for key, part in named.items() if part}


def shared_values(keys: BrandFile) -> dict[str, str]:
    """Return what a brand file itself says of its clinic, by field, as a cell would have it."""
    meta, handout = keys.meta, keys.defaults.handout if keys.defaults else None
    name = meta.name if meta else None
    full = name.full or name.short if name else None
    values = {
        "name": full,
        "short_name": name.short if name and name.short != full else None,
        "link": meta.link.home if meta and meta.link else None,
        "extends": _extended(handout.extends) if handout and handout.extends else None,
        "country": handout.country if handout else None,
        "logo": logo_path(keys.logo),
        "people": "\n".join(map(_person_words, handout.people or ())) if handout else None,
        **{NOTE + slug: note for slug, note in (handout.notes if handout else {}).items()},
    }
    return {field: value for field, value in values.items() if value}


def _extended(path: str) -> str | None:
    """Return the name of the brand that a brand file extends; None for one that does not lie beside it."""
    name = path.removeprefix("../")
    return name if path != name and re.fullmatch(SLUG, name) else None


def place_values(contact: ContactKeys) -> dict[str, str]:
    """Return what a brand file says of one place, by field, as a cell would have it."""
    values = {
        "place": contact.name,
        "address": "\n".join(contact.address),
        "phone": contact.phone,
        "email": contact.email,
        "hours": contact.hours,
    }
    return {field: value for field, value in values.items() if value}


def logo_path(keys: LogoKeys | None) -> str | None:
    """Return the path of a brand's one logo; None where it has none, or several pictures to choose from."""
    large = keys.large if keys else None
    if keys is None or keys.images or keys.medium or keys.small or large is None or large.dark or large.light is None:
        return None
    return large.light.path


def sheet_rows(brands: Mapping[str, BrandFile], logos: Mapping[str, str]) -> Iterator[list[str]]:
    """Yield a row of heads, then for each place of each brand its row. ``logos`` are paths from the sheet, by slug."""
    shared = {slug: {"slug": slug, **shared_values(keys)} for slug, keys in brands.items()}
    for slug, values in shared.items():
        values.pop("logo", None)
        values.update({"logo": logos[slug]} if slug in logos else {})
    further = dict.fromkeys(field for values in shared.values() for field in values if field not in _ROW_HEADS)
    heads = [*_ROW_HEADS, *further]
    yield heads
    for slug, keys in brands.items():
        contacts = (keys.meta.contacts if keys.meta else None) or (ContactKeys(),)
        for contact in contacts:
            row = {**shared[slug], **place_values(contact)}
            yield [row.get(head, "") for head in heads]


def _person_words(person: Any) -> str:
    parts = [person.name, person.role or "", person.registered_with or "", person.number or ""]
    return ", ".join(parts).rstrip(", ")
