"""``handouts doctor``."""

from __future__ import annotations

from typing import Annotated

import typer

from handoutpress.app.doctor import diagnose
from handoutpress.app.project import open_project
from handoutpress.cli.console import say
from handoutpress.cli.options import Folder
from handoutpress.yamlfile.counts import counted

Inks = Annotated[bool, typer.Option("--inks", help="Show each brand's colours beside their print, too.")]


def doctor(project: Folder = None, inks: Inks = False) -> None:
    """Say what is missing here, and what of the brands the press cannot use; show their logos as they print."""
    opened = open_project(project)
    diagnosis = diagnose(opened, inks=inks)
    sentences = [*diagnosis.missing, *diagnosis.problems, *diagnosis.remarks]
    for sentence in sentences:
        say(sentence)
    if not sentences:
        say("All is well.")
    for sentence in diagnosis.warnings:
        say(sentence)
    if diagnosis.page:
        say(f"{opened.show(diagnosis.page)} shows each logo as it prints.")
    if diagnosis.ink_page:
        say(f"{opened.show(diagnosis.ink_page)} shows each colour beside its print.{_unmixable(diagnosis.unmixable)}")
    for sentence in diagnosis.cache:
        say(sentence)
    raise typer.Exit(1 if diagnosis.missing or diagnosis.problems else 0)


def _unmixable(number: int) -> str:
    return f" No ink can mix {counted(number, 'colour')} of them." if number else ""


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(doctor)
