"""What a person sees: rich on a terminal, plain otherwise; NO_COLOR is respected."""

from __future__ import annotations

import os
import re
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from handoutpress.app.release import HeldByAnother


_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff]")


@cache
def terminal() -> Console:
    """Return the console for a person who watches, on the standard error stream."""
    # rich takes 80 ms to load, which a build with cached plates need not spend off a terminal.
    from rich.console import Console  # noqa: PLC0415

    return Console(stderr=True, highlight=False)


def is_watched() -> bool:
    """Return whether a person watches, so that a progress bar is of use."""
    return sys.stderr.isatty()


def seen(text: str) -> str:
    """Return ``text`` with every control character as an escape that can be read, such as ``\\x1b``.

    What a file says, or is called, is never sent to a terminal as a command to it (ECMA-48), nor turned around there.
    """
    return _CONTROLS.sub(lambda sign: sign[0].encode("unicode_escape").decode(), text)


def say(text: str = "") -> None:
    """Print a result."""
    sys.stdout.write(seen(text) + "\n")


def say_gravely(text: str) -> None:
    """Print a result that nobody may overlook: in red on a terminal."""
    red = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    sys.stdout.write(f"\x1b[31m{seen(text)}\x1b[0m\n" if red else f"{seen(text)}\n")


def complain(text: str) -> None:
    """Print what went wrong."""
    sys.stderr.write(seen(text) + "\n")


def note(text: str) -> None:
    """Print what a person may want to know while a command works."""
    sys.stderr.write(seen(text) + "\n")
    sys.stderr.flush()


def note_page(page: Path) -> None:
    """Print where a page lies that is to be looked at."""
    note(f"Look at {page.as_posix()} ({page.stat().st_size / 1e6:.1f} MB) in a browser.")


def note_holder(event: HeldByAnother) -> None:
    """Print that another command holds the releases."""
    note(f"Another command holds the releases (process {event.holder}); waiting.")
