"""The settings of a build, its events, and its result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from handoutpress.batch.bundles import Choice
from handoutpress.batch.events import Ended, Event
from handoutpress.batch.reasons import OutputVerdict
from handoutpress.press.printed import Purpose

ProofExtent = Literal["all", "plates", "none"]
"""What is proved before it is written: every PDF, each plate and each brand once, or nothing."""


@dataclass(frozen=True)
class BuildSettings:
    """How a build goes.

    ``html`` makes pages for phones, too (None: for a single brand only); ``trial`` takes only so many telling brands;
    ``strict`` stops everything at a mistake, and a handout at a warning; ``bilingual`` is the language that stands
    beside each of the others. ``jobs`` are processes at most (0: one a core), ``limit`` seconds for one plate.
    ``force`` makes what is unchanged, ``verify`` reads outputs again instead of trusting their dates, ``prune`` removes
    outputs of what is gone, ``bundle`` writes a zip a brand; ``explain`` tells what makes plates of its own, and
    ``explain_layout`` how pages are set. With ``dry_run`` nothing is made.
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
    explain: bool = False
    explain_layout: bool = False
    jobs: int = 0
    limit: float = 120.0


DEFAULTS = BuildSettings()


@dataclass(frozen=True)
class Refused:
    """An event: a mistake in a file, or what a check found, that keeps editions from being printed."""

    sentence: str


@dataclass(frozen=True)
class Remarked:
    """An event: what a person may want to know and what stops nothing, such as what prints otherwise than brought."""

    sentence: str


@dataclass(frozen=True)
class LayoutExplained:
    """An event: how the pages of an edition, and of all on its plate, are set."""

    edition: str
    sentence: str


BuildReporter = Callable[[Event | Refused | Remarked | LayoutExplained], None]
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
