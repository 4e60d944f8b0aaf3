"""A practitioner's terminal for the tests: the mail commands typed into a clinic's project, with a real mail server."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from handoutpress.cli import main
from mail_support import sample_mail
from mail_support.server import HERE, PASSWORD, USER, Certificates, Post, mail_server, make_certificates

CLINIC = sample_mail.CASES / "clinic"
ICE = ("mail", "ice-packs", "--brand", "river-clinic")


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def post(certificates: Certificates) -> Iterator[Post]:
    with mail_server(certificates) as running:
        yield running


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory, watched: list[Path]) -> Path:
    """The clinic's project, its plates kept for all the tests that copy it."""
    folder = tmp_path_factory.mktemp("printed") / "clinic"
    shutil.copytree(CLINIC, folder)
    watched.append(folder)
    return folder


class Keys(io.StringIO):
    """What is typed."""


@dataclass
class Terminal:
    """Types commands into a project and keeps all that was said, but for what shows a mail as it is."""

    folder: Path
    said: list[str] = field(default_factory=list)
    run: Callable[..., tuple[int, str]] = lambda *words: (0, "")


@pytest.fixture
def terminal(
    printed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Iterator[Terminal]:
    clinic_terminal = Terminal(tmp_path / "clinic")
    shutil.copytree(printed, clinic_terminal.folder)
    monkeypatch.chdir(clinic_terminal.folder)
    monkeypatch.setenv("HANDOUTS_MAIL_PASSWORD", PASSWORD)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def run(*words: str, typed: str = "", script: bool = True) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["handouts", *words])
        monkeypatch.setattr(sys, "stdin", Keys(typed))
        monkeypatch.setattr(sys.stdin, "isatty", lambda: not script)
        code = main()
        out, err = capfd.readouterr()
        if "--dry-run" not in words and "show" not in words:
            clinic_terminal.said.append(out + err)
        return code, out + err

    clinic_terminal.run = run
    yield clinic_terminal
    (tmp_path / "said.txt").write_text("".join(clinic_terminal.said), "utf-8")
    state_folder = clinic_terminal.folder / ".handoutpress"
    for name in ("plates", "art", "reads", "checks"):
        if (state_folder / name).is_dir():
            shutil.copytree(state_folder / name, printed / ".handoutpress" / name, dirs_exist_ok=True)


@pytest.fixture
def settings(terminal: Terminal, post: Post, certificates: Certificates) -> Post:
    text = f"""sender: handouts@river.example
server:
  host: {HERE}
  port: {post.port}
  username: {USER}
  ca_file: {certificates.authority}
  timeout: 5
  final_timeout: 5
per_minute: 6000
retry_after: [0.01]
"""
    (terminal.folder / "mail.yaml").write_text(text, "utf-8")
    return post


def secret_list(folder: Path, rows: str = "") -> str:
    table = (
        f'address;name;note\n{sample_mail.SECRET_ADDRESS};{sample_mail.SECRET_NAME};"{sample_mail.SECRET_NOTE}"\n{rows}'
    )
    (folder / "patients.csv").write_bytes(table.encode("cp1252"))
    return "patients.csv"
