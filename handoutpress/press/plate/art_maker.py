"""The maker of a brand's art: the logo or name, the clinic's name for the foot, and the contacts, each for its slot."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar

from handoutpress.content.brand.brand import LOGO_AREA, Brand, Logo
from handoutpress.content.brand.extras.values import Lines
from handoutpress.content.brand.logo_files import sharp_width
from handoutpress.content.models.formats import Format, SlotSize, Words
from handoutpress.content.models.languages import Language
from handoutpress.content.models.telephones import phone_parts
from handoutpress.content.models.web_addresses import mail_link, typed_address
from handoutpress.press.extras.arrangement import WHOLE, Part
from handoutpress.press.extras.print_pictures import extra_pictures, in_one_row
from handoutpress.press.layout.spreading import MM_PER_PIXEL
from handoutpress.press.layout.typeset import PICTURE_DPI, Layout, Typesetter
from handoutpress.press.logo.logo_print import PrintedLogo, box_style
from handoutpress.press.logo.logo_printer import LogoPrinter
from handoutpress.press.page.html_words import link_words
from handoutpress.press.page.phrases import apart, in_order, in_parts, linked_line, unbroken
from handoutpress.press.page.templates import ART_STYLE, ART_TEMPLATE, Templates
from handoutpress.press.plate.art import Art, art_from_pdf
from handoutpress.press.plate.art_search import ArtTrial, SlotSearch
from handoutpress.press.plate.slots import ART
from handoutpress.yamlfile.problems import HandoutError

TYPE_SIZES: Mapping[str, tuple[float, ...]] = {
    "brandmark": (20, 18, 16, 14, 12, 11, 10),
    "clinic": (9, 8.5, 8),
}
"""Sizes tried in turn for the words of each slot, pt; 8 is the floor for small type."""
CONTACT_STEP, CONTACT_FLOOR = 0.5, 8.0
"""Contacts are tried at the size of the text first, and then by steps down to a floor, pt."""
LOGO_TYPE = 15.0
"""Where contacts are as large as this, pt, a logo has its usual area."""
PHONE_SIZES = (1.3, 1.2, 1.1, 1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7)
"""Sizes tried in turn for the telephone numbers in the text, as shares of the ideal type."""
PHONE_SIZES_POSTER = (1.6, 1.4, *PHONE_SIZES)
"""Those on a poster."""
NO_LINES = Lines()
NO_PICTURES: Mapping[str, bytes] = MappingProxyType({})
SMALLER = 2
"""By so many steps what stands beside the contact is smaller than it at most."""
NAME_STEPS = 6
"""A name in place of a logo is tried at so many sizes, from 1.8 times the other words down to as large as they."""


def type_sizes(format_: Format) -> Mapping[str, tuple[float, ...]]:
    """Return the sizes tried for each slot of art, pt: a leaflet's, or by what a format says of its slots."""
    slots = format_.slots
    sizes = _sizes_of(slots.words) if slots.words else {**TYPE_SIZES, "contact": _contact_sizes(format_.type.ideal)}
    steps = PHONE_SIZES_POSTER if format_.type.reading == "poster" else PHONE_SIZES
    phone = tuple(dict.fromkeys(max(8.0, round(format_.type.ideal * step, 1)) for step in steps))
    largest = slots.brandmark.name
    names = tuple(size for size in sizes["brandmark"] if largest is None or size <= largest)
    words = dict.fromkeys(("lines", "people", "links"), sizes["contact"][SMALLER:] or sizes["contact"])
    pictures = dict.fromkeys(("marks", "photo"), sizes["contact"][:1])  # they have no words, and one size
    return {**sizes, **words, **pictures, "brandmark": names or sizes["brandmark"][-1:], "phone": phone}


def _contact_sizes(ideal: float) -> tuple[float, ...]:
    steps = int(max(0.0, ideal - CONTACT_FLOOR) / CONTACT_STEP)
    return tuple(CONTACT_FLOOR + CONTACT_STEP * step for step in range(steps, -1, -1))


def _sizes_of(words: Words) -> Mapping[str, tuple[float, ...]]:
    ideal, floor = 1.8 * words.ideal, words.floor
    names = tuple(round(ideal - (ideal - floor) * step / NAME_STEPS, 1) for step in range(NAME_STEPS + 1))
    return {"brandmark": names, "clinic": words.sizes, "contact": words.sizes}


@dataclass(frozen=True)
class ArtFrame:
    """Where art goes: the boxes of its slots, mm, and the type sizes to try in each, pt.

    ``parts`` has the part that a box is of its slot, where it is not the whole. ``name_floor`` is the size under which
    the name of a place goes only with its number.
    """

    boxes: Mapping[str, SlotSize]
    sizes: Mapping[str, tuple[float, ...]]
    parts: Mapping[str, Part]
    name_floor: float


NAMES_ALONE = (22.0, 20.0, 18.0, 16.0)
"""Sizes tried last for a name that stands nowhere else on its page, a poster, and so is not cut, pt."""
SHORTER: Mapping[str, str] = {
    "brandmark": "give meta.name a shorter full name, or the brand a logo",
    "clinic": 'give meta.name a short form of shorter words: name: {full: "…", short: "…"}',
    "contact": "shorten the lines of meta.contacts, or leave out a place",
    "lines": "shorten the sentences of defaults.handout.lines",
    "people": "shorten the roles and registers of defaults.handout.people, or name fewer people",
    "links": "leave out one of defaults.handout.links",
    "phone": "give the phone of each of meta.contacts as a number alone, and their names in fewer words",
}
"""What a clinic can change where the words of a slot do not fit it."""


class ArtError(HandoutError):
    """Words of a brand that do not fit their slot."""


def logo_size(logo: Logo, box: SlotSize, scale: float = 1.0) -> tuple[float, float]:
    """Return width and height in mm at which a logo fills ``LOGO_AREA``, times ``scale`` squared, or else its slot.

    One of few pixels is smaller, so that it is sharp.
    """
    ratio = logo.width / logo.height
    width = min(scale * sqrt(LOGO_AREA * ratio), box.width, box.height * ratio)
    if logo.pixels:
        width = min(width, sharp_width(logo.width))
    return width, width / ratio


def _too_long(brand: Brand, name: str, frame: ArtFrame, smallest: Layout, page: str) -> str:
    box, floor = frame.boxes[name], frame.sizes[name][-1]
    over = _lines_over(brand, frame, smallest, page) if name == "contact" else ""
    return (
        f'{brand.name}: the words for the slot "{name}" do not fit {box.width:g} × {box.height:g} mm at {floor:g} pt'
        f"{over}. Hint: {SHORTER[name]}, in {brand.named(brand.path.name)}."
    )


def _lines_over(brand: Brand, frame: ArtFrame, smallest: Layout, page: str) -> str:
    """Return by how many lines the contacts on ``page`` are too long, and which place has the most."""
    places, height = smallest.lines_of(page, "place"), smallest.line_height(page)
    if not places or not height:
        return ""
    beside = sum(lines for kind in ("clinic-name", "web") for _, lines in smallest.lines_of(page, kind))
    counts = [lines for _, lines in places]
    is_in_columns = len({left for left, _ in places}) > 1
    needed = beside + (max(counts) if is_in_columns else sum(counts))
    over = needed - int(frame.boxes["contact"].height / (height * MM_PER_PIXEL))
    if over <= 0:
        return ", since a word is wider than its place"
    longest = brand.contacts[counts.index(max(counts))]
    named = longest.name or " ".join(longest.address[:1]) or longest.phone or longest.email
    told = f", by about {over} line{'s' * (over > 1)}"
    return told + f": “{named}” is the longest place, with {max(counts)} lines" * (len(counts) > 1)


class ArtMaker:
    """A maker of art, with one project's templates and one typesetter."""

    _guesses: ClassVar[dict[tuple[str, SlotSize, tuple[float, ...]], int]] = {}
    """What each search has found last, for all makers of a process: the studio has a new one for each edit."""

    def __init__(
        self, templates: Templates, file: Callable[[str], Path], engine: Typesetter, logos: LogoPrinter
    ) -> None:
        self._templates = templates
        self._file = file
        self._engine = engine
        self._logos = logos

    def make(self, brand: Brand, code: str, language: Language, frame: ArtFrame) -> Art:
        """Return the art of ``brand`` in ``language``, whose code is ``code``, for the slots of ``frame``.

        Raises ``ArtError`` where words do not fit.

        Each search begins where that of the brand before ended: a chain's brands are alike, and so are edits of one.
        """
        places = {name: (name, frame.boxes[name], frame.sizes[name]) for name in frame.boxes}
        searches = {
            name: SlotSearch(art_trials(brand, name, frame), self._guesses.get(place, 0))
            for name, place in places.items()
        }
        words: dict[str, str] = {}
        while wanted := {name: numbers for name, search in searches.items() if (numbers := search.wanted())}:
            tries = {name: [searches[name].trials[number] for number in numbers] for name, numbers in wanted.items()}
            html, layout = self._typeset(brand, code, language, frame, tries)
            words |= link_words(html)
            whole = layout.whole_pages()
            for name, numbers in wanted.items():
                for position, number in enumerate(numbers, start=1):
                    searches[name].pages[number] = whole.get(f"{name}-{position}")
                if searches[name].failed:
                    raise ArtError(_too_long(brand, name, frame, layout, f"{name}-{len(numbers)}"))
        found = {name: search.found or 0 for name, search in searches.items()}
        self._guesses.update({places[name]: number for name, number in found.items()})
        pages = [searches[name].pages[number] for name, number in found.items()]
        parts = {name: frame.parts.get(name, WHOLE) for name in frame.boxes}
        return art_from_pdf(layout.of(pages).pdf(), parts, words)

    def _typeset(
        self, brand: Brand, code: str, language: Language, frame: ArtFrame, tries: Mapping[str, Sequence[ArtTrial]]
    ) -> tuple[str, Layout]:
        """Lay out a page for each of the ``tries`` of a slot."""
        size = _logo_size(brand, frame)
        logo = self._logos.printed(brand.logo, size[0]) if brand.logo else None
        pictures = extra_pictures(brand.extras, frame.boxes, self._logos)
        values = {
            "brand": brand,
            "code": code,
            "language": language,
            "phrases": language.phrases,
            "boxes": frame.boxes,
            "text_size": frame.sizes["contact"][0],
            "name_floor": frame.name_floor,
            "tried": {name: tuple(map(vars, tries.get(name, ()))) for name in ART},
            "logo": logo.address if logo else "",
            "shape": brand.logo_shape,
            "logo_box": box_style(brand.logo, *size) if brand.logo else "",
            "lines": brand.extras.lines.get(code) or NO_LINES,
            "one_row": "people" in frame.boxes and in_one_row(frame.boxes["people"], len(brand.extras.people)),
            "links": brand.extras.links,
            **pictures.values,
        }
        functions: dict[str, Callable[..., Any]] = {
            "typed": typed_address,
            "mail_link": mail_link,
            "phone_parts": lambda phone: phone_parts(phone, brand.country),
            "apart": lambda text: apart(text, language),
            "unbroken": unbroken,
            "in_order": lambda line, words: in_order(line, words, language),
            "in_parts": lambda text: in_parts(text, language),
            "linked": lambda line: linked_line(line, brand.country, language),
        }
        html = self._templates.render(ART_TEMPLATE, values, functions)
        sheets, dpi = [self._file(ART_STYLE)], logo.dpi if logo else PICTURE_DPI
        return html, self._engine.typeset(html, sheets, logo_reader(brand, logo, pictures.files), dpi)


def art_trials(brand: Brand, name: str, frame: ArtFrame) -> list[list[ArtTrial]]:
    """Return what is tried for a slot of art in turn: its name at each size, the short one, first words in the foot.

    Contacts stand line by line in larger type before they run on, and the largest number to call stands below the name
    of its place before it stands beside that. Within a group, each trial needs less room.
    """
    sizes = frame.sizes[name]
    full = (brand.name,) if name == "brandmark" or (len(brand.contacts) < 2 and name == "contact") else ()
    names = tuple(dict.fromkeys((*full, brand.short_name)))
    large = sizes[: (len(sizes) + 3) // 2] if name == "contact" else sizes[:1] if name == "phone" else ()
    is_alone = name == "clinic" and "contact" not in frame.boxes
    cut = _cut(brand.short_name) if name == "clinic" and not is_alone else ()
    bare = sizes if name == "people" and any(person.photo for person in brand.extras.people) else ()
    groups = [
        *([ArtTrial(size, words, in_lines=True) for size in large] for words in names),
        *([ArtTrial(size, words) for size in sizes] for words in names),
        *([trial] for trial in _last_contacts(sizes[-1], names[-1]) if name == "contact"),
        [ArtTrial(sizes[-1], words) for words in cut],
        [ArtTrial(size, names[-1]) for size in NAMES_ALONE if is_alone and size < sizes[-1]],
        *([ArtTrial(size, words, bare=True) for size in bare] for words in names),
    ]
    return [group for group in groups if group]


def _last_contacts(size: float, name: str) -> Iterator[ArtTrial]:
    """Yield what is tried last: numbers and hours that break, then numbers no larger than other words, then both."""
    for close, alike in ((True, False), (False, True), (True, True)):
        yield ArtTrial(size, name, close=close, alike=alike)


def _cut(name: str) -> Iterator[str]:
    """Yield the first words of a long name, ever fewer; what was cut off stands among the contacts."""
    words = name.split()
    for count in range(len(words) - 1, 0, -1):
        yield " ".join(words[:count]).rstrip(",;:–-") + "…"


def _logo_size(brand: Brand, frame: ArtFrame) -> tuple[float, float]:
    if brand.logo is None or "brandmark" not in frame.boxes:
        return 0, 0
    scale = max(1.0, frame.sizes["contact"][0] / LOGO_TYPE)
    return logo_size(brand.logo, frame.boxes["brandmark"], scale)


def logo_reader(
    brand: Brand, logo: PrintedLogo | None, pictures: Mapping[str, bytes] = NO_PICTURES
) -> Callable[[str], bytes]:
    """Return a reader that has for a page its brand's logo and pictures, at their addresses, and nothing else."""

    def read(url: str) -> bytes:
        if logo and url == logo.address:
            return logo.data
        if url in pictures:
            return pictures[url]
        raise HandoutError(f"The art of {brand.name} may not read {url}. Hint: a logo must stand on its own.")

    return read
