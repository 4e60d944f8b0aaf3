"""The check before a build: which handouts must not be printed, by the rules of the countries in use.

What stops a handout depends on its words, the rules and the day. While these stay the same, it is read from the cache,
and the checks need not be loaded.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from handoutpress.content.catalog import Catalog, HandoutKey
from handoutpress.content.editions import Edition
from handoutpress.content.project import Project
from handoutpress.store.cache import Cache
from handoutpress.store.digests import code_digest, file_digest, parts_digest

StoppedHandouts = dict[HandoutKey, list[str]]
"""For each handout that must not be printed, the findings that stop it, as sentences."""


class BuildCheck:
    """Keeps handouts from being printed on which a check finds errors; with ``strict``, warnings too."""

    def __init__(self, catalog: Catalog, cache: Cache, today: date, *, strict: bool) -> None:
        self._catalog = catalog
        self._cache = cache
        self._today = today
        self._strict = strict
        self._stopped: dict[str, StoppedHandouts] = {}

    def passing(self, editions: Iterable[Edition]) -> tuple[list[Edition], list[str]]:
        """Return the editions that may be made, and in sentences what stops the others."""
        passed, sentences = [], []
        for edition in editions:
            stopped = self._stopped_in(edition.brand.country)
            reasons = [reason for text in edition.texts for reason in stopped.get((text.slug, text.language), ())]
            if reasons:
                sentences += reasons
            else:
                passed.append(edition)
        return passed, list(dict.fromkeys(sentences))

    def _stopped_in(self, country: str) -> StoppedHandouts:
        if country not in self._stopped:
            content = self._cache.keep("checks", self._cache_key(country), lambda: self._check(country))
            stopped = {tuple(name.split(" ")): sentences for name, sentences in json.loads(content).items()}
            self._stopped[country] = stopped
        return self._stopped[country]

    def _cache_key(self, country: str) -> str:
        # The code of the checks belongs to the key as well: a new rule asks again.
        code = code_digest(("yamlfile", "content", "editorial"))
        settings = (country, self._today.isoformat(), str(self._strict), code)
        handouts = (file.digest for file in self._catalog.handouts.values())
        files = (file_digest(path) for path in _files_checked(self._catalog.project))
        return parts_digest(part.encode() for part in (*settings, *handouts, *files))

    def _check(self, country: str) -> bytes:
        # The checks take 0.2 s to load; what is cached does without them.
        from handoutpress.editorial.check_project import check_project  # noqa: PLC0415
        from handoutpress.editorial.checks.subject import jurisdiction_for  # noqa: PLC0415

        project = self._catalog.project
        slugs = tuple(sorted({slug for slug, _ in self._catalog.handouts}))
        checked = check_project(project, self._today, jurisdiction_for(project, country), slugs)
        stopped = {
            " ".join(key): [str(finding) for finding in findings]
            for key, findings in checked.stopped(self._strict).items()
        }
        return json.dumps(stopped).encode()


def _files_checked(project: Project) -> list[Path]:
    """Return the files besides the chosen handouts on which it depends what stops them."""
    library = project.root / "references.yaml"
    handouts = sorted((project.root / "handouts").glob("*.y*ml"))
    return [*project.files("rules").values(), *handouts, *([library] if library.is_file() else [])]
