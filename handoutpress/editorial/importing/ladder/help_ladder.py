"""Sections that say when to get help, parted by whom they send to: an emergency, a doctor, the clinic.

What is an emergency's alone stands first in urgent help, where the emergency number is printed below it. What sends to
several at once, or to nobody, is a doubt that says what to decide.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from handoutpress.content.models.languages import HelpWords
from handoutpress.content.skeletons import UNWRITTEN
from handoutpress.content.text.help_steps import HelpStep, names_second_place, steps_in
from handoutpress.editorial.importing.article import ImportedSection
from handoutpress.editorial.importing.blocks import ArticleBlock, Doubt

MAX_PART = 4_500
"""Characters of a section that becomes one text."""
MAX_HEADING = 90
_OPEN_END = re.compile(r"[\w)”’]$")

Sends = Literal["emergency", "lesser", "clinic", "mixed", "nobody"]
_PLACES = {
    "emergency": "the emergencies of urgent_help",
    "lesser": "the second list of urgent_help, of what can wait",
    "clinic": "call_us",
}
_WHO = {"emergency": "an emergency department", "lesser": "a doctor or an advice line", "clinic": "the clinic"}


@dataclass(frozen=True)
class HelpGroup:
    """A list of signs with the paragraphs above it, or a paragraph alone, and whom it sends to."""

    sends: Sends
    steps: frozenset[HelpStep]
    blocks: tuple[ArticleBlock, ...]
    is_said_above: bool
    """Whether a paragraph of its own says whom to call, so that it does without its section's heading."""


class HelpLadder:
    """Takes the sections that say when to get help, and gives back urgent help and "Call us" of them all."""

    def __init__(self, words: HelpWords | None) -> None:
        self._words = words
        self._groups: dict[Sends, list[tuple[ImportedSection, HelpGroup]]] = defaultdict(list)
        self._left: list[ImportedSection] = []
        self.doubts: list[Doubt] = []

    def takes(self, section: ImportedSection, part: str) -> bool:
        """Take a section whose heading is of ``part`` if it is of the ladder, by that or by whom it sends to."""
        heading = section.heading.text
        named = steps_in(heading, self._words) if len(heading) <= MAX_HEADING else frozenset()
        if part not in ("urgent_help", "call_us") and (part or not named):
            return False
        lists_signs = any(block.kind == "bullet" for block in section.parts)
        if not section.parts or not (part or lists_signs or "emergency" in named):
            return False
        groups = list(self._group(section, part))
        if any(group.sends == "mixed" for group in groups) or self._length(section) > MAX_PART:
            self._leave(section, groups)
            return True
        for group in groups:
            self._groups[group.sends].append((section, group))
        self._tell(section, groups)
        return True

    def _length(self, section: ImportedSection) -> int:
        held = (block for groups in self._groups.values() for _, group in groups for block in group.blocks)
        return sum(len(block.text) for block in (*held, *section.parts))

    def _group(self, section: ImportedSection, part: str) -> Iterator[HelpGroup]:
        """Yield the groups of a section; what names nobody itself is for whom its heading names."""
        default = steps_in(section.heading.text, self._words) or _DEFAULTS.get(part, frozenset())
        for blocks in _lists_with_leads(section.parts):
            leads = " ".join(block.text for block in blocks if block.kind != "bullet")
            entries = [steps_in(block.text, self._words) for block in blocks if block.kind == "bullet"]
            said = steps_in(leads, self._words)
            steps = said or default
            own = frozenset[HelpStep]().union(*entries)
            steps = steps | own if steps else own
            is_of_two = any(names_second_place(words, self._words) for words in (section.heading.text, leads))
            yield HelpGroup("mixed" if is_of_two else _sends(steps), steps, blocks, bool(said))

    def _leave(self, section: ImportedSection, groups: Sequence[HelpGroup]) -> None:
        steps = frozenset[HelpStep]().union(*(group.steps for group in groups))
        named = [words for step, words in _WHO.items() if step in steps]
        who = " and to ".join([*named, *(["another place"] if len(named) == 1 else [])]) or "nobody"
        sentence = (
            f"“{section.heading.text}” sends to {who} at once, and stays a section: decide for each sign whom to call. "
            "Emergencies belong into the first list of urgent_help, what can wait into a second or into call_us."
        )
        self.doubts.append(Doubt(section.heading.place, sentence))
        self._left.append(section)

    def _tell(self, section: ImportedSection, groups: Sequence[HelpGroup]) -> None:
        heading, sends = section.heading.text, list(dict.fromkeys(group.sends for group in groups))
        if places := ", and for ".join(words for step, words in _PLACES.items() if step in sends):
            said = f"was taken for {places}: see whether it says all that belongs there, and nothing else."
            self.doubts.append(Doubt(section.heading.place, f"“{heading}” {said}"))
        if "nobody" in sends:
            said = (
                "does not always say whom to call: its emergencies belong into the first list of urgent_help, above "
                "the emergency number, and what can wait into a second one there or into call_us."
            )
            self.doubts.append(Doubt(section.heading.place, f"“{heading}” {said}"))

    def sections(self) -> Iterator[ImportedSection]:
        """Yield urgent help and "Call us" from all that was taken, and what stays a section of its own."""
        yield from self._left
        emergencies, unsure = self._groups["emergency"], self._groups["nobody"]
        if emergencies:
            # Beside signs that are surely an emergency's, others must not stand above its number.
            yield from (replace(section, parts=group.blocks) for section, group in unsure)
        urgent = [*(emergencies or unsure), *self._groups["lesser"]]
        if urgent and not (emergencies or unsure):
            missing = ArticleBlock("bullet", f"{UNWRITTEN}: the signs that need help at once", 0)
            yield ImportedSection(_NO_HEADING, (missing, *_joined(urgent, "")), part="urgent_help")
        elif urgent:
            yield _one_section(urgent, "urgent_help")
        if self._groups["clinic"]:
            yield _one_section(self._groups["clinic"], "call_us")


_DEFAULTS: dict[str, frozenset[HelpStep]] = {"call_us": frozenset({"clinic"})}
_NO_HEADING = ArticleBlock("heading", "", 0)


def _sends(steps: frozenset[HelpStep]) -> Sends:
    if "emergency" in steps:
        return "emergency" if len(steps) == 1 else "mixed"
    return "clinic" if "clinic" in steps else "lesser" if steps else "nobody"


def _lists_with_leads(parts: Sequence[ArticleBlock]) -> Iterator[tuple[ArticleBlock, ...]]:
    """Yield each list with the paragraph above it, and each other paragraph alone."""
    group: list[ArticleBlock] = []
    for number, block in enumerate(parts):
        if group and block.kind != "bullet" and (group[-1].kind == "bullet" or not group[-1].text.endswith(":")):
            yield tuple(group)
            group = []
        group.append(block)
        is_last = number + 1 == len(parts)
        if is_last:
            yield tuple(group)


def _one_section(groups: Sequence[tuple[ImportedSection, HelpGroup]], part: str) -> ImportedSection:
    """Return one part of several groups: under the heading of the first, with those of others as lines above theirs."""
    first = groups[0][0]
    return ImportedSection(first.heading, tuple(_joined(groups, first.heading.text)), first.numbers, part)


def _joined(groups: Sequence[tuple[ImportedSection, HelpGroup]], heading: str) -> Iterator[ArticleBlock]:
    for section, group in groups:
        says_all = group.blocks[0].kind != "bullet" and group.is_said_above
        if section.heading.text != heading and not says_all:
            heading = section.heading.text
            # A marker in a heading goes to the line that it becomes.
            marker = f" [{','.join(map(str, section.numbers))}]" if section.numbers else ""
            text = f"{heading}:" if _OPEN_END.search(heading) else heading
            yield replace(section.heading, kind="paragraph", text=text + marker)
        yield from group.blocks
