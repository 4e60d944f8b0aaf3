"""``handouts release``, ``handouts rollback`` and ``handouts approve``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from handoutpress.batch.log.manifest import read_manifest
from handoutpress.batch.plan import make_plan
from handoutpress.batch.press import SharedPress
from handoutpress.batch.reasons import RemakeOptions, digest_of
from handoutpress.batch.releases.approvals import Approved, digests, note_approval
from handoutpress.batch.releases.keeping import damaged
from handoutpress.batch.releases.recalls import read_recalls, recall_of
from handoutpress.batch.releases.release import Approval, Release
from handoutpress.batch.releases.release_folder import ReleaseFolder
from handoutpress.batch.releases.release_proof import ReleaseProof
from handoutpress.batch.releases.releasing import ReleaseCandidate, name_for, released_log
from handoutpress.batch.releases.releasing import release as keep_release
from handoutpress.batch.run import RunOptions, cores, run
from handoutpress.cli.building import Folder
from handoutpress.cli.console import complain, note, say
from handoutpress.cli.opening import cache_of, open_catalog, open_press, open_project, press_for
from handoutpress.cli.orders import OUT
from handoutpress.cli.progress import reporter
from handoutpress.cli.shelving import Built, held, today
from handoutpress.content.loading import EVERYTHING
from handoutpress.content.project import Project
from handoutpress.editorial.build_check import BuildCheck
from handoutpress.yamlfile.problems import HandoutError

SHOWN = 5
"""Damaged files that are named before the rest is counted."""


@dataclass(frozen=True)
class _Order:
    project: Project
    out: Path
    name: str
    day: date
    jobs: int


def release(
    name: Annotated[str | None, typer.Argument(help="What to call it; else the day, such as 2027-03-01.")] = None,
    project: Folder = None,
    out: Built = None,
    jobs: Annotated[int, typer.Option(help="Processes at most; 0 means one a core.")] = 0,
    list_: Annotated[bool, typer.Option("--list", help="Show the kept releases, and make none.")] = False,
) -> None:
    """Check strictly, build and prove everything, and keep it as a release that patients may be given.

    Examples:

      handouts release spring-2027   check, build, prove and keep

      handouts release --list        what was released, and which is the current one
    """
    opened, day = open_project(project), today()
    shelf = ReleaseFolder(opened.root)
    if list_:
        _list(shelf)
        return
    with held(shelf):
        order = _Order(opened, out or opened.root / OUT, name_for(shelf, name or "", day), day, jobs)
        code = _release(order, shelf)
    raise typer.Exit(code)


def _release(order: _Order, shelf: ReleaseFolder) -> int:
    catalog = open_catalog(order.project)
    editions = tuple(catalog.editions())
    candidate, cache = ReleaseCandidate(catalog, editions, shelf), cache_of(order.project)
    _, refused = BuildCheck(catalog, cache, order.day, strict=True).passing(editions)
    if _refused([*catalog.problems, *refused, *candidate.unready()]):
        return 1
    if not editions:
        raise HandoutError("There is nothing to release. Hint: a release has every handout of every brand.")
    press = press_for(catalog)
    plan = make_plan(editions, press, html=True)
    maker = SharedPress(partial(open_press, order.project, EVERYTHING), press)
    options = RunOptions(asked=RemakeOptions(verify=True), jobs=order.jobs)
    ended = run(plan, order.out, maker, options, reporter(json=False, explain=False))
    if ended.exit_code:
        return ended.exit_code
    proof = ReleaseProof(catalog, order.out, cache, _tell, order.jobs or cores())
    if _refused(candidate.unproved(plan, proof)):
        return 1
    log = released_log(plan, order.out)
    keep_release(shelf, log, order.out, candidate.facts(order.name, order.day))
    say(f"Released {order.name}: {len(log.records)} files in {order.project.show(shelf.folder / order.name)}.")
    return 0


def _tell(done: int, pdfs: int) -> None:
    note(f"Proved {done} of {pdfs} PDFs." if done else f"Proving {pdfs} PDFs, but for those found right before.")


def _refused(reasons: Iterable[object], outcome: str = "Nothing was released") -> bool:
    """Tell each reason once, and what that means."""
    sentences = list(dict.fromkeys(map(str, reasons)))
    for sentence in sentences:
        complain(sentence)
    if sentences:
        complain(f"{outcome}, for {len(sentences)} reason{'s' * (len(sentences) > 1)}.")
    return bool(sentences)


def _list(shelf: ReleaseFolder) -> None:
    if not shelf.releases:
        say("Nothing was released yet.")
    for one in shelf.releases:
        pdfs = sum(made.is_edition for made in one.files)
        approvals = "".join(f"; {given.brand} approved by {given.by}" for given in one.facts.approvals)
        now = f"; the current one since {shelf.since()}" if one is shelf.current else ""
        say(f"{one.name}: {one.day}, {pdfs} PDFs, {len(one.facts.clinics)} brands{now}{approvals}")


def rollback(
    name: Annotated[str, typer.Argument(help="A kept release: see handouts release --list.")],
    project: Folder = None,
) -> None:
    """Make a kept release the current one again."""
    shelf = ReleaseFolder(open_project(project).root)
    chosen = shelf.find(name)
    if chosen is shelf.current:
        say(f"{name} is the current release already.")
        return
    with held(shelf):
        if _refused([*_recalled(chosen, shelf), *_damaged(chosen)], "The current release stays"):
            raise typer.Exit(1)
        shelf.make_current(name, today())
    say(f"{name} of {chosen.day} is the current release now.")


def _recalled(chosen: Release, shelf: ReleaseFolder) -> Iterator[str]:
    recalls = read_recalls(shelf.folder)
    for label in {made.label._replace(brand="", format="", way=""): None for made in chosen.files}:
        recall = recall_of(label, recalls)
        if recall is not None:
            what = f"{label.handout} ({label.language}), version {label.version}"
            yield f"{chosen.name}: {what}, was recalled on {recall.day}. Hint: release it anew, corrected."


def _damaged(chosen: Release) -> Iterator[str]:
    paths = damaged(chosen)
    for path in paths[:SHOWN]:
        yield f"{(chosen.folder / path).as_posix()}: This is not the file that was released, or it is gone."
    if len(paths) > SHOWN:
        yield f"{chosen.name}: {len(paths) - SHOWN} more files are not what was released."


def approve(
    brand: Annotated[str, typer.Argument(help="The brand whose PDFs were looked at.")],
    by: Annotated[str, typer.Option("--by", help="Who looked at them.")],
    project: Folder = None,
    out: Built = None,
) -> None:
    """Note that someone approves a brand's PDFs as they were built; holds until one of them changes."""
    opened = open_project(project)
    folder = out or opened.root / OUT
    files = digests(read_manifest(folder), brand)
    if not by.strip() or "\n" in by:
        raise HandoutError("An approval needs a name. Hint: handouts approve BRAND --by NAME")
    if not files:
        raise HandoutError(f'No PDF of the brand "{brand}" was built. Hint: handouts build --brand {brand}')
    for path, digest in files.items():
        if not (folder / path).is_file() or digest_of(folder / path) != digest:
            raise HandoutError(f"{(folder / path).as_posix()} is not as it was built. Hint: handouts build --verify")
    shelf = ReleaseFolder(opened.root)
    with held(shelf):
        note_approval(shelf.folder, Approved(Approval(brand, by.strip(), today()), files))
    say(f"{by.strip()} approves {len(files)} PDFs of {brand}. If one of them changes, approve anew.")


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(release)
    app.command()(rollback)
    app.command()(approve)
