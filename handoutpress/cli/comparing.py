"""``handouts compare``: what changed from one build to the next, in words and pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from handoutpress.batch.diff.comparison import compare_all
from handoutpress.batch.diff.pairs import EditionPair, pairs_of
from handoutpress.batch.diff.report import as_json, as_lines, as_page
from handoutpress.batch.run import cores
from handoutpress.cli.building import Brands
from handoutpress.cli.console import say, say_gravely
from handoutpress.cli.pagefile import write_page
from handoutpress.content.edition_filter import choose

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
    pairs = _wanted(pairs_of(old, new), brand)
    compared = compare_all(pairs, cores(), drawn=html is not None)
    if json:
        say(as_json(compared).rstrip("\n"))
    else:
        for line in as_lines(compared):
            (say_gravely if line.grave else say)(line.text)
    if html:
        write_page(html, PAGE, as_page(compared))
    raise typer.Exit(1 if any(one.is_grave for one in compared) else 0)


def _wanted(pairs: list[EditionPair], brands: list[str] | None) -> list[EditionPair]:
    chosen = choose(tuple(brands or ()), list(dict.fromkeys(pair.label.brand for pair in pairs)), "brand")
    return [pair for pair in pairs if pair.label.brand in chosen]


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(compare)
