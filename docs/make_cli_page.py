"""Write docs/cli.md from the command line itself, so that no command or option is left out or invented."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command

from handoutpress.cli.command_line import COMMANDS, application

PAGE = Path(__file__).resolve().parent / "cli.md"
HEAD = """\
# The command line

`handouts`, `python -m handoutpress` and `python generate.py` are the same. With no command, everything is built.
`handouts COMMAND --help` says the same as this page, which `python docs/make_cli_page.py` writes. After
`handouts --install-completion` your shell completes commands, options, and the names of handouts, brands, languages and
formats. `handouts docs` shows these pages without a network.

| exit code | meaning |
|---|---|
| 0 | done |
| 1 | mistakes in the content, findings, or editions that failed: each told in a sentence |
| 2 | wrong arguments |
| 3 | our bug: the trace is in a file that the message names |
| 130 | interrupted |

Results go to the standard output, everything else to the standard error stream. On a terminal a build shows a bar;
elsewhere it prints a line a minute. `NO_COLOR` is respected.
"""


def _commands(command: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    for name, found in sorted(getattr(command, "commands", {}).items()):
        if getattr(found, "commands", None):
            yield from _commands(found, f"{path}{name} ")
        else:
            yield f"{path}{name}", found


def _section(name: str, command: Any) -> str:
    summary = " ".join((command.help or "").split("\n\n", maxsplit=1)[0].split())
    rows = [f"| {_names(parameter)} | {parameter.help or ''} |" for parameter in command.params]
    return f"\n## handouts {name}\n\n{summary}\n\n| | |\n|---|---|\n" + "\n".join(rows) + "\n"


def _names(parameter: Any) -> str:
    names = [*parameter.opts, *parameter.secondary_opts]
    shown = names if names[0].startswith("-") else [names[0].upper()]
    return ", ".join(f"`{name}`" for name in shown)


def page() -> str:
    """The whole page."""
    commands = _commands(get_command(application(None)))
    return HEAD + "".join(_section(name, command) for name, command in commands)


def main() -> int:
    """Write the page."""
    PAGE.write_text(page(), "utf-8")
    print(f"docs/cli.md: {len(COMMANDS)} commands")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(PAGE.parent.parent))
    sys.exit(main())
