"""Every rule sees what it is for, at its place: the shipped handouts with one thing spoilt."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from editor_room import CASES, HANDOUT, LIBRARY, ROOT, SHIPPED, TODAY, checked, one, rules, spoilt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handoutpress.content.project import Project
from handoutpress.editorial.check_project import check_project
from handoutpress.editorial.checks.check_handout import located
from handoutpress.editorial.checks.findings import Remark
from handoutpress.editorial.checks.line_breaks import line_break_remarks
from handoutpress.editorial.checks.plain_words import measured
from handoutpress.editorial.checks.subject import load_rules
from handoutpress.editorial.score_card import as_page, as_text, score, score_card
from handoutpress.yamlfile.source import read_yaml


@pytest.mark.parametrize("jurisdiction", ["uk", "au", "us"])
def test_the_shipped_handouts_pass_strictly(jurisdiction: str) -> None:
    project_check = check_project(SHIPPED, TODAY, jurisdiction)
    sources = [(subject, result) for subject, result in project_check.handouts if subject.handout.translation is None]
    assert len(sources) >= 3
    assert [str(finding) for _, result in sources for finding in result.findings if finding.level != "note"] == []
    assert not any(result.stops(strict=True) for _, result in sources)
    assert not any(subject.handout.accepted for subject, _ in sources)


def test_terms_of_a_language_do_not_count_in_its_grade() -> None:
    for language, term in [("en", "acupuncturist"), ("es", "fisioterapeuta"), ("fr", "kinésithérapeute")]:
        assert term in load_rules(SHIPPED, "uk", language).terms
    assert load_rules(SHIPPED, "uk", "de").terms == frozenset()


def test_the_shipped_translations_stop_no_edition() -> None:
    handouts = check_project(SHIPPED, TODAY).handouts
    translations = [(subject, result) for subject, result in handouts if subject.handout.translation]
    assert len(translations) >= 12
    assert [str(finding) for _, result in translations for finding in result.findings if finding.level == "error"] == []


def test_the_shipped_handouts_read_plainly_and_score_well() -> None:
    handouts = check_project(SHIPPED, TODAY).handouts
    for subject, result in [(subject, result) for subject, result in handouts if subject.handout.translation is None]:
        card = score_card(subject, result)
        assert card.judged_score >= 90
        assert len(measured(subject)) == 2
        assert max(grade.grade for grade in measured(subject)) <= 8


FIRST_WORDS = "Acupuncture may ease some kinds of pain for a short time."
COMPARED = """count: {}
      of: 100
      who: with acupuncture
      compared_with: {{count: {}, of: 100, who: with fake needling}}
      references: [linde-2016-tension]"""
SPOILT = [
    ("citation-unknown", "[@longhurst-2010]", "[@nobody-1999]"),
    ("citation-unconfirmed", "[@longhurst-2010]", "[@sun-2022]"),
    ("statement-without-reference", "[@longhurst-2010].", ". In one trial, 7 in 100 felt better."),
    ("statement-without-reference", "[@longhurst-2010].", ". Fainting is common."),
    ("statement-without-reference", "[@longhurst-2010].", ". It eases pain in the neck."),
    ("claim-cure", FIRST_WORDS, "Acupuncture cures pain."),
    ("claim-condition", "condition: Tension-type headache", "condition: Asthma"),
    ("claim-duration", "duration: short-term", "duration: long-term"),
    ("claim-duration", "may give short-term relief. Headache", "may give relief. Headache"),
    ("claim-evidence", "may give short-term relief, for up to a week.", "gives short-term relief, for up to a week."),
    ("claim-figure", "references: [linde-2016-tension]", f"{COMPARED.format(53, 43)}"),
    ("claim-figure", "references: [linde-2016-tension]", f"{COMPARED.format(52, 34)}"),
    ("claim-figure", "references: [linde-2016-tension]", f"{COMPARED.format(43, 52)}"),
    ("claim-form", "condition: Tension-type headache", "condition: Overactive bladder"),
    ("markup-raw", FIRST_WORDS, "## Needles"),
    ("markup-raw", "title: Acupuncture", "title: Acupuncture&nbsp;today"),
    ("list-joined", "after_care: |", "after_care: >"),
    ("list-end", "stop treatment at any time.", "stop treatment at any time.\n  Call us."),
    ("lines-joined", FIRST_WORDS, "Keep warm\n  Drink water\n  Sleep well"),
    ("heading-plain", FIRST_WORDS, "Who will treat me?\n\n  A physiotherapist."),
    ("heading-double", "heading: How it may work", "heading: Urgent help"),
    ("heading-double", "heading: How it may work", "heading: What are the risks?"),
    ("doubt-left", "heading: How it may work", "heading: How it may work\n# DOUBT (3): a note"),
    ("heading-joined", FIRST_WORDS, "What does it cost?\n  £42 a session."),
    ("heading-joined", FIRST_WORDS, "During the session\n  You lie on a couch."),
    ("risk-mixed-counts", "count: 6.1 of: 100 per: person", "count: 6.1\n      of: 100\n      per: treatment"),
    ("risk-word", "serious harm is rare", "serious harm is common"),
    ("urgent-help", "redness that spreads, pus or fever", "a headache"),
    ("plain-word", "Keep taking your prescribed medicines.", "Palpate the contusion."),
    ("plain-abbreviation", "Keep taking your prescribed medicines.", "Ask about TENS."),
    ("plain-number", "Keep taking your prescribed medicines.", "It helps 8.6% of people."),
    ("plain-sentence", "Keep taking your prescribed medicines.", "Keep " + "and on " * 20 + "going."),
    ("part-missing", "Keep taking your prescribed medicines.", "TO WRITE."),
]


@pytest.fixture(scope="module")
def told_unspoilt(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The rules by which something is said of the handout as it is."""
    return rules(checked(tmp_path_factory.mktemp("unspoilt")))


@pytest.mark.parametrize(("rule", "old", "new"), SPOILT, ids=[f"{rule}-{n}" for n, (rule, _, _) in enumerate(SPOILT)])
def test_a_spoilt_handout_is_found_out(tmp_path: Path, told_unspoilt: set[str], rule: str, old: str, new: str) -> None:
    assert rule not in told_unspoilt
    assert rule in rules(checked(tmp_path, spoilt(old, new)))


def test_figures_of_a_benefit_that_its_wording_says_are_right(tmp_path: Path) -> None:
    text = spoilt("references: [linde-2016-tension]", COMPARED.format(52, 43))
    assert "claim-figure" not in rules(checked(tmp_path, text))


@pytest.mark.parametrize(
    ("slug", "old", "new", "part"),
    [
        ("lower-back-exercises", "¿Ayudan?", "Antes de empezar", "tell_us_first"),
        ("low-back-pain", "Qué puede hacer por su espalda", "Qué puede hacer", ""),
    ],
)
def test_a_heading_is_double_where_its_kind_has_it_over_a_part(
    slug: str, old: str, new: str, part: str, tmp_path: Path
) -> None:
    """The second kind has it over what to do afterwards, of which the handout says nothing."""
    (tmp_path / "handouts").mkdir()
    (tmp_path / "references.yaml").write_text((ROOT / "references.yaml").read_text("utf-8"), "utf-8")
    text = spoilt(f"heading: {old}", f"heading: {new}", (ROOT / f"handouts/{slug}.es.yaml").read_text("utf-8"))
    (tmp_path / f"handouts/{slug}.es.yaml").write_text(text, "utf-8")
    found = check_project(Project(tmp_path, ROOT), TODAY).findings
    assert [f"move its words to {part}," in str(each) for each in found if each.rule == "heading-double"] == [
        True
    ] * bool(part)


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("|\n  You decide.\n  During the session\n  You lie on a couch, and we cover you.", ["During the session"]),
        ("|\n  **Your visit**\n  We ask about your health.", ["Your visit"]),
        (">\n  Your visit\n  We ask about your health.", ["Your visit"]),
        ("|\n  Your visit\n\n  We ask about your health.", []),
        ("|\n  Your visit.\n  We ask about your health.", []),
        ("|\n  Your visit\n  - We ask about your health.", []),
        ("|\n  - Your visit\n    We ask about your health.", []),
        ("|\n  We treat, as they say in Berlin, das\n  Gesundheitsbewusstsein of you.", []),
        ("We treat, as they say in Berlin, the\n  Gesundheitsbewusstsein of your backs.", []),
        ("|\n  We call you on a day from\n  monday to friday, or you call us.", []),
    ],
)
def test_only_a_short_line_that_was_not_full_is_a_heading(tmp_path: Path, text: str, headings: list[str]) -> None:
    start, end = HANDOUT.index("what_to_expect:"), HANDOUT.index("benefits:")
    findings = checked(tmp_path, f"{HANDOUT[:start]}what_to_expect: {text}\n{HANDOUT[end:]}").findings
    told = [finding.sentence for finding in findings if finding.rule == "heading-joined"]
    assert [sentence.split("”")[0] for sentence in told] == [f"“{heading}" for heading in headings]


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ('"**Your visit**\n\n  We ask about your health."', True),
        ("We ask about your health.\n\n  Then we treat you.", True),
        (">\n  We ask about your health.\n\n  Then we treat you.", True),
        ("|\n  We ask about your health.\n\n  Then we treat you.", False),
        ("We ask about your health,\n  and then we treat you.", False),
    ],
)
def test_an_empty_line_that_yaml_takes_away_is_told(tmp_path: Path, text: str, lost: bool) -> None:
    start, end = HANDOUT.index("what_to_expect:"), HANDOUT.index("benefits:")
    findings = checked(tmp_path, f"{HANDOUT[:start]}what_to_expect: {text}\n{HANDOUT[end:]}").findings
    told = [finding.hint for finding in findings if finding.rule == "lines-joined"]
    assert [hint.startswith('put | behind "what_to_expect:"') for hint in told] == [True] * lost


def test_no_point_of_a_safety_list_is_asked_to_be_left_out(tmp_path: Path) -> None:
    points = "".join(f"\n  - Point {number} of them" for number in range(9))
    for key, following in (("tell_us_first", "after_care"), ("urgent_help", "alternatives")):
        start, end = HANDOUT.index(f"{key}:"), HANDOUT.index(f"{following}:")
        findings = checked(tmp_path, f"{HANDOUT[:start]}{key}: |\n  Tell us:\n{points}\n{HANDOUT[end:]}").findings
        assert [finding.hint for finding in findings if finding.rule == "plain-list"] == [
            "split it, or join points that belong together; leave none out."
        ]


def test_a_table_with_tabs_is_told_once_a_row_by_its_words(tmp_path: Path) -> None:
    handout = spoilt(
        "Keep taking your prescribed medicines.", "Do\t**Don’t**\n  Keep warm\tHave a hot bath\n  Rest\tRun"
    )
    found = [finding for finding in checked(tmp_path, handout).findings if finding.rule != "review-missing"]
    told = [(finding.rule, finding.sentence.split("”")[0]) for finding in found if "Do" in finding.sentence]
    assert told == [("markup-raw", "“Do Don’t")]
    assert not {"heading-joined", "lines-joined"} & {finding.rule for finding in found}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Do\nDon't\nKeep warm\nHave a hot bath\nDrink water\nDrink alcohol", [("error", 0)]),
        ("First.\n\n**Do**\n\n**Don’t**\n\nKeep warm\n\nHave a hot bath", [("error", 8)]),
        ("Don’t\nHave a hot bath", [("error", 0)]),
        ("À faire\nÀ ne pas faire\nBoire\nFumer", [("error", 0)]),
        ("宜\n忌\n喝水\n喝酒", [("error", 0)]),
        ("First.\n\ntake blood thinners\nbleed easily\nare pregnant\nare ill", [("warning", 8)]),
        ("Keep warm\nDrink water\nSleep well", [("warning", 0)]),
        ("**Do**\n\n- Keep warm\n- Rest\n\n**Don’t**\n\n- Smoke\n- Drink", []),
        ("- one\n\ttwo\n\tthree", [("warning", 6)]),
        ("Keep warm.\nDrink water.\nSleep well.", []),
        ("Keep warm\n\nDrink water\n\nSleep well", []),
        ("- Keep warm\n- Drink water\n- Sleep well", []),
        ("Tell us:\n\tKeep warm\n\tDrink water\n\tSleep well", []),
        (
            "You may feel tired for a day, and the\nskin where the cups stood is\nred for some days,\nor sore.",
            [],
        ),
        ("We treat you in a quiet room where you\nlie on a couch for half an hour, if\nyou can.", []),
    ],
)
def test_lines_that_their_writer_ended_are_told_where_they_run_together(text: str, told: list[tuple[str, int]]) -> None:
    found = line_break_remarks(("after_care",), text.split("\n"), is_kept=True)
    assert [(remark.level, remark.at) for remark in found] == told


def test_findings_of_one_rule_at_one_place_keep_their_order() -> None:
    remarks = [Remark("risk-serious", "error", ("risks",), f"Number {number}.") for number in range(30)]
    findings = located(read_yaml(CASES / "acupuncture.en.yaml"), [*remarks, *remarks])
    assert [finding.sentence for finding in findings] == [remark.sentence for remark in remarks]


def test_a_finding_stands_where_the_words_stand(tmp_path: Path) -> None:
    handout = spoilt("Keep taking your prescribed medicines.", "It helps 8.6% of people.")
    finding = one(checked(tmp_path, handout), "plain-number")
    line = handout.splitlines()[finding.line - 1]
    assert line[finding.column - 1 :].startswith("8.6%")
    assert str(finding).startswith(
        f"handouts/acupuncture.en.yaml:{finding.line}:{finding.column}: warning plain-number: "
    )


@pytest.mark.parametrize(
    "style", ["title: Acupuncture cures", "title: 'Acupuncture cures'", 'title: "Acupuncture cures"']
)
def test_a_place_is_found_in_quotes_too(tmp_path: Path, style: str) -> None:
    handout = spoilt("title: Acupuncture", style)
    finding = one(checked(tmp_path, handout), "claim-cure")
    assert handout.splitlines()[finding.line - 1][finding.column - 1 :].startswith("cures")


def test_a_risk_without_figures_or_serious_harm_is_missed(tmp_path: Path) -> None:
    start, end = HANDOUT.index("risks:"), HANDOUT.index("tell_us_first:")
    one_mild_risk = "risks:\n  items:\n    - {name: soreness, severity: mild, references: [witt-2009]}\n\n"
    assert {"risk-common", "risk-serious"} <= rules(checked(tmp_path, HANDOUT[:start] + one_mild_risk + HANDOUT[end:]))


def test_apostrophes_of_two_kinds_are_told_once(tmp_path: Path) -> None:
    mixed = spoilt(FIRST_WORDS, "It isn't much, and won’t last. Don't run 5'6\".")
    assert one(checked(tmp_path, mixed), "apostrophes-mixed").level == "note"
    typed = spoilt(FIRST_WORDS, "It isn't much, and won't last.", HANDOUT.replace("’", "'"))
    assert not [finding for finding in checked(tmp_path, typed).findings if finding.rule == "apostrophes-mixed"]


UNCOUNTED = "Nobody has counted how often these happen."


@pytest.mark.parametrize(
    ("intro", "risk", "told"),
    [
        ("Some people are harmed.", "{name: soreness, severity: mild}", "risk-reference"),
        ("Some people are harmed.", "{name: soreness, severity: mild, references: []}", "risk-reference"),
        (UNCOUNTED, "{name: soreness, severity: mild}", ""),
        (
            UNCOUNTED,
            "{name: soreness, severity: mild, references: [], count: 1, of: 10, per: person}",
            "with a figure needs",
        ),
        (UNCOUNTED, "{name: Marks. They fade in 2 weeks, severity: mild}", "risk-name"),
        (UNCOUNTED, "{name: 'a rash, e.g. Eczema, or St. Vitus’ dance', severity: mild}", ""),
    ],
)
def test_a_harm_needs_a_reference_and_a_short_name(tmp_path: Path, intro: str, risk: str, told: str) -> None:
    start, end = HANDOUT.index("risks:"), HANDOUT.index("tell_us_first:")
    risks = f"risks:\n  intro: {intro}\n  items:\n    - {risk}\n\n"
    result = checked(tmp_path, HANDOUT[:start] + risks + HANDOUT[end:])
    said = [str(problem) for problem in (*result.findings, *result.problems)]
    found = [line for line in said if "risk-reference" in line or "risk-name" in line or "with a figure needs" in line]
    assert [told in line for line in found] == [True] * bool(told)


def test_a_long_list_is_too_long(tmp_path: Path) -> None:
    longer = spoilt("- pregnancy, even if you are not sure", "- pregnancy\n  - one\n  - two\n  - three")
    assert "plain-list" in rules(checked(tmp_path, longer))


def test_a_long_word_is_told_once(tmp_path: Path) -> None:
    long = spoilt("Keep taking your prescribed medicines.", "Responsibility, responsibility and physiotherapists.")
    long_words = [finding for finding in checked(tmp_path, long).findings if finding.rule == "plain-long-word"]
    assert [(finding.level, finding.sentence) for finding in long_words if "esponsib" in finding.sentence] == [
        ("note", "“Responsibility” has 6 syllables.")
    ]
    assert not any("physio" in finding.sentence for finding in long_words)


@pytest.mark.parametrize(
    ("language", "said", "hard"),
    [("es", "7.629", False), ("es", "6,1", True), ("es", "3 por ciento", True), ("fr", "229 230", False)],
)
def test_figures_are_read_as_the_language_writes_them(tmp_path: Path, language: str, said: str, hard: bool) -> None:
    (tmp_path / "handouts").mkdir()
    translation = spoilt("Keep taking your prescribed medicines.", f"Son {said} personas.")
    (tmp_path / f"handouts/acupuncture.{language}.yaml").write_text(translation, "utf-8")
    assert ("plain-number" in rules(checked(tmp_path))) is hard


def test_a_retracted_paper_stops_the_handout(tmp_path: Path) -> None:
    pulled = re.sub(r"(id: longhurst-2010.*?status: )\w+", r"\1retracted", LIBRARY, count=1, flags=re.DOTALL)
    assert "retracted" in one(checked(tmp_path, library=pulled), "citation-unconfirmed").sentence


def test_a_citation_that_may_not_stand_tells_the_way_on(tmp_path: Path) -> None:
    misspelt = spoilt("[@longhurst-2010]", "[@longhurts_2010]")
    assert one(checked(tmp_path, misspelt), "citation-unknown").hint.startswith(
        'did you mean "longhurst-2010"? Else add'
    )
    to_find = one(checked(tmp_path, spoilt("[@longhurst-2010]", "[@to-find]")), "citation-unknown")
    assert to_find.sentence == 'This still reads "to-find": the paper is yet to be named.'
    assert "handouts references add" in to_find.hint
    unread = re.sub(r"(id: longhurst-2010.*?status: )\w+", r"\1not-verified", LIBRARY, count=1, flags=re.DOTALL)
    hint = one(checked(tmp_path, library=unread), "citation-unconfirmed").hint
    assert hint.endswith("or read the paper yourself and write at its entry: custom: {status: confirmed}.")
    other = one(checked(tmp_path, spoilt("[@longhurst-2010]", "[@sun-2022]")), "citation-unconfirmed").hint
    assert other == "run handouts references verify, or cite another paper."


def test_an_old_reference_is_told(tmp_path: Path) -> None:
    old = re.sub(r"(id: longhurst-2010.*?date-parts: \[\[)\d+", r"\g<1>1990", LIBRARY, count=1, flags=re.DOTALL)
    assert "1990" in one(checked(tmp_path, library=old), "reference-old").sentence


def test_the_same_paper_under_two_keys_is_told(tmp_path: Path) -> None:
    entry = re.search(r"- id: longhurst-2010\n.*?(?=\n- id:)", LIBRARY, re.DOTALL)
    assert entry
    twice = LIBRARY.rstrip() + "\n\n" + entry[0].replace("longhurst-2010", "longhurst-again") + "\n"
    assert "reference-twice" in rules(checked(tmp_path, library=twice))


REVIEW = 'version: "1.0"\nreviewed: {{by: Dr Alder, on: {on}, next: {next}}}'


@pytest.mark.parametrize(
    ("on", "following", "rule"),
    [
        ("2024-10-01", "2026-10-01", "review-overdue"),
        ("2025-01-01", "2027-01-01", "review-due"),
        ("2025-12-01", "2029-12-02", "review-too-far"),
        ("2026-01-01", "2028-01-01", None),
    ],
)
def test_reviews_come_due(tmp_path: Path, on: str, following: str, rule: str | None) -> None:
    found_rules = rules(checked(tmp_path, spoilt('version: "1.0"', REVIEW.format(on=on, next=following))))
    assert found_rules == ({rule} if rule else set())


def test_a_translation_may_fall_behind(tmp_path: Path) -> None:
    (tmp_path / "handouts").mkdir()
    newer = spoilt('version: "1.0"', 'version: "1.2"')
    (tmp_path / "handouts/acupuncture.es.yaml").write_text(newer, "utf-8")
    finding = one(checked(tmp_path), "translation-older")
    assert finding.path.name == "acupuncture.en.yaml"


def test_a_language_without_word_lists_says_so(tmp_path: Path) -> None:
    (tmp_path / "handouts").mkdir()
    (tmp_path / "handouts/acupuncture.de.yaml").write_text(HANDOUT, "utf-8")
    german_rules = {
        finding.rule for finding in checked(tmp_path).findings if finding.path.name == "acupuncture.de.yaml"
    }
    assert {"claim-not-checked", "plain-grade"} <= german_rules


def test_what_turns_on_words_is_left_to_the_reviewer_without_word_lists(tmp_path: Path) -> None:
    (tmp_path / "handouts").mkdir()
    (tmp_path / "handouts/acupuncture.de.yaml").write_text(HANDOUT, "utf-8")
    cards = {subject.language: score_card(subject, result) for subject, result in checked(tmp_path).handouts}
    answers = {language: {item.number: item.answer for item in card.cdc} for language, card in cards.items()}
    assert (answers["en"]["cdc-11"], answers["de"]["cdc-11"]) == ("yes", "open")
    assert cards["en"].judged_count == 16
    assert cards["de"].judged_count < 16


def test_warnings_stop_only_when_strict(tmp_path: Path) -> None:
    project_check = checked(
        tmp_path, spoilt("You can stop treatment at any time.", "It helps 8.6% of people [@witt-2009].")
    )
    assert rules(project_check) == {"plain-number"}
    assert not project_check.stops()
    assert project_check.stopped() == {}
    assert project_check.stops(strict=True)
    assert [finding.rule for finding in project_check.stopped(strict=True)["acupuncture", "en"]] == ["plain-number"]


def test_a_broken_file_is_a_problem_and_the_others_are_checked(tmp_path: Path) -> None:
    (tmp_path / "handouts").mkdir()
    (tmp_path / "handouts/broken.en.yaml").write_text("title: [", "utf-8")
    project_check = checked(tmp_path)
    assert len(project_check.handouts) == 1
    assert project_check.problems
    assert project_check.stops()


def test_a_reviewer_answers_what_a_program_cannot(tmp_path: Path) -> None:
    answered = checked(tmp_path, spoilt('version: "1.0"', 'version: "1.0"\nanswers: {cdc-4: "no", cdc-13: "yes"}'))
    card = score_card(*answered.handouts[0])
    answers = {item.number: (item.answer, item.by) for item in card.cdc}
    assert answers["cdc-4"] == ("no", "reviewer")
    assert answers["cdc-13"] == ("yes", "reviewer")
    assert answers["cdc-16"] == ("open", "reviewer")
    assert score(card.cdc) < card.judged_score == 100


def test_the_card_is_text_and_a_page(tmp_path: Path) -> None:
    card = score_card(*checked(tmp_path).handouts[0])
    assert "cdc-20" in as_text(card)
    page = as_page([card, card])
    assert page.count("<table>") == 4
    assert page.startswith("<!DOCTYPE html>")
    assert "http" not in page


def test_every_rule_is_documented_with_its_source() -> None:
    docs = (ROOT / "docs/check.md").read_text("utf-8")
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "handoutpress/editorial").rglob("*.py"))
    named = set(
        re.findall(
            r'"((?:text|lines|citation|reference|statement|claim|risk|part|plain|review|date|translation|acceptance|rules|mark|picture|markup|list|heading|doubt|apostrophes|help|must|phone)-[a-z-]+)"',
            code,
        )
    )
    named -= {"date-parts", "reference-book"}  # of CSL and of Crossref
    named |= {"urgent-help", "tell-us-first", "after-care", "alternatives"}
    named |= set(
        re.findall(r"^  (claim-[a-z-]+):$", (ROOT / "rules/claim-words.en.yaml").read_text("utf-8"), re.MULTILINE)
    )
    assert len(named) > 40
    entries = dict(re.findall(r"^### `([a-z-]+)`\n(.*?)(?=^#|\Z)", docs, re.MULTILINE | re.DOTALL))
    assert sorted(named - set(entries)) == []
    assert [rule for rule, entry in entries.items() if "Source:" not in entry] == []
    assert sorted(set(entries) - named) == []


HARD_WORDS = "Needling cures. may ease pain, not (8.6% of you) [@witt-2009] [@ “TENS” - safe! 1 in 10 very rare **b** :"
WORDS = st.sampled_from([*HARD_WORDS.split(), "\n\n"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.one_of(WORDS, st.text(max_size=12)), max_size=30), style=st.sampled_from(["quoted", "block"]))
def test_any_words_are_checked_without_a_fall(tmp_path: Path, words: list[str], style: str) -> None:
    text = " ".join(words)
    block = "|\n  x" + "\n  ".join(text.splitlines())
    limits = json.dumps(text, ensure_ascii=False) if style == "quoted" else block.replace("\n", "\n    ")
    handout = re.sub(r"(?m)^risks:\n  intro: >-\n.*\n(?=  items)", lambda _: f"risks:\n  intro: {limits}\n", HANDOUT)
    assert handout != HANDOUT
    project_check = checked(tmp_path, handout)
    assert project_check.problems or project_check.handouts
    lines = handout.splitlines()
    assert all(
        finding.line <= len(lines) for finding in project_check.findings if finding.path.name == "acupuncture.en.yaml"
    )
