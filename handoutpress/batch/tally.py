"""A run in numbers while it lasts, and its sum in sentences: what a progress bar and a plain log need to know."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from time import monotonic

from handoutpress.batch.events import (
    Bundled,
    CacheMended,
    Ended,
    Event,
    Failed,
    Kept,
    LeftBehind,
    Listed,
    Made,
    Removed,
    Started,
    UnitMade,
    Waiting,
)
from handoutpress.yamlfile.counts import counted

EXAMPLES = 3
"""Paths that a reason names before it counts the rest."""


class Tally:
    """Counts a run's events. ``clock`` gives seconds."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._begun = clock()
        self.total = self.unchanged = self.made = self.failed = 0

    def note(self, event: Event) -> None:
        """Take an event into account."""
        if isinstance(event, Started):
            self._begun = self._clock()
            self.total, self.unchanged = event.editions, event.unchanged
        elif isinstance(event, Made):
            self.made += 1
        elif isinstance(event, UnitMade):
            self.made += event.made
            self.total -= event.kept
        elif isinstance(event, Failed):
            self.failed += 1

    @property
    def done(self) -> int:
        """Outputs that were made or failed."""
        return self.made + self.failed

    @property
    def rate(self) -> float:
        """Outputs a second since the run began to make them."""
        elapsed = self._clock() - self._begun
        return self.done / elapsed if elapsed > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Seconds until all are done at the present rate; ``None`` while there is no telling."""
        return (self.total - self.done) / self.rate if self.rate else None

    def line(self) -> str:
        """Return the present state as one line of plain text."""
        seconds_left = self.seconds_left
        failed = f", {self.failed} failed" if self.failed else ""
        time = f", about {duration(seconds_left)} left" if seconds_left is not None else ""
        return f"{self.done:,} of {self.total:,}{failed}, {self.rate:.0f} a second{time}"


def duration(seconds: float) -> str:
    """Return seconds as a person says them: ``40 s``, ``3 min``, ``1 h 20 min``."""
    if seconds < 100:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60} min"


def summary(ended: Ended) -> str:
    """Return the closing line of a run."""
    # Where something failed, nobody takes the page for phones for the PDF that they wait for.
    html = f" ({counted(ended.html, 'HTML page')})" if ended.failed and ended.html else ""
    parts = [f"{ended.made:,} made{html}", f"{ended.unchanged:,} unchanged"]
    parts += [f"{len(ended.failed):,} failed"] * bool(ended.failed)
    parts += [f"{ended.removed:,} removed"] * bool(ended.removed)
    parts += [f"{ended.left:,} left to make"] * bool(ended.left)
    speed = f" ({ended.per_second:.0f} a second)" if ended.made else ""
    start = "Interrupted: " if ended.interrupted else ""
    return f"{start}{', '.join(parts)} in {ended.seconds:.1f} s{speed}."


def reasons(failed: Sequence[Failed]) -> Iterator[str]:
    """Yield each sentence once, after the outputs that it befell: a full disk is not reported a thousand times."""
    by_sentence: dict[str, list[str]] = {}
    for failure in failed:
        by_sentence.setdefault(failure.sentence, []).append(failure.path)
    for reason, paths in by_sentence.items():
        yield f"{_named(paths)}: {reason}"


def sentence(event: Event) -> str:
    """Return what a person is told of an event while a run lasts; "" of those that are only counted."""
    match event:
        case Waiting():
            return f"Another run holds {event.out} (process {event.holder}); waiting for it to end."
        case Removed():
            return f"Removed {event.path}."
        case Kept():
            return f"Kept {event.path}: it is not the file that we wrote."
        case Bundled():
            return f"Bundled {counted(event.files, 'file')} in {event.path}."
        case Listed():
            return f"Listed {counted(event.files, 'file')} for the print shop in {event.path}."
        case _:
            return _afterwards(event)


def _afterwards(event: Event) -> str:
    if isinstance(event, CacheMended):
        were = "was" if event.entries == 1 else "were"
        entries = counted(event.entries, "entry", "entries")
        return f"{entries} of the cache {were} damaged or from elsewhere, and {were} made anew."
    return _left_behind(event) if isinstance(event, LeftBehind) else ""


def _left_behind(event: LeftBehind) -> str:
    lie = "files lie" if len(event.paths) > 1 else "file lies"
    why = "of what is gone from the project, no longer wanted, or recalled"
    return f"{len(event.paths):,} {lie} there {why}: {_named(event.paths)}. Hint: handouts build --prune removes them."


def _named(paths: Sequence[str]) -> str:
    """Return the first of some paths, and the number of the others."""
    unnamed = len(paths) - EXAMPLES
    return ", ".join(paths[:EXAMPLES]) + (f" and {unnamed:,} more" if unnamed > 0 else "")
