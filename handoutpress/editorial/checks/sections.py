"""Sections that stand under the heading of another part, and what an import was not sure of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handoutpress.content.models.handouts import Handout
from handoutpress.content.models.kinds import BODY
from handoutpress.content.text.section_headings import section_of
from handoutpress.editorial.checks.findings import Remark
from handoutpress.editorial.checks.subject import CheckSubject
from handoutpress.yamlfile.counts import counted
from handoutpress.yamlfile.source import Location

_DOUBT = re.compile(r"^[ \t]*# DOUBT\b", re.MULTILINE)


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
    yield from _doubts_left(subject)


def _doubts_left(subject: CheckSubject) -> Iterator[Remark]:
    """Yield the doubts of an import that still stand in the file: a part may be under another's heading."""
    lines = [subject.source.text.count("\n", 0, match.start()) + 1 for match in _DOUBT.finditer(subject.source.text)]
    if lines:
        sentence = f"The import was not sure in {counted(len(lines), 'place')}; the first is line {lines[0]}."
        hint = "look at each line that begins with # DOUBT, put right what is wrong, and delete the line."
        yield Remark("doubt-left", "warning", ("title",), sentence, hint)


def _headings(handout: Handout) -> Iterator[tuple[Location, str]]:
    """Yield the headings of a handout's own sections and blocks, with their places."""
    for number, section in enumerate(handout.sections):
        yield (("sections", number, "heading"), section.heading)
    for number, block in enumerate(handout.body):
        if block.content.heading:
            yield ((BODY, number, block.type, "heading"), block.content.heading)
