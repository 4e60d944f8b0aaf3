"""The questionnaires of the score card, CDC Clear Communication Index and PEMAT-P, and how a program answers them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from handoutpress.content.models.handouts import Risk
from handoutpress.editorial.checks.check_handout import CheckResult
from handoutpress.editorial.checks.plain_words import PASSIVE_LIMIT, passive_share
from handoutpress.editorial.checks.subject import CheckSubject

Answer = Literal["yes", "no", "not-applicable", "open"]

_ACTION = re.compile(
    r"(?:^|[.;:]\s+|\band\s+|^\s*[-*]\s+)(?:ask|tell|call|keep|see|get|do|talk|stop|read|bring)\b",
    re.IGNORECASE | re.MULTILINE,
)
_GOOD = re.compile(r"\b(?:may|might|can|could)\b[^.]*\b(?:help|ease|relie\w+|less|improve)\b", re.IGNORECASE)
_HARM = re.compile(r"\b(?:harm\w*|side effects?|risks?|bruis\w+|hurt|injur\w+)\b", re.IGNORECASE)
_UNSURE = re.compile(
    r"\b(?:(?:do|does|did) not know|nobody (?:knows|has shown)|cannot (?:tell|be sure)|not (?:known|certain|enough)"
    r"|weak|do not agree)\b",
    re.IGNORECASE,
)
_LONGEST_CHUNK = 200
"""Words under one heading."""


@dataclass(frozen=True)
class CheckedHandout:
    """A handout and what the checks found on it: all that a question is answered from."""

    subject: CheckSubject
    result: CheckResult

    def words_of(self, section: str) -> str:
        """Return the words of ``section``, its short version left out."""
        texts = (text.plain for text in self.subject.texts if text.section == section and not text.is_short)
        return "\n".join(texts)

    def clear_of(self, *rules: str) -> bool:
        """Return whether no finding is about ``rules``, be it accepted; notes do not count."""
        findings = (*self.result.findings, *self.result.accepted)
        return {finding.rule for finding in findings if finding.level != "note"}.isdisjoint(rules)


Judge = Callable[[CheckedHandout], Answer]


@dataclass(frozen=True)
class Question:
    """One question in our words, and what answers it: "open" leaves it to a reviewer."""

    text: str
    judge: Judge


def _yes_if(condition: object) -> Answer:
    return "yes" if condition else "no"


def _one_message(handout: CheckedHandout) -> Answer:
    texts = [text for text in handout.subject.texts if text.section == "main_message" and not text.is_short]
    return _yes_if(texts and len(texts[0].sentences) <= 5)


def _active_message(handout: CheckedHandout) -> Answer:
    plain_words = handout.subject.rules.plain
    if plain_words is None:
        return "open"
    _, passive = passive_share(handout.subject, plain_words)
    return _yes_if(not any(start in " ".join(handout.words_of("main_message").split()) for start in passive))


def _active(handout: CheckedHandout) -> Answer:
    plain_words = handout.subject.rules.plain
    return "open" if plain_words is None else _yes_if(passive_share(handout.subject, plain_words)[0] <= PASSIVE_LIMIT)


def _chunks(handout: CheckedHandout) -> Answer:
    lengths: dict[tuple[str | int, ...], int] = {}
    for text in handout.subject.texts:
        if not text.is_short:
            chunk = text.location[:2] if text.section in ("sections", "body") else text.location[:1]
            lengths[chunk] = lengths.get(chunk, 0) + len(text.plain.split())
    return _yes_if(lengths and max(lengths.values()) <= _LONGEST_CHUNK)


def _harms(handout: CheckedHandout) -> list[Risk]:
    """Return the harms that it prints, those of a treatment that it is about among them."""
    subject = handout.subject
    return [*subject.handout.harms, *(risk for about in subject.about for risk in about.harms)]


def _first_section(handout: CheckedHandout) -> Answer:
    if handout.subject.handout.benefits is None:
        return "not-applicable"
    message = handout.words_of("main_message")
    return _yes_if(_GOOD.search(message) and _HARM.search(message))


def _any_list(handout: CheckedHandout) -> Answer:
    return _yes_if(any(re.search(r"^\s*[-*] ", text.text, re.MULTILINE) for text in handout.subject.texts))


def _unsure(handout: CheckedHandout) -> Answer:
    if handout.subject.handout.benefits is None:
        return "not-applicable"
    return _yes_if(any(_UNSURE.search(text.plain) for text in handout.subject.texts))


def _nature_of_risk(handout: CheckedHandout) -> Answer:
    harms = _harms(handout)
    if not harms:
        return "not-applicable"
    if handout.subject.handout.benefits is None:  # nothing is weighed against them: that they are named is enough
        return _yes_if(handout.words_of("urgent_help"))
    serious = any(risk.severity == "serious" for risk in harms)
    return _yes_if(serious and handout.words_of("urgent_help") and handout.clear_of("risk-serious", "risk-common"))


def _both_sides(handout: CheckedHandout) -> Answer:
    if handout.subject.handout.benefits is None:
        return "not-applicable"
    return _yes_if(handout.words_of("risks"))


def _figures_twice(handout: CheckedHandout) -> Answer:
    """Answer yes where a risk is counted: the page sets each such risk in words and draws it as dots."""
    harms = _harms(handout)
    return _yes_if(any(risk.count is not None for risk in harms)) if harms else "not-applicable"


def _speaks_to_you(handout: CheckedHandout) -> Answer:
    addressed = ("main_message", "what_to_expect", "after_care", "urgent_help", "tell_us_first")
    there = [words for section in addressed if (words := handout.words_of(section))]
    return _yes_if(all(re.search(r"\byou(?:r|rs)?\b", words, re.IGNORECASE) for words in there))


def _tables(handout: CheckedHandout) -> Answer:
    table = handout.subject.handout.comparison
    return "not-applicable" if table is None else _yes_if(len(table.columns) <= 3 and len(table.rows) <= 9)


def _reviewer(_: CheckedHandout) -> Answer:
    return "open"


def _worded(judge: Judge) -> Judge:
    """Leave a question that turns on words to the reviewer where the language has no word list."""
    return lambda handout: "open" if handout.subject.rules.plain is None else judge(handout)


def _clear(*rules: str) -> Judge:
    return lambda handout: _yes_if(handout.clear_of(*rules))


def _has(section: str) -> Judge:
    return lambda handout: _yes_if(handout.words_of(section))


def _listed(section: str) -> Judge:
    return lambda handout: _yes_if(re.search(r"^\s*[-*] ", handout.words_of(section), re.MULTILINE))


def _says(section: str, pattern: re.Pattern[str]) -> Judge:
    return _worded(lambda handout: _yes_if(pattern.search(handout.words_of(section))))


def _to_do(handout: CheckedHandout) -> Answer:
    """Answer whether it says what to do: afterwards, or in parts of its own."""
    sections = ("after_care",) if handout.subject.handout.after_care else ("body", "sections", "main_message")
    words = " ".join(handout.words_of(section) for section in sections)
    return _yes_if(_ACTION.search(words))


CDC: Mapping[int, Question] = {
    1: Question("Is there one main message?", _one_message),
    2: Question("Does it stand at the beginning?", _has("main_message")),
    3: Question("Is it set off from the rest?", _has("main_message")),
    4: Question("Does a picture carry the main message?", _reviewer),
    5: Question("Does it ask the reader to do something?", _says("main_message", _ACTION)),
    6: Question("Is the main message in the active voice?", _active_message),
    7: Question(
        "Are the words those that the reader uses?",
        _worded(_clear("plain-word", "plain-abbreviation", "plain-grade")),
    ),
    8: Question("Are there lists?", _any_list),
    9: Question("Is the text in short parts with headings?", _chunks),
    10: Question("Does the first part say the most important things?", _worded(_first_section)),
    11: Question("Does it say what experts know and do not know?", _worded(_unsure)),
    12: Question("Does it say what the reader should do?", _worded(_to_do)),
    13: Question("Does it say why?", _reviewer),
    14: Question("Does it say how, step by step?", _reviewer),
    15: Question("Are the numbers such as the reader uses?", _clear("plain-number")),
    16: Question("Does it say what the numbers mean?", _reviewer),
    17: Question(
        "Can the reader do without arithmetic?", _clear("risk-denominator", "risk-mixed-counts", "plain-number")
    ),
    18: Question("Does it say what kind of harm there may be?", _nature_of_risk),
    19: Question("Does it tell risks as well as benefits?", _both_sides),
    20: Question("Are chances told in words or a picture as well?", _figures_twice),
}
"""The 20 questions of the CDC Clear Communication Index (2014), in our words."""

PEMAT: Mapping[int, Question] = {
    1: Question("Is its purpose plain at once?", _reviewer),
    2: Question("Does nothing lead away from the purpose?", _reviewer),
    3: Question("Is it in everyday language?", _worded(_clear("plain-grade", "plain-sentence"))),
    4: Question("Are medical terms explained?", _worded(_clear("plain-word", "plain-abbreviation"))),
    5: Question("Is it in the active voice?", _active),
    6: Question("Are numbers easy to grasp?", _clear("plain-number", "risk-word")),
    7: Question("Can the reader do without arithmetic?", _clear("risk-denominator", "risk-mixed-counts")),
    8: Question("Is the text in short parts?", _chunks),
    9: Question("Do headings say what follows?", _chunks),
    10: Question("Is the order sensible?", _reviewer),
    11: Question("Is there a summary?", _has("main_message")),
    12: Question("Do boxes, bullets or bold type show what matters?", _any_list),
    # PEMAT-P leaves 13 and 14 to audiovisual material.
    15: Question("Are there pictures where they help?", _reviewer),
    16: Question("Do the pictures support the text?", _reviewer),
    17: Question("Do pictures and tables have titles?", _tables),
    18: Question("Are the pictures clear?", _reviewer),
    19: Question("Are tables short, with plain headings?", _tables),
    20: Question("Does it name at least one thing to do?", _worded(_to_do)),
    21: Question("Does it speak to the reader?", _worded(_speaks_to_you)),
    22: Question("Are things to do broken into steps?", _listed("urgent_help")),
    23: Question("Is there a tool to use, such as a list of questions?", _has("questions")),
    24: Question("Does it show how to do any arithmetic?", _reviewer),
    25: Question("Does it say how to read charts and tables?", _reviewer),
    26: Question("Do pictures help the reader to act?", _reviewer),
}
"""The questions of PEMAT-P (AHRQ 2013) for printed material, with its numbers, in our words."""
