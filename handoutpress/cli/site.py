"""``handouts site``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from handoutpress.app.site import making
from handoutpress.cli.console import complain, say
from handoutpress.cli.options import Folder, Trust, open_trusted
from handoutpress.yamlfile.counts import counted


def site(
    base: Annotated[
        str, typer.Option(help="Where it will be, https://…, instead of what project.yaml and the brands say.")
    ] = "",
    out: Annotated[
        Path | None, typer.Option("--out", help="The folder to make it in; else site/ in the project.")
    ] = None,
    built: Annotated[
        Path | None, typer.Option("--built", help="Where the PDFs were built; else out/ in the project.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write what is unchanged, too.")] = False,
    project: Folder = None,
    trust: Trust = False,
) -> None:
    """Make the pages that codes lead to: articles, references and sheets, for every clinic.

    Examples:

      handouts site                                 into site/, for the address in project.yaml

      handouts site --base https://clinic.example   for another address
    """
    opened = open_trusted(project, trusted=trust)
    result = making.make_site(opened, base=base, out=out, built=built, force=force)
    for sentence in result.reasons:
        complain(sentence)
    if result.reasons:
        complain(f"No site was made, for {counted(len(result.reasons), 'reason')}.")
        raise typer.Exit(1)
    for sentence in result.unpublished:
        complain(sentence)
    gone = f", {counted(result.removed, 'file')} removed" if result.removed else ""
    written = f"{counted(result.written, 'file')} written, {result.fresh} as before{gone}"
    say(f"The site is in {opened.show(result.folder)}: {written}.")
    say(
        f"Its first page is for {result.bases[0]}/."
        if len(result.bases) == 1
        else f"It has {len(result.bases)} clinics."
    )
    if result.unpublished:
        complain("Articles with such findings are not on it: their pages say so. Mend them, and make it again.")
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command()(site)
