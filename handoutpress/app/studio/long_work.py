"""Work that takes longer than a page may: one at a time, with how far it is, and what came of the last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock, Thread
from typing import Literal

from handoutpress.yamlfile.problems import HandoutError

Step = Literal["making", "proving", "sending"]


@dataclass(frozen=True)
class WorkProgress:
    """So many of all are done of a step."""

    step: Step
    done: int
    total: int


@dataclass(frozen=True)
class WorkDone:
    """What work returned; ``sentences`` say what kept it from being done."""

    result: object = None
    sentences: tuple[str, ...] = ()


class LongWork:
    """At most one piece of work, in a thread of its own."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.progress: WorkProgress | None = None
        """How far it is; None where nothing is done just now."""
        self.done: WorkDone | None = None
        """What came of the last."""

    def begin(self, work: Callable[[Callable[[WorkProgress], None]], object]) -> bool:
        """Begin ``work``, which gets where to tell how far it is; False where other work is not done yet."""
        with self._lock:
            if self.progress is not None:
                return False
            self.progress, self.done = WorkProgress("making", 0, 0), None
            Thread(target=self._run, args=(work,), daemon=True).start()
            return True

    def _run(self, work: Callable[[Callable[[WorkProgress], None]], object]) -> None:
        done = WorkDone(sentences=("",))
        try:
            done = WorkDone(work(self._tell))
        except HandoutError as error:
            done = WorkDone(sentences=tuple(str(error).splitlines()))
        finally:
            self.done, self.progress = done, None

    def _tell(self, progress: WorkProgress) -> None:
        self.progress = progress
