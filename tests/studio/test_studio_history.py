"""Each save as one commit, with a real Git: that file alone, under a person's name; nothing of the folder is run."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from press_room import BRAND, HANDOUT, clinic
from starlette.testclient import TestClient
from studio_room import entered, etag_in, texts_in

TEA = "/handouts/warm-tea/en"
OTHER = "handouts/honey.en.yaml"


def git(root: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=root, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = clinic(tmp_path)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "config", "user.name", "Set Up")
    git(folder, "config", "user.email", "set-up@clinic.example")
    (folder / ".gitignore").write_text(".handoutpress/\n", encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Begin")
    return folder


@pytest.fixture
def client(root: Path) -> Iterator[TestClient]:
    with entered(root) as browser:
        yield browser


def switch_on(client: TestClient, person: str = "Mia Desk") -> None:
    assert client.post("/history", data={"on": "yes", "person": person}).status_code == 303


def save(client: TestClient, **fields: str) -> None:
    etag = etag_in(client.get(TEA).text)
    assert client.post(TEA, data={"etag": etag} | fields).status_code == 303


def commits(root: Path) -> list[str]:
    return git(root, "log", "--format=%an <%ae> %s", "--reverse").splitlines()


def test_it_is_off_until_someone_switches_it_on(client: TestClient, root: Path) -> None:
    save(client, title="Hot tea")
    assert len(commits(root)) == 1
    assert 'value="Set Up"' in client.get("/history").text
    assert client.post("/history", data={"on": "yes", "person": " "}).status_code == 428
    switch_on(client)
    assert (root / "project.yaml").read_text("utf-8") == "studio:\n  history: true\n"
    save(client, title="Warm tea again")
    assert "Change warm-tea (en)" in texts_in(client.get("/history").text)
    assert client.post("/history", data={"person": "Mia Desk"}).status_code == 303
    save(client, title="Tea")
    assert len(commits(root)) == 2


def test_a_save_is_one_commit_of_that_file_and_what_a_person_has_staged_stays(client: TestClient, root: Path) -> None:
    switch_on(client)
    honey = (root / OTHER).read_text("utf-8")
    (root / OTHER).write_text(f"{honey}# staged\n", encoding="utf-8")
    git(root, "add", OTHER)
    (root / OTHER).write_text(f"{honey}# staged\n# and more\n", encoding="utf-8")
    (root / "notes.txt").write_text("mine", encoding="utf-8")
    before = git(root, "diff", "--cached")
    save(client, title="Hot tea")
    assert commits(root)[1:] == ["Mia Desk <set-up@clinic.example> Change warm-tea (en)"]
    assert git(root, "show", "--name-only", "--format=").split() == [HANDOUT]
    assert "title: Hot tea" in git(root, "show", f"HEAD:{HANDOUT}")
    assert git(root, "diff", "--cached") == before
    status = git(root, "status", "--porcelain").splitlines()
    assert status == [f"MM {OTHER}", "?? notes.txt", "?? project.yaml"]
    client.post(f"{TEA}/undo")
    assert len(commits(root)) == 3
    assert git(root, "show", f"HEAD:{HANDOUT}") == git(root, "show", f"HEAD~2:{HANDOUT}")


def test_what_a_person_has_staged_of_the_same_file_stays_staged(client: TestClient, root: Path) -> None:
    switch_on(client)
    text = (root / HANDOUT).read_text("utf-8")
    (root / HANDOUT).write_text(f"{text}# staged\n", encoding="utf-8")
    git(root, "add", HANDOUT)
    staged = git(root, "show", f":{HANDOUT}")
    save(client, title="Hot tea")
    assert git(root, "show", f":{HANDOUT}") == staged
    assert "title: Hot tea" in git(root, "show", f"HEAD:{HANDOUT}")


def test_a_logo_and_a_new_handout_are_kept_with_their_files(client: TestClient, root: Path) -> None:
    switch_on(client)
    logo = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 6 2"><rect width="6" height="2" fill="#0a5"/></svg>'
    etag = etag_in(client.get("/clinics/hill").text)
    assert client.post("/clinics/hill/logo", files={"logo": ("a.svg", logo)}, data={"etag": etag}).status_code == 303
    kept = git(root, "show", "--name-only", "--format=").split()
    assert kept[0] == BRAND
    assert kept[1].startswith("brands/hill/logo-")
    client.post("/new", data={"title": "Ice", "kind": "instructions"})
    assert git(root, "show", "--name-only", "--format=%s").split() == ["Change", "ice", "(en)", "handouts/ice.en.yaml"]


def test_nothing_that_the_folder_brings_is_run_and_a_merge_is_left_alone(client: TestClient, root: Path) -> None:
    switch_on(client)
    ran = root / "ran"
    for name in ("pre-commit", "post-commit", "reference-transaction"):
        hook = root / ".git/hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\ntouch '{ran}'\n", encoding="utf-8")
        hook.chmod(0o755)
    for key, value in (
        ("core.fsmonitor", f"touch '{ran}'; false"),
        ("filter.evil.clean", f"touch '{ran}'; cat"),
        ("commit.gpgsign", "true"),
        ("gpg.program", f"touch '{ran}'"),
    ):
        git(root, "config", key, value)
    (root / ".gitattributes").write_text("*.yaml filter=evil\n", encoding="utf-8")
    save(client, title="Hot tea")
    assert not ran.exists()
    assert len((root / ".git/logs/HEAD").read_text("utf-8").splitlines()) == 2
    (root / ".git/MERGE_HEAD").write_text(f"{'0' * 40}\n", encoding="utf-8")
    save(client, title="Cold tea")
    assert "title: Cold tea" in (root / HANDOUT).read_text("utf-8")
    assert len((root / ".git/logs/HEAD").read_text("utf-8").splitlines()) == 2
    assert "could not be kept here" in texts_in(client.get("/history").text)


def test_a_folder_without_a_repository_says_so(tmp_path: Path) -> None:
    with entered(clinic(tmp_path)) as client:
        assert "is no Git repository" in texts_in(client.get("/history").text)
