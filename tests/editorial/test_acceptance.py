"""What is accepted: the very words that are quoted, until their day, and nothing else."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from editor_room import HANDOUT, TODAY, checked, one, spoilt

from handoutpress.content.models.handouts import Acceptance
from handoutpress.editorial.checks.acceptance import Accepting
from handoutpress.editorial.checks.findings import Remark
from handoutpress.editorial.checks.prose import Prose

PLACE = ("what_it_is",)
TEXT = "It is like a massage in reverse. Cupping is old. It can reverse diabetes."


def remark(words: str, rule: str = "claim-treats", text: str = TEXT) -> Remark:
    return Remark(rule, "error", PLACE, f"“{words}”: why.", "hint.", text.index(words), words)


def acceptance(text: str | None, rule: str = "claim-treats", days: int = 30, because: str = "Agreed") -> Acceptance:
    return Acceptance(rule=rule, text=text, because=because, until=TODAY + timedelta(days))


def sort(*acceptances: Acceptance, found: list[Remark], due: date | None = None) -> tuple[list[str], list[str]]:
    """Return the rules that count, and the words that are accepted."""
    result = Accepting(acceptances, TODAY, due=due).sort(found, [Prose(PLACE, TEXT)])
    return [item.rule for item in result.counting], [item.words for item in result.accepted]


FOUND = [remark("reverse."), Remark("claim-treats", "error", PLACE, "", "", TEXT.index("reverse d"), "reverse")]


@pytest.mark.parametrize("text", ["It is like a massage in reverse.", "a massage in reverse", "A MASSAGE *in* reverse"])
def test_an_acceptance_covers_the_words_that_it_quotes_and_no_others(text: str) -> None:
    assert sort(acceptance(text), found=FOUND) == (["claim-treats"], ["reverse."])


def test_words_that_fit_two_sentences_cover_neither() -> None:
    counting, accepted = sort(acceptance("reverse"), found=FOUND)
    assert counting == ["claim-treats", "claim-treats", "acceptance-incomplete"]
    assert accepted == []


def test_a_rule_as_a_whole_is_not_accepted_and_the_message_has_the_words() -> None:
    result = Accepting([acceptance(None)], TODAY).sort(FOUND, [Prose(PLACE, TEXT)])
    assert result.accepted == ()
    told = result.counting[-1]
    assert (told.rule, told.level) == ("acceptance-incomplete", "error")
    assert told.hint == 'add text: "It is like a massage in reverse." or "It can reverse diabetes."'


def test_words_that_are_gone_are_told() -> None:
    assert sort(acceptance("a massage of the back"), found=FOUND)[0][-1] == "acceptance-unused"
    assert sort(acceptance("reverse", rule="claim-cure"), found=[]) == (["acceptance-unused"], [])


def test_a_reason_that_is_still_to_write_covers_nothing() -> None:
    assert sort(acceptance("massage in reverse", because="TO WRITE"), found=FOUND[:1]) == (
        ["claim-treats", "acceptance-incomplete"],
        [],
    )


def test_a_finding_about_the_whole_handout_is_accepted_by_its_rule() -> None:
    grade = Remark("plain-grade", "error", ("title",), "The reading grade is 9.")
    assert sort(acceptance(None, "plain-grade"), found=[grade]) == ([], [""])
    again = Remark("risk-serious", "error", ("risks",), "No serious harm of cupping is named.")
    other = Remark("risk-serious", "error", ("risks",), "No serious harm of massage is named.")
    assert sort(acceptance(None, "risk-serious"), found=[again, other])[1] == []
    assert sort(acceptance("No serious harm of cupping is named.", "risk-serious"), found=[again, other])[1] == [""]


@pytest.mark.parametrize(("due", "days", "holds"), [(-10, 80, True), (-10, 81, False), (-95, 1, False)])
def test_an_overdue_review_is_accepted_for_ninety_days_at_most(due: int, days: int, holds: bool) -> None:
    overdue = Remark("review-overdue", "error", ("reviewed", "next"), "The review was due.")
    day = TODAY + timedelta(due)
    counting, accepted = sort(acceptance(None, "review-overdue", days), found=[overdue], due=day)
    assert bool(accepted) is holds
    assert counting == ([] if holds else ["review-overdue", "acceptance-too-long"])


def test_nothing_is_accepted_for_ever() -> None:
    assert sort(acceptance("massage in reverse", days=30_000), found=FOUND[:1])[0][-1] == "acceptance-too-long"


def test_a_claim_says_how_to_accept_it_and_that_works(tmp_path: Path) -> None:
    bad = spoilt("Keep taking your prescribed medicines.", 'It is "natural" and cures migraine: really.')
    finding = one(checked(tmp_path, bad), "claim-cure")
    entry = re.search(r"- (\{.*\})", finding.hint)
    assert entry
    assert yaml.safe_load(entry[1])["text"] == 'It is "natural" and cures migraine: really.'
    written = entry[1].replace("TO WRITE", "Agreed with the board")
    accepted = spoilt('version: "1.0"', f'version: "1.0"\naccepted:\n  - {written}', bad)
    result = checked(tmp_path, accepted)
    assert "claim-cure" not in {finding.rule for finding in result.findings}
    assert [finding.rule for finding in result.handouts[0][1].accepted] == ["claim-cure"]
    worse = spoilt("You can stop treatment at any time.", "It cures asthma.", accepted)
    assert "cures" in one(checked(tmp_path, worse), "claim-cure").sentence


ACCEPTED = 'version: "1.0"\naccepted: [{{rule: plain-number, text: 8.6%, because: Agreed, until: {until}}}]'


def test_an_acceptance_ends_with_its_day(tmp_path: Path) -> None:
    bad = spoilt("Keep taking your prescribed medicines.", "It helps 8.6% of people.")
    accepted = spoilt('version: "1.0"', ACCEPTED.format(until="2026-12-31"), bad)
    assert "plain-number" not in {finding.rule for finding in checked(tmp_path, accepted).findings}
    expired = checked(tmp_path, accepted.replace("2026-12-31", "2026-11-22"))
    assert {"plain-number", "acceptance-expired"} <= {finding.rule for finding in expired.findings}


def test_an_acceptance_that_nothing_needs_is_told(tmp_path: Path) -> None:
    unused = HANDOUT.replace('version: "1.0"', ACCEPTED.format(until="2026-12-31"))
    assert one(checked(tmp_path, unused), "acceptance-unused").level == "note"
