"""What a build asks the editor: which handouts must not be printed, for which of the countries in use.

A verdict depends on the words, the rules and the day; while these stay, it is kept, and the editor need not be loaded.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from pathlib import Path

from handoutpress.content.catalog import Catalog
from handoutpress.content.editions import Edition
from handoutpress.content.project import Project
from handoutpress.store.cache import Cache
from handoutpress.store.digests import code_digest, digest_of

HandoutKey = tuple[str, str]
StoppedHandouts = dict[HandoutKey, list[str]]
"""For each handout, by slug and language, the findings that stop it, as sentences."""


class BuildCheck:
    """Keeps handouts from being printed on which a check finds errors; with ``strict``, warnings too."""

    def __init__(self, catalog: Catalog, cache: Cache, today: date, *, strict: bool) -> None:
        self._catalog = catalog
        self._cache = cache
        self._today = today
        self._strict = strict
        self._verdicts: dict[str, StoppedHandouts] = {}

    def passing(self, editions: Iterable[Edition]) -> tuple[list[Edition], list[str]]:
        """The editions that may be made, and in sentences what stops the others."""
        passed, sentences = [], []
        for edition in editions:
            verdict = self._verdict(edition.brand.country)
            stopped = [said for text in edition.texts for said in verdict.get((text.slug, text.language), ())]
            if stopped:
                sentences += stopped
            else:
                passed.append(edition)
        return passed, list(dict.fromkeys(sentences))

    def _verdict(self, country: str) -> StoppedHandouts:
        if country not in self._verdicts:
            key = self._key(country)
            kept = self._cache.keep("checks", key, lambda: self._asked(country))
            self._verdicts[country] = {tuple(name.split(" ")): found for name, found in json.loads(kept).items()}
        return self._verdicts[country]

    def _key(self, country: str) -> str:
        handouts = (file.digest for file in self._catalog.handouts.values())
        files = (sha256(path.read_bytes()).hexdigest() for path in _read_by_editor(self._catalog.project))
        asked = (country, self._today.isoformat(), str(self._strict), code_digest(("yamlfile", "content", "editorial")))
        return digest_of(part.encode() for part in (*asked, *handouts, *files))

    def _asked(self, country: str) -> bytes:
        # The editor takes 0.2 s to load; verdicts that are at hand do without.
        from handoutpress.editorial.check_project import check_project  # noqa: PLC0415
        from handoutpress.editorial.checks.subject import jurisdiction_for  # noqa: PLC0415

        project = self._catalog.project
        slugs = tuple(sorted({slug for slug, _ in self._catalog.handouts}))
        found = check_project(project, self._today, jurisdiction_for(project, country), slugs)
        verdict = {
            " ".join(name): [str(finding) for finding in findings]
            for name, findings in found.stopped(self._strict).items()
        }
        return json.dumps(verdict).encode()


def _read_by_editor(project: Project) -> list[Path]:
    """The files besides the chosen handouts that a verdict depends on."""
    library = project.root / "references.yaml"
    others = sorted((project.root / "handouts").glob("*.y*ml"))
    return [*project.files("rules").values(), *others, *([library] if library.is_file() else [])]
