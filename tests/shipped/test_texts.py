"""The shipped texts: they load, cite what may be cited, say the published figures, and read plainly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import textstat
import yaml
from press_room import TREATMENTS

from handoutpress.content.models.countries import Country
from handoutpress.content.models.handouts import Handout, Passage, Risk
from handoutpress.content.models.references import CITABLE, Reference
from handoutpress.content.models.web_addresses import references_address

ROOT = Path(__file__).parents[2]
HANDOUTS = sorted(path for slug in TREATMENTS for path in (ROOT / "handouts").glob(f"{slug}.en.yaml"))
COUNTRIES = sorted((ROOT / "countries").glob("*.yaml"))
ARTICLE_LINES = (ROOT / "tests/cases/texts/article-references.txt").read_text("utf-8").splitlines()

CITATION = re.compile(r"\s*\[@([a-z0-9-]+(?:;\s*@[a-z0-9-]+)*)\]")
LONGEST_SENTENCE, LONGEST_LIST, HIGHEST_GRADE = 20, 7, 8.0
FEWEST_WORDS, MOST_WORDS, MOST_REFERENCES = 400, 620, 12

# (practice, name, count, of, per, reference): each as published, and as the handouts must have it.
PUBLISHED = {
    ("acupuncture", "a side effect of any kind", 19_726, 229_230, "person", "witt-2009"),
    ("acupuncture", "a bruise or some bleeding", 6.1, 100, "person", "witt-2009"),
    ("acupuncture", "pain", 1.7, 100, "person", "witt-2009"),
    ("acupuncture", "a side effect that needed treatment", 4_963, 229_230, "person", "witt-2009"),
    ("acupuncture", "serious harm of any kind", 1.01, 10_000, "person", "baumler-2021"),
    ("acupuncture", "a collapsed lung", 2, 229_230, "person", "witt-2009"),
    ("dry-needling", "a mild side effect of any kind", 1_463, 7_629, "treatment", "brady-2014"),
    ("dry-needling", "a bruise", 7.55, 100, "treatment", "brady-2014"),
    ("dry-needling", "bleeding", 4.65, 100, "treatment", "brady-2014"),
    ("dry-needling", "pain during treatment", 3.01, 100, "treatment", "brady-2014"),
    ("dry-needling", "a major problem", 1, 1_024, "treatment", "boyce-2020"),
}
ARTICLE_STATUS = {
    1: "not-found", 2: "misquoted", 3: "not-found", 4: "corrected", 5: "confirmed", 6: "not-found",
    7: "not-found", 8: "corrected", 9: "corrected", 10: "corrected", 11: "corrected",
}  # fmt: skip


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


@cache
def library() -> dict[str, Reference]:
    entries = [Reference(**entry) for entry in load(ROOT / "references.yaml")]
    assert len({entry.id for entry in entries}) == len(entries) > 11
    return {entry.id: entry for entry in entries}


@pytest.fixture(params=HANDOUTS, ids=lambda path: path.stem)
def handout(request: pytest.FixtureRequest) -> Handout:
    return Handout(**load(request.param))


def markdown(handout: Handout, *, short: bool = False) -> Iterator[str]:
    """Every piece of Markdown that prints, table cells last."""
    benefits = handout.benefits
    passages: list[Passage | Any] = [handout.main_message, handout.what_it_is, *handout.sections]
    passages += [handout.what_to_expect, handout.tell_us_first, handout.after_care, handout.urgent_help]
    for passage in filter(None, [*passages, handout.alternatives]):
        yield passage.short if short and passage.short else passage.text
    if benefits:
        yield from filter(None, (benefits.intro, *(item.wording for item in benefits.items), benefits.limits))
    if handout.risks:
        yield from filter(None, (handout.risks.intro, handout.risks.closing))
    yield from filter(None, (item.note for item in handout.harms))
    yield from handout.questions.items if handout.questions else ()
    for row in handout.comparison.rows if handout.comparison else ():
        yield from row.cells


def stated(handout: Handout) -> list[Any]:
    return [*(handout.benefits.items if handout.benefits else ()), *handout.harms]


def cited(handout: Handout) -> set[str]:
    texts = [*markdown(handout), *markdown(handout, short=True)]
    keys = {key.strip(" @") for text in texts for found in CITATION.findall(text) for key in found.split(";")}
    return keys.union(*(item.references for item in stated(handout)))


def plain_lines(text: str) -> list[str]:
    """Paragraphs and list entries without Markdown; each ends like a sentence, since a reader stops there."""
    unmarked = re.sub(r"[*_]{1,2}", "", CITATION.sub("", text))
    lines = [" ".join(part.split()).removeprefix("- ") for part in re.split(r"\n\s*\n|\n\s*(?=- )", unmarked)]
    return [line if line[-1] in ".?!" else line.rstrip(":;,") + "." for line in lines if line]


def running_text(handout: Handout, *, short: bool = False) -> list[str]:
    return [line for text in markdown(handout, short=short) for line in plain_lines(text)]


def sentences(lines: list[str]) -> list[str]:
    return [sentence for line in lines for sentence in re.split(r"(?<=[.?!])\s+", line)]


def test_three_treatments_are_shipped_in_english() -> None:
    assert [path.name for path in HANDOUTS] == [
        "acupuncture-or-dry-needling.en.yaml", "acupuncture.en.yaml", "dry-needling.en.yaml",
    ]  # fmt: skip


@pytest.mark.parametrize("path", [*HANDOUTS, *COUNTRIES, ROOT / "references.yaml"], ids=lambda path: path.stem)
def test_each_file_names_its_schema(path: Path) -> None:
    kind = {"handouts": "../schemas/handout", "countries": "../schemas/country"}.get(path.parent.name)
    schema = f"{kind or 'schemas/references'}.schema.json"
    assert path.read_text("utf-8").startswith(f"# yaml-language-server: $schema={schema}\n")


@pytest.mark.parametrize(
    ("code", "emergency", "advice", "paper"),
    [
        ("au", "000", "1800 022 222", "a4"), ("es", "112", None, "a4"), ("fr", "15", None, "a4"),
        ("gb", "999", "111", "a4"), ("ie", "112", None, "a4"), ("ua", "103", None, "a4"), ("us", "911", None, "letter"),
    ],
)  # fmt: skip
def test_country_numbers(code: str, emergency: str, advice: str | None, paper: str) -> None:
    country = Country(**load(ROOT / "countries" / f"{code}.yaml"))
    number = country.advice.number if country.advice else None
    assert (country.emergency, number, country.paper) == (emergency, advice, paper)


def test_library_is_in_order_and_without_months() -> None:
    assert list(library()) == sorted(library())
    assert all(len(entry.csl()["issued"]["date-parts"][0]) == 1 for entry in library().values())


def test_all_references_of_the_article_stand_in_the_library_word_for_word() -> None:
    by_line = {entry.custom.cited_as: entry for entry in library().values() if entry.custom.cited_as}
    assert len(ARTICLE_LINES) == len(by_line) == 11
    for line in ARTICLE_LINES:
        number, words = line.split(". ", 1)
        entry = by_line[words]
        assert entry.custom.status == ARTICLE_STATUS[int(number)]
        assert (entry.custom.note or "").startswith(f"Reference {number} of the article")


def test_what_nobody_has_seen_carries_no_identifier() -> None:
    unseen = [entry for entry in library().values() if entry.custom.status not in CITABLE]
    assert len(unseen) == 5
    assert all(entry.DOI is None and entry.PMID is None for entry in unseen)


def test_every_citation_is_in_the_library_and_citable(handout: Handout) -> None:
    keys = cited(handout)
    assert 6 < len(keys) <= MOST_REFERENCES
    assert [key for key in keys if not library()[key].citable] == []


def figure(risk: Risk, handout: Handout) -> tuple[Any, ...]:
    practice = risk.practice or handout.practices[0]
    return practice, risk.name, risk.count, risk.of, risk.per, risk.references[0]


def test_every_risk_figure_is_the_published_one(handout: Handout) -> None:
    figures = {figure(risk, handout) for risk in handout.harms if risk.count is not None}
    assert len(figures) >= 5
    assert figures <= PUBLISHED


def test_figures_in_the_words_about_risks_are_the_published_ones(handout: Handout) -> None:
    published = {"37 in 100": 36.7, "2 in 100": 2.19}  # minor events in boyce-2020; pain afterwards in brady-2014
    risks = handout.risks
    assert risks
    texts = [risks.intro, risks.closing, *(risk.note for risk in risks.items)]
    said = [found for text in texts if text for found in re.findall(r"\d+ in \d+", text)]
    assert ("dry-needling" in handout.practices) == bool(said)
    assert all(round(published[figure]) == int(figure.split()[0]) for figure in said)


def test_one_denominator_for_each_practice(handout: Handout) -> None:
    for practice in handout.practices:
        kinds = {risk.per for risk in handout.harms if risk.practice == practice and risk.per}
        assert len(kinds) == 1, (practice, kinds)


def test_no_benefit_of_acupuncture_is_lent_to_dry_needling(handout: Handout) -> None:
    assert handout.benefits
    lent = [item for item in handout.benefits.items if item.practice == "dry-needling"]
    assert all((item.condition, item.evidence) == ("Muscle pain", "very-low") for item in lent)
    assert all(item.duration == "short-term" for item in handout.benefits.items)


def test_serious_harms_are_named(handout: Handout) -> None:
    assert handout.risks
    names = " ".join([*(f"{risk.name} {risk.note}" for risk in handout.harms), handout.risks.closing or ""])
    for harm in ("collapsed lung", "nfection", "nerve", "spine", "organ"):
        assert harm in names


@pytest.mark.parametrize("short", [False, True], ids=["full", "short"])
def test_sentences_and_lists_are_short(handout: Handout, short: bool) -> None:
    found = sentences(running_text(handout, short=short))
    assert len(found) > 40
    assert [text for text in found if len(text.split()) > LONGEST_SENTENCE] == []
    for text in markdown(handout, short=short):
        assert len(re.findall(r"^\s*- ", text, re.M)) <= LONGEST_LIST, text


# textstat leaves its word lists open.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize("short", [False, True], ids=["full", "short"])
def test_reading_grade_by_three_formulas(handout: Handout, short: bool) -> None:
    text = " ".join(running_text(handout, short=short))
    grades = (textstat.flesch_kincaid_grade(text), textstat.smog_index(text), textstat.gunning_fog(text))
    assert all(0 < grade <= HIGHEST_GRADE for grade in grades), grades


def test_words_fit_the_leaflet(handout: Handout) -> None:
    words = sum(len(line.split()) for line in running_text(handout))
    assert FEWEST_WORDS <= words <= MOST_WORDS
    assert sum(len(line.split()) for line in running_text(handout, short=True)) < words


def test_no_wording_that_regulators_question(handout: Handout) -> None:
    words = (
        r"\b(cures?|heals?|healing|proven|guarantee\w*|safe|safely|safety|detox\w*|boost\w*|balanc\w*|specialist|best"
        r"|miracle|holistic|powerful|root cause|lasting path|no medication|thousands of years|confirms?|energy)\b"
    )
    assert [found.group() for line in running_text(handout) for found in re.finditer(words, line, re.I)] == []


def test_no_phone_number_of_one_country(handout: Handout) -> None:
    assert re.findall(r"\b(?:999|911|112|000|111)\b", " ".join(running_text(handout))) == []


def test_article_address_fits_a_code(handout: Handout) -> None:
    assert handout.article
    assert handout.article.url
    assert len(references_address(handout.article.url)) <= 70, "every format has room for it"
    assert handout.reviewed is None, "name the reviewer only once a clinician has read it"


@pytest.mark.parametrize("path", sorted((ROOT / "articles").glob("*.md")), ids=lambda path: str(path.stem))
def test_articles_are_of_a_length_that_people_read(path: Path) -> None:
    text = path.read_text("utf-8").split("---\n", 2)[2]
    assert 900 <= len(text.split()) <= 1500


def test_the_readme_quotes_what_pages_say_that_nobody_has_reviewed() -> None:
    phrases = load(ROOT / "languages" / "en.yaml")["phrases"]
    readme = " ".join((ROOT / "README.md").read_text("utf-8").split())
    said = {
        "draft_translation" if "translation" in load(path) else "not_reviewed" for path in (ROOT / "handouts").iterdir()
    }
    assert said == {"draft_translation", "not_reviewed"}
    assert all(f'"{phrases[each]}"' in readme for each in said)
