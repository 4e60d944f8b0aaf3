"""The commands, and the one place where errors become sentences and exit codes."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Annotated, Any, get_args

import typer
from typer.exceptions import TyperException
from typer.main import get_command

import handoutpress
from handoutpress.batch.failures import sentence_of
from handoutpress.cli.console import complain, say
from handoutpress.store.garbage_collector import collect_rarely, loading
from handoutpress.store.objects.object_store import OtherContentError
from handoutpress.yamlfile.problems import HandoutError

PRIVATE = frozenset({"mail", "outbox"})
"""Commands that handle patients' data: of an error, nothing that was typed or read is said or kept."""
PROBLEMS, USAGE, OUR_BUG, INTERRUPTED = 1, 2, 3, 130

COMMANDS = {
    "build": "build",
    "watch": "build",
    "plan": "cluster.commands",
    "pull": "cluster.commands",
    "init": "new",
    "new": "new",
    "list": "overview",
    "schema": "new",
    "doctor": "doctor",
    "docs": "overview",
    "check": "check",
    "proof": "proof",
    "compare": "compare",
    "import": "import_article",
    "translate": "translate",
    "release": "release",
    "rollback": "release",
    "approve": "release",
    "recall": "recall",
    "verify": "recall",
    "site": "site",
    "studio": "studio.commands",
    "references": "references",
    "brands": "brands.commands",
    "mail": "mail",
    "outbox": "outbox",
}
"""Which module has a command. Only the one that is called is loaded: all of them would take a second."""


def application(command: str | None) -> typer.Typer:
    """Return the command line with one command, or with all of them where none of that name is known."""
    app = typer.Typer(
        name="handouts",
        help="Print a clinic's handouts for patients: from YAML to branded, accessible PDF.",
        epilog="With no command, all handouts are built in every brand, language and format, and their site is made.",
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


def everything(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and end.")] = False,
) -> None:
    """Build everything, and the site, where no command is given."""
    if version:
        say(f"Handout Press {handoutpress.__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        raise typer.Exit(import_module("handoutpress.cli.build").build_all())


def main() -> int:
    """Run the command line; returns 0 done, 1 problems, 2 wrong arguments, 3 our bug, 130 interrupted."""
    collect_rarely()
    command = next(iter(sys.argv[1:]), None)
    private = command in PRIVATE
    try:
        # Else typer would print errors in its own words and exit by its own codes.
        code = _in_plain_words(get_command(application(command)))(standalone_mode=False)
    except TyperException as error:
        sentence = error.format_message()
        complain(_without_typed(sentence, sys.argv[2:]) if private else sentence)
        return USAGE
    except (KeyboardInterrupt, typer.Abort):
        complain("Interrupted.")
        return INTERRUPTED
    except HandoutError as error:
        complain(str(error))
        return PROBLEMS
    except OSError as error:
        # The machine said no, at a place where nothing more can be said of it. A path may hold a patient's name.
        complain(f"{error.strerror or type(error).__name__}." if private else sentence_of(error, ""))
        return PROBLEMS
    except Exception as error:
        complain(_our_bug(error, private))
        return OUR_BUG
    return code if isinstance(code, int) else 0


def _in_plain_words(command: Any) -> Any:
    """Return ``command`` with help that names what an option takes (NUMBER, PATH, TEXT), and no type of Python."""
    # The option --help is made when help is asked for, so it is no member of ``params`` before.
    parameters_in = command.get_params
    command.get_params = lambda context: [_with_plain_value(parameter) for parameter in parameters_in(context)]
    for inner in getattr(command, "commands", {}).values():
        _in_plain_words(inner)
    return command


def _with_plain_value(parameter: Any) -> Any:
    value = _value_of(parameter)
    parameter.display_type_rich = lambda **_: value
    parameter._get_number_range_help_str = lambda: None
    return parameter


def _value_of(parameter: Any) -> str:
    """Return what stands after an option's name; nothing for a flag, nor beside an argument, whose name says it."""
    kind = parameter.type_descriptor
    if kind.is_choice:
        return "|".join(choice.value for choice in kind.choices)
    if getattr(parameter, "is_flag", False) or parameter.param_type_name == "argument":
        return ""
    annotation = next(iter(get_args(kind.annotation)), kind.annotation)
    return {int: "NUMBER", float: "NUMBER", Path: "PATH"}.get(annotation, "TEXT")


def _our_bug(error: Exception, private: bool) -> str:
    with NamedTemporaryFile("w", prefix="handouts-", suffix=".log", delete=False) as file:
        file.write(_places_of(error) if private else "".join(traceback.format_exception(error)))
    what = f": {error}" if isinstance(error, OtherContentError) else f" ({type(error).__name__})."
    return f"Handout Press itself went wrong{what} Hint: please send us {Path(file.name)}."


def _without_typed(sentence: str, typed: Iterable[str]) -> str:
    """Return ``sentence`` with each of the words ``typed`` that it quotes left out: one may be a name or an address."""
    for word in typed:
        value = word.partition("=")[2] if word.startswith("-") else word
        for opening, closing in ("''", '""', "()"):
            if value:
                sentence = sentence.replace(f"{opening}{value}{closing}", f"{opening}…{closing}")
    return sentence


def _places_of(error: BaseException) -> str:
    """Return where an error was raised and what kind it is, with those that led to it; what they say is left out."""
    traces = []
    step: BaseException | None = error
    while step:
        traces.append("".join([*traceback.format_tb(step.__traceback__), f"{type(step).__name__}\n"]))
        step = step.__cause__ or step.__context__
    return "\nAfter this, while it was handled:\n\n".join(reversed(traces))
