"""A name and a note printed into one patient's PDF: a page in front, tagged, proofed, locked, and kept nowhere."""

from __future__ import annotations

import email
import io
import shutil
from email import policy
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from mail_support import leaks, sample_mail
from mail_support.server import Post
from mail_support.terminal import ICE, Terminal, secret_list
from press_room import catalog_of, clinic

from handoutpress.content.editions import Edition
from handoutpress.mail.handout_printer import COVER_PAGE_CHECKS
from handoutpress.press.page.cover_page import CoverPage
from handoutpress.press.press import HandoutPress
from handoutpress.proof.checks.registry import prove
from handoutpress.proof.expectation import Expectation
from handoutpress.store.cache import Cache

PERSONAL = (*ICE, "--to", sample_mail.SECRET_ADDRESS, "--name", sample_mail.SECRET_NAME, "--personal")
NAME = sample_mail.SECRET_NAME
NO_FONT = (
    "The name or the note has 1 character that no font here can print, such as an emoji. "
    "Hint: leave them out, or mail it without printing them."
)
TOO_LONG = "The note is longer than the 2 pages that are printed of it. Hint: shorten the note."


def attached(content: bytes) -> bytes:
    """The one PDF of a mail."""
    (pdf,) = email.message_from_bytes(content, policy=policy.default).iter_attachments()
    content_of_pdf: bytes = pdf.get_content()
    return content_of_pdf


def pages_of(pdf: bytes, password: str | None = None) -> list[str]:
    opened = pypdfium2.PdfDocument(pdf, password)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in opened]
    finally:
        opened.close()


def kept(folder: Path) -> set[Path]:
    """All files but the outbox's and what the engine notes of the fonts that there are."""
    files = (path for path in folder.rglob("*") if path.is_file() and "fontconfig" not in path.parts)
    return {path for path in files if not path.name.startswith("outbox")}


def test_name_and_note_are_printed_on_a_page_in_front_only_if_asked(terminal: Terminal, settings: Post) -> None:
    (terminal.folder / "note.txt").write_text(f"{sample_mail.SECRET_NOTE}\n\nThen slowly.\n", "utf-8")
    to = (*ICE, "--to", sample_mail.SECRET_ADDRESS, "--name", NAME, "--note-file", "note.txt", "--send", "--yes")
    terminal.run(*to)
    before = kept(terminal.folder)
    code, _ = terminal.run(*to, "--personal", "--again")
    assert code == 0
    assert kept(terminal.folder) == before, "something was kept of the page in front"
    impersonal, personal = (attached(mail.content) for mail in settings.delivered)
    assert NAME not in " ".join(pages_of(impersonal))
    front, *handout = pages_of(personal)
    assert handout == pages_of(impersonal)
    for words in (
        f"Hello {NAME},",
        "A note for you",
        sample_mail.SECRET_NOTE,
        "Then slowly.",
        "Ice packs",
        "Kind regards",
    ):
        assert words in front
    assert not [where for where, content in leaks.about_pdf(personal) if leaks.names_one(content)]
    assert leaks.search(terminal.folder.parent) == []


def test_it_is_locked_after_it_was_proofed(terminal: Terminal, settings: Post) -> None:
    (terminal.folder / "password.txt").write_text("swordfish-1987\n", "utf-8")
    assert terminal.run(*PERSONAL, "--send", "--yes", "--password-file", "password.txt")[0] == 0
    pdf = attached(settings.delivered[0].content)
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(pdf))
    assert f"Hello {NAME}," in pages_of(pdf, "swordfish-1987")[0]


@pytest.mark.parametrize(
    ("name", "note", "sentence"),
    [
        ("", "", "There is neither a name nor a note to print into the PDF."),
        ("Wilhelmina 🙂", "", NO_FONT),
        ("", "\n\n".join(["Quartermaine"] * 300), TOO_LONG),
    ],
)
def test_what_cannot_be_printed_is_refused_with_a_sentence_that_names_nobody(
    terminal: Terminal, name: str, note: str, sentence: str
) -> None:
    (terminal.folder / "note.txt").write_text(note, "utf-8")
    words = (
        *ICE,
        "--to",
        sample_mail.SECRET_ADDRESS,
        "--name",
        name,
        "--note-file",
        "note.txt",
        "--personal",
        "--eml",
        "drafts",
    )
    assert terminal.run(*words) == (1, f"{sentence}\n")
    assert not (terminal.folder / "drafts").exists()


def test_a_row_of_many_that_cannot_be_printed_is_told_with_its_line(terminal: Terminal, settings: Post) -> None:
    table = secret_list(terminal.folder, "bob@patients.example;;\n")
    command = (*ICE, "--recipients", table, "--personal", "--send", "--yes")
    problem = "patients.csv:3:1: There is neither a name nor a note to print into the PDF.\n"
    assert terminal.run(*command) == (1, problem)
    assert settings.delivered == []
    assert terminal.run(*command, "--skip-bad") == (0, f"Sent 1, refused 0.\n{problem}")
    assert NAME in pages_of(attached(settings.delivered[0].content))[0]


# Every direction that a name can have on a page of either: what is copied out of the page is what was written.
@pytest.mark.parametrize(
    ("language", "name", "note"),
    [
        ("en", "Mia Ström", "One line.\nAnother.\n\nمرحبا"),
        ("en", "مها العلي", "x" * 998),
        ("ar", "مها العلي", "اتصل على 01632 960 187 غدًا.\n\nCall 0113 496 0000."),
        ("ar", "", "ثم ابدأ ببطء."),
    ],
)
def test_it_passes_the_proof_in_every_direction(language: str, name: str, note: str, tmp_path: Path) -> None:
    root = clinic(tmp_path / "clinic")
    shutil.copy(root / "handouts" / "warm-tea.en.yaml", root / "handouts" / "warm-tea.ar.yaml")
    catalog = catalog_of(root)
    edition = Edition(
        handout_file=catalog.handouts["warm-tea", language],
        language=catalog.languages[language],
        format_file=catalog.formats["a4-leaflet"],
        brand=catalog.brands["hill"],
    )
    press = HandoutPress(catalog, Cache(root / "cache"))
    pdf = press.open_plate(edition).print(edition).pdf
    personal = press.with_cover_page(edition, pdf, CoverPage("Warm tea", name, note))
    assert personal == press.with_cover_page(edition, pdf, CoverPage("Warm tea", name, note))
    expected = Expectation(language=language, title="Warm tea", text=("Warm tea",), anywhere=(name, *note.split("\n")))
    assert prove(Path("x.pdf"), personal, expected, COVER_PAGE_CHECKS) == []
    with pikepdf.open(io.BytesIO(personal)) as opened, pikepdf.open(io.BytesIO(pdf)) as impersonal:
        assert [str(kid.S) for kid in opened.Root.StructTreeRoot.K[0].K][2] == "/H1"
        assert opened.Root.Metadata.read_bytes() == impersonal.Root.Metadata.read_bytes()
        assert str(opened.docinfo) == str(impersonal.docinfo)
