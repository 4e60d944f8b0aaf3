"""A format: the printed thing. Lengths are millimetres and type sizes points unless a name says otherwise."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from handoutpress.content.models.kinds import MOST_PAGES, PageCounts, SectionName
from handoutpress.yamlfile.record import Record, SingleLine, Slug, misplaced

Millimetres = Annotated[float, Field(gt=0, le=2000)]
Points = Annotated[float, Field(ge=4, le=400)]
REFERENCE_FLOOR = 8.0
"""Smallest type of the reference list and of addresses, pt."""


class Words(Record):
    """The type of addresses and contacts in their slots, pt: the largest that is tried, and the floor."""

    ideal: Points
    floor: Annotated[float, Field(ge=REFERENCE_FLOOR)]

    @property
    def sizes(self) -> tuple[float, ...]:
        """The sizes tried in turn, half a point apart."""
        steps = max(0, round((self.ideal - self.floor) * 2))
        return tuple(self.ideal - 0.5 * step for step in range(steps + 1))


class SlotSize(Record):
    """The box of a slot, mm."""

    width: Millimetres
    height: Millimetres


class Brandmark(Record):
    """The box of the logo, one for each shape class; ``none`` and ``long_name`` hold the clinic's name instead.

    A class without a box of its own takes that of the nearest one.
    """

    wide: SlotSize
    square: SlotSize
    none: SlotSize
    banner: Annotated[SlotSize | None, Field(description="For a logo 8 times as wide as high, or more.")] = None
    tall: Annotated[SlotSize | None, Field(description="For a logo a third higher than wide, or more.")] = None
    long_name: Annotated[SlotSize | None, Field(description="For a name of over 56 letters, without a logo.")] = None
    name: Annotated[Points | None, Field(description="The largest type of a name in place of a logo, pt.")] = None


class ContactSlot(Record):
    """The box of the contacts: for one place, for several or one with many words, and for many places.

    Without a box for many, they are to fit that for several.
    """

    one: SlotSize
    several: SlotSize
    many: SlotSize | None = None


class PeopleSlot(Record):
    """The box of the people who treat patients: for one or two, and for more.

    Without a box for many, they are to fit that for few.
    """

    few: SlotSize
    many: SlotSize | None = None


class ExtraSlots(Record):
    """The boxes of what a clinic prints beside its contact. What has no box here is left out of the format."""

    lines: Annotated[SlotSize | None, Field(description="How to get other formats, feedback, a disclaimer.")] = None
    people: PeopleSlot | None = None
    marks: Annotated[SlotSize | None, Field(description="Marks of bodies, side by side.")] = None
    links: Annotated[SlotSize | None, Field(description="The clinic's pages elsewhere.")] = None
    photo: SlotSize | None = None


class Slots(Record):
    """The boxes that each brand fills. Their sizes are the format's, so that filling one moves nothing else."""

    brandmark: Brandmark
    contact: ContactSlot | None = Field(None, description="Without it, the format prints no contacts.")
    clinic: SlotSize | None = Field(None, description="The clinic's short name in the page's foot.")
    phone: Annotated[bool, Field(description="Whether the telephone numbers stand by themselves, as on a poster.")] = (
        False
    )
    address: SlotSize = Field(description="A code's address in words.")
    extras: Annotated[ExtraSlots, Field(description="What a clinic prints beside its contact.")] = ExtraSlots()
    words: Annotated[Words | None, Field(description="Type in the slots where it is not a leaflet's, 8 to 11 pt.")] = (
        None
    )


ReadingUse = Literal["clear-print", "folded", "large-print", "poster"]
FLOORS: dict[ReadingUse, float] = {"clear-print": 12.0, "folded": 10.0, "large-print": 16.0, "poster": 24.0}
"""Smallest body type, pt, by how a page is read: UKAAF and RNIB for clear and large print; a poster is read from 1.5 m.
Folded leaflets are held near, have lines half as long, and are handed out beside a clear or large print."""
FOLDED_PANELS = 3
MARGINS_HINT = "Hint: give them in mm, and leave room for the text between them."


class Paper(Record):
    width: Millimetres
    height: Millimetres


class Margins(Record):
    top: Millimetres
    right: Millimetres
    bottom: Millimetres
    left: Millimetres


class TypeSize(Record):
    """Body type: the ideal size, and the floor under which copy fitting never goes."""

    reading: Annotated[ReadingUse, Field(description="How the page is read, which decides the smallest type.")] = (
        "clear-print"
    )
    ideal: Points
    floor: Points
    largest: Annotated[
        Points | None, Field(description="The largest type, where there is room. Without it, the ideal size.")
    ] = None
    step: Annotated[float, Field(gt=0, le=4)] = 0.25
    references: Annotated[float, Field(ge=REFERENCE_FLOOR)] = 8.5
    whole: Annotated[
        float,
        Field(ge=0, description="The smallest type for which sections are kept whole; in smaller, they rather break."),
    ] = 0.0

    @model_validator(mode="after")
    def _can_be_read(self) -> TypeSize:
        least = FLOORS[self.reading]
        if self.floor < least:
            raise ValueError(
                f'"floor" must be {least:g} or more, not {self.floor:g}. '
                f"Hint: smaller type cannot be read in {self.reading}."
            )
        if self.ideal < self.floor:
            raise ValueError(
                '"ideal" is smaller than "floor". Hint: fitting goes from the ideal size down to the floor.'
            )
        if self.largest is not None and self.largest < self.ideal:
            raise ValueError('"largest" is smaller than "ideal". Hint: leave it out, or make it larger.')
        return self


class Leading(Record):
    """Lines' height as a multiple of the type size; the gaps between parts follow it. Fitting uses all of it."""

    tight: Annotated[float, Field(ge=1.15, le=1.5)] = 1.2
    ideal: Annotated[float, Field(ge=1.15, le=1.5)] = 1.28
    loose: Annotated[float, Field(ge=1.15, le=1.5)] = 1.4
    air: Annotated[
        float, Field(ge=0, le=8, description="The most room that a page's spare adds between two parts, in em.")
    ] = 4.0

    @model_validator(mode="after")
    def _in_order(self) -> Leading:
        if not self.tight <= self.ideal <= self.loose:
            raise ValueError('"tight", "ideal" and "loose" must grow in this order')
        return self


class CodeSize(Record):
    """The QR codes: width with the quiet zone, and the error-correction level (ISO/IEC 18004, 7.5.1)."""

    size: Annotated[float, Field(ge=20)] = 25.0
    level: Literal["M", "Q"] = "M"


class Imposition(Record):
    """How pages are laid on sheets for a print shop, by their trim boxes; lengths in mm."""

    scheme: Annotated[
        Literal["pages", "trifold", "booklet", "cards"],
        Field(description="Pages alone; a C-fold of three panels; folded and stapled sheets; or cards to cut."),
    ] = "pages"
    panels: Annotated[tuple[Millimetres, ...], Field(description="Widths of a trifold's inside, left to right.")] = ()
    sheet: Annotated[Paper | None, Field(description="The trimmed sheet of a trifold, or that cards are cut from.")] = (
        None
    )
    bleed: Annotated[float, Field(ge=0, le=10)] = 3.0
    creep: Annotated[
        float,
        Field(ge=0, le=1, description="How far each sheet of a booklet is pushed out of the one around it, mm."),
    ] = 0.1

    @model_validator(mode="after")
    def _sheet_holds_panels(self) -> Imposition:
        if self.scheme == "trifold":
            self._check_panels()
        elif self.panels:
            raise ValueError(f'"panels" belong to a trifold. Hint: delete them, since the scheme is {self.scheme}.')
        if self.scheme == "cards" and self.sheet is None:
            raise ValueError('cards need a "sheet". Hint: add sheet: {width: 210, height: 297}.')
        return self

    def _check_panels(self) -> None:
        if len(self.panels) != FOLDED_PANELS or self.sheet is None:
            raise ValueError('a trifold needs a "sheet" and three "panels". Hint: panels: [100, 100, 97].')
        if max(self.panels) > self.sheet.width:
            raise misplaced(
                "panels",
                f"a panel of {max(self.panels):g} mm is wider than the sheet of {self.sheet.width:g} mm. "
                "Hint: make the panels as wide as the sheet together.",
            )
        if abs(sum(self.panels) - self.sheet.width) > 0.5:
            raise misplaced(
                "panels",
                f"the panels are {sum(self.panels):g} mm together, the sheet {self.sheet.width:g} mm. "
                "Hint: make them as wide as the sheet.",
            )
        if not self.panels[2] < min(self.panels[:2]):
            raise misplaced("panels", "the last panel folds in. Hint: make it 2 mm narrower than the others.")


# Not pydantic's own bound, whose words could not tell why there is one.
def _can_be_bound(pages: int) -> int:
    if pages > MOST_PAGES:
        raise ValueError(
            f'"max_pages" must be at most {MOST_PAGES}, not {pages}. '
            "Hint: no staple holds more; make several handouts of it."
        )
    return pages


class SideBySide(Record):
    """How a format is set in two languages side by side: by a style of its own, on more pages."""

    style: Slug = Field(description="The stylesheet and template of two columns, styles/<style>.css.")
    max_pages: Annotated[int, Field(ge=1, le=64)]


Reduction = Literal[
    "short-texts",
    "tight",
    "break-sections",
    "some-references",
    "more-pages",
    "references-behind-code",
    "some-blocks",
    "figures-in-words",
    "without-normal",
]


class Format(Record):
    """One ``formats/<slug>.yaml``."""

    name: SingleLine
    paper: Paper = Field(description="One page as it is read: a sheet, or the wider panel of a trifold.")
    margins: Margins
    type: TypeSize
    max_pages: Annotated[int, Field(ge=1, json_schema_extra={"maximum": MOST_PAGES}), AfterValidator(_can_be_bound)]
    style: Slug = Field(description="The stylesheet of this family of formats, styles/<style>.css.")
    base_style: Slug | None = Field(None, description="A stylesheet that is read before the format's own.")
    code: CodeSize = CodeSize()
    slots: Slots
    sections: tuple[SectionName | Literal["body"], ...] | None = Field(
        None, description="The only sections printed; the others are behind the article's code. Without it, all."
    )
    icons: bool = Field(True, description="Whether pictograms stand before the entries of lists that have them.")
    bars: bool = Field(True, description="Whether a bar of 100,000 people stands behind what is rarer than 1 in 100.")
    optional_pictures: bool = Field(False, description="Whether pictures of a body stand in it that are optional.")
    references: Literal["printed", "behind-code"] = "printed"
    pages: PageCounts = Field(
        (),
        description="Numbers of pages with which nothing is given up, fewest first; "
        "without it, whole sheets up to max_pages, or as many pages as it takes.",
    )
    reductions: tuple[Reduction, ...] = Field(
        ("short-texts",),
        description="What may be given up, in order of harm to the reader, where the smallest type is still too large.",
    )
    least_references: Annotated[int, Field(ge=1)] = Field(
        10, description='How many references "some-references" leaves on paper.'
    )
    leading: Leading = Leading()
    spread: bool = Field(False, description="Whether a page's spare room goes between its lines and parts.")
    page_multiple: Annotated[int, Field(ge=1, le=16)] = Field(
        1, description="Pages for notes fill up to a multiple of this; never the first or the last."
    )
    foot_picture: Annotated[
        float,
        Field(ge=0, le=100, description="The height of a picture at the foot of pages that have room for it, mm."),
    ] = 0.0
    picture: Annotated[
        float,
        Field(ge=0, le=400, description="The most that a page's spare room adds to a picture over the title, mm."),
    ] = 0.0
    imposition: Imposition = Imposition()
    bilingual: SideBySide | None = Field(None, description="Without it, the format is not made in two languages.")

    def side_by_side(self) -> Format | None:
        """Return the same format for two languages, or None where it has no such style."""
        columns = self.bilingual
        if columns is None:
            return None
        return self.model_copy(update={"style": columns.style, "max_pages": columns.max_pages, "pages": ()})

    def counting(self, pages: PageCounts) -> Format:
        """Return the same format with ``pages`` in place of its own, as far as it has so many.

        A format that names none has them by its paper, and stays as it is.
        """
        counts = tuple(count for count in pages if count <= self.max_pages and count % self.page_multiple == 0)
        return self.model_copy(update={"pages": counts}) if self.pages and counts else self

    @property
    def text_width(self) -> float:
        """How wide its text is, mm."""
        return self.paper.width - self.margins.left - self.margins.right

    @property
    def text_area(self) -> tuple[float, float]:
        """How wide and how high the area between its margins is, mm."""
        return self.text_width, self.paper.height - self.margins.top - self.margins.bottom

    @property
    def page_counts(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The most pages that there may be: with nothing given up, fewest first, and with "more-pages" after these."""
        if self.pages:
            return self.pages, tuple(range(self.pages[-1] + self.page_multiple, self.max_pages + 1, self.page_multiple))
        sheets = range(self.page_multiple, self.max_pages + 1, self.page_multiple) if self.page_multiple > 1 else ()
        return tuple(sheets) or (self.max_pages,), ()

    @model_validator(mode="after")
    def _page_counts_fit(self) -> Format:
        if self.pages and self.pages[-1] > self.max_pages:
            raise misplaced("pages", f'"pages" go beyond "max_pages", {self.max_pages}. Hint: make "max_pages" larger.')
        if any(pages % self.page_multiple for pages in self.pages):
            whole = f"[{self.page_multiple}, {2 * self.page_multiple}]"
            raise misplaced("pages", f'"pages" must be whole sheets of {self.page_multiple}. Hint: write {whole}.')
        if "more-pages" in self.reductions and not self.page_counts[1]:
            raise misplaced(
                "reductions",
                '"more-pages" has no more to give. Hint: give "pages" fewer than "max_pages", or leave it out.',
            )
        return self

    @model_validator(mode="after")
    def _margins_leave_room(self) -> Format:
        if self.margins.left + self.margins.right >= self.paper.width:
            raise misplaced("margins", f"the left and right margins are wider than the paper. {MARGINS_HINT}")
        if self.margins.top + self.margins.bottom >= self.paper.height:
            raise misplaced("margins", f"the top and bottom margins are taller than the paper. {MARGINS_HINT}")
        return self

    def _cards_can_be_folded(self, sheet: Paper) -> None:
        if (self.max_pages, self.page_multiple) != (4, 2):
            raise misplaced(
                "max_pages", 'a card has two pages, or four folded. Hint: write "max_pages: 4" and "page_multiple: 2".'
            )
        if 2 * self.paper.width > sheet.width:
            raise misplaced("paper", "a folded card is wider than its sheet. Hint: make the sheet wider.")

    @model_validator(mode="after")
    def _sheets_hold_pages(self) -> Format:
        lay, paper = self.imposition, self.paper
        if lay.scheme == "trifold" and (self.page_multiple != 2 * FOLDED_PANELS or self.max_pages != 2 * FOLDED_PANELS):
            raise misplaced("max_pages", 'a trifold has six panels. Hint: write "max_pages: 6" and "page_multiple: 6".')
        if lay.scheme == "trifold" and lay.sheet and (paper.width, paper.height) != (lay.panels[0], lay.sheet.height):
            raise misplaced(
                "paper",
                "the paper must be as wide as the first panel and as tall as the sheet. "
                f"Hint: paper: {{width: {lay.panels[0]:g}, height: {lay.sheet.height:g}}}.",
            )
        if lay.scheme == "booklet" and (self.page_multiple % 4 or self.max_pages % 4):
            raise misplaced(
                "max_pages",
                'a booklet is made of four pages a sheet. Hint: make "page_multiple" and "max_pages" fours.',
            )
        if lay.scheme == "cards" and lay.sheet and (paper.width > lay.sheet.width or paper.height > lay.sheet.height):
            raise misplaced("paper", "a card is larger than its sheet. Hint: make the sheet larger.")
        if lay.scheme == "cards" and lay.sheet and self.max_pages > 2:
            self._cards_can_be_folded(lay.sheet)
        return self
