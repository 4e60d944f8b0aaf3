"""``handouts list``."""

from __future__ import annotations

import typer

from handoutpress.app.project import open_catalog, open_project
from handoutpress.cli.console import complain, say
from handoutpress.cli.options import Folder


def list_all(project: Folder = None) -> None:
    """Show the handouts, brands, languages and formats of a project."""
    catalog = open_catalog(open_project(project))
    say("Handouts")
    for (slug, language), file in catalog.handouts.items():
        say(f"  {slug} ({language}): {file.handout.title}, version {file.handout.version}")
    say("Brands")
    for slug, brand in catalog.brands.items():
        say(f"  {slug}: {brand.name} ({brand.country})")
    say("Languages")
    for code, wording in catalog.languages.items():
        say(f"  {code}: {wording.name}")
    say("Formats")
    for slug, printed in catalog.formats.items():
        say(f"  {slug}: {printed.format.name}")
    for problem in catalog.problems:
        complain(str(problem))
    if catalog.problems:
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("list")(list_all)
