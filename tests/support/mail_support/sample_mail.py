"""What the tests of mails share: a clinic, its letters by the real templates, small PDFs, a transport, a clock."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf

from handoutpress.content.brand.brand import Brand, Colours, Contact, FontFamily
from handoutpress.content.models.countries import AdviceLine, Country
from handoutpress.content.models.languages import Language
from handoutpress.content.models.mailboxes import Mailbox, parse_mailbox
from handoutpress.mail.compose import compose
from handoutpress.mail.letter_context import Enclosure, LetterContext, Recipient
from handoutpress.mail.letters import Letter, MessageStamp
from handoutpress.mail.outbox import EnclosedVersion, OutboxEntry
from handoutpress.mail.sending import Clock
from handoutpress.mail.transports import DeliveryResult
from handoutpress.press.page.templates import Templates
from handoutpress.yamlfile.source import read_yaml

ROOT = Path(__file__).parents[3]
CASES = Path(__file__).parents[2] / "cases" / "mail"
STAMP = MessageStamp(datetime(2026, 11, 22, 9, 30, tzinfo=UTC), "0123456789abcdef")
SECRET_ADDRESS = "wilhelmina.quartermaine@patients.example"
SECRET_NAME = "Wilhelmina Quartermaine"
SECRET_NOTE = "Mind the xylophonist's left shoulder until Michaelmas."

COLOURS = Colours("#0b5d57", "#0b5d57", "#ffffff", "#eef6f5", "#b85c00", "#0b4fa8")
LEEDS = Contact(
    "Leeds", ("1 Calverley Street", "Leeds LS1 3ED"), "0113 496 0000", "leeds@clinic.example", "Mon–Fri 8–18"
)
YORK = Contact("York", ("2 Stonegate", "York YO1 8AS"), "01904 496 000", "york@clinic.example")
BRAND = Brand(
    slug="northern-sports",
    path=Path("brands/northern-sports"),
    name="Northern Sports Clinic",
    short_name="Northern",
    link="https://clinic.example/",
    country="gb",
    contacts=(LEEDS, YORK),
    logo=None,
    colours=COLOURS,
    base_font=FontFamily("Noto Sans"),
    heading_font=FontFamily("Noto Sans"),
)
BRITAIN = Country(
    name="United Kingdom", emergency="999", advice=AdviceLine(name="NHS 111", number="111"), regulator=None, paper="a4"
)


def language(code: str) -> Language:
    return Language.model_validate(read_yaml(ROOT / "languages" / f"{code}.yaml").data)


def templates() -> Templates:
    return Templates({f"mail/{path.name}": path for path in (ROOT / "templates" / "mail").iterdir()})


def context(code: str = "en", **changes: Any) -> LetterContext:
    usual = LetterContext(
        sender=Mailbox("handouts", "clinic.example"),
        brand=BRAND,
        contact=LEEDS,
        country=BRITAIN,
        code=code,
        language=language(code),
        render=templates().render,
    )
    return replace(usual, **changes)


def small_pdf(words: str = "A page") -> bytes:
    """A real PDF of one page, the same bytes each time, with a title of its own."""
    content = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.docinfo["/Title"] = words
        pdf.save(content, deterministic_id=True)
    return content.getvalue()


def enclosure(slug: str = "acupuncture", **changes: Any) -> Enclosure:
    usual = Enclosure(
        slug=slug,
        language="en",
        version="1.0",
        title=slug.replace("-", " ").capitalize(),
        main_message="<p>It <strong>may</strong> ease pain for a few weeks &amp; has small risks.<sup>1</sup></p>",
        urgent_help="<p>Get help at once if you have:</p><ul><li>chest pain</li><li>trouble breathing</li></ul>",
        article_url=f"https://articles.example/{slug}",
        references_url=f"https://articles.example/{slug}#references",
        pdf=small_pdf(slug),
    )
    return replace(usual, **changes)


def recipient(address: str = "mia@patients.example", name: str = "", note: str = "") -> Recipient:
    return Recipient(parse_mailbox(address, name), "en", ("acupuncture",), note)


def letter(address: str = "mia@patients.example", name: str = "", note: str = "", token: str = "") -> Letter:
    stamp = replace(STAMP, token=token or STAMP.token)
    return compose(recipient(address, name, note), (enclosure(),), context(), stamp)


def entry(address: str = "mia@patients.example", version: str = "1.0", **more: Any) -> OutboxEntry:
    token = f"{address.partition('@')[0]}.{version}"
    return OutboxEntry(
        letter=letter(address, more.pop("name", ""), more.pop("note", ""), token),
        brand=BRAND.slug,
        format="a4-leaflet",
        enclosures=(EnclosedVersion("acupuncture", version),),
        **more,
    )


@dataclass
class FixedClock:
    """A clock that only moves when someone sleeps; ``waits`` are the sleeps in seconds."""

    time: float = 1_763_800_000.0
    waits: list[float] = field(default_factory=list)

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.time += seconds

    @property
    def clock(self) -> Clock:
        return Clock(self.now, self.sleep)


@dataclass
class MemoryTransport:
    """Keeps the letters, and does with each what ``results`` say, in turn, while there are any."""

    results: list[DeliveryResult] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)

    def __enter__(self) -> MemoryTransport:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def deliver(self, letter: Letter, point_of_no_return: Callable[[], None]) -> DeliveryResult:
        point_of_no_return()
        result = self.results.pop(0) if self.results else DeliveryResult("sent")
        if result.fate == "sent":
            self.letters.append(letter)
        return result
