"""``handouts list``, ``handouts schema`` and ``handouts doctor``."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from handoutpress.cli.building import Folder
from handoutpress.cli.console import complain, say
from handoutpress.cli.opening import open_project
from handoutpress.content.catalog import Catalog
from handoutpress.content.loading import load_catalog
from handoutpress.content.schemas import write_schemas
from handoutpress.press.layout.typeset import MISSING_ENGINE

ENGINE_LIBRARIES = tuple(
    (f"lib{name}.so.{major}", f"lib{name}.{major}.dylib", f"lib{name}-{major}.dll")
    for name, major in (
        ("gobject-2.0", 0),
        ("pango-1.0", 0),
        ("pangoft2-1.0", 0),
        ("harfbuzz", 0),
        ("harfbuzz-subset", 0),
        ("fontconfig", 1),
        ("zbar", 0),
    )
)
"""What the engine and the code reader load, by their names on Linux, macOS and Windows."""


def list_all(project: Folder = None) -> None:
    """Show the handouts, brands, languages and formats of a project."""
    catalog = load_catalog(open_project(project))
    say("Handouts")
    for (slug, language), file in catalog.handouts.items():
        say(f"  {slug} ({language}): {file.handout.title}, version {file.handout.version}")
    say("Brands")
    for slug, giver in catalog.brands.items():
        say(f"  {slug}: {giver.name} ({giver.country})")
    say("Languages")
    for code, wording in catalog.languages.items():
        say(f"  {code}: {wording.name}")
    say("Formats")
    for slug, printed in catalog.formats.items():
        say(f"  {slug}: {printed.format.name}")
    _complain(catalog)


def _complain(catalog: Catalog) -> None:
    for problem in catalog.problems:
        complain(str(problem))
    if catalog.problems:
        raise typer.Exit(1)


def schema(
    folder: Annotated[Path | None, typer.Option(help="Where to write them; else schemas/ in the project.")] = None,
    project: Folder = None,
) -> None:
    """Write the JSON Schemas of all content files, for editors that complete and check YAML."""
    place = folder or open_project(project).root / "schemas"
    write_schemas(place)
    say(f"The schemas are in {place}.")


def doctor(project: Folder = None) -> None:
    """Say what is missing on this machine, and what of the brands the press cannot use."""
    sentences = [*_missing_libraries(), *_remarks(load_catalog(open_project(project)))]
    for sentence in sentences:
        say(sentence)
    if not sentences:
        say("All is well.")
    raise typer.Exit(1 if _missing_libraries() else 0)


def _missing_libraries() -> list[str]:
    return [MISSING_ENGINE] if any(map(_is_missing, ENGINE_LIBRARIES)) else []


def _is_missing(names: tuple[str, ...]) -> bool:
    """Whether none of a library's names, one a system, can be loaded."""
    for name in names:
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return False
    return True


def _remarks(catalog: Catalog) -> Iterator[str]:
    yield from (str(problem) for problem in catalog.problems)
    for giver in catalog.brands.values():
        yield from (f"{catalog.project.show(giver.path)}: {remark}" for remark in giver.remarks)


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command("list")(list_all)
    app.command()(schema)
    app.command()(doctor)
