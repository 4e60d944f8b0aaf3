"""What no file can say of itself: names in it that must exist elsewhere in the project."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from handoutpress.content.brand.brand import Brand
from handoutpress.content.library import LIBRARY, NOT_FOUND_YET, TO_FIND, Library, broken_words, uncitable_hint
from handoutpress.content.models import citations
from handoutpress.content.models.citations import unreadable_citation
from handoutpress.content.models.countries import code_of
from handoutpress.content.models.formats import Format
from handoutpress.content.models.handouts import Handout
from handoutpress.content.models.project_settings import ProjectSettings
from handoutpress.content.models.references import RETRACTED
from handoutpress.content.models.site_addresses import BY_HASH, base_of
from handoutpress.content.models.web_addresses import MAX_CODE_LENGTH, references_address
from handoutpress.content.project import Project
from handoutpress.content.text.fields import MAX_TEXT
from handoutpress.content.text.leftovers import MAX_LEFTOVERS, leftovers
from handoutpress.content.text.markdown import LINK_HINT, PHONE, links, may_lead, seen_lines
from handoutpress.yamlfile.nearest import meant
from handoutpress.yamlfile.problems import ContentError, MessageAndHint, Problem
from handoutpress.yamlfile.source import Location, YamlSource

_FITS = f"a code holds at most {MAX_CODE_LENGTH}"


@dataclass(frozen=True)
class CitedReference:
    """A key that the text at ``location`` cites, ``offset`` characters into it.

    A citation that cannot be read has no key, and ``fault`` says so.
    """

    key: str
    location: Location
    offset: int = 0
    fault: MessageAndHint | None = None


def cited_in(source: YamlSource) -> tuple[CitedReference, ...]:
    """Return all that a handout cites, in the file's order: in its texts, and as references of benefits and risks."""
    return tuple(_cited(source))


def _cited(source: YamlSource) -> Iterator[CitedReference]:
    for location, node in source.root.texts():
        if len(node.value) > MAX_TEXT:  # it is refused as a whole
            continue
        if len(location) > 2 and location[-2] == "references":
            yield CitedReference(node.value, location)
            continue
        for citation in citations.citations(node.value):
            if fault := unreadable_citation(citation):
                yield CitedReference("", location, citation.start, fault)
            for cited in citation.keys:
                yield CitedReference(cited.key, location, cited.offset)


def citation_problems(source: YamlSource, references: Collection[CitedReference], library: Library) -> list[Problem]:
    """Return a problem for every citation that cannot be printed."""
    if references and not library.readable:
        return [unknown_library(source.path)]
    problems = []
    # One place in a text is enough of one key.
    told: set[tuple[str, Location]] = set()
    for reference in references:
        fault = reference.fault or reference_fault(reference.key, library)
        if fault and (fault.sentence, reference.location) not in told:
            told.add((fault.sentence, reference.location))
            line, column = source.place_in(reference.location, reference.offset)
            problems.append(Problem(source.path, line, column, fault.sentence, fault.hint))
    return problems


def unknown_library(path: Path) -> Problem:
    """Return the problem of a file that cites while the library cannot be read."""
    hint = f"mend {LIBRARY} first."
    return Problem(path, 0, 0, f"What this cites is unknown, since {LIBRARY} cannot be read.", hint)


def reference_fault(key: str, library: Library) -> MessageAndHint | None:
    """Return what is wrong if ``key`` may not be cited, else None."""
    if key in library.broken:
        return broken_words(key, library.broken[key])
    entry = library.references.get(key)
    if entry is None and key == TO_FIND:
        return NOT_FOUND_YET
    if entry is None:
        return MessageAndHint(f'The reference "{key}" is not in {LIBRARY}.', meant(key, library.references))
    # A retraction is the editor's to tell: nothing that rests on it is printed, and the site warns those who read on.
    if not entry.citable and entry.custom.status != RETRACTED:
        sentence = f'The reference "{key}" may not be cited: its status is {entry.custom.status}.'
        return MessageAndHint(sentence, uncitable_hint(entry))
    return None


def link_problems(source: YamlSource) -> list[Problem]:
    """Return a problem for every link in running text that leads to no web page, mail address or telephone."""
    return [
        Problem(source.path, *source.place_in(location, offset), fault.sentence, fault.hint)
        for location, node in source.root.texts()
        for offset, fault in link_faults(node.value)
    ]


def link_faults(text: str) -> Iterator[tuple[int, MessageAndHint]]:
    """Yield where in ``text`` each link begins that may not stand there, and why. Pictures are told by the editor."""
    if len(text) > MAX_TEXT:  # it is refused as a whole
        return
    offset = 0
    for link in links(text):
        offset = max(text.find(link.address, offset), text.find("](", offset) + 2)
        if not (link.is_picture or may_lead(link.address)):
            yield offset, MessageAndHint(f'The link "{link.address}" is not allowed.', LINK_HINT)


def address_problems(source: YamlSource, handout: Handout) -> list[Problem]:
    """Return a problem for every address of the article that is too long for its code."""
    article = handout.article
    if article is None or article.url is None:
        return []
    references = article.references_url or references_address(article.url)
    references_key = "references_url" if article.references_url else "url"
    checked = (("url", "the article", article.url), (references_key, "its references", references))
    hint = 'give a shorter address; "references_url" may be one of its own.'
    return [
        source.problem(("article", key), f"The address of {page} has {len(address)} characters; {_FITS}.", hint)
        for key, page, address in checked
        if len(address) > MAX_CODE_LENGTH
    ]


def format_problems(source: YamlSource, handout: Handout, formats: Collection[str]) -> list[Problem]:
    """Return a problem for each of the handout's formats that is not there."""
    return [
        source.problem(("formats", number), f'There is no format "{name}".', meant(name, formats))
        for number, name in enumerate(handout.formats or ())
        if name not in formats
    ]


def style_problems(project: Project, source: YamlSource, format_: Format) -> list[Problem]:
    """Return a problem for each stylesheet that the format in ``source`` names and that is not there."""
    styles = project.files("styles", "*.css")
    named: list[tuple[Location, str | None]] = [(("style",), format_.style), (("base_style",), format_.base_style)]
    named += [(("bilingual", "style"), format_.bilingual.style)] if format_.bilingual else []
    return [
        source.problem(location, f'There is no stylesheet "styles/{name}.css".', meant(name, styles))
        for location, name in named
        if name is not None and name not in styles
    ]


def settings_problems(source: YamlSource, settings: ProjectSettings, handouts: Collection[str]) -> list[Problem]:
    """Return a problem for each handout that was renamed to one that is not there, or is there under its old name."""
    problems = []
    for old, new in settings.renamed.items():
        if new not in handouts and new not in settings.renamed:
            problems.append(source.problem(("renamed", old), f'There is no handout "{new}".', meant(new, handouts)))
        if old in handouts:
            sentence = f'The handout "{old}" is still there, so it was not renamed.'
            problems.append(source.problem(("renamed", old), sentence, "delete this line.", key=True))
    return problems


def no_address(source: YamlSource, brand: Brand) -> Problem:
    """Return the problem of a handout in ``source`` whose codes would lead nowhere in ``brand``."""
    sentence = f'Nothing says where its article is: neither "url" nor an address of the brand "{brand.slug}".'
    hint = 'give its "url", or write "site: https://…" into project.yaml: "handouts docs site" says more.'
    return source.problem(("article",), sentence, hint, key=True)


def no_phone(project: Project, brand: Brand, handout: Path) -> Problem:
    """Return the problem of a brand without a telephone number, which the file ``handout`` tells patients to call."""
    sentence = f'{project.show(handout)} tells patients to call the clinic, and "{brand.slug}" has no telephone number.'
    hint = "give the phone of one of meta.contacts, as in contacts: [{phone: 01632 960 321}]."
    hint = "fill in the telephone number of its row." if brand.row else hint
    return Problem(Path(project.show(brand.path)), *brand.place, sentence, hint)


def site_problems(project: Project, brands: Mapping[str, Brand]) -> dict[str, Problem]:
    """Return a problem for each brand whose site is where another brand has its own, or cannot be told from a code."""
    problems: dict[str, Problem] = {}
    first: dict[str, str] = {}
    for slug, brand in brands.items():
        if not brand.site:
            continue
        base = base_of(brand.site, slug).lower()
        other = first.setdefault(base, slug)
        path = Path(project.show(brand.path))
        if other != slug:
            sentence = f'The brands "{other}" and "{slug}" have one site, {base}.'
            hint = f"write {{brand}} into its address, such as {base}/{{brand}}, or give one of them a site of its own."
            problems[slug] = Problem(path, *brand.place, sentence, hint)
        elif slug == BY_HASH:
            sentence = f'On a site, "{BY_HASH}" is where codes lead, so no brand can be called so.'
            hint = "give it another slug." if brand.row else "rename its folder."
            problems[slug] = Problem(path, *brand.place, sentence, hint)
    return problems


def shadowing(project: Project, handout: Path) -> Problem:
    """Return the problem of a handout whose pages would lie where codes lead."""
    sentence = f'On a site, "{BY_HASH}" is where codes lead, so no handout can be called so.'
    return Problem(Path(project.show(handout)), 0, 0, sentence, "rename its files.")


@dataclass(frozen=True)
class ProjectNames:
    """The names that a brand may use."""

    handouts: Collection[str]
    languages: Collection[str]
    formats: Collection[str]
    looks: Collection[str]
    countries: Collection[str]
    library: Library


def brand_problems(brand: Brand, names: ProjectNames, source_of: Callable[[Brand], YamlSource]) -> list[Problem]:
    """Return a problem for every name in ``brand`` that the project does not know; ``source_of`` reads its file."""
    faults = list(_brand_faults(brand, names))
    if not faults:
        return []
    try:
        source = source_of(brand)
    except ContentError as error:  # it was read a moment ago, so it has just changed
        return list(error.problems)
    return [_brand_problem(source, location, fault) for location, fault in faults]


def _brand_problem(source: YamlSource, location: Location, fault: MessageAndHint) -> Problem:
    """Return a problem at ``location`` of ``defaults.handout``, or at the file where a parent has the name from."""
    in_file = ("defaults", "handout", *location)
    node = source.root.at(in_file[:-1])
    if in_file[-1] not in node.parts:
        return Problem(source.path, 0, 0, fault.sentence, fault.hint)
    return source.problem(in_file, fault.sentence, fault.hint, key=location[0] in ("notes", "hide", "lines"))


def _brand_faults(brand: Brand, names: ProjectNames) -> Iterator[tuple[Location, MessageAndHint]]:
    yield from _unknown_names(brand, names)
    for slug, note in brand.notes.items():
        for fault in _note_faults(note, names.library):
            yield ("notes", slug), fault
    if address_fault := _address_fault(brand, names):
        yield ("article_url",), address_fault


def _unknown_names(brand: Brand, names: ProjectNames) -> Iterator[tuple[Location, MessageAndHint]]:
    named: list[tuple[Location, str, str, Collection[str]]] = [
        (("country",), "country", brand.country, names.countries),
        *((("notes", slug), "handout", slug, names.handouts) for slug in brand.notes),
        *((("hide", slug), "handout", slug, names.handouts) for slug in brand.hidden),
        *((("languages", index), "language", code, names.languages) for index, code in enumerate(brand.languages)),
        *((("formats", index), "format", name, names.formats) for index, name in enumerate(brand.formats)),
        (("look",), "look", brand.look, names.looks),
        *((("lines", code), "language", code, names.languages) for code in brand.extras.lines),
    ]
    for location, noun, name, existing in named:
        if name not in existing:
            hint = country_hint(name, existing) if noun == "country" else meant(name, existing)
            yield location, MessageAndHint(f'There is no {noun} "{name}".', hint)


def country_hint(name: str, existing: Collection[str]) -> str:
    """Return what someone may have meant who named a country that is not there, and how to add one."""
    code = code_of(name)
    if code in existing:
        return f'did you mean "{code}"?'
    return f'known here: {", ".join(sorted(existing))}; "handouts docs brands" says how to add one.'


def _note_faults(note: str, library: Library) -> Iterator[MessageAndHint]:
    for citation in citations.citations(note):
        if fault := unreadable_citation(citation):
            yield fault
        yield from (fault for cited in citation.keys if (fault := reference_fault(cited.key, library)))
    yield from (fault for _, fault in link_faults(note))
    for raw in islice(leftovers(seen_lines(note)), MAX_LEFTOVERS):
        if raw.written.startswith(PHONE):
            yield MessageAndHint(f"A clinic's own note takes no {PHONE}.", "write the number itself.")
        else:
            yield MessageAndHint(f"“{raw.written}”: {raw.sentence}", raw.hint)


def _address_fault(brand: Brand, names: ProjectNames) -> MessageAndHint | None:
    """Return what is wrong with an address that is too long for whichever handout; else it is told of each edition."""
    shortest = min(names.handouts, key=len, default="")
    address = references_address(brand.article_url.replace("{slug}", shortest))
    if not brand.article_url or len(address) <= MAX_CODE_LENGTH:
        return None
    sentence = f'The address for "{shortest}" and its references has {len(address)} characters; {_FITS}.'
    return MessageAndHint(sentence, "give a shorter address.")
