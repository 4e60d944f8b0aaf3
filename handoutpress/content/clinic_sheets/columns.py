"""The columns of a sheet of clinics: what each holds, by its head in four languages, or as a person settles it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from handoutpress.content.tables.table import Table
from handoutpress.yamlfile.nearest import meant
from handoutpress.yamlfile.problems import ContentError, HandoutError, Problem
from handoutpress.yamlfile.record import SLUG
from handoutpress.yamlfile.source import YamlSource, read_yaml

IGNORE = "ignore"
_HEADS = {
    "slug": "slug, key, code, id, kürzel, identifiant, identificador",
    "name": "name, clinic, clinic name, practice, practice name, full name, nombre, clínica, nom, cabinet, clinique, "
    "praxis, praxisname, klinik, einrichtung",
    "short_name": "short name, short, abbreviation, nombre corto, nom court, nom abrégé, kurzname, kurzbezeichnung",
    "place": "place, site, location, branch, surgery, sucursal, sede, lieu, standort, filiale",
    "address": "address, addresses, address line, street, street address, dirección, calle, domicilio, adresse, rue, "
    "straße, anschrift, straße und hausnummer",
    "postcode": "postcode, post code, zip, zip code, postal code, código postal, cp, code postal, plz, postleitzahl",
    "city": "city, town, ciudad, localidad, población, ville, commune, ort, stadt",
    "phone": "phone, phones, phone number, telephone, telephones, telephone number, tel, mobile, teléfono, teléfonos, "
    "móvil, téléphone, portable, telefon, telefonnummer, rufnummer, handy, mobil",
    "email": "email, e mail, mail, email address, e mail address, correo, correo electrónico, courriel, "
    "adresse e mail, e mail adresse",
    "hours": "hours, opening hours, opening times, horario, horarios, heures, horaires, heures d ouverture, "
    "öffnungszeiten, sprechzeiten",
    "link": "link, website, web site, web, url, homepage, sitio web, página web, site web, site internet, webseite, "
    "internet",
    "extends": "extends",
    "country": "country, country code, país, pays, land",
    "logo": "logo, logo file, logotipo, fichier logo, logodatei",
    "people": "people, team, staff, practitioners, therapists, personas, equipo, équipe, praticiens, mitarbeiter, "
    "behandler, therapeuten",
}
FIELDS = tuple(_HEADS)
"""What a column may hold, besides ``note:`` and a handout's slug."""
REPEATED = frozenset({"address", "phone"})
"""What several columns may hold together."""
OF_PLACES = ("place", "address", "postcode", "city", "phone", "email", "hours")
NOTE = "note:"
_NOTE_HEAD = re.compile(r"(?:notes?|notas?|remarques?|hinweise?)[\s:]+(.+)", re.IGNORECASE)


@dataclass(frozen=True)
class SheetColumn:
    """A column from 1 with its head, its ``cell`` such as B1, and its field; empty where none is known.

    ``is_told`` says that a person settled it.
    """

    number: int
    cell: str
    head: str
    field: str
    is_told: bool = False


def read_columns(table: Table, settled: Path | None = None) -> tuple[SheetColumn, ...]:
    """Return the columns of ``table``; ``settled`` is a YAML file of heads and their fields, or ``ignore``.

    Raises ``ContentError`` for a head that stands twice, for a table that names no clinic, and for what is wrong with
    ``settled``.
    """
    told = _settled(table, settled) if settled else {}
    columns = tuple(
        SheetColumn(
            cell.column, table.heads.name(cell), cell.text, told.get(cell.text) or _guess(cell.text), cell.text in told
        )
        for cell in table.heads.cells
        if cell.text
    )
    if problems := [*_twice(table, columns), *_nameless(table, columns)]:
        raise ContentError(problems)
    return columns


def folded(words: str) -> str:
    """Return words in lower case without accents and signs, as heads are compared."""
    if words.isascii():
        return re.sub(r"[\W_]+", " ", words.lower()).strip()
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", words.casefold()) if not unicodedata.combining(sign))
    return re.sub(r"[\W_]+", " ", bare).strip()


_FIELD_OF = {folded(head): field for field, heads in _HEADS.items() for head in (*heads.split(", "), field)}


def _guess(head: str) -> str:
    if (note := _NOTE_HEAD.fullmatch(head)) and re.fullmatch(SLUG, note[1].strip()):
        return NOTE + note[1].strip()
    words = folded(head)
    return _FIELD_OF.get(words) or _FIELD_OF.get(re.sub(r" ?\d+$", "", words), "")


def _settled(table: Table, path: Path) -> dict[str, str]:
    if not path.is_file():
        raise HandoutError(
            f"There is no file {path.as_posix()}. Hint: it names heads and their fields: Tel. Nr.: phone."
        )
    source = read_yaml(path)
    if not isinstance(source.data, dict):
        hint = "write a line for each head, like: Tel. Nr.: phone."
        raise ContentError([source.problem((), "The file names no heads.", hint)])
    if problems := list(_unsettled(source, [cell.text for cell in table.heads.cells])):
        raise ContentError(problems)
    return dict(source.data)


def _unsettled(source: YamlSource, heads: list[str]) -> Iterator[Problem]:
    for head, field in source.data.items():
        if head not in heads:
            yield source.problem(
                (head,), f'The sheet has no column "{head}".', meant(head, filter(None, heads)), key=True
            )
        is_note = isinstance(field, str) and field.startswith(NOTE) and re.fullmatch(SLUG, field.removeprefix(NOTE))
        if field not in (*FIELDS, IGNORE) and not is_note:
            hint = f"known here: {', '.join(FIELDS)}, note:HANDOUT, {IGNORE}."
            yield source.problem((head,), f'"{field}" is nothing that a column may hold.', hint)


def _twice(table: Table, columns: tuple[SheetColumn, ...]) -> Iterator[Problem]:
    first: dict[str, SheetColumn] = {}
    for column in columns:
        other = first.setdefault(column.field, column)
        if other is not column and column.field not in ("", IGNORE, *REPEATED):
            sentence = (
                f'The heads "{other.head}" ({other.cell}) and "{column.head}" ({column.cell}) both mean {column.field}.'
            )
            hint = f"say which one counts: --map columns.yaml, with a line {column.head}: {IGNORE}."
            yield Problem(table.path, table.heads.line, column.number, sentence, hint)


def _nameless(table: Table, columns: tuple[SheetColumn, ...]) -> Iterator[Problem]:
    if not {"name", "slug"} & {column.field for column in columns}:
        hint = 'the first row names the columns: call one "name", or settle it with --map; titles above are deleted.'
        yield Problem(table.path, table.heads.line, 1, "No column has the names of the clinics.", hint)
