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
from hashlib import sha256
from pathlib import Path
from typing import Literal

from handoutpress.content.models.mailboxes import MailError
from handoutpress.mail.letters import Letter
from handoutpress.mail.outbox_file import connect, pack, transaction, unpack

LetterState = Literal["waiting", "sending", "sent", "refused", "unknown"]
DAY = 86_400
CUT_OFF = "The run ended before the server had answered: it may have been delivered or not."


@dataclass(frozen=True)
class OutboxEntry:
    """A letter to be recorded. ``enclosures`` are the handouts it brings, as slugs with their versions."""

    letter: Letter
    brand: str
    format: str
    enclosures: tuple[tuple[str, str], ...]
    site: str = ""
    purpose: str = ""
    """Empty, or what sets this letter apart from an earlier one with the same handouts, such as a recall."""

    @property
    def fingerprint(self) -> str:
        """Equal for two letters that bring one person the same versions of the same handouts of one brand."""
        enclosed = [f"{slug} {version}" for slug, version in sorted(self.enclosures)]
        parts = [self.letter.to.same_person, self.brand, self.letter.language, self.purpose, *enclosed]
        return sha256("\n".join(parts).encode()).hexdigest()


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
    settled: float | None
    due: float
    reason: str
    enclosures: tuple[tuple[str, str], ...]


class Outbox:
    """One SQLite file, opened with ``open_outbox``."""

    def __init__(self, connection: sqlite3.Connection, path: Path, now: Callable[[], float]) -> None:
        self.connection = connection
        self.path = path
        self.now = now

    def record(self, entries: Iterable[OutboxEntry], again: bool = False) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Record all ``entries`` or, if one fails, none. Returns the ids of the new ones and of those it held already.

        A letter that the outbox already holds is not recorded a second time, unless ``again`` asks for another copy.
        """
        new: list[int] = []
        held: list[int] = []
        with transaction(self.connection):
            for entry in entries:
                last = self._last_copy(entry.fingerprint)
                if last and not again:
                    held.append(last[0])
                else:
                    new.append(self._insert(entry, last[1] + 1 if last else 1))
        return tuple(new), tuple(held)

    def _last_copy(self, fingerprint: str) -> tuple[int, int] | None:
        question = "SELECT id, copy FROM letters WHERE fingerprint = ? ORDER BY copy DESC LIMIT 1"
        found: tuple[int, int] | None = self.connection.execute(question, (fingerprint,)).fetchone()
        return found

    def _insert(self, entry: OutboxEntry, copy: int) -> int:
        packed, files = pack(entry.letter)
        to = entry.letter.to
        columns = "fingerprint, copy, address, name, masked, brand, site, format, language, recorded, packed"
        cursor = self.connection.execute(
            f"INSERT INTO letters ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608  no value in it
            (
                *(entry.fingerprint, copy, to.address, to.name, to.masked),
                *(entry.brand, entry.site, entry.format, entry.letter.language, self.now(), packed),
            ),
        )
        key = cursor.lastrowid or 0
        change = self.connection.executemany
        change("INSERT INTO enclosures VALUES (?, ?, ?)", [(key, *enclosure) for enclosure in entry.enclosures])
        change("INSERT OR IGNORE INTO files VALUES (?, ?)", list(files.items()))
        change("INSERT INTO needs VALUES (?, ?)", [(key, digest) for digest in files])
        return key

    def try_all_now(self) -> None:
        """Let every waiting letter be tried at once, as if it had never failed."""
        self.connection.execute("UPDATE letters SET due = 0, attempts = 0 WHERE state = 'waiting'")

    def next_due(self, most_failures: int) -> tuple[int, float] | None:
        """The waiting letter that may be sent first, and from when on; not one that failed more often than that."""
        question = "SELECT id, due FROM letters WHERE state = 'waiting' AND attempts <= ? ORDER BY due, id LIMIT 1"
        found: tuple[int, float] | None = self.connection.execute(question, (most_failures,)).fetchone()
        return found

    def letter(self, key: int) -> Letter:
        """The whole letter ``key``, as it was recorded."""
        packed = self.connection.execute("SELECT packed FROM letters WHERE id = ?", (key,)).fetchone()
        if not packed or packed[0] is None:
            raise MailError(f"The outbox no longer has the text of letter {key}.")
        return unpack(packed[0], self._file)

    def _file(self, digest: str) -> bytes:
        found = self.connection.execute("SELECT content FROM files WHERE digest = ?", (digest,)).fetchone()
        content: bytes = found[0]
        return content

    def begin(self, key: int) -> None:
        """From here on nobody can know whether the letter arrives, until the server has answered."""
        self._set(key, "state = 'sending'")

    def mark_sent(self, key: int) -> None:
        with transaction(self.connection):
            self._set(key, "state = 'sent', reason = '', packed = NULL, settled = ?", self.now())
            self.drop_files(key)

    def mark_refused(self, key: int, reason: str) -> None:
        self._set(key, "state = 'refused', reason = ?, settled = ?", reason, self.now())

    def mark_unknown(self, key: int, reason: str) -> None:
        self._set(key, "state = 'unknown', reason = ?, settled = ?", reason, self.now())

    def defer(self, key: int, reason: str, due: float) -> None:
        """Not delivered, for certain, and worth another try from ``due`` on."""
        self._set(key, "state = 'waiting', reason = ?, due = ?, attempts = attempts + 1", reason, due)

    def hold_cut_off(self) -> int:
        """Hold what an earlier run was about to finish; only the run that has the turn to send may call this."""
        held = "UPDATE letters SET state = 'unknown', reason = ?, settled = ? WHERE state = 'sending'"
        return self.connection.execute(held, (CUT_OFF, self.now())).rowcount

    def _set(self, key: int, change: str, *values: object) -> None:
        self.connection.execute(f"UPDATE letters SET {change} WHERE id = ?", (*values, key))  # noqa: S608

    def drop_files(self, key: int) -> None:
        """Erase the files that only the letter ``key`` still needs; call it within a transaction."""
        others = "SELECT 1 FROM needs WHERE needs.digest = files.digest AND needs.id <> :key"
        own = "SELECT digest FROM needs WHERE id = :key"
        drop = f"DELETE FROM files WHERE digest IN ({own}) AND NOT EXISTS ({others})"  # noqa: S608  no value in it
        self.connection.execute(drop, {"key": key})
        self.connection.execute("DELETE FROM needs WHERE id = ?", (key,))

    def remembered(self, keys: Sequence[int] | None = None) -> tuple[RecordedLetter, ...]:
        """All letters in the order in which they were recorded, or only those among ``keys``."""
        if keys is None:
            keys = [row[0] for row in self.connection.execute("SELECT id FROM letters ORDER BY id")]
        return tuple(self._remembered(key) for key in keys)

    def _remembered(self, key: int) -> RecordedLetter:
        columns = "id, masked, state, attempts, recorded, settled, due, reason"
        row = self.connection.execute(f"SELECT {columns} FROM letters WHERE id = ?", (key,)).fetchone()  # noqa: S608
        enclosed = "SELECT slug, version FROM enclosures WHERE id = ? ORDER BY slug"
        return RecordedLetter(*(*row, tuple(self.connection.execute(enclosed, (key,)))))


@contextmanager
def open_outbox(path: Path, now: Callable[[], float]) -> Iterator[Outbox]:
    """The outbox at ``path``; ``now`` gives seconds since the epoch. Raises ``MailError`` where it cannot be used."""
    with connect(path) as connection:
        yield Outbox(connection, path, now)
