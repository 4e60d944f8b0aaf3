"""Flags that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Handouts = Annotated[list[str] | None, typer.Argument(metavar="[HANDOUT]...", help="Slugs or globs; none means all.")]
Brands = Annotated[list[str] | None, typer.Option("--brand", help="A brand's name or a glob; may be repeated.")]
Languages = Annotated[list[str] | None, typer.Option("--language", help="A language code; may be repeated.")]
Formats = Annotated[list[str] | None, typer.Option("--format", help="A format's name or a glob; may be repeated.")]
Folder = Annotated[Path | None, typer.Option("--project", help="The project's folder; else the one we stand in.")]
Built = Annotated[Path | None, typer.Option("--out", help="Where it was built; else out/ in the project.")]

Drafts = Annotated[Path | None, typer.Option("--eml", help="Write drafts that mail programs open, into this folder.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would be mailed, and do nothing.")]
Send = Annotated[bool, typer.Option("--send", help="Send through the server of mail.yaml.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask before many are sent.")]
