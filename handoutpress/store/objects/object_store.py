"""What is asked of a store of objects; anything of this shape will do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from time import sleep
from typing import Protocol

_TRIES, _WAIT = 4, 0.1
"""Times that an object is put of which a store says that it is there and is not, and seconds before the second."""
AT_ONCE = 8
"""Objects on their way at a time: a store far away answers late, and takes many."""


class StoreFaultError(OSError):
    """The store could not do what was asked; the message is a sentence for people."""


class OtherContentError(Exception):
    """A store holds other bytes under a name than the same work gives here, which must never be."""


class ObjectStore(Protocol):
    """Objects by name, such as ``pdfs/4f/4f0c…``. Every call may raise ``OSError``, of which nothing half remains."""

    @property
    def address(self) -> str:
        """Return where it is, as people write it."""
        ...

    def put(self, name: str, content: bytes) -> bool:
        """Put an object in one step unless one of this name is there; say whether this call put it."""
        ...

    def get(self, name: str) -> bytes | None:
        """Return an object's content, or None where there is none of this name."""
        ...

    def names(self, folder: str) -> Iterator[str]:
        """Yield the names of all objects below ``folder``, in no order."""
        ...


def put_equal(store: ObjectStore, name: str, content: bytes) -> None:
    """Put an object, or see that the one of this name, which another machine put, is the same.

    Raises ``OtherContentError`` where it is not, ``OSError``.
    """
    for attempt in range(_TRIES):
        if store.put(name, content) or (there := store.get(name)) == content:
            return
        if there is not None:
            raise OtherContentError(
                f"{store.address} holds other bytes as {name} than were made here of the same inputs."
            )
        sleep(_WAIT * 2**attempt)  # another machine is putting it (409), or has broken off at it
    raise StoreFaultError(f"{store.address} says that {name} is there, and does not give it. Hint: try again.")


class ManyPuts:
    """Objects put side by side. ``finish`` waits for all of them, and raises what any of them raised."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store
        self._threads = ThreadPoolExecutor(AT_ONCE)
        self._running: list[Future[None]] = []

    def put(self, name: str, content: bytes) -> None:
        """Begin to put an object. Raises what an earlier one raised, once so many are on their way."""
        if len(self._running) >= 2 * AT_ONCE:  # what is in memory stays little
            self._running.pop(0).result()
        self._running.append(self._threads.submit(put_equal, self._store, name, content))

    def finish(self) -> None:
        """Wait until all stand in the store. Raises ``OtherContentError``, ``OSError``."""
        running, self._running = self._running, []
        for future in running:
            future.result()

    def close(self) -> None:
        """End without those that have not begun."""
        self._threads.shutdown(cancel_futures=True)


def get_many(store: ObjectStore, names: Iterable[str]) -> Iterator[tuple[str, bytes | None]]:
    """Yield each name with its object's content, several fetched at a time. Raises ``OSError``."""
    with ThreadPoolExecutor(AT_ONCE) as threads:
        waiting: list[tuple[str, Future[bytes | None]]] = []
        for name in names:
            waiting.append((name, threads.submit(store.get, name)))
            if len(waiting) >= 2 * AT_ONCE:
                first, future = waiting.pop(0)
                yield first, future.result()
        for first, future in waiting:
            yield first, future.result()
