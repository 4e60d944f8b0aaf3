"""What no file can say of itself: names in it that must exist elsewhere in the project."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from handoutpress.content.brand.brand import Brand
from handoutpress.content.library import LIBRARY, Library
from handoutpress.content.models.citations import citations
from handoutpress.content.models.formats import Format
from handoutpress.content.models.handouts import Handout
from handoutpress.content.models.web_addresses import MAX_CODE_LENGTH, web_address
from handoutpress.content.project import Project
from handoutpress.yamlfile.nearest import meant
from handoutpress.yamlfile.problems import ContentError, Problem
from handoutpress.yamlfile.source import Location, YamlSource

_LINK = re.compile(r"(?<!\\)\[(?!@)[^\]\[]*\]\(\s*<?((?:[^()\s>]|\([^()\s>]*\))*)")
_FITS = f"a code holds at most {MAX_CODE_LENGTH}"


@dataclass(frozen=True)
class CitedKey:
    """A key that the text at ``location`` cites, ``offset`` characters into it."""

    key: str
    location: Location
    offset: int
    readable: bool = True


def cited_in(source: YamlSource) -> tuple[CitedKey, ...]:
    """Return all that a handout cites, in the file's order: in its texts, and as references of benefits and risks."""
    return tuple(_cited(source))


def _cited(source: YamlSource) -> Iterator[CitedKey]:
    for location, node in source.root.texts():
        if len(location) > 2 and location[-2] == "references":
            yield CitedKey(node.value, location, 0)
        else:
            yield from (CitedKey(each.key, location, each.start, each.readable) for each in citations(node.value))


def citation_problems(source: YamlSource, cited: Collection[CitedKey], library: Library) -> list[Problem]:
    """Return a problem for every citation that cannot be printed."""
    if cited and not library.readable:
        hint = f"mend {LIBRARY} first."
        return [Problem(source.path, 0, 0, f"What this cites is unknown, since {LIBRARY} cannot be read.", hint)]
    found = ((each, citation_fault(each.key, library, each.readable)) for each in cited)
    places = ((source.place_in(each.location, each.offset), fault) for each, fault in found if fault)
    return [Problem(source.path, *place, *fault) for place, fault in places]


def link_problems(source: YamlSource) -> list[Problem]:
    """Return a problem for every link in running text that leads to no web page, mail address or telephone."""
    hint = "begin it with https://, mailto: or tel:."
    return [
        Problem(source.path, *source.place_in(location, link.start(1)), f'The link "{link[1]}" is not allowed.', hint)
        for location, node in source.root.texts()
        for link in _LINK.finditer(node.value)
        if not _may_lead(link[1])
    ]


def _may_lead(address: str) -> bool:
    if address.startswith(("mailto:", "tel:")):
        return True
    try:
        return bool(web_address(address))
    except ValueError:
        return False


def citation_fault(key: str, library: Library, readable: bool = True) -> tuple[str, str] | None:
    """Return a sentence and a hint if ``key`` may not be cited, else None."""
    if not readable:
        return f'"{key}" is not a readable citation.', "write [@key] or [@one; @two], with keys in lower case."
    if key in library.broken:
        return f'The reference "{key}" has mistakes in {LIBRARY}.', "mend them there first."
    entry = library.references.get(key)
    if entry is None:
        return f'The reference "{key}" is not in {LIBRARY}.', meant(key, library.references)
    if not entry.citable:
        hint = "cite a reference that is confirmed or corrected."
        return f'The reference "{key}" may not be cited: its status is {entry.custom.status}.', hint
    return None


def address_problems(source: YamlSource, handout: Handout) -> list[Problem]:
    """Return a problem for every address of the article that is too long for its code."""
    article = handout.article
    references = article.references_url or f"{article.url}#references"
    where = "references_url" if article.references_url else "url"
    checked = (("url", "the article", article.url), (where, "its references", references))
    hint = 'give a shorter address; "references_url" may be one of its own.'
    return [
        source.problem(("article", key), f"The address of {what} has {len(address)} characters; {_FITS}.", hint)
        for key, what, address in checked
        if len(address) > MAX_CODE_LENGTH
    ]


@dataclass(frozen=True)
class KnownNames:
    """The names that a brand may use."""

    handouts: Collection[str]
    languages: Collection[str]
    formats: Collection[str]
    countries: Collection[str]
    library: Library


def brand_problems(project: Project, brand: Brand, known: KnownNames) -> list[Problem]:
    """Return a problem for every name in ``brand`` that the project does not know."""
    faults = list(_brand_faults(brand, known))
    if not faults:
        return []
    try:
        source = project.read(brand.path)
    except ContentError as error:  # it was read a moment ago, so it has just changed
        return list(error.problems)
    return [_brand_problem(source, *fault) for fault in faults]


def _brand_problem(source: YamlSource, location: Location, sentence: str, hint: str) -> Problem:
    """A brand that extends another may have the name from there: then the problem belongs to the file as a whole."""
    whole = ("defaults", "handout", *location)
    node = source.root.at(whole[:-1])
    if whole[-1] not in node.parts:
        return Problem(source.path, 0, 0, sentence, hint)
    return source.problem(whole, sentence, hint, key=location[0] in ("notes", "hide"))


def _brand_faults(brand: Brand, known: KnownNames) -> Iterator[tuple[Location, str, str]]:
    if brand.country not in known.countries:
        yield ("country",), f'There is no country "{brand.country}".', meant(brand.country, known.countries)
    for key, slugs in (("notes", brand.notes), ("hide", brand.hidden)):
        for slug in slugs:
            if slug not in known.handouts:
                yield (key, slug), f'There is no handout "{slug}".', meant(slug, known.handouts)
    for slug, note in brand.notes.items():
        for citation in citations(note):
            if fault := citation_fault(citation.key, known.library, citation.readable):
                yield ("notes", slug), *fault
    yield from _unknown_choices(brand, known)
    yield from _long_addresses(brand, known)


def _unknown_choices(brand: Brand, known: KnownNames) -> Iterator[tuple[Location, str, str]]:
    for index, language in enumerate(brand.languages):
        if language not in known.languages:
            yield ("languages", index), f'There is no language "{language}".', meant(language, known.languages)
    for index, name in enumerate(brand.formats):
        if name not in known.formats:
            yield ("formats", index), f'There is no format "{name}".', meant(name, known.formats)


def _long_addresses(brand: Brand, known: KnownNames) -> Iterator[tuple[Location, str, str]]:
    if not brand.article_url:
        return
    longest = max(known.handouts, key=len, default="")
    address = brand.article_url.replace("{slug}", longest) + "#references"
    if len(address) > MAX_CODE_LENGTH:
        sentence = f'The address for "{longest}" and its references has {len(address)} characters; {_FITS}.'
        yield ("article_url",), sentence, "give a shorter address."


def style_problem(project: Project, source: YamlSource, format_: Format) -> list[Problem]:
    """Return a problem for each stylesheet that the format in ``source`` names and that is not there."""
    known = project.files("styles", "*.css")
    named: list[tuple[Location, str | None]] = [(("style",), format_.style), (("base_style",), format_.base_style)]
    named += [(("bilingual", "style"), format_.bilingual.style)] if format_.bilingual else []
    return [
        source.problem(location, f'There is no stylesheet "styles/{name}.css".', meant(name, known))
        for location, name in named
        if name is not None and name not in known
    ]
