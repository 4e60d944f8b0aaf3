"""What people do with an outbox: send a letter once more, forget it, ask who was sent a handout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handoutpress.content.models.mailboxes import MailError
from handoutpress.content.models.versions import version_order
from handoutpress.mail.outbox import DAY, Outbox
from handoutpress.mail.outbox_file import transaction


@dataclass(frozen=True)
class MailedReader:
    """Someone who has, or may have, an old version of a handout: what a recall needs to know."""

    address: str
    name: str
    brand: str
    site: str
    format: str
    language: str


def retry(outbox: Outbox, keys: Sequence[int]) -> None:
    """Let the letters ``keys`` be sent by the next run, although refused or of unknown fate.

    Raises ``MailError``, changing nothing, for a letter that is not there, was sent, or is being sent.
    """
    with transaction(outbox.connection):
        for key in keys:
            state = _state(outbox, key)
            if state in ("sent", "sending"):
                raise MailError(f"Letter {key} was sent; to send another copy, mail it anew with --again.")
            change = "UPDATE letters SET state = 'waiting', due = 0, attempts = 0, settled = NULL WHERE id = ?"
            outbox.connection.execute(change, (key,))


def forget(outbox: Outbox, keys: Sequence[int]) -> int:
    """Erase all that the outbox knows of the letters ``keys``, whatever became of them. Returns how many."""
    with transaction(outbox.connection):
        for key in keys:
            if _state(outbox, key) == "sending":
                raise MailError(f"Letter {key} is being sent. Wait until that run has ended.")
            outbox.drop_files(key)
            outbox.connection.execute("DELETE FROM letters WHERE id = ?", (key,))
    _leave_no_trace(outbox)
    return len(keys)


def forget_older(outbox: Outbox, days: float) -> tuple[int, int]:
    """Forget what was sent or refused at least ``days`` ago. Returns how many, and how many as old are unsettled.

    A letter that waits, or whose fate is unknown, is kept until someone decides: it is never dropped in silence.
    """
    before = outbox.now() - days * DAY
    kept = "SELECT count(*) FROM letters WHERE state NOT IN ('sent', 'refused') AND recorded <= ?"
    old = "SELECT id FROM letters WHERE state IN ('sent', 'refused') AND settled <= ?"
    keys = [row[0] for row in outbox.connection.execute(old, (before,))]
    unsettled: int = outbox.connection.execute(kept, (before,)).fetchone()[0]
    return (forget(outbox, keys) if keys else 0), unsettled


def readers_below(outbox: Outbox, slug: str, version: str) -> tuple[MailedReader, ...]:
    """Everyone who was sent, or may have been sent, ``slug`` in a version below ``version``; each person once.

    Someone who was sent ``version`` or a later one since is left out.
    """
    question = """SELECT address, name, brand, site, format, language, version FROM letters JOIN enclosures USING (id)
        WHERE slug = ? AND state IN ('sent', 'sending', 'unknown') ORDER BY letters.id"""
    readers: dict[tuple[str, str, str], MailedReader] = {}
    for *columns, had in outbox.connection.execute(question, (slug,)):
        reader = MailedReader(*columns)
        key = (reader.address.casefold(), reader.brand, reader.language)
        if version_order(had) < version_order(version):
            readers[key] = reader
        else:
            readers.pop(key, None)
    return tuple(readers.values())


def _state(outbox: Outbox, key: int) -> str:
    found = outbox.connection.execute("SELECT state FROM letters WHERE id = ?", (key,)).fetchone()
    if not found:
        raise MailError(f"The outbox has no letter {key}.")
    return str(found[0])


def _leave_no_trace(outbox: Outbox) -> None:
    """Empty the write-ahead log, which still holds what was erased from the tables."""
    outbox.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
