"""What a run has come to so far, counted and told in one way by a run here, a shard, a cluster and a pull."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import monotonic

from handoutpress.batch.events import Ended, Event, Failed, Fault, Removed, Reporter


@dataclass
class RunTotals:
    """Counts of outputs, and what went wrong. The time of the run begins with it."""

    report: Reporter
    made: int = 0
    html: int = 0
    unchanged: int = 0
    removed: int = 0
    left: int = 0
    interrupted: bool = False
    failed: list[Failed] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    _started: float = field(default_factory=monotonic)

    def tell(self, event: Event) -> None:
        """Tell an event, and count it where a file was removed."""
        self.removed += isinstance(event, Removed)
        self.report(event)

    def add_failure(self, failure: Failed) -> None:
        """Note and tell that an output could not be made."""
        self.failed.append(failure)
        self.report(failure)

    def add_fault(self, sentence: str) -> None:
        """Note and tell what belongs to no single output."""
        self.faults.append(sentence)
        self.report(Fault(sentence))

    def end(self) -> Ended:
        """Tell the sum of the run, and return it."""
        ended = Ended(
            made=self.made,
            unchanged=self.unchanged,
            failed=tuple(self.failed),
            removed=self.removed,
            faults=tuple(self.faults),
            seconds=monotonic() - self._started,
            left=self.left,
            interrupted=self.interrupted,
            html=self.html,
        )
        self.report(ended)
        return ended
