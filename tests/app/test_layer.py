"""The application layer: what it may load, and that commands go through it and not through each other."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from press_room import printable

import handoutpress
from handoutpress.cli.command_line import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "handoutpress"
MOST_MODULES = 135
"""Modules of ours that ``handouts list`` may load."""
SPEAKING = ("click", "rich", "typer")


def imported(module: Path) -> Iterator[str]:
    """Every module that a module imports, at its top or within a function."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def output(code: str, cwd: Path) -> str:
    """What Python prints that runs ``code`` by itself."""
    command = [sys.executable, "-c", code]
    return subprocess.run(
        command, cwd=cwd, env={"PYTHONPATH": str(ROOT)}, capture_output=True, check=True
    ).stdout.decode()


@pytest.mark.parametrize("name", sorted(set(COMMANDS.values())))
def test_no_command_imports_another(name: str) -> None:
    others = {f"handoutpress.cli.{other}" for other in COMMANDS.values() if other != name}
    assert others.isdisjoint(imported((PACKAGE / "cli" / name.replace(".", "/")).with_suffix(".py")))


@pytest.mark.parametrize("module", sorted((PACKAGE / "app").glob("*.py")), ids=lambda path: path.stem)
def test_the_application_layer_neither_prints_nor_asks(module: Path) -> None:
    tree = ast.parse(module.read_text("utf-8"))
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert called.isdisjoint({"print", "input"})
    assert {"sys", "getpass", "logging", *SPEAKING}.isdisjoint(name.partition(".")[0] for name in imported(module))


def test_it_needs_nothing_that_speaks_to_a_person(tmp_path: Path) -> None:
    names = [f"handoutpress.app.{module.stem}" for module in sorted((PACKAGE / "app").glob("[a-z]*.py"))]
    loaded = output(f"import sys, {', '.join(names)}; print(*sys.modules)", tmp_path).split()
    assert "handoutpress.app.build" in loaded
    assert set(SPEAKING).isdisjoint(loaded)


def test_a_list_loads_only_what_it_needs(tmp_path: Path) -> None:
    """The first time with the reader of brands, and later with the brands as they were read."""
    project = printable(tmp_path / "clinic")
    code = (
        "import sys; sys.argv = ['handouts', 'list']; from handoutpress.cli import main; main(); "
        "print(*(name for name in sys.modules if name.split('.')[0] == 'handoutpress'))"
    )
    first, later = (output(code, project).splitlines()[-1].split() for _ in range(2))
    assert "handoutpress.content.catalog" in later
    assert len(later) < len(first) <= MOST_MODULES


def test_the_package_loads_nothing_before_a_name_is_used(tmp_path: Path) -> None:
    code = "import sys, handoutpress; print(*(name for name in sys.modules if name.startswith('handoutpress')))"
    assert output(code, tmp_path).split() == ["handoutpress"]


def test_every_public_name_is_there_and_no_other() -> None:
    assert [name for name in handoutpress.__all__ if getattr(handoutpress, name).__name__ != name] == []
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        handoutpress.nothing  # noqa: B018
