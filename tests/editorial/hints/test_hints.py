"""What reads like a claim between the lines is questioned; words in a sentence that reads harmless are only told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from claim_shares import RULES, read_set
from claim_training.training import TRAINING, WEIGHTS, digest, read_sentences, train, written
from editor_room import checked, one, spoilt
from growth import slow

from handoutpress.content.project import Project
from handoutpress.editorial.checks.claims import claim_remarks
from handoutpress.editorial.checks.findings import FindingLevel
from handoutpress.editorial.checks.hints.weights import ClaimWeights, read_weights
from handoutpress.editorial.checks.prose import Prose
from handoutpress.editorial.checks.subject import EditorialRules, load_rules
from handoutpress.yamlfile.problems import HandoutError

UK = RULES["uk"]
HINT = "Nobody who comes to us has needed the surgeon since."
FINE = "Sit by the window and drink your tea."
OLD = "Your practitioner asks about your health as a whole."


def weights() -> ClaimWeights:
    assert UK.weights is not None
    return UK.weights


def levels(
    text: str, practice: str = "acupuncture", section: str = "what_it_is", rules: EditorialRules = UK
) -> dict[str, FindingLevel]:
    """The level of each rule that says something of ``text``."""
    found = claim_remarks(Prose((section,), text), (practice,), rules)
    return {remark.rule: remark.level for remark in found}


def test_the_weights_are_those_of_the_sentences_that_lie_here() -> None:
    """After another training sentence: `python tests/support/claim_training/training.py`."""
    assert f"\ntrained on\t{digest(read_sentences(TRAINING))}\n" in WEIGHTS.read_text("utf-8")
    assert WEIGHTS.stat().st_size <= 2_000_000


def test_nothing_that_measures_is_trained_on() -> None:
    trained = {sentence.text for sentence in read_sentences(TRAINING)}
    for name in ("blind-set", "held-out-set"):
        assert [entry["text"] for entry in read_set(name) if entry["text"] in trained] == []


def test_the_same_sentences_give_the_same_bytes_and_are_read_as_they_were_trained(tmp_path: Path) -> None:
    sentences = read_sentences(["kinds-set-3"])
    first, second = written(sentences), written(sentences)
    assert first == second
    (tmp_path / "weights.txt").write_text(first, "utf-8")
    read, (trained, _) = read_weights(tmp_path / "weights.txt"), train(sentences)
    for sentence in sentences:
        assert read.score(sentence.text) == pytest.approx(trained.score(sentence.text), abs=0.02)
        assert (read.score(sentence.text) > 0) == sentence.is_claim


def test_a_hint_is_a_warning_with_the_words_that_weigh_most() -> None:
    found = list(claim_remarks(Prose(("what_it_is",), f"{FINE} {HINT}"), ("exercise",), UK))
    assert [(remark.rule, remark.level) for remark in found] == [("claim-hint", "warning")]
    assert found[0].words in HINT
    assert found[0].at == f"{FINE} {HINT}".index(found[0].words)
    assert 1 <= len(re.findall(r"\w+", found[0].words)) <= 4


def test_a_hint_is_accepted_by_its_words(tmp_path: Path) -> None:
    handout = spoilt(OLD, f"{OLD} {HINT}")
    told = one(checked(tmp_path, handout), "claim-hint")
    entry = told.hint.partition('add to "accepted": ')[2].replace("TO WRITE", "Read with Dr Alder")
    result = checked(tmp_path, handout.replace("\nversion:", f"\naccepted:\n  {entry}\nversion:", 1))
    assert "claim-hint" not in {finding.rule for finding in result.findings}


@pytest.mark.parametrize("section", ["tell_us_first", "urgent_help", "clinic_name", "address", "hours"])
def test_nothing_hints_where_illnesses_are_asked_for_nor_in_names(section: str) -> None:
    assert levels(HINT, "exercise", section) == {}


def test_headings_and_words_of_another_language_hint_at_nothing() -> None:
    assert levels(HINT.rstrip("."), "exercise") == {}
    spanish = load_rules(Project(WEIGHTS.parents[1], WEIGHTS.parents[1]), "uk", "es")
    assert spanish.weights is None


@pytest.mark.parametrize(
    ("text", "practice", "rule"),
    [
        ("Regular strengthening helps many people with knee osteoarthritis to move more easily.", "exercise", ""),
        ("Neck pain often improves over a few weeks whether or not you have treatment.", "osteopathy", ""),
        ("Devil's claw is traditionally used for backache and minor joint pain.", "herbs", "claim-condition"),
    ],
)
def test_words_in_a_sentence_that_surely_reads_harmless_stop_nothing(text: str, practice: str, rule: str) -> None:
    assert set(levels(text, practice).values()) <= {"note"}
    assert not rule or rule in levels(text, practice)


@pytest.mark.parametrize(
    ("text", "practice", "rule"),
    [
        ("Wear loose clothes, bring your list of tablets, and it treats cancer.", "massage", "claim-condition"),
        ("Ask at the desk, take the stairs, and leave off your warfarin for a day.", "cupping", "claim-medicine"),
        ("The car park is behind the house, and you need not see a doctor first.", "massage", "claim-doctor"),
    ],
)
def test_a_serious_disease_and_what_keeps_people_from_care_stay_errors(text: str, practice: str, rule: str) -> None:
    assert levels(text, practice)[rule] == "error"


def test_no_claim_of_the_sets_that_measure_is_only_told() -> None:
    for name in ("blind-set", "held-out-set"):
        for entry in read_set(name):
            if entry["label"] == "misleading":
                found = levels(entry["text"], entry.get("practice", "acupuncture"), entry.get("in", "what_it_is"))
                assert not found or set(found.values()) - {"note"}, entry["text"]


def test_a_file_that_is_none_of_weights_is_told_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "claim-weights.en.txt"
    for text in ("", "trained on\tx\n\na\t1", WEIGHTS.read_text("utf-8")[:5000]):
        path.write_text(text, "utf-8")
        with pytest.raises(HandoutError, match="is no file of weights"):
            read_weights(path)


@pytest.mark.parametrize("piece", ["a", "cure ", "never ill again, "])
def test_no_sentence_takes_long_to_weigh(piece: str) -> None:
    assert slow(lambda text: (weights().score(text), weights().heaviest(text)), piece, size=20_000) is None


def test_a_sentence_of_marks_alone_has_words_too() -> None:
    assert weights().heaviest("... !") == (0, 5)
