"""The words of urgent help and of "Call us": no sign may stand above another number than the one to call for it.

The page prints the country's emergency number below the first signs of urgent help, and the clinic's beside "Call us".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

from handoutpress.content.text.help_steps import HelpStep, names_second_place, sends_to_unnamed, steps_in
from handoutpress.editorial.checks.calls.call_rules import CallRules
from handoutpress.editorial.checks.calls.must_nots import NOT_ON_CARDS
from handoutpress.editorial.checks.findings import FindingLevel, Remark
from handoutpress.editorial.checks.prose import Prose
from handoutpress.editorial.checks.subject import CheckSubject
from handoutpress.yamlfile.source import Location

RULE = "help-step"
_ENTRY = re.compile(r"[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+")
_LADDER = frozenset({"urgent_help", "call_us"})
_TOLD = 60
_APART = (
    'keep the emergencies alone in the first list; put what can wait into a second one, below a line such as "See a '
    'doctor the same day for:", and what is for the clinic into call_us.'
)
_SPLIT = (
    "split its signs into lists: those of an emergency first in urgent_help, what can wait for a doctor in a second "
    'list there, below a line such as "See a doctor the same day for:", and those for the clinic in call_us; name in '
    "the line above each list only the one to call for it."
)

_LACKING = "not every card and poster prints them there"
_MOVE_IT = "move it to urgent_help, where the emergency number is printed."
_MOVE = "move them to urgent_help, where the emergency number is printed with them."
_SAY_WHOM = (
    "move them to urgent_help: emergencies into its first list, and what can wait into a second one, below a line such "
    'as "See a doctor the same day for:".'
)
_BEFOREHAND = frozenset({"tell_us_first"})
"""Where "Get medical advice first if" heads no signs of harm."""


@dataclass(frozen=True)
class HelpLine:
    """A line of a section: what stands above a list, an entry of one, or what follows the last one."""

    kind: Literal["lead", "entry", "rest"]
    text: str
    location: Location
    at: int
    steps: frozenset[HelpStep]
    number: int
    """Of the list that it belongs to, from 0."""
    is_of_two: bool
    """Whether it joins an emergency to a place that nobody knows."""

    @property
    def is_of_several(self) -> bool:
        """Whether its signs are to be parted by whom to call."""
        return self.is_of_two or len(self.steps) > 1

    @property
    def words(self) -> str:
        return self.text if len(self.text) <= _TOLD else self.text[:_TOLD].rsplit(" ", 1)[0]


def remarks(subject: CheckSubject) -> Iterator[Remark]:
    """Look at whom the signs of a handout send to, section by section; short texts are read as the long ones are."""
    if subject.rules.calls.words is None:
        sentence = "Nothing says which words send to an emergency in this language, so the signs are not looked at."
        yield Remark(RULE, "note", ("urgent_help",), sentence, 'add "help_words" to the language\'s file.')
        return
    for section in sorted(_LADDER):
        own = [text for text in subject.texts if text.section == section and text.location[-1] != "icons"]
        for _, texts in groupby(own, key=lambda text: text.is_short):
            lines = _lines(list(texts), subject)
            yield from _urgent(lines, subject) if section == "urgent_help" else _call_us(lines)
    yield from _elsewhere(subject)


def _lines(texts: Sequence[Prose], subject: CheckSubject) -> list[HelpLine]:
    """Return the lines of one section in order; its heading stands above the first list."""
    calls = subject.rules.calls
    raw: list[tuple[bool, str, Location, int]] = []
    for text in texts:
        is_entry = isinstance(text.location[-1], int)
        for at, line in _paragraphs(text.plain):
            mark = _ENTRY.match(line)
            begins = mark.end() if mark else 0
            raw.append((is_entry or mark is not None, line[begins:].strip(), text.location, at + begins))
    lines, number, was_entry = list[HelpLine](), -1, False
    last = max((index for index, (is_entry, *_) in enumerate(raw) if is_entry), default=len(raw))
    for index, (is_entry, words, location, at) in enumerate(raw):
        number += is_entry and not was_entry
        was_entry = is_entry
        kind: Literal["lead", "entry", "rest"] = "entry" if is_entry else "lead" if index < last else "rest"
        of = number if is_entry else number + 1
        steps, is_of_two = steps_in(words, calls.words, calls.numbers), names_second_place(words, calls.words)
        lines.append(HelpLine(kind, words, location, at, steps, of, is_of_two))
    return lines


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield each paragraph and each entry of a list with where it begins; lines that only go on are one with it."""
    begin, held = 0, ""
    for match in re.finditer(r"[^\n]*\n?", text):
        line = match[0]
        if held.strip() and (not line.strip() or _ENTRY.match(line)):
            yield begin, held
            held = ""
        if not held.strip():
            begin, held = match.start(), ""
        held += line
    if held.strip():
        yield begin, held


def _urgent(lines: Sequence[HelpLine], subject: CheckSubject) -> Iterator[Remark]:
    lesser_from = _lesser_from(lines)
    call = _emergency_call(subject)
    for line in lines:
        other = line.steps - {"emergency"}
        if line.number < lesser_from and other:
            level: FindingLevel = "warning" if line.kind == "rest" else "error"
            sentence = f"“{line.words}” stands above {call}, and names {_whom(other)}{_too(line)}."
            yield _remark(level, line, sentence, _SPLIT if "emergency" in line.steps else _APART)
        elif line.number >= lesser_from and "emergency" in line.steps:
            sentence = f"“{line.words}” names an emergency{_too_other(line)}, and stands below {call}."
            yield _remark("error", line, sentence, _SPLIT if line.is_of_several else _APART)
        elif line.is_of_two:
            sentence = f"“{line.words}” names an emergency and another place, and stands above {call}."
            yield _remark("error", line, sentence, _SPLIT)
    for line in _unsaid(lines, lesser_from):
        sentence = f"“{line.words}” stands above a further list and does not say whom to call for it."
        hint = 'write it there, such as "See a doctor the same day for:"; emergencies belong into the first list.'
        yield _remark("warning", line, sentence, hint)


def _lesser_from(lines: Sequence[HelpLine]) -> int:
    """Return the number of the list from which on signs are printed as no emergency, as the page parts them."""
    lists = {line.number for line in lines if line.kind == "entry"}
    for number in sorted(lists - {0}):
        leads = {step for line in lines if line.kind == "lead" and line.number == number for step in line.steps}
        if leads != {"emergency"}:
            return number
    rest = [line for line in lines if line.kind == "rest" and lists]
    steps = {step for line in rest for step in line.steps}
    return rest[0].number if "lesser" in steps and "emergency" not in steps else len(lists) + 1


def _unsaid(lines: Sequence[HelpLine], lesser_from: int) -> Iterator[HelpLine]:
    """Yield the last line above each further list of lesser signs where none above it names a step."""
    for number in sorted(
        {line.number for line in lines if line.kind == "entry" and line.number >= max(1, lesser_from)}
    ):
        leads = [line for line in lines if line.kind == "lead" and line.number == number]
        if leads and not any(line.steps for line in leads):
            yield leads[-1]


def _call_us(lines: Sequence[HelpLine]) -> Iterator[Remark]:
    for line in lines:
        if "emergency" in line.steps and line.kind != "rest":
            sentence = f"“{line.words}” names an emergency, and stands beside the clinic's own number."
            hint = _SPLIT if line.is_of_several else _MOVE_IT
            yield _remark("error", line, sentence, hint)
        elif line.steps == {"lesser"} and line.kind == "lead":
            sentence = f"“{line.words}” names {_whom(line.steps)}, and the clinic's own number is printed beside it."
            yield _remark("warning", line, sentence, "put these signs into a second list of urgent_help.")


def _elsewhere(subject: CheckSubject) -> Iterator[Remark]:
    """Yield what sends to help outside of the ladder: from above a list, in a heading, or where no card prints it."""
    outside = [text for text in subject.texts if text.section not in _LADDER]
    for text, following in pairwise([*outside, None]):
        if text is not None:
            is_heading = text.location[-1] == "heading"
            is_own = is_heading and following is not None and following.location[:-1] == text.location[:-1]
            paragraphs = [*_paragraphs(text.plain), (0, following.plain if is_own and following else "")]
            for (at, words), (_, below) in pairwise(paragraphs):
                heads_list = bool(_ENTRY.match(below)) and not _ENTRY.match(words)
                yield from _sent_to_help(subject.rules.calls, text, (at, words), (is_heading, heads_list))


def _sent_to_help(
    calls: CallRules, text: Prose, paragraph: tuple[int, str], heads: tuple[bool, bool]
) -> Iterator[Remark]:
    (begin, line), (is_heading, heads_list) = paragraph, heads
    mark = _ENTRY.match(line)
    at, words = (begin + mark.end(), line[mark.end() :]) if mark else (begin, line)
    steps, told = steps_in(words, calls.words, calls.numbers), words.strip()[:_TOLD]
    is_unnamed = not steps and text.section not in _BEFOREHAND and sends_to_unnamed(words, calls.words)
    if (is_heading or heads_list) and steps == {"emergency"}:
        sentence = f"“{told}” heads signs of an emergency outside of urgent help: {_LACKING}."
        yield Remark(RULE, "error", text.location, sentence, _MOVE, at, told)
    elif heads_list and is_unnamed:
        sentence = f"“{told}” heads signs to get help for, and does not say whose: {_LACKING}."
        yield Remark(RULE, "error", text.location, sentence, _SAY_WHOM, at, told)
    elif not is_heading and text.section in NOT_ON_CARDS and (is_unnamed or _is_of_number(words, steps)):
        sentence = f"“{told}” sends to help, and no card prints this part."
        yield Remark(RULE, "warning", text.location, sentence, _SAY_WHOM, at, told)


def _is_of_number(words: str, steps: frozenset[HelpStep]) -> bool:
    """Return whether words send to an emergency alone, and by its number: a department may be named for itself."""
    return steps == {"emergency"} and "emergency" in steps_in(words, None)


def _emergency_call(subject: CheckSubject) -> str:
    calls = subject.rules.calls
    numbers = sorted({calls.known[code].emergency for code in calls.countries})
    return f"the call to {' or '.join(numbers)}" if numbers else "the call to the emergency number"


def _whom(steps: frozenset[HelpStep]) -> str:
    named = {"lesser": "a doctor or an advice line", "clinic": "the clinic"}
    return " and ".join(named[step] for step in ("lesser", "clinic") if step in steps)


def _too(line: HelpLine) -> str:
    return " beside an emergency" if "emergency" in line.steps else ""


def _too_other(line: HelpLine) -> str:
    return f" beside {_whom(other)}" if (other := line.steps - {"emergency"}) else ""


def _remark(level: FindingLevel, line: HelpLine, sentence: str, hint: str) -> Remark:
    return Remark(RULE, level, line.location, sentence, hint, line.at, line.words)
