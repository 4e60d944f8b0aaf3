"""``handouts init`` and ``handouts new``."""

from __future__ import annotations

import re
import shutil
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from handoutpress.cli.building import Folder
from handoutpress.cli.console import say
from handoutpress.cli.opening import open_project
from handoutpress.content.brand.skeleton import brand_skeleton, colours_from_logo
from handoutpress.content.library import load_library
from handoutpress.content.project import Project
from handoutpress.content.schemas import write_schemas
from handoutpress.content.skeletons import handout_skeleton, sample_files
from handoutpress.yamlfile.problems import HandoutError

FIRST_BRAND = "my-clinic"
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Thing(StrEnum):
    """What can be begun from a skeleton."""

    handout = "handout"
    brand = "brand"


def init(folder: Annotated[Path, typer.Argument(help="A new or empty folder.")]) -> None:
    """Begin a project: a small one that builds at once."""
    if folder.exists() and any(folder.iterdir()):
        raise HandoutError(f"{folder} is not empty. Hint: name a new folder.")
    for inner, source in sample_files():
        (folder / inner).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, folder / inner)
    _write_new(folder / "brands" / FIRST_BRAND / "_brand.yml", brand_skeleton(_title(FIRST_BRAND)))
    write_schemas(folder / "schemas")
    say(f"{folder} is ready. Next: cd {folder} && handouts build")


def new(
    thing: Annotated[Thing, typer.Argument(help="What to begin.")],
    name: Annotated[str, typer.Argument(help="Its slug: lower-case letters, digits and hyphens.")],
    project: Folder = None,
    from_logo: Annotated[Path | None, typer.Option(help="Begin a brand from this logo and its colours.")] = None,
    country: Annotated[str, typer.Option(help="Where the clinic is: gb, us, …")] = "gb",
) -> None:
    """Begin a handout or a brand from a skeleton."""
    place = open_project(project)
    if not SLUG.fullmatch(name):
        hint = "use lower-case letters and digits, with single hyphens between them."
        raise HandoutError(f'"{name}" cannot name a {thing}. Hint: {hint}')
    path = _new_brand(place, name, from_logo, country) if thing is Thing.brand else _new_handout(place, name)
    say(f"Next: fill in {place.show(path)}.")


def _new_handout(project: Project, name: str) -> Path:
    path = project.root / "handouts" / f"{name}.en.yaml"
    citable = [key for key, reference in load_library(project).references.items() if reference.citable]
    if not citable:
        raise HandoutError("references.yaml has no reference to cite yet. Hint: add one; docs/references.md says how.")
    _write_new(path, handout_skeleton(name, citable[0]))
    return path


def _new_brand(project: Project, name: str, logo: Path | None, country: str) -> Path:
    path = project.root / "brands" / name / "_brand.yml"
    file = f"logo{logo.suffix.lower()}" if logo else None
    _write_new(path, brand_skeleton(_title(name), country, file, _colours(logo) if logo else ()))
    if logo and file:
        shutil.copy(logo, path.parent / file)
    return path


def _title(slug: str) -> str:
    return slug.replace("-", " ").title()


def _colours(logo: Path) -> tuple[str, ...]:
    try:
        return colours_from_logo(logo)
    except (OSError, ValueError) as error:
        raise HandoutError(f"{logo}: {error}") from error


def _write_new(path: Path, text: str) -> None:
    if path.exists():
        raise HandoutError(f"{path} is there already. Hint: choose another name.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(init)
    app.command()(new)
