"""Nothing about a patient is left anywhere but in the mail and the outbox, and the search for it finds what is."""

from __future__ import annotations

import gzip
import io
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
import pytest
from mail_support import leaks, sample_mail
from mail_support.server import Post
from mail_support.terminal import ICE, Terminal

from handoutpress.mail.letters import Attachment, to_bytes
from handoutpress.press.page.qrcodes import make_code, pdf_path

ROOT = Path(__file__).parents[1] / "support"
SECRET = sample_mail.SECRET_ADDRESS


def a_zip() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("manifest.json", f'{{"to": "{sample_mail.SECRET_NAME}"}}')
    return content.getvalue()


def a_pdf(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    content = io.BytesIO()
    with pikepdf.open(io.BytesIO(sample_mail.small_pdf())) as pdf:
        change(pdf)
        pdf.save(content)
    return content.getvalue()


def with_title(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = f"For {sample_mail.SECRET_NAME}, Zoë"


def with_code(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0].obj
    page.Contents = pdf.make_stream(b"q 100 0 0 100 200 400 cm " + pdf_path(make_code(f"mailto:{SECRET}", "M")) + b" Q")


def with_words(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0].obj
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(A=font))
    page.Contents = pdf.make_stream(b"BT /A 12 Tf 50 500 Td [(Quarter) -1 (maine)] TJ ET")


PLANTED = {
    "build.log": f"made for {SECRET}".encode(),
    "Quartermaine.txt": b"",
    "wide.log": sample_mail.SECRET_NAME.encode("utf-16"),
    "bundle.zip": a_zip(),
    "title.pdf": a_pdf(with_title),
    "code.pdf": a_pdf(with_code),
    "words.pdf": a_pdf(with_words),
    "draft.eml": to_bytes(
        replace(sample_mail.letter(), attachments=(Attachment("Wilhelmina.pdf", "text/plain", b"x"),))
    ),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_leak_is_found_wherever_it_is(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "planted"
    folder.mkdir()
    (folder / name).write_bytes(PLANTED[name])
    try:
        assert [leak for leak in leaks.search(folder) if leak.startswith(name)]
    finally:
        shutil.rmtree(folder)


def test_what_names_nobody_is_passed(tmp_path: Path) -> None:
    (tmp_path / "build.log").write_bytes("made for w…@p…".encode())
    (tmp_path / "page.pdf").write_bytes(sample_mail.small_pdf())
    (tmp_path / "packed.gz").write_bytes(gzip.compress(b"nobody"))
    assert leaks.search(tmp_path) == []


LEAKING = f"""
import logging

def test_quiet(tmp_path):
    pass

def test_leaking(tmp_path):
    logging.getLogger("handoutpress").debug("to %s", "{SECRET}")
"""


def test_a_suite_that_leaks_fails() -> None:
    with TemporaryDirectory() as name:  # elsewhere than in this suite's own folders, which are searched in the end
        folder = Path(name)
        (folder / "conftest.py").write_text('pytest_plugins = ("mail_support.leaks",)\n', "utf-8")
        (folder / "mail").mkdir()
        (folder / "mail" / "test_planted.py").write_text(LEAKING, "utf-8")
        suite = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "--basetemp", folder / "temp", "-p", "no:cacheprovider"],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT.parent}"},
            capture_output=True,
            text=True,
            check=False,
        )
    assert suite.returncode == 1
    assert "test_leaking0/records.log: its content" in suite.stdout
    assert "2 passed, 1 error" in suite.stdout


def test_a_bug_of_ours_is_told_and_kept_without_what_it_says(
    terminal: Terminal, settings: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        try:
            int(SECRET)
        except ValueError as error:
            raise KeyError(sample_mail.SECRET_NAME) from error

    monkeypatch.setattr("handoutpress.mail.compose.tidy", broken)
    code, output = terminal.run(*ICE, "--to", SECRET, "--send")
    assert code == 3
    (log,) = terminal.folder.parent.glob("handouts-*.log")
    assert output == f"Handout Press itself went wrong (KeyError). Hint: please send us {log}.\n"
    trace = log.read_text("utf-8")
    assert "ValueError\n" in trace
    assert "compose.py" in trace
    assert not leaks.names_one(trace.encode())


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("outbox", "forget", SECRET), 2, "Invalid value for '[LETTER]...': Input should be"),
        ((*ICE, "--rate", SECRET, "--send"), 2, "Invalid value for '--rate': Input should be a valid number"),
        (("outbox", "recall", "ice-packs", SECRET, "--below", "1.1"), 2, "Got unexpected extra argument(s) (…)"),
        (("outbox", SECRET), 2, "No such command '…'."),
        (
            ("mail", "Quartermaine", "--brand", "river-clinic", "--to", SECRET, "--dry-run"),
            1,
            "A word that should name a handout is none. Hint: a name with a blank needs quotation marks.",
        ),
    ],
)
def test_what_was_typed_in_the_wrong_place_is_not_repeated(
    terminal: Terminal, words: tuple[str, ...], code: int, sentence: str
) -> None:
    result, output = terminal.run(*words)
    assert (result, output[: len(sentence)]) == (code, sentence)
    assert not leaks.names_one(output.encode())
