"""A process that records 200 mails and sends them, to be killed: OUTBOX PORT AUTHORITY."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path

from handoutpress.content.models.mail_settings import Server
from handoutpress.mail.outbox import OutboxEntry, open_outbox
from handoutpress.mail.outbox_store import turn_to_send
from handoutpress.mail.sending import Clock, Pace, send_waiting
from handoutpress.mail.smtp import SmtpTransport
from mail_support import sample_mail
from mail_support.server import HERE, PASSWORD, USER

MAILS = 200


def entries() -> list[OutboxEntry]:
    model = sample_mail.entry()
    boxes = [replace(model.letter.to, local=f"p{number:03d}") for number in range(MAILS)]
    letters = [replace(model.letter, to=box, message_id=f"<{box.local}@clinic.example>") for box in boxes]
    return [replace(model, letter=letter) for letter in letters]


def main(path: Path, port: int, authority: Path) -> None:
    server = Server(host=HERE, port=port, username=USER, ca_file=authority, timeout=20, final_timeout=20)
    with open_outbox(path, time.time) as outbox, turn_to_send(path):
        outbox.record(entries())
        transport = SmtpTransport(server, PASSWORD)
        outcome = send_waiting(
            outbox, transport, Pace(600_000, (0.05,)), Clock(time.time, time.sleep), lambda event: None
        )
    if outcome.stopped:
        raise SystemExit(outcome.stopped)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
