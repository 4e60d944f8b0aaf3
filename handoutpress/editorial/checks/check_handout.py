"""All the checks of a handout: what they find at its place in the file, and what someone has accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from handoutpress.editorial.checks import citations, claims, dates, plain_words, risks, translations
from handoutpress.editorial.checks.findings import EditorialFinding, Remark, stops
from handoutpress.editorial.checks.prose import position_of
from handoutpress.editorial.checks.subject import CheckSubject
from handoutpress.yamlfile.source import Location, YamlSource

HandoutCheck = Callable[[CheckSubject], Iterable[Remark]]

CHECKS: Mapping[str, HandoutCheck] = {
    "citations": citations.remarks,
    "claims": claims.remarks,
    "risks": risks.remarks,
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
    accepted_rules = {entry.rule for entry in subject.handout.accepted if entry.until >= subject.today}
    counting = [remark for remark in remarks if remark.rule not in accepted_rules]
    counting += _acceptance_remarks(subject, {remark.rule for remark in remarks})
    accepted = [remark for remark in remarks if remark.rule in accepted_rules]
    return CheckResult(located(subject.source, counting), located(subject.source, accepted))


def _acceptance_remarks(subject: CheckSubject, rules: set[str]) -> Iterator[Remark]:
    """Yield the acceptances that have run out, and those that no remark is about: ``rules`` are of all remarks."""
    for number, acceptance in enumerate(subject.handout.accepted):
        if acceptance.until < subject.today:
            sentence = f'"{acceptance.rule}" was accepted until {acceptance.until.isoformat()}, and counts again.'
            place: Location = ("accepted", number, "until")
            yield Remark("acceptance-expired", "note", place, sentence, "mend the text, or decide anew.")
        elif acceptance.rule not in rules:
            sentence = f'"{acceptance.rule}" is accepted, and nothing of the kind is found.'
            yield Remark("acceptance-unused", "note", ("accepted", number, "rule"), sentence, "delete the entry.")


def located(source: YamlSource, remarks: Iterable[Remark]) -> tuple[EditorialFinding, ...]:
    """Give each remark its line and column in ``source``, in the file's order; the same remark at one place once."""
    # No set: its order would change from run to run where rule and place are the same.
    findings = dict.fromkeys(_finding(source, remark) for remark in remarks)
    return tuple(sorted(findings, key=lambda finding: finding.order))


def _finding(source: YamlSource, remark: Remark) -> EditorialFinding:
    line, column = position_of(source, remark.location, remark.at)
    return EditorialFinding(remark.rule, remark.level, source.path, line, column, remark.sentence, remark.hint)
