"""A row of the matrix printed by the real press, and proved in full; or the sentence that refuses it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from handoutpress.content.catalog import Catalog
from handoutpress.content.editions import Edition
from handoutpress.content.loading import load_catalog
from handoutpress.content.project import Project, builtin_root
from handoutpress.press.press import HandoutPress
from handoutpress.proof.checks.registry import CHECKS
from handoutpress.proof.expectation import each_expectation
from handoutpress.proof.proving import prove_data
from handoutpress.store.cache import Cache
from handoutpress.yamlfile.problems import HandoutError
from layout_matrix.clinics import write_clinic
from layout_matrix.combinations import Combination
from layout_matrix.texts import handout_of

ROOT = Path(__file__).parents[3]
EXTRA = tuple(f"made-up-{number:02}" for number in range(60))
"""Keys of references that are copies of others with made-up titles."""
PROVED = tuple(name for name in CHECKS if name != "copies")
"""All but the simulated bad copies, which take a second a code and have tests of their own."""


@dataclass(frozen=True)
class Printed:
    """What came of a row: the PDF with what its proof found, or the sentence that refuses it."""

    row: Combination
    pdf: bytes = b""
    findings: tuple[str, ...] = ()
    refusal: str = ""


class MatrixProject:
    """A project with a handout for each of some rows, their clinics and their library, printed row by row."""

    def __init__(self, root: Path, rows: Sequence[Combination], cache: Cache) -> None:
        self._names: dict[Combination, tuple[str, str]] = {}
        (root / "handouts").mkdir(parents=True)
        shipped = _shipped()
        for number, row in enumerate(rows):
            slugs = sorted(slug for slug, language in shipped if language == row.language)
            data = handout_of(shipped[slugs[number % len(slugs)], row.language], row, EXTRA)
            slug = f"row-{number:04}"
            text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120)
            (root / f"handouts/{slug}.{row.language}.yaml").write_text(text, encoding="utf-8")
            self._names[row] = slug, write_clinic(root, row)
        _write_library(root / "references.yaml")
        self.catalog = _catalog(root)
        self.press = HandoutPress(self.catalog, cache)

    def printed(self, row: Combination) -> Printed:
        """Print and prove a row."""
        edition = self.edition(row)
        try:
            pdf = self.press.open_plate(edition).print(edition).pdf
        except HandoutError as error:
            return Printed(row, refusal=str(error))
        proof = prove_data(Path("row.pdf"), pdf, each_expectation(edition, self.catalog), PROVED)
        return Printed(row, pdf, tuple(map(str, proof.findings)))

    def edition(self, row: Combination) -> Edition:
        slug, brand = self._names[row]
        handout = self.catalog.handouts[slug, row.language]
        language, printed = self.catalog.languages[row.language], self.catalog.formats[row.format]
        return Edition(handout, language, printed, self.catalog.brands[brand])


def _catalog(root: Path) -> Catalog:
    catalog = load_catalog(Project(root.resolve(), builtin_root()))
    assert not catalog.problems, "\n".join(map(str, catalog.problems[:5]))
    return catalog


@cache
def _shipped() -> Mapping[tuple[str, str], Mapping[str, Any]]:
    """Return the shipped handouts by slug and language."""
    paths = sorted((ROOT / "handouts").glob("*.yaml"))
    return {
        (path.name.split(".")[0], path.name.split(".")[1]): yaml.load(path.read_bytes(), yaml.CSafeLoader)
        for path in paths
    }


def _write_library(path: Path) -> None:
    """Write the shipped library with copies of its entries, whose titles say that they are made up."""
    shutil.copy(ROOT / "references.yaml", path)
    library = yaml.load(path.read_bytes(), yaml.CSafeLoader)
    entries = [entry for entry in library if "author" in entry and "issued" in entry]
    copies = []
    for number, key in enumerate(EXTRA):
        kept = {name: entries[number % len(entries)][name] for name in ("type", "title", "author", "issued")}
        kept["title"] = f"Made-up copy {number + 1} of: {kept['title']}"
        copies.append({"id": key, **kept, "container-title": "Made-up Journal", "custom": {"status": "confirmed"}})
    with path.open("a", encoding="utf-8") as file:
        file.write("\n" + yaml.safe_dump(copies, allow_unicode=True, sort_keys=False))
