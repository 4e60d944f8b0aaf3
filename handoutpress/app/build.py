"""Building: what is selected of a project, from YAML to recorded PDFs. ``build`` shows the whole pipeline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from handoutpress.app.build_settings import (
    DEFAULTS,
    BuildReporter,
    BuildResult,
    BuildSettings,
    LayoutExplained,
    ProofExtent,
    Refused,
    Remarked,
    ignore,
)
from handoutpress.app.check import check_warnings
from handoutpress.app.logos import logo_remarks
from handoutpress.app.project import OUT, SITE, open_cache, open_catalog, out_folder, today
from handoutpress.batch.events import CacheMended
from handoutpress.batch.job_sheets import JobSheets
from handoutpress.batch.log.build_log import read_log
from handoutpress.batch.log.journal import LOG
from handoutpress.batch.plan import OutputLabel, make_plan
from handoutpress.batch.press import Press, SharedPressMaker
from handoutpress.batch.proving_press import ProofSettings, ProvingPress
from handoutpress.batch.prune import InProject
from handoutpress.batch.reasons import RemakeOptions, judge
from handoutpress.batch.releases.recalls import read_recalls, recall_of, recall_of_text, recalled_problems
from handoutpress.batch.releases.release_folder import FOLDER as RELEASES
from handoutpress.batch.run import STATE, RunOptions, run
from handoutpress.batch.trial import trial_brands
from handoutpress.batch.watch import saves
from handoutpress.content.absences import why_nothing
from handoutpress.content.bilingual import LanguagePair, bilingual_editions
from handoutpress.content.brand.brand import Brand
from handoutpress.content.catalog import Catalog, may_give, wants
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.editions import JOINED, Edition, HandoutFile
from handoutpress.content.library import JSON_LIBRARY, LIBRARY
from handoutpress.content.loading import EVERYTHING
from handoutpress.content.own_files import check_trusted
from handoutpress.content.project import Project
from handoutpress.content.text.markdown import CLINIC
from handoutpress.editorial.build_check import BuildCheck
from handoutpress.press.page.flow import clinic_said
from handoutpress.press.press import HandoutPress
from handoutpress.press.printed import Purpose
from handoutpress.press.printshop.press import PrintShopPress
from handoutpress.yamlfile.counts import counted
from handoutpress.yamlfile.problems import HandoutError

NOT_WATCHED = (OUT, RELEASES, SITE)
"""Folders of a project that a watch leaves out: what is made goes there."""


def build(
    project: Project,
    *,
    selection: EditionFilter = EVERYTHING,
    out: Path | None = None,
    settings: BuildSettings = DEFAULTS,
    reporter: BuildReporter = ignore,
) -> BuildResult:
    """Print what is selected of a project into ``out``, else into its own ``out/``: the whole pipeline.

    Raises ``HandoutError`` for a name that does not exist, and where nothing can be written or no worker can start.
    """
    pair = language_pair(project, selection, settings.bilingual)
    loaded = pair.loaded if pair else selection
    out = out_folder(project, out)
    # load: YAML to a catalog. A mistake keeps out what uses its file, and nothing else.
    catalog = open_catalog(project, loaded)
    mistakes = _tell(catalog.problems, reporter)
    if mistakes and settings.strict:
        return BuildResult(mistakes)
    # check: the catalog's editions, but for those that were recalled, or on whose words the editor finds errors.
    editions, stopped = check_editions(catalog, pair, settings)
    nothing = [] if editions or stopped or mistakes else why_nothing(catalog)
    refused = (*mistakes, *_tell([*stopped, *nothing], reporter))
    # plan: each output with its path, its plate, and the digests of all that it is made from.
    press = assemble_press(catalog, settings.purpose, settings.proof)
    plan = make_plan(editions, press, html=_wants_html(editions, settings), purpose=settings.purpose)
    if settings.explain:
        _explain_plates(editions, reporter)
    if settings.dry_run:
        return BuildResult(refused, verdicts=tuple(judge(plan, read_log(out / STATE / LOG), out, _remake(settings))))
    # render, typeset, plate, brand, proof: the steps of the press, below. The run takes them for what is stale, plate
    # by plate, here or in workers. A worker assembles a press of its own: only names travel to it.
    presses = SharedPressMaker(partial(open_press, project, loaded, settings.purpose, settings.proof), press)
    # write, record: each PDF takes its place in one step, and stands in the build log; at last all do in the manifest.
    ended = run(
        plan, out, presses, _run_options(catalog, settings, catalog if loaded == EVERYTHING else None), reporter
    )
    tell_mended(project, reporter)
    _tell_remarks(catalog, editions, settings, reporter)
    # Only now: what this run has read is the youngest in the cache, and stays.
    open_cache(project).prune_daily()
    return BuildResult(refused, ended=ended)


def _tell_remarks(
    catalog: Catalog, editions: Sequence[Edition], settings: BuildSettings, reporter: BuildReporter
) -> None:
    """Tell what a person may want to know of what was printed: of its logos, its pages if asked to, its warnings."""
    for sentence in logo_remarks(catalog, {edition.brand_slug: edition.brand for edition in editions}.values()):
        reporter(Remarked(sentence))
    if settings.explain_layout:
        _explain_layouts(catalog, editions, reporter)
    for sentence in check_warnings(catalog, editions, strict=settings.strict):
        reporter(Remarked(sentence))


def _explain_plates(editions: Iterable[Edition], reporter: BuildReporter) -> None:
    """Tell of each handout that says the clinic's name in how many names its pages are typeset."""
    names: dict[str, dict[str, None]] = {}
    for edition in editions:
        if said := clinic_said(edition.brand, *edition.texts):
            names.setdefault(edition.handout_slug, {})[said] = None
    for slug, said_names in names.items():
        times = counted(len(said_names), "name")
        reporter(Remarked(f"{slug} says {CLINIC} in its text: its pages are typeset for each name, here for {times}."))


def _explain_layouts(catalog: Catalog, editions: Iterable[Edition], reporter: BuildReporter) -> None:
    """Tell how the pages of each plate are set, by the first edition on it; one that failed has been told of."""
    press = HandoutPress(catalog, open_cache(catalog.project))
    by_plate = {press.plate_group(edition): edition for edition in reversed(list(editions))}
    for edition in reversed(by_plate.values()):
        with suppress(HandoutError):
            name = f"{edition.handout_slug}.{edition.languages_slug} {edition.format_slug} {edition.brand_slug}"
            reporter(LayoutExplained(name, press.explain_layout(edition)))


def assemble_press(catalog: Catalog, purpose: Purpose = "screen", proof: ProofExtent = "none") -> Press:
    """Return a press for a loaded catalog, put together from what takes the steps between plan and write.

    Raises ``HandoutError`` where the project has templates or styles of its own that this user does not trust.
    """
    check_trusted(catalog.project)
    cache = open_cache(catalog.project)
    # render, typeset, plate: once for all brands, and then from the cache; brand: in milliseconds.
    pages = HandoutPress(catalog, cache)
    press = pages if purpose == "screen" else PrintShopPress(catalog, pages, purpose)
    # proof: a PDF with a finding is not handed over.
    return press if proof == "none" else ProvingPress(press, catalog, cache, ProofSettings(proof, purpose))


def open_press(project: Project, selection: EditionFilter, purpose: Purpose, proof: ProofExtent) -> Press:
    """Load what is selected of a project and return a press for it, as a worker does."""
    return assemble_press(open_catalog(project, selection), purpose, proof)


def check_editions(
    catalog: Catalog, pair: LanguagePair | None, settings: BuildSettings
) -> tuple[list[Edition], list[str]]:
    """Return the editions to print, and in sentences what keeps others from being printed."""
    editions, refused = bilingual_editions(catalog, pair) if pair else (list(catalog.editions()), [])
    if settings.trial:
        chosen = trial_brands(tuple(catalog.brands.values()), settings.trial)
        editions = [edition for edition in editions if edition.brand in chosen]
    editions, recalled = without_recalled(catalog.project, editions)
    check = BuildCheck(catalog, open_cache(catalog.project), today(), strict=settings.strict)
    passed, stopped = check.passing(editions)
    return passed, [*refused, *recalled, *stopped]


def without_recalled(project: Project, editions: Iterable[Edition]) -> tuple[list[Edition], list[str]]:
    """Return the editions whose texts were not recalled, and in sentences what was."""
    recalls = read_recalls(project.root / RELEASES)
    if not recalls:
        return list(editions), []
    kept, recalled = list[Edition](), list[HandoutFile]()
    for edition in editions:
        texts = [text for text in edition.texts if recall_of_text(text, recalls)]
        recalled += texts
        kept += [] if texts else [edition]
    return kept, [str(problem) for problem in recalled_problems(project, recalled, recalls)]


def saved_files(project: Project, out: Path | None = None) -> Iterator[tuple[Path, ...]]:
    """Give the files of a project that were saved, each time that some were, for as long as it is asked for more."""
    root = project.root
    folders = [
        path for path in root.iterdir() if path.is_dir() and path.name[0] != "." and path.name not in NOT_WATCHED
    ]
    yield from saves([*folders, root / LIBRARY, root / JSON_LIBRARY], out_folder(project, out).resolve())


def tell_mended(project: Project, reporter: Callable[[CacheMended], None]) -> None:
    """Report how many entries of the cache did not count, since they were not as we wrote them."""
    if entries := open_cache(project).take_damaged():
        reporter(CacheMended(entries))


def language_pair(project: Project, selection: EditionFilter, beside: str) -> LanguagePair | None:
    """Return what is set with a language ``beside`` it, if one is named. Raises ``HandoutError`` where none can be."""
    if not beside:
        return None
    pair = LanguagePair(selection, beside)
    pair.check(project)
    return pair


def _tell(reasons: Iterable[object], reporter: BuildReporter) -> tuple[str, ...]:
    """Report what keeps editions from being printed, and return it in sentences."""
    sentences = tuple(map(str, reasons))
    for sentence in sentences:
        reporter(Refused(sentence))
    return sentences


def _wants_html(editions: list[Edition], settings: BuildSettings) -> bool:
    """Return whether HTML files are made too: those of two languages are made one by one, a print shop gets none."""
    if settings.bilingual or settings.purpose != "screen":
        return False
    return settings.html if settings.html is not None else len({edition.brand_slug for edition in editions}) == 1


def _remake(settings: BuildSettings) -> RemakeOptions:
    return RemakeOptions(force=settings.force, verify=settings.verify)


def _run_options(catalog: Catalog, settings: BuildSettings, whole: Catalog | None) -> RunOptions:
    """Return how to run; ``whole`` is the catalog of all of the project, where it was loaded anyway."""
    project = catalog.project
    return RunOptions(
        remake=_remake(settings),
        jobs=settings.jobs,
        limit=settings.limit,
        fail_fast=settings.fail_fast,
        in_project=wanted_by(whole or open_catalog(project)) if whole or settings.prune else None,
        prune=settings.prune,
        trial=bool(settings.trial),
        bundle=settings.bundle,
        job_sheets=JobSheets(catalog, partial(open_catalog, project)),
    )


def wanted_by(catalog: Catalog) -> InProject:
    """Return what says whether the project still wants an output, whether what it was made of has mistakes or not."""
    recalls = read_recalls(catalog.project.root / RELEASES)
    everything = catalog.selection

    def has(label: OutputLabel) -> bool:
        codes = label.language.split(JOINED)
        brand = catalog.brands.get(label.brand)
        return (
            all((label.handout, code) in everything.handouts for code in codes)
            and label.brand in everything.brands
            and (not label.format or label.format in everything.formats)
            # A brand with mistakes may want it.
            and (brand is None or all(_wants(catalog, brand, label, code) for code in codes))
            and recall_of(label, recalls) is None
        )

    return has


def _wants(catalog: Catalog, brand: Brand, label: OutputLabel, code: str) -> bool:
    """Return whether a brand wants an output's handout in a language and, but for HTML, in its format."""
    file = catalog.handouts.get((label.handout, code))
    given = file is None or may_give(brand, file)
    return given and wants(brand, code, label.format or next(iter(brand.formats), ""))
