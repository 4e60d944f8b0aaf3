"""Several processes, started by spawn when there is work for them; one that dies or hangs costs one edition."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from itertools import count
from multiprocessing.connection import wait
from time import monotonic

from handoutpress.batch.faults import TooSlowError, death_of
from handoutpress.batch.making import Missed, Opened, Outcome, PlateMissed, Workshop, Written
from handoutpress.batch.plan import Unit
from handoutpress.batch.receipts import honoured
from handoutpress.batch.workers.hand import Hand
from handoutpress.batch.workers.shares import Shares
from handoutpress.batch.workers.worker import Message, Ready
from handoutpress.content.problems import HandoutError

RECYCLE = 5000
"""Outputs after which a worker is replaced, so that its memory stays flat."""
FALSE_STARTS = 3
"""Workers in a row that may die before their first output."""


def make(units: Sequence[Unit], shop: Workshop) -> Generator[Outcome]:
    """Make the units. Closing the generator ends every worker at once."""
    pool = _Pool(Shares(units), shop)
    try:
        yield from pool.outcomes()
    finally:
        pool.close()


class _Pool:
    def __init__(self, shares: Shares, shop: Workshop) -> None:
        self.shares, self.shop = shares, shop
        self.hands: list[Hand] = []
        self.numbers = count(1)
        self.false_starts = 0

    def outcomes(self) -> Iterator[Outcome]:
        while self.shares or any(hand.unit for hand in self.hands):
            self._give_out()
            pipes = {hand.pipe: hand for hand in self.hands if not hand.idle}
            for pipe in wait(list(pipes), self._patience()):
                yield from self._hear(pipes[pipe])  # type: ignore[index]
            for hand in [hand for hand in self.hands if not hand.idle and monotonic() > hand.deadline]:
                yield from self._lost(hand)

    def close(self) -> None:
        for hand in self.hands:
            if not hand.idle:
                hand.kill()
        for hand in self.hands:
            if hand.idle:
                hand.dismiss()

    def _give_out(self) -> None:
        for hand in [hand for hand in self.hands if hand.idle]:
            if hand.made >= RECYCLE:
                hand.dismiss()
                self.hands.remove(hand)
            elif unit := self._next_for(hand):
                self._give(hand, unit)
        while self.shares and len(self.hands) < self.shop.jobs:
            self.hands.append(Hand(self.shop, next(self.numbers)))

    def _give(self, hand: Hand, unit: Unit) -> None:
        try:
            hand.give(unit)
        except ConnectionError:  # it died while it had nothing to do
            hand.kill()
            self.hands.remove(hand)
            self.shares.give_back(unit)

    def _next_for(self, hand: Hand) -> Unit | None:
        others = [other for other in self.hands if other is not hand]
        opening = {other.opening for other in others}
        return self.shares.next_for(hand.plate, {other.plate for other in others}, opening)

    def _patience(self) -> float:
        """Seconds until the first worker is late."""
        return max(0.0, min(hand.deadline for hand in self.hands if not hand.idle) - monotonic())

    def _hear(self, hand: Hand) -> Iterator[Outcome]:
        try:
            parcel: list[Message] = hand.pipe.recv()
        except (EOFError, OSError):
            yield from self._lost(hand)
            return
        for message in parcel:
            yield from self._take(hand, message)

    def _take(self, hand: Hand, message: Message) -> Iterator[Outcome]:
        hand.note(message)
        if isinstance(message, Ready) and message.fault:
            raise HandoutError(message.fault)
        if isinstance(message, (Opened, Written, Missed, PlateMissed)):
            self.false_starts = 0
            if isinstance(message, PlateMissed):
                self.shares.drop(message.group)
            yield message

    def _lost(self, hand: Hand) -> Iterator[Outcome]:
        """A worker died or hangs: blame what it was at, and put the rest of its unit back."""
        self.hands.remove(hand)
        hand.process.join(0.2)
        code = hand.kill()
        sentence = str(TooSlowError(self.shop.limit)) if code is None else death_of(code)
        if hand.unit is None:
            self._false_start(sentence)
        elif hand.opening:
            self.shares.drop(hand.unit.group)
            yield PlateMissed(hand.unit.group, sentence)
        else:
            yield from self._blame(hand, hand.unit, sentence)

    def _false_start(self, sentence: str) -> None:
        self.false_starts += 1
        if self.false_starts >= FALSE_STARTS:
            raise HandoutError(f"No worker could start. {sentence}")

    def _blame(self, hand: Hand, unit: Unit, sentence: str) -> Iterator[Outcome]:
        """What it wrote without telling us is in its receipts; the first output that is not was its last."""
        receipts = self.shop.state / f"worker-{hand.number}.receipts"
        written = {record.path: record for record in honoured(receipts, self.shop.out)}
        for at, output in enumerate(unit.outputs[hand.at :], hand.at):
            if output.path not in written:
                yield Missed(output.path, sentence)
                self.shares.give_back(Unit(unit.group, unit.outputs[at + 1 :]))
                return
            yield Written(written[output.path])
