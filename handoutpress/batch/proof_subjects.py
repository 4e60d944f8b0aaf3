"""What is to be proved, and against what: a manifest's names matched to the catalog's editions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from handoutpress.batch.log.manifest import NAME, ManifestFile, read_manifest
from handoutpress.batch.plan import OutputLabel, label_of
from handoutpress.batch.proof_extent import LEFT_OUT, OF_BRANDS, brand_part
from handoutpress.content.bilingual import joined_edition
from handoutpress.content.catalog import Catalog
from handoutpress.content.editions import JOINED, Edition
from handoutpress.proof.checks.registry import CHECKS
from handoutpress.proof.expectation import NOTHING_EXPECTED, Expectation, each_expectation, wanted_inks
from handoutpress.proof.proving import EditionNames, ProofSubject
from handoutpress.yamlfile.problems import HandoutError

OF_PLATES = tuple(name for name in CHECKS if name not in LEFT_OUT)
"""The checks on the first file of a plate."""
SHEETS = Expectation(for_print=True)
"""What is expected of all sheets for a print shop, whose pages were proved as their edition."""


def each_plate_once(subjects: Iterable[ProofSubject]) -> Iterator[ProofSubject]:
    """Yield one file of each plate; of the others, one of each brand, format and language, for what a brand changes.

    The simulated copies are left out. Files from elsewhere and sheets for a print shop all stay.
    """
    covered: set[object] = set()
    for subject in subjects:
        names = subject.names
        if not names.handout or subject.expectations[0].for_print:
            yield replace(subject, only=OF_PLATES)
            continue
        plate = replace(names, brand="")
        brand = brand_part(brand=names.brand, language=names.language, format=names.format)
        if plate not in covered:
            yield replace(subject, only=OF_PLATES)
        elif brand not in covered:
            yield replace(subject, only=OF_BRANDS)
        covered |= {plate, brand}


def expectations_of(edition: Edition, label: OutputLabel, catalog: Catalog) -> Iterator[Expectation]:
    """Yield what an edition's PDF or sheets for a print shop may be. Raises ``ContentError`` as its codes would."""
    if label.purpose == "screen":
        return each_expectation(edition, catalog)
    return iter([replace(SHEETS, inks=wanted_inks(edition, mono=label.purpose == "mono"))])


class ProofSubjects:
    """Finds what files should be. Without a catalog, or where it has no such edition, nothing is expected of a file."""

    def __init__(self, catalog: Catalog | None) -> None:
        self._catalog = catalog
        self._manifests: dict[Path, dict[str, ManifestFile]] = {}

    def in_manifest(self, out: Path) -> Iterator[ProofSubject]:
        """Yield every edition that the manifest in ``out`` names. Raises ``HandoutError`` where there is none."""
        for file in read_manifest(out):
            if file.is_edition:
                yield self._subject(out / file.path, file.label)

    def at(self, paths: Iterable[Path]) -> Iterator[ProofSubject]:
        """Yield files, and all PDFs in folders; those below a folder with a manifest as what it says that they are.

        Raises ``HandoutError`` for a folder without a PDF.
        """
        for path in paths:
            files = sorted(path.rglob("*.pdf")) if path.is_dir() else [path]
            if not files:
                raise HandoutError(f"There is no PDF in {path.as_posix()}.")
            for file in files:
                yield self._subject(file, self._label(file))

    def edition(self, label: OutputLabel) -> Edition | None:
        """Return the catalog's edition with all of these names, its version among them, whatever it says by now."""
        names = label._replace(content_hash="", purpose="screen")
        if self._catalog and JOINED in label.language:
            first = label.language.partition(JOINED)[0]
            single = self._editions.get(names._replace(language=first))
            return joined_edition(label.language, single, self._catalog) if single else None
        return self._editions.get(names)

    @cached_property
    def _editions(self) -> dict[OutputLabel, Edition]:
        editions = self._catalog.editions() if self._catalog else ()
        return {label_of(edition)._replace(content_hash=""): edition for edition in editions}

    def _subject(self, file: Path, label: OutputLabel | None) -> ProofSubject:
        if label is None:
            return ProofSubject(file)
        names = EditionNames(
            handout=label.handout,
            brand=label.brand,
            language=label.language,
            format=label.format,
            version=label.version,
        )
        edition = self.edition(label)
        # A text that says something else by now, though its version is the same.
        if edition and label.content_hash and edition.content_hash != label.content_hash:
            return ProofSubject(file, names=names, older=True)
        expected = tuple(expectations_of(edition, label, self._catalog)) if edition and self._catalog else ()
        nothing = NOTHING_EXPECTED if label.purpose == "screen" else SHEETS
        return ProofSubject(file, expected or (nothing,), names)

    def _label(self, file: Path) -> OutputLabel | None:
        """Return what the nearest manifest above a file calls it."""
        path = file.resolve()
        for folder in path.parents:
            if (folder / NAME).is_file():
                entry = self._read(folder).get(path.relative_to(folder).as_posix())
                return entry.label if entry else None
        return None

    def _read(self, folder: Path) -> dict[str, ManifestFile]:
        if folder not in self._manifests:
            try:
                self._manifests[folder] = {entry.path: entry for entry in read_manifest(folder)}
            except HandoutError:  # another program's manifest.json: the file is proved as one from elsewhere
                self._manifests[folder] = {}
        return self._manifests[folder]
