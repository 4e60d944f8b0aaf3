"""Sections of a handout's own that stand under the heading of a part that every handout has."""

from __future__ import annotations

from collections.abc import Iterator

from handoutpress.content.text.section_headings import section_of
from handoutpress.editorial.checks.findings import Remark
from handoutpress.editorial.checks.subject import CheckSubject


def remarks(subject: CheckSubject) -> Iterator[Remark]:
    """Look for free sections that readers would take for another part of the sheet."""
    for number, section in enumerate(subject.handout.sections):
        part = section_of(section.heading, subject.headings)
        # A handout may lack benefits and a comparison; then nothing stands there twice.
        if part and getattr(subject.handout, part, True) is not None:
            heading = subject.headings[part]
            sentence = f"“{section.heading}” and “{heading}” would stand on one sheet as two parts on the same thing."
            hint = f"move its words to {part}, and delete the section; or give it another heading."
            location = ("sections", number, "heading")
            yield Remark("heading-double", "warning", location, sentence, hint, words=section.heading)
