"""What a released sheet's code leads to, whatever happens to the project later: the right page, for ever."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from press_room import BRAND, change
from site_room import ReleasedCode, file_at, made, recalled, released, site_project

from handoutpress.app.project import open_catalog
from handoutpress.app.site.making import make_site
from handoutpress.app.site.promises import retracted, site_refusals
from handoutpress.content.project import Project

HOST = "https://sheets.hill.example"
TEA, HONEY = "handouts/warm-tea.en.yaml", "handouts/honey.en.yaml"


def chain(folder: Path) -> Project:
    """Two clinics on one site, one handout in two languages."""
    project = site_project(folder)
    change(project.root / "project.yaml", lambda keys: keys["site"].update(base=f"{HOST}/{{brand}}"))
    other = project.root / "brands/dale/_brand.yml"
    other.parent.mkdir()
    other.write_text((project.root / BRAND).read_text("utf-8").replace("Hill", "Dale"), encoding="utf-8")
    shutil.copy(project.root / TEA, project.root / "handouts/warm-tea.es.yaml")
    return project


def pages_of(project: Project, codes: list[ReleasedCode]) -> list[tuple[ReleasedCode, str]]:
    """Each code with the page that it leads to, once the site is made."""
    folder = made(project).folder
    return [(code, file_at(folder, code.address, HOST).read_text("utf-8")) for code in codes]


def standings(project: Project, codes: list[ReleasedCode]) -> set[str]:
    """What the site says of the sheets with these codes."""
    return {standing(html) for _, html in pages_of(project, codes)}


def standing(html: str) -> str:
    match = re.search(r'class="standing (\w+)"', html)
    assert match
    return match[1]


def edited(project: Project, name: str = TEA) -> None:
    change(project.root / name, lambda keys: keys.update(version="2.0", what_it_is="A cup of hot tea."))


def renamed(project: Project) -> None:
    (project.root / TEA).rename(project.root / "handouts/hot-tea.en.yaml")
    (project.root / "handouts/warm-tea.es.yaml").rename(project.root / "handouts/hot-tea.es.yaml")
    (project.root / "articles/warm-tea.en.md").rename(project.root / "articles/hot-tea.en.md")


def test_before_the_first_release_what_is_built_is_current(tmp_path: Path) -> None:
    project = chain(tmp_path)
    made(project)
    pages = list((project.root / "site/hill/c").glob("*/index.html"))
    assert len(pages) == 3
    assert {standing(page.read_text("utf-8")) for page in pages} == {"current"}


def test_a_text_goes_from_draft_to_current_to_superseded(tmp_path: Path) -> None:
    project = chain(tmp_path)
    (old,) = {
        code
        for code in released(project, "one")
        if code.handout == "warm-tea"
        and code.language == "en"
        and code.brand == "hill"
        and code.address.endswith(code.content_hash.upper())
    }
    assert standings(project, [old]) == {"current"}
    edited(project)
    new = open_catalog(project).handouts["warm-tea", "en"].content_hash
    made(project)
    assert standing((project.root / f"site/hill/c/{new}/index.html").read_text("utf-8")) == "draft"
    released(project, "two")
    ((_, html),) = pages_of(project, [old])
    assert standing(html) == "superseded"
    assert "Your sheet: version 1.0." in html
    assert "The newest: version 2.0" in html
    assert 'href="../../../hill/warm-tea/en/"' in html
    assert standing((project.root / f"site/hill/c/{new}/index.html").read_text("utf-8")) == "current"


def test_recalled_text_is_told_with_the_clinic_to_call(tmp_path: Path) -> None:
    project = chain(tmp_path)
    codes = released(project, "one")
    recalled(project, next(code for code in codes if code.handout == "honey"))
    for code, html in pages_of(project, codes):
        assert standing(html) == ("recalled" if code.handout == "honey" else "current")
        assert ("Dale Clinic" if code.brand == "dale" else "Hill Clinic") in html
    assert not (project.root / "site/hill/honey/en/index.html").is_file() or "url=" in (
        project.root / "site/hill/honey/en/index.html"
    ).read_text("utf-8")


def test_old_names_lead_to_new_ones(tmp_path: Path) -> None:
    project = chain(tmp_path)
    codes = [code for code in released(project, "one") if code.handout == "warm-tea"]
    renamed(project)
    assert standings(project, codes) == {"current"}
    stub = (project.root / "site/hill/warm-tea/es/index.html").read_text("utf-8")
    assert '<meta http-equiv="refresh" content="0; url=../../hot-tea/es/">' in stub
    assert f'<link rel="canonical" href="{HOST}/hill/hot-tea/es/">' in stub
    rules = (project.root / "site/_redirects").read_text("utf-8")
    assert "/hill/warm-tea/es/ /hill/hot-tea/es/ 301\n" in rules


def test_handout_that_was_renamed_and_changed_is_known_as_the_project_says(tmp_path: Path) -> None:
    project = chain(tmp_path)
    codes = [code for code in released(project, "one") if code.handout == "warm-tea" and code.language == "en"]
    renamed(project)
    edited(project, "handouts/hot-tea.en.yaml")
    released(project, "two")
    assert standings(project, codes) == {"superseded"}
    # The Spanish one had both names, so it tells nothing new here; without it only the project can say so.
    change(project.root / "project.yaml", lambda keys: keys.update(renamed={"warm-tea": "hot-tea"}))
    assert standings(project, codes) == {"superseded"}


def test_language_that_is_no_longer_given_leads_to_another_and_says_so(tmp_path: Path) -> None:
    project = chain(tmp_path)
    codes = [code for code in released(project, "one") if code.language == "es"]
    (project.root / "handouts/warm-tea.es.yaml").unlink()
    released(project, "two")
    for _, html in pages_of(project, codes):
        assert standing(html) == "not_given"
        assert '<html lang="es"' in html
        assert "Ya no entregamos esta hoja." in html
        assert 'hreflang="en"' in html


def test_brand_that_is_gone_keeps_the_pages_of_its_sheets(tmp_path: Path) -> None:
    project = chain(tmp_path)
    codes = [code for code in released(project, "one") if code.brand == "dale"]
    shutil.rmtree(project.root / "brands/dale")
    released(project, "two")
    for _, html in pages_of(project, codes):
        assert standing(html) == "not_given"
        assert "Dale Clinic" in html


def test_text_keeps_its_standing_where_its_signs_were_counted_otherwise(tmp_path: Path) -> None:
    project = chain(tmp_path)
    released(project, "one")
    text = open_catalog(project).handouts["warm-tea", "en"]
    manifest = project.root / "releases/one/manifest.json"
    manifest.write_text(manifest.read_text("utf-8").replace(text.content_hash, text.earlier_hash), encoding="utf-8")
    made(project)
    for signs in text.hashes:
        assert standing((project.root / f"site/hill/c/{signs}/index.html").read_text("utf-8")) == "current"


def test_site_that_moves_on_its_host_leaves_pages_behind(tmp_path: Path) -> None:
    project = site_project(tmp_path)
    codes = released(project, "one")
    change(project.root / "project.yaml", lambda keys: keys["site"].update(base=f"{HOST}/{{brand}}"))
    folder = made(project).folder
    for code in codes:
        html = file_at(folder, code.address, HOST).read_text("utf-8")
        target = re.search(r'content="0; url=([^"]*)"', html)
        assert target
        path = file_at(folder, code.address, HOST).parent / target[1] / "index.html"
        assert standing(path.resolve().read_text("utf-8")) == "current"


def test_site_that_moves_to_another_host_says_where_it_was(tmp_path: Path) -> None:
    project = chain(tmp_path)
    released(project, "one")
    change(project.root / "project.yaml", lambda keys: keys["site"].update(base="https://new.example/{brand}"))
    reasons = make_site(project).reasons
    assert len(reasons) == 2  # one for each clinic's address
    assert f'write "earlier: [{HOST}/dale]" below "site"' in reasons[0]
    assert site_refusals(open_catalog(project), tmp_path) == list(reasons)
    change(project.root / "project.yaml", lambda keys: keys["site"].update(earlier=[f"{HOST}/{{brand}}"]))
    assert made(project).bases == ("https://new.example/dale", "https://new.example/hill")
    assert site_refusals(open_catalog(project), tmp_path) == []


def test_site_that_is_given_up_is_refused(tmp_path: Path) -> None:
    project = chain(tmp_path)
    released(project, "one")
    change(project.root / "project.yaml", lambda keys: keys.pop("site"))
    reasons = site_refusals(open_catalog(project), tmp_path)
    assert f'"site: {HOST}/dale" into project.yaml' in reasons[0]


def test_two_texts_with_the_same_signs_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = chain(tmp_path)
    monkeypatch.setattr("handoutpress.content.loading.content_hash", lambda *_: "0f9368d1")
    reasons = site_refusals(open_catalog(project), tmp_path)
    assert "Its eight signs, 0f9368d1, are those of honey (en), too" in reasons[0]
    assert "Hint: " in reasons[0]


def test_text_with_the_signs_of_a_released_one_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = chain(tmp_path)
    signs = released(project, "one")[0].content_hash
    edited(project)
    monkeypatch.setattr("handoutpress.content.loading.content_hash", lambda *_: signs)
    (project.root / HONEY).unlink()
    (project.root / "handouts/warm-tea.es.yaml").unlink()
    (reason,) = site_refusals(open_catalog(project), tmp_path)
    assert "version 1.0, of the release one, too" in reason


def test_retraction_marks_the_page_and_stops_the_release(tmp_path: Path) -> None:
    project = chain(tmp_path)
    assert retracted(open_catalog(project)) == []
    change(project.root / "references.yaml", lambda entries: entries[0].update(custom={"status": "retracted"}))
    html = (made(project).folder / "hill/warm-tea/en/index.html").read_text("utf-8")
    assert '<li id="ref-1" class="retracted">' in html
    assert "Retracted: this paper was withdrawn" in html
    reasons = retracted(open_catalog(project))
    assert reasons[0].startswith('articles/warm-tea.en.md:8:14: The reference "leaf-2020" was retracted. Hint: ')


CHANGES: dict[str, Callable[[Project], object]] = {
    "edit": lambda project: _each(project, "*.yaml", _bumped),
    "rename": lambda project: _rename(project, "handouts"),
    "drop a brand": lambda project: shutil.rmtree(project.root / "brands/dale", ignore_errors=True),
    "drop a language": lambda project: _each(project, "*.es.yaml", Path.unlink),
    "drop a handout": lambda project: _each(project, "honey*.yaml", Path.unlink),
}


def _each(project: Project, pattern: str, how: Callable[[Path], object]) -> None:
    for path in sorted((project.root / "handouts").glob(pattern)):
        how(path)


def _bumped(path: Path) -> None:
    change(path, lambda keys: keys.update(version=f"{int(keys['version'].partition('.')[0]) + 1}.0"))


def _rename(project: Project, folder: str) -> None:
    for path in sorted((project.root / folder).glob("*tea*")):
        path.rename(path.with_name(f"{path.name.partition('.')[0]}-more.{path.name.partition('.')[2]}"))


@settings(max_examples=2, deadline=None)
@example([*["rename"] * 5, "drop a brand", "drop a language", "recall"])
@given(st.lists(st.sampled_from([*CHANGES, "recall"]), min_size=3, max_size=5))
def test_every_address_ever_released_still_answers_rightly(changes: list[str]) -> None:
    _answers_rightly(changes)


@pytest.mark.soak
@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*CHANGES, "recall"]), min_size=2, max_size=9))
def test_every_address_still_answers_rightly_after_many_changes(changes: list[str]) -> None:
    _answers_rightly(changes)


def _answers_rightly(changes: list[str]) -> None:
    with TemporaryDirectory() as name:
        project = chain(Path(name))
        codes, withdrawn = released(project, "r0"), set[str]()
        for number, change_ in enumerate(changes, start=1):
            if change_ == "recall":
                recalled(project, codes[0])
                withdrawn.add(codes[0].content_hash)
                break
            CHANGES[change_](project)
            codes += released(project, f"r{number}")
        now = {(code.brand, code.content_hash) for code in codes[-len(released_now(project)) :]}
        folder = made(project).folder
        for code in codes:
            html = file_at(folder, code.address, HOST).read_text("utf-8")
            assert (
                file_at(folder, code.address.lower(), HOST).read_text("utf-8") == html
            )  # as it stands beside the code
            told = standing(html)
            if code.content_hash in withdrawn:
                assert told == "recalled"
            elif (code.brand, code.content_hash) in now:
                assert told == "current"
            else:
                assert told in ("superseded", "not_given")
            assert f'<html lang="{code.language}"' in html
            assert ("Dale Clinic" if code.brand == "dale" else "Hill Clinic") in html
            assert re.search(r"<h1>(?:Warm tea|Honey)[^<]*</h1>", html)


def released_now(project: Project) -> list[tuple[str, str]]:
    """What the current release has, with its codes: two for each text and brand."""
    catalog = open_catalog(project)
    return [(slug, code) for slug, code in catalog.handouts for _ in catalog.brands for _ in range(2)]
