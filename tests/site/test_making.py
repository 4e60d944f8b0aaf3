"""The site of a small project: its pages, its files, and what is made again when something changes."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from press_room import BRAND, change, write_brand
from site_room import ReleasedCode, contents, made, released, site_project
from tinyhtml5.parser import HTMLParser

from handoutpress.app.site.checking import check_site
from handoutpress.app.site.making import make_site
from handoutpress.cli import main
from handoutpress.content.project import Project
from handoutpress.press.page.html_words import html_parts
from handoutpress.site.changes import ClinicChange, SiteLog
from handoutpress.site.links import broken_links, read_links
from handoutpress.site.pages.frame import PageFrame, SitePage
from handoutpress.site.site_writer import SiteWriter
from handoutpress.store.locks import LockHeldError, locked
from handoutpress.yamlfile.problems import HandoutError

Files = dict[str, bytes]
ARTICLE = "warm-tea/en/index.html"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(site_project(tmp_path_factory.mktemp("site"))).folder


@pytest.fixture(scope="module")
def files(site: Path) -> Files:
    return contents(site)


def pages(files: Files) -> dict[str, str]:
    return {path: data.decode() for path, data in files.items() if path.endswith(".html")}


def test_every_page_and_file_is_there(files: Files) -> None:
    codes = {path.split("/")[1] for path in files if path.startswith("c/")}
    assert len(codes) == 2
    for content_hash in codes:
        for path in (
            f"c/{content_hash}",
            f"c/{content_hash}/r",
            f"C/{content_hash.upper()}",
            f"C/{content_hash.upper()}/R",
        ):
            assert f"{path}/index.html" in files
    for path in ("index.html", "warm-tea/index.html", ARTICLE, "warm-tea/en/index.txt", "warm-tea/en/sheet/index.html"):
        assert path in files
    for path in ("404.html", "robots.txt", "sitemap.xml", "manifest.json", ".well-known/security.txt", "favicon.svg"):
        assert path in files
    assert {"_redirects", ".htaccess", "redirects.nginx.conf", "vercel.json"} <= files.keys()


def test_pages_of_codes_say_the_same_in_both_cases(files: Files) -> None:
    for path, data in files.items():
        if path.startswith("c/"):
            *folders, name = path.split("/")
            assert files["/".join([*(folder.upper() for folder in folders), name])] == data


def test_every_link_leads_somewhere(site: Path) -> None:
    assert list(broken_links(site, list(read_links(site)))) == []


def test_html_is_valid_and_small_and_without_script(files: Files) -> None:
    for path, html in pages(files).items():
        parser = HTMLParser()
        parser.parse(html)
        assert parser.errors == [], path
        assert len(html.encode()) <= 100_000, path
        assert re.findall(r"<script(?! type=\"application/ld\+json\")", html) == []
        assert not re.search(r"\son[a-z]+=|style=", html), path
        assert "\x02" not in html
        ids = re.findall(r' id="([^"]*)"', html)
        assert len(ids) == len(set(ids)), path


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    loaded = {link.address for page in read_links(site) for link in page.links if link.loads}
    assert loaded
    assert not [address for address in loaded if "://" in address or address.startswith("//")]
    loaded = set(re.findall(r'url\("?([^")]*)', (site / "style.css").read_text("utf-8")))
    assert loaded == {path.name for path in site.glob("*.woff2")}
    assert loaded


def test_article_has_its_contents_notes_and_references(files: Files) -> None:
    html = files[ARTICLE].decode()
    assert "<h1>Warm tea in full</h1>" in html
    assert '<li><a href="#how-it-works">How it works</a></li>' in html
    assert "5 &lt; 6 &amp; that" in html
    assert '<li id="ref-1">' in html
    assert 'lang="en">Leaf A. Tea and throats' in html
    picture = re.search(r'<img src="([0-9a-f]{16}\.png)" alt="A cup of tea" width="60" height="40"', html)
    assert picture
    assert f"warm-tea/en/{picture[1]}" in files


def test_article_says_what_it_is_to_search_engines(files: Files) -> None:
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', files[ARTICLE].decode())
    said = json.loads(data)
    assert said["@type"] == "MedicalWebPage"
    assert said["publisher"]["name"] == "Hill Clinic"
    assert "lastReviewed" not in said  # nobody has reviewed it
    assert '<link rel="canonical" href="https://sheets.hill.example/warm-tea/en/">' in files[ARTICLE].decode()


def test_plain_text_has_the_words_and_the_numbers_of_references(files: Files) -> None:
    text = files["warm-tea/en/index.txt"].decode()
    assert text.startswith("Warm tea in full")
    assert "Tea is warm [1]." in text
    assert "Hill Clinic" in text
    assert "<" not in text.replace("5 < 6", "")


def test_article_that_the_editor_stops_is_told_and_not_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = site_project(tmp_path)
    article = project.root / "articles/warm-tea.en.md"
    article.write_text(article.read_text("utf-8").replace("Tea is warm", "<script>x</script> Tea cures colds"), "utf-8")
    monkeypatch.chdir(project.root)
    monkeypatch.setattr(sys, "argv", ["handouts", "site"])
    assert main() == 1
    said = capsys.readouterr().err
    assert "articles/warm-tea.en.md:8:1: error markup-raw: “<script>”" in said
    assert "articles/warm-tea.en.md:8:24: error claim-cure: “cures”" in said
    html = (project.root / "site" / ARTICLE).read_text("utf-8")
    assert "The full article is not here in this language yet." in html
    assert "cures colds" not in html
    article.write_text(article.read_text("utf-8").replace("<script>x</script> Tea cures colds", "Tea is warm"), "utf-8")
    assert main() == 0
    assert "not here in this language" not in (project.root / "site" / ARTICLE).read_text("utf-8")


def test_handout_that_a_build_refuses_is_told_and_not_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = site_project(tmp_path)
    codes = released(project, "one")
    for slug in ("honey", "warm-tea"):
        change(project.root / f"handouts/{slug}.en.yaml", lambda keys: keys.update(what_it_is="It cures colds."))
    monkeypatch.chdir(project.root)
    monkeypatch.setattr(sys, "argv", ["handouts", "site"])
    assert main() == 1
    said = capsys.readouterr().err
    assert "handouts/honey.en.yaml" in said
    assert "error claim-cure: “cures”" in said
    assert "Articles and sheets with such findings are not on it." in said
    files = contents(project.root / "site")
    assert not [path for path, html in pages(files).items() if "cures colds" in html]
    # What a code leads to stays, and says no word of the handout; the first page does not lead there.
    assert "The full article is not here in this language yet." in files["honey/en/index.html"].decode()
    assert "honey/" not in files["index.html"].decode()
    assert "url=../" in files["honey/en/sheet/index.html"].decode()
    assert "url=../" in files["warm-tea/en/sheet/index.html"].decode()
    assert 'href="sheet/"' not in files[ARTICLE].decode()
    assert "sheet/" not in files["sitemap.xml"].decode()
    assert check_site(project).faults == ()
    assert {standing(files, code) for code in codes} == {"current"}


def standing(files: Files, code: ReleasedCode) -> str:
    match = re.search(r'class="standing (\w+)"', files[f"c/{code.content_hash}/index.html"].decode())
    assert match
    return match[1]


def test_run_that_was_interrupted_is_not_taken_for_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = site_project(tmp_path)
    before = contents(made(project).folder)
    path = project.root / "articles/warm-tea.en.md"
    text = path.read_text("utf-8")
    change_article(project.root)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "manifest.json")

    monkeypatch.setattr(SiteLog, "write", _only_once(SiteLog.write, full))
    with pytest.raises(HandoutError, match="No space left"):
        make_site(project)
    monkeypatch.undo()
    path.write_text(text, "utf-8")
    assert contents(made(project).folder) == before


def _only_once(first: Callable[..., None], then: Callable[..., None]) -> Callable[..., None]:
    steps = iter((first, then))

    def write(log: SiteLog, out: Path) -> None:
        next(steps)(log, out)

    return write


def test_one_run_at_a_time_writes_a_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project, held = site_project(tmp_path), list[bool]()
    write = SiteWriter.write

    def watched(writer: SiteWriter, changes: Sequence[ClinicChange]) -> int:
        with pytest.raises(LockHeldError), locked(project.root / "site/.handouts/lock", wait=False):
            pass
        held.append(True)
        return write(writer, changes)

    monkeypatch.setattr(SiteWriter, "write", watched)
    made(project)
    assert held


def test_handout_without_an_article_says_so(files: Files) -> None:
    html = files["honey/en/index.html"].decode()
    assert "The full article is not here in this language yet." in html
    assert 'id="references"' in html
    assert 'href="sheet/"' in html
    assert "index.txt" not in html, "it would hold no text"
    assert "honey/en/index.txt" not in files


def test_code_of_a_sheet_without_an_article_leads_to_the_sheet(tmp_path: Path) -> None:
    project = site_project(tmp_path)
    change(project.root / "handouts/honey.en.yaml", lambda keys: keys.pop("article"))
    made(project)
    standings = [html for path, html in pages(contents(project.root / "site")).items() if path.startswith("c/")]
    honey, tea = ([html for html in standings if f"/{slug}/en/" in html] for slug in ("honey", "warm-tea"))
    assert honey
    assert not [html for html in honey if "Read the full article" in html]
    assert all("/honey/en/sheet/" in html for html in honey)
    assert all("Read the full article" in html for html in tea)


def test_maps_and_rules_for_hosts_can_be_read(files: Files) -> None:
    places = re.findall(r"<loc>https://sheets\.hill\.example/(.*?)</loc>", files["sitemap.xml"].decode())
    assert places == ["", "honey/en/", "honey/en/sheet/", "warm-tea/en/", "warm-tea/en/sheet/"]
    assert json.loads(files["vercel.json"])["redirects"] == []
    assert "Sitemap: https://sheets.hill.example/sitemap.xml" in files["robots.txt"].decode()
    assert "Contact: mailto:security@hill.example" in files[".well-known/security.txt"].decode()
    told = json.loads(files["manifest.json"])
    assert {text["handout"] for text in told["texts"]} == {"honey", "warm-tea"}


def test_two_runs_write_the_same(files: Files, tmp_path: Path) -> None:
    """The second makes all of it anew."""
    assert contents(made(replace(site_project(tmp_path), store="")).folder) == files


CHANGES: dict[str, tuple[Callable[[Project], object], int]] = {
    "nothing": (lambda _: None, 0),
    # Its page, the same as text, the first page with its summary, and the sitemap with its day.
    "an article": (lambda project: change_article(project.root), 4),
    "a picture of it": (lambda project: (project.root / "articles/cup.png").unlink(), -1),
}


def change_article(root: Path) -> None:
    path = root / "articles/warm-tea.en.md"
    text = (
        path.read_text("utf-8")
        .replace("2026-03-01", "2026-03-02")
        .replace("a throat", "throats")
        .replace("By heat", "By warmth")
    )
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("what", CHANGES)
def test_what_has_not_changed_is_left(what: str, tmp_path: Path) -> None:
    project = site_project(tmp_path)
    made(project)
    change, written = CHANGES[what]
    change(project)
    result = make_site(project)
    if written < 0:
        assert result.reasons
        return
    assert result.written == written
    assert contents(result.folder).keys() == contents(made(site_project(tmp_path / "anew")).folder).keys()


def test_changed_clinic_changes_its_pages_and_a_dropped_article_goes(tmp_path: Path) -> None:
    project = site_project(tmp_path)
    first = made(project)
    write_brand(project.root, {"meta": {"name": "Dale <Clinic>"}, "defaults": {"handout": {"country": "gb"}}})
    (project.root / "articles/warm-tea.en.md").unlink()
    result = made(project)
    assert result.removed == 2  # its picture, and the same as plain text
    assert all("Hill" not in html and "Dale &lt;Clinic&gt;" in html for html in pages(contents(first.folder)).values())


def test_text_that_says_the_clinics_name_is_rendered_once_for_all_clinics(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = site_project(tmp_path)
    change(project.root / "project.yaml", lambda keys: keys["site"].update(base="https://hill.example/{brand}"))
    change(project.root / "handouts/warm-tea.en.yaml", lambda keys: keys.update(what_it_is="Tea at {clinic} & more."))
    render, rendered = PageFrame.render, list[str]()

    def counted(frame: PageFrame, page: SitePage, root: str = "") -> str:
        rendered.append(page.place.path)
        return render(frame, page, root)

    monkeypatch.setattr(PageFrame, "render", counted)
    made(project)
    (project.root / "brands/dale").mkdir()
    text = (project.root / BRAND).read_text("utf-8").replace("Hill Clinic", "Dale <Clinic>")
    (project.root / "brands/dale/_brand.yml").write_text(text, encoding="utf-8")
    folder = made(project).folder
    assert rendered.count("warm-tea/en/sheet/") == 1
    for slug, name in {"hill": "Hill Clinic", "dale": "Dale &lt;Clinic&gt;"}.items():
        assert f"Tea at {name} &amp; more." in (folder / slug / "warm-tea/en/sheet/index.html").read_text("utf-8")


def test_folder_that_somebody_emptied_is_filled_again_with_the_pages_as_they_were_rendered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = site_project(tmp_path)
    result = made(project)
    before = contents(result.folder)
    for path in result.folder.rglob("*.html"):
        path.unlink()
    monkeypatch.setattr(PageFrame, "render", None)
    made(project)
    assert contents(result.folder) == before


def test_mistakes_stop_the_site_and_leave_the_old_one(tmp_path: Path) -> None:
    project = site_project(tmp_path)
    before = contents(made(project).folder)
    path = project.root / "articles/warm-tea.en.md"
    path.write_text(path.read_text("utf-8").replace("leaf-2020", "pot-1999"), encoding="utf-8")
    result = make_site(project)
    assert any('"pot-1999" may not be cited' in reason for reason in result.reasons)
    assert contents(result.folder) == before


@pytest.mark.parametrize(
    ("base", "said"),
    [
        ("http://clinic.example", "is not an https address"),
        ("clinic.example", "is not an https address"),
        ("https://clinic.example/{slug}", 'not "{slug}"'),
        ("https://{brand}.example", "stands behind the host"),
        ("https://clinic.example/?page=1", "leads into a page"),
    ],
)
def test_address_that_cannot_be_a_site_is_refused(base: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(HandoutError, match=re.escape(said)) as error:
        make_site(site_project(tmp_path), base=base)
    assert "Hint: " in str(error.value)


@pytest.mark.parametrize("base", ["http://localhost:8000", "http://127.0.0.1:8000", "https://clinic.example/handouts/"])
def test_other_address_takes_the_place_of_the_project_s(base: str, tmp_path: Path) -> None:
    result = make_site(site_project(tmp_path), base=base)
    assert result.bases == (base.rstrip("/"),)
    html = (result.folder / ARTICLE).read_text("utf-8")
    assert f'<link rel="canonical" href="{base.rstrip("/")}/warm-tea/en/">' in html


def test_project_without_a_site_is_told_how(tmp_path: Path) -> None:
    project = site_project(tmp_path)
    (project.root / "project.yaml").unlink()
    with pytest.raises(HandoutError, match=r"has no site\. Hint: write into project\.yaml"):
        make_site(project)


def test_several_clinics_have_a_folder_each_and_a_page_above(tmp_path: Path) -> None:
    project = site_project(tmp_path)
    settings = yaml.safe_load((project.root / "project.yaml").read_bytes())
    settings["site"]["base"] += "/{brand}"
    (project.root / "project.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    other = project.root / "brands/dale/_brand.yml"
    other.parent.mkdir()
    other.write_text((project.root / BRAND).read_text("utf-8").replace("Hill", "Dale"), encoding="utf-8")
    result = made(project)
    assert result.bases == ("https://sheets.hill.example/dale", "https://sheets.hill.example/hill")
    files = contents(result.folder)
    top = [part.attributes.get("href") for part in html_parts(files["index.html"].decode()) if part.value == "a"]
    assert [href for href in top if href] == ["dale/", "hill/"]
    assert b"Dale Clinic" in files[f"dale/{ARTICLE}"]
    assert list(broken_links(result.folder, list(read_links(result.folder)))) == []
    assert {"404.html", "robots.txt", "sitemap.xml", "_redirects"} <= files.keys()
    assert "dale/_redirects" not in files
