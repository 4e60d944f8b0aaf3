"""A project that nobody may write in, as on a shared disk: what only reads works, and the rest is one sentence."""

from __future__ import annotations

import builtins
import errno
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from press_room import Call, caller, printable

CHANGING = ("mkdir", "replace", "rename", "unlink", "link", "symlink", "rmdir")


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = printable(tmp_path_factory.mktemp("shared") / "clinic")
    (root / "article.md").write_text("# Cupping\n\nCups are placed on the skin.\n", "utf-8")
    return root


def by_mode(mode: str = "r", *_: object, **__: object) -> bool:
    return bool(set(mode) & set("wax+"))


def by_flags(flags: int, *_: object, **__: object) -> bool:
    return bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))


def always(*_: object, **__: object) -> bool:
    return True


def guarded(real: Callable[..., Any], writes: Callable[..., bool], root: Path) -> Callable[..., Any]:
    """A function of the system that fails below ``root``, as on a disk that is mounted to be read, where it writes."""

    def guard(path: Any, *arguments: Any, **named: Any) -> Any:
        is_path = isinstance(path, (str, bytes, os.PathLike))
        if is_path and writes(*arguments, **named) and Path(os.fsdecode(path)).absolute().is_relative_to(root):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), os.fsdecode(path))
        return real(path, *arguments, **named)

    return guard


@pytest.fixture
def call(begun: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Call:
    """The command line in that project."""
    opened = guarded(io.open, by_mode, begun)
    for module in (builtins, io):
        monkeypatch.setattr(module, "open", opened)
    monkeypatch.setattr(os, "open", guarded(os.open, by_flags, begun))
    for name in CHANGING:
        monkeypatch.setattr(os, name, guarded(getattr(os, name), always, begun))
    return caller(begun, monkeypatch, capfd)


@pytest.mark.parametrize("words", [("list",), ("check",), ("doctor",)], ids=" ".join)
def test_what_only_reads_works(words: tuple[str, ...], call: Call) -> None:
    code, said, complained = call(*words)
    assert (code, complained) == (0, ""), said + complained


@pytest.mark.parametrize(
    "words",
    [
        ("new", "handout", "cupping"),
        ("check", "--card"),
        ("import", "article.md"),
        ("build", "honey", "--format", "a6-card", "--no-html", "--jobs", "1"),
        ("release", "--try"),
    ],
    ids=" ".join,
)
def test_what_writes_ends_with_a_sentence(words: tuple[str, ...], call: Call, begun: Path) -> None:
    before = sorted(begun.rglob("*"))
    code, said, complained = call(*words)
    assert (code, "Traceback" in complained) == (1, False), said + complained
    assert "is read-only. Hint: copy the project to where you may write" in complained
    assert sorted(begun.rglob("*")) == before
