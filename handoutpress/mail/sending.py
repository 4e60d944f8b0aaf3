"""Sending: letter by letter from the outbox, at a clinic's pace, trying again what failed for now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from handoutpress.mail.outbox import EnclosedVersion, Outbox
from handoutpress.mail.transports import DeliveryFate, DeliveryResult, Transport, UnreachableError

Withheld = Callable[[Sequence[EnclosedVersion]], str]
"""Says why a letter with these enclosures must not go out any more; "" where it may."""


@dataclass(frozen=True)
class Clock:
    """The time that sending goes by: seconds since the epoch, and how to let some pass."""

    now: Callable[[], float]
    sleep: Callable[[float], None]


@dataclass(frozen=True)
class Pace:
    """``per_minute``: the most letters that are begun in a minute; ``retry_after``: seconds before each new try."""

    per_minute: float = 30
    retry_after: Sequence[float] = (30, 120, 600)


@dataclass(frozen=True)
class Sent:
    """An event: what became of the letter ``id``, for whoever shows progress. ``person`` is masked."""

    id: int
    person: str
    fate: DeliveryFate
    reason: str


@dataclass(frozen=True)
class Paused:
    """An event: nothing is sent for so many seconds, for this reason."""

    seconds: float
    reason: str


SendingReporter = Callable[[Sent | Paused], None]
STALLED = 300.0
"""Seconds after which a run gives up a server that cannot be reached; its letters wait for the next run."""
TELLING = 5.0
"""Seconds from which on a pause is told."""


@dataclass
class SendingResult:
    """How a run ended. ``stopped`` is why it ended before every letter was tried, else empty."""

    fates: dict[int, DeliveryFate] = field(default_factory=dict)
    stopped: str = ""

    def count(self, fate: DeliveryFate) -> int:
        return list(self.fates.values()).count(fate)


class _SendingRun:
    """One run over the outbox: when the last letter was begun, and since when the server is out of reach."""

    def __init__(
        self,
        outbox: Outbox,
        transport: Transport,
        pace: Pace,
        clock: Clock,
        report: SendingReporter,
        withheld: Withheld,
    ) -> None:
        self._report = report
        self._withheld = withheld
        self._outbox = outbox
        self._transport = transport
        self._pace = pace
        self._clock = clock
        self._begun = float("-inf")
        self._unreached = 0
        self._tried_since = clock.now()

    @property
    def most_failures(self) -> int:
        return len(self._pace.retry_after)

    def wait_for(self, key: int, due: float) -> None:
        """Wait for the letter's own time and for the pace, whichever is later."""
        now = self._clock.now()
        if due - now > TELLING:
            self._report(Paused(due - now, self._outbox.recorded([key])[0].reason))
        wait = max(due, self._begun + 60 / self._pace.per_minute) - now
        if wait > 0:
            self._clock.sleep(wait)
        self._begun = self._clock.now()
        if not self._unreached:
            self._tried_since = self._begun

    def send(self, key: int) -> DeliveryResult:
        """Hand over the letter ``key`` and record what became of it. Raises ``UnreachableError`` as the transport."""
        if reason := self._withheld(self._outbox.recorded([key])[0].enclosures):
            self._outbox.mark_refused(key, reason)
            return DeliveryResult("refused", reason)
        result = self._transport.deliver(self._outbox.letter(key), lambda: self._outbox.begin(key))
        self._unreached = 0
        self._record(key, result)
        return result

    def _record(self, key: int, result: DeliveryResult) -> None:
        if result.fate == "sent":
            self._outbox.mark_sent(key)
        elif result.fate == "refused":
            self._outbox.mark_refused(key, result.reason)
        elif result.fate == "unknown":
            self._outbox.mark_unknown(key, result.reason)
        else:
            failures = self._outbox.recorded([key])[0].attempts
            wait = self._pace.retry_after[failures] if failures < self.most_failures else 0.0
            self._outbox.defer(key, result.reason, self._clock.now() + wait)

    def stop_or_wait(self, error: UnreachableError) -> str:
        """Return why the run must stop, or an empty text after a wait."""
        if error.lasting or self._unreached >= self.most_failures:
            return str(error)
        wait = self._pace.retry_after[self._unreached]
        now = self._clock.now()
        next_answer = now + wait + (now - self._begun)
        if next_answer - self._tried_since > STALLED:
            return str(error)
        self._report(Paused(wait, str(error)))
        self._clock.sleep(wait)
        self._unreached += 1
        return ""


def send_waiting(
    outbox: Outbox,
    transport: Transport,
    pace: Pace,
    clock: Clock,
    report: SendingReporter,
    withheld: Withheld = lambda enclosures: "",
) -> SendingResult:
    """Send all that waits in ``outbox``, from whatever run; the caller holds the turn to send.

    A letter that fails for now is tried again after each time of ``pace.retry_after``, then left waiting for the next
    run. A server that cannot be reached is tried again as often, for five minutes at most; then the run stops with all
    letters waiting. A letter of which ``withheld`` gives a reason, asked when it would be sent, is refused.
    """
    outbox.hold_cut_off()
    outbox.try_all_now()
    sending = SendingResult()
    run = _SendingRun(outbox, transport, pace, clock, report, withheld)
    with transport:
        while not sending.stopped and (due_letter := outbox.next_due(run.most_failures)):
            key, due = due_letter
            run.wait_for(key, due)
            try:
                delivery = run.send(key)
            except UnreachableError as error:
                sending.stopped = run.stop_or_wait(error)
                continue
            sending.fates[key] = delivery.fate
            report(Sent(key, outbox.recorded([key])[0].person, delivery.fate, delivery.reason))
    return sending
