"""Work that takes longer than a page may: one at a time, with how far it is, and what came of the last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock, Thread
from typing import Literal

from handoutpress.yamlfile.problems import HandoutError

Step = Literal["making", "proving", "sending"]
WorkKind = Literal["release", "mail"]


@dataclass(frozen=True)
class WorkProgress:
    """So many of all are done of a step."""

    step: Step
    done: int
    total: int


@dataclass(frozen=True)
class WorkDone:
    """What work of a kind returned; ``sentences`` say what kept it from being done."""

    kind: WorkKind
    result: object = None
    sentences: tuple[str, ...] = ()


class LongWork:
    """At most one piece of work, in a thread of its own."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.progress: WorkProgress | None = None
        """How far it is; None where nothing is done just now."""
        self._done: WorkDone | None = None

    def done(self, kind: WorkKind) -> WorkDone | None:
        """Return what came of the last work, if it was of ``kind``."""
        return self._done if self._done and self._done.kind == kind else None

    def begin(self, kind: WorkKind, work: Callable[[Callable[[WorkProgress], None]], object]) -> bool:
        """Begin ``work``, which gets where to tell how far it is; False where other work is not done yet."""
        with self._lock:
            if self.progress is not None:
                return False
            self.progress, self._done = WorkProgress("sending" if kind == "mail" else "making", 0, 0), None
            Thread(target=self._run, args=(kind, work), daemon=True).start()
            return True

    def _run(self, kind: WorkKind, work: Callable[[Callable[[WorkProgress], None]], object]) -> None:
        done = WorkDone(kind, sentences=("",))
        try:
            done = WorkDone(kind, work(self._tell))
        except HandoutError as error:
            done = WorkDone(kind, sentences=tuple(str(error).splitlines()))
        finally:
            self._done, self.progress = done, None

    def _tell(self, progress: WorkProgress) -> None:
        self.progress = progress
