"""The outbox: what was to be sent, what was, and what nobody can know, so that no patient is mailed twice or forgotten.

A letter is recorded before it is sent. Its state goes ``waiting`` → ``sending`` (just before the final dot of the
dialogue) → ``sent`` (after the server's 250) or ``refused``; one that was ``sending`` when its run ended is
``unknown``. What a letter said is erased once it is sent; to whom it went stays until it is forgotten.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from handoutpress.content.models.mailboxes import Mailbox, MailError
from handoutpress.content.models.versions import version_order
from handoutpress.mail.letters import Letter
from handoutpress.mail.outbox_store import connect, pack, transaction, unpack
from handoutpress.store.digests import bytes_digest

LetterState = Literal["waiting", "sending", "sent", "refused", "unknown"]
DAY = 86_400
CUT_OFF = "The run ended before the server had answered: it may have been delivered or not."


class EnclosedVersion(NamedTuple):
    """A handout that a letter brings: its slug, version and content hash, which is "" in letters of early versions."""

    slug: str
    version: str
    content_hash: str = ""


@dataclass(frozen=True)
class OutboxEntry:
    """A letter to be recorded, with what tells it from others. ``site`` is the brand's place that it comes from."""

    letter: Letter
    brand: str
    format: str
    enclosures: tuple[EnclosedVersion, ...]
    site: str = ""
    purpose: str = ""
    """Empty, or what sets this letter apart from an earlier one with the same handouts, such as a recall."""

    @property
    def fingerprint(self) -> str:
        """Equal for two letters that bring one person the same versions of the same handouts of one brand."""
        enclosed = [f"{enclosed.slug} {enclosed.version}" for enclosed in sorted(self.enclosures)]
        parts = [self.letter.to.same_person, self.brand, self.letter.language, self.purpose, *enclosed]
        return bytes_digest("\n".join(parts).encode())


@dataclass(frozen=True)
class RecordedLetter:
    """What the outbox says of one letter. ``person`` is the masked address, the only form for people to read.

    Times are seconds since the epoch.
    """

    id: int
    person: str
    state: LetterState
    attempts: int
    recorded: float
    due: float
    reason: str
    purpose: str
    enclosures: tuple[EnclosedVersion, ...]

    @property
    def recall(self) -> tuple[str, ...]:
        """What a recall is about, which may bring nothing; empty for any other letter."""
        words = self.purpose.split()
        return (f"recall of {words[1]} below {words[2]}",) if words[:1] == ["recall"] else ()


@dataclass(frozen=True)
class LetterInFull:
    """One letter as the outbox's owner may read it. ``text`` is empty once it was erased."""

    letter: RecordedLetter
    to: str
    brand: str
    language: str
    text: str


class RecordedIds(NamedTuple):
    """The ids of letters that were recorded now, and of those that the outbox held already."""

    new: tuple[int, ...]
    repeated: tuple[int, ...]


class Forgotten(NamedTuple):
    """How many letters were forgotten, and how many as old are kept since their fate is open."""

    letters: int
    unsettled: int


@dataclass(frozen=True)
class MailedPatient:
    """Someone who has, or may have, an old version of a handout: what a recall needs to know."""

    address: str
    name: str
    brand: str
    site: str
    format: str
    language: str


class Outbox:
    """One SQLite file, opened with ``open_outbox``. ``now`` gives seconds since the epoch."""

    def __init__(self, connection: sqlite3.Connection, now: Callable[[], float]) -> None:
        self.connection = connection
        self.now = now

    # What is to be sent.

    def record(self, entries: Iterable[OutboxEntry], again: bool = False) -> RecordedIds:
        """Record all ``entries`` or, if one fails, none.

        A letter that the outbox already holds is not recorded a second time, unless ``again`` asks for another copy.
        """
        new: list[int] = []
        repeated: list[int] = []
        with transaction(self.connection):
            for entry in entries:
                last_copy = self._last_copy(entry.fingerprint)
                if last_copy and not again:
                    repeated.append(last_copy[0])
                else:
                    new.append(self._insert(entry, last_copy[1] + 1 if last_copy else 1))
        return RecordedIds(tuple(new), tuple(repeated))

    def _last_copy(self, fingerprint: str) -> tuple[int, int] | None:
        """Return the id of the last letter with this fingerprint, and which copy it is, from 1."""
        query = "SELECT id, copy FROM letters WHERE fingerprint = ? ORDER BY copy DESC LIMIT 1"
        row: tuple[int, int] | None = self.connection.execute(query, (fingerprint,)).fetchone()
        return row

    def _insert(self, entry: OutboxEntry, copy: int) -> int:
        packed, files = pack(entry.letter)
        to = entry.letter.to
        values = {
            "fingerprint": entry.fingerprint,
            "copy": copy,
            "address": to.address,
            "name": to.name,
            "masked": to.masked,
            "brand": entry.brand,
            "site": entry.site,
            "format": entry.format,
            "purpose": entry.purpose,
            "language": entry.letter.language,
            "recorded": self.now(),
            "packed": packed,
        }
        columns, places = ", ".join(values), ", ".join(f":{column}" for column in values)
        cursor = self.connection.execute(f"INSERT INTO letters ({columns}) VALUES ({places})", values)  # noqa: S608  no value in it
        key = cursor.lastrowid or 0
        insert = self.connection.executemany
        insert("INSERT INTO enclosures VALUES (?, ?, ?, ?)", [(key, *enclosure) for enclosure in entry.enclosures])
        insert("INSERT OR IGNORE INTO files VALUES (?, ?)", list(files.items()))
        insert("INSERT INTO needs VALUES (?, ?)", [(key, digest) for digest in files])
        return key

    def try_all_now(self) -> None:
        """Let every waiting letter be tried at once, as if it had never failed."""
        self.connection.execute("UPDATE letters SET due = 0, attempts = 0 WHERE state = 'waiting'")

    def next_due(self, most_failures: int) -> tuple[int, float] | None:
        """Return the waiting letter that may be sent first, and from when on.

        A letter that failed more than ``most_failures`` times is left out.
        """
        query = "SELECT id, due FROM letters WHERE state = 'waiting' AND attempts <= ? ORDER BY due, id LIMIT 1"
        row: tuple[int, float] | None = self.connection.execute(query, (most_failures,)).fetchone()
        return row

    def letter(self, key: int) -> Letter:
        """Return the whole letter ``key``, as it was recorded. Raises ``MailError`` where its text was erased."""
        row = self.connection.execute("SELECT packed FROM letters WHERE id = ?", (key,)).fetchone()
        if not row or row[0] is None:
            raise MailError(f"The outbox no longer has the text of letter {key}.")
        return unpack(row[0], self._file)

    def _file(self, digest: str) -> bytes:
        content: bytes = self.connection.execute("SELECT content FROM files WHERE digest = ?", (digest,)).fetchone()[0]
        return content

    # What became of it.

    def begin(self, key: int) -> None:
        """Note that from here on nobody can know whether the letter arrives, until the server has answered."""
        self._set(key, "state = 'sending'")

    def mark_sent(self, key: int) -> None:
        """Note that the letter was sent, and erase what it said."""
        with transaction(self.connection):
            self._set(key, "state = 'sent', reason = '', packed = NULL, settled = ?", self.now())
            self._drop_files(key)

    def mark_refused(self, key: int, reason: str) -> None:
        self._set(key, "state = 'refused', reason = ?, settled = ?", reason, self.now())

    def mark_unknown(self, key: int, reason: str) -> None:
        self._set(key, "state = 'unknown', reason = ?, settled = ?", reason, self.now())

    def defer(self, key: int, reason: str, due: float) -> None:
        """Note that the letter was not delivered, for certain, and is worth another try from ``due`` on."""
        self._set(key, "state = 'waiting', reason = ?, due = ?, attempts = attempts + 1", reason, due)

    def hold_cut_off(self) -> int:
        """Hold what an earlier run was about to finish; only the run that has the turn to send may call this."""
        change = "UPDATE letters SET state = 'unknown', reason = ?, settled = ? WHERE state = 'sending'"
        return self.connection.execute(change, (CUT_OFF, self.now())).rowcount

    def _set(self, key: int, change: str, *values: object) -> None:
        self.connection.execute(f"UPDATE letters SET {change} WHERE id = ?", (*values, key))  # noqa: S608

    # What people ask of it.

    def recorded(self, keys: Sequence[int] | None = None) -> tuple[RecordedLetter, ...]:
        """Return all letters in the order in which they were recorded, or only those among ``keys``."""
        if keys is None:
            keys = [row[0] for row in self.connection.execute("SELECT id FROM letters ORDER BY id")]
        return tuple(self._recorded(key) for key in keys)

    def _recorded(self, key: int) -> RecordedLetter:
        columns = ("id", "masked", "state", "attempts", "recorded", "due", "reason", "purpose")
        query = f"SELECT {', '.join(columns)} FROM letters WHERE id = ?"  # noqa: S608
        values = dict(zip(columns, self.connection.execute(query, (key,)).fetchone(), strict=True))
        query = "SELECT slug, version, content_hash FROM enclosures WHERE id = ? ORDER BY slug"
        enclosures = tuple(EnclosedVersion(*enclosed) for enclosed in self.connection.execute(query, (key,)))
        return RecordedLetter(person=values.pop("masked"), enclosures=enclosures, **values)

    def in_full(self, key: int) -> LetterInFull:
        """Return one letter with its whole address. Raises ``MailError`` for a letter that is not there."""
        self._state(key)
        query = "SELECT address, name, brand, language, packed FROM letters WHERE id = ?"
        address, name, brand, language, packed = self.connection.execute(query, (key,)).fetchone()
        to = f"{name} <{address}>" if name else address
        text = self.letter(key).text if packed is not None else ""
        return LetterInFull(self._recorded(key), to, brand, language, text)

    def held(self, brand: str) -> dict[tuple[str, str], dict[tuple[str, str], int]]:
        """Return what each person holds of a brand, or is to be sent: letters by handout and version.

        The keys are the person (``Mailbox.same_person``) and the language, then the handout's slug and version.
        """
        query = """SELECT letters.id, address, language, slug, version FROM letters JOIN enclosures USING (id)
            WHERE brand = ? ORDER BY letters.id"""
        held: dict[tuple[str, str], dict[tuple[str, str], int]] = {}
        for key, address, language, slug, version in self.connection.execute(query, (brand,)):
            local, _, domain = address.rpartition("@")
            person = Mailbox(local, domain).same_person
            held.setdefault((person, language), {})[slug, version] = key
        return held

    def retry(self, keys: Sequence[int]) -> None:
        """Let the letters ``keys`` be sent by the next run, although refused or of unknown fate.

        Raises ``MailError``, changing nothing, for a letter that is not there, was sent, or is being sent.
        """
        with transaction(self.connection):
            for key in keys:
                if self._state(key) in ("sent", "sending"):
                    raise MailError(f"Letter {key} was sent; to send another copy, mail it anew with --again.")
                self._set(key, "state = 'waiting', due = 0, attempts = 0, settled = NULL")

    def forget(self, keys: Sequence[int]) -> int:
        """Erase all that the outbox knows of the letters ``keys``, whatever became of them. Returns how many."""
        with transaction(self.connection):
            for key in keys:
                if self._state(key) == "sending":
                    raise MailError(f"Letter {key} is being sent. Wait until that run has ended.")
                self._drop_files(key)
                self.connection.execute("DELETE FROM letters WHERE id = ?", (key,))
        # The write-ahead log still holds what was erased from the tables.
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return len(keys)

    def forget_older(self, days: float) -> Forgotten:
        """Forget what was sent or refused at least ``days`` ago.

        A letter that waits, or whose fate is unknown, is kept until someone decides: it is never dropped in silence.
        """
        before = (self.now() - days * DAY,)
        old = "SELECT id FROM letters WHERE state IN ('sent', 'refused') AND settled <= ?"
        open_fates = "SELECT count(*) FROM letters WHERE state NOT IN ('sent', 'refused') AND recorded <= ?"
        keys = [row[0] for row in self.connection.execute(old, before)]
        unsettled: int = self.connection.execute(open_fates, before).fetchone()[0]
        return Forgotten(letters=self.forget(keys) if keys else 0, unsettled=unsettled)

    def patients_below(self, slug: str, version: str = "") -> tuple[MailedPatient, ...]:
        """Return who was sent, or may have been sent, ``slug`` in a version below ``version``; each person once.

        Someone who was sent ``version`` or a later one since is left out. Without a ``version``, all versions count.
        """
        query = """SELECT address, name, brand, site, format, language, version FROM letters JOIN enclosures USING (id)
            WHERE slug = ? AND state IN ('sent', 'sending', 'unknown') ORDER BY letters.id"""
        limit = version_order(version) if version else None
        patients: dict[tuple[str, str, str], MailedPatient] = {}
        for address, name, brand, site, format_slug, language, mailed_version in self.connection.execute(
            query, (slug,)
        ):
            patient = MailedPatient(
                address=address, name=name, brand=brand, site=site, format=format_slug, language=language
            )
            key = (patient.address.casefold(), patient.brand, patient.language)
            if limit is None or version_order(mailed_version) < limit:
                patients[key] = patient
            else:
                patients.pop(key, None)
        return tuple(patients.values())

    def _state(self, key: int) -> str:
        row = self.connection.execute("SELECT state FROM letters WHERE id = ?", (key,)).fetchone()
        if not row:
            raise MailError(f"The outbox has no letter {key}.")
        return str(row[0])

    def _drop_files(self, key: int) -> None:
        """Erase the files that only the letter ``key`` still needs; call it within a transaction."""
        needed_by_others = "SELECT 1 FROM needs WHERE needs.digest = files.digest AND needs.id <> :key"
        needed = "SELECT digest FROM needs WHERE id = :key"
        drop = f"DELETE FROM files WHERE digest IN ({needed}) AND NOT EXISTS ({needed_by_others})"  # noqa: S608  no value in it
        self.connection.execute(drop, {"key": key})
        self.connection.execute("DELETE FROM needs WHERE id = ?", (key,))


@contextmanager
def open_outbox(path: Path, now: Callable[[], float]) -> Iterator[Outbox]:
    """Open the outbox at ``path``; ``now`` gives seconds since the epoch. Raises ``MailError`` where that fails."""
    with connect(path) as connection:
        yield Outbox(connection, now)
