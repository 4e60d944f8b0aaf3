"""References against the world, by a local server that answers rightly, wrongly, late or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from registry_server import REAL, Registry, serving, work

from handoutpress.content.models.references import Reference
from handoutpress.editorial.registries.client import NoAnswerError, RegistryAwayError, RegistryClient, RequestPolicy
from handoutpress.editorial.registries.likeness import marked_words, same_journal, title_likeness
from handoutpress.editorial.registries.lookup import CACHE, Lookup, RegistryCache, open_cache
from handoutpress.editorial.registries.verifying import ReferenceVerdict, find, verify
from handoutpress.editorial.registries.works import Work, from_crossref, from_pubmed
from handoutpress.yamlfile.problems import ContentError

OTHER = work("10.1000/other", "Soil bacteria of northern forests in winter", "Birch", 2011, "Soil Biology")
PULLED = work(
    "10.1000/pulled",
    "RETRACTED: Needles and sleep in adults who work at night",
    "Cedar",
    2019,
    "Sleep Reports",
    **{"updated-by": [{"type": "retraction", "DOI": "10.1000/notice"}]},
)
NUMBERED = {
    "uid": "123",
    "title": "Side effects of needling in a large survey.",
    "authors": [{"name": "Dogwood KL", "authtype": "Author"}],
    "pubdate": "2009 Apr",
    "source": "Forsch Komplementmed",
    "fulljournalname": "Forschende Komplementärmedizin (2006)",
    "volume": "16",
    "pages": "91-7",
    "pubtype": ["Journal Article"],
    "articleids": [{"idtype": "doi", "value": "10.1000/survey"}],
}


def entry(**changes: Any) -> Reference:
    data: dict[str, Any] = {
        "id": "alder-2018",
        "type": "article-journal",
        "title": "Needling for long-lasting neck pain: a trial",
        "author": [{"family": "Alder", "given": "A."}],
        "issued": {"date-parts": [[2018]]},
        "container-title": "Journal of Pain",
        "volume": "19",
        "page": "455-474",
        "DOI": "10.1000/real",
        "custom": {"status": "not-verified"},
    }
    data |= changes
    return Reference(**{key: value for key, value in data.items() if value is not None})


@pytest.fixture
def registry() -> Iterator[Registry]:
    works = {paper["DOI"]: paper for paper in (REAL, OTHER, PULLED)}
    with serving(Registry(works=works, summaries={"123": NUMBERED})) as running:
        yield running


class Clock:
    """A clock that goes on only when someone sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def lookup(
    registry: Registry, cache: RegistryCache | None = None, clock: Clock | None = None, timeout: float = 5
) -> Lookup:
    ticking = clock or Clock()
    client = RegistryClient(RequestPolicy(mailto="editor@clinic.example", timeout=timeout), ticking, ticking.sleep)
    return Lookup(client, cache or RegistryCache(), registry.address, registry.address)


def verdict(registry: Registry, reference: Reference, **options: Any) -> ReferenceVerdict:
    return next(verify([reference], lookup(registry, **options)))


def test_a_true_reference_is_confirmed(registry: Registry) -> None:
    assert verdict(registry, entry()).outcome == "confirmed"


def test_a_slip_is_corrected_word_by_word(registry: Registry) -> None:
    outcome = verdict(registry, entry(title="Needling for lasting neck pain: a trial", page="455-74"))
    assert outcome.outcome == "corrected"
    assert [str(difference) for difference in outcome.differences] == [
        "title: Needling for [-lasting-] {+long-lasting+} neck pain: a trial",
    ]


def test_a_wrong_year_journal_and_author_are_told(registry: Registry) -> None:
    changed = entry(author=[{"family": "Elm"}], issued={"date-parts": [[2015]]}, **{"container-title": "Pain Letters"})
    assert [difference.field for difference in verdict(registry, changed).differences] == ["authors", "year", "journal"]


def test_a_number_of_another_paper_is_misquoted(registry: Registry) -> None:
    outcome = verdict(registry, entry(DOI="10.1000/other"))
    assert outcome.outcome == "misquoted"
    assert outcome.work
    assert outcome.work.title.startswith("Soil")


def test_a_retracted_paper_is_told_whatever_its_details(registry: Registry) -> None:
    changed = entry(title="Needles and sleep in adults who work at night", author=None, DOI="10.1000/pulled")
    assert verdict(registry, changed).outcome == "retracted"


def test_an_invented_paper_is_not_found(registry: Registry) -> None:
    invented = entry(DOI="10.1000/nothing", title="Harmony of the inner rivers in college athletes")
    assert verdict(registry, invented).outcome == "not-found"


def test_without_a_number_the_title_is_looked_for(registry: Registry) -> None:
    assert verdict(registry, entry(DOI=None)).outcome == "confirmed"


def test_pubmed_knows_a_paper_by_its_number(registry: Registry) -> None:
    survey = entry(
        title="Side effects of needling in a large survey",
        author=[{"family": "Dogwood", "given": "K."}],
        issued={"date-parts": [[2009]]},
        volume="16",
        page="91-97",
        DOI=None,
        PMID="123",
        **{"container-title": "Forsch Komplementmed"},
    )
    assert verdict(registry, survey).outcome == "confirmed"


def test_an_unknown_pmid_is_not_found(registry: Registry) -> None:
    assert verdict(registry, entry(DOI=None, PMID="999", title="Harmony of the inner rivers")).outcome == "not-found"


@pytest.mark.parametrize("fault", ["500", "429", "garbage", "cut"])
def test_a_passing_fault_is_tried_again(registry: Registry, fault: str) -> None:
    registry.faults["/works/"] = [fault]
    assert verdict(registry, entry()).outcome == "confirmed"
    assert len(registry.asked) == 2


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ("500", "it answered 500"),
        ("429", "it answered 429"),
        ("400", "it answered 400"),
        ("garbage", "no JSON"),
        ("cut", "broke off"),
    ],
)
def test_a_lasting_fault_becomes_a_sentence(registry: Registry, fault: str, says: str) -> None:
    registry.faults["/works/"] = [fault] * 9
    outcome = verdict(registry, entry(), timeout=0.4)
    assert outcome.outcome == "no-answer"
    assert says in outcome.remark
    assert len(registry.asked) == (1 if fault == "400" else 3)


@pytest.mark.parametrize("fault", ["slow", "silent"])
def test_a_server_that_falls_silent_is_asked_no_more_and_what_is_cached_is_told(registry: Registry, fault: str) -> None:
    asker = lookup(registry, timeout=0.4)
    list(verify([entry()], asker))
    registry.asked.clear()
    registry.faults["/works/"] = [fault] * 9
    entries = [entry(id=name, DOI=f"10.1000/{name}") for name in ("other", "pulled")]
    told = verify([*entries, entry()], asker)
    assert next(told).key == "alder-2018"
    with pytest.raises(
        RegistryAwayError, match=r"^2 entries were not looked up\. .* gave no answer: it took too long\."
    ):
        next(told)
    assert len(registry.asked) == 3


def test_an_answer_of_another_shape_becomes_a_sentence(registry: Registry) -> None:
    registry.faults["/works/"] = ["shape"]
    assert "shape" in verdict(registry, entry()).remark


def test_a_server_that_is_not_there_becomes_a_sentence() -> None:
    absent = Lookup(RegistryClient(RequestPolicy(tries=1)), RegistryCache(), "http://127.0.0.1:9", "http://127.0.0.1:9")
    with pytest.raises(
        RegistryAwayError, match=r"^1 entry was not looked up\. .*: it cannot be reached\. Hint: try again"
    ):
        next(verify([entry()], absent))


def test_one_silent_server_does_not_stop_the_others(registry: Registry) -> None:
    registry.faults["/works/10.1000/other"] = ["500"] * 9
    entries = [entry(id="birch-2011", DOI="10.1000/other"), entry()]
    assert [outcome.outcome for outcome in verify(entries, lookup(registry))] == ["no-answer", "confirmed"]


def test_requests_are_at_least_a_second_apart(registry: Registry) -> None:
    clock = Clock()
    list(verify([entry(id=f"alder-{n}", DOI=f"10.1000/{n}") for n in range(4)], lookup(registry, clock=clock)))
    assert len(registry.asked) == 5  # four numbers, and the title once
    assert clock.slept == [1.0] * 4


def test_the_wait_that_a_server_asks_for_is_kept(registry: Registry) -> None:
    registry.faults["/works/"] = ["429", "500"]
    clock = Clock()
    assert verdict(registry, entry(), clock=clock).outcome == "confirmed"
    assert clock.slept == [7.0, 2.0]


def test_we_say_who_asks(registry: Registry) -> None:
    verdict(registry, entry())
    assert "mailto=editor%40clinic.example" in registry.asked[0]
    assert all("HandoutPress" in agent and "editor@clinic.example" in agent for agent in registry.agents)


def test_a_run_goes_on_from_its_cache(registry: Registry, tmp_path: Path) -> None:
    registry.faults["/works/10.1000/other"] = ["500"] * 3
    entries = [entry(), entry(id="birch-2011", DOI="10.1000/other")]
    list(verify(entries, lookup(registry, open_cache(tmp_path / CACHE))))
    registry.asked.clear()
    again = list(verify(entries, lookup(registry, open_cache(tmp_path / CACHE))))
    assert [outcome.outcome for outcome in again] == ["confirmed", "misquoted"]
    assert registry.asked == ["/works/10.1000%2Fother?mailto=editor%40clinic.example"]


def test_a_missing_paper_is_remembered_too(registry: Registry, tmp_path: Path) -> None:
    asker = lookup(registry, open_cache(tmp_path / CACHE))
    assert asker.by_doi("10.1000/nothing") is None
    assert lookup(registry, open_cache(tmp_path / CACHE)).by_doi("10.1000/NOTHING") is None
    assert len(registry.asked) == 1


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"doi:x": 3}', "\x00"])
def test_a_damaged_cache_becomes_a_sentence(tmp_path: Path, damage: str) -> None:
    (tmp_path / CACHE).write_text(damage)
    with pytest.raises(ContentError, match="cannot be read"):
        open_cache(tmp_path / CACHE)


def test_candidates_come_with_scores_the_likest_first(registry: Registry) -> None:
    cited_as = "Alder, A., et al. (2018). Needling for neck pain: a trial of winter. Journal of Pain, 19, 455-474."
    candidates = find(cited_as, lookup(registry))
    assert candidates[0].work.doi == "10.1000/real"
    assert [candidate.score for candidate in candidates] == sorted(
        (candidate.score for candidate in candidates), reverse=True
    )
    assert 0.6 < candidates[0].score < 1


def test_find_says_when_nobody_answers(registry: Registry) -> None:
    registry.faults["/works"] = ["500"] * 9
    with pytest.raises(NoAnswerError, match="answered 500"):
        find("Alder A. Needling. J Pain 2018", lookup(registry))


@pytest.mark.parametrize(
    "shape", [None, [], {}, {"title": []}, {"title": [{}]}, {"title": None}, 3, "x", {"title": [""]}]
)
def test_odd_works_are_no_works(shape: Any) -> None:
    assert from_crossref(shape) is None
    assert from_pubmed(shape, "1") is None
    assert from_pubmed({"result": {"1": shape}}, "1") is None


def test_odd_parts_of_a_work_are_left_out() -> None:
    odd = {
        "title": ["A <i>true</i> &amp; plain title"],
        "author": [3, {}, None],
        "issued": {"date-parts": [[None]]},
        "updated-by": 3,
    }
    odd_work = from_crossref(odd)
    assert odd_work
    assert (odd_work.title, odd_work.year, odd_work.retracted) == ("A true & plain title", None, False)


def test_titles_are_alike_without_their_subtitle() -> None:
    assert title_likeness("Needling for long-lasting neck pain", "Needling for long-lasting neck pain: a trial") > 0.9
    assert title_likeness("Acupuncture and the brain", "Soil bacteria in winter") < 0.4


def test_abbreviated_journals_are_the_same() -> None:
    short, full = Work("", journals=("Integr Cancer Ther",)), Work("", journals=("Integrative Cancer Therapies",))
    assert same_journal(short, full)
    assert not same_journal(short, Work("", journals=("Journal of Pain",)))


def test_the_difference_is_shown_in_words() -> None:
    assert marked_words("one two three", "one three four") == "one [-two-] three {+four+}"
