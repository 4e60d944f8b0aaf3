"""``handouts proof``: every PDF checked as it will lie on the counter."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from handoutpress.batch.proof_subjects import ProofSubjects, each_plate_once
from handoutpress.batch.run import cores
from handoutpress.cli.building import Folder
from handoutpress.cli.console import complain, say
from handoutpress.cli.opening import open_project
from handoutpress.cli.orders import OUT
from handoutpress.cli.pagefile import write_page
from handoutpress.content.edition_filter import choose
from handoutpress.content.loading import load_catalog
from handoutpress.proof.checks.registry import CHECKS
from handoutpress.proof.contact_sheet import contact_sheet
from handoutpress.proof.proving import ProofSubject, prove_all, report_of
from handoutpress.proof.report import Report, as_json, as_sarif, as_text
from handoutpress.yamlfile.problems import HandoutError

SHEET = "contact-sheet.html"
"""The name of a contact sheet in a folder."""


class Extent(StrEnum):
    """How many of the files are proved, and how far."""

    all = "all"
    plates = "plates"


def proof(
    paths: Annotated[list[Path] | None, typer.Argument(help="PDFs or folders; else all that was built.")] = None,
    project: Folder = None,
    out: Annotated[Path | None, typer.Option(help="Where it was built; else out/ in the project.")] = None,
    extent: Annotated[
        Extent, typer.Option("--proof", help="All files whole; or each plate and brand once, without bad copies.")
    ] = Extent.all,
    check: Annotated[list[str] | None, typer.Option("--check", help="Only this check; may be repeated.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
    sarif: Annotated[bool, typer.Option("--sarif", help="Print them as SARIF 2.1.0.")] = False,
    sheet: Annotated[Path | None, typer.Option(help="Write a contact sheet: an HTML file, or a folder for it.")] = None,
) -> None:
    """Check finished PDFs: codes, tags, words, type, layout, print and file.

    Examples:

      handouts proof                                  everything in out/

      handouts proof --proof plates                   each plate and each brand once, in a fraction of the time

      handouts proof out/river --check codes          the codes of one brand

      handouts proof leaflet.pdf                      a PDF from elsewhere

      handouts proof --sheet sheet.html               a picture of every page, failures outlined
    """
    checks = choose(tuple(check or ()), CHECKS, "check")
    subjects = _subjects(paths, project, out)
    if extent is Extent.plates:
        subjects = list(each_plate_once(subjects))
    if not subjects:
        raise HandoutError("There is no PDF to prove. Hint: make some with: handouts build")
    proofs = list(prove_all(subjects, checks, cores(), drawn=sheet is not None))
    report = report_of(proofs)
    say(_told(report, json, sarif).rstrip("\n"))
    if sheet:
        write_page(sheet, SHEET, contact_sheet(proofs))
    raise typer.Exit(1 if report.findings else 0)


def _told(report: Report, json: bool, sarif: bool) -> str:
    if sarif:
        return as_sarif(report)
    return as_json(report) if json else as_text(report)


def _subjects(paths: list[Path] | None, project: Path | None, out: Path | None) -> list[ProofSubject]:
    """What to prove. PDFs from elsewhere can be proved anywhere, what was built only in its project."""
    try:
        opened = open_project(project)
    except HandoutError:
        if project or not paths:
            raise
        return list(ProofSubjects(None).at(paths))
    catalog = load_catalog(opened)
    for problem in catalog.problems:
        complain(str(problem))
    found = ProofSubjects(catalog)
    return list(found.at(paths) if paths else found.in_manifest(out or _shown(opened.root / OUT)))


def _shown(path: Path) -> Path:
    """A path as a person here would write it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(proof)
