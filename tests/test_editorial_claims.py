"""What is questioned and what passes: the sets of sentences, and how a jurisdiction's rules differ."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from handoutpress.content.project import Project
from handoutpress.content.sources import read_yaml
from handoutpress.editorial.patterns import attributed, compiled, denied
from handoutpress.editorial.sentence_claims import claims_in
from handoutpress.editorial.sentences import split
from handoutpress.editorial.subject import Rules, jurisdiction_for, jurisdictions, load_rules

ROOT = Path(__file__).parent.parent
CORPUS = Path(__file__).parent / "corpus"
FIRST: list[dict[str, Any]] = read_yaml(CORPUS / "first-set.yaml").data
SECOND: list[dict[str, Any]] = read_yaml(CORPUS / "second-set.yaml").data
TUNING: list[dict[str, Any]] = [*SECOND, *read_yaml(CORPUS / "tuning-set.yaml").data]
PROJECT = Project(ROOT, ROOT)
RULES = {name: load_rules(PROJECT, name, "en") for name in jurisdictions(PROJECT)}


def found(entry: dict[str, Any], rules: Rules = RULES["uk"]) -> set[str]:
    assert rules.claims
    practices = (entry.get("practice", "acupuncture"),)
    section = entry.get("in", "what_it_is")
    sentences = split(entry["text"])
    claims = [claims_in(each.text, section, practices, rules.pack, rules.claims) for each in sentences]
    return {claim.rule for sentence in claims for claim in sentence}


def wrong(entry: dict[str, Any]) -> str | None:
    """Whether a sentence is a "miss" or an "alarm"; None if it is judged as labelled."""
    if (entry["label"] == "misleading") == bool(found(entry)):
        return None
    return "miss" if entry["label"] == "misleading" else "alarm"


def test_the_sets_are_large_enough() -> None:
    assert len(FIRST) >= 150
    assert len(SECOND) >= 60
    assert {entry["label"] for entry in FIRST} == {"misleading", "fine"}


@pytest.mark.parametrize("entry", FIRST, ids=lambda entry: entry["text"][:50])
def test_the_first_set_gives_what_is_expected(entry: dict[str, Any]) -> None:
    if entry["label"] == "fine":
        assert found(entry) == set()
    else:
        assert entry["rule"] in found(entry)


def test_the_tuning_sets_give_what_is_expected() -> None:
    assert len(TUNING) >= 600
    assert [entry["text"] for entry in TUNING if wrong(entry) != entry.get("known")] == []


@pytest.mark.parametrize("jurisdiction", sorted(RULES))
def test_every_group_of_words_has_a_stance_everywhere(jurisdiction: str) -> None:
    rules = RULES[jurisdiction]
    assert rules.claims
    assert {*rules.claims.groups, "claim-condition"} == set(rules.pack.words)


def test_what_is_accepted_for_one_practice_is_not_lent_to_another() -> None:
    sentence = "may give short-term relief of migraine."
    assert found({"text": f"Acupuncture {sentence}"}) == set()
    assert found({"text": f"Dry needling {sentence}"}) == {"claim-condition"}


def test_how_grave_a_word_is_depends_on_the_country() -> None:
    levels = {name: rules.pack.words["claim-testimonial"].level for name, rules in RULES.items()}
    assert levels == {"uk": "warning", "au": "error", "us": "error"}


@pytest.mark.parametrize(("country", "jurisdiction"), [("gb", "uk"), ("au", "au"), ("us", "us"), ("fr", "uk")])
def test_a_country_has_its_rules(country: str, jurisdiction: str) -> None:
    assert jurisdiction_for(PROJECT, country) == jurisdiction


@pytest.mark.parametrize(
    ("sentence", "negated"),
    [
        ("It does not cure pain.", True),
        ("It doesn’t cure pain.", True),
        ("Nobody says that it will cure pain.", True),
        ("A cure has not been found.", True),
        ("Not only does it cure pain.", False),
        ("There is no doubt that it will cure pain.", False),
        ("It is not cheap, but it will cure pain.", False),
        ("Do not wait: cure your pain.", False),
        ("Why not cure your pain?", False),
    ],
)
def test_negation_holds_within_its_clause(sentence: str, negated: bool) -> None:
    start = sentence.index("cure")
    assert denied(sentence, start, start + 4) is negated


def test_attribution_needs_someone_who_holds_the_belief() -> None:
    assert attributed("In traditional Chinese medicine, needles are said to balance qi.")
    assert not attributed("Needles balance qi.")


def test_a_pattern_bridges_six_words_and_no_sentence() -> None:
    pattern = compiled("restor* … balance")
    assert pattern.search("It restores the whole body's natural balance.")
    assert not pattern.search("It restores hope. Keep your balance.")
    assert not pattern.search("It restores one two three four five six seven balance.")


def test_a_hostile_sentence_takes_no_time() -> None:
    before = time.process_time()
    found({"text": "restore the " * 1600 + "end."})
    assert time.process_time() - before < 10
