"""Releasing: keeping what is right as a release that patients may be given, and choosing which one is current."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from handoutpress.app.build import assemble_press, check_editions, open_press, tell_mended
from handoutpress.app.build_settings import DEFAULTS
from handoutpress.app.project import open_cache, open_catalog, out_folder, today
from handoutpress.app.site.promises import broken_promises
from handoutpress.batch.events import Ended, Event
from handoutpress.batch.failures import sentence_of
from handoutpress.batch.log.manifest import ManifestFile, read_manifest
from handoutpress.batch.plan import BuildPlan, make_plan
from handoutpress.batch.press import SharedPressMaker
from handoutpress.batch.reasons import RemakeOptions
from handoutpress.batch.releases.approvals import Approved, Digests, note_approval
from handoutpress.batch.releases.falling_away import FallingAway, falling_away
from handoutpress.batch.releases.keeping import damaged
from handoutpress.batch.releases.recalls import read_recalls, recall_of
from handoutpress.batch.releases.release import Approval, Release
from handoutpress.batch.releases.release_folder import ReleaseFolder
from handoutpress.batch.releases.release_proof import ReleaseProof
from handoutpress.batch.releases.releasing import ReleaseCandidate, keep_release, name_for, released_log
from handoutpress.batch.run import RunOptions, run
from handoutpress.content.edition_filter import EditionFilter, choose
from handoutpress.content.loading import EVERYTHING
from handoutpress.content.project import Project
from handoutpress.editorial.build_check import BuildCheck
from handoutpress.press.printed import edition_path
from handoutpress.store.digests import file_digest
from handoutpress.store.processes import cores
from handoutpress.yamlfile.problems import HandoutError

DAMAGED_NAMED = 5
"""Damaged files that are named before the rest is counted."""


@dataclass(frozen=True)
class HeldByAnother:
    """An event: another command holds the releases; ``holder`` is its process id, 0 if unknown."""

    holder: int


@dataclass(frozen=True)
class ProofProgress:
    """An event: so many of the PDFs to release are proved; none are when it begins."""

    done: int
    pdfs: int


ReleaseReporter = Callable[[Event | HeldByAnother | ProofProgress], None]
"""Is sent each event of a release while it lasts."""


@dataclass(frozen=True)
class ReleaseResult:
    """What came of a release: its name, its folder and how many files it has, or what stands against it.

    Nothing was released where there are ``reasons``, where the build ``ended`` otherwise than well, or where it was
    only tried.
    """

    name: str
    folder: Path
    reasons: tuple[str, ...] = ()
    ended: Ended | None = None
    files: int = 0
    falls_away: FallingAway | None = None
    """What the current release had until now, and this one has not."""


def release_folder(project: Project) -> ReleaseFolder:
    """Return the releases of a project: all that are kept, and which is the current one."""
    return ReleaseFolder(project.root)


@contextmanager
def holding(releases: ReleaseFolder, reporter: Callable[[HeldByAnother], None]) -> Iterator[None]:
    """Hold the releases while they are changed, waiting for another command that does. Raises ``HandoutError``."""
    with (
        file_errors(releases.folder),
        releases.locked(lambda holder: reporter(HeldByAnother(holder))),
    ):
        yield


@contextmanager
def file_errors(path: Path) -> Iterator[None]:
    """Make a ``HandoutError`` of what the file system says of writing ``path``."""
    try:
        yield
    except OSError as error:
        raise HandoutError(sentence_of(error, str(path))) from error


def release(
    project: Project,
    *,
    name: str = "",
    selection: EditionFilter = EVERYTHING,
    out: Path | None = None,
    jobs: int = 0,
    keep: bool = True,
    reporter: ReleaseReporter,
) -> ReleaseResult:
    """Check strictly, build and prove all that is selected, and keep it as the current release ``name``, else the day.

    It has what is selected and nothing else. ``jobs`` are processes at most (0: one a core). Without ``keep`` it is
    only tried: whatever can be printed is built and proved all the same, every reason is told, and nothing is released.
    Raises ``HandoutError`` for a name that cannot be, and where there is nothing to release.
    """
    releases, day, out = release_folder(project), today(), out_folder(project, out)
    with holding(releases, reporter):
        # Under the lock: another command may just be keeping a release of this name.
        name = name_for(releases, name, day)
        result = partial(ReleaseResult, name, releases.folder / name)
        catalog = open_catalog(project, selection)
        candidate = ReleaseCandidate(catalog, tuple(catalog.editions()), releases, selection)
        reasons = _before_printing(candidate, out)
        if not keep:
            candidate = replace(candidate, editions=tuple(check_editions(catalog, None, DEFAULTS)[0]))
        if reasons and (keep or not candidate.editions):
            return result(reasons)
        if not candidate.editions:
            raise HandoutError("There is nothing to release. Hint: a release has every handout of every brand.")
        plan, ended = _build(candidate, out, jobs, reporter)
        if ended.exit_code:
            return result(reasons, ended)
        proof = ReleaseProof(catalog, out, open_cache(project), _progress(reporter), jobs or cores())
        reasons = _sentences([*reasons, *candidate.unproved(plan, proof)])
        log = released_log(plan, out)
        files = len(log.records)
        if reasons or not keep:
            return result(reasons, ended, files)
        lost = falling_away(releases.current, (record.label for record in log.records.values()))
        keep_release(releases, log, out, candidate.facts(name, day))
        return result(ended=ended, files=files, falls_away=lost)


def _before_printing(candidate: ReleaseCandidate, out: Path) -> tuple[str, ...]:
    """Return what keeps it from being released, as far as it can be told before anything is printed."""
    catalog, day = candidate.catalog, today()
    project = catalog.project
    _, stopped = BuildCheck(catalog, open_cache(project), day, strict=True).passing(candidate.editions)
    whole = open_catalog(project) if candidate.narrowed else catalog
    return _sentences([*catalog.problems, *stopped, *candidate.unready(day), *broken_promises(whole, out)])


def _build(candidate: ReleaseCandidate, out: Path, jobs: int, reporter: ReleaseReporter) -> tuple[BuildPlan, Ended]:
    """Build what is to be released, and return its plan and how it ended."""
    catalog = candidate.catalog
    press = assemble_press(catalog)
    plan = make_plan(candidate.editions, press, html=True)
    maker = SharedPressMaker(partial(open_press, catalog.project, candidate.selection, "screen", "none"), press)
    # No stamp is trusted: what was changed by hand is made again, whatever its date.
    ended = run(plan, out, maker, RunOptions(remake=RemakeOptions(verify=True), jobs=jobs), reporter)
    tell_mended(catalog.project, reporter)
    return plan, ended


def _progress(reporter: ReleaseReporter) -> Callable[[int, int], None]:
    return lambda done, pdfs: reporter(ProofProgress(done, pdfs))


@dataclass(frozen=True)
class RollbackResult:
    """A kept release, whether it was the current one already, and what keeps it from being that."""

    release: Release
    was_current: bool
    reasons: tuple[str, ...] = ()

    @property
    def overdue(self) -> Mapping[str, date]:
        """The texts in it whose review was due before today, and when it was."""
        return self.release.overdue(today())


def rollback(project: Project, name: str, *, reporter: Callable[[HeldByAnother], None]) -> RollbackResult:
    """Make a kept release the current one again. Raises ``HandoutError`` where there is none of this name."""
    releases = release_folder(project)
    chosen = releases.find(name)
    if chosen is releases.current:
        return RollbackResult(chosen, was_current=True)
    with holding(releases, reporter):
        reasons = _sentences([*_recalled(chosen, releases), *_damaged(chosen)])
        if not reasons:
            releases.make_current(name, today())
    return RollbackResult(chosen, was_current=False, reasons=reasons)


def approve(
    project: Project,
    brands: Sequence[str],
    *,
    by: str,
    out: Path | None = None,
    reporter: Callable[[HeldByAnother], None],
) -> dict[str, int]:
    """Note that someone approves the PDFs of brands, given by names or patterns; return how many they are, by brand.

    They are those that a release takes, as they were built. It holds until one of them changes. Raises
    ``HandoutError``, and notes nothing, where any is missing or not as it was built.
    """
    if not by.strip() or "\n" in by:
        raise HandoutError("An approval needs a name. Hint: handouts approve BRAND --by NAME")
    catalog, folder = open_catalog(project), out_folder(project, out)
    chosen = choose(tuple(brands), catalog.selection.brands, "brand")
    if not catalog.brands.keys() >= set(chosen):
        raise HandoutError("\n".join(map(str, catalog.problems)))
    built = {file.path: file for file in read_manifest(folder)}
    wanted: dict[str, list[str]] = {brand: [] for brand in chosen}
    for edition in catalog.editions():
        if edition.brand_slug in wanted:
            wanted[edition.brand_slug].append(edition_path(edition))
    approved = {brand: _as_built(folder, built, brand, paths) for brand, paths in wanted.items()}
    releases = release_folder(project)
    with holding(releases, reporter):
        for brand, files in approved.items():
            note_approval(releases.folder, Approved(Approval(brand, by.strip(), today()), files))
    return {brand: len(files) for brand, files in approved.items()}


def _as_built(folder: Path, built: Mapping[str, ManifestFile], brand: str, paths: Sequence[str]) -> Digests:
    """Return the digests of a brand's PDFs that a release takes. Raises ``HandoutError`` where one is not as built."""
    missing = [path for path in paths if path not in built]
    if len(missing) == len(paths):
        raise HandoutError(f'No PDF of the brand "{brand}" was built. Hint: handouts build --brand {brand}')
    if missing:
        further = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        hint = f"Hint: handouts build --brand {brand}"
        raise HandoutError(f"A release takes {missing[0]}{further}, which was not built yet. {hint}")
    for path in paths:
        if not (folder / path).is_file() or file_digest(folder / path) != built[path].sha256:
            raise HandoutError(f"{(folder / path).as_posix()} is not as it was built. Hint: handouts build --verify")
    return {path: built[path].sha256 for path in paths}


def _sentences(reasons: Iterable[object]) -> tuple[str, ...]:
    """Return each reason once, as a sentence."""
    return tuple(dict.fromkeys(map(str, reasons)))


def _recalled(chosen: Release, releases: ReleaseFolder) -> Iterator[str]:
    recalls = read_recalls(releases.folder)
    # A recall is of a text, which each brand and format prints: it is reported once.
    for label in {file.label._replace(brand="", format="", purpose="screen"): None for file in chosen.files}:
        recall = recall_of(label, recalls)
        if recall is not None:
            handout = f"{label.handout} ({label.language}), version {label.version}"
            yield f"{chosen.name}: {handout}, was recalled on {recall.day}. Hint: release it anew, corrected."


def _damaged(chosen: Release) -> Iterator[str]:
    paths = damaged(chosen)
    for path in paths[:DAMAGED_NAMED]:
        yield f"{(chosen.folder / path).as_posix()}: This is not the file that was released, or it is gone."
    if len(paths) > DAMAGED_NAMED:
        yield f"{chosen.name}: {len(paths) - DAMAGED_NAMED} more files are not what was released."
