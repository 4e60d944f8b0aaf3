"""Who gets in, and what does not: each attack on a page that is open on someone's computer."""

from __future__ import annotations

import io
import re
import zipfile
from contextlib import suppress
from pathlib import Path
from secrets import token_urlsafe
from typing import Any, cast
from zlib import crc32

import pytest
from PIL import Image
from press_room import BRAND, HANDOUT, clinic
from starlette.routing import Route
from starlette.testclient import TestClient
from studio_room import HOST, browser_of, entered, etag_in
from studio_room import client as client  # noqa: PLC0414
from studio_room import root as root  # noqa: PLC0414

from handoutpress.app.studio.forms.form_edits import FieldEdit, with_edit
from handoutpress.app.studio.forms.form_fields import location_of
from handoutpress.cli import main
from handoutpress.content.brand.keys import BrandFile
from handoutpress.content.models.handouts import Handout
from handoutpress.studio.guard import MAX_BODY
from handoutpress.yamlfile.editing import UneditableError

TEA = "/handouts/warm-tea/en"
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'>"


def test_the_token_lets_one_browser_in_once(root: Path) -> None:
    with browser_of(root) as (client, access):
        assert client.get("/").status_code == 401
        assert client.get("/enter?token=" + "a" * 43).status_code == 401
        assert client.get("/enter?token=").status_code == 401
        answer = client.get(f"/enter?token={access.token}")
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert client.get("/").status_code == 200
        client.cookies.clear()
        assert client.get(f"/enter?token={access.token}").status_code == 401
        client.cookies.set(access.cookie, access.token)
        assert client.get("/").status_code == 401


@pytest.mark.parametrize("host", ["evil.example:8710", "127.0.0.1", "localhost.evil.example:8710", ""])
def test_another_name_of_this_computer_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": f"http://{HOST}"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
        ({"Origin": f"http://{HOST}"}, 428),
        ({"Sec-Fetch-Site": "same-origin"}, 428),
    ],
)
def test_what_another_page_sends_is_refused(client: TestClient, headers: dict[str, str], status: int) -> None:
    own = client.headers.pop("Sec-Fetch-Site")
    try:
        assert client.post(TEA, data={"title": "Changed"}, headers=headers).status_code == status
    finally:
        client.headers["Sec-Fetch-Site"] = own


@pytest.mark.parametrize("address", ["/", TEA, "/clinics/hill", "/nowhere", "/static/studio.css", "/enter"])
def test_every_answer_carries_the_policy(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["content-security-policy"]
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


def addresses(client: TestClient, method: str) -> list[str]:
    """Every address that the studio answers by a method, with names that the project has."""
    app = cast(Any, client.app)._app
    routes = [route for route in app.routes if isinstance(route, Route) and method in (route.methods or ())]
    names = {"handout": "warm-tea", "language": "en", "brand": "hill", "digest": "0" * 64}
    found = [re.sub(r"\{(\w+)\}", lambda name: names[name[1]], route.path) for route in routes]
    assert len(found) > 10
    return found


def own_files(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*") if path.is_file() and ".handoutpress" not in path.parts)


def test_every_address_is_closed_to_others(client: TestClient, root: Path) -> None:
    before = {path: path.read_bytes() for path in own_files(root)}
    for address in addresses(client, "POST"):
        for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "", "Origin": "https://evil.example"}):
            assert client.post(address, data={"title": "x", "etag": "x"}, headers=headers).status_code == 403, address
        assert client.post(address, headers={"Host": "evil.example:8710"}).status_code == 421, address
    with browser_of(root) as (stranger, _):
        for address in addresses(stranger, "GET"):
            assert stranger.get(address).status_code == 401, address
        for address in addresses(stranger, "POST"):
            assert stranger.post(address).status_code == 401, address
    assert before == {path: path.read_bytes() for path in before}


def test_a_token_is_not_guessed_and_guessing_closes_nobody_out(root: Path) -> None:
    with browser_of(root) as (client, access):
        right = access.token
        guesses = [
            right[:-1],
            right + "a",
            right.swapcase(),
            right[::-1],
            "é",
            *(token_urlsafe(32) for _ in range(200)),
        ]
        for guess in guesses:
            assert client.get("/enter", params={"token": guess}).status_code == 401
        client.cookies.set(access.cookie, token_urlsafe(32))
        assert client.get("/").status_code == 401
        client.cookies.clear()
        assert client.get(f"/enter?token={right}").status_code == 303


def test_pages_obey_their_own_policy(client: TestClient) -> None:
    for address in ("/", TEA, "/clinics/hill"):
        page = client.get(address).text
        assert "style=" not in page
        assert " on" not in page.replace(" on the", "").partition("<body>")[0]
        assert page.count("<script") == page.count('<script src="/static/')


def test_too_much_is_refused(client: TestClient, root: Path) -> None:
    before = sorted((root / "brands/hill").iterdir())
    upload = {"logo": ("logo.png", b"\x89PNG\r\n\x1a\n" + b"0" * MAX_BODY, "image/png")}
    assert client.post("/clinics/hill/logo", files=upload, data={"etag": "x"}).status_code == 413
    for size in ("100000000", "20000001", "-1", "1e3"):
        head = {"Content-Length": size}
        assert client.post("/clinics/hill/logo", content=b"", headers=head).status_code == 413
    parts = (b"title=" + b"a" * 1_000_000 for _ in range(21))
    head = {"Content-Type": "application/x-www-form-urlencoded"}
    assert client.post(TEA, content=parts, headers=head).status_code == 413
    assert sorted((root / "brands/hill").iterdir()) == before


@pytest.mark.parametrize(
    "address",
    [
        "/handouts/..%2f..%2fetc%2fpasswd/en",
        "/handouts/warm-tea/..%2fen",
        "/clinics/..%2f..%2fbrands%2fhill",
        "/clinics/default",
        "/clinics/hill%00",
        "/static/..%2fapplication.py",
        "/static/../application.py",
        "/drawn/..%2f..%2fx.png",
        "/pdf?handout=../x&language=en&brand=hill&format=a4-leaflet",
        "/pdf?handout=warm-tea&language=en&brand=../hill&format=a4-leaflet",
    ],
)
def test_no_address_leads_out_of_the_project(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("name", ["__class__", "answers.cdc-4", "title.0", "risks.items.9.name", "body.0.nothing", "."])
def test_what_is_no_field_is_refused(client: TestClient, root: Path, name: str) -> None:
    before = (root / HANDOUT).read_bytes()
    etag = etag_in(client.get(TEA).text)
    assert client.post(TEA, data={name: "x", "etag": etag}).status_code == 409
    assert (root / HANDOUT).read_bytes() == before


def test_markup_in_every_field_is_text(tmp_path: Path) -> None:
    root = clinic(tmp_path)
    for address, path, model in ((TEA, root / HANDOUT, Handout), ("/clinics/hill", root / BRAND, BrandFile)):
        text = path.read_text("utf-8")
        with entered(root) as client:
            page = client.get(address).text
            names = re.findall(r'<(?:input|textarea|select) id="[^"]+" name="([\w.-]+)"', page)
            assert len(names) > 3
            spoilt = text
            for name in names:
                with suppress(UneditableError, KeyError):
                    spoilt = with_edit(model, spoilt, FieldEdit(location_of(name), SCRIPT))
            assert spoilt.count("alert(1)") > 2
            path.write_text(spoilt, encoding="utf-8")
            for shown in (client.get(address).text, client.get("/").text):
                assert "<script>alert" not in shown
                assert "<img src=x" not in shown
        path.write_text(text, encoding="utf-8")


def test_markup_in_a_field_is_text(tmp_path: Path) -> None:
    root = clinic(tmp_path)
    with entered(root) as client:
        for address, names in (
            (TEA, ("title", "main_message.text", "risks.items.0.name")),
            ("/clinics/hill", ("meta.name.full",)),
        ):
            etag = etag_in(client.get(address).text)
            answer = client.post(address, data={"etag": etag} | dict.fromkeys(names, SCRIPT))
            assert answer.status_code == 303
        for address in (TEA, "/clinics/hill", "/clinics", "/"):
            page = client.get(address).text
            assert "<script>alert" not in page
            assert "<img src=x" not in page


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd' width='9' height='9'/></svg>",
        b"<html><script>alert(1)</script></html>",
        b"%PDF-1.7",
        b"",
    ],
)
def test_a_logo_that_is_none_is_refused_and_not_kept(client: TestClient, root: Path, content: bytes) -> None:
    before = {path: path.read_bytes() for path in (root / "brands/hill").iterdir()}
    etag = etag_in(client.get("/clinics/hill").text)
    answer = client.post("/clinics/hill/logo", files={"logo": ("../../logo.svg", content)}, data={"etag": etag})
    assert answer.status_code in (415, 428)
    assert {path: path.read_bytes() for path in (root / "brands/hill").iterdir()} == before


def bomb_picture() -> bytes:
    """A PNG of a few kilobytes that says it is 60,000 × 60,000 pixels."""
    out = io.BytesIO()
    Image.new("1", (8, 8)).save(out, "PNG")
    raw = out.getvalue()
    head = b"IHDR" + (60_000).to_bytes(4, "big") * 2 + raw[24:29]
    return raw[:12] + head + crc32(head).to_bytes(4, "big") + raw[33:]


def bomb_document() -> bytes:
    """A Word file of some kilobytes that unpacks to 300 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("word/document.xml", "w") as part:
        for _ in range(300):
            part.write(b" " * 1_000_000)
    return out.getvalue()


def test_bombs_are_refused(client: TestClient, root: Path) -> None:
    before = own_files(root)
    etag, tag = etag_in(client.get("/clinics/hill").text), etag_in(client.get(TEA).text)
    deep = b"<svg xmlns='http://www.w3.org/2000/svg'>" + b"<g>" * 50_000 + b"</g>" * 50_000 + b"</svg>"
    laughs = (
        b"<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'>"
        + b"".join(b"<!ENTITY %c '%s'>" % (98 + at, b"&%c;" % (97 + at) * 10) for at in range(9))
        + b"]><svg xmlns='http://www.w3.org/2000/svg'><text>&j;</text></svg>"
    )
    for content in (bomb_picture(), deep, laughs):
        logo = client.post("/clinics/hill/logo", files={"logo": ("a", content)}, data={"etag": etag})
        assert logo.status_code == 415
        sent = {"etag": tag, "alt": "A picture"}
        assert client.post(f"{TEA}/picture", files={"picture": ("a.png", content)}, data=sent).status_code == 415
    text = {"text": ("a.docx", bomb_document())}
    assert client.post("/import", files=text, data={"language": "en", "kind": "treatment"}).status_code == 415
    assert own_files(root) == before


def test_a_stylesheet_of_the_project_is_not_the_pages(client: TestClient, root: Path) -> None:
    (root / "templates").mkdir()
    (root / "templates/shelf.html").write_text("mine", encoding="utf-8")
    assert "mine" not in client.get("/").text


def test_it_opens_on_no_other_address(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "sys.argv", ["handouts", "studio", "--host", "192.0.2.7", "--no-browser", "--project", str(clinic(tmp_path))]
    )
    assert main() == 1
    assert "one machine: accounts and hosting come later" in capsys.readouterr().err
