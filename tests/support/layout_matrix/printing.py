"""A row of the matrix printed by the real press, and proved in full; or the sentence that refuses it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from press_room import TREATMENTS

from handoutpress.batch.proving_press import ProofSettings, ProvingPress
from handoutpress.content.catalog import Catalog
from handoutpress.content.editions import Edition
from handoutpress.content.loading import load_catalog
from handoutpress.content.project import Project, builtin_root
from handoutpress.content.script_fonts import missing_fonts
from handoutpress.press.press import HandoutPress
from handoutpress.store.cache import Cache
from handoutpress.yamlfile.problems import HandoutError
from layout_matrix.clinics import write_clinic
from layout_matrix.combinations import Combination
from layout_matrix.texts import handout_of

ROOT = Path(__file__).parents[3]
EXTRA = tuple(f"made-up-{number:02}" for number in range(60))
"""Keys of references that are copies of others with made-up titles."""
FINDINGS = "The finished PDF does not pass its proof."
"""With these words a build tells what its proof found."""


@dataclass(frozen=True)
class Built:
    """What came of a row: both texts are empty where it is right."""

    row: Combination
    findings: str = ""
    refusal: str = ""


class MatrixProject:
    """A project with a handout for each of some rows, their clinics and their library, printed row by row."""

    def __init__(self, root: Path, rows: Sequence[Combination], cache: Cache) -> None:
        self._names: dict[Combination, tuple[str, str]] = {}
        (root / "handouts").mkdir(parents=True)
        handouts: dict[Combination, str] = {}
        for row in rows:
            words = replace(row, name=0, logo=0, places=0)
            if words not in handouts:
                handouts[words] = _write_handout(root, row, len(handouts))
            self._names[row] = handouts[words], write_clinic(root, row)
        _write_library(root / "references.yaml")
        self.catalog = _catalog(root)
        self._press = HandoutPress(self.catalog, cache)
        self._proving = ProvingPress(self._press, self.catalog, cache, ProofSettings("plates"))

    def built(self, rows: Sequence[Combination]) -> Iterator[Built]:
        """Build rows of one plate as a run does: each is printed and proved, but for simulated bad copies."""
        editions = [self.edition(row) for row in rows]
        assert len({self._press.plate_group(edition) for edition in editions}) == 1
        try:
            plate = self._proving.open_plate(editions[0])
        except HandoutError as error:
            yield from (Built(row, refusal=str(error)) for row in rows)
            return
        for row, edition in zip(rows, editions, strict=True):
            try:
                plate.print(edition)
                yield Built(row)
            except HandoutError as error:
                told = str(error)
                found, _, findings = told.partition(FINDINGS)
                yield Built(row, findings=findings.strip(), refusal=found)

    def pdf(self, row: Combination) -> bytes:
        """Return a row's PDF, whether its proof finds something or not."""
        edition = self.edition(row)
        return self._press.open_plate(edition).print(edition).pdf

    def edition(self, row: Combination) -> Edition:
        slug, brand = self._names[row]
        handout = self.catalog.handouts[slug, row.language]
        language, printed = self.catalog.languages[row.language], self.catalog.formats[row.format]
        return Edition(handout, language, printed, self.catalog.brands[brand])


def _write_handout(root: Path, row: Combination, number: int) -> str:
    """Write the handout of a row, made from one of those shipped in its language in turn, and return its name."""
    shipped, slug = _shipped(), f"row-{number:04}"
    slugs = sorted(slug for slug, language in shipped if language == row.language)
    data = handout_of(shipped[slugs[number % len(slugs)], row.language], row, EXTRA)
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120)
    (root / f"handouts/{slug}.{row.language}.yaml").write_text(text, encoding="utf-8")
    return slug


def printable(languages: Sequence[str]) -> tuple[str, ...]:
    """Return the languages with a shipped handout whose fonts are there: some scripts' do not come with the project."""
    catalog = load_catalog(Project(ROOT, builtin_root()))
    shipped = {code: language for code, language in catalog.languages.items() if code in languages}
    return tuple(code for code, language in shipped.items() if not missing_fonts(catalog.project, language))


def _catalog(root: Path) -> Catalog:
    catalog = load_catalog(Project(root.resolve(), builtin_root()))
    assert not catalog.problems, "\n".join(map(str, catalog.problems[:5]))
    return catalog


@cache
def _shipped() -> Mapping[tuple[str, str], Mapping[str, Any]]:
    """Return the shipped handouts by slug and language."""
    paths = sorted(path for slug in TREATMENTS for path in (ROOT / "handouts").glob(f"{slug}.*.yaml"))
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
