"""What a sheet changes in brand files: new files, and single values in those that are there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from handoutpress.content.brand.keys import BrandFile, ContactKeys
from handoutpress.content.clinic_sheets.columns import NOTE
from handoutpress.content.clinic_sheets.rows import SheetClinic, SheetPlace, SheetValue
from handoutpress.content.clinic_sheets.values import logo_path, person_of, place_values, shared_values
from handoutpress.yamlfile.editing import UneditableError, with_value
from handoutpress.yamlfile.explain import load_record
from handoutpress.yamlfile.problems import ContentError, Problem
from handoutpress.yamlfile.source import Location, yaml_source
from handoutpress.yamlfile.writing import block

HEAD = "# yaml-language-server: $schema=../../schemas/brand.schema.json\n"
_HANDOUT = ("defaults", "handout")
_CONTACTS = ("meta", "contacts")
EXTENDS = (*_HANDOUT, "extends")
Edit = tuple[Location, Any, SheetValue]
"""Where a value goes, the value, and the cell that says it."""


@dataclass
class BrandChange:
    """What becomes of one brand file. ``old`` is empty for a new one; ``logo`` is where its logo comes from.

    ``said_by`` are the cells that say each value. ``unlisted`` are places that the sheet lacks.
    """

    clinic: SheetClinic
    old: str
    new: str
    logo: tuple[Path, str] | None = None
    """The file to copy, and its name in the brand's folder."""
    said_by: dict[Location, SheetValue] = field(default_factory=dict)
    unlisted: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        return self.clinic.slug

    @property
    def changes_anything(self) -> bool:
        return self.old != self.new or self.logo is not None


def new_brand_file(clinic: SheetClinic, extends: str, logo: Path | None) -> BrandChange:
    """Return the brand file that a clinic begins with; ``extends`` is a folder from its own, or empty."""
    change = BrandChange(clinic, "", "")
    if logo:
        change.logo = (logo, f"logo{logo.suffix.lower()}")
    data, change.said_by = brand_data(clinic, extends, change.logo[1] if change.logo else ""), cells_of(clinic)
    change.new = HEAD + block(data, "", "\n") + "\n"
    return change


def brand_data(clinic: SheetClinic, extends: str, logo: str) -> dict[str, Any]:
    """Return what a clinic's brand file says, as plain data.

    ``extends`` and ``logo`` are paths as the file has them, or empty.
    """
    data = dict[str, Any]()
    if extends:
        _put(data, EXTENDS, extends)
    for location, value, _ in (*_of_new_meta(clinic), *_of_handout(clinic, {})):
        _put(data, location, value)
    if contacts := [_contact(place) for place in clinic.places if not place.is_empty]:
        _put(data, _CONTACTS, contacts)
    if logo:
        _put(data, ("logo",), logo)
    return {key: data[key] for key in ("meta", "logo", "defaults") if key in data}


def cells_of(clinic: SheetClinic) -> dict[Location, SheetValue]:
    """Return the cells that say each value of the file that a clinic begins with."""
    said_by = {location: cell for location, _, cell in (*_of_new_meta(clinic), *_of_handout(clinic, {}))}
    for index, place in enumerate(place for place in clinic.places if not place.is_empty):
        said_by.update(_said_of_place(index, place))
    for location, name in ((EXTENDS, "extends"), (("logo",), "logo")):
        if cell := clinic.values.get(name):
            said_by[location] = cell
    return said_by


def _of_new_meta(clinic: SheetClinic) -> Iterator[Edit]:
    name, short, link = (clinic.values.get(key) for key in ("name", "short_name", "link"))
    if name and short and short.text != name.text:
        yield ("meta", "name", "full"), name.text, name
        yield ("meta", "name", "short"), short.text, short
    elif name:
        yield ("meta", "name"), name.text, name
    if link:
        yield ("meta", "link"), link.text, link


def _put(data: dict[str, Any], location: Location, value: Any) -> None:
    inner: Any = data
    for step in location[:-1]:
        inner = inner.setdefault(step, {})
    inner[location[-1]] = value


def changed_brand_file(clinic: SheetClinic, text: str, display_path: Path, logo: Path | None) -> BrandChange:
    """Return what a sheet changes in a brand file that says ``text``; what the sheet leaves empty stays.

    Raises ``ContentError`` for mistakes in that file, and for a value that only a person can change in it.
    """
    source = yaml_source(text.removeprefix("\ufeff"), display_path, "")
    keys, data = load_record(source, BrandFile), source.data
    change = BrandChange(clinic, text, text)
    contacts = (keys.meta.contacts if keys.meta else None) or ()
    indexes = _matched(clinic.places, contacts)
    edits = [*_of_meta(clinic, keys, data), *_of_extends(clinic, keys), *_of_handout(clinic, data)]
    edits += _of_places(clinic, indexes, contacts)
    change.said_by = {location: cell for location, _, cell in edits}
    for index, place in zip(indexes, clinic.places, strict=True):
        change.said_by.update(_said_of_place(index, place))
    if logo:
        edits += _of_logo(change, keys, data, logo, display_path)
    for location, value, cell in edits:
        try:
            change.new = with_value(change.new, location, value)
        except UneditableError as error:
            raise ContentError([_by_hand(display_path, cell, str(error))]) from None
    change.unlisted = tuple(
        contact.name or ", ".join(contact.address) or contact.phone or f"place {index + 1}"
        for index, contact in enumerate(contacts)
        if index not in indexes and any(not place.is_empty for place in clinic.places)
    )
    return change


def mistakes_in(change: BrandChange, sheet: Path, display_path: Path) -> list[Problem]:
    """Return what is wrong with the file that a change would leave, each at the cell that says it."""
    try:
        source = yaml_source(change.new.removeprefix("\ufeff"), display_path, "")
        load_record(source, BrandFile)
    except ContentError as error:
        cells = {source.place(location): cell for location, cell in change.said_by.items()}
        return [
            cells[problem.line, problem.column].problem(sheet, problem.sentence, problem.hint)
            if (problem.line, problem.column) in cells
            else Problem(
                sheet, change.clinic.row.line, 1, f"Row {change.clinic.row.number}: {problem.sentence}", problem.hint
            )
            for problem in error.problems
        ]
    return []


def _of_meta(clinic: SheetClinic, keys: BrandFile, data: Any) -> Iterator[Edit]:
    known, told = shared_values(keys), clinic.values
    meta = data.get("meta") or {}
    name, short = told.get("name"), told.get("short_name")
    raw = meta.get("name")
    if name and name.text != known.get("name"):
        yield (("meta", "name", "full") if isinstance(raw, dict) else ("meta", "name")), name.text, name
    if short and short.text != known.get("short_name"):
        full = name.text if name else known.get("name", "")
        if isinstance(raw, dict):
            yield ("meta", "name", "short"), short.text, short
        else:
            yield ("meta", "name"), {"full": full, "short": short.text} if short.text != full else full, short
    if (link := told.get("link")) and link.text != known.get("link"):
        yield (("meta", "link", "home") if isinstance(meta.get("link"), dict) else ("meta", "link")), link.text, link


def _of_extends(clinic: SheetClinic, keys: BrandFile) -> Iterator[Edit]:
    known = keys.defaults.handout.extends if keys.defaults and keys.defaults.handout else None
    if (extends := clinic.values.get("extends")) and (path := f"../{extends.text}") != known:
        yield EXTENDS, path, extends


def _of_handout(clinic: SheetClinic, data: Any) -> Iterator[Edit]:
    """Yield what the sheet says of ``defaults.handout`` and the file does not."""
    raw = ((data.get("defaults") or {}).get("handout")) or {}
    told = clinic.values
    if (country := told.get("country")) and country.text.lower() != str(raw.get("country", "")).lower():
        yield (*_HANDOUT, "country"), country.text.lower(), country
    if people := told.get("people"):
        listed = _people(people.text, raw.get("people") or [])
        if listed != raw.get("people"):
            yield (*_HANDOUT, "people"), listed, people
    for name, note in told.items():
        slug = name.removeprefix(NOTE)
        if name.startswith(NOTE) and note.text != str((raw.get("notes") or {}).get(slug, "")).strip():
            yield (*_HANDOUT, "notes", slug), note.text, note


def _people(words: str, there: Sequence[Any]) -> list[dict[str, Any]]:
    """Return the people of a cell; of those that are in the file already, what the cell does not say stays."""
    known = {person.get("name"): person for person in there if isinstance(person, dict)}
    people = [person_of(line) for line in words.replace(";", "\n").splitlines() if line.strip(" ,")]
    return [{**known.get(person.get("name"), {}), **_unlike(person, known)} for person in people]


def _unlike(person: dict[str, str], known: dict[Any, Any]) -> dict[str, str]:
    """Return what a person's words say otherwise than the file; a number may stand there as a number."""
    there = known.get(person.get("name"), {})
    return {key: part for key, part in person.items() if str(there.get(key, "")) != part}


def _of_places(clinic: SheetClinic, indexes: list[int], contacts: Sequence[ContactKeys]) -> Iterator[Edit]:
    for index, place in zip(indexes, clinic.places, strict=True):
        if place.is_empty:
            continue
        first = (*place.values.values(), *place.lines)[0]
        if not contacts and index == 0:
            yield _CONTACTS, [_contact(place)], first
        elif index >= len(contacts):
            yield (*_CONTACTS, index), _contact(place), first
        else:
            known, shown, said = place_values(contacts[index]), _shown(place), _said_of_place(index, place)
            for key, value in _contact(place).items():
                name = "place" if key == "name" else key
                if shown[name] != known.get(name):
                    yield (*_CONTACTS, index, key), value, said[*_CONTACTS, index, key]


def _matched(places: Sequence[SheetPlace], contacts: Sequence[ContactKeys]) -> list[int]:
    """Return which contact of the file each place of the sheet is; new ones come behind those that are there."""
    known, shown = list(map(place_values, contacts)), list(map(_shown, places))
    chosen: dict[int, int] = {}
    for sign in ("place", "address", "phone"):
        for at, told in enumerate(shown):
            mark = told.get(sign)
            free = (
                i for i, values in enumerate(known) if i not in chosen.values() and mark and values.get(sign) == mark
            )
            if at not in chosen and (index := next(free, None)) is not None:
                chosen[at] = index
    open_places = [at for at in range(len(places)) if at not in chosen]
    open_contacts = [index for index in range(len(known)) if index not in chosen.values()]
    if len(open_places) == len(open_contacts):
        chosen.update(zip(open_places, open_contacts, strict=True))
    behind = iter(range(len(known), len(known) + len(places)))
    return [chosen[at] if at in chosen else next(behind) for at in range(len(places))]


def _contact(place: SheetPlace) -> dict[str, Any]:
    texts = {name: value.text for name, value in place.values.items()}
    contact: dict[str, Any] = {"name": texts["place"]} if "place" in texts else {}
    if address := place.address:
        contact["address"] = list(address)
    return contact | {key: " ".join(texts[key].split()) for key in ("phone", "email", "hours") if key in texts}


def _shown(place: SheetPlace) -> dict[str, str]:
    """Return what the sheet says of a place, by field, as ``place_values`` has it of a contact."""
    contact = {"place" if key == "name" else key: value for key, value in _contact(place).items()}
    return {name: "\n".join(value) if isinstance(value, list) else value for name, value in contact.items()}


def _said_of_place(index: int, place: SheetPlace) -> dict[Location, SheetValue]:
    said: dict[Location, SheetValue] = {
        (*_CONTACTS, index, "name" if name == "place" else name): value for name, value in place.values.items()
    }
    if place.lines:
        said[*_CONTACTS, index, "address"] = place.lines[0]
        said.update({(*_CONTACTS, index, "address", at): value for at, value in enumerate(place.lines)})
    return said


def _of_logo(change: BrandChange, keys: BrandFile, data: Any, logo: Path, display_path: Path) -> Iterator[Edit]:
    """Give ``change`` the logo to copy, and yield the change of its name where it has another kind of file."""
    cell = change.clinic.values["logo"]
    there, raw = logo_path(keys.logo), data.get("logo")
    if raw is not None and there is None:
        raise ContentError([_by_hand(display_path, cell, '"logo" has several pictures')])
    file = there if there and Path(there).suffix.lower() == logo.suffix.lower() else f"logo{logo.suffix.lower()}"
    change.logo = (logo, file)
    if file != there:
        yield ("logo", "path") if isinstance(raw, dict) and "path" in raw else ("logo",), file, cell


def _by_hand(display_path: Path, cell: SheetValue, sentence: str) -> Problem:
    shown = f"{display_path.as_posix()}, which row {cell.row.number} changes: {sentence}."
    return Problem(display_path, 0, 0, shown, f"change it there by hand to: {cell.text}")
