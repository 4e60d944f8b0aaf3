"""All ways in which a format may set a handout, in order of harm to the reader: what fitting chooses from.

Nothing is laid out here. The order is made of groups, these of ranges, and these of single choices: within a range each
choice takes less room than the one before, so does the last choice of each range in a group, and of each group.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import ceil

from handoutpress.content.models.blocks.content import BlockContent
from handoutpress.content.models.formats import Format, Reduction
from handoutpress.content.models.handouts import Handout, Passage
from handoutpress.content.models.kinds import BODY, SAFETY_SECTIONS
from handoutpress.press.page.blocks.writer import ViewChoice, measure_of
from handoutpress.press.page.figures import compared_figures, is_shown
from handoutpress.yamlfile.printed import printed_texts

TIGHTER, LOOSER = 0.03, 0.05
"""Steps of the leading: below its ideal, and above it where the type is as large as it may be."""
SIDES = 2
"""The pages of one sheet: on no more, a text stands on the side where its template puts it."""
KEPT = ("#tell_us_first", "#after_care")
"""The selectors of the sections that are each read as one."""
LEFT_AT_LEAST = 2
"""A single reference behind the code would save the line that the sentence about it takes."""
KEPT_AT_LEAST = 0.5
"""What share of its references a handout keeps on paper that is spared a second sheet for that."""
RISKS = "risks"
"""The id of the section of harms, which is read as one wherever a page has room for it."""
LAST_SHORTENED = frozenset({*SAFETY_SECTIONS, "main_message"})
"""Texts that are set short after all others."""


@dataclass(frozen=True)
class TypeSetting:
    """How a page is set: body type in pt, and leading as a multiple of it.

    ``shortened`` are the keys of the texts that are set short; ``references`` how many of them are printed, all if
    None. With ``whole``, sections keep together on a page where they can; with ``kept``, those alone that are read as
    one: what to tell us first and what to do afterwards; with ``risks``, harms keep together as well. ``notes`` are
    pages for the reader's notes before the last page, ``rows`` lines for them below the text; ``contents`` asks for a
    list of contents; ``starts`` are the selectors of sections that begin a page; ``blocks`` is how many blocks of the
    body are printed, all if None; without ``figures``, risks are told in words alone, and without ``icons`` lists have
    bullets; with ``compared``, people show benefits; without ``normal``, the ladder begins with whom to call; by
    ``picture``, mm, a picture over the title is taller than its least.
    Templates read these names.
    """

    size: float
    leading: float
    shortened: tuple[str, ...] = ()
    references: int | None = None
    whole: bool = False
    kept: bool = True
    risks: bool = False
    notes: int = 0
    rows: int = 0
    contents: bool = False
    blocks: int | None = None
    figures: bool = True
    compared: bool = False
    normal: bool = True
    icons: bool = True
    starts: tuple[str, ...] = ()
    picture: float = 0.0

    @property
    def short(self) -> bool:
        """Whether any text is set short."""
        return bool(self.shortened)

    @property
    def strictness(self) -> int:
        """How much has to stand on one page: 2 for each section, 1 for what is read as one, 0 for no section."""
        return 2 if self.whole else int(self.kept)

    def has_words_of(self, other: TypeSetting) -> bool:
        """Return whether the same words and drawings are set as with another, but for people who show a benefit.

        A sentence tells of these, and stands there either way.
        """
        return self._words == other._words

    @property
    def _words(self) -> tuple[object, ...]:
        return (self.shortened, self.references, self.blocks, self.figures, self.icons, self.normal)

    @property
    def gap(self) -> float:
        """The space between parts in em: it grows and shrinks with the leading."""
        return round((self.leading - 1.1) * 3, 3)

    @property
    def scale(self) -> float:
        """How much room a text takes, compared with other settings of it: its lines' number and height."""
        return self.size**2 * self.leading


@dataclass(frozen=True)
class LayoutChoice:
    """One choice: how pages are set, how many there may be, and which range of which group it stands in.

    With ``grown``, type or leading fill room that the format's own wish would leave.
    """

    setting: TypeSetting
    pages: int
    group: int
    range: int
    grown: bool = False


@dataclass(frozen=True)
class TextLengths:
    """How long a handout's texts are, in letters by key: full and, where there is one, short; and its references.

    With ``has_code``, a code leads to those that are not printed. ``figures`` tells whether people show a risk,
    ``compared`` whether they show a benefit, ``icons`` whether lists have pictograms, ``normal`` whether the ladder
    begins with what is normal.
    """

    full: Mapping[str, int]
    short: Mapping[str, int]
    references: int
    has_code: bool = True
    figures: bool = False
    compared: bool = False
    icons: bool = False
    normal: bool = False

    @property
    def blocks(self) -> int:
        """How many blocks of a body the format may print."""
        return max(map(number_of, self.full), default=0)

    def letters(self, shortened: Sequence[str] = ()) -> int:
        """Return how many letters are set, with the texts of these keys short."""
        return sum(self.short[key] if key in shortened else letters for key, letters in self.full.items())

    def share(self, key: str, shortened: Sequence[str]) -> float:
        """Return what of a text is set, 1 for all of it."""
        return self.short[key] / self.full[key] if key in shortened and self.full.get(key) else 1.0


@dataclass(frozen=True)
class ShortenableText:
    """A text of a handout as it stands, and the shorter one that may stand in its place, if there is one."""

    text: str
    short: str | None


def shortenable_texts(handout: Handout, only: Sequence[str] | None) -> dict[str, ShortenableText]:
    """Return the texts of a handout, by key, that a format prints which has ``only`` these sections."""
    texts = {
        name: ShortenableText(value.text, value.short)
        for name, value in handout
        if isinstance(value, Passage) and (only is None or name in (*only, "main_message"))
    }
    if only is None:
        texts |= {section.id: ShortenableText(section.text, section.short) for section in handout.sections}
    if only is None or BODY in only:
        blocks = handout.named_blocks.items()
        texts |= {name: _of_block(block.content) for name, block in blocks if not block.is_optional}
    return texts


def _of_block(content: BlockContent) -> ShortenableText:
    words = (text for place, text in printed_texts(content) if place[0] not in ("heading", "short"))
    return ShortenableText("\n".join(words), content.short)


def lengths_of(handouts: Sequence[Handout], format_: Format, references: int, *, has_code: bool = True) -> TextLengths:
    """Return the lengths of what a format prints of a handout, in one language or in two."""
    full: dict[str, int] = {}
    short: dict[str, int] = {}
    for handout in handouts:
        for key, text in shortenable_texts(handout, format_.sections).items():
            full[key] = full.get(key, 0) + len(text.text)
            if text.short:
                short[key] = short.get(key, 0) + len(text.short)
    drawn = format_.sections is None or "risks" in format_.sections
    figures = drawn and any(is_shown(risk) for handout in handouts for risk in handout.harms)
    # Two columns, a language each, have no room for two hundreds side by side, nor a format for a few sections.
    compared = len(handouts) == 1 and format_.sections is None and _has_compared(handouts[0])
    icons = format_.icons and any(isinstance(text, Passage) and text.icons for one in handouts for _, text in one)
    normal = any(handout.normal for handout in handouts)
    return TextLengths(full, short, references, has_code, figures, compared, icons, normal)


def _has_compared(handout: Handout) -> bool:
    return any(compared_figures(benefit) for benefit in (handout.benefits.items if handout.benefits else ()))


def layout_choices(format_: Format, lengths: TextLengths) -> list[LayoutChoice]:
    """Return all choices of a format for texts of these lengths, the least harmful first."""
    return list(_Choices(format_, lengths).all())


def given_back(setting: TypeSetting) -> Iterator[TypeSetting]:
    """Yield settings that give back what was given up before the last reduction of one, those first that give most."""
    if setting.figures and setting.normal and setting.blocks is None and not setting.references:
        return
    counts = {None, setting.references} if setting.references and not setting.figures else {setting.references}
    for references in sorted(counts, key=lambda count: count is not None):
        # With some of many references, it is all texts or none: each number of both would be hundreds of ways.
        for count in range(1 if setting.figures and setting.references else len(setting.shortened) + 1):
            milder = replace(setting, references=references, shortened=setting.shortened[:count])
            if milder != setting:
                yield milder


def with_fewer_references(setting: TypeSetting, format_: Format, lengths: TextLengths) -> Iterator[TypeSetting]:
    """Yield the same words with ever fewer references, which a proof knows, where the format may leave some out."""
    if "some-references" in format_.reductions and lengths.has_code and setting.references is None:
        least = ceil(KEPT_AT_LEAST * lengths.references)
        for count in range(lengths.references - LEFT_AT_LEAST, least - 1, -1):
            yield replace(setting, references=count)


@dataclass
class _Choices:
    """The ranges of one format, numbered as they are made."""

    format: Format
    lengths: TextLengths
    group: int = 0
    range: int = 0
    used: list[Reduction] = field(default_factory=list)

    def all(self) -> Iterator[LayoutChoice]:
        few, many = self.format.page_counts
        yield from self._untouched(few)
        setting = self._parted
        for reduction in self.format.reductions:
            if reduction == "more-pages":
                if many:
                    yield from self._with_more(many)
                    few = many
                continue
            yield from self._reductions(reduction, setting, few[-1])
            setting = self._last(setting, reduction)
            self.used.append(reduction)

    @property
    def _prints_references(self) -> bool:
        """Whether references stand on paper: what has room for a few sections alone has none for them."""
        return self.format.references == "printed" or not (self.lengths.has_code or self.format.sections)

    @property
    def _plain(self) -> TypeSetting:
        """The format's own wish."""
        printed = None if self._prints_references else 0
        return TypeSetting(self.format.type.ideal, self.format.leading.ideal, references=printed, kept=self._keeps)

    @property
    def _keeps(self) -> bool:
        """Whether the format has pages on which what is read as one may be parted."""
        return self.format.max_pages > SIDES

    @property
    def _parted(self) -> TypeSetting:
        """The format's own wish, with nothing kept on one page: what reductions begin with."""
        return replace(self._plain, kept=False)

    def _with_more(self, counts: Sequence[int]) -> Iterator[LayoutChoice]:
        """Yield the full texts on more pages, then the reductions that came before."""
        self.group += 1
        yield from self._untouched(counts)
        setting = self._parted
        for reduction in self.used:
            yield from self._reductions(reduction, setting, counts[-1])
            setting = self._last(setting, reduction)

    def _untouched(self, counts: Sequence[int]) -> Iterator[LayoutChoice]:
        """Yield the choices that leave nothing out, for each number of pages.

        People who show a benefit are the first to go: for them no type is smaller and no section is broken, nor is a
        sheet added where the number of pages counts.
        """
        whole = "break-sections" in self.format.reductions
        for count in counts:
            if self.lengths.compared:
                yield from self._range(replace(self._plain, whole=whole, compared=True), count, tight=False)
            yield from self._range(replace(self._plain, whole=whole), count, tight=not whole and count == counts[-1])
            if whole and count != counts[-1]:
                yield from self._range(self._plain, count, tight=False)
        if whole:
            yield from self._range(self._plain, counts[-1], tight=True)
        if self._keeps:
            yield from self._range(self._parted, counts[-1], tight=True)

    def _reductions(self, reduction: Reduction, setting: TypeSetting, pages: int) -> Iterator[LayoutChoice]:
        """Yield the steps of one reduction upon ``setting``."""
        for step in self._steps(reduction):
            yield from self._range(_merged(setting, step), pages, tight=True)

    @property
    def _may_leave_out(self) -> bool:
        return self.format.references == "printed" and self.lengths.has_code

    def _last(self, setting: TypeSetting, reduction: Reduction) -> TypeSetting:
        steps = list(self._steps(reduction))
        return _merged(setting, steps[-1]) if steps else setting

    def _steps(self, reduction: Reduction) -> Iterator[Mapping[str, object]]:
        if reduction == "short-texts":
            order = shortening_order(self.lengths)
            yield from ({"shortened": tuple(order[:count])} for count in range(1, len(order) + 1))
        if self._may_leave_out and reduction == "some-references":
            counts = range(self.lengths.references - LEFT_AT_LEAST, self.format.least_references - 1, -1)
            yield from ({"references": count} for count in counts)
        if self._may_leave_out and reduction == "references-behind-code" and self.lengths.references:
            yield {"references": 0}
        if reduction == "figures-in-words" and self.lengths.figures:
            yield from _undrawn_steps(self.lengths.icons)
        if reduction == "some-blocks":
            yield from ({"blocks": count} for count in reversed(range(self.lengths.blocks)))
        if reduction == "without-normal" and self.lengths.normal:
            yield {"normal": False}

    def _range(self, setting: TypeSetting, pages: int, *, tight: bool) -> Iterator[LayoutChoice]:
        """Yield one setting in all its sizes and leadings, from the largest to the smallest."""
        self.range += 1
        for size, leading in self._sizes(setting, tight=tight):
            grown = size > self.format.type.ideal or leading > self.format.leading.ideal
            yield LayoutChoice(replace(setting, size=size, leading=leading), pages, self.group, self.range, grown)

    def _sizes(self, setting: TypeSetting, *, tight: bool) -> Iterator[tuple[float, float]]:
        type_, leading = self.format.type, self.format.leading
        largest = max(type_.ideal, type_.largest or type_.ideal)
        floor = max(type_.floor, min(type_.whole, type_.ideal)) if setting.whole else type_.floor
        floor = type_.ideal if setting.compared else floor
        yield from ((largest, value) for value in _leadings(leading.loose, leading.ideal, LOOSER))
        steps = range(round((largest - floor) / type_.step) + 1)
        yield from ((round(max(floor, largest - step * type_.step), 3), leading.ideal) for step in steps)
        if tight and "tight" in self.format.reductions:
            yield from (
                (floor, value) for value in (*_leadings(leading.ideal, leading.tight, TIGHTER)[1:], leading.tight)
            )


def shortening_order(lengths: TextLengths) -> list[str]:
    """Return the texts that may be short: those that save most first, so that few are touched; safety last."""
    full, short = lengths.full, lengths.short
    saving = {key: full[key] - short[key] for key in short if short[key] < full[key]}
    return sorted(saving, key=lambda key: (key in LAST_SHORTENED, -saving[key], key))


def _undrawn_steps(has_icons: bool) -> Iterator[Mapping[str, object]]:
    """Yield what goes that is drawn: pictograms, which tell least, then people in their place, then both."""
    if has_icons:
        yield {"icons": False}
    yield {"figures": False, "icons": True}
    if has_icons:
        yield {"figures": False, "icons": False}


def _merged(setting: TypeSetting, step: Mapping[str, object]) -> TypeSetting:
    return replace(setting, **step)  # type: ignore[arg-type]


def _leadings(high: float, low: float, step: float) -> list[float]:
    """Return the leadings from ``high`` down to above ``low``."""
    values = []
    while high > low + step / 2:
        values.append(round(high, 4))
        high -= step
    return values


def view_choice(format_: Format, setting: TypeSetting, *, beside: bool) -> ViewChoice:
    """Return what a page prints of its handout that is set so; ``beside`` another language if there are two."""
    return ViewChoice(
        short=setting.shortened,
        references=setting.references,
        only=format_.sections,
        measure=measure_of(format_),
        width=format_.text_width,
        beside=beside,
        blocks=setting.blocks,
        with_figures=setting.figures,
        with_compared=setting.compared,
        with_icons=format_.icons and setting.icons,
        with_normal=setting.normal,
        with_bars=format_.bars,
        with_optional=format_.optional_pictures,
    )


def number_of(key: str) -> int:
    """Return which block of the body has a section of this key, from 1; 0 for all other sections."""
    part, _, number = key.rpartition("-")
    return int(number) if part == BODY and number.isdigit() else 0
