"""``handouts recall`` and ``handouts verify``: finding released sheets again, and which edition a printed one is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from handoutpress.app import recall as recalling
from handoutpress.app.project import open_project
from handoutpress.batch.log.manifest import ManifestFile
from handoutpress.batch.releases.recalls import WithdrawnSheet
from handoutpress.batch.releases.withdrawing import Withdrawal
from handoutpress.cli.console import complain, note_holder, say
from handoutpress.cli.options import Built, Folder
from handoutpress.yamlfile.counts import counted

COLUMNS = ("brand", "clinic", "language", "format", "version", "content_hash", "date", "releases")
"""What the table shows; the CSV has all fields."""


def recall(
    handout: Annotated[str, typer.Argument(help="The handout to withdraw.")],
    below: Annotated[str, typer.Option("--below", help="Only versions before this one; else all so far.")] = "",
    csv: Annotated[Path | None, typer.Option("--csv", help="Write the table to this file, too.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the table, and recall nothing.")] = False,
    project: Folder = None,
) -> None:
    """Recall a handout: list every released file that has it, and let no release have it any more.

    Examples:

      handouts recall acupuncture --below 1.2                       what must be withdrawn, as a table

      handouts recall acupuncture --below 1.2 --csv withdraw.csv    the same for a spreadsheet
    """
    opened = open_project(project)
    rows = recalling.released_files(opened, handout, below=below)
    if csv:
        recalling.write_csv(rows, csv)
    if not rows:
        say(f"No release has {handout} in a version below {below}.")
        return
    for line in _table(rows):
        say(line)
    if dry_run:
        return
    withdrawal = recalling.recall(opened, handout, rows, below=below, reporter=note_holder)
    brands = counted(len({row.brand for row in rows}), "brand")
    say(f"Recalled: {counted(len(rows), 'file')} of {brands}.")
    if withdrawal:
        say(_current(withdrawal))
    if left := recalling.recalled_output(opened):
        say(_left(left))
    say("Now: take the sheets off the counters, mend the handout, give it a higher version, and release it.")


def _left(files: Sequence[ManifestFile]) -> str:
    """Say which recalled files still lie in out/, and how to remove them."""
    shops = sum(file.label.purpose in ("print", "mono") for file in files)
    listed = f", {shops} of them for a print shop and on its job sheet" if shops else ""
    return f"out/ still has {counted(len(files), 'file')} of it{listed}. Hint: handouts build --prune removes them."


def _current(withdrawal: Withdrawal) -> str:
    """Say what releases/current is now, and what to do where it was copied to."""
    files = counted(withdrawal.files, "file") if withdrawal.files else "nothing"
    left = f"releases/current has {files} of {withdrawal.before} left, kept as {withdrawal.after}."
    return f"{left} Wherever you copied it to, on a website or a shared folder, put it there anew."


def _table(rows: Sequence[WithdrawnSheet]) -> Iterator[str]:
    heads = tuple(name.replace("content_hash", "hash") for name in COLUMNS)
    lines = [heads, *(tuple(str(getattr(row, name)) for name in COLUMNS) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        yield "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()


def verify_sheet(
    content_hash: Annotated[str, typer.Argument(metavar="HASH", help="The eight characters at the foot of the sheet.")],
    project: Folder = None,
    out: Built = None,
) -> None:
    """Say which edition a printed sheet is, and whether it may still be given out. Exit code 0 if it may."""
    sheets = recalling.identify(open_project(project), content_hash, out=out)
    for sheet in sheets:
        say(f"{sheet.name}. {sheet.sentence}")
    if not sheets:
        hint = "read it again: it has eight characters, of 0 to 9 and a to f."
        complain(f'No sheet that was released or built prints "{content_hash}". Hint: {hint}')
    raise typer.Exit(0 if sheets and all(sheet.state == "current" for sheet in sheets) else 1)


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(recall)
    app.command("verify")(verify_sheet)
