"""All the checks of a handout: what they say at its place in the file, and what someone has accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from handoutpress.editorial.checks import citations, claims, dates, plain_words, risks, translations
from handoutpress.editorial.checks.findings import EditorFinding, Remark, stops
from handoutpress.editorial.checks.prose import place
from handoutpress.editorial.checks.subject import CheckSubject
from handoutpress.yamlfile.source import YamlSource

CHECKS: tuple[Callable[[CheckSubject], Iterable[Remark]], ...] = (
    citations.remarks,
    claims.remarks,
    risks.remarks,
    plain_words.remarks,
    dates.remarks,
    translations.remarks,
)


@dataclass(frozen=True)
class Checked:
    """What counts, and beside it what was found and accepted; both in the order of the file."""

    findings: tuple[EditorFinding, ...]
    accepted: tuple[EditorFinding, ...] = ()

    def stops(self, strict: bool = False) -> bool:
        """Whether any finding stops the editions of the handout."""
        return any(stops(finding.level, strict) for finding in self.findings)


def check_handout(subject: CheckSubject) -> Checked:
    """Run every check on one handout."""
    remarks = [remark for check in CHECKS for remark in check(subject)]
    living = {entry.rule for entry in subject.handout.accepted if entry.until >= subject.today}
    counting = [remark for remark in remarks if remark.rule not in living]
    counting += _acceptances(subject, {remark.rule for remark in remarks})
    accepted = [remark for remark in remarks if remark.rule in living]
    return Checked(located(subject.source, counting), located(subject.source, accepted))


def _acceptances(subject: CheckSubject, rules: set[str]) -> Iterator[Remark]:
    for number, acceptance in enumerate(subject.handout.accepted):
        if acceptance.until < subject.today:
            sentence = f'"{acceptance.rule}" was accepted until {acceptance.until.isoformat()}, and counts again.'
            yield Remark(
                "acceptance-expired", "note", ("accepted", number, "until"), sentence, "mend the text, or decide anew."
            )
        elif acceptance.rule not in rules:
            sentence = f'"{acceptance.rule}" is accepted, and nothing of the kind is found.'
            yield Remark("acceptance-unused", "note", ("accepted", number, "rule"), sentence, "delete the entry.")


def located(source: YamlSource, remarks: Iterable[Remark]) -> tuple[EditorFinding, ...]:
    """Give each remark its line and column in ``source``, in the file's order."""
    findings = {
        EditorFinding(
            remark.rule,
            remark.level,
            source.path,
            *place(source, remark.location, remark.at),
            remark.sentence,
            remark.hint,
        )
        for remark in remarks
    }
    return tuple(sorted(findings, key=lambda finding: finding.order))
