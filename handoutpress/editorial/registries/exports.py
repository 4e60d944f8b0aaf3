"""References as other programs export them: BibTeX and RIS, entry by entry as CSL data."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from handoutpress.yamlfile.problems import ContentError, Problem

_BIBTEX_TYPES = {
    "article": "article-journal",
    "book": "book",
    "booklet": "pamphlet",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "mastersthesis": "thesis",
    "phdthesis": "thesis",
    "thesis": "thesis",
    "report": "report",
    "techreport": "report",
    "online": "webpage",
    "electronic": "webpage",
    "misc": "document",
    "manual": "book",
    "unpublished": "manuscript",
    "dataset": "dataset",
}
_BIBTEX_FIELDS = {
    "journal": "container-title",
    "journaltitle": "container-title",
    "booktitle": "container-title",
    "shortjournal": "container-title-short",
    "volume": "volume",
    "number": "issue",
    "issue": "issue",
    "pages": "page",
    "publisher": "publisher",
    "institution": "publisher",
    "school": "publisher",
    "address": "publisher-place",
    "location": "publisher-place",
    "edition": "edition",
    "series": "collection-title",
    "doi": "DOI",
    "pmid": "PMID",
    "url": "URL",
}
_RIS_TYPES = {
    "JOUR": "article-journal",
    "EJOUR": "article-journal",
    "MGZN": "article-magazine",
    "NEWS": "article-newspaper",
    "BOOK": "book",
    "EBOOK": "book",
    "CHAP": "chapter",
    "ECHAP": "chapter",
    "CONF": "paper-conference",
    "CPAPER": "paper-conference",
    "THES": "thesis",
    "RPRT": "report",
    "ELEC": "webpage",
    "WEB": "webpage",
    "DATA": "dataset",
}
_RIS_FIELDS = {
    "journal_name": "container-title",
    "secondary_title": "container-title",
    "alternate_title3": "container-title-short",
    "alternate_title2": "container-title-short",
    "volume": "volume",
    "number": "issue",
    "publisher": "publisher",
    "place_published": "publisher-place",
    "edition": "edition",
    "doi": "DOI",
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_HEIGHT = re.compile(r"\$([_^])\{?([^${}]{1,20})\}?\$")


def read_bibtex(text: str, path: Path) -> list[dict[str, Any]]:
    """Return the entries of a BibTeX file as CSL data. Raises ``ContentError`` naming each that cannot be read."""
    from bibtexparser import entrypoint, middlewares  # noqa: PLC0415 - only "references add" needs it

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    logging.disable(logging.CRITICAL)
    try:
        names = [middlewares.SeparateCoAuthors(), middlewares.SplitNameParts(), middlewares.LatexDecodingMiddleware()]
        library = entrypoint.parse_string(text, append_middleware=names)
    finally:
        logging.disable(logging.NOTSET)
    if library.failed_blocks:
        hint = "see whether its braces are closed and its key stands once."
        raise ContentError(
            [
                Problem(path, (block.start_line or 0) + 1, 0, "This entry of BibTeX cannot be read.", hint)
                for block in library.failed_blocks
            ]
        )
    return [_from_bibtex(entry) for entry in library.entries]


def _from_bibtex(block: Any) -> dict[str, Any]:
    fields = {key.lower(): field.value for key, field in block.fields_dict.items()}
    entry: dict[str, Any] = {"id": block.key, "type": _BIBTEX_TYPES.get(block.entry_type.lower(), "document")}
    entry["title"] = _words(fields.get("title"))
    for role in ("author", "editor"):
        if people := [_bibtex_name(person) for person in fields.get(role) or []]:
            entry[role] = people
    month = str(fields.get("month", "")).lower()[:3]
    year = str(fields.get("date") or fields.get("year") or "")
    if year:
        entry["issued"] = f"{year}-{_MONTHS.index(month) + 1:02}" if month in _MONTHS and year.isdecimal() else year
    taken = {name: _words(fields[key]) for key, name in _BIBTEX_FIELDS.items() if fields.get(key)}
    return {**entry, **{name: re.sub("--|–", "-", words) if name == "page" else words for name, words in taken.items()}}


def _bibtex_name(person: Any) -> dict[str, str]:
    family, given = " ".join(person.last), " ".join(person.first)
    parts = {
        "family": family,
        "given": given,
        "non-dropping-particle": " ".join(person.von),
        "suffix": " ".join(person.jr),
    }
    if not given and " " in family:
        return {"literal": _words(family)}
    return {key: _words(words) for key, words in parts.items() if words}


def _words(value: Any) -> str:
    """Return a value of BibTeX without braces, its raised and lowered figures as tags."""
    tags = {"_": "sub", "^": "sup"}
    text = _HEIGHT.sub(lambda match: f"<{tags[match[1]]}>{match[2]}</{tags[match[1]]}>", str(value or ""))
    return " ".join(re.sub(r"[{}]", "", text).split())


def read_ris(text: str, path: Path) -> list[dict[str, Any]]:
    """Return the entries of an RIS file as CSL data. Raises ``ContentError`` where it is none."""
    import rispy  # noqa: PLC0415 - as in read_bibtex

    try:
        records = rispy.loads(text)
    except Exception as error:  # the reader raises whatever a broken file leads it to
        hint = 'each record begins with "TY  - " and ends with "ER  - ".'
        raise ContentError([Problem(path, 0, 0, "This is not a whole RIS file.", hint)]) from error
    return [_from_ris(record) for record in records]


def _from_ris(record: Mapping[str, Any]) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": "", "type": _RIS_TYPES.get(str(record.get("type_of_reference")), "document")}
    entry["title"] = str(record.get("title") or record.get("primary_title") or "")
    people = record.get("authors") or record.get("first_authors") or []
    if people:
        entry["author"] = [_ris_name(person) for person in people]
    day = [part for part in re.split(r"[/-]", str(record.get("year") or record.get("date") or "")) if part.isdecimal()]
    if day:
        entry["issued"] = {"date-parts": [[int(part) for part in day[:3]]]}
    pages = [str(record[key]) for key in ("start_page", "end_page") if record.get(key)]
    entry |= {"page": "-".join(pages)} if pages else {}
    urls = record.get("urls") or []
    entry |= {"URL": str(urls[0])} if urls else {}
    return {**entry, **{name: str(record[key]) for key, name in _RIS_FIELDS.items() if record.get(key)}}


def _ris_name(person: str) -> dict[str, str]:
    family, _, given = (part.strip() for part in person.partition(","))
    return {"family": family, "given": given} if given else {"literal": family}
