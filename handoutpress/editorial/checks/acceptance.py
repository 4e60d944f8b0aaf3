"""What someone has accepted: each acceptance covers the one finding whose words it quotes, until its day.

A rule is never switched off: words that are written later, and break it as well, are found.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from handoutpress.content.models.handouts import Acceptance
from handoutpress.content.skeletons import UNWRITTEN
from handoutpress.editorial.checks.findings import Remark
from handoutpress.editorial.checks.prose import Prose
from handoutpress.editorial.checks.reading.readable import readable
from handoutpress.yamlfile.source import Location

OVERDUE_DAYS = 90
"""Longest that an overdue review may be accepted, counted from the day on which it was due."""
LONGEST_DAYS = 3 * 366
"""Longest that any finding may be accepted: as long as a review lasts (PIF TICK)."""
USUAL_DAYS = 365


@dataclass(frozen=True)
class SortedRemarks:
    """The remarks that count, those about acceptances among them, and those that someone has accepted."""

    counting: tuple[Remark, ...]
    accepted: tuple[Remark, ...]


@dataclass(frozen=True)
class Accepting:
    """The acceptances of one file. ``location`` is their place in it, ``due`` the day of the next review."""

    acceptances: Sequence[Acceptance]
    today: date
    location: Location = ("accepted",)
    due: date | None = None

    def sort(self, remarks: Iterable[Remark], texts: Iterable[Prose]) -> SortedRemarks:
        """Sort ``remarks``, which are about ``texts`` and the data beside them."""
        passages = _Passages(texts)
        remarks = list(dict.fromkeys(remarks))
        told: list[Remark] = []
        accepted: set[Remark] = set()
        for number, acceptance in enumerate(self.acceptances):
            fault = self._fault(number, acceptance)
            covered = [] if fault else _covered(acceptance, remarks, passages)
            fault = fault or self._doubt(number, acceptance, remarks, covered, passages)
            told += [fault] if fault else []
            accepted |= set() if fault else set(covered)
        counting = [self._with_way_out(remark, passages) for remark in remarks if remark not in accepted]
        return SortedRemarks((*counting, *told), tuple(remark for remark in remarks if remark in accepted))

    def _fault(self, number: int, acceptance: Acceptance) -> Remark | None:
        """Return why an acceptance covers nothing, by itself."""
        place = (*self.location, number)
        if UNWRITTEN in acceptance.because:
            sentence = f'Nobody has said why "{acceptance.rule}" is accepted.'
            return Remark("acceptance-incomplete", "error", (*place, "because"), sentence, "write the reason.")
        if acceptance.until < self.today:
            sentence = f'"{acceptance.rule}" was accepted until {acceptance.until.isoformat()}, and counts again.'
            hint = "mend the text, or decide anew."
            return Remark("acceptance-expired", "note", (*place, "until"), sentence, hint)
        last = self._last_day(acceptance.rule)
        if acceptance.until > last:
            sentence = f'"{acceptance.rule}" cannot be accepted until {acceptance.until.isoformat()}.'
            hint = f"the last day is {last.isoformat()}."
            return Remark("acceptance-too-long", "error", (*place, "until"), sentence, hint)
        return None

    def _last_day(self, rule: str) -> date:
        if rule == "review-overdue" and self.due is not None:
            return self.due + timedelta(OVERDUE_DAYS)
        return self.today + timedelta(LONGEST_DAYS)

    def _doubt(
        self,
        number: int,
        acceptance: Acceptance,
        remarks: Collection[Remark],
        covered: Collection[Remark],
        passages: _Passages,
    ) -> Remark | None:
        """Return why an acceptance covers nothing, or more than one passage, among ``remarks``."""
        place = (*self.location, number)
        of_rule = [remark for remark in remarks if remark.rule == acceptance.rule]
        if acceptance.text is None and any(remark.words for remark in of_rule):
            sentence = f'"{acceptance.rule}" as a whole cannot be accepted, so that no other words pass with these.'
            wanted = " or ".join(dict.fromkeys(_quoted(passages.of(remark)) for remark in of_rule if remark.words))
            return Remark("acceptance-incomplete", "error", (*place, "rule"), sentence, f"add text: {wanted}")
        if acceptance.text is not None and not covered:
            sentence = f"The words {_quoted(acceptance.text)} that were accepted are no longer there."
            sentence = sentence if not of_rule else f"{sentence[:-1]} as they are quoted."
            hint = "quote them as they stand, or delete the entry."
            return Remark("acceptance-unused", "note", (*place, "text"), sentence, hint)
        if not covered and not of_rule:
            sentence = f'"{acceptance.rule}" is accepted, and nothing of the kind is found.'
            return Remark("acceptance-unused", "note", (*place, "rule"), sentence, "delete the entry.")
        if len({passages.of(remark) for remark in covered}) > 1 or not covered:
            sentence = f'This acceptance of "{acceptance.rule}" fits several findings, and may cover one.'
            hint = "quote the whole sentence, and accept each by an entry of its own."
            return Remark("acceptance-incomplete", "error", place, sentence, hint)
        return None

    def _with_way_out(self, remark: Remark, passages: _Passages) -> Remark:
        """Return a remark that someone may answer for, with what to write in order to accept it."""
        if not remark.rule.startswith(("claim-", "phone-typed", "risk-missing")) or remark.level == "note":
            return remark
        until = (self.today + timedelta(USUAL_DAYS)).isoformat()
        text = f"text: {_quoted(passages.of(remark))}, " if remark.words else ""
        where = ".".join(str(step) for step in self.location)
        entry = f"{{rule: {remark.rule}, {text}because: {UNWRITTEN}, until: {until}}}"
        return replace(remark, hint=f'{remark.hint} To take responsibility, add to "{where}": - {entry}')


class _Passages:
    """The sentence in which the words of a remark stand."""

    def __init__(self, texts: Iterable[Prose]) -> None:
        self._texts: Mapping[Location, Prose] = {text.location: text for text in texts}

    def of(self, remark: Remark) -> str:
        """Return the sentence, or where none has the words the words, or what the remark says."""
        text = self._texts.get(remark.location)
        words = _compared(remark.words)
        for sentence in text.sentences if text is not None and words else ():
            is_there = sentence.start <= remark.at < sentence.start + len(sentence.text)
            if is_there and words in _compared(sentence.text):
                return " ".join(sentence.text.split())
        return remark.words or remark.sentence


def _covered(acceptance: Acceptance, remarks: Iterable[Remark], passages: _Passages) -> list[Remark]:
    of_rule = [remark for remark in remarks if remark.rule == acceptance.rule]
    if acceptance.text is None:
        wordless = [remark for remark in of_rule if not remark.words]
        return wordless if len(wordless) == len(of_rule) == 1 else []
    quoted = _compared(acceptance.text)
    return [
        remark for remark in of_rule if _compared(remark.words) in quoted and quoted in _compared(passages.of(remark))
    ]


def _compared(words: str) -> str:
    """Return words as they are compared: without marks, capitals, and stops at their end."""
    return " ".join(readable(words).split()).strip(' .!?…“”"').casefold()


def _quoted(words: str) -> str:
    """Return words as a YAML file has them in quotes."""
    return json.dumps(" ".join(words.split()), ensure_ascii=False)
