"""The commands that the docs and our messages name: found on a page and held against the command line."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.main import get_command

from handoutpress.cli.command_line import application

ROOT = Path(__file__).resolve().parents[3]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PLACEHOLDER = re.compile(r"\b[A-Z]{3,}|[<>…\[\]]")
TREE = get_command(application(None))
IN_A_SENTENCE = re.compile(r"""(?:["`(]|: |\brun |\bsee |&& )handouts ([a-z][^"`\n]*)""")


@dataclass(frozen=True)
class Command:
    """A line, or the lines of a loop, as they are pasted, and what the page shows them to print."""

    line: str
    shown: tuple[str, ...] = ()


def commands(text: str) -> Iterator[Command]:
    """Every command in the fenced blocks of a page: ``sh`` has commands alone, ``console`` what they print, too."""
    for kind, block in FENCE.findall(text):
        if kind == "console":
            for part in f"\n{block}".split("\n$ ")[1:]:
                line, *shown = part.strip().split("\n")
                yield Command(line, tuple(shown))
        elif kind == "sh":
            yield from map(Command, re.findall(r"^for [\s\S]*?^done$|^.+$", block, re.MULTILINE))


def prose(text: str) -> str:
    return FENCE.sub("", text)


def named(text: str) -> list[str]:
    """Every ``handouts …`` in backticks within the prose of a page, without the first word."""
    return re.findall(r"`handouts ([^`]+)`", prose(text))


def synopses(text: str) -> list[str]:
    lines = [line for kind, block in FENCE.findall(text) if kind == "text" for line in block.splitlines()]
    return [line.removeprefix("handouts ") for line in lines if line.startswith("handouts ")]


def said_in_code(path: Path) -> list[str]:
    """Every command that a string of a module names: ``"handouts …"``, ``Hint: handouts …`` and the like."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else "NAME" for part in node.values]
            found += IN_A_SENTENCE.findall("".join(map(str, parts)))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found += IN_A_SENTENCE.findall(node.value)
    return found


def examples(command: Any = TREE) -> Iterator[str]:
    """Every example in the help of the commands."""
    for line in (command.help or "").splitlines():
        if line.strip().startswith("handouts "):
            yield re.split(r"\s{2,}", line.strip().removeprefix("handouts "))[0]
    for inner in getattr(command, "commands", {}).values():
        yield from examples(inner)


def unknown(words: str) -> list[str]:
    """What of a command's words the command line does not know: the command itself, or an option."""
    parts = [part.rstrip(".") for part in re.findall(r"[\w.*-]+", words)]
    command: Any = TREE
    while getattr(command, "commands", None) and parts and not parts[0].startswith("-"):
        name = parts.pop(0)
        if name not in command.commands:
            return [name]
        command = command.commands[name]
    known = {"--help"} | {name for each in command.params for name in (*each.opts, *each.secondary_opts)}
    return [part for part in parts if part.startswith("--") and part not in known]


def values(line: str) -> Mapping[str, Any]:
    """The values of a whole command, by parameter. Raises what the command line raises for wrong arguments."""
    command, words = _called(line)
    parameters: Mapping[str, Any] = command.make_context("handouts", words).params
    return parameters


def arguments(line: str) -> list[str]:
    """What stands behind the name of a command: nothing where a page only names it."""
    return _called(line)[1]


def _called(line: str) -> tuple[Any, list[str]]:
    words = shlex.split(line, comments=True)
    command: Any = TREE
    while getattr(command, "commands", None) and words:
        command = command.commands[words.pop(0)]
    return command, words


def handouts_in(line: str) -> list[str]:
    """The calls of the program in a line of a shell, without the first word."""
    return re.findall(r"^\s*(?:timeout [\S ]*? )?handouts ([^&\n]+)", line.replace("&& ", "\n"), re.MULTILINE)
