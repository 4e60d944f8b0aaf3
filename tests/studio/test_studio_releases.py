"""Approving, releasing and recalling from the page, as the commands do it; and what stands in the way."""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from press_room import CASES, HANDOUT, change
from starlette.testclient import TestClient
from studio_room import client as client  # noqa: PLC0414
from studio_room import project_at, texts_in

from handoutpress.app.release import ReleaseResult
from handoutpress.app.studio.giving_out import Subject, subject_of
from handoutpress.app.studio.long_work import LongWork, WorkProgress
from handoutpress.app.studio.shelf import read_shelf
from handoutpress.batch.releases.release_folder import ReleaseFolder
from handoutpress.studio import release_page
from handoutpress.studio.release_page import ReleasePage
from handoutpress.studio.studio import Studio
from handoutpress.yamlfile.problems import HandoutError

OF_FILES = re.compile(r"\b(yaml|slugs?|paths?|keys?|plates?)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release") / "clinic"
    shutil.copytree(CASES / "release", folder)
    shutil.rmtree(folder / "brands/hill")
    return folder


def ended(client: TestClient, address: str) -> str:
    """What the page says once the work is done."""
    for _ in range(2400):
        if not client.get("/work").json()["work"]:
            break
        time.sleep(0.05)
    page = texts_in(client.get(address).text)
    assert OF_FILES.findall(page) == []
    return page


def states(root: Path) -> list[str]:
    return [state.name for state in read_shelf(project_at(root)).items[0].states]


def test_pages_are_made_approved_released_and_recalled(client: TestClient, root: Path) -> None:
    assert "Nothing is released yet." in texts_in(client.get("/release").text)
    refused = client.post("/release/approve", data={"clinic": "vale", "name": "V. Owner"})
    assert refused.status_code == 409
    assert "Make all pages first" in refused.text
    assert client.post("/release/make").headers["location"] == "/release"
    assert client.post("/release/make").status_code == 409  # one at a time
    page = ended(client, "/release")
    assert "Vale Clinic : The brand demands approval. Nobody has approved its PDFs." in page
    assert ReleaseFolder(root).current is None
    assert client.post("/release/approve", data={"clinic": "vale", "name": "V. Owner"}).status_code == 303
    assert "Vale Clinic: approved by V. Owner" in texts_in(client.get("/release").text)
    assert states(root) == ["reviewed", "approved"]
    assert client.post("/release/keep", data={"name": "first"}).status_code == 428
    sent = {"name": "first", "handout": ["warm-tea"]}
    assert client.post("/release/keep", data=sent).headers["location"] == "/release?kept=1"
    assert "“first” is released. Patients get it now." in ended(client, "/release?kept=1")
    assert states(root) == ["reviewed", "approved", "current"]
    current = ReleaseFolder(root).current
    assert current
    signs = current.files[0].label.content_hash
    assert "Warm tea · en · 1.0: Given to patients" in texts_in(client.get(f"/release?signs={signs.upper()}").text)
    assert client.get("/release/recall?handout=nothing").status_code == 404
    assert signs in client.get("/release/recall?handout=warm-tea").text
    assert "Nothing here" in client.get("/release/recall?handout=warm-tea&below=1.0").text
    assert ReleaseFolder(root).current
    assert client.post("/release/recall", data={"handout": "warm-tea", "below": ""}).status_code == 303
    assert states(root) == ["recalled", "reviewed", "approved"]
    assert "1.0: Recalled" in texts_in(client.get(f"/release?signs={signs}").text)
    back = client.post("/release/current", data={"name": "first"})
    assert (back.status_code, "was recalled on" in back.text) == (409, True)


def test_what_stands_in_the_way_is_told_with_the_handouts_title(client: TestClient, root: Path) -> None:
    change(root / HANDOUT, lambda keys: keys.update(version="1.1", title="Hot tea", reviewed=None))
    assert client.post("/release/keep", data={"handout": "warm-tea"}).status_code == 303
    page = ended(client, "/release?kept=1")
    assert "Hot tea – Clinical review : No clinician has reviewed this handout." in page
    assert "After a review, add “Clinical review” with “By whom”, “On which day” and “Next review”." in page
    assert "Something still stands in the way." in page
    link = re.findall(r'href="(/handouts/warm-tea/en[^"#]+)#reviewed"', client.get("/release").text)[0]
    assert 'name="reviewed.by"' in client.get(link.replace("&amp;", "&")).text
    assert "approved" not in states(root)


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("handouts/warm-tea.zh-Hans.yaml:3:1: It is wrong.", Subject("warm-tea", "zh-Hans", line=3, column=1)),
        ("brands/vale/_brand.yml: It is wrong.", Subject("vale")),
        ("It is wrong: handouts/warm-tea.en.yaml", None),
        (
            "/a b/dist/vale/en+ar/a4-leaflet/tea.pdf, page 2, at 1 × 2 mm: 4 words. Hint: the font. [text.missing]",
            Subject("tea", "en", "vale/en+ar/a4-leaflet/tea.pdf"),
        ),
        ("dist/vale/en/a6-card/tea.pdf: An address. Hint: change it. [address.placeholder]", Subject("tea", "en")),
    ],
)
def test_a_sentence_is_about_a_handout_or_a_clinic(sentence: str, subject: Subject | None) -> None:
    assert subject_of(sentence) == subject


def test_long_work_tells_how_it_ended() -> None:
    work = LongWork()

    def fails(tell: object) -> None:
        assert work.progress == WorkProgress("making", 0, 0)
        raise HandoutError("First.\nSecond.")

    assert work.begin("release", fails)
    while work.progress is not None:
        time.sleep(0.01)
    done = work.done("release")
    assert done
    assert (work.progress, done.sentences) == (None, ("First.", "Second."))
    assert work.done("mail") is None


def test_what_stands_in_the_way_of_others_stays_told_after_a_release(monkeypatch: pytest.MonkeyPatch) -> None:
    of_tea, of_ice = (f"handouts/{name}.en.yaml:3:1: No clinician has reviewed it." for name in ("tea", "ice"))
    results = [ReleaseResult("", Path(), (of_tea, of_ice)), ReleaseResult("first", Path(), files=1)]
    monkeypatch.setattr(release_page, "make_release", lambda *_, **__: results.pop(0))
    page = ReleasePage(cast(Studio, SimpleNamespace(project=None)))
    page._try("", (), print, keep=False)
    page._try("first", ("tea",), print, keep=True)
    assert page._standing == (of_ice,)
