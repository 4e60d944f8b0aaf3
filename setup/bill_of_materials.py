"""The bill of materials that the wheel carries: every file in it, with its digest and its licence, as CycloneDX 1.6.

hatchling calls it while it builds a wheel (PEP 770), so that no list can be older than the files.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FILE = "handout-press.cdx.json"
IN_DIST_INFO = ("METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE", f"sboms/{FILE}")
"""What hatchling itself adds; RECORD has its digests."""
_LICENCES = {".ttf": "OFL-1.1", ".otf": "OFL-1.1", ".icc": "Zlib"}
_OURS = "MIT"


class BillOfMaterialsHook(BuildHookInterface[Any]):
    """Writes the bill beside the build, and has it packed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the bill to a wheel; an editable one holds no files."""
        if self.target_name != "wheel" or version == "editable":
            return
        builder = self.build_config.builder
        files = {file.distribution_path: Path(file.path) for file in builder.recurse_included_files()}
        added = [f"{builder.artifact_project_id}.dist-info/{name}" for name in IN_DIST_INFO]
        bill = bill_of_materials(self.metadata.version, files, added)
        self._folder = Path(tempfile.mkdtemp())
        (self._folder / FILE).write_text(json.dumps(bill, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        build_data["sbom_files"].append(str(self._folder / FILE))

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the bill's file, of which the wheel has a copy."""
        if folder := getattr(self, "_folder", None):
            shutil.rmtree(folder)


def bill_of_materials(version: str, files: dict[str, Path], added: list[str]) -> dict[str, Any]:
    """Return the bill of ``files``, by their place in the wheel, and of what is ``added`` while it is packed."""
    ours = {"type": "application", "name": "handout-press", "version": version, "bom-ref": "handout-press"}
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {**ours, "purl": f"pkg:pypi/handout-press@{version}", "licenses": _licence(_OURS)}},
        "components": [
            *(_component(name, path) for name, path in sorted(files.items())),
            *({"type": "file", "name": name, "licenses": _licence(_OURS)} for name in sorted(added)),
        ],
    }


def _component(name: str, path: Path) -> dict[str, Any]:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    licence = _LICENCES.get(path.suffix, _OURS)
    return {
        "type": "file",
        "name": name,
        "hashes": [{"alg": "SHA-256", "content": digest}],
        "licenses": _licence(licence),
    }


def _licence(identifier: str) -> list[dict[str, Any]]:
    return [{"license": {"id": identifier}}]
