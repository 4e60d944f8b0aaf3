"""A handout as its page prints it: sections in reading order, figures in words, citations numbered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from markupsafe import Markup, escape

from handoutpress.content.editions import HandoutFile
from handoutpress.content.models.handouts import (
    READING_ORDER,
    SAFETY_SECTIONS,
    Benefit,
    Benefits,
    Comparison,
    FreeSection,
    Handout,
    Passage,
    Risk,
)
from handoutpress.content.models.languages import Language
from handoutpress.content.models.references import Reference
from handoutpress.content.text.markdown import render_blocks, render_line
from handoutpress.press.page.citations import Citations, ReferenceEntry, reference_list, tie
from handoutpress.press.page.columns import (
    CODE_LETTERS,
    LINE_END,
    MOST_LETTERS,
    MOST_LINES,
    cut_in_two,
    runs_of,
    section_lines,
)
from handoutpress.press.page.figures import figure_of, icon_array, say_figure
from handoutpress.press.page.flow import FlowFieldsReader
from handoutpress.press.page.html_words import paragraphs
from handoutpress.press.page.imprint import foot_line, references_left_line, say_date, say_number, source_lines
from handoutpress.press.page.isolates import isolated
from handoutpress.press.page.phrases import apart, ended_well, say, turned, unbroken
from handoutpress.press.page.signs import has_many_signs
from handoutpress.press.page.titles import title_step

NOTHING = Markup("")
SHORT_FROM = READING_ORDER.index("tell_us_first")
"""From this section on they are short, and stand in two columns where a page is wide."""
SEVERITIES = ("mild", "significant", "serious")
STRONG_ALONE = re.compile(r"<p>(<strong>[^<]*</strong>)</p>")
"""A paragraph that stands as a heading: it keeps with the next."""
BEFORE_SAFETY = "tell_us_first"
"""A clinic's own note stands before this section: after what is told of the practice, before what keeps safe."""


@dataclass(frozen=True)
class ViewChoice:
    """What of a handout a format prints: which texts short, how many references (None: all), which sections.

    ``numbered`` are references that have their numbers already: another language on the page has cited them.
    """

    short: tuple[str, ...] = ()
    references: int | None = None
    only: tuple[str, ...] | None = None
    numbered: tuple[str, ...] = ()


EVERYTHING = ViewChoice()


@dataclass(frozen=True)
class RiskLine:
    """One harm: in words, with its figure, name and what to know, and as an icon array where it can be drawn.

    ``severity`` is a word only where the harm is serious: the others need none.
    """

    severity: str
    words: Markup
    array: Markup | None


@dataclass(frozen=True)
class RiskGroup:
    """Harms of one practice: those with an icon array stand side by side, the others below them.

    ``heading`` names the practice where the handout covers several, and is empty otherwise.
    """

    heading: str
    drawn: tuple[RiskLine, ...]
    plain: tuple[RiskLine, ...]


@dataclass(frozen=True)
class TableRow:
    label: str
    cells: tuple[Markup, ...]


@dataclass(frozen=True)
class SectionView:
    """One section; ``kind`` says how the template sets it, and which of the fields below ``body`` it uses."""

    id: str
    kind: str
    heading: str
    body: Markup = NOTHING
    closing: Markup = NOTHING
    lines: tuple[Markup, ...] = ()
    groups: tuple[RiskGroup, ...] = ()
    caption: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[TableRow, ...] = ()
    call: tuple[Markup, ...] = ()


@dataclass(frozen=True)
class PageView:
    """Everything that a template prints of a handout, apart from slots.

    ``references_left`` tells which references are behind their code instead, and is empty where none are; ``cited``
    are the keys of all.
    ``version_line`` is ``dated_version`` with the ``content_hash``, by which ``handouts verify`` knows a sheet. A
    format of several sheets prints the hash on each, as a rule beside the number of the page.
    """

    title: str
    has_many_signs: bool
    subtitle: Markup
    message: Markup
    sections: tuple[SectionView, ...]
    references: tuple[ReferenceEntry, ...]
    references_left: Markup
    cited: tuple[str, ...]
    dated_version: Markup
    version_line: Markup
    content_hash: str
    review_line: Markup
    source_lines: tuple[Markup, ...]

    @property
    def title_step(self) -> int:
        """By how many steps of size the title is smaller than a short one."""
        return title_step(self.title)

    @property
    def long_sections(self) -> tuple[SectionView, ...]:
        """The sections that a page as wide as a leaflet sets over its whole width."""
        return self.sections[: len(self.sections) - sum(map(len, self.short_columns))]

    @property
    def short_columns(self) -> tuple[tuple[SectionView, ...], ...]:
        """The sections that it sets in two columns of about one height, in reading order; none if they are long."""
        ids = READING_ORDER[SHORT_FROM:]
        first = next((at for at, section in enumerate(self.sections) if section.id in ids), len(self.sections))
        short = self.sections[first:]
        lines = [section_lines(paragraphs(s.body, *s.lines, s.closing, *s.call)) for s in short]
        cut = cut_in_two(lines)
        return (short[:cut], short[cut:]) if max(sum(lines[:cut]), sum(lines[cut:])) <= MOST_LINES else ()

    @property
    def reference_blocks(self) -> tuple[tuple[tuple[ReferenceEntry, ...], ...], ...]:
        """The references in blocks that a page holds, of two lists of about one height each.

        A code stands above the first list, the source below the last.
        """
        lengths = [len(entry.html.striptags()) + LINE_END for entry in self.references]
        source = sum(map(len, self.source_lines)) + LINE_END
        blocks = []
        for run in runs_of(lengths, MOST_LETTERS):
            above, below = CODE_LETTERS * (run.start == 0), source * (run.stop == len(lengths))
            entries, cut = self.references[run], cut_in_two(lengths[run], above, below)
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
    handout = file.handout
    builder = _ViewBuilder(handout, language, flow, choice)
    message = builder.passage("main_message", handout.main_message)
    sections = tuple(builder.sections())
    day = say_date(language, handout.date)
    dated = say(language.phrases.version, language, version=handout.version, date=day)
    return PageView(
        title=handout.title,
        has_many_signs=has_many_signs(handout),
        subtitle=ended_well(escape(handout.subtitle or "")),
        message=message,
        sections=sections,
        references=reference_list(builder.citations.keys[: choice.references], library),
        cited=builder.citations.keys,
        references_left=references_left_line(len(builder.citations.keys), choice.references, language),
        dated_version=dated,
        version_line=Markup("{} · {}").format(dated, apart(file.content_hash, language)),
        content_hash=file.content_hash,
        review_line=foot_line(handout, language),
        source_lines=tuple(source_lines(handout, language)),
    )


def side_by_side(first: PageView, second: PageView) -> tuple[tuple[SectionView | None, SectionView | None], ...]:
    """Return the sections of two languages in pairs, in the first one's order; one that has no other stands alone."""
    counterparts = {section.id: section for section in second.sections}
    ids = {section.id for section in first.sections}
    pairs = [(section, counterparts.get(section.id)) for section in first.sections]
    return (*pairs, *((None, section) for section in second.sections if section.id not in ids))


class _ViewBuilder:
    """A builder that sets sections one after another, so that citations are numbered as the reader meets them."""

    def __init__(self, handout: Handout, language: Language, flow: FlowFieldsReader, choice: ViewChoice) -> None:
        self.handout = handout
        self.choice = choice
        self.phrases = language.phrases
        self.language = language
        self.flow = flow
        self.citations = Citations(self.phrases.reference_link, choice.numbered, choice.references)

    def blocks(self, text: str | None) -> Markup:
        if not text:
            return NOTHING
        html = ended_well(tie(isolated(render_blocks(text, self.citations.cite), self.language)))
        return Markup(STRONG_ALONE.sub(r'<p class="question">\1</p>', str(html)))  # noqa: S704  a class more

    def passage(self, name: str, passage: Passage | FreeSection) -> Markup:
        """Return the text of a key or section, the shorter one where it is to be short."""
        return self.blocks(passage.short if name in self.choice.short and passage.short else passage.text)

    def line(self, text: str) -> Markup:
        return tie(self.words(text))

    def words(self, text: str) -> Markup:
        return isolated(render_line(text, self.citations.cite), self.language)

    def cite(self, keys: tuple[str, ...]) -> Markup:
        return Markup(self.citations.cite(keys))  # noqa: S704  made by Citations

    def sections(self) -> Iterator[SectionView]:
        # What keeps patients safe is printed whatever a brand, or the cache of brands, says.
        hidden, only = set(self.flow.hidden) - SAFETY_SECTIONS, self.choice.only
        if only is not None:
            yield from filter(None, (self.fixed(n) for n in READING_ORDER if n in only and n not in hidden))
            return
        for name in READING_ORDER:
            if name == BEFORE_SAFETY and self.flow.note:
                yield self.note()
            if name not in hidden and (section := self.fixed(name)):
                yield section
            for free in self.handout.sections:
                if free.after == name and free.id not in hidden:
                    yield SectionView(free.id, "text", free.heading, self.passage(free.id, free))

    def note(self) -> SectionView:
        body = turned(self.blocks(str(self.flow.note)), self.flow.note, self.language)
        return SectionView("clinic-note", "note", self.phrases.headings.clinic_note, body)

    def fixed(self, name: str) -> SectionView | None:
        if getattr(self.handout, name) is None:
            return None
        heading = getattr(self.phrases.headings, name)
        builders = {
            "benefits": self.benefits,
            "risks": self.risks,
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
        return ended_well(tie(self.labelled(benefit.condition, cited)))

    def cite_unless_cited(self, wording: str, keys: tuple[str, ...]) -> Markup:
        """Return the citation of ``keys``, without those that the wording cites itself."""
        missing = tuple(key for key in keys if f"@{key}" not in wording)
        return self.cite(missing) if missing else NOTHING

    def risks(self, name: str, heading: str) -> SectionView:
        risks = self.handout.risks
        intro = self.blocks(risks.intro)
        groups = tuple(self.risk_groups())
        return SectionView(name, "risks", heading, intro, self.blocks(risks.closing), groups=groups)

    def risk_groups(self) -> Iterator[RiskGroup]:
        """Yield one for each practice where the handout compares several, else one for all."""
        risks = self.handout.risks.items
        if len(self.handout.practices) > 1 and self.handout.comparison:
            for practice, label in zip(self.handout.practices, self.handout.comparison.columns, strict=True):
                yield self.risk_group(label, [risk for risk in risks if risk.practice == practice])
        else:
            yield self.risk_group("", list(risks))

    def risk_group(self, heading: str, risks: list[Risk]) -> RiskGroup:
        ordered = sorted(risks, key=lambda risk: SEVERITIES.index(risk.severity))
        lines = [self.risk_line(risk) for risk in ordered]
        drawn = tuple(line for line in lines if line.array)
        return RiskGroup(heading, drawn, tuple(line for line in lines if not line.array))

    def risk_line(self, risk: Risk) -> RiskLine:
        figure = figure_of(risk)
        figures = self.phrases.figures
        frequency = say_figure(figure, risk.per or "person", figures, self.number) if figure else ""
        array = icon_array(figure, figures) if figure and figure.is_drawn else None
        note = self.line(risk.note) if risk.note else NOTHING
        severity = self.phrases.severities.serious if risk.severity == "serious" else ""
        name = risk.name if figure else capitalised(risk.name)
        cite = self.cite_unless_cited(risk.note or "", risk.references)
        return RiskLine(severity, ended_well(self.risk_words(frequency, name, note, cite)), array)

    def risk_words(self, frequency: str, name: str, note: Markup, cite: Markup) -> Markup:
        """Return what happened and how often, with its citation and, as a sentence of its own, what to know."""
        if frequency:
            risk = self.labelled(frequency, apart(name, self.language)) + cite
        else:
            risk = Markup("<strong>{}</strong>").format(name) + cite
        return say(self.phrases.risk_then_note, self.language, risk=risk, note=note) if note else risk

    def labelled(self, label: str, text: Markup) -> Markup:
        """Return a strong label and its text, with the colon that the language sets between them."""
        strong = Markup("<strong>{}</strong>").format(label)
        return say(self.phrases.label_then_text, self.language, label=strong, text=text)

    def number(self, value: int) -> str:
        return say_number(self.language, value)

    def urgent_help(self, name: str, heading: str) -> SectionView:
        country = self.flow.country
        calls = [say(self.phrases.call_emergency, self.language, number=country.emergency)]
        if advice := country.advice:
            # From right to left, readers of a PDF would run the two halves of such a name together.
            who = unbroken(advice.name) if self.language.direction == "ltr" else advice.name
            call = say(self.phrases.call_advice, self.language, name=who, number=advice.number)
            calls.append(ended_well(call))
        return SectionView(name, "urgent", heading, self.passage(name, self.handout.urgent_help), call=tuple(calls))

    def questions(self, name: str, heading: str) -> SectionView:
        return SectionView(name, "list", heading, lines=tuple(self.line(text) for text in self.handout.questions))

    def comparison(self, name: str, heading: str) -> SectionView:
        table = cast(Comparison, self.handout.comparison)
        rows = tuple(TableRow(row.label, tuple(self.line(cell) for cell in row.cells)) for row in table.rows)
        return SectionView(name, "table", heading, caption=table.caption, columns=table.columns, rows=rows)


def capitalised(text: str) -> str:
    """Return ``text`` as it stands at the head of a sentence."""
    return text[:1].upper() + text[1:]
