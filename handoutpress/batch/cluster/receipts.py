"""Receipts: what became of a unit, put into the store after its PDFs. The build's record is the list of them.

A receipt is a line that names the unit and what failed, and after it the build log of what was made.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from handoutpress.batch.log.build_log import BuildLog, compact, log_lines, parse_log
from handoutpress.batch.log.manifest import NOT_OURS
from handoutpress.store.objects.object_store import ObjectStore
from handoutpress.yamlfile.problems import HandoutError

VERSION = 1
FOLDER = "receipts"


@dataclass(frozen=True)
class UnitReceipt:
    """What became of a unit: the outputs made, stamped with their size alone, and by path why others failed."""

    log: BuildLog
    failed: Mapping[str, str]


def receipt_name(key: str) -> str:
    """Return the name of the receipt of the unit with this key."""
    return f"{FOLDER}/{key}"


def pdf_name(sha256: str) -> str:
    """Return the name of what was made with these bytes."""
    return f"made/{sha256[:2]}/{sha256}"


def receipt_to_bytes(key: str, receipt: UnitReceipt) -> bytes:
    """Return a receipt as it is put; equal ones are equal bytes, whoever made the unit."""
    head = json.dumps(["handouts receipt", VERSION, key, dict(sorted(receipt.failed.items()))], ensure_ascii=False)
    return "".join(f"{line}\n" for line in (head, *log_lines(compact(receipt.log)))).encode()


def receipt_from_bytes(key: str, content: bytes) -> UnitReceipt:
    """Read what ``receipt_to_bytes`` gave. Raises ``HandoutError`` where it is none of this unit's."""
    head, _, log = content.partition(b"\n")
    try:
        _, version, of_unit, failed = json.loads(head)
        if (version, of_unit) != (VERSION, key):
            raise ValueError(version, of_unit)
        return UnitReceipt(parse_log(log), {str(path): str(sentence) for path, sentence in failed.items()})
    except NOT_OURS:
        raise HandoutError(
            f"{receipt_name(key)} in the store is no receipt of ours. Hint: remove it, and make its unit again."
        ) from None


def find_receipt(store: ObjectStore, key: str) -> UnitReceipt | None:
    """Return the receipt of the unit with this key, if it has one. Raises ``HandoutError`` for another, ``OSError``."""
    content = store.get(receipt_name(key))
    return None if content is None else receipt_from_bytes(key, content)


def made_units(store: ObjectStore) -> set[str]:
    """Return the keys of all units that have a receipt. Raises ``OSError``."""
    return {name.rpartition("/")[2] for name in store.names(FOLDER)}
