"""A small project with a site, and that site in a folder."""

from __future__ import annotations

from pathlib import Path

from press_room import CASES, clinic

from handoutpress.app.site.making import SiteResult, make_site
from handoutpress.content.project import Project, builtin_root

SITE_CASE = CASES / "site"


def site_project(folder: Path, *overlays: Path) -> Project:
    """The small project with an article and a site, with ``overlays`` laid over it."""
    return Project(clinic(folder / "project", SITE_CASE, *overlays).resolve(), builtin_root())


def made(project: Project) -> SiteResult:
    """The site of a project, which must be without mistakes."""
    result = make_site(project)
    assert not result.reasons, "\n".join(result.reasons)
    return result


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder`` by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
