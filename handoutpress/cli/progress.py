"""A run as a person sees it: a bar on a terminal, a line a minute elsewhere, and what came of it at the end."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

import typer

from handoutpress.app.site.making import SiteResult
from handoutpress.batch.events import (
    Ended,
    Event,
    Failed,
    Fault,
    Made,
    Reporter,
    Started,
    UnitMade,
    as_json,
)
from handoutpress.batch.tally import Tally, reasons, sentence, summary
from handoutpress.cli.console import complain, is_watched, note, say, terminal
from handoutpress.content.project import Project
from handoutpress.yamlfile.counts import counted

if TYPE_CHECKING:
    from rich.progress import Progress

MINUTE = 60.0


def reporter(*, json: bool, explain: bool) -> Reporter:
    """Return what suits: lines of JSON, or words with a bar or a line a minute."""
    if json:
        return lambda event: say(as_json(event))
    return _BarProgress(explain) if is_watched() else _LineProgress(explain)


class _LineProgress:
    """Sentences, and a line a minute."""

    def __init__(self, explain: bool) -> None:
        self.explain = explain
        self.tally = Tally()
        self.line_at = monotonic()

    def __call__(self, event: Event) -> None:
        self.tally.note(event)
        self.tell(event)
        if isinstance(event, Ended):
            self.end(event)
        elif isinstance(event, Made):
            if self.explain:
                say(f"{event.path}: {event.reason}")
            self.advance()
        elif isinstance(event, UnitMade):
            self.advance()

    def tell(self, event: Event) -> None:
        """Say the events that are worth a sentence of their own."""
        if isinstance(event, Fault):
            complain(event.sentence)
        elif words := sentence(event):
            note(words)

    def advance(self) -> None:
        if monotonic() - self.line_at >= MINUTE:
            self.line_at = monotonic()
            note(self.tally.line())

    def end(self, ended: Ended) -> None:
        for reason in reasons(ended.failed):
            complain(reason)
        note(summary(ended))


class _BarProgress(_LineProgress):
    """A bar with count, rate and time left."""

    def __init__(self, explain: bool) -> None:
        super().__init__(explain)
        self.bar: Progress | None = None

    def __call__(self, event: Event) -> None:
        if isinstance(event, Started) and event.editions:
            self.bar = _bar()
            self.bar.start()
            self.bar.add_task("Printing", total=event.editions)
        super().__call__(event)
        # What failed is done with as well: the bar would else never reach its end.
        if isinstance(event, Failed):
            self.advance()

    def advance(self) -> None:
        if self.bar:
            self.bar.update(self.bar.task_ids[0], completed=self.tally.done, total=self.tally.total)

    def end(self, ended: Ended) -> None:
        if self.bar:
            self.bar.stop()
        super().end(ended)


def _bar() -> Progress:
    from rich.progress import (  # noqa: PLC0415  60 ms, of use on a terminal only
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=terminal())


def tell_made(project: Project, result: SiteResult) -> int:
    """Say what became of a site, and return the exit code. Raises ``typer.Exit`` where none was made."""
    for reason in result.reasons:
        complain(reason)
    if result.reasons:
        complain(f"No site was made, for {counted(len(result.reasons), 'reason')}.")
        raise typer.Exit(1)
    gone = f", {counted(result.removed, 'file')} removed" if result.removed else ""
    written = f"{counted(result.written, 'file')} written, {result.fresh} as before{gone}"
    say(f"The site is in {project.show(result.folder)}: {written}.")
    say(
        f"Its first page is for {result.bases[0]}/."
        if len(result.bases) == 1
        else f"It has {len(result.bases)} clinics."
    )
    for finding in result.unpublished:
        complain(finding)
    if result.unpublished:
        complain("Articles and sheets with such findings are not on it. Mend them, and make it again.")
    return int(bool(result.unpublished))
