"""``handouts list`` and ``handouts docs``: what there is."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Annotated

import typer

from handoutpress.app.project import open_catalog, open_project
from handoutpress.cli.console import complain, say
from handoutpress.cli.options import Folder
from handoutpress.content.documentation import page_text, page_titles
from handoutpress.content.kinds.kind_files import DEFAULT_KIND, KindFiles
from handoutpress.yamlfile.problems import ContentError, Problem


def list_all(project: Folder = None) -> None:
    """Show the handouts, brands, languages, formats and kinds of a project."""
    catalog = open_catalog(open_project(project))
    say("Handouts")
    for (slug, language), file in catalog.handouts.items():
        kind = file.handout.kind
        told = "" if kind == DEFAULT_KIND else f", {kind}"
        say(f"  {slug} ({language}): {file.handout.title}, version {file.handout.version}{told}")
    say("Brands")
    for slug, brand in catalog.brands.items():
        say(f"  {slug}: {brand.name} ({brand.country})")
    say("Languages")
    for code, wording in catalog.languages.items():
        say(f"  {code}: {wording.name}")
    say("Formats")
    for slug, printed in catalog.formats.items():
        say(f"  {slug}: {printed.format.name}")
    say("Kinds")
    problems = dict.fromkeys([*catalog.problems, *_list_kinds(KindFiles(catalog.project))])
    for problem in problems:
        complain(str(problem))
    if problems:
        raise typer.Exit(1)


def _list_kinds(kinds: KindFiles) -> Iterator[Problem]:
    """Show the kinds, and yield the mistakes of those that cannot be read."""
    for slug in kinds.names:
        try:
            say(f"  {slug}: {kinds.read(slug).kind.name}")
        except ContentError as error:
            yield from error.problems


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
    """Add these commands to the command line."""
    app.command("list")(list_all)
    app.command()(docs)
