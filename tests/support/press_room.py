"""Small projects that the real press prints: the clinic of ``cases/clinic``, and what tests change in it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from handoutpress.cli import main
from handoutpress.content.catalog import Catalog
from handoutpress.content.editions import Edition
from handoutpress.content.loading import load_catalog
from handoutpress.content.models.languages import Language
from handoutpress.content.project import Project, builtin_root
from handoutpress.content.script_fonts import missing_fonts
from handoutpress.press.press import HandoutPress
from handoutpress.store.cache import Cache
from handoutpress.yamlfile.explain import load_record

TREATMENTS = ("acupuncture", "acupuncture-or-dry-needling", "dry-needling")
"""The shipped handouts that have every part, in several languages and every format."""
CASES = Path(__file__).parents[1] / "cases"
HANDOUT = "handouts/warm-tea.en.yaml"
BRAND = "brands/hill/_brand.yml"


def clinic(folder: Path, *overlays: Path) -> Path:
    """The small project ``cases/clinic``, in a folder of its own, with ``overlays`` laid over it."""
    for overlay in (CASES / "clinic", *overlays):
        shutil.copytree(overlay, folder, dirs_exist_ok=True)
    return folder


def project_of(folder: Path, *overlays: Path) -> Project:
    """The small project in a folder of its own, with ``overlays`` laid over it, mistakes and all."""
    return Project(clinic(folder / "project", *overlays).resolve(), builtin_root())


def change(path: Path, how: Callable[[Any], None]) -> None:
    """Read a YAML file, change it in place and write it back."""
    value = yaml.load(path.read_bytes(), yaml.CSafeLoader)
    how(value)
    path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8")


def write_handout(root: Path, **fields: object) -> None:
    """Give the small project's handout other ``fields``."""
    change(root / HANDOUT, lambda handout: handout.update(fields))


def write_brand(root: Path, brand: Mapping[str, object]) -> None:
    """Give the small project's brand other keys."""
    (root / BRAND).write_text(yaml.safe_dump(dict(brand), allow_unicode=True), encoding="utf-8")


def skip_without_fonts(code: str) -> None:
    """Skip a test where the fonts of a built-in language are not there: those of large scripts are fetched."""
    project = Project(builtin_root(), builtin_root())
    if missing_fonts(project, load_record(project.read(project.files("languages")[code]), Language)):
        pytest.skip(f"the fonts of {code} are fetched by make fonts-all")


def catalog_of(root: Path) -> Catalog:
    """The whole project, which must be without mistakes."""
    catalog = load_catalog(Project(root.resolve(), builtin_root()))
    assert not catalog.problems
    return catalog


def edition_of(
    catalog: Catalog, handout: str = "warm-tea", brand: str = "hill", printed: str = "a4-leaflet"
) -> Edition:
    """One edition by its names."""
    (edition,) = [
        e for e in catalog.editions() if (e.handout_slug, e.brand_slug, e.format_slug) == (handout, brand, printed)
    ]
    return edition


def press_of(root: Path, cache: Path | None = None) -> tuple[HandoutPress, Edition]:
    """A press for the small project, and the edition of its first handout in its own brand."""
    catalog = catalog_of(root)
    return HandoutPress(catalog, Cache(cache or root / "cache")), edition_of(catalog)


Call = Callable[..., tuple[int, str, str]]
"""A command's words to its exit code, what it said and what it complained of."""


def caller(root: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Call:
    """The command line as a person in the project at ``root`` calls it."""

    def call(*words: str) -> tuple[int, str, str]:
        monkeypatch.chdir(root)
        monkeypatch.setattr(sys, "argv", ["handouts", *words])
        code = main()
        told = capfd.readouterr()
        assert "Traceback" not in told.err
        return code, told.out, told.err

    return call


HARMS: list[dict[str, object]] = [
    {"name": "a burnt tongue", "count": 3, "of": 100, "per": "person", "severity": "mild"},
    {"name": "a burn of the throat", "note": "Reported, but we do not know how often.", "severity": "serious"},
]


def printable(folder: Path) -> Path:
    """The small project with handouts to which the editor has nothing to say."""
    root = clinic(folder)
    for path in sorted((root / "handouts").iterdir()):
        risks = [{**harm, "references": ["leaf-2020"]} for harm in HARMS]
        message = f"{path.name.split('.')[0].capitalize()} is warm [@leaf-2020]. Ask us if it suits you."
        change(path, lambda keys, r=risks, m=message: keys.update(risks={"items": r}, main_message=m))  # type: ignore[misc]
    return root
