"""A search for patients in what was written: in files, their names, whatever is packed in them, and in codes.

As a plugin it watches all that the tests in ``tests/mail`` write, say and log, and searches it when they are over.
"""

from __future__ import annotations

import email
import io
import logging
import re
import zipfile
import zlib
from collections.abc import Iterator
from email import policy
from fnmatch import fnmatch
from hashlib import sha256
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from handoutpress.proof.pdf.code_readers import read_codes

PATIENTS = re.compile(rb"[\w.+-]@patients\.example|quartermaine|wilhelmina|xylophonist|michaelmas", re.IGNORECASE)
"""The domain of all patients' addresses in the tests, and the words of one patient's name, address and note."""
THEIR_PLACES = ("outbox.sqlite*", "patients.csv", "note.txt")
"""What may name a patient: the outbox, and what the practitioner wrote."""
MOST = 20_000_000
"""Bytes that are unpacked of one stream."""


# The test's own mail server logs every line that it is sent; it stands for a provider's.
logging.getLogger("mail.log").setLevel(logging.CRITICAL)


@pytest.fixture(scope="session")
def watched() -> Iterator[list[Path]]:
    """The folders that are searched when all tests of this process are over."""
    folders: list[Path] = []
    yield folders
    searched: set[str] = set()
    leaks = [f"{folder.name}/{leak}" for folder in folders for leak in search(folder, searched)]
    assert leaks == [], "a patient is named where none may be"


@pytest.fixture(autouse=True)
def _watch(request: pytest.FixtureRequest) -> Iterator[None]:
    """Keep what a test of mails logs, and have its folder searched in the end."""
    if request.path.parent.name != "mail":
        yield
        return
    folder: Path = request.getfixturevalue("tmp_path")
    records: pytest.LogCaptureFixture = request.getfixturevalue("caplog")
    request.getfixturevalue("watched").append(folder)
    with records.at_level(logging.DEBUG):
        yield
    messages = (record.getMessage() for record in records.get_records("call"))
    (folder / "records.log").write_text("\n".join(messages), "utf-8")


def search(folder: Path, searched: set[str] | None = None) -> list[str]:
    """Where files under ``folder`` name a patient; files whose SHA-256 is in ``seen`` are passed over."""
    searched = set() if searched is None else searched
    leaks = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if names_one(name.encode()):
            leaks.append(f"{name}: the name of the file")
        if not path.is_file() or any(fnmatch(path.name, kind) for kind in THEIR_PLACES):
            continue
        data = path.read_bytes()
        if (digest := sha256(data).hexdigest()) not in searched:
            searched.add(digest)
            parts = in_mail(data) if path.suffix == ".eml" else parts_of(data)
            leaks += [f"{name}: {where}" for where, content in parts if names_one(content)]
    return leaks


def names_one(content: bytes) -> bool:
    return bool(PATIENTS.search(content) or PATIENTS.search(content.replace(b"\x00", b"")))


def parts_of(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Everything that ``data`` says, each with where it says it."""
    yield "its content", data
    for match in re.finditer(rb"x[\x01\x5e\x9c\xda]", data):
        try:
            yield "a packed part", zlib.decompressobj().decompress(data[match.start() :], MOST)
        except zlib.error:
            continue
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            for name in opened.namelist():
                yield "the name of a file in it", name.encode()
                yield from ((f"{name}, {where}", part) for where, part in parts_of(opened.read(name)))
    if data.startswith(b"%PDF"):
        yield "the words on its pages", words_of(data)
        yield from about_pdf(data)


def words_of(pdf: bytes) -> bytes:
    opened = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in opened).encode()
    finally:
        opened.close()


def about_pdf(data: bytes) -> Iterator[tuple[str, bytes]]:
    """What a PDF says beside its pages: metadata, spoken words, links, names, and its codes."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        yield "its metadata", pdf.Root.Metadata.read_bytes() if "/Metadata" in pdf.Root else b""
        strings = (str(value) for item in pdf.objects for value in strings_in(item))
        yield "a string in it", "\n".join(strings).encode("utf-8", "replace")
    opened = pypdfium2.PdfDocument(data)
    try:
        for page in opened:
            picture = page.render(scale=150 / 72, grayscale=True).to_pil()
            yield "a code in it", "\n".join(code.text for code in read_codes(picture)).encode()
    finally:
        opened.close()


def strings_in(value: object) -> Iterator[pikepdf.String]:
    if isinstance(value, pikepdf.String):
        yield value
    elif isinstance(value, pikepdf.Array):
        for kid in list(value):
            yield from strings_in(kid) if not getattr(kid, "is_indirect", False) else ()
    elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        for key in value.keys():  # noqa: SIM118  a pikepdf dictionary
            yield from strings_in(value[key]) if not getattr(value[key], "is_indirect", False) else ()


def in_mail(data: bytes) -> Iterator[tuple[str, bytes]]:
    """What a mail may not say of the patient whom it is for: in its attachments' names, metadata and codes."""
    for file in email.message_from_bytes(data, policy=policy.default).iter_attachments():
        yield "the name of an attachment", (file.get_filename() or "").encode()
        content = file.get_content()
        if isinstance(content, str):
            yield "an attached page", content.encode()
        elif b"/Encrypt" not in content:
            yield from about_pdf(content)
