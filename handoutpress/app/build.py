"""Building: what is selected of a project, from YAML to recorded PDFs. ``build`` shows the whole pipeline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from handoutpress.app.project import OUT, open_cache, open_catalog, out_folder, today
from handoutpress.batch.bundles import Choice
from handoutpress.batch.events import Ended, Event
from handoutpress.batch.job_sheets import JobSheets
from handoutpress.batch.log.build_log import read_log
from handoutpress.batch.log.journal import LOG
from handoutpress.batch.plan import OutputLabel, make_plan
from handoutpress.batch.press import Press, SharedPressMaker
from handoutpress.batch.proving_press import ProofSettings, ProvingPress
from handoutpress.batch.prune import InProject
from handoutpress.batch.reasons import OutputVerdict, RemakeOptions, judge
from handoutpress.batch.releases.release_folder import FOLDER as RELEASES
from handoutpress.batch.run import STATE, RunOptions, run
from handoutpress.batch.trial import trial_brands
from handoutpress.batch.watch import saves
from handoutpress.content.bilingual import LanguagePair, bilingual_editions
from handoutpress.content.catalog import Catalog
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.editions import JOINED, Edition
from handoutpress.content.library import LIBRARY
from handoutpress.content.loading import EVERYTHING
from handoutpress.content.project import Project
from handoutpress.editorial.build_check import BuildCheck
from handoutpress.press.press import HandoutPress
from handoutpress.press.printed import Purpose
from handoutpress.press.printshop.press import PrintShopPress

MADE = (OUT, RELEASES)
"""Folders of a project that are never watched."""

ProofExtent = Literal["all", "plates", "none"]
"""What is proved before it is written: every PDF, each plate and each brand once, or nothing."""


@dataclass(frozen=True)
class BuildSettings:
    """How a build goes.

    ``html`` makes pages for phones, too (None: for a single brand only); ``trial`` takes only so many telling brands;
    ``strict`` stops everything at a mistake, and a handout at a warning; ``bilingual`` is the language that stands
    beside each of the others. ``jobs`` are processes at most (0: one a core), ``limit`` seconds for one plate.
    ``force`` makes what is unchanged, ``verify`` reads outputs again instead of trusting their dates, ``prune`` removes
    outputs of what is gone, ``bundle`` writes a zip a brand. With ``dry_run`` nothing is made.
    """

    purpose: Purpose = "screen"
    proof: ProofExtent = "plates"
    html: bool | None = None
    bilingual: str = ""
    trial: int = 0
    strict: bool = False
    force: bool = False
    verify: bool = False
    dry_run: bool = False
    fail_fast: bool = False
    prune: bool = False
    bundle: Choice | None = None
    jobs: int = 0
    limit: float = 120.0


@dataclass(frozen=True)
class Refused:
    """An event: a mistake in a file, or what a check found, that keeps editions from being printed."""

    sentence: str


Reporter = Callable[[Event | Refused], None]
"""Is sent each event of a build while it lasts."""


@dataclass(frozen=True)
class BuildResult:
    """What came of a build. ``refused`` says what kept editions from being printed.

    ``verdicts`` are there after a dry run, ``ended`` after any other that did not stop at a mistake.
    """

    refused: tuple[str, ...]
    verdicts: tuple[OutputVerdict, ...] = ()
    ended: Ended | None = None

    @property
    def exit_code(self) -> int:
        """0 where all was printed, 1 where something was refused or failed, 130 where Ctrl-C ended it."""
        ended = self.ended.exit_code if self.ended else 0
        return ended or int(bool(self.refused))


def ignore(event: object) -> None:
    """Take an event and do nothing with it."""


def build(
    project: Project,
    *,
    selection: EditionFilter = EVERYTHING,
    out: Path | None = None,
    settings: BuildSettings = BuildSettings(),
    reporter: Reporter = ignore,
) -> BuildResult:
    """Print what is selected of a project into ``out``, else into its own ``out/``: the whole pipeline.

    Raises ``HandoutError`` for a name that does not exist, and where nothing can be written or no worker can start.
    """
    pair = _language_pair(project, selection, settings)
    loaded = pair.loaded if pair else selection
    catalog = open_catalog(project, loaded)  # load
    mistakes = _tell(catalog.problems, reporter)
    if mistakes and settings.strict:
        return BuildResult(mistakes)
    editions, stopped = check_editions(catalog, pair, settings)  # check
    refused = (*mistakes, *_tell(stopped, reporter))
    press = press_for(catalog, settings.purpose, settings.proof)
    plan = make_plan(
        editions,
        press,
        html=_wants_html(editions, settings),
        purpose=settings.purpose,
    )  # plan
    out = out_folder(project, out)
    if settings.dry_run:
        return BuildResult(refused, verdicts=tuple(judge(plan, read_log(out / STATE / LOG), out, _remake(settings))))
    maker = SharedPressMaker(partial(open_press, project, loaded, settings.purpose, settings.proof), press)
    ended = run(plan, out, maker, _run_options(catalog, settings), reporter)
    return BuildResult(refused, ended=ended)


def open_press(project: Project, selection: EditionFilter, purpose: Purpose, proof: ProofExtent) -> Press:
    """Return a press for what is selected of a project. A worker opens its own with this, from these few names."""
    return press_for(open_catalog(project, selection), purpose, proof)


def press_for(catalog: Catalog, purpose: Purpose = "screen", proof: ProofExtent = "none") -> Press:
    """Return a press for a loaded catalog, with the cache of its project."""
    cache = open_cache(catalog.project)
    pages = HandoutPress(catalog, cache)
    press = pages if purpose == "screen" else PrintShopPress(catalog, pages, purpose)
    return press if proof == "none" else ProvingPress(press, catalog, cache, ProofSettings(proof, purpose))


def check_editions(
    catalog: Catalog, pair: LanguagePair | None, settings: BuildSettings
) -> tuple[list[Edition], list[str]]:
    """Return the editions to print, and in sentences what keeps others from being printed."""
    editions, refused = bilingual_editions(catalog, pair) if pair else (list(catalog.editions()), [])
    if settings.trial:
        chosen = trial_brands(tuple(catalog.brands.values()), settings.trial)
        editions = [edition for edition in editions if edition.brand in chosen]
    check = BuildCheck(catalog, open_cache(catalog.project), today(), strict=settings.strict)
    passed, stopped = check.passing(editions)
    return passed, [*refused, *stopped]


def saved_files(project: Project, out: Path | None = None) -> Iterator[tuple[Path, ...]]:
    """Give the files of a project that were saved, each time that some were, for as long as it is asked for more."""
    root = project.root
    folders = [path for path in root.iterdir() if path.is_dir() and path.name[0] != "." and path.name not in MADE]
    yield from saves([*folders, root / LIBRARY], out_folder(project, out).resolve())


def _language_pair(project: Project, selection: EditionFilter, settings: BuildSettings) -> LanguagePair | None:
    """Return what is set in two languages side by side, if any is. Raises ``HandoutError`` where it cannot be."""
    if not settings.bilingual:
        return None
    pair = LanguagePair(selection, settings.bilingual)
    pair.check(project)
    return pair


def _tell(reasons: Iterable[object], reporter: Reporter) -> tuple[str, ...]:
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


def _run_options(catalog: Catalog, settings: BuildSettings) -> RunOptions:
    project = catalog.project
    return RunOptions(
        remake=_remake(settings),
        jobs=settings.jobs,
        limit=settings.limit,
        fail_fast=settings.fail_fast,
        in_project=_in_project(project) if settings.prune else None,
        bundle=settings.bundle,
        job_sheets=JobSheets(catalog, partial(open_catalog, project)),
    )


def _in_project(project: Project) -> InProject:
    """Return whether the project still has what an output was made of, with mistakes or without."""
    everything = open_catalog(project).selection

    def has(label: OutputLabel) -> bool:
        return (
            all((label.handout, code) in everything.handouts for code in label.language.split(JOINED))
            and label.brand in everything.brands
            and (not label.format or label.format in everything.formats)
        )

    return has
