"""The questions of the score card, and how a program answers those that it can."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

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
class CardQuestions:
    """What the judges look at."""

    subject: CheckSubject
    checked: CheckResult

    def said(self, section: str) -> str:
        """The words of ``section``, its short version left out."""
        texts = (text.plain for text in self.subject.texts if text.section == section and not text.is_short)
        return "\n".join(texts)

    def clear_of(self, *rules: str) -> bool:
        """Whether none of ``rules`` was found, accepted or not."""
        found = {
            finding.rule for finding in (*self.checked.findings, *self.checked.accepted) if finding.level != "note"
        }
        return found.isdisjoint(rules)


Judge = Callable[[CardQuestions], Answer]


def _if(condition: object) -> Answer:
    return "yes" if condition else "no"


def _one_message(judging: CardQuestions) -> Answer:
    texts = [text for text in judging.subject.texts if text.section == "main_message" and not text.is_short]
    return _if(texts and len(texts[0].sentences) <= 5)


def _active_message(judging: CardQuestions) -> Answer:
    plain = judging.subject.rules.plain
    if plain is None:
        return "open"
    _, passive = passive_share(judging.subject, plain)
    return _if(not any(start in " ".join(judging.said("main_message").split()) for start in passive))


def _active(judging: CardQuestions) -> Answer:
    plain = judging.subject.rules.plain
    return "open" if plain is None else _if(passive_share(judging.subject, plain)[0] <= PASSIVE_LIMIT)


def _chunks(judging: CardQuestions) -> Answer:
    lengths: dict[tuple[str | int, ...], int] = {}
    for text in judging.subject.texts:
        if not text.is_short:
            chunk = text.location[:2] if text.section == "sections" else text.location[:1]
            lengths[chunk] = lengths.get(chunk, 0) + len(text.plain.split())
    return _if(lengths and max(lengths.values()) <= _LONGEST_CHUNK)


def _first_section(judging: CardQuestions) -> Answer:
    said = judging.said("main_message")
    return _if(_GOOD.search(said) and _HARM.search(said))


def _any_list(judging: CardQuestions) -> Answer:
    return _if(any(re.search(r"^\s*[-*] ", text.text, re.MULTILINE) for text in judging.subject.texts))


def _unsure(judging: CardQuestions) -> Answer:
    return _if(any(_UNSURE.search(text.plain) for text in judging.subject.texts))


def _nature_of_risk(judging: CardQuestions) -> Answer:
    serious = any(risk.severity == "serious" for risk in judging.subject.handout.risks.items)
    return _if(serious and judging.said("urgent_help") and judging.clear_of("risk-serious", "risk-common"))


def _both_sides(judging: CardQuestions) -> Answer:
    return _if(judging.subject.handout.benefits and judging.said("risks"))


def _figures_twice(judging: CardQuestions) -> Answer:
    """The page sets each counted risk in words and draws it as dots."""
    return _if(any(risk.count is not None for risk in judging.subject.handout.risks.items))


def _speaks_to_you(judging: CardQuestions) -> Answer:
    addressed = ("main_message", "what_to_expect", "after_care", "urgent_help", "tell_us_first")
    return _if(all(re.search(r"\byou(?:r|rs)?\b", judging.said(section), re.IGNORECASE) for section in addressed))


def _tables(judging: CardQuestions) -> Answer:
    table = judging.subject.handout.comparison
    return "not-applicable" if table is None else _if(len(table.columns) <= 3 and len(table.rows) <= 9)


def _reviewer(_: CardQuestions) -> Answer:
    return "open"


def _worded(judge: Judge) -> Judge:
    """Leave a question that turns on words to the reviewer where no word list of the language is there."""
    return lambda judging: "open" if judging.subject.rules.plain is None else judge(judging)


def _clear(*rules: str) -> Judge:
    return lambda judging: _if(judging.clear_of(*rules))


def _has(section: str) -> Judge:
    return lambda judging: _if(judging.said(section))


def _listed(section: str) -> Judge:
    return lambda judging: _if(re.search(r"^\s*[-*] ", judging.said(section), re.MULTILINE))


def _says(section: str, pattern: re.Pattern[str]) -> Judge:
    return _worded(lambda judging: _if(pattern.search(judging.said(section))))


CDC: Mapping[int, tuple[str, Judge]] = {
    1: ("Is there one main message?", _one_message),
    2: ("Does it stand at the beginning?", _has("main_message")),
    3: ("Is it set off from the rest?", _has("main_message")),
    4: ("Does a picture carry the main message?", _reviewer),
    5: ("Does it ask the reader to do something?", _says("main_message", _ACTION)),
    6: ("Is the main message in the active voice?", _active_message),
    7: (
        "Are the words those that the reader uses?",
        _worded(_clear("plain-word", "plain-abbreviation", "plain-grade")),
    ),
    8: ("Are there lists?", _any_list),
    9: ("Is the text in short parts with headings?", _chunks),
    10: ("Does the first part say the most important things?", _worded(_first_section)),
    11: ("Does it say what experts know and do not know?", _worded(_unsure)),
    12: ("Does it say what the reader should do?", _says("after_care", _ACTION)),
    13: ("Does it say why?", _reviewer),
    14: ("Does it say how, step by step?", _reviewer),
    15: ("Are the numbers such as the reader uses?", _clear("plain-number")),
    16: ("Does it say what the numbers mean?", _reviewer),
    17: ("Can the reader do without arithmetic?", _clear("risk-denominator", "risk-mixed-counts", "plain-number")),
    18: ("Does it say what kind of harm there may be?", _nature_of_risk),
    19: ("Does it tell risks as well as benefits?", _both_sides),
    20: ("Are chances told in words or a picture as well?", _figures_twice),
}
"""The 20 questions of the CDC Clear Communication Index (2014), in our words."""

PEMAT: Mapping[int, tuple[str, Judge]] = {
    1: ("Is its purpose plain at once?", _reviewer),
    2: ("Does nothing lead away from the purpose?", _reviewer),
    3: ("Is it in everyday language?", _worded(_clear("plain-grade", "plain-sentence"))),
    4: ("Are medical terms explained?", _worded(_clear("plain-word", "plain-abbreviation"))),
    5: ("Is it in the active voice?", _active),
    6: ("Are numbers easy to grasp?", _clear("plain-number", "risk-word")),
    7: ("Can the reader do without arithmetic?", _clear("risk-denominator", "risk-mixed-counts")),
    8: ("Is the text in short parts?", _chunks),
    9: ("Do headings say what follows?", _has("what_it_is")),
    10: ("Is the order sensible?", _reviewer),
    11: ("Is there a summary?", _has("main_message")),
    12: ("Do boxes, bullets or bold type show what matters?", _any_list),
    15: ("Are there pictures where they help?", _reviewer),
    16: ("Do the pictures support the text?", _reviewer),
    17: ("Do pictures and tables have titles?", _tables),
    18: ("Are the pictures clear?", _reviewer),
    19: ("Are tables short, with plain headings?", _tables),
    20: ("Does it name at least one thing to do?", _says("after_care", _ACTION)),
    21: ("Does it speak to the reader?", _worded(_speaks_to_you)),
    22: ("Are things to do broken into steps?", _listed("urgent_help")),
    23: ("Is there a tool to use, such as a list of questions?", _has("questions")),
    24: ("Does it show how to do any arithmetic?", _reviewer),
    25: ("Does it say how to read charts and tables?", _reviewer),
    26: ("Do pictures help the reader to act?", _reviewer),
}
"""The questions of PEMAT-P (AHRQ 2013) for printed material, with its numbers, in our words."""
