"""A clinic's page: what is printed beside its contact, the colours of its logo, and what is too pale."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from press_room import BRAND, clinic
from starlette.testclient import TestClient
from studio_room import entered, etag_in, project_at, texts_in

from handoutpress.app.project import open_catalog

HILL = "/clinics/hill"
BEFORE = """\
# ours
meta: {name: Hill Clinic}
color: {primary: '#ffe9a8'}  # of the door
defaults: {handout: {country: gb}}
"""
LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 6 2"><rect width="6" height="2" fill="#0a5566"/></svg>'
OWN = "defaults.handout"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = clinic(tmp_path)
    (folder / BRAND).write_text(BEFORE, encoding="utf-8")
    return folder


@pytest.fixture
def client(root: Path) -> Iterator[TestClient]:
    with entered(root) as browser:
        yield browser


def etag(client: TestClient) -> str:
    return etag_in(client.get(HILL).text)


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (900, 900), "#88a5aa").save(out, "PNG")
    return out.getvalue()


def test_what_stands_beside_the_contact_is_written_and_nothing_else(client: TestClient, root: Path) -> None:
    add = "&".join(f"add={OWN}.{name}" for name in ("people.0", "lines.en", "links.instagram"))
    page = client.get(f"{HILL}?{add}").text
    for label in ("Who treats patients", "Sentences on every handout", "English", "Pages elsewhere", "Instagram"):
        assert label in texts_in(page)
    typed = {
        f"{OWN}.people.0.name": "Ann Leaf",
        f"{OWN}.people.0.role": "Osteopath",
        f"{OWN}.lines.en.feedback": "Tell us how it was.",
        f"{OWN}.links.instagram": "hillclinic",
        f"{OWN}.look": "warm",
    }
    assert all(f'name="{name}"' in page for name in typed)
    assert client.post(HILL, data=typed | {"etag": etag(client)}).status_code == 303
    text = (root / BRAND).read_text("utf-8")
    assert text.startswith("# ours\nmeta: {name: Hill Clinic}\ncolor: {primary: '#ffe9a8'}  # of the door\n")
    brand = open_catalog(project_at(root)).brands["hill"]
    assert [person.name for person in brand.extras.people] == ["Ann Leaf"]
    assert brand.look == "warm"
    assert client.post(HILL, data={f"{OWN}.links.instagram": "", "etag": etag(client)}).status_code == 303
    assert "instagram" not in (root / BRAND).read_text("utf-8")


def test_a_new_contact_shows_its_telephone_at_once_where_the_page_returns_to(client: TestClient) -> None:
    answer = client.post(HILL, data={"do": "add:meta.contacts", "etag": etag(client)})
    address, _, near = answer.headers["location"].partition("#")
    page = client.get(address.replace("draw=1", "draw=")).text
    assert 'name="meta.contacts.0.phone"' in page
    assert f'id="{near}"' in page


def test_pictures_are_printed_where_they_belong(client: TestClient, root: Path) -> None:
    named = {f"{OWN}.people.0.name": "Ann Leaf", "etag": etag(client)}
    assert client.post(HILL, data=named).status_code == 303
    for place, alt in (("photo", "Our front door"), ("mark", "Member of a body"), ("0", "")):
        sent = {"etag": etag(client), "place": place, "alt": alt}
        answer = client.post(f"{HILL}/picture", data=sent, files={"picture": ("a.png", picture())})
        assert answer.status_code == 303
    extras = open_catalog(project_at(root)).brands["hill"].extras
    assert extras.photo
    assert extras.photo.alt == "Our front door"
    assert extras.mark_alt
    page = client.get(HILL).text
    assert f'value="remove:{OWN}.photo"' in page
    assert ".png" not in texts_in(page)
    assert client.post(HILL, data={"do": f"remove:{OWN}.photo", "etag": etag(client)}).status_code == 303
    assert not open_catalog(project_at(root)).brands["hill"].extras.photo


def test_what_lacks_a_file_or_its_words_says_so(client: TestClient, root: Path) -> None:
    for address, sent, files in (
        ("logo", {}, {"other": b""}),
        ("picture", {"place": "photo", "alt": " "}, {"picture": ("a.png", picture())}),
        ("picture", {"place": "mark", "alt": "A mark"}, {"other": b""}),
    ):
        answer = client.post(f"{HILL}/{address}", data={"etag": etag(client), **sent}, files=files)
        assert answer.status_code == 415
        assert "Choose a file first" in texts_in(answer.text)
    wrong = {"etag": etag(client), "place": "7", "alt": "x"}
    assert client.post(f"{HILL}/picture", data=wrong, files={"picture": ("a.png", picture())}).status_code == 409
    assert (root / BRAND).read_text("utf-8") == BEFORE


def test_a_logos_colours_are_proposed_and_taken(client: TestClient, root: Path) -> None:
    assert "Colours of the logo" not in texts_in(client.get(HILL).text)
    client.post(f"{HILL}/logo", files={"logo": ("a.svg", LOGO)}, data={"etag": etag(client)})
    page = client.get(HILL).text
    assert 'fill="#0a5566"' in page
    assert client.post(f"{HILL}/colours", data={"etag": etag(client)}).status_code == 303
    assert open_catalog(project_at(root)).brands["hill"].colours.primary == "#0a5566"
    assert "Colours of the logo" not in texts_in(client.get(HILL).text)
    assert client.post(f"{HILL}/colours", data={}).status_code == 428


def test_a_colour_that_is_too_pale_is_told_and_shown(client: TestClient) -> None:
    page = client.get(HILL).text
    assert "Primary #ffe9a8 is too pale for text on white" in texts_in(page)
    assert 'fill="#ffe9a8"' in page
    told = client.get(f"{HILL}/remarks").json()["remarks"]
    assert "too pale" in told["color.primary.light"][0]
    assert client.get("/clinics/nobody/remarks").status_code == 404
    assert client.get("/clinics/nobody/changes").status_code == 404
