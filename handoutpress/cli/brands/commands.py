"""``handouts brands``: clinics from a spreadsheet, and back into one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from handoutpress.app.brands.sheet_export import export_brands
from handoutpress.app.brands.sheet_import import ClinicSheet, difference, open_sheet, plan_brands, write_brands
from handoutpress.app.project import open_project
from handoutpress.cli.console import note, say
from handoutpress.cli.options import Brands, Encoding, Folder
from handoutpress.content.clinic_sheets.changes import BrandChange
from handoutpress.content.clinic_sheets.columns import IGNORE
from handoutpress.yamlfile.counts import counted

commands = typer.Typer(help="Make brands from a spreadsheet, and write them back.", no_args_is_help=True)


@commands.command("import")
def import_sheet(
    sheet: Annotated[Path, typer.Argument(help="A table of clinics, .xlsx or .csv; its first row names the columns.")],
    project: Folder = None,
    extends: Annotated[str, typer.Option("--extends", help="The brand that new clinics extend.")] = "",
    settled: Annotated[
        Path | None, typer.Option("--map", help="A YAML file that says what columns hold, as in: Tel. Nr.: phone.")
    ] = None,
    update: Annotated[
        bool, typer.Option("--update", help="Change brands that are there where the sheet says otherwise.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be changed, and write nothing.")] = False,
    encoding: Encoding = "",
) -> None:
    """Make a brand of each clinic in a table, one a row; several rows of one slug or name are its places."""
    opened = open_project(project)
    read = open_sheet(sheet, encoding=encoding, settled=settled)
    _note_columns(read)
    changes = plan_brands(opened, read, extends=extends, update=update)
    for change in changes:
        for place in change.unlisted:
            note(f"brands/{change.slug} has a place that the sheet lacks: {place}. It stays; delete it there by hand.")
        if dry_run and change.changes_anything:
            _say_difference(difference(opened, change), change)
    if not dry_run:
        write_brands(opened, changes)
    _say_counts(changes, dry_run=dry_run)


def _note_columns(sheet: ClinicSheet) -> None:
    for column in sheet.columns:
        meaning = "is passed over" if column.field == IGNORE else f"is {column.field}"
        settle = f"is not known, and is passed over: --map settles it, with {column.head}: phone, or {IGNORE}"
        note(f'Column {column.cell} "{column.head}" {meaning if column.field else settle}.')


def _say_difference(words: str, change: BrandChange) -> None:
    for line in words.splitlines():
        say(line)
    if change.logo:
        say(f"brands/{change.slug}/{change.logo[1]} would be a copy of {change.logo[0].as_posix()}.")


def _say_counts(changes: tuple[BrandChange, ...], *, dry_run: bool) -> None:
    new = sum(not change.old for change in changes)
    changed = sum(bool(change.old) and change.changes_anything for change in changes)
    if not dry_run:
        for change in changes:
            if change.old and change.changes_anything:
                say(f"brands/{change.slug} is changed.")
    would = "would be " if dry_run else ""
    say(f"{counted(new, 'brand')} {would}new, {changed:,} {would}changed, {len(changes) - new - changed:,} unchanged.")


@commands.command("export")
def export_sheet(
    to: Annotated[Path, typer.Argument(help="The table to write, .xlsx or .csv.")],
    project: Folder = None,
    brands: Brands = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a table that is there.")] = False,
) -> None:
    """Write what brand files say into a table, which `handouts brands import --update` reads again."""
    count = export_brands(open_project(project), to, brands or (), force=force)
    say(f"{counted(count, 'brand')} written into {to.as_posix()}.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(commands, name="brands")
