"""A run of 200 mails killed at random moments: nobody gets two, nobody is lost, every unknown fate is named."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

import pytest
from mail_support.sender import MAILS
from mail_support.server import Certificates, Post, mail_server

from handoutpress.mail.outbox import RecordedLetter, open_outbox

KILLS = 5
STEPS_A_MAIL = 6
"""MAIL, RCPT, DATA, the dot and its answer, and what the connection costs."""


@dataclass(frozen=True)
class Moment:
    """When to kill: ``delay`` seconds after the server's ``count``-th step of a kind, or of any kind."""

    count: int
    delay: float = 0.0
    kind: str = ""


def any_moment(chance: random.Random) -> Moment:
    """A random moment of a run; every other one is the worst of all: delivered, and the server has yet to say so."""
    if chance.random() < 0.5:
        return Moment(chance.randrange(1, MAILS // KILLS), kind="after dot")
    return Moment(chance.randrange(1, MAILS * STEPS_A_MAIL // KILLS), chance.uniform(0, 0.01))


def one_run(path: Path, post: Post, certificates: Certificates, moment: Moment | None) -> int:
    """Run the sender and kill it at ``moment``. Returns its exit code."""
    folder = Path(__file__).parents[1] / "support"
    environment = os.environ | {"PYTHONPATH": f"{folder}{os.pathsep}{folder.parent}"}
    command = [
        sys.executable,
        str(folder / "mail_support" / "sender.py"),
        str(path),
        str(post.port),
        str(certificates.authority),
    ]
    with subprocess.Popen(command, env=environment) as sender:
        first = len(post.steps)

        def kill() -> None:
            with suppress(ProcessLookupError):
                sender.kill()

        def watch(step: str) -> None:
            if moment is None or moment.kind not in ("", step):
                return
            count = sum(moment.kind in ("", past_step) for past_step in post.steps[first:])
            if count == moment.count and moment.delay:
                Timer(moment.delay, kill).start()
            elif count == moment.count:
                kill()

        post.on_step = watch
        return sender.wait(timeout=120)


def run_with_kills(
    path: Path, certificates: Certificates, chance: random.Random
) -> tuple[Post, tuple[RecordedLetter, ...]]:
    with mail_server(certificates) as post:
        killed = 0
        for _ in range(KILLS):
            killed += one_run(path, post, certificates, any_moment(chance)) != 0
        assert killed >= KILLS - 1, "the runs were over before they could be killed"
        assert one_run(path, post, certificates, None) == 0
    with open_outbox(path, time.time) as outbox:
        return post, outbox.recorded()


def check(post: Post, letters: tuple[RecordedLetter, ...]) -> None:
    delivered = Counter(post.addresses())
    states = {f"p{number:03d}@patients.example": letter for number, letter in enumerate(letters)}
    assert len(states) == MAILS
    assert max(delivered.values()) == 1, "a patient got two"
    assert {letter.state for letter in letters} <= {"sent", "unknown"}
    for address, letter in states.items():
        assert address in delivered or letter.state == "unknown", "a patient was lost"
        assert letter.state == "sent" or "may have been delivered or not" in letter.reason
    assert sum(letter.state == "unknown" for letter in letters) <= KILLS


def test_a_run_that_is_killed_five_times_mails_everyone_once(tmp_path: Path, certificates: Certificates) -> None:
    check(*run_with_kills(tmp_path / "outbox.sqlite", certificates, random.Random(8)))


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10))
def test_fifty_kills_mail_everyone_once(seed: int, tmp_path: Path, certificates: Certificates) -> None:
    check(*run_with_kills(tmp_path / "outbox.sqlite", certificates, random.Random(seed)))
