"""What a run reports while it lasts. The command line draws it; the tests listen."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from handoutpress.batch.press import OutputKind


@dataclass(frozen=True, slots=True)
class Waiting:
    """Another run holds the output folder; ``holder`` is its process id, 0 if unknown."""

    out: Path
    holder: int


@dataclass(frozen=True, slots=True)
class Started:
    """``editions`` outputs will be made by ``workers`` processes (0: in this one); ``unchanged`` are skipped."""

    editions: int
    unchanged: int
    workers: int


@dataclass(frozen=True, slots=True)
class PlateOpened:
    """A plate was typeset or taken from the cache, in ``seconds``."""

    group: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Made:
    """One output was written. ``path`` is below the output folder; ``size`` in bytes; ``pages`` is 0 for HTML."""

    path: str
    kind: OutputKind
    reason: str
    size: int
    pages: int


@dataclass(frozen=True, slots=True)
class UnitMade:
    """A unit was made on another machine: so many outputs were ``made``, others ``kept`` from an earlier plan."""

    unit: str
    made: int
    kept: int


@dataclass(frozen=True, slots=True)
class Failed:
    """One output could not be made; an earlier file of its name stays. ``trace`` is given where the fault is ours."""

    path: str
    sentence: str
    trace: str = ""


@dataclass(frozen=True, slots=True)
class Removed:
    """An output of a handout, brand, language or format that is gone."""

    path: str


@dataclass(frozen=True, slots=True)
class Kept:
    """An output of what is gone, which stays, since it is not the file that we wrote."""

    path: str


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """Outputs that the project does not want any more, and that still lie there."""

    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bundled:
    """A zip of one brand's files. ``path`` is below the output folder."""

    path: str
    files: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A brand's job sheet was written, which lists so many files. ``path`` is that of the HTML file."""

    path: str
    files: int


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that belongs to no single output: the log or the manifest could not be written."""

    sentence: str


@dataclass(frozen=True, slots=True)
class CacheMended:
    """So many entries of the cache were not as we wrote them; they did not count, and were made anew."""

    entries: int


@dataclass(frozen=True, slots=True)
class Ended:
    """The run ended. ``seconds`` is wall time under the lock; ``left`` counts what an early end left to be made.

    So many of what was ``made`` as ``html`` says are HTML pages.
    """

    made: int
    unchanged: int
    failed: tuple[Failed, ...]
    removed: int
    faults: tuple[str, ...]
    seconds: float
    left: int = 0
    interrupted: bool = False
    html: int = 0

    @property
    def per_second(self) -> float:
        return self.made / self.seconds if self.seconds else 0.0

    @property
    def exit_code(self) -> int:
        """0 done, 1 something failed, 130 interrupted."""
        if self.interrupted:
            return 130
        return 1 if self.failed or self.faults else 0


Event = (
    Waiting
    | Started
    | PlateOpened
    | Made
    | UnitMade
    | Failed
    | Removed
    | Kept
    | LeftBehind
    | Bundled
    | Listed
    | Fault
    | CacheMended
    | Ended
)
Reporter = Callable[[Event], None]


def silent(event: Event) -> None:
    """Report an event to no one."""


def as_json(event: Event) -> str:
    """Return the event as one line of JSON: its fields, and its name under ``event``."""
    return json.dumps(
        {"event": type(event).__name__.lower(), **dataclasses.asdict(event)}, default=str, ensure_ascii=False
    )
