"""Sections of a handout's own that stand under the heading of a part that every handout has."""

from __future__ import annotations

from collections.abc import Iterator

from handoutpress.content.models.handouts import Handout
from handoutpress.content.models.kinds import BODY
from handoutpress.content.text.section_headings import section_of
from handoutpress.editorial.checks.findings import Remark
from handoutpress.editorial.checks.subject import CheckSubject
from handoutpress.yamlfile.source import Location


def remarks(subject: CheckSubject) -> Iterator[Remark]:
    """Look for free sections and blocks that readers would take for another part of the sheet."""
    for location, own in _headings(subject.handout):
        part = section_of(own, subject.headings)
        # A handout may lack benefits and a comparison; then nothing stands there twice.
        if part and getattr(subject.handout, part, True) is not None:
            heading = subject.headings[part]
            sentence = f"“{own}” and “{heading}” would stand on one sheet as two parts on the same thing."
            hint = f"move its words to {part}, and delete the section; or give it another heading."
            yield Remark("heading-double", "warning", location, sentence, hint, words=own)


def _headings(handout: Handout) -> Iterator[tuple[Location, str]]:
    """Yield the headings of a handout's own sections and blocks, with their places."""
    for number, section in enumerate(handout.sections):
        yield (("sections", number, "heading"), section.heading)
    for number, block in enumerate(handout.body):
        if block.content.heading:
            yield ((BODY, number, block.type, "heading"), block.content.heading)
