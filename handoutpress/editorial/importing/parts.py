"""Sections of an article that a handout has a part of its own for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from handoutpress.content.text.section_headings import section_of
from handoutpress.editorial.importing.article import ImportedArticle, ImportedSection
from handoutpress.editorial.importing.blocks import Doubt

TEXTS = frozenset({"what_to_expect", "tell_us_first", "after_care", "urgent_help", "alternatives"})
"""Parts of a handout that are one text; others, such as the risks, are lists that a person must fill."""
MAX_PART = 4_500
"""Characters of a section that becomes one text."""
_STAYS = frozenset({"what_it_is", "comparison", "references", "read_on", "your_notes", "contact", "clinic_note"})
"""Parts that the draft sees to itself, or that a handout has beside what is written."""


def with_parts(article: ImportedArticle, headings: Mapping[str, str]) -> ImportedArticle:
    """Give the first section under nearly the heading of a part to that part; whatever is like one gets a doubt."""
    taken: set[str] = set()
    sections: list[ImportedSection] = []
    doubts: list[Doubt] = []
    for section in article.sections:
        part = section_of(section.heading.text, headings)
        if not part or part in _STAYS:
            sections.append(section)
            continue
        fits = part in TEXTS - taken and section.parts and sum(len(block.text) for block in section.parts) < MAX_PART
        taken |= {part} if fits else set()
        sections.append(replace(section, part=part if fits else ""))
        said = f"was taken for {part}: see whether it says all that belongs there."
        if not fits:
            said = f"is a heading of {part}: move what it says there, and delete the section."
        sentence = f"“{section.heading.text}” {said}"
        doubts.append(Doubt(section.heading.place, sentence))
    return replace(article, sections=tuple(sections), doubts=(*article.doubts, *doubts))
