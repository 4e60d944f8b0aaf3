"""What is questioned and what passes: the sets of sentences, and how a jurisdiction's rules differ."""

from __future__ import annotations

import pytest
from claim_shares import PROJECT, ROOT, RULES, Entry, found, read_set, stated, wrong

from handoutpress.editorial.checks.claims import claim_remarks
from handoutpress.editorial.checks.patterns import asks, attributed, compiled, denied, warns
from handoutpress.editorial.checks.prose import Prose
from handoutpress.editorial.checks.subject import jurisdiction_for

FIRST = read_set("first-set")
TUNING = [*read_set("second-set"), *read_set("tuning-set")]
BLIND = read_set("blind-set")
HELD_OUT = read_set("held-out-set")
KINDS = read_set("kinds-set")
SECOND_KINDS = read_set("kinds-set-2")
THIRD_KINDS = read_set("kinds-set-3")
FOURTH_KINDS = read_set("kinds-set-4")
FIFTH_KINDS = read_set("kinds-set-5")
SIXTH_KINDS = read_set("kinds-set-6")
SEVENTH_KINDS = read_set("kinds-set-7")
EIGHTH_KINDS = read_set("kinds-set-8")
NINTH_KINDS = read_set("kinds-set-9")
TENTH_KINDS = read_set("kinds-set-10")
ELEVENTH_KINDS = read_set("kinds-set-11")
STATED = {
    "blind": BLIND,
    "held out": HELD_OUT,
    "kinds": KINDS,
    "kinds, second set": SECOND_KINDS,
    "kinds, third set": THIRD_KINDS,
    "kinds, fourth set": FOURTH_KINDS,
    "kinds, fifth set": FIFTH_KINDS,
    "kinds, sixth set": SIXTH_KINDS,
    "kinds, seventh set": SEVENTH_KINDS,
    "kinds, eighth set": EIGHTH_KINDS,
    "kinds, ninth set": NINTH_KINDS,
    "kinds, tenth set": TENTH_KINDS,
    "kinds, eleventh set": ELEVENTH_KINDS,
}


def test_the_sets_are_large_enough() -> None:
    assert len(FIRST) >= 150
    assert len(BLIND) >= 60
    assert {entry["label"] for entry in FIRST} == {"misleading", "fine"}


@pytest.mark.parametrize("entry", FIRST, ids=lambda entry: entry["text"][:50])
def test_the_first_set_gives_what_is_expected(entry: Entry) -> None:
    if entry["label"] == "fine":
        assert found(entry) == set()
    else:
        assert entry["rule"] in found(entry)


def test_the_tuning_sets_give_what_is_expected() -> None:
    assert len(TUNING) >= 600
    assert [entry["text"] for entry in TUNING if wrong(entry) != entry.get("known")] == []


@pytest.mark.parametrize("entries", STATED.values(), ids=STATED)
def test_the_docs_state_the_shares_of_the_sets_that_nobody_fits_rules_to(entries: list[Entry]) -> None:
    assert stated(entries) in " ".join((ROOT / "docs/check.md").read_text("utf-8").split())


def test_of_other_kinds_of_text_few_sentences_are_judged_wrongly() -> None:
    """At most 1 in 20 either way, of at least 60 fine ones a kind where a set is whole."""
    assert (len(KINDS), len(SECOND_KINDS), len(FOURTH_KINDS), len(FIFTH_KINDS)) == (300, 360, 300, 300)
    for entries in (KINDS, SECOND_KINDS, THIRD_KINDS, FOURTH_KINDS, FIFTH_KINDS):
        for label, verdict in (("fine", "alarm"), ("misleading", "miss")):
            judged = [wrong(entry) for entry in entries if entry["label"] == label]
            assert judged.count(verdict) <= 0.05 * len(judged)


@pytest.mark.parametrize(
    ("text", "practice"),
    [
        ("It does not draw poisons out of the body.", "cupping"),
        ("It should not hurt.", "cupping"),
        ("Anyone can have darker patches.", "cupping"),
        ("Take them off.", "ear-seeds"),
        ("We move the stick away straight away.", "moxibustion"),
        ("Have the top of your screen level with your eyes.", "exercise"),
        ("Keep packs away from children.", "general"),
        ("Don't leave it on day and night.", "general"),
        ("Royal College of Podiatry", "general"),
        ("Most people get better within a year without injections or surgery.", "general"),
        ("Rest within a few hours of your session.", "massage"),
        ("A cushion will help keep your foot up.", "cupping"),
        ("People with asthma may feel tight in the chest.", "herbs"),
        ("The oil is toxic when swallowed.", "herbs"),
        ("Please stay away from open fires.", "herbs"),
        ("This plant is best left alone.", "herbs"),
        ("The skin beside a wound may be permanently darker, and a mark can be permanent.", "cupping"),
        ("There is little reliable evidence that it heals tendons.", "massage"),
        ("Bed rest is no longer advised for sciatica.", "osteopathy"),
        ("Neck pain usually settles within some weeks.", "osteopathy"),
        ("It takes a while to see any difference.", "herbs"),
        ("With chest pain, go to A&E.", "massage"),
        ("The ache lasts days rather than weeks.", "cupping"),
        ("A frozen shoulder improves over time in nearly everyone, but it can take two years.", "general"),
        ("Who gets a frozen shoulder?", "general"),
        ("A frozen shoulder is most common between 40 and 60.", "general"),
        ("Broken ribs heal by themselves in six weeks.", "general"),
        ("Sinusitis clears without antibiotics in two to three weeks.", "general"),
        ("Underactive thyroid is treated with one tablet a day, for life in most people.", "general"),
    ],
)
def test_orders_names_and_a_trouble_that_goes_by_itself_are_no_claims(text: str, practice: str) -> None:
    assert found({"text": text, "practice": practice}) == set()


@pytest.mark.parametrize(
    ("text", "practice"),
    [
        ("It does draw poisons out of the body.", "cupping"),
        ("It will not hurt.", "cupping"),
        ("Our tea starves tumours.", "herbs"),
        ("Reflexology wakes up sleeping glands.", "reflexology"),
        ("The treatment has removed all the inflammation.", "cupping"),
        ("A fever is a good sign.", "cupping"),
        ("Most people get better within a year without surgery.", "acupuncture"),
        ("Miss out your warfarin for a day so that we can treat you.", "cupping"),
        ("Painkillers would spoil the effect of our work.", "massage"),
        ("The drops are fine alongside all prescriptions.", "herbs"),
        ("The industry would rather you did not hear of this root.", "herbs"),
        ("My fingers sense what no scan shows.", "massage"),
        ("Shed your eczema with us.", "cupping"),
        ("“Ten years of pain gone after a session,” says Ann, 41.", "osteopathy"),
        ("Subluxations starve the body of nerve force.", "chiropractic"),
        ("Neck pain usually eases after six sessions.", "osteopathy"),
        ("Leave your tablets in the drawer.", "herbs"),
        ("You won't need a jab this year.", "herbs"),
        ("A scan would only scare you.", "osteopathy"),
        ("Cartilage rebuilds itself with our shots.", "acupuncture"),
        ("Stopping too early makes it come back.", "chiropractic"),
        ("Diabetes is treated with our tea.", "general"),
        ("Tumours heal within weeks with our lamp.", "general"),
        ("Frozen shoulders improve with us in a week.", "general"),
        ("Who would wait two years for a shoulder that we loosen by Friday?", "general"),
    ],
)
def test_what_their_words_promise_is_questioned(text: str, practice: str) -> None:
    assert found({"text": text, "practice": practice})


@pytest.mark.parametrize("practice", ["osteopathy", "chiropractic", "physiotherapy", "physical-therapy", "massage"])
def test_the_wording_of_each_accepted_condition_is_not_questioned(practice: str) -> None:
    conditions = RULES["uk"].regulator.accepted[practice]
    assert len(conditions) >= 4
    assert {c.wording: found({"text": c.wording, "practice": practice}) for c in conditions} == {
        c.wording: set() for c in conditions
    }


def test_a_condition_off_the_list_of_a_practice_is_questioned() -> None:
    for practice, text in (
        ("osteopathy", "Osteopathy may ease asthma."),
        ("chiropractic", "Chiropractic may ease colic."),
        ("physiotherapy", "Physiotherapy may ease whiplash."),
        ("massage", "Massage may ease eczema."),
    ):
        assert "claim-condition" in found({"text": text, "practice": practice}), text


@pytest.mark.parametrize("jurisdiction", sorted(RULES))
def test_every_group_of_words_has_a_stance_everywhere(jurisdiction: str) -> None:
    rules = RULES[jurisdiction]
    assert rules.claims
    assert {*rules.claims.groups, "claim-condition", "claim-hint"} == set(rules.regulator.words)


def test_what_is_accepted_for_one_practice_is_not_lent_to_another() -> None:
    sentence = "may give short-term relief of migraine."
    assert found({"text": f"Acupuncture {sentence}"}) == set()
    assert found({"text": f"Dry needling {sentence}"}) == {"claim-condition"}


def test_how_grave_a_word_is_depends_on_the_country() -> None:
    levels = {name: rules.regulator.words["claim-testimonial"].level for name, rules in RULES.items()}
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


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("Is it safe?", True),
        ("Does acupuncture cure anything?", True),
        ("Do you suffer from headaches?", False),
        ("Did you know that your body can heal itself?", False),
        ("Why take pills when needles will do?", False),
        ("It is safe.", False),
    ],
)
def test_an_open_question_claims_nothing_and_bait_does(sentence: str, asked: bool) -> None:
    assert asks(sentence) is asked


def test_a_warning_against_a_claim_is_no_claim() -> None:
    assert warns("Be wary of anyone who promises a cure.")
    assert warns("It is a myth that needles flush out toxins.")
    assert not warns("Needles flush out toxins.")


def test_what_other_care_does_is_not_claimed_for_the_practice() -> None:
    assert found({"text": "Exercise eases low back pain."}) == set()
    assert found({"text": "Acupuncture eases low back pain."}) != set()


def test_an_effect_told_as_sure_needs_its_may() -> None:
    assert found({"text": "Acupuncture opens your lungs."}) != set()
    assert found({"text": "Your lungs lie under your ribs."}) == set()


def test_a_pattern_begins_where_it_says() -> None:
    assert compiled("^lose weight").search("“Lose weight without effort.”")
    assert not compiled("^lose weight").search("You may lose weight.")


def test_a_pattern_bridges_six_words_and_no_sentence() -> None:
    pattern = compiled("restor* … balance")
    assert pattern.search("It restores the whole body's natural balance.")
    assert not pattern.search("It restores hope. Keep your balance.")
    assert not pattern.search("It restores one two three four five six seven balance.")


@pytest.mark.parametrize(
    ("practice", "family"),
    [
        ("dry-needling", "needling"),
        ("cupping", "hands-on"),
        ("cupping-therapy", "hands-on"),
        ("hot-stone-massage", "hands-on"),
        ("medical-acupuncture", "needling"),
        ("yoga", "exercise"),
        ("hypnotherapy", None),
    ],
)
def test_a_practice_belongs_to_a_family_or_to_none(practice: str, family: str | None) -> None:
    assert RULES["uk"].practices.families_of([practice]) == ((family,) if family else ())


def test_what_is_harmless_for_one_family_is_questioned_for_another() -> None:
    sentence = "After the session you let go of years of pain and settle within days."
    assert found({"text": sentence, "practice": "acupuncture"}) > found({"text": sentence, "practice": "yoga"})


@pytest.mark.parametrize(
    ("sentence", "level"),
    [
        ("Cupping treats asthma.", "error"),
        ("Cupping improves asthma.", "error"),
        ("Cupping improves your sleep.", "warning"),
        ("Cupping may improve your sleep.", None),
    ],
)
def test_without_a_list_only_a_serious_disease_is_an_error(sentence: str, level: str | None) -> None:
    text = Prose(("what_it_is",), sentence)
    levels = {remark.level for remark in claim_remarks(text, ("cupping",), RULES["uk"])}
    assert min(levels, default=None) == level


def test_every_family_of_practice_is_of_practices_that_no_other_has() -> None:
    practices = [practice for members in RULES["uk"].practices.families.values() for practice in members]
    assert len(practices) == len(set(practices))
    assert set(RULES["uk"].family_words) <= set(RULES["uk"].practices.families)
    for words in RULES["uk"].family_words.values():
        assert RULES["uk"].claims
        assert set(words.groups) <= set(RULES["uk"].claims.groups)
        assert set(words.conditions) <= set(RULES["uk"].claims.conditions)
