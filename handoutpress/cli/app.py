"""The commands, and the one place where errors become sentences and exit codes."""

from __future__ import annotations

import sys
import traceback
from importlib import import_module
from pathlib import Path
from tempfile import NamedTemporaryFile

import typer
from typer.exceptions import TyperException

from handoutpress.cli import discretion
from handoutpress.cli.console import complain
from handoutpress.store.garbage_collector import collect_rarely, loading
from handoutpress.yamlfile.problems import HandoutError

PROBLEMS, USAGE, OUR_BUG, INTERRUPTED = 1, 2, 3, 130

COMMANDS = {
    "build": "building",
    "watch": "building",
    "init": "creating",
    "new": "creating",
    "list": "looking",
    "schema": "looking",
    "doctor": "looking",
    "check": "checking",
    "proof": "proofing",
    "compare": "comparing",
    "import": "importing",
    "translate": "translating",
    "release": "releasing",
    "rollback": "releasing",
    "approve": "releasing",
    "recall": "recalling",
    "verify": "recalling",
    "references": "references",
    "mail": "mail",
    "outbox": "mail",
}
"""Which module has a command. Only the one that is called is loaded: all of them would take a second."""


def application(command: str | None) -> typer.Typer:
    """The command line with one command, or with all of them where none of that name is known."""
    app = typer.Typer(
        name="handouts",
        help="Print a clinic's handouts for patients: from YAML to branded, accessible PDF.",
        epilog="With no command, everything is built: all handouts, in every brand, language and format.",
        invoke_without_command=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(everything)
    names = [COMMANDS[command]] if command in COMMANDS else dict.fromkeys(COMMANDS.values())
    with loading():
        for name in names:
            import_module(f"handoutpress.cli.{name}").register(app)
    return app


def everything(context: typer.Context) -> None:
    """Build everything where no command is given."""
    if context.invoked_subcommand is None:
        raise typer.Exit(import_module("handoutpress.cli.building").build_all())


def main() -> int:
    """Run the command line. Returns 0 done, 1 problems, 2 wrong arguments, 3 our bug, 130 interrupted."""
    collect_rarely()
    command = next(iter(sys.argv[1:]), None)
    discreet = command in discretion.COMMANDS
    try:
        code = application(command)(standalone_mode=False)
    except TyperException as error:
        sentence = error.format_message()
        complain(discretion.without_typed(sentence, sys.argv[2:]) if discreet else sentence)
        return USAGE
    except (KeyboardInterrupt, typer.Abort):
        complain("Interrupted.")
        return INTERRUPTED
    except HandoutError as error:
        complain(str(error))
        return PROBLEMS
    except Exception as error:
        complain(_our_bug(error, discreet))
        return OUR_BUG
    return code if isinstance(code, int) else 0


def _our_bug(error: Exception, discreet: bool) -> str:
    with NamedTemporaryFile("w", prefix="handouts-", suffix=".log", delete=False) as file:
        file.write(discretion.places_of(error) if discreet else "".join(traceback.format_exception(error)))
    return f"Handout Press itself went wrong ({type(error).__name__}). Hint: please send us {Path(file.name)}."


if __name__ == "__main__":
    sys.exit(main())
