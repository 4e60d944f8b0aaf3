"""Brands in a plan as they were read when it was made: each machine has the same files, and need not read them again.

Reading a brand with a logo of its own takes as long as ten PDFs, and a worker that makes the units of one clinic would
read those of the whole chain. Paths are written from the project's folder, or from where the built-in files are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache, partial
from operator import is_
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from handoutpress.content.brand.brand import Brand, FontFamily
from handoutpress.content.project import Project
from handoutpress.store.files import is_below
from handoutpress.yamlfile.problems import HandoutError

_PROJECT, _BUILT_IN = "project", "built-in"
_NO_FAMILY = FontFamily("")


@dataclass(frozen=True)
class _PlanBrands:
    """Brands without their typefaces, each with the numbers of its two in ``families``: a chain's are few."""

    families: list[FontFamily]
    brands: list[tuple[Brand, int, int]]


@cache
def _adapter() -> TypeAdapter[_PlanBrands]:
    return TypeAdapter(_PlanBrands)


def brands_to_data(brands: Mapping[str, Brand], project: Project) -> Any:
    """Return brands as plain data, for a plan."""
    write = cache(partial(_written, project))
    numbers: dict[FontFamily, int] = {}
    written: list[tuple[Brand, int, int]] = []
    for brand in brands.values():
        base, heading = (numbers.setdefault(family, len(numbers)) for family in (brand.base_font, brand.heading_font))
        without_fonts = replace(brand, base_font=_NO_FAMILY, heading_font=_NO_FAMILY)
        written.append((_moved(without_fonts, write), base, heading))
    families = [_moved(family, write) for family in numbers]
    data = _PlanBrands(families, written)
    return _adapter().dump_python(data, mode="json", exclude_defaults=True)


def brands_from_data(data: Any, project: Project) -> dict[str, Brand]:
    """Return a plan's brands for the ``project`` that its files were laid out as.

    Raises ``HandoutError`` where one names a file outside of it.
    """
    read = _adapter().validate_python(data)
    place = cache(partial(_placed, project))
    families = [_moved(family, place) for family in read.families]
    brands = (
        replace(_moved(brand, place), base_font=families[base], heading_font=families[of])
        for brand, base, of in read.brands
    )
    return {brand.slug: brand for brand in brands}


def _written(project: Project, path: Path) -> Path:
    """Return a path as a plan has it. What is in the project counts as its own, wherever our files are."""
    if path.is_relative_to(project.root):
        return Path(_PROJECT, path.relative_to(project.root))
    return Path(_BUILT_IN, path.relative_to(project.builtin))


def _placed(project: Project, path: Path) -> Path:
    """Return where a path of a plan leads here."""
    root, _, rest = path.as_posix().partition("/")
    if root not in (_PROJECT, _BUILT_IN) or not is_below(rest):
        raise HandoutError(f"The plan names a file that is not of its project: {path.as_posix()}. Hint: plan again.")
    return (project.root if root == _PROJECT else project.builtin) / rest


def _moved(value: Any, move: Callable[[Path], Path]) -> Any:
    """Return a value of dataclasses and tuples with each path in it as ``move`` has it."""
    if isinstance(value, Path):
        return move(value)
    if is_dataclass(value) and not isinstance(value, type):
        parts = {part.name: getattr(value, part.name) for part in fields(value)}
        changed = {name: new for name, part in parts.items() if (new := _moved(part, move)) is not part}
        return replace(value, **changed) if changed else value
    if isinstance(value, tuple):
        moved = tuple(_moved(part, move) for part in value)
        return value if all(map(is_, moved, value)) else moved
    return value
