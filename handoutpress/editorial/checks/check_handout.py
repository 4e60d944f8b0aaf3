"""All the checks of a handout: what they find at its place in the file, and what someone has accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from handoutpress.editorial.checks import (
    benefits,
    characters,
    citations,
    claims,
    dates,
    markup,
    pictures,
    plain_words,
    risks,
    sections,
    translations,
)
from handoutpress.editorial.checks.acceptance import Accepting
from handoutpress.editorial.checks.calls import help_sections, must_nots, typed_phones
from handoutpress.editorial.checks.findings import EditorialFinding, Remark, stops
from handoutpress.editorial.checks.prose import position_of
from handoutpress.editorial.checks.subject import CheckSubject
from handoutpress.yamlfile.source import Location, Position, YamlSource

HandoutCheck = Callable[[CheckSubject], Iterable[Remark]]

CHECKS: Mapping[str, HandoutCheck] = {
    "citations": citations.remarks,
    "characters": characters.remarks,
    "claims": claims.remarks,
    "benefits": benefits.remarks,
    "risks": risks.remarks,
    "urgent help": help_sections.remarks,
    "what is forbidden": must_nots.remarks,
    "telephone numbers": typed_phones.remarks,
    "markup": markup.remarks,
    "sections": sections.remarks,
    "pictures": pictures.remarks,
    "plain words": plain_words.remarks,
    "dates": dates.remarks,
    "translations": translations.remarks,
}
"""Every family of checks, by what it looks at. A new one is a module with a function ``remarks``, and a line here."""


@dataclass(frozen=True)
class CheckResult:
    """The findings that count, and beside them those that someone has accepted; both in the order of the file."""

    findings: tuple[EditorialFinding, ...]
    accepted: tuple[EditorialFinding, ...] = ()

    def stops(self, strict: bool = False) -> bool:
        """Return whether any finding stops the editions of the handout."""
        return any(stops(finding.level, strict) for finding in self.findings)


def check_handout(subject: CheckSubject) -> CheckResult:
    """Run every check on one handout."""
    remarks = [remark for check in CHECKS.values() for remark in check(subject)]
    review = subject.handout.reviewed
    accepting = Accepting(subject.handout.accepted, subject.today, due=review.next if review else None)
    sorted_remarks = accepting.sort(remarks, (*subject.texts, *subject.names))
    return CheckResult(
        located(subject.source, sorted_remarks.counting), located(subject.source, sorted_remarks.accepted)
    )


def located(source: YamlSource, remarks: Iterable[Remark]) -> tuple[EditorialFinding, ...]:
    """Give each remark its line and column in ``source``, in the file's order; the same remark at one place once."""
    return placed(source.path, partial(position_of, source), remarks)


def placed(
    path: Path, position: Callable[[Location, int], Position], remarks: Iterable[Remark]
) -> tuple[EditorialFinding, ...]:
    """Do the same for a file in which ``position`` tells the place of a character of a text."""
    # No set: its order would change from run to run where rule and place are the same.
    findings = dict.fromkeys(
        EditorialFinding(
            remark.rule, remark.level, path, *position(remark.location, remark.at), remark.sentence, remark.hint
        )
        for remark in remarks
    )
    return tuple(sorted(findings, key=lambda finding: finding.order))
