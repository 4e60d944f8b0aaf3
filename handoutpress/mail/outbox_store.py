"""The outbox's file: its tables, its rights, how a letter is stored in it, and the lock of the run that sends."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from handoutpress.content.models.mailboxes import Mailbox, MailError
from handoutpress.mail.letters import Attachment, Letter
from handoutpress.store.digests import bytes_digest
from handoutpress.store.locks import LockHeldError, locked

SCHEMA_VERSION = 4
PRIMARY_CODE = 0xFF
MACHINE_CODES = frozenset(
    {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_NOMEM,
    }
)
"""Results of SQLite that tell of the machine; ``PRIMARY_CODE`` of an extended one is in its lowest byte."""
_SCHEMA = """
CREATE TABLE letters (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    fingerprint TEXT NOT NULL,
    copy INTEGER NOT NULL,
    address TEXT NOT NULL,
    name TEXT NOT NULL,
    masked TEXT NOT NULL,
    brand TEXT NOT NULL,
    site TEXT NOT NULL,
    format TEXT NOT NULL,
    purpose TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',
    recorded REAL NOT NULL,
    settled REAL,
    due REAL NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    reason TEXT NOT NULL DEFAULT '',
    packed TEXT,
    UNIQUE (fingerprint, copy)
);
CREATE TABLE enclosures (
    id INTEGER NOT NULL REFERENCES letters (id) ON DELETE CASCADE,
    slug TEXT NOT NULL,
    version TEXT NOT NULL,
    content_hash TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (id, slug)
);
CREATE TABLE files (digest TEXT PRIMARY KEY, content BLOB NOT NULL);
CREATE TABLE needs (
    id INTEGER NOT NULL REFERENCES letters (id) ON DELETE CASCADE,
    digest TEXT NOT NULL,
    PRIMARY KEY (id, digest)
);
CREATE INDEX needs_digest ON needs (digest);
CREATE INDEX letters_state ON letters (state, due, id);
"""


@contextmanager
def connect(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the outbox at ``path``, made if it is not there, readable by its owner alone (mode 0600).

    A change is on the disk when its call returns (write-ahead log, ``synchronous`` full), and what is erased is
    overwritten. Raises ``MailError`` where the file is something else or was written by a later version.
    """
    try:
        _make_private(path)
        connection = sqlite3.connect(path, timeout=30, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise _unusable(path, error) from None
    try:
        _prepare(connection, path)
        yield connection
    except sqlite3.Error as error:
        if not _is_of_the_machine(error):
            raise
        raise _unusable(path, error) from None
    finally:
        connection.close()


def _is_of_the_machine(error: sqlite3.Error) -> bool:
    """Return whether an error tells of the disk, of rights or of memory, and not of what is in the file."""
    return (getattr(error, "sqlite_errorcode", None) or 0) & PRIMARY_CODE in MACHINE_CODES


def _unusable(path: Path, error: OSError | sqlite3.Error) -> MailError:
    """Return what the machine says of the outbox: a full or read-only disk damages nothing that is in it."""
    reason = (error.strerror if isinstance(error, OSError) else str(error)) or type(error).__name__
    return MailError(
        f"The outbox {path.as_posix()} cannot be used now: {reason[0].lower()}{reason[1:]}. "
        "What it holds is as it was; nothing is sent without it."
    )


def _make_private(path: Path) -> None:
    """Make the file with mode 0600."""
    # Before SQLite opens it, since SQLite gives the files of its log the rights of the main file.
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    path.chmod(0o600)


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    try:
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
            connection.execute(f"PRAGMA {pragma}")
        with transaction(connection):
            version = _bring_up_to_date(connection)
    except sqlite3.DatabaseError as error:
        if _is_of_the_machine(error):
            raise
        raise MailError(f"{path.as_posix()} is damaged or is no outbox. Move it away and look into it.") from None
    if version > SCHEMA_VERSION:
        raise MailError(
            f"{path.as_posix()} was written by another version of Handout Press, which is needed to read it."
        )


def _bring_up_to_date(connection: sqlite3.Connection) -> int:
    """Make the tables, or change those of an earlier version; return the version that was found."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version == 0:
        for statement in _SCHEMA.split(";"):
            connection.execute(statement)
    if version == 1:  # it did not say which text a letter brings
        connection.execute("ALTER TABLE enclosures ADD COLUMN content_hash TEXT NOT NULL DEFAULT ''")
    if version in (1, 2):  # they did not say what a recall is about, which brings nothing
        connection.execute("ALTER TABLE letters ADD COLUMN purpose TEXT NOT NULL DEFAULT ''")
    # Since 4, a letter may show a logo: programs that know none cannot read it.
    if version < SCHEMA_VERSION:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    return version


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Make all changes within, or none."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:  # SQLite ends it by itself where the disk is full
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def turn_to_send(path: Path) -> Iterator[None]:
    """Hold the only turn to send from the outbox at ``path``; raises ``MailError`` while another run has it."""
    try:
        with locked(path.with_suffix(".turn"), wait=False):
            yield
    except LockHeldError:
        raise MailError("Another run is sending from this outbox. Wait until it has ended.") from None


def pack(letter: Letter) -> tuple[str, dict[str, bytes]]:
    """Return ``letter`` as JSON without the content of its files, and that content by its SHA-256.

    Letters share files: what many are sent is stored once.
    """
    values = asdict(letter)
    parts = (*letter.attachments, *([letter.logo] if letter.logo else []))
    files = {bytes_digest(part.content): part.content for part in parts}
    values["date"] = letter.date.isoformat()
    values["attachments"] = [_without_content(attachment) for attachment in letter.attachments]
    values["logo"] = _without_content(letter.logo) if letter.logo else None
    return json.dumps(values, ensure_ascii=False), files


def _without_content(file: Attachment) -> dict[str, str]:
    return {"name": file.name, "media_type": file.media_type, "digest": bytes_digest(file.content)}


def unpack(packed: str, content_of: Callable[[str], bytes]) -> Letter:
    """Return the letter that ``pack`` was given; ``content_of`` finds a file's content by its digest."""
    values: dict[str, Any] = json.loads(packed)

    def whole(file: dict[str, str]) -> Attachment:
        return Attachment(file["name"], file["media_type"], content_of(file["digest"]))

    attachments, logo = tuple(map(whole, values.pop("attachments"))), values.pop("logo", None)
    reply_to = values.pop("reply_to")
    return Letter(
        sender=Mailbox(**values.pop("sender")),
        to=Mailbox(**values.pop("to")),
        date=datetime.fromisoformat(values.pop("date")),
        attachments=attachments,
        logo=whole(logo) if logo else None,
        reply_to=Mailbox(**reply_to) if reply_to else None,
        **values,
    )
