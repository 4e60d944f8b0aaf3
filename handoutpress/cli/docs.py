"""``handouts docs``."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from handoutpress.cli.console import say
from handoutpress.content.documentation import page_text, page_titles


def _complete(incomplete: str) -> list[str]:
    return [name for name in page_titles() if name.startswith(incomplete)]


def docs(
    page: Annotated[
        str | None, typer.Argument(help="A page's name; none lists them.", autocompletion=_complete)
    ] = None,
) -> None:
    """Show a page of the documentation, or which pages there are."""
    if page is None:
        for name, title in page_titles().items():
            say(f"{name}: {title}")
    elif sys.stdout.isatty():
        _show(page_text(page))
    else:
        say(page_text(page))


def _show(text: str) -> None:
    from rich.console import Console  # noqa: PLC0415 (it takes 80 ms to load)
    from rich.markdown import Markdown  # noqa: PLC0415

    console = Console()
    with console.pager(styles=True):
        console.print(Markdown(text))


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(docs)
