"""A handout as its page prints it: sections in reading order, figures in words, citations numbered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import cast

from markupsafe import Markup, escape

from handoutpress.content.editions import HandoutFile
from handoutpress.content.models.benefits import Benefit
from handoutpress.content.models.blocks.block import Block
from handoutpress.content.models.handouts import Benefits, Comparison, Passage, Questions
from handoutpress.content.models.kinds import BODY, LADDER, SectionName, sections_of
from handoutpress.content.models.languages import Language
from handoutpress.content.models.references import Reference
from handoutpress.content.pictures.handout_picture import photograph_fineness
from handoutpress.press.page.blocks.compared import compared
from handoutpress.press.page.blocks.drawings import role_colours
from handoutpress.press.page.blocks.harms import risk_group, told_apart
from handoutpress.press.page.blocks.icons import BLACK, with_icons
from handoutpress.press.page.blocks.registry import block_section, body_sections
from handoutpress.press.page.blocks.section_view import RiskGroup, SectionView
from handoutpress.press.page.blocks.spelling import respelled
from handoutpress.press.page.blocks.table import comparison_section
from handoutpress.press.page.blocks.writer import NOTHING, TextWriter, ViewChoice
from handoutpress.press.page.citations import ReferenceEntry, reference_list, tie
from handoutpress.press.page.columns import (
    LINE_END,
    MOST_LETTERS,
    MOST_LINES,
    cut_in_two,
    runs_of,
    section_lines,
)
from handoutpress.press.page.flow import FlowFieldsReader
from handoutpress.press.page.html_words import paragraphs
from handoutpress.press.page.imprint import (
    code_labels,
    foot_line,
    references_left_line,
    say_date,
    say_list,
    source_lines,
)
from handoutpress.press.page.phrases import (
    apart,
    dialled,
    ended_well,
    kept_together,
    message_ended_well,
    say,
    turned,
)
from handoutpress.press.page.signs import has_many_signs, parted
from handoutpress.press.page.titles import ended_with_two, first_and_rest, nearly_one_line, title_step, with_lead

SHORT = frozenset({"tell_us_first", "after_care", "urgent_help", "alternatives", "questions"})
"""From the first of these on, sections are short, and stand in two columns where a page is wide."""
WIDE = frozenset({"risks", "table", "step"})
"""Kinds of sections that take the whole width, and so no others above them stand in columns."""
URGENT_HELP = "urgent_help"
"""The section that a reader has to find first."""
BEFORE_SAFETY = "tell_us_first"
"""A clinic's own note stands before this section: after what is told of the practice, before what keeps safe."""


EVERYTHING = ViewChoice()


@dataclass(frozen=True)
class PageView:
    """Everything that a template prints of a handout, apart from slots.

    ``emergency`` is the number that urgent help sends to, empty where no section tells of that.
    ``references_left`` tells which references are behind their code instead, and is empty where none are; ``cited``
    are the keys of all. ``codes`` are those that it prints, by name, with the words for each.
    ``version_line`` is ``dated_version`` with the ``content_hash``, by which ``handouts verify`` knows a sheet. A
    format of several sheets prints the hash on each, as a rule beside the number of the page.
    """

    title: str
    has_many_signs: bool
    subtitle: Markup
    for_whom: Markup
    message: Markup
    sections: tuple[SectionView, ...]
    emergency: Markup
    references: tuple[ReferenceEntry, ...]
    references_left: Markup
    codes: Mapping[str, str]
    cited: tuple[str, ...]
    dated_version: Markup
    version_line: Markup
    content_hash: str
    review_line: Markup
    source_lines: tuple[Markup, ...]

    @property
    def headline(self) -> Markup:
        """The title as it is set."""
        return ended_with_two(self.title)

    @property
    def tells_urgent_help(self) -> bool:
        """Whether a section tells when to get urgent help."""
        return bool(self.emergency)

    @property
    def message_in_two(self) -> tuple[Markup, Markup]:
        """The first sentence of the main message, and the rest of it."""
        return first_and_rest(self.message)

    @property
    def message_with_lead(self) -> Markup:
        """The main message, its first sentences an element of the class ``first``."""
        return with_lead(self.message)

    @property
    def title_step(self) -> int:
        """By how many steps of size the title is smaller than a short one."""
        return title_step(self.title)

    @property
    def is_nearly_one_line(self) -> bool:
        """Whether the title takes one line of a leaflet in type that is a little smaller."""
        return nearly_one_line(self.title)

    @property
    def long_sections(self) -> tuple[SectionView, ...]:
        """The sections that a page as wide as a leaflet sets over its whole width."""
        return self.sections[: len(self.sections) - sum(map(len, self.short_columns))]

    @property
    def short_columns(self) -> tuple[tuple[SectionView, ...], ...]:
        """The sections that it sets in two columns of about one height, in reading order.

        None if they are long, or if a single one would leave half of the page's width empty.
        """
        wide = max((at for at, section in enumerate(self.sections) if is_wide(section)), default=-1)
        shorter = (at for at, section in enumerate(self.sections) if at > wide and section.id in SHORT)
        short = self.sections[next(shorter, len(self.sections)) :]
        lines = [
            section_lines(paragraphs(s.body, *s.lines, s.closing, s.lesser, *s.call, *s.lesser_call)) for s in short
        ]
        cut = cut_in_two(lines)
        first, second = short[:cut], short[cut:]
        return (first, second) if second and max(sum(lines[:cut]), sum(lines[cut:])) <= MOST_LINES else ()

    @property
    def reference_blocks(self) -> tuple[tuple[tuple[ReferenceEntry, ...], ...], ...]:
        """The references in blocks that a page holds, of two lists of about one height each.

        Without references there is none.
        """
        lengths = [len(entry.html.striptags()) + LINE_END for entry in self.references]
        source = sum(map(len, self.source_lines)) + LINE_END
        blocks = []
        for run in runs_of(lengths, MOST_LETTERS) if lengths else ():
            below = source * (run.stop == len(lengths))
            entries, cut = self.references[run], cut_in_two(lengths[run], below)
            blocks.append((entries[:cut], entries[cut:]))
        return tuple(blocks)

    @property
    def reference_letters(self) -> int:
        """How many letters the references have, ends of lines that stay empty counted as well."""
        return sum(len(entry.html.striptags()) + LINE_END for entry in self.references)


def page_view(
    file: HandoutFile,
    language: Language,
    library: Mapping[str, Reference],
    flow: FlowFieldsReader,
    choice: ViewChoice = EVERYTHING,
) -> PageView:
    """Return the handout in ``language`` as its page prints it."""
    file = respelled(file, flow.spelling)
    handout = file.handout
    builder = _ViewBuilder(file, language, flow, choice)
    message = builder.passage("main_message", handout.main_message)
    sections = tuple(builder.sections())
    if choice.only is not None:  # what is short ends with whom to call, whatever the order of its kind
        sections = tuple(sorted(sections, key=lambda section: section.id in LADDER))
    codes = builder.codes()
    day = say_date(language, handout.date)
    dated = say(language.phrases.version, language, version=handout.version, date=day)
    if handout.number:
        dated = Markup("{} · {}").format(apart(handout.number, language), dated)
    return PageView(
        title=handout.title,
        has_many_signs=has_many_signs(handout),
        subtitle=ended_well(escape(handout.subtitle or "")),
        for_whom=ended_well(escape(handout.for_whom or "")),
        message=message if language.direction == "rtl" else message_ended_well(message),
        sections=sections,
        emergency=_emergency(sections, language, flow),
        references=reference_list(builder.citations.keys[: choice.references], library),
        cited=builder.citations.keys,
        references_left=builder.references_left(codes),
        codes=codes,
        dated_version=dated,
        version_line=Markup("{} · {}").format(dated, apart(file.content_hash, language)),
        content_hash=file.content_hash,
        review_line=foot_line(handout, language),
        source_lines=tuple(source_lines(handout, language)),
    )


def _emergency(sections: Sequence[SectionView], language: Language, flow: FlowFieldsReader) -> Markup:
    """Return the number to call in an emergency, where a section tells when."""
    is_told = any(section.id == URGENT_HELP for section in sections)
    return apart(flow.country.emergency, language) if is_told else NOTHING


def is_wide(section: SectionView) -> bool:
    """Return whether a section takes the whole width of a leaflet."""
    return section.kind in WIDE or section.id.startswith(f"{BODY}-")


def heading_of(file: HandoutFile, name: SectionName, language: Language) -> str:
    """Return the heading of a section in ``language``: the handout's own, else its kind's, else the language's."""
    section, headings = getattr(file.handout, name), language.phrases.headings
    own: str | None = section.heading if section else headings.serious_harms
    of_kind = file.kind.headings.get(name)
    if isinstance(of_kind, Mapping):
        own, of_kind = own or of_kind.get(file.language), None
    return own or str(getattr(headings, of_kind or name))


def side_by_side(first: PageView, second: PageView) -> tuple[tuple[SectionView | None, SectionView | None], ...]:
    """Return the sections of two languages in pairs, in the first one's order; one that has no other stands alone."""
    counterparts = {section.id: section for section in second.sections}
    ids = {section.id for section in first.sections}
    pairs = [(section, counterparts.get(section.id)) for section in first.sections]
    return (*pairs, *((None, section) for section in second.sections if section.id not in ids))


class _ViewBuilder(TextWriter):
    """A builder that sets sections one after another, so that citations are numbered as the reader meets them."""

    def __init__(self, file: HandoutFile, language: Language, flow: FlowFieldsReader, choice: ViewChoice) -> None:
        super().__init__(language, flow, choice)
        self.file = file
        self.poses, self.pictures = file.poses, file.pictures
        self.fineness = photograph_fineness(file.handout, file.pictures)
        self.handout = file.handout
        self.kind = file.kind
        self.about = file.about

    def codes(self) -> Mapping[str, str]:
        """Return the words for each code that the page prints."""
        has_site = self.handout.article is None and self.flow.has_site
        return code_labels(self.file, self.language, has_site=has_site)

    def references_left(self, codes: Mapping[str, str]) -> Markup:
        """Return where the references are that the paper has not."""
        cited = len(self.citations.keys)
        if codes or self.choice.references is None or not cited:
            return references_left_line(cited, self.choice.references, self.language)
        return say(self.phrases.ask_references, self.language)

    def sections(self) -> Iterator[SectionView]:
        # What keeps patients safe is printed whatever a brand, or the cache of brands, says.
        hidden, only = set(self.flow.hidden) - self.kind.unhidden, self.choice.only
        hidden |= set() if self.choice.with_normal else {"normal"}
        for part in self.kind.order:
            names = sections_of(part)
            # The steps of the ladder are printed wherever its last is.
            is_printed = only is None or (names[-1] if names else part) in only
            if part == BEFORE_SAFETY and self.flow.note and only is None:
                yield self.note()
            if is_printed:
                yield from self.body() if part == BODY else self.fixed_sections(names, hidden)
            if only is None:
                yield from self.free_sections(names, hidden)

    def fixed_sections(self, names: Sequence[SectionName], hidden: Set[str]) -> Iterator[SectionView]:
        return filter(None, (self.fixed(name) for name in names if name not in hidden))

    def free_sections(self, names: Sequence[str], hidden: Set[str]) -> Iterator[SectionView]:
        """Yield the handout's own sections that stand behind one of these ``names``."""
        for free in self.handout.sections:
            if free.after in names and free.id not in hidden:
                yield block_section(free.id, Block(text=free), self)

    def body(self) -> Iterator[SectionView]:
        blocks = list(self.handout.named_blocks.items())
        printed = blocks[: self.choice.blocks]
        set_here = [(name, block) for name, block in printed if self.choice.with_optional or not block.is_optional]
        yield from body_sections(set_here, self)
        # What prints a few sections alone tells of its blocks only where it has begun with them.
        if len(printed) < len(blocks) and (printed or self.choice.only is None):
            rest = Markup("<p>{}</p>").format(self.phrases.blocks.more)
            yield SectionView(f"{BODY}-more", "text", "", rest)

    def passage(self, name: str, passage: Passage) -> Markup:
        """Return the text of a key, the shorter one where it is to be short."""
        html = self.shorter(name, passage.text, passage.short)
        if not passage.icons or not self.choice.with_icons:
            return html
        colours = BLACK if name in LADDER else role_colours(is_screen=self.choice.is_screen)
        return with_icons(html, passage.icons, self.file.icons, colours, is_screen=self.choice.is_screen)

    def note(self) -> SectionView:
        body = turned(self.blocks(str(self.flow.note)), self.flow.note, self.language)
        return SectionView("clinic-note", "note", self.phrases.headings.clinic_note, body)

    def fixed(self, name: SectionName) -> SectionView | None:
        if getattr(self.handout, name) is None and not (name == "risks" and self.about):
            return None
        heading = heading_of(self.file, name, self.language)
        builders = {
            "benefits": self.benefits,
            "risks": self.risks,
            "normal": self.step,
            "call_us": self.step,
            "urgent_help": self.urgent_help,
            "questions": self.questions,
            "comparison": self.comparison,
        }
        if name in builders:
            return builders[name](name, heading)
        return SectionView(name, "text", heading, self.passage(name, getattr(self.handout, name)))

    def benefits(self, name: str, heading: str) -> SectionView:
        benefits = cast(Benefits, self.handout.benefits)
        intro = self.blocks(benefits.intro)
        lines = tuple(self.benefit_line(benefit) for benefit in benefits.items)
        return SectionView(name, "list", heading, intro, self.blocks(benefits.limits), lines)

    def benefit_line(self, benefit: Benefit) -> Markup:
        wording = self.words(benefit.wording)
        cited = wording + self.cite_unless_cited(benefit.wording, benefit.references)
        return ended_well(tie(self.labelled(benefit.condition, cited))) + compared(benefit, self)

    def risks(self, name: str, heading: str) -> SectionView:
        risks, closing = self.handout.risks, NOTHING
        intro = self.blocks(risks.intro if risks else None)
        groups = list(self.risk_groups() if risks else ())
        if risks:
            closing = self.blocks(risks.closing)
        is_alone = not risks and len(self.about) == 1
        groups += [risk_group("" if is_alone else about.title, about.harms, self) for about in self.about]
        if self.about:
            closing += Markup("<p>{}</p>").format(ended_well(self.all_risks()))
        return SectionView(name, "risks", heading, intro, closing, groups=told_apart(groups, self))

    def all_risks(self) -> Markup:
        """Return where all risks stand of what the handout is about."""
        titles = [about.title for about in self.about]
        if len(titles) == 1:
            return say(self.phrases.all_risks, self.language, title=titles[0])
        listed = say_list(self.language, [self.phrases.leaflet_title.format(title=title) for title in titles])
        return say(self.phrases.all_risks_of_several, self.language, titles=listed)

    def risk_groups(self) -> Iterator[RiskGroup]:
        """Yield one for each practice where the handout compares several, else one for all."""
        risks = self.handout.harms
        if len(self.handout.practices) > 1 and self.handout.comparison:
            for practice, label in zip(self.handout.practices, self.handout.comparison.columns, strict=True):
                yield risk_group(label, [risk for risk in risks if risk.practice == practice], self)
        else:
            yield risk_group("", risks, self)

    def urgent_help(self, name: str, heading: str) -> SectionView:
        country = self.flow.country
        calls = [say(self.phrases.call_emergency, self.language, number=dialled(country.emergency, self.language))]
        if self.handout.crisis_line and (line := country.crisis_line):
            number = dialled(line.number, self.language)
            crisis = say(self.phrases.call_crisis_line, self.language, name=line.name, number=number)
            calls.append(ended_well(crisis))
        if advice := country.advice:
            who = kept_together(advice.name, self.language)
            call = say(self.phrases.call_advice, self.language, name=who, number=advice.number)
        else:
            call = say(self.phrases.call_doctor, self.language)
        kind = "step" if self.handout.has_ladder else "urgent"
        signs, lesser = parted(self.passage(name, self.handout.urgent_help), self.language.help_words)
        return SectionView(
            name, kind, heading, signs, call=tuple(calls), lesser=lesser, lesser_call=(ended_well(call),)
        )

    def step(self, name: str, heading: str) -> SectionView:
        return SectionView(name, "step", heading, self.passage(name, getattr(self.handout, name)))

    def questions(self, name: str, heading: str) -> SectionView:
        questions = cast(Questions, self.handout.questions).items
        return SectionView(name, "list", heading, lines=tuple(self.line(text) for text in questions))

    def comparison(self, name: str, heading: str) -> SectionView:
        table = cast(Comparison, self.handout.comparison).as_table()
        return comparison_section(name, heading, table, self)
