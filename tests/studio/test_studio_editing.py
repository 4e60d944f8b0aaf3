"""What is typed is written, and nothing else: byte for byte, beside other writers, and back again."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from press_room import BRAND, HANDOUT, clinic
from starlette.testclient import TestClient
from studio_room import entered, etag_in, project_at

from handoutpress.app.studio.forms.edit_forms import checked_handout, handout_form
from handoutpress.app.studio.forms.form_edits import FieldEdit, data_of, value_at, with_edit
from handoutpress.app.studio.forms.form_fields import FormField
from handoutpress.app.studio.saving import EditedFiles
from handoutpress.content.models.handouts import Handout
from handoutpress.content.project import Project, builtin_root
from handoutpress.yamlfile.problems import HandoutError

TEA = "/handouts/warm-tea/en"
LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20"><rect width="60" height="20" fill="#0a5"/></svg>'
COMMENTED = """\
# Tea, as our nurse gives it.
title: 'Warm tea'   # not hot
practices: [warm-tea]
main_message: >-
  Warm tea may soothe a sore throat
  for a while [@leaf-2020].
what_it_is: {text: "A cup of warm tea.", short: Tea.} # both
what_to_expect: You sip it slowly.
risks:
  items:
    # the one that was counted
    - name: a burnt tongue  # or lip
      count: 3
      of: 100
      per: person
      severity: mild
      references: [leaf-2020]

    - name: a stained shirt
      not_counted: nobody looked
      severity: mild
urgent_help:
  - Get help if you cannot breathe.
tell_us_first: Tell us if you cannot swallow well.
after_care: Rest a little.
alternatives: You may wait; most sore throats pass by themselves.
questions: [How often may I drink it?]
body: [{pairs: {as: do-dont, items: [[Run, Walk]]}}]
version: "1.0"
date: 2026-01-15
author: A. Leaf
# the end
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = clinic(tmp_path)
    (folder / HANDOUT).write_text(COMMENTED, encoding="utf-8")
    return folder


@pytest.fixture
def client(root: Path) -> Iterator[TestClient]:
    with entered(root) as browser:
        yield browser


def send(client: TestClient, etag: str, /, **fields: str) -> Any:
    """Save fields as the page's script does; ``__`` stands for the full stop of a name."""
    data = {name.replace("__", "."): value for name, value in fields.items()}
    return client.post(TEA, data=data, headers={"If-Match": f'"{etag}"', "Accept": "application/json"})


@pytest.mark.parametrize(
    ("name", "typed", "old", "new"),
    [
        ("title", "Hot tea", "'Warm tea'", "'Hot tea'"),
        ("what_it_is.text", "Tea, warm.", '"A cup of warm tea."', '"Tea, warm."'),
        ("what_it_is.short", "", ', short: Tea.} # both', "} # both"),
        ("what_to_expect.text", "You sip.", "You sip it slowly.", "You sip."),
        ("risks.items.0.count", "4", "count: 3", "count: 4"),
        ("risks.items.0.name", "a burn", "a burnt tongue  # or lip", "a burn  # or lip"),
        ("risks.items.1.note", "It washes out.", "mild\nurgent", "mild\n      note: It washes out.\nurgent"),
        ("urgent_help.text", "- Call.\n- Go.", "  - Get help if you cannot breathe.\n", "  - Call.\n  - Go.\n"),
        ("questions.items.0", "How hot?", "How often may I drink it?", '"How hot?"'),
        ("what_to_expect.short", "Sip it.", " You sip it slowly.", "\n  text: You sip it slowly.\n  short: Sip it."),
        ("body.0.pairs.items.0.1", "", "[Run, Walk]", '[Run, ""]'),
        ("body.0.pairs.items.0.0", "Jump", "[Run, Walk]", "[Jump, Walk]"),
        ("date", "2026-02-01", "2026-01-15", "2026-02-01"),
        ("version", "1.1", '"1.0"', '"1.1"'),
        ("subtitle", "At home", "# the end\n", "subtitle: At home\n# the end\n"),
        ("after_care.text", "", "after_care: Rest a little.\n", ""),
        ("reviewed.by", "Dr Oak", "# the end\n", "reviewed:\n  by: Dr Oak\n# the end\n"),
    ],
)  # fmt: skip
def test_a_field_is_written_and_nothing_else(name: str, typed: str, old: str, new: str) -> None:
    location = tuple(int(step) if step.isdigit() else step for step in name.split("."))
    for newline in ("\n", "\r\n"):
        edited = with_edit(Handout, COMMENTED.replace("\n", newline), FieldEdit(location, typed))
        assert edited.replace("\r\n", "\n") == COMMENTED.replace(old, new)
        assert edited.count("\r\n") == (edited.count("\n") if newline == "\r\n" else 0)
        assert value_at(Handout, data_of(edited), location) == typed


def test_a_form_that_was_not_changed_writes_nothing(client: TestClient, root: Path) -> None:
    page = client.get(TEA).text
    sent = dict(re.findall(r'<input id="[^"]+" name="([^"]+)" value="([^"]*)"', page)) | {"etag": etag_in(page)}
    assert len(sent) > 10
    assert client.post(TEA, data=sent).status_code == 303
    assert (root / HANDOUT).read_text("utf-8") == COMMENTED


def leaves(fields: tuple[FormField, ...]) -> Iterator[FormField]:
    for field in fields:
        yield from (part for part in field.walk() if part.widget not in ("group", "list"))


def shipped_edits(count: int, seed: int) -> Iterator[tuple[str, FormField, str]]:
    """Random fields of all shipped handouts, each with the file's text and what is typed into it."""
    drawn = random.Random(seed)
    project = Project(builtin_root(), builtin_root())
    texts = {path.stem: path.read_bytes().decode() for path in sorted((project.root / "handouts").glob("*.yaml"))}
    forms = {
        stem: list(leaves(handout_form(project, stem.partition(".")[0], stem.partition(".")[2], text).fields))
        for stem, text in drawn.sample(sorted(texts.items()), k=min(len(texts), max(3, count // 10)))
    }
    for _ in range(count):
        stem = drawn.choice(sorted(forms))
        field = drawn.choice(forms[stem])
        words = drawn.choice(
            ["New: words, here # now", "“Quoted” – it’s 5 % & more", "- a\n- b", "yes", "12", "line\nline"]
        )
        typed = "2026-03-04" if field.widget == "day" else words if field.widget == "text" else words.partition("\n")[0]
        yield texts[stem], field, typed


def assert_faithful(text: str, field: FormField, typed: str) -> None:
    edited = with_edit(Handout, text, FieldEdit(field.location, typed))
    assert value_at(Handout, data_of(edited), field.location) == typed
    before, after = text.splitlines(), edited.splitlines()
    kept = 0
    while kept < min(len(before), len(after)) and before[kept] == after[kept]:
        kept += 1
    end = 0
    while end < min(len(before), len(after)) - kept and before[-1 - end] == after[-1 - end]:
        end += 1
    # What is not of the value stands as it was: the lines that differ are those of one value, with their comments.
    touched = before[kept : len(before) - end]
    comments = [line.strip() for line in touched if line.strip().startswith("#")]
    assert all(comment in edited for comment in comments)
    if field.is_given:
        assert len(touched) <= len(field.value) // 20 + 8


def test_any_field_of_shipped_handouts_is_written_alone() -> None:
    for edit in shipped_edits(30, 22):
        assert_faithful(*edit)


@pytest.mark.soak
def test_a_thousand_fields_of_shipped_handouts_are_written_alone() -> None:
    for edit in shipped_edits(1000, 2):
        assert_faithful(*edit)


def test_two_who_change_different_fields_both_keep_theirs(client: TestClient, root: Path) -> None:
    etag = etag_in(client.get(TEA).text)
    (root / HANDOUT).write_text(COMMENTED.replace("A. Leaf", "B. Branch"), encoding="utf-8")
    answer = send(client, etag, title="Hot tea")
    assert (answer.status_code, answer.json()["elsewhere"]) == (200, True)
    assert (root / HANDOUT).read_text("utf-8") == COMMENTED.replace("A. Leaf", "B. Branch").replace("'Warm", "'Hot")


def test_two_who_change_one_field_see_both_texts(client: TestClient, root: Path) -> None:
    etag = etag_in(client.get(TEA).text)
    theirs = COMMENTED.replace("'Warm tea'", "'Cold tea'")
    (root / HANDOUT).write_text(theirs, encoding="utf-8")
    assert send(client, etag, title="Hot tea").status_code == 412
    answer = client.post(TEA, data={"etag": etag, "title": "Hot tea", "author": "C. Root"})
    assert answer.status_code == 412
    assert "Hot tea" in answer.text
    assert "Cold tea" in answer.text
    assert (root / HANDOUT).read_text("utf-8") == theirs.replace("A. Leaf", "C. Root")
    now = re.findall(r'name="etag" value="(\w+)"', answer.text)[0]
    assert client.post(TEA, data={"etag": now, "title": "Hot tea"}).status_code == 303
    assert "'Hot tea'" in (root / HANDOUT).read_text("utf-8")


def test_a_save_that_names_no_text_is_refused(client: TestClient) -> None:
    assert client.post(TEA, data={"title": "x"}).status_code == 428


def test_a_text_that_nobody_remembers_overwrites_nothing(client: TestClient, root: Path) -> None:
    assert send(client, "0" * 64, title="Hot tea").status_code == 412
    assert (root / HANDOUT).read_text("utf-8") == COMMENTED


def test_entries_move_go_and_come_as_a_whole(client: TestClient, root: Path) -> None:
    def press(button: str) -> str:
        answer = client.post(TEA, data={"etag": etag_in(client.get(TEA).text), "do": button})
        assert answer.status_code == 303
        return str(answer.headers["location"])

    assert press("down:risks.items.0").endswith("#risks.items.1-entry")
    moved = (root / HANDOUT).read_text("utf-8")
    assert moved.index("stained") < moved.index("burnt tongue  # or lip")
    assert "# the one that was counted" in moved
    assert press("remove:risks.items.0").endswith("#risks.items")
    assert "stained" not in (root / HANDOUT).read_text("utf-8")
    before = (root / HANDOUT).read_text("utf-8")
    shown = client.get(press("add:risks.items.1").partition("#")[0].replace("draw=1", "draw=")).text
    assert 'name="risks.items.1.name"' in shown
    assert (root / HANDOUT).read_text("utf-8") == before
    assert send(client, etag_in(shown), risks__items__1__name="a wet sleeve").status_code == 200
    assert "    - name: a wet sleeve\n" in (root / HANDOUT).read_text("utf-8")


def test_the_last_fifty_changes_are_taken_back_but_not_those_of_others(root: Path) -> None:
    path, files = root / HANDOUT, EditedFiles(Project(root, builtin_root()))

    def write(title: str) -> None:
        files.edit(path, files.read(path).etag, Handout, [FieldEdit(("title",), title)])

    for number in range(52):
        write(f"Tea {number}")
    assert [files.undo(path) for _ in range(51)] == [True] * 50 + [False]
    assert path.read_text("utf-8") == COMMENTED.replace("Warm tea'", "Tea 1'")
    write("Mine")
    others = path.read_text("utf-8").replace("A. Leaf", "B. Branch")
    path.write_text(others, encoding="utf-8")
    assert not files.undo(path)
    assert path.read_text("utf-8") == others


def test_a_clinic_gets_a_number_a_colour_and_a_logo(client: TestClient, root: Path) -> None:
    address = "/clinics/hill"
    etag = etag_in(client.get(address).text)
    typed = {"meta.contacts.0.phone": "01632 960 555", "color.primary.light": "#0a5566"}
    assert client.post(address, data=typed | {"etag": etag}).status_code == 303
    after = (root / BRAND).read_text("utf-8")
    assert after == (
        "meta: {name: Hill Clinic, contacts: [{phone: 01632 960 555}]}\n"
        'defaults: {handout: {country: gb}}\ncolor:\n  primary: "#0a5566"\n'
    )
    shown = client.get(address).text
    assert 'name="meta.contacts.0.phone" value="01632 960 555"' in shown
    upload = client.post(f"{address}/logo", files={"logo": ("C:\\logo.svg", LOGO)}, data={"etag": etag_in(shown)})
    assert upload.status_code == 303
    (kept,) = (root / "brands/hill").glob("logo-*.svg")
    assert kept.read_bytes() == LOGO
    assert (root / BRAND).read_text("utf-8") == f"{after}logo: {kept.name}\n"
    assert client.post(f"{address}/undo").headers["location"].endswith("undone=1")
    assert (root / BRAND).read_text("utf-8") == after


def test_a_handout_is_begun_by_its_title(client: TestClient, root: Path) -> None:
    sent = {"title": "Ice & heat: what  helps?", "kind": "instructions"}
    assert client.post("/new", data=sent).headers["location"] == "/handouts/ice-heat-what-helps/en"
    assert client.post("/new", data=sent).headers["location"] == "/handouts/ice-heat-what-helps-2/en"
    assert (
        client.post("/new", data={"title": "مرحبا", "kind": "exercise"}).headers["location"] == "/handouts/handout/en"
    )
    text = (root / "handouts/ice-heat-what-helps.en.yaml").read_text("utf-8")
    assert data_of(text)["title"] == "Ice & heat: what helps?"
    assert data_of(text)["kind"] == "instructions"
    page = client.get("/handouts/ice-heat-what-helps/en").text
    assert 'value="Ice &amp; heat: what helps?"' in page
    assert "TO WRITE" in page
    assert client.post("/new", data={"title": "x", "kind": "../x"}).status_code == 500


def test_a_block_is_of_one_type_and_a_new_one_begins_by_choosing_it(client: TestClient, root: Path) -> None:
    def pressed(button: str) -> str:
        answer = client.post(TEA, data={"etag": etag_in(client.get(TEA).text), "do": button})
        return client.get(answer.headers["location"].partition("#")[0].replace("draw=1", "draw=")).text

    assert "add:body.0." not in client.get(TEA).text.replace("add:body.0.pairs.", "")
    new = pressed("add:body.1")
    assert "Choose what it is" in new
    assert 'value="add:body.1.exercises"' in new
    chosen = pressed("add:body.1.exercises")
    assert 'name="body.1.exercises.items.0.name"' in chosen
    assert 'name="body.1.exercises.items.0.steps.0"' in chosen
    assert 'value="add:body.1.steps"' not in chosen
    assert 'value="add:body.0.steps"' in pressed("remove:body.0.pairs")
    assert "pairs" not in (root / HANDOUT).read_text("utf-8")


def test_an_exercise_sheet_begins_with_an_exercise(client: TestClient, root: Path) -> None:
    client.post("/new", data={"title": "Neck", "kind": "exercise"})
    page = client.get("/handouts/neck/en").text
    assert '<span class="part-name">Before you start</span>' in page
    assert '<button class="quiet" name="do" value="add:after_care">If it hurts</button>' in page
    assert "Before you start" not in client.get(TEA).text
    assert list(data_of((root / "handouts/neck.en.yaml").read_text("utf-8"))["body"][0]) == ["exercises"]
    assert checked_handout(project_at(root), "neck", "en", (root / "handouts/neck.en.yaml").read_text()).problems == {}


def test_a_handout_that_is_removed_while_it_is_saved_is_told(root: Path) -> None:
    with pytest.raises(HandoutError, match="renamed or removed meanwhile"):
        checked_handout(project_at(root), "gone", "en", "title: Tea\n")


def test_of_many_writers_none_is_overwritten_in_silence(root: Path) -> None:
    """Two studios and one who waits for nobody, at once: what each wrote last stands in the file, whole."""
    path, project = root / HANDOUT, Project(root, builtin_root())
    names = {"title": "Tea", "author": "A. Leaf", "subtitle": ""}

    def write(name: str) -> None:
        files = EditedFiles(project)
        for number in range(25):
            result = files.edit(path, files.read(path).etag, Handout, [FieldEdit((name,), f"{name} {number}")])
            assert not result.conflicts

    threads = [Thread(target=write, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    said = data_of(path.read_text("utf-8"))
    assert {name: said[name] for name in names} == {name: f"{name} 24" for name in names}
    assert path.read_text("utf-8").count("#") == COMMENTED.count("#")
