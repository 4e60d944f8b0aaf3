"""Letters are looked at before they are sent, to one patient or a list, by a real mail server; and each once."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from mail_support.server import Post, mail_server, make_certificates
from starlette.testclient import TestClient
from studio_room import client as client  # noqa: PLC0414
from studio_room import root as root  # noqa: PLC0414
from studio_room import texts_in

TEA = {"brand": "hill", "language": "en", "handout": "warm-tea"}
LIST = "address,name\nmia@patients.example,Mia\nno address,Bob\nsam@patients.example,Sam\n"
OF_FILES = re.compile(r"\b(yaml|slugs?|paths?|keys?|plates?)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Post]:
    with mail_server(make_certificates(tmp_path_factory.mktemp("certificates")), unencrypted=True) as running:
        yield running


def looked_at(client: TestClient, **sent: str) -> tuple[str, str]:
    """The words of the page that shows the letters, and the word by which they are sent."""
    answer = client.post("/mail", data=TEA | sent)
    assert answer.status_code == 200, answer.text
    word = re.search(r'name="letters" value="([\w-]+)"', answer.text)
    return texts_in(answer.text), word[1] if word else ""


def settled(client: TestClient) -> str:
    for _ in range(1200):
        if not client.get("/work").json()["work"]:
            break
        time.sleep(0.05)
    page = texts_in(client.get("/mail").text)
    assert OF_FILES.findall(page) == []
    return page


def test_letters_are_looked_at_and_sent_once_and_a_list_row_by_row(client: TestClient, root: Path, post: Post) -> None:
    assert "Sending mail is not set up yet." in texts_in(client.get("/mail").text)
    refused = client.post("/mail", data=TEA | {"address": "mia@patients.example"})
    assert (refused.status_code, "has no mail address" in refused.text) == (409, True)
    settings = f"sender: desk@hill.example\nserver: {{host: 127.0.0.1, port: {post.port}, security: none}}\n"
    (root / "mail.yaml").write_text(f"{settings}per_minute: 6000\nretry_after: [0.01]\n", encoding="utf-8")
    page, word = looked_at(client, address="mia@patients.example", name="Mia", note="See you on Monday.")
    for words in ("Letters: 1. Nothing is sent yet.", "Mia <mia@patients.example>", "See you on Monday.", "Warm tea"):
        assert words in page
    assert post.delivered == []
    assert "Nothing was mailed yet." in texts_in(client.get("/mail").text)
    assert client.post("/mail/send", data={"letters": "guessed"}).status_code == 409
    assert client.post("/mail/send", data={"letters": word}).headers["location"] == "/mail"
    page = settled(client)
    assert "Sent: 1. Refused: 0." in page
    assert "m…@p… Sent" in page
    (mail,) = post.delivered
    message = message_from_bytes(mail.content, policy=policy.default)
    assert next(message.iter_attachments()).get_content().startswith(b"%PDF-")
    assert client.post("/mail/send", data={"letters": word}).status_code == 409
    a_list_is_read_row_by_row(client, post)


def a_list_is_read_row_by_row(client: TestClient, post: Post) -> None:
    """Whoever was sent the handout before gets none."""
    answer = client.post("/mail", data=TEA, files={"table": ("list.csv", LIST.encode())})
    page = texts_in(answer.text)
    assert "Letters: 1. Nothing is sent yet." in page
    assert "Left out, since they have it already: 1" in page
    assert "Row 3 is left out." in page
    assert "Sam <sam@patients.example>" in page
    word = re.findall(r'name="letters" value="([\w-]+)"', answer.text)[0]
    post.faults["RCPT"] = ["550 no such person"]
    client.post("/mail/send", data={"letters": word})
    assert "Sent: 0. Refused: 1." in settled(client)
    number = re.findall(r'name="letter" value="(\d+)"', client.get("/mail").text)[0]
    client.post("/mail/again", data={"letter": number})
    assert "Sent: 1. Refused: 0." in settled(client)
    assert post.addresses() == ["mia@patients.example", "sam@patients.example"]


@pytest.mark.parametrize("sent", [{"handout": ""}, {"address": ""}])
def test_a_letter_needs_a_handout_and_someone_to_get_it(client: TestClient, sent: dict[str, str]) -> None:
    data = {name: value for name, value in (TEA | {"address": "mia@patients.example"} | sent).items() if value}
    assert client.post("/mail", data=data).status_code == 409


def test_an_address_that_is_none_is_told(client: TestClient) -> None:
    refused = client.post("/mail", data=TEA | {"address": "mia at patients"})
    assert refused.status_code == 409
    assert "address" in texts_in(refused.text)
