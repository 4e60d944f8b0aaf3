"""Where nothing more can be written, each command says so in a sentence, and what a person has is left whole."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from press_room import BRAND, HANDOUT, caller, change, printable

from handoutpress.content.project import builtin_root

ENTRY = "@article{ash-2019, title={Needles}, author={Ash, A}, year={2019}, journal={J Pain}, doi={10.1000/x1}}\n"
FULL = 300
"""Bytes that a file may have: all that people write is longer, and what the commands say is shorter."""
KEPT = (".handoutpress", "out")
"""Folders of what can be made anew."""

TOLD = ("would be larger than this disk or your rights allow.", "cannot be used now: ", "File too large.")
"""The last one is of the commands with patients' data, which name no file."""

COMMANDS = (
    ("init", "another"),
    ("new", "handout", "cupping"),
    ("new", "brand", "lake"),
    ("new", "mail"),
    ("schema",),
    ("check", "--card"),
    ("translate", "honey", "--to", "es"),
    ("import", "article.md"),
    ("references", "add", "one.bib"),
    ("build", "honey", "--format", "a6-card", "--no-html", "--jobs", "1"),
    ("mail", "honey", "--to", "mia@patients.example", "--name", "Mia", "--eml", "drafts", "--yes"),
    ("outbox", "list"),
)


@contextmanager
def full_disk() -> Iterator[None]:
    """Let no file grow beyond some bytes: a write fails as it does on a full disk, but for the number of the error."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (FULL, before[1]))
    sys.dont_write_bytecode = True  # Python keeps a compiled module that was cut off, and then cannot load it
    try:
        yield
    finally:
        sys.dont_write_bytecode = False
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def files_of(root: Path) -> Mapping[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.relative_to(root).parts[0] not in KEPT
    }


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = printable(tmp_path_factory.mktemp("full") / "clinic")
    change(root / BRAND, lambda brand: brand["meta"].update(contacts=[{"email": "hello@hill.example"}]))
    (root / "one.bib").write_text(ENTRY, "utf-8")
    (root / "article.md").write_text("# Cupping\n\n" + "Cups are placed on the skin.\n\n" * 20, "utf-8")
    return root


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_on_a_full_disk_a_command_ends_with_a_sentence_and_leaves_nothing_half_written(
    words: tuple[str, ...], begun: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    before = files_of(begun)
    call = caller(begun, monkeypatch, capfd)
    with full_disk():
        code, said, complained = call(*words)
    assert (code, "Traceback" in said + complained) == (1, False), said + complained
    assert any(sentence in said + complained for sentence in TOLD), said + complained
    assert files_of(begun) == before
    assert (begun / HANDOUT).is_file()


ENGINE = """
import resource, signal, sys
from pathlib import Path
from handoutpress.press.layout.font_settings import font_settings
from handoutpress.press.layout.typeset import Typesetter
fonts, cache = [Path(sys.argv[1])], Path(sys.argv[2])
font_settings(fonts, cache)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))
Typesetter(fonts, cache)._fonts
"""
"""Loads the engine with its fonts, where the engine's own library can keep nothing of them."""


def test_the_library_of_the_fonts_says_nothing_of_its_own(tmp_path: Path) -> None:
    root = builtin_root()
    command = [sys.executable, "-B", "-c", ENGINE, str(root / "fonts" / "source-sans-3"), str(tmp_path)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert next((tmp_path / "fontconfig").glob("*.NEW")), "it had nothing to say"
