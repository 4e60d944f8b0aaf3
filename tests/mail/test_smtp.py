"""A real mail server on loopback: what it takes is compared byte for byte, and it fails at every step."""

from __future__ import annotations

import email
from collections.abc import Iterator
from email import policy
from pathlib import Path
from typing import Any

import pytest
from mail_support import sample_mail
from mail_support.server import HERE, PASSWORD, STEPS, USER, Certificates, Post, mail_server, make_certificates
from pydantic import ValidationError

from handoutpress.content.models.mail_settings import MailSettings, Server
from handoutpress.content.models.mailboxes import MailError
from handoutpress.mail.letters import to_bytes
from handoutpress.mail.outbox import Outbox, open_outbox
from handoutpress.mail.sending import Pace, SendingResult, send_waiting
from handoutpress.mail.smtp import NO_UTF8, SmtpTransport, password_for
from handoutpress.mail.transports import DeliveryResult, UnreachableError

PACE = Pace(per_minute=6000, retry_after=(1, 2))


def server(post: Post, certificates: Certificates, **changes: Any) -> Server:
    usual: dict[str, Any] = {"host": HERE, "port": post.port, "username": USER, "ca_file": certificates.authority}
    return Server(**(usual | {"timeout": 5, "final_timeout": 5} | changes))


@pytest.fixture
def transport(post: Post, certificates: Certificates) -> Iterator[SmtpTransport]:
    with SmtpTransport(server(post, certificates), PASSWORD) as opened:
        yield opened


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    with open_outbox(tmp_path / "outbox.sqlite", sample_mail.FixedClock().now) as opened:
        yield opened


def run(outbox: Outbox, transport: SmtpTransport) -> SendingResult:
    return send_waiting(outbox, transport, PACE, sample_mail.FixedClock().clock, lambda event: None)


def states(outbox: Outbox) -> list[str]:
    return [row.state for row in outbox.recorded()]


def test_what_the_server_takes_is_what_was_composed(post: Post, transport: SmtpTransport) -> None:
    letters = [
        sample_mail.letter(name='Ann "Nan" Ström 🙂', note="\n.hidden\n..\n.\n" + "y" * 998),
        sample_mail.letter("bob@bücher.example"),
        sample_mail.letter("münch@patients.example"),
    ]
    for sent in letters:
        assert transport.deliver(sent, lambda: None) == DeliveryResult("sent")
    assert [mail.content for mail in post.delivered] == [to_bytes(sent) for sent in letters]
    assert post.addresses() == ["mia@patients.example", "bob@xn--bcher-kva.example", "münch@patients.example"]
    assert {(mail.sender, mail.encrypted) for mail in post.delivered} == {("handouts@clinic.example", True)}
    message = email.message_from_bytes(post.delivered[0].content, policy=policy.default)
    (pdf,) = message.iter_attachments()
    assert pdf.get_content() == sample_mail.small_pdf("acupuncture")
    assert post.steps.count("connect") == 1


def test_implicit_tls_is_spoken(certificates: Certificates) -> None:
    with mail_server(certificates, implicit=True) as post:
        with SmtpTransport(server(post, certificates, security="tls"), PASSWORD) as transport:
            assert transport.deliver(sample_mail.letter(), lambda: None).fate == "sent"
        assert post.delivered[0].encrypted


def test_a_server_on_this_computer_may_be_unencrypted(certificates: Certificates) -> None:
    with mail_server(certificates, unencrypted=True) as post:
        unencrypted = Server(host=HERE, port=post.port, security="none", timeout=5)
        with SmtpTransport(unencrypted) as transport:
            assert transport.deliver(sample_mail.letter(), lambda: None).fate == "sent"
        with (
            SmtpTransport(server(post, certificates)) as transport,
            pytest.raises(UnreachableError, match="offers no encryption") as refused,
        ):
            transport.deliver(sample_mail.letter(), lambda: None)
        assert refused.value.lasting
        assert len(post.delivered) == 1


def test_a_server_without_utf8_is_not_sent_such_an_address(certificates: Certificates) -> None:
    with mail_server(certificates, enable_SMTPUTF8=False, data_size_limit=10_000) as post:
        with SmtpTransport(server(post, certificates), PASSWORD) as transport:
            verdict = transport.deliver(sample_mail.letter("münch@patients.example", note=""), lambda: None)
            assert verdict == DeliveryResult("refused", NO_UTF8)
            large = transport.deliver(sample_mail.letter(note="z" * 4000), lambda: None)
            assert large == DeliveryResult("refused", "The mail is larger than the server takes.")
        assert post.delivered == []


# The dialogue at each step: what is certain is tried again or told, what nobody can know is held and named.
FAULTS = (
    "drop",
    "stall",
    "421 4.3.2 mia@patients.example: closing",
    "450 4.2.1 mia@patients.example is busy",
    "550 5.1.1 <mia@patients.example> unknown",
    "552 5.2.2 mia@patients.example is full",
)
BEFORE_THE_MAIL = ("connect", "EHLO", "STARTTLS", "AUTH")
CELLS = [(step, fault) for step in STEPS for fault in FAULTS if step != "after dot" or fault in ("drop", "stall")]


def fate_of(step: str, fault: str) -> str:
    """What must become of the first letter, if ``fault`` comes once at ``step``."""
    if step.endswith("dot") and fault in ("drop", "stall"):
        return "unknown"
    if fault.startswith("5"):
        return "waiting" if step in BEFORE_THE_MAIL else "refused"
    return "sent"


@pytest.mark.parametrize(("step", "fault"), CELLS)
def test_a_fault_at_any_step_costs_nobody_a_mail_and_gives_nobody_two(
    step: str, fault: str, post: Post, certificates: Certificates, outbox: Outbox
) -> None:
    outbox.record([sample_mail.entry(), sample_mail.entry("bob@patients.example")])
    fate = fate_of(step, fault)
    post.faults[step] = [fault] * (2 if step == "AUTH" and fate == "waiting" else 1)  # smtplib knows two ways to log in
    with SmtpTransport(server(post, certificates, timeout=0.5, final_timeout=0.5), PASSWORD) as transport:
        outcome = run(outbox, transport)
    first = outbox.recorded()[0]
    assert (first.state, states(outbox)[1]) == (fate, "waiting" if fate == "waiting" else "sent")
    assert bool(outcome.stopped) == (fate == "waiting")
    took = fate == "sent" or step == "after dot"
    assert sorted(post.addresses()) == ["bob@patients.example"] * (fate != "waiting") + ["mia@patients.example"] * took
    assert ("may have been delivered or not" in first.reason) == (fate == "unknown")
    assert ("(5" in first.reason) == (fate == "refused")
    assert "mia" not in first.reason + outcome.stopped
    # Whatever it was, another run sends what waits, and nothing else.
    with SmtpTransport(server(post, certificates), PASSWORD) as transport:
        run(outbox, transport)
    assert states(outbox) == [fate if fate != "waiting" else "sent", "sent"]
    assert max(map(post.addresses().count, post.addresses())) == 1


def test_a_wrong_password_stops_the_run_and_is_not_shown(
    post: Post, certificates: Certificates, outbox: Outbox
) -> None:
    outbox.record([sample_mail.entry()])
    with SmtpTransport(server(post, certificates), "wrong-password") as transport:
        stopped = run(outbox, transport).stopped
    assert "did not accept the user name or password (535 5.7.8)" in stopped
    assert "wrong-password" not in stopped
    assert post.steps.count("connect") == 1


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_wrong_certificate_stops_the_run_before_anything_is_said(
    security: str, certificates: Certificates, outbox: Outbox, tmp_path: Path
) -> None:
    outbox.record([sample_mail.entry()])
    elsewhere = make_certificates(tmp_path, "192.0.2.1")
    for trusted in (elsewhere, certificates):
        with mail_server(elsewhere, implicit=security == "tls") as post:
            with SmtpTransport(server(post, trusted, security=security), PASSWORD) as transport:
                assert "not to be trusted" in run(outbox, transport).stopped
            assert not {"AUTH", "MAIL"} & set(post.steps)
    assert states(outbox) == ["waiting"]


def test_nobody_listening_stops_the_run_after_its_tries(certificates: Certificates, outbox: Outbox) -> None:
    with mail_server(certificates) as post:
        pass
    outbox.record([sample_mail.entry()])
    with SmtpTransport(server(post, certificates), PASSWORD) as transport:
        assert run(outbox, transport).stopped == f"The mail server {HERE} did not answer."
    assert states(outbox) == ["waiting"]


def test_settings_hold_no_password_and_no_unencrypted_server_elsewhere() -> None:
    usual: dict[str, Any] = {"host": "mail.example"}
    assert (Server(**usual).security, Server(**usual).port) == ("starttls", 587)
    assert Server(**usual, security="tls").port == 465
    for wrong in ({"security": "none"}, {"password": "x"}, {"security": "off"}):
        with pytest.raises(ValidationError):
            Server.model_validate(usual | wrong)
    with pytest.raises(ValidationError, match="needs encryption"):
        Server(host="localhost", security="none", username="x")
    settings = MailSettings(sender="a@bücher.example", senders={"other": "b@x.example"}, server=Server(**usual))
    assert settings.sender_of("any") == "a@xn--bcher-kva.example"
    assert settings.sender_of("other") == "b@x.example"


def test_the_password_comes_from_the_environment_or_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring  # noqa: PLC0415

    server_with_user = Server(host="mail.example", username="us")
    store = {("handoutpress", "us@mail.example"): "from the keyring"}
    monkeypatch.setattr(keyring, "get_password", lambda name, account: store.get((name, account)))
    assert password_for(server_with_user, {"HANDOUTS_MAIL_PASSWORD": "from outside"}) == "from outside"
    assert password_for(server_with_user, {}) == "from the keyring"
    store.clear()
    with pytest.raises(MailError, match=r"keyring set handoutpress us@mail\.example"):
        password_for(server_with_user, {})
    assert password_for(Server(host="mail.example"), {}) == ""
