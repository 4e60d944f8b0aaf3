"""The ways out, interchangeable: a mail server (``smtp``), a folder of files, and memory for tests."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Literal, Protocol

from handoutpress.content.models.mailboxes import MailError
from handoutpress.mail.letters import Letter, to_bytes

DeliveryFate = Literal["sent", "deferred", "refused", "unknown"]


@dataclass(frozen=True)
class DeliveryResult:
    """What became of one letter; ``reason`` is a sentence that names no patient."""

    fate: DeliveryFate
    reason: str = ""


class Transport(Protocol):
    """Takes letters one after another. It is entered once a run and left at its end."""

    def __enter__(self) -> Transport: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def deliver(self, letter: Letter, point_of_no_return: Callable[[], None]) -> DeliveryResult:
        """Hand over ``letter``; call ``point_of_no_return`` just before the step after which its fate is unsure.

        Raises ``UnreachableError`` where no letter could be handed over now, before that point.
        """
        ...


@dataclass
class MemoryTransport:
    """Keeps the letters, and does with each what ``verdicts`` say, in turn, while there are any."""

    verdicts: list[DeliveryResult] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)

    def __enter__(self) -> MemoryTransport:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def deliver(self, letter: Letter, point_of_no_return: Callable[[], None]) -> DeliveryResult:
        point_of_no_return()
        verdict = self.verdicts.pop(0) if self.verdicts else DeliveryResult("sent")
        if verdict.fate == "sent":
            self.letters.append(letter)
        return verdict


@dataclass
class FolderTransport:
    """Writes each letter to a file that mail programs open as a draft. No file's name tells whom it is for."""

    folder: Path
    written: list[Path] = field(default_factory=list)

    def __enter__(self) -> FolderTransport:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise MailError(f"The folder {self.folder.as_posix()} cannot be made: {error.strerror}.") from None
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def deliver(self, letter: Letter, point_of_no_return: Callable[[], None]) -> DeliveryResult:
        point_of_no_return()
        content = to_bytes(letter, draft=True)
        number = len(self.written) + 1
        while True:
            path = self.folder / f"draft-{number:04d}.eml"
            try:
                handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
                break
            except FileExistsError:
                number += 1
        with os.fdopen(handle, "wb") as opened:
            opened.write(content)
        self.written.append(path)
        return DeliveryResult("sent")
