"""The check before a build: which handouts must not be printed, and which articles not published, by the rules of the
countries in use.

What stops one depends on its words, the rules and the day. While these stay the same, it is read from the cache,
and the checks need not be loaded.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from handoutpress.content.articles import ArticleFile, ArticleKey
from handoutpress.content.brand.brand import Brand
from handoutpress.content.catalog import Catalog, HandoutKey
from handoutpress.content.clinic_sheets.row_brands import BrandRows
from handoutpress.content.editions import Edition, HandoutFile
from handoutpress.content.handout_names import handout_names
from handoutpress.content.project import Project
from handoutpress.editorial.checks.calls.clinics import ClinicsInUse, clinics_in_use
from handoutpress.store.cache import Cache
from handoutpress.store.digests import code_digest, file_digest, input_digest, parts_digest

if TYPE_CHECKING:
    from handoutpress.editorial.checks.hints.known_claims import KnownClaims
    from handoutpress.editorial.checks.subject import EditorialRules
    from handoutpress.editorial.word_check import PrintedFile

BRAND_FILE = "_brand.yml"
CLAIMS = "claims"
"""What the cache calls the claims of an article's sentences."""
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
        self._warnings: dict[str, dict[HandoutKey, int]] = {}
        self._beside: dict[tuple[Path, str], list[str]] = {}
        self._rows: dict[str, dict[str, list[str]]] = {}
        self._settings_of: dict[str, tuple[str, ...]] = {}
        self._rules_of: dict[tuple[str, str], EditorialRules] = {}
        self._clinics_of: dict[str, ClinicsInUse] = {}
        self._files = {folder: catalog.project.files(folder) for folder in ("languages", "kinds", "countries")}

    def passing(self, editions: Iterable[Edition]) -> tuple[list[Edition], list[str]]:
        """Return the editions that may be made, and in sentences what stops the others."""
        passed, sentences = [], []
        # Of two million editions, texts and formats are few, and brands are thousands: each is asked once.
        of_texts: dict[tuple[str, ...], tuple[list[str], list[str]]] = {}
        of_brands: dict[str, list[str]] = {}
        for edition in editions:
            brand = edition.brand
            key = (brand.country, edition.handout_slug, edition.languages_slug, edition.format_slug)
            of_text = of_texts.get(key)
            if of_text is None:
                of_text = of_texts[key] = self._reasons_of_texts(edition)
            of_brand = of_brands.get(brand.slug)
            if of_brand is None:
                of_brand = of_brands[brand.slug] = self.reasons_of(brand)
            stopped, beside = of_text
            if stopped or beside or of_brand:
                sentences += [*stopped, *of_brand, *beside]
            else:
                passed.append(edition)
        return passed, list(dict.fromkeys(sentences))

    def _reasons_of_texts(self, edition: Edition) -> tuple[list[str], list[str]]:
        """Return what stops an edition's texts, and the words that are printed with them, in its brand's country."""
        country, texts = edition.brand.country, edition.texts
        return self._stopped_texts(country, texts), self._beside_texts(country, texts, (edition.format_file.path,))

    def look_at(self, brands: Iterable[Brand]) -> None:
        """Ask for the words of many brands at once: what stops them is kept as one entry for each country."""
        files: dict[str, dict[Path, None]] = {}
        for brand in brands:
            files.setdefault(brand.country, {}).update(dict.fromkeys(brand.files))
        for country, paths in files.items():
            self._look_at_files(country, [path for path in paths if _is_own(self._catalog.project, path)])

    def _look_at_files(self, country: str, paths: Iterable[Path]) -> None:
        key = parts_digest(part.encode() for part in (*self._settings(country), BRAND_FILE))
        kept: dict[str, tuple[str, list[str]]] = json.loads(self._cache.read("words", key) or b"{}")
        is_new = False
        for path in paths:
            digest, found = kept.get(str(path), ("", []))
            if digest != (now := input_digest(path)):
                found, is_new = json.loads(self._check_words(path, country)), True
                kept[str(path)] = now, found
            self._beside[path, country] = found
        if is_new:
            with suppress(OSError):  # then they are asked again the next time
                self._cache.write("words", key, json.dumps(kept).encode())

    def reasons_of(self, brand: Brand) -> list[str]:
        """Return, in sentences, what keeps a brand from printing anything at all: its own words."""
        return [*self._words_of_row(brand), *self._words_of_all(brand.files, brand.country)]

    def _words_of_row(self, brand: Brand) -> list[str]:
        """Return what stops a brand that is a row: all rows of a country are asked for together, and kept as one."""
        if brand.row is None:
            return []
        if brand.country not in self._rows:
            self._rows[brand.country] = self._words_of_rows(brand.country)
        return self._rows[brand.country].get(brand.slug, [])

    def _words_of_rows(self, country: str) -> dict[str, list[str]]:
        from handoutpress.editorial.word_check import printed_row  # noqa: PLC0415

        key = parts_digest(part.encode() for part in (*self._settings(country), "rows"))
        kept: dict[str, list[str]] = json.loads(self._cache.read("words", key) or b"{}")
        sheet, found, is_new = BrandRows(self._catalog.project), dict[str, list[str]](), False
        for slug, brand in self._catalog.brands.items():
            if brand.row is None or brand.country != country:
                continue
            # A sentence names the line.
            mark = f"{brand.row.line} {brand.row.digest}"
            if mark not in kept and slug in sheet.slugs:
                kept[mark], is_new = json.loads(self._check_printed(printed_row(sheet.source(slug)), country)), True
            found[slug] = kept.get(mark, [])
        if is_new:
            with suppress(OSError):  # then they are asked again the next time
                self._cache.write("words", key, json.dumps(kept).encode())
        return found

    def reasons_in(self, country: str, texts: Sequence[HandoutFile]) -> list[str]:
        """Return, in sentences, what keeps all brands of a country from printing ``texts``."""
        return [*self._stopped_texts(country, texts), *self._beside_texts(country, texts, ())]

    def _stopped_texts(self, country: str, texts: Sequence[HandoutFile]) -> list[str]:
        stopped = self._stopped_in(country)
        return [reason for text in texts for reason in stopped.get((text.slug, text.language), ())]

    def _beside_texts(self, country: str, texts: Sequence[HandoutFile], beside: Iterable[Path]) -> list[str]:
        """Return what stops the words that are printed with ``texts``, whatever the brand."""
        names = [("languages", text.language) for text in texts] + [("kinds", text.handout.kind) for text in texts]
        names.append(("countries", country))
        files = [self._files[folder][name] for folder, name in names if name in self._files[folder]]
        return self._words_of_all([*beside, *files], country)

    def _words_of_all(self, paths: Iterable[Path], country: str) -> list[str]:
        return [reason for path in paths for reason in self._words_of(path, country)]

    def warnings(self, editions: Iterable[Edition]) -> dict[HandoutKey, int]:
        """Return how many warnings the check has for each handout of some editions, in the country that has most."""
        asked = {(edition.brand.country, text.slug, text.language) for edition in editions for text in edition.texts}
        most: dict[HandoutKey, int] = {}
        for country, slug, language in sorted(asked):
            self._stopped_in(country)
            if count := self._warnings[country].get((slug, language), 0):
                most[slug, language] = max(count, most.get((slug, language), 0))
        return most

    def stopped_articles(
        self, articles: Mapping[ArticleKey, ArticleFile], countries: Iterable[str]
    ) -> dict[ArticleKey, list[str]]:
        """Return the articles that must not be published in one of ``countries``, each with what stops it."""
        codes = sorted(set(countries))
        reasons = {
            key: list(dict.fromkeys(reason for country in codes for reason in self._words_of_article(article, country)))
            for key, article in articles.items()
        }
        return {key: found for key, found in reasons.items() if found}

    def _words_of_article(self, article: ArticleFile, country: str) -> list[str]:
        project = self._catalog.project
        files = [self._catalog.library.digest, file_digest(project.files("languages")[article.language])]
        parts = (*self._settings(country), article.slug, article.language, article.digest, *files)
        key = parts_digest(part.encode() for part in parts)
        found: list[str] = json.loads(self._cache.keep("words", key, lambda: self._check_article(article, country)))
        return found

    def _check_article(self, article: ArticleFile, country: str) -> bytes:
        from handoutpress.editorial.check_articles import ArticleChecker  # noqa: PLC0415
        from handoutpress.editorial.checks.findings import stops  # noqa: PLC0415

        project = self._catalog.project
        checker = ArticleChecker(
            project, self._today, lambda language: self._rules(country, language), handout_names(project)[0]
        )
        with self._claims_before(article, country) as known:
            _, result = checker.check(article, self._catalog.library, known)
        return json.dumps([str(item) for item in result.findings if stops(item.level, self._strict)]).encode()

    @contextmanager
    def _claims_before(self, article: ArticleFile, country: str) -> Iterator[KnownClaims]:
        """Have what was found in the sentences of an article before, by the same rules and code; keep it for later."""
        from handoutpress.editorial.checks.hints.known_claims import KnownClaims  # noqa: PLC0415

        key = parts_digest(part.encode() for part in (*self._rule_inputs(country), article.slug, article.language))
        known = KnownClaims(self._cache.read(CLAIMS, key))
        yield known
        with suppress(OSError):  # then all are judged again the next time
            self._cache.write(CLAIMS, key, known.to_keep())

    def _words_of(self, path: Path, country: str) -> list[str]:
        """Return what stops the editions that print the words of the file ``path``, by the rules of ``country``."""
        if (path, country) not in self._beside:
            content = b"[]"
            if _is_own(self._catalog.project, path):
                key = parts_digest(part.encode() for part in (*self._settings(country), input_digest(path)))
                content = self._cache.keep("words", key, lambda: self._check_words(path, country))
            self._beside[path, country] = json.loads(content)
        return self._beside[path, country]

    def _check_words(self, path: Path, country: str) -> bytes:
        from handoutpress.editorial.word_check import printed_file  # noqa: PLC0415

        return self._check_printed(printed_file(path), country)

    def _check_printed(self, file: PrintedFile, country: str) -> bytes:
        from handoutpress.editorial.checks.findings import stops  # noqa: PLC0415
        from handoutpress.editorial.word_check import check_words  # noqa: PLC0415

        project = self._catalog.project
        rules = self._rules(country, file.language)
        practices = {slug: file.handout.practices for (slug, _), file in self._catalog.handouts.items()}
        result = check_words(project, file, rules, practices, self._today)
        return json.dumps([str(item) for item in result.findings if stops(item.level, self._strict)]).encode()

    def _rules(self, country: str, language: str) -> EditorialRules:
        """Return the rules of a country for a language, read once for all that they are needed for."""
        from handoutpress.editorial.checks.subject import jurisdiction_for, load_rules  # noqa: PLC0415

        if (country, language) not in self._rules_of:
            project = self._catalog.project
            jurisdiction = jurisdiction_for(project, country)
            self._rules_of[country, language] = load_rules(project, jurisdiction, language, self._clinics(country))
        return self._rules_of[country, language]

    def _clinics(self, country: str) -> ClinicsInUse:
        """Return the clinics of a country, by what they have in common of whom to call."""
        if country not in self._clinics_of:
            brands = (brand for brand in self._catalog.brands.values() if brand.country == country)
            clinics = clinics_in_use(brands)
            self._clinics_of[country] = replace(clinics, countries=(country,))
        return self._clinics_of[country]

    def _settings(self, country: str) -> tuple[str, ...]:
        """Return what decides besides the words themselves what is found: rules, day, practices."""
        if country not in self._settings_of:
            practices = [f"{slug}: {file.handout.practices}" for (slug, _), file in self._catalog.handouts.items()]
            self._settings_of[country] = (
                self._today.isoformat(),
                str(self._strict),
                *self._rule_inputs(country),
                *self._clinics(country).phones,
                *sorted(practices),
            )
        return self._settings_of[country]

    def _rule_inputs(self, country: str) -> tuple[str, ...]:
        """Return what decides how a sentence is judged: the rules, and the code of the checks."""
        files = self._catalog.project.files
        rules = [input_digest(path) for kind in ("*.yaml", "*.txt") for path in files("rules", kind).values()]
        return country, code_digest(("yamlfile", "content", "editorial")), *rules

    def _stopped_in(self, country: str) -> StoppedHandouts:
        if country not in self._stopped:
            found = json.loads(self._cache.keep("checks", self._cache_key(country), lambda: self._check(country)))
            self._stopped[country] = {_key_of(name): sentences for name, sentences in found["stopped"].items()}
            self._warnings[country] = {_key_of(name): count for name, count in found["warnings"].items()}
        return self._stopped[country]

    def _cache_key(self, country: str) -> str:
        handouts = (file.digest for file in self._catalog.handouts.values())
        files = (file_digest(path) for path in _files_checked(self._catalog.project))
        return parts_digest(part.encode() for part in (*self._settings(country), *handouts, *files))

    def _check(self, country: str) -> bytes:
        # The checks take 0.2 s to load; what is cached does without them.
        from handoutpress.editorial.check_project import check_project  # noqa: PLC0415
        from handoutpress.editorial.checks.subject import jurisdiction_for  # noqa: PLC0415

        project = self._catalog.project
        slugs = tuple(sorted({slug for slug, _ in self._catalog.handouts}))
        jurisdiction = jurisdiction_for(project, country)
        checked = check_project(project, self._today, jurisdiction, slugs, clinics=self._clinics(country))
        stopped = {
            " ".join(key): [str(finding) for finding in findings]
            for key, findings in checked.stopped(self._strict).items()
        }
        warnings = {
            " ".join(key): sum(finding.level == "warning" for finding in findings)
            for key, findings in checked.stopped(strict=True).items()
        }
        return json.dumps({"stopped": stopped, "warnings": warnings}).encode()


def _key_of(name: str) -> HandoutKey:
    slug, language = name.split(" ")
    return slug, language


def _files_checked(project: Project) -> list[Path]:
    """Return the files besides the chosen handouts on which it depends what stops them."""
    library = project.root / "references.yaml"
    handouts = sorted((project.root / "handouts").glob("*.y*ml"))
    read = [path for folder in ("languages", "kinds", "countries") for path in project.files(folder).values()]
    return [*handouts, *read, *([library] if library.is_file() else [])]


def _is_own(project: Project, path: Path) -> bool:
    """Return whether the project itself says the words of ``path``; what is built in our own tests have read."""
    is_brand = path.name == BRAND_FILE
    is_text = path.suffix == ".yaml" and project.root != project.builtin
    return path.is_relative_to(project.root) and (is_brand or is_text)
