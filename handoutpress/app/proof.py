"""Proving finished PDFs: what was built, or what comes from elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from handoutpress.app.build import check_editions
from handoutpress.app.build_settings import DEFAULTS
from handoutpress.app.check import check_warnings
from handoutpress.app.logos import logo_remarks
from handoutpress.app.project import open_catalog, out_folder
from handoutpress.batch.proof_extent import ProofScope
from handoutpress.batch.proof_subjects import ProofSubjects, each_plate_once
from handoutpress.content.catalog import Catalog
from handoutpress.content.edition_filter import choose
from handoutpress.content.project import Project
from handoutpress.proof.checks.registry import CHECKS
from handoutpress.proof.contact_sheet import contact_sheet
from handoutpress.proof.proving import Proof, ProofSubject, prove_all, report_of
from handoutpress.proof.report import Report
from handoutpress.store.processes import cores
from handoutpress.yamlfile.problems import HandoutError


@dataclass(frozen=True)
class ProofResult:
    """The proofs of some files, and one report of all of them."""

    proofs: tuple[Proof, ...]
    report: Report

    def contact_sheet(self) -> bytes:
        """Return an HTML page with a picture of every page, for proofs that were drawn."""
        return contact_sheet(self.proofs)


def choose_checks(names: Sequence[str]) -> list[str]:
    """Return the checks that match any of ``names``; all where there are none. Raises ``HandoutError``."""
    return choose(tuple(names), CHECKS, "check")


def prove(
    paths: Sequence[Path] = (),
    *,
    project: Project | None = None,
    out: Path | None = None,
    scope: ProofScope = "all",
    checks: Sequence[str] = (),
    drawn: bool = False,
    reporter: Callable[[str], None] = lambda sentence: None,
) -> ProofResult:
    """Prove PDFs and all PDFs in folders, else all that was built of a project in ``out``.

    Files below a folder with a manifest are proved as what it says they are; without a project, as files from
    elsewhere. With the scope "plates", each plate and each brand is proved once, and simulated bad copies are left out.
    ``drawn`` keeps what a contact sheet shows. Mistakes in the project's files go to ``reporter``, and how logos print.
    Raises ``HandoutError`` where there is no PDF.
    """
    names = choose_checks(checks)
    subjects = _subjects(paths, project, out, reporter)
    if scope == "plates":
        subjects = list(each_plate_once(subjects))
    if not subjects:
        raise HandoutError("There is no PDF to prove. Hint: make some with: handouts build")
    proofs = tuple(prove_all(subjects, names, cores(), drawn=drawn))
    return ProofResult(proofs, report_of(proofs))


def _subjects(
    paths: Sequence[Path], project: Project | None, out: Path | None, reporter: Callable[[str], None]
) -> list[ProofSubject]:
    if project is None:
        return list(ProofSubjects(None).at(paths))
    catalog = open_catalog(project)
    for problem in catalog.problems:
        reporter(str(problem))
    finder = ProofSubjects(catalog)
    subjects = list(finder.at(paths) if paths else finder.in_manifest(out_folder(project, out)))
    if not paths:
        for sentence in _checked(catalog):
            reporter(sentence)
    slugs = dict.fromkeys(subject.names.brand for subject in subjects)
    for remark in logo_remarks(catalog, (catalog.brands[slug] for slug in slugs if slug in catalog.brands)):
        reporter(remark)
    return subjects


def _checked(catalog: Catalog) -> Iterator[str]:
    """Yield which handouts have sheets that no proof can find, since a build refuses them, and of what it is warned."""
    editions = check_editions(catalog, None, DEFAULTS)[0]
    asked, passed = (
        Counter(f"{each.handout_slug}.{each.languages_slug}" for each in some)
        for some in (catalog.editions(), editions)
    )
    if stopped := sorted(asked - passed):
        yield f"A build refuses sheets of {', '.join(stopped)}, which are not proved. Hint: handouts check says why."
    yield from check_warnings(catalog, editions)
