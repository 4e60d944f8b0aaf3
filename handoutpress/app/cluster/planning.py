"""``plan_to``: a project's build becomes a plan in a store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

import handoutpress
from handoutpress.app.build import assemble_press, language_pair, without_recalled
from handoutpress.app.build_settings import ProofExtent, Refused, ignore
from handoutpress.app.project import open_cache, open_catalog, today
from handoutpress.batch.cluster.cluster_plan import ClusterPlan, last_plan_name, put_plan, read_plan
from handoutpress.batch.cluster.content_files import project_files, put_files
from handoutpress.batch.cluster.plan_brands import brands_to_data
from handoutpress.batch.cluster.planning import UnitPlanner, brands_of_unit
from handoutpress.batch.cluster.receipts import made_units
from handoutpress.content.absences import why_nothing
from handoutpress.content.bilingual import LanguagePair, bilingual_editions
from handoutpress.content.catalog import Catalog
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.editions import Edition
from handoutpress.content.loading import EVERYTHING
from handoutpress.content.project import Project
from handoutpress.editorial.build_check import BuildCheck
from handoutpress.press.printed import Purpose
from handoutpress.store.digests import code_digest, library_versions, parts_digest
from handoutpress.store.objects.object_store import ObjectStore
from handoutpress.yamlfile.problems import HandoutError


@dataclass(frozen=True)
class PlanSettings:
    """How a build on many machines goes; each is that of a build on one (``BuildSettings``)."""

    purpose: Purpose = "screen"
    bilingual: str = ""
    proof: ProofExtent = "plates"
    html: bool | None = None
    strict: bool = False


@dataclass(frozen=True)
class PlanResult:
    """What came of planning. ``refused`` says what keeps editions out; of ``units`` so many are ``made`` already.

    ``name`` is the plan's in the store, "" where none was put.
    """

    refused: tuple[str, ...]
    name: str = ""
    units: int = 0
    made: int = 0
    outputs: int = 0


def made_by() -> str:
    """Return what names our version, our code and the libraries behind it: machines with another make other pages."""
    libraries = [f"{name} {version}" for name, version in sorted(library_versions().items())]
    code = parts_digest(part.encode() for part in (code_digest(("",)), *libraries))
    return f"{handoutpress.__version__} {code}"


def plan_to(
    store: ObjectStore,
    project: Project,
    selection: EditionFilter = EVERYTHING,
    settings: PlanSettings = PlanSettings(),
    reporter: Callable[[Refused], None] = ignore,
) -> PlanResult:
    """Put a plan of what is selected into a store, with all files that it is made from.

    Where nothing can be printed, or at a mistake with ``strict``, no plan is put. Raises ``HandoutError`` for a name
    that does not exist, ``OSError`` of the store.
    """
    pair = language_pair(project, selection, settings.bilingual)
    loaded = pair.loaded if pair else selection
    catalog = open_catalog(project, loaded)
    refused = _Refused(reporter)
    refused.add(map(str, catalog.problems))
    if refused.sentences and settings.strict:
        return PlanResult(tuple(refused.sentences))
    press = assemble_press(catalog, settings.purpose, settings.proof)
    made = made_units(store)
    editions = PrintableEditions(catalog, settings, refused.add, pair)
    planner = UnitPlanner(
        press, editions.have_html(), settings.purpose, _last_plan(store), made, brands_of_unit(len(catalog.brands))
    )
    for text in editions:
        planner.add(text)
    if not planner.units:
        refused.add([] if refused.sentences else why_nothing(catalog))
        return PlanResult(tuple(refused.sentences))
    files = put_files(store, project_files(catalog))
    plan = ClusterPlan(
        made_by=made_by(),
        proof=settings.proof,
        purpose=settings.purpose,
        selection=loaded,
        files=files,
        brand_sets=planner.brand_sets,
        units=tuple(planner.units),
        brands=brands_to_data(catalog.brands, project),
    )
    name = put_plan(store, plan)
    done = sum(unit.key in made for unit in plan.units)
    return PlanResult(tuple(refused.sentences), name, len(plan.units), done, plan.outputs)


def _last_plan(store: ObjectStore) -> ClusterPlan | None:
    """Return the store's last plan; None where it has none, or one that this version does not read.

    Raises ``OSError``.
    """
    name = last_plan_name(store)
    try:
        return read_plan(store, name) if name else None
    except HandoutError:
        return None


class _Refused:
    """Sentences on what keeps editions out, each told once."""

    def __init__(self, reporter: Callable[[Refused], None]) -> None:
        self.sentences: dict[str, None] = {}
        self._reporter = reporter

    def add(self, sentences: Iterable[str]) -> None:
        for sentence in sentences:
            if sentence not in self.sentences:
                self.sentences[sentence] = None
                self._reporter(Refused(sentence))


class PrintableEditions:
    """The editions that may be printed, those of one text at a time: two million at once would fill the memory.

    ``refuse`` is told, in sentences, what keeps others out. With ``pair``, they are in two languages.
    """

    def __init__(
        self,
        catalog: Catalog,
        settings: PlanSettings,
        refuse: Callable[[Iterable[str]], None],
        pair: LanguagePair | None = None,
    ) -> None:
        self._catalog, self._settings, self._refuse, self._pair = catalog, settings, refuse, pair
        self._check = BuildCheck(catalog, open_cache(catalog.project), today(), strict=settings.strict)

    def __iter__(self) -> Iterator[list[Edition]]:
        for _, editions in groupby(self._all_editions(), lambda edition: edition.handout_file.path):
            passed, sentences = self._passing(editions)
            self._refuse(sentences)
            yield passed

    def have_html(self) -> bool:
        """Return whether HTML files are made too; where nothing is said of them, for a single brand."""
        if self._pair or self._settings.purpose != "screen":
            return False
        if self._settings.html is not None:
            return self._settings.html
        slugs: set[str] = set()
        for edition in self._catalog.editions():
            if edition.brand_slug not in slugs and self._passing([edition])[0]:
                slugs.add(edition.brand_slug)
                if len(slugs) > 1:
                    return False
        return len(slugs) == 1

    def _all_editions(self) -> Iterator[Edition]:
        if self._pair is None:
            return self._catalog.editions()
        editions, refused = bilingual_editions(self._catalog, self._pair)
        self._refuse(refused)
        return iter(editions)

    def _passing(self, editions: Iterable[Edition]) -> tuple[list[Edition], list[str]]:
        kept, recalled = without_recalled(self._catalog.project, editions)
        passed, stopped = self._check.passing(kept)
        return passed, [*recalled, *stopped]
