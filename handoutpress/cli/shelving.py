"""What the commands on releases share: the day, the lock, and sentences for what the file system says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from handoutpress.batch.failures import sentence_of
from handoutpress.batch.releases.release_folder import ReleaseFolder
from handoutpress.cli.console import note
from handoutpress.yamlfile.problems import HandoutError

Built = Annotated[Path | None, typer.Option("--out", help="Where it was built; else out/ in the project.")]


def today() -> date:
    """The day where the clinic is: releases, recalls and approvals are kept with it."""
    return date.today()  # noqa: DTZ011


@contextmanager
def held(shelf: ReleaseFolder) -> Iterator[None]:
    """Hold the releases for one command. Raises ``HandoutError``."""
    with (
        told(shelf.folder),
        shelf.held(lambda holder: note(f"Another command holds the releases (process {holder}); waiting.")),
    ):
        yield


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Make a ``HandoutError`` of what the file system says of writing ``path``."""
    try:
        yield
    except OSError as error:
        raise HandoutError(sentence_of(error, str(path))) from error
