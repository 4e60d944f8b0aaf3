"""``handouts doctor``."""

from __future__ import annotations

import typer

from handoutpress.app.doctor import diagnose
from handoutpress.app.project import open_project
from handoutpress.cli.console import say
from handoutpress.cli.options import Folder


def doctor(project: Folder = None) -> None:
    """Say what is missing here, and what of the brands the press cannot use; show their logos as they print."""
    opened = open_project(project)
    diagnosis = diagnose(opened)
    sentences = [*diagnosis.missing, *diagnosis.problems, *diagnosis.remarks]
    for sentence in sentences:
        say(sentence)
    if not sentences:
        say("All is well.")
    if diagnosis.page:
        say(f"{opened.show(diagnosis.page)} shows each logo as it prints.")
    for sentence in diagnosis.cache:
        say(sentence)
    raise typer.Exit(1 if diagnosis.missing or diagnosis.problems else 0)


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(doctor)
