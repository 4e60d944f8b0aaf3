"""Flags that several commands share, and the project that those that print open."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from handoutpress.app.project import names_in, open_project
from handoutpress.cli.console import is_watched, note
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.own_files import check_trusted, listed, trust_files, untrusted_files
from handoutpress.content.project import Project
from handoutpress.yamlfile.problems import HandoutError

if TYPE_CHECKING:
    from handoutpress.press.printed import Purpose


def names_of(kind: str) -> Callable[[typer.Context, str], list[str]]:
    """Return what completes a name of one ``kind``, such as ``brands``, from the project that the command is for."""

    def complete(context: typer.Context, incomplete: str) -> list[str]:
        try:
            names = names_in(open_project(context.params.get("project")), kind)
        except (HandoutError, OSError):
            return []
        return [name for name in names if name.startswith(incomplete)]

    return complete


Handouts = Annotated[
    list[str] | None,
    typer.Argument(metavar="[HANDOUT]...", help="Slugs or globs; none means all.", autocompletion=names_of("handouts")),
]
Brands = Annotated[
    list[str] | None,
    typer.Option("--brand", help="A brand's name or a glob; may be repeated.", autocompletion=names_of("brands")),
]
Languages = Annotated[
    list[str] | None,
    typer.Option("--language", help="A language code; may be repeated.", autocompletion=names_of("languages")),
]
Formats = Annotated[
    list[str] | None,
    typer.Option("--format", help="A format's name or a glob; may be repeated.", autocompletion=names_of("formats")),
]
Folder = Annotated[Path | None, typer.Option("--project", help="The project's folder; else the one we stand in.")]
Built = Annotated[Path | None, typer.Option("--out", help="Where it was built; else out/ in the project.")]

Drafts = Annotated[Path | None, typer.Option("--eml", help="Write drafts that mail programs open, into this folder.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would be mailed, and do nothing.")]
Send = Annotated[bool, typer.Option("--send", help="Send through the server of mail.yaml.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask: many are sent, and what is not released.")]

Encoding = Annotated[
    str, typer.Option("--encoding", help="What the file is written in if not UTF-8, such as windows-1252.")
]
"""The encoding of a file that comes from elsewhere."""


class BundleOption(StrEnum):
    """Which zips to write."""

    all = "all"
    changed = "changed"


class PurposeOption(StrEnum):
    """What PDFs are for."""

    screen = "screen"
    print = "print"


class ProofOption(StrEnum):
    """What is proved before it is written."""

    all = "all"
    plates = "plates"
    none = "none"


Html = Annotated[bool | None, typer.Option(help="Make HTML files too; else for one brand only.")]
Proof = Annotated[ProofOption, typer.Option(help="Prove all PDFs, or each plate and brand once.")]
For = Annotated[
    PurposeOption, typer.Option("--for", help="Pages for a screen, or sheets with marks and inks for a print shop.")
]
Mono = Annotated[bool, typer.Option("--mono", help="Sheets for a print shop in black alone.")]
Bilingual = Annotated[str, typer.Option(help="Set this language beside each of the others, in two columns.")]

Strict = Annotated[bool, typer.Option("--strict", help="Mistakes stop everything, warnings their handout.")]
Trust = Annotated[bool, typer.Option("--trust", help="Trust the project's own templates and styles as they are now.")]


def selected(
    handouts: list[str] | None, brands: list[str] | None, languages: list[str] | None, formats: list[str] | None
) -> EditionFilter:
    """Return what these options select; none of a kind means all."""
    return EditionFilter(tuple(handouts or ()), tuple(brands or ()), tuple(languages or ()), tuple(formats or ()))


def open_trusted(folder: Path | None = None, *, trusted: bool = False) -> Project:
    """Return the project to print; asks once whether what its own templates and styles say is trusted.

    ``trusted`` says yes. Raises ``HandoutError`` where nobody can be asked, or where the answer is no.
    """
    project = open_project(folder)
    names = untrusted_files(project)
    if names and not trusted and sys.stdin.isatty() and is_watched():
        note(f"This project lays its pages out with files of its own: {listed(names)}.")
        trusted = typer.confirm("Do you trust whoever wrote them?", err=True)
    if names and trusted:
        trust_files(project)
    check_trusted(project)
    return project


def purpose_of(options: Mapping[str, Any]) -> Purpose:
    """Return what pages are made for by ``mono`` and ``purpose``. Raises ``HandoutError`` for HTML in two languages."""
    if options["bilingual"] and options["html"]:
        raise HandoutError("HTML files are in one language each. Hint: leave --html out, or --bilingual.")
    purpose: Purpose = "mono" if options["mono"] else options["purpose"].value
    return purpose
