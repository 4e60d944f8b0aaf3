"""``handouts proof``: every PDF checked as it will lie on the counter."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from handoutpress.app.page_file import write_page
from handoutpress.app.project import OUT, open_project
from handoutpress.app.proof import choose_checks, prove
from handoutpress.cli.console import complain, note_page, say
from handoutpress.cli.options import Folder
from handoutpress.content.project import Project
from handoutpress.proof.report import Report, as_json, as_sarif, as_text
from handoutpress.yamlfile.problems import HandoutError

SHEET = "contact-sheet.html"
"""The name of a contact sheet in a folder."""


class ScopeOption(StrEnum):
    """How many of the files are proved, and how far."""

    all = "all"
    plates = "plates"


def proof(
    paths: Annotated[list[Path] | None, typer.Argument(help="PDFs or folders; else all that was built.")] = None,
    project: Folder = None,
    out: Annotated[Path | None, typer.Option(help="Where it was built; else out/ in the project.")] = None,
    scope: Annotated[
        ScopeOption, typer.Option("--proof", help="All files whole; or each plate and brand once, without bad copies.")
    ] = ScopeOption.all,
    check: Annotated[list[str] | None, typer.Option("--check", help="Only this check; may be repeated.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
    sarif: Annotated[bool, typer.Option("--sarif", help="Print them as SARIF 2.1.0.")] = False,
    sheet: Annotated[Path | None, typer.Option(help="Write a contact sheet: an HTML file, or a folder for it.")] = None,
) -> None:
    """Check finished PDFs: codes, tags, words, type, layout, print and file.

    Examples:

      handouts proof                                  everything in out/

      handouts proof --proof plates                   each plate and each brand once, in a fraction of the time

      handouts proof out/my-clinic --check codes      the codes of one brand

      handouts proof leaflet.pdf                      a PDF from elsewhere

      handouts proof --sheet sheet.html               a picture of every page, failures outlined
    """
    checks = choose_checks(check or ())
    opened = _project(project, needed=not paths)
    result = prove(
        paths or (),
        project=opened,
        out=out or _default_out(opened),
        scope=scope.value,
        checks=checks,
        drawn=sheet is not None,
        reporter=complain,
    )
    say(_words(result.report, json=json, sarif=sarif).rstrip("\n"))
    if sheet:
        note_page(write_page(sheet, SHEET, result.contact_sheet()))
    raise typer.Exit(1 if result.report.findings else 0)


def _project(folder: Path | None, *, needed: bool) -> Project | None:
    """Return the project. PDFs from elsewhere can be proved anywhere, what was built only in its project."""
    try:
        return open_project(folder)
    except HandoutError:
        if folder or needed:
            raise
        return None


def _default_out(project: Project | None) -> Path | None:
    """Return where a project was built, as a person here would write it."""
    if project is None:
        return None
    path = project.root / OUT
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _words(report: Report, *, json: bool, sarif: bool) -> str:
    if sarif:
        return as_sarif(report)
    return as_json(report) if json else as_text(report)


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(proof)
