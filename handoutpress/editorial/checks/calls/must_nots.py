"""What a text forbids, and where: a card prints what to do afterwards, and no section that a handout names itself."""

from __future__ import annotations

from collections.abc import Iterator

from handoutpress.content.text.help_steps import forbidden
from handoutpress.editorial.checks.findings import Remark
from handoutpress.editorial.checks.subject import CheckSubject

RULE = "must-not"
NOT_ON_CARDS = frozenset({"sections", "what_it_is", "what_to_expect"})
"""Parts that no format of a few sections prints."""
_TOLD = 80


def remarks(subject: CheckSubject) -> Iterator[Remark]:
    """Yield the first words of each text that forbid something where no card and no poster prints them."""
    calls = subject.rules.calls
    for text in subject.texts:
        found = forbidden(text.plain, calls.words) if text.section in NOT_ON_CARDS and not text.is_short else None
        if found:
            at, words = found
            told = words if len(words) <= _TOLD else words[:_TOLD].rsplit(" ", 1)[0]
            sentence = f"“{told}” forbids something, and no card prints this part."
            hint = "move what a patient must not do to after_care, which cards print, or into a block of the body."
            yield Remark(RULE, "warning", text.location, sentence, hint, at, told)
