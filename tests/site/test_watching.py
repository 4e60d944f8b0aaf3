"""The watch over a site: what is missing or dead is found and told, and nothing else."""

from __future__ import annotations

import re
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from press_room import caller, change
from registry_server import Registry, serving, work
from site_room import contents, made, released, site_project

from handoutpress.app.build_settings import BuildResult
from handoutpress.app.project import open_catalog
from handoutpress.app.references import Registries
from handoutpress.app.site.checking import check_live, check_site
from handoutpress.app.site.making import make_site
from handoutpress.app.site.opening import OpenSite
from handoutpress.app.site.serving import site_server
from handoutpress.content.project import Project
from handoutpress.site.probing import Prober
from handoutpress.site.zipping import zip_site
from handoutpress.yamlfile.problems import HandoutError

ARTICLE = "articles/warm-tea.en.md"


@contextmanager
def shown(folder: Path, port: int = 0) -> Iterator[int]:
    server = site_server(folder, port=port)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def answer(port: int, path: str, method: str = "GET") -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path)
    response = connection.getresponse()
    told = response.status, response.read()
    connection.close()
    return told


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = site_project(tmp_path_factory.mktemp("watched"))
    released(project, "one")
    made(project)
    return project


def test_right_site_has_no_fault(project: Project) -> None:
    checked = check_site(project)
    assert checked.faults == ()
    assert checked.printed == 8  # two codes for each of two texts, released and built
    assert checked.summary.endswith("all lead somewhere.")


def test_missing_page_of_a_code_and_dead_links_are_told(tmp_path: Path) -> None:
    project = site_project(tmp_path)
    codes = released(project, "one")
    folder = made(project).folder
    for path in folder.glob(f"[cC]/*{codes[0].content_hash[1:]}/index.html"):
        path.unlink()
    for path in folder.glob(f"[cC]/*{codes[0].content_hash[1:].upper()}/index.html"):
        path.unlink()
    page = folder / "honey/index.html"
    page.write_text(page.read_text("utf-8").replace('href="en/"', 'href="eng/"'), encoding="utf-8")
    faults = check_site(project).faults
    assert (
        f"{codes[0].address}: the release one prints it, and c/{codes[0].content_hash}/index.html is not there."
        in faults
    )
    assert "honey/index.html: The link eng/ leads nowhere." in faults


def test_folder_without_a_site_is_told(tmp_path: Path) -> None:
    with pytest.raises(HandoutError, match="There is no site in"):
        check_site(site_project(tmp_path))


def test_server_shows_pages_in_both_cases_and_no_more(project: Project) -> None:
    folder = project.root / "site"
    signs = next(path.name for path in (folder / "c").iterdir())
    with shown(folder) as port:
        for path in ("/", "/warm-tea/en/", f"/c/{signs}/", f"/C/{signs.upper()}/", f"/C/{signs.upper()}/R/"):
            assert answer(port, path)[0] == 200, path
        assert answer(port, f"/C/{signs.upper()}")[0] == 301  # as printed, without the slash
        assert answer(port, "/.well-known/security.txt")[0] == 200
        for path in ("/.handouts/site.json", "/c/", "/nothing/", "/../project.yaml", "/%2e%2e/project.yaml"):
            code, page = answer(port, path)
            assert (code, b"This page is not here." in page) == (404, True), path
        assert answer(port, "/nothing", "HEAD") == (404, b"")


def test_site_stands_in_a_folder_of_a_website(tmp_path: Path) -> None:
    project = site_project(tmp_path)
    change(project.root / "project.yaml", lambda keys: keys["site"].update(base="https://hill.example/handouts"))
    website = tmp_path / "website"
    make_site(project, out=website / "handouts")
    codes = {urlsplit(place.address).path for place in OpenSite(open_catalog(project)).printed()}
    missing = (website / "handouts/404.html").read_text("utf-8")
    linked = set(re.findall(r'(?:href|src)="(/[^"]*)"', missing))
    assert codes
    assert linked
    with shown(website) as port:
        for path in codes | linked:
            assert path == path.lower()
            assert answer(port, path.rstrip("/") + "/" if path in codes else path)[0] == 200, path
        assert answer(port, "/handouts/warm-tea/en/")[0] == 200


def test_port_in_use_is_told(project: Project) -> None:
    with shown(project.root / "site") as port, pytest.raises(HandoutError, match="--port"):
        site_server(project.root / "site", port=port)


def test_live_check_finds_dead_links_and_dead_codes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handoutpress.app.site.checking.verify_references", lambda *_, **__: ())
    project = site_project(tmp_path)
    with shown(tmp_path / "project/site") as port:
        here = f"http://127.0.0.1:{port}"
        change(project.root / "project.yaml", lambda keys: keys["site"].update(base=here))
        path = project.root / ARTICLE
        links = f"[A]({here}/warm-tea/en/) and [B]({here}/gone)."
        path.write_text(path.read_text("utf-8").replace("By heat", f"{links} By heat"), encoding="utf-8")
        folder = made(project).folder
        (fault,) = check_live(project, prober=Prober(pause=0))
        assert fault == f"warm-tea/en/index.html: It leads to {here}/gone, and it answers 404."
        for page in folder.glob("c/*/r/index.html"):
            page.unlink()
        faults = list(check_live(project, prober=Prober(pause=0)))
        assert len([fault for fault in faults if "prints it, and it answers 404." in fault]) == 2


LEAF = work("10.1000/leaf", "Tea and throats", "Leaf", 2020, "Tea")
PULLED = work("10.1000/leaf", "RETRACTED: Tea and throats", "Leaf", 2020, "Tea")
SOIL = work("10.1000/soil", "Soil and its worms", "Elm", 2001, "Soil")
PLANTED = {
    "nothing": (LEAF, "10.1000/leaf", ""),
    "a retraction": (
        PULLED,
        "10.1000/leaf",
        'The reference "leaf-2020" was retracted. Hint: write "custom: {status: retracted}"',
    ),
    "an altered DOI": (LEAF, "10.1000/soil", 'The reference "leaf-2020" is another paper by its numbers.'),
}


@pytest.mark.parametrize("what", PLANTED)
def test_planted_fault_of_a_reference_is_found(what: str, tmp_path: Path) -> None:
    entry, doi, told = PLANTED[what]
    project = site_project(tmp_path)
    change(project.root / "references.yaml", lambda entries: entries[0].update(DOI=doi))
    made(project)
    with serving(Registry(works={"10.1000/leaf": entry, "10.1000/soil": SOIL})) as registry:
        asked = Registries(crossref=registry.address, pubmed=registry.address)
        no_web = Prober(pause=0)
        no_web.fault = lambda address: ""  # type: ignore[method-assign]
        faults = list(check_live(project, registries=asked, prober=no_web))
    assert len(faults) == bool(told)
    assert all(told in fault for fault in faults)


def test_zip_is_the_site_and_the_same_each_time(project: Project) -> None:
    folder = project.root / "site"
    path = zip_site(folder)
    first = path.read_bytes()
    assert zip_site(folder).read_bytes() == first
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
    assert names == {name for name in contents(folder) if not name.startswith(".handouts/")}


def test_with_no_command_the_site_is_made_too(
    project: Project, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("handoutpress.cli.build.build_handouts", lambda *_, **__: BuildResult(()))
    call = caller(project.root, monkeypatch, capfd)
    code, said, _ = call()
    assert (code, said.partition(":")[0]) == (0, "The site is in site")
    (project.root / "project.yaml").rename(project.root / "project.bak")
    try:
        assert call()[:2] == (0, "")
    finally:
        (project.root / "project.bak").rename(project.root / "project.yaml")


def test_commands_say_what_they_did(
    project: Project, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    call = caller(project.root, monkeypatch, capfd)
    assert call("site")[:2] == (
        0,
        "The site is in site: 0 files written, 30 as before.\nIts first page is for https://sheets.hill.example/.\n",
    )
    code, said, _ = call("site", "--check")
    assert (code, said.endswith("all lead somewhere.\n")) == (0, True)
    assert call("site", "--live")[0] == 2
    assert call("site", "--base", "ftp://x")[0] == 1
