"""A small project with a site, and that site in a folder."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from press_room import CASES, clinic

from handoutpress.app.site.making import SiteResult, make_site
from handoutpress.batch.plan import OutputLabel
from handoutpress.batch.releases.recalls import Recall, note_recall
from handoutpress.batch.releases.release import Clinic, ReleaseFacts
from handoutpress.batch.releases.release_folder import ReleaseFolder
from handoutpress.content.catalog import may_give
from handoutpress.content.loading import load_catalog
from handoutpress.content.models.site_addresses import base_of, code_addresses
from handoutpress.content.project import Project, builtin_root

SITE_CASE = CASES / "site"
_MADE_BEFORE = TemporaryDirectory()
"""A store behind the projects' caches, as machines share one: typefaces and sheets are made once for all tests."""


def site_project(folder: Path, *overlays: Path) -> Project:
    """The small project with an article and a site, with ``overlays`` laid over it."""
    return Project(clinic(folder / "project", SITE_CASE, *overlays).resolve(), builtin_root(), store=_MADE_BEFORE.name)


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


DAY = date(2026, 11, 1)


@dataclass(frozen=True)
class ReleasedCode:
    """What a code of a released sheet says, and what that sheet is."""

    brand: str
    handout: str
    language: str
    version: str
    content_hash: str
    address: str


def released(project: Project, name: str) -> list[ReleasedCode]:
    """Keep what a project gives now as a release, without any file of it; return what its codes say."""
    codes = list(_codes(project))
    releases = ReleaseFolder(project.root)
    brands = load_catalog(project).brands.values()
    facts = ReleaseFacts(
        name,
        len(releases.releases) + 1,
        DAY,
        {brand.slug: Clinic(brand.name) for brand in brands},
        sites={brand.slug: base_of(brand.site, brand.slug) for brand in brands if brand.site},
    )
    sheets = {(code.brand, code.handout, code.language): code for code in codes}
    files = [
        _entry(
            sheet,
            [code.address for code in codes if code.content_hash == sheet.content_hash and code.brand == sheet.brand],
        )
        for sheet in sheets.values()
    ]
    content = {"manifest": 2, "release": facts.as_json(), "html": False, "inputs": [], "parts": [], "files": files}
    (releases.folder / name).mkdir(parents=True)
    (releases.folder / name / "manifest.json").write_text(json.dumps(content), encoding="utf-8")
    releases.make_current(name, DAY)
    return codes


def _entry(sheet: ReleasedCode, addresses: list[str]) -> dict[str, object]:
    label = OutputLabel(
        sheet.handout, sheet.language, "a4-leaflet", sheet.brand, sheet.version, content_hash=sheet.content_hash
    )
    path = f"{sheet.brand}/{sheet.language}/a4-leaflet/{sheet.handout}.pdf"
    return {
        "path": path,
        "sha256": "0" * 64,
        "size": 1,
        "pages": 2,
        **label.recorded(),
        "addresses": addresses,
        "made_from": [],
    }


def _codes(project: Project) -> Iterator[ReleasedCode]:
    catalog = load_catalog(project)
    assert not catalog.problems, "\n".join(map(str, catalog.problems))
    for brand in catalog.brands.values():
        for file in catalog.handouts.values():
            if may_give(brand, file):
                for address in code_addresses(brand.site, brand.slug, file.content_hash).values():
                    yield ReleasedCode(
                        brand.slug, file.slug, file.language, file.handout.version, file.content_hash, address
                    )


def recalled(project: Project, code: ReleasedCode) -> None:
    """Recall what a sheet says."""
    note_recall(ReleaseFolder(project.root).folder, Recall(code.handout, "", (code.content_hash,), DAY))


def file_at(folder: Path, address: str, base: str) -> Path:
    """The file that a host which shows ``folder`` at ``base`` has at an address."""
    path = urlsplit(address).path.removeprefix(urlsplit(base).path).strip("/")
    return folder / path / "index.html" if path else folder / "index.html"
