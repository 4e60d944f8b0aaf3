"""Where letters go: what a transport promises, and the folder of drafts. The mail server is ``smtp``."""

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


class UnreachableError(MailError):
    """The server could not be used at all, whatever the message.

    ``lasting`` is true where trying again cannot help: a wrong certificate, a wrong password.
    """

    def __init__(self, sentence: str, lasting: bool = False) -> None:
        super().__init__(sentence)
        self.lasting = lasting


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
        """Write ``letter`` to the next file that is not there yet, readable by its owner alone."""
        point_of_no_return()
        content = to_bytes(letter, draft=True)
        number = len(self.written) + 1
        while True:
            path = self.folder / f"draft-{number:04d}.eml"
            try:
                # O_BINARY, where there is such a thing (Windows), keeps the line ends as they are.
                handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
                break
            except FileExistsError:
                number += 1
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
        except OSError:
            path.unlink(missing_ok=True)  # half a letter
            raise
        self.written.append(path)
        return DeliveryResult("sent")
