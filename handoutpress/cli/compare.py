"""``handouts compare``: what changed from one build to the next, in words and pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from handoutpress.app.compare import compare as compare_builds
from handoutpress.app.page_file import write_page
from handoutpress.batch.diff.report import as_json, as_lines, as_page
from handoutpress.cli.console import note_page, say, say_gravely
from handoutpress.cli.options import Brands

PAGE = "before-and-after.html"
"""The name of the page in a folder."""


def compare(
    old: Annotated[Path, typer.Argument(help="The folder that was built before, or its manifest.")],
    new: Annotated[Path, typer.Argument(help="The folder that is built now, or its manifest.")],
    brand: Brands = None,
    html: Annotated[Path | None, typer.Option(help="Write a page with pictures: an HTML file, or a folder.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print all that changed as JSON.")] = False,
) -> None:
    """Show what changed between two builds, and call out every word of a handout that should not have.

    Examples:

      handouts compare before out                    in words, the gravest first

      handouts compare before out --html seen.html   with pictures of what changed

      handouts compare releases/current out          against what was released last
    """
    compared = compare_builds(old, new, brands=brand or (), drawn=html is not None)
    if json:
        say(as_json(compared).rstrip("\n"))
    else:
        for line in as_lines(compared):
            (say_gravely if line.grave else say)(line.text)
    if html:
        note_page(write_page(html, PAGE, as_page(compared)))
    raise typer.Exit(1 if any(edition.is_grave for edition in compared) else 0)


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(compare)
