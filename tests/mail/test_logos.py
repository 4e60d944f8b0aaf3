"""The clinic's logo in a mail: a part of the message, in pixels, with the clinic's name for who does not see it."""

from __future__ import annotations

import email
import io
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from mail_support import sample_mail
from mail_support.server import HERE, PASSWORD, USER, Certificates, Post
from mail_support.terminal import certificates as certificates  # noqa: PLC0414
from mail_support.terminal import post as post  # noqa: PLC0414
from PIL import Image

from handoutpress.content.brand.brand import Logo
from handoutpress.content.models.mail_settings import Server
from handoutpress.mail.compose import compose
from handoutpress.mail.letters import Letter, to_bytes
from handoutpress.mail.logo_picture import FINER, HIGHEST, WIDEST, logo_picture
from handoutpress.mail.outbox_store import pack, unpack
from handoutpress.mail.smtp import SmtpTransport
from handoutpress.mail.transports import DeliveryResult

BRANDS = sample_mail.ROOT / "brands"
LOGOS = {
    "svg": Logo(BRANDS / "harbour-osteopathy" / "logo.svg", "Harbour", 300, 100),
    "png": Logo(BRANDS / "sunbird-acupuncture" / "logo.png", "Sunbird", 400, 400, pixels=True),
}


def with_logo(kind: str = "svg", **changes: object) -> Letter:
    brand = replace(sample_mail.BRAND, logo=replace(LOGOS[kind], **changes))  # type: ignore[arg-type]
    context = sample_mail.context(brand=brand)
    return compose(sample_mail.recipient(), (sample_mail.enclosure(),), context, sample_mail.STAMP)


def parts(content: bytes) -> dict[str, EmailMessage]:
    """The parts of a message by their types."""
    message = email.message_from_bytes(content, policy=policy.SMTP.clone(raise_on_defect=True))
    return {part.get_content_type(): part for part in message.walk()}


@pytest.mark.parametrize("kind", LOGOS)
def test_the_logo_is_a_part_of_the_html_that_shows_it(kind: str) -> None:
    letter = with_logo(kind)
    content = to_bytes(letter)
    assert content == to_bytes(letter)
    assert max(map(len, content.split(b"\r\n"))) <= 78
    found = parts(content)
    assert list(found) == [
        *("multipart/mixed", "multipart/alternative", "text/plain"),
        *("multipart/related", "text/html", "image/png", "application/pdf"),
    ]
    assert found["multipart/related"].get_param("type") == "text/html"
    address = "cid:" + found["image/png"]["Content-ID"].strip("<>")
    html = found["text/html"].get_content()
    assert f'<img src="{address}" alt="Northern Sports Clinic"' in html
    assert found["image/png"].get_content_disposition() == "inline"
    assert [part.get_content_type() for part in found["multipart/mixed"].iter_attachments()] == ["application/pdf"]


@pytest.mark.parametrize("kind", LOGOS)
def test_it_is_drawn_for_fine_screens_in_its_own_shape(kind: str) -> None:
    shown = logo_picture(LOGOS[kind])
    with Image.open(io.BytesIO(shown.png)) as drawn:
        assert drawn.size == (FINER * shown.width, FINER * shown.height)
        colours = drawn.convert("RGB").getcolors(2**16) or []
    assert shown.width <= WIDEST
    assert shown.height <= HIGHEST
    assert len(colours) > 2
    assert len(shown.png) < 40_000


def test_a_logo_that_white_paper_would_hide_lies_on_its_ground() -> None:
    shown = logo_picture(replace(LOGOS["svg"], ground="#14304f"))
    with Image.open(io.BytesIO(shown.png)) as drawn:
        assert drawn.convert("RGB").getpixel((0, 0)) == (0x14, 0x30, 0x4F)


def test_a_brand_without_a_logo_and_a_template_that_shows_none_send_none(tmp_path: Path) -> None:
    assert "multipart/related" not in parts(to_bytes(sample_mail.letter()))
    assert "cid:" not in sample_mail.letter().html
    brand = replace(sample_mail.BRAND, logo=LOGOS["svg"])
    context = sample_mail.context(brand=brand, render=lambda name, values: f"<p>{values['greeting']}</p>")
    assert compose(sample_mail.recipient(), (), context, sample_mail.STAMP).logo is None


def test_the_outbox_keeps_it() -> None:
    letter = with_logo()
    packed, files = pack(letter)
    assert len(files) == 2
    assert unpack(packed, files.__getitem__) == letter


def test_a_server_takes_it_as_it_was_composed(post: Post, certificates: Certificates) -> None:
    settings = Server(host=HERE, port=post.port, username=USER, ca_file=certificates.authority, timeout=5)
    sent = with_logo("png")
    with SmtpTransport(settings, PASSWORD) as transport:
        assert transport.deliver(sent, lambda: None) == DeliveryResult("sent")
    assert post.delivered[0].content == to_bytes(sent)
    with Image.open(io.BytesIO(parts(post.delivered[0].content)["image/png"].get_content())) as taken:
        assert taken.width > WIDEST / 2
