"""A transport for tests: it keeps letters in memory, and gives the results that a test prescribes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from handoutpress.mail.letters import Letter
from handoutpress.mail.transports import DeliveryResult


@dataclass
class MemoryTransport:
    """Keeps the letters, and does with each what ``results`` say, in turn, while there are any."""

    results: list[DeliveryResult] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)

    def __enter__(self) -> MemoryTransport:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def deliver(self, letter: Letter, point_of_no_return: Callable[[], None]) -> DeliveryResult:
        point_of_no_return()
        result = self.results.pop(0) if self.results else DeliveryResult("sent")
        if result.fate == "sent":
            self.letters.append(letter)
        return result
