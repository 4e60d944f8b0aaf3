"""Whom a text sends to: signs above the wrong number, numbers of another country, numbers of nobody."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from editor_room import CASES, ROOT, checked, rules, spoilt
from press_room import HANDOUT, clinic, write_handout

from handoutpress.app.check import check
from handoutpress.content.models.languages import Language
from handoutpress.content.project import Project, find_project
from handoutpress.content.text.help_steps import steps_in
from handoutpress.editorial.check_project import check_project
from handoutpress.editorial.checks.calls.clinics import ClinicsInUse
from handoutpress.yamlfile.explain import load_record
from handoutpress.yamlfile.source import read_yaml

CALLS = CASES.parent / "calls"
SIGNS: list[dict[str, Any]] = read_yaml(CALLS / "urgent-help.yaml").data
MUST_NOTS: list[dict[str, Any]] = read_yaml(CALLS / "must-nots.yaml").data
PHONES: list[dict[str, Any]] = read_yaml(CALLS / "phones.yaml").data
CLINIC = ClinicsInUse(("gb",), ("Desk: 01632 960 100",))
OF_CALLS = ("help-step", "phone-typed", "phone-country", "must-not")


def _found(folder: Path, language: str, clinics: ClinicsInUse | None, **keys: Any) -> list[tuple[str, str, str]]:
    root = clinic(folder / "clinic")
    write_handout(root, **keys)
    path = root / HANDOUT
    path.rename(path.with_name(path.name.replace(".en.", f".{language}.")))
    findings = check_project(find_project(root), date(2026, 11, 23), clinics=clinics).findings
    return [(each.rule, each.level, each.sentence) for each in findings if each.rule in OF_CALLS]


@pytest.mark.parametrize("case", SIGNS, ids=[case["why"] for case in SIGNS])
def test_signs_stand_above_the_number_to_call_for_them(case: dict[str, Any], tmp_path: Path) -> None:
    keys = {key: value for key, value in case.items() if key not in ("why", "language", "told")}
    found = [each for each in _found(tmp_path, case.get("language", "en"), None, **keys) if each[0] == "help-step"]
    assert [level for _, level, _ in found] == [level for level, _ in case["told"]], found
    for (_, _, sentence), (_, words) in zip(found, case["told"], strict=True):
        assert words in sentence


@pytest.mark.parametrize("part", ["urgent_help", "call_us"])
@pytest.mark.parametrize("words", ["Call us or 999 if", "Contact the plaster room or A&E if"])
def test_a_mixed_list_is_to_be_split_wherever_it_stands(part: str, words: str, tmp_path: Path) -> None:
    root = clinic(tmp_path / "clinic")
    write_handout(root, **{"urgent_help": "- a burn\n- a cut\n", part: f"{words}:\n\n- the cast gets wet\n"})
    (told,) = (each for each in check_project(find_project(root), date(2026, 11, 23)).findings if each.rule in OF_CALLS)
    assert told.hint.startswith("split its signs into lists")


@pytest.mark.parametrize("case", MUST_NOTS, ids=[case["text"] for case in MUST_NOTS])
def test_what_is_forbidden_where_no_card_prints_it_is_told(case: dict[str, Any], tmp_path: Path) -> None:
    section = {"id": "at-home", "heading": "At home", "text": case["text"]}
    said = {"sections": [section]} if case["part"] == "sections" else {case["part"]: case["text"]}
    told = [each for rule, _, each in _found(tmp_path, case["language"], None, **said) if rule == "must-not"]
    assert len(told) == bool(case["told"]), told
    assert all(case["told"] in sentence for sentence in told)


@pytest.mark.parametrize("case", PHONES, ids=[case["text"] for case in PHONES])
@pytest.mark.parametrize("key", ["what_to_expect", "main_message"])
def test_a_number_that_nobody_owns_is_told(case: dict[str, Any], key: str, tmp_path: Path) -> None:
    keys: dict[str, Any] = {key: case["text"]}
    if "links" in case:
        keys["body"] = [{"links": {"items": [{"label": "A charity", "phone": case["links"]}]}}]
    found = {rule: sentence for rule, _, sentence in _found(tmp_path, "en", CLINIC, **keys) if rule != "help-step"}
    assert {rule: f"“{words}”" in found.get(rule, "") for rule, words in case["told"].items()} == dict.fromkeys(
        found, True
    )


def test_a_number_of_one_clinic_alone_is_anothers_for_all_others(tmp_path: Path) -> None:
    root = clinic(tmp_path / "clinic")
    write_handout(root, what_to_expect="Ring 01632 960 100 for a new day.")
    for number, slug in enumerate(("hill", "sea")):
        (root / f"brands/{slug}").mkdir(exist_ok=True)
        contact = {"meta": {"name": slug, "contacts": [{"phone": f"01632 960 10{number}"}]}}
        words = yaml.safe_dump({**contact, "defaults": {"handout": {"country": "gb"}}})
        (root / f"brands/{slug}/_brand.yml").write_text(words, "utf-8")
        told = [each for each in check(find_project(root)).findings if each.rule == "phone-typed"]
        assert len(told) == number


def test_a_number_of_another_is_accepted_as_a_claim_is(tmp_path: Path) -> None:
    words = "Ring the charity on 0808 157 0000."
    handout = spoilt("Acupuncture may ease some kinds of pain for a short time.", words)
    (told,) = (each for each in checked(tmp_path, handout).findings if each.rule == "phone-typed")
    assert "- {rule: phone-typed, text:" in told.hint
    accepted = "accepted:\n  - {rule: phone-typed, text: 0808 157 0000, because: A charity, until: 2027-06-30}\n"
    assert "phone-typed" not in rules(checked(tmp_path, handout + accepted))


def test_an_article_is_read_for_numbers_as_well(tmp_path: Path) -> None:
    checked(tmp_path)
    (text,) = (CASES / "articles/cure").rglob("*.md")
    article = tmp_path / "acupuncture.en.md"
    article.write_text(text.read_text("utf-8") + "\n\nRing 01632 960 111, or call 911.\n", "utf-8")
    found = check_project(Project(tmp_path, ROOT), date(2026, 11, 23), handouts=[str(article)]).findings
    assert {each.rule for each in found} >= {"phone-typed", "phone-country"}


@pytest.mark.parametrize("code", sorted(path.stem for path in (ROOT / "languages").glob("*.yaml")))
def test_each_language_knows_its_own_phrases_for_what_they_say(code: str) -> None:
    language = load_record(read_yaml(ROOT / f"languages/{code}.yaml"), Language)
    phrases, words = language.phrases, language.help_words
    assert steps_in(phrases.call_emergency, words) == {"emergency"}
    assert steps_in(phrases.call_doctor, words) == {"lesser"}
    assert steps_in(phrases.headings.call_us, words) == {"clinic"}
    assert not steps_in(phrases.headings.urgent_help, words)


def test_a_language_without_words_is_told(tmp_path: Path) -> None:
    root = clinic(tmp_path / "clinic")
    write_handout(root)
    told = yaml.safe_load((ROOT / "languages/en.yaml").read_text("utf-8"))
    del told["help_words"]
    (root / "languages").mkdir()
    (root / "languages/en.yaml").write_text(yaml.safe_dump(told), "utf-8")
    found = check_project(find_project(root), date(2026, 11, 23)).findings
    assert {each.level for each in found if each.rule == "help-step"} == {"note"}
