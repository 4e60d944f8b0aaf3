"""A letter as text for the outbox and back; the files that letters share are named by digest and kept once."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256
from typing import Any

from handoutpress.content.mailboxes import Mailbox
from handoutpress.deliver.letters import Attachment, Letter


def pack(letter: Letter) -> tuple[str, dict[str, bytes]]:
    """``letter`` as JSON without the content of its files, and that content by its SHA-256."""
    values = asdict(letter)
    files = {sha256(attachment.content).hexdigest(): attachment.content for attachment in letter.attachments}
    values["date"] = letter.date.isoformat()
    values["attachments"] = [
        {"name": attachment.name, "media_type": attachment.media_type, "digest": sha256(attachment.content).hexdigest()}
        for attachment in letter.attachments
    ]
    return json.dumps(values, ensure_ascii=False), files


def unpack(packed: str, read: Callable[[str], bytes]) -> Letter:
    """The letter that ``pack`` was given; ``read`` finds a file's content by its digest."""
    values: dict[str, Any] = json.loads(packed)
    attachments = tuple(
        Attachment(file["name"], file["media_type"], read(file["digest"])) for file in values.pop("attachments")
    )
    reply_to = values.pop("reply_to")
    return Letter(
        sender=Mailbox(**values.pop("sender")),
        to=Mailbox(**values.pop("to")),
        date=datetime.fromisoformat(values.pop("date")),
        attachments=attachments,
        reply_to=Mailbox(**reply_to) if reply_to else None,
        **values,
    )
