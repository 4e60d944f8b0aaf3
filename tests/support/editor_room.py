"""A handout and its library, checked in a project of their own, with one thing spoilt."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from handoutpress.content.project import Project
from handoutpress.editorial.check_project import ProjectCheck, check_project
from handoutpress.editorial.checks.findings import EditorialFinding

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 23)
CASES = ROOT / "tests/cases/check"
HANDOUT = (CASES / "acupuncture.en.yaml").read_text("utf-8")
LIBRARY = (CASES / "references.yaml").read_text("utf-8")
SHIPPED = Project(ROOT, ROOT)


def checked(folder: Path, handout: str = HANDOUT, library: str = LIBRARY, jurisdiction: str = "uk") -> ProjectCheck:
    (folder / "handouts").mkdir(exist_ok=True)
    (folder / "handouts/acupuncture.en.yaml").write_text(handout, "utf-8")
    (folder / "references.yaml").write_text(library, "utf-8")
    return check_project(Project(folder.resolve(), ROOT), TODAY, jurisdiction)


def spoilt(old: str, new: str, text: str = HANDOUT) -> str:
    pattern = r"\s+".join(re.escape(word) for word in old.split())
    changed, times = re.subn(pattern, lambda _: new, text, count=1)
    assert times == 1, f"{old!r} is not in the handout any more"
    return changed


def rules(project_check: ProjectCheck) -> set[str]:
    return {finding.rule for finding in project_check.findings if finding.level != "note"}


def one(project_check: ProjectCheck, rule: str) -> EditorialFinding:
    return next(finding for finding in project_check.findings if finding.rule == rule)
