"""A run of 200 mails killed at random moments: nobody gets two, nobody is lost, every unknown fate is named."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from threading import Timer

import pytest
from mail_sender import MAILS
from mailserver import Certificates, Post, mail_server, make_certificates

from handoutpress.deliver.outbox import Remembered, open_outbox

KILLS = 5
STEPS_A_MAIL = 6
"""MAIL, RCPT, DATA, the dot and its answer, and what the connection costs."""


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("certificates"))


def one_run(path: Path, post: Post, certificates: Certificates, kill_at: tuple[int, float] | None) -> int:
    """Run the sender; kill it some seconds after the server's step number ``kill_at``. Returns its exit code."""
    folder = Path(__file__).parent
    environment = os.environ | {"PYTHONPATH": f"{folder}{os.pathsep}{folder.parent}"}
    command = [sys.executable, str(folder / "mail_sender.py"), str(path), str(post.port), str(certificates.authority)]
    with subprocess.Popen(command, env=environment) as sender:
        first = len(post.steps)

        def kill() -> None:
            with suppress(ProcessLookupError):
                sender.kill()

        def watch(_step: str) -> None:
            if kill_at and len(post.steps) - first == kill_at[0]:
                Timer(kill_at[1], kill).start()

        post.on_step = watch
        return sender.wait(timeout=120)


def run_with_kills(
    path: Path, certificates: Certificates, chance: random.Random
) -> tuple[Post, tuple[Remembered, ...]]:
    with mail_server(certificates) as post:
        killed = 0
        for _ in range(KILLS):
            moment = chance.randrange(1, MAILS * STEPS_A_MAIL // KILLS), chance.uniform(0, 0.01)
            killed += one_run(path, post, certificates, moment) != 0
        assert killed >= KILLS - 1, "the runs were over before they could be killed"
        assert one_run(path, post, certificates, None) == 0
    with open_outbox(path, time.time) as outbox:
        return post, outbox.remembered()


def check(post: Post, letters: tuple[Remembered, ...]) -> None:
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
