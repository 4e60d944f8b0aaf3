"""``handouts studio``."""

from __future__ import annotations

import webbrowser
from typing import Annotated

import typer

from handoutpress.cli.console import note, say
from handoutpress.cli.options import Folder, Trust, open_trusted
from handoutpress.yamlfile.problems import HandoutError

PORT = 8710
MISSING = "The studio needs two more libraries. Hint: pip install 'handout-press[studio]'"


def studio(
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="The port; 0 is any free one.")] = PORT,
    host: Annotated[str, typer.Option("--host", help="127.0.0.1 or localhost: it is for this computer.")] = "127.0.0.1",
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open it in your browser.")] = True,
    project: Folder = None,
    trust: Trust = False,
) -> None:
    """Open a page on which handouts and clinics are changed, seen as they print, and printed, without a line of YAML.

    The address that it shows lets one browser in, once; Ctrl-C ends it.

    Examples:

      handouts studio                  for the project that we stand in

      handouts studio --no-browser     and only say where it is
    """
    opened = open_trusted(project, trusted=trust)
    try:
        from handoutpress.studio.serving import serve_studio  # noqa: PLC0415  an extra, which may not be installed
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("starlette", "uvicorn", "python_multipart"):
            raise
        raise HandoutError(MISSING) from None

    def begun(address: str) -> None:
        say(f"The studio is open at {address}")
        note("The address works once. Ctrl-C ends the studio; what was saved stays saved.")
        if browser:
            webbrowser.open(address)

    serve_studio(opened, host=host, port=port, begun=begun)


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command()(studio)
