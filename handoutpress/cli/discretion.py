"""What is said and kept of errors in the commands that handle patients' data: nothing that was typed or read."""

from __future__ import annotations

import traceback
from collections.abc import Iterable

COMMANDS = frozenset({"mail", "outbox"})


def without_typed(sentence: str, typed: Iterable[str]) -> str:
    """``sentence`` with each of the words ``typed`` that it quotes left out: one may be a name or an address."""
    for word in typed:
        value = word.partition("=")[2] if word.startswith("-") else word
        for opening, closing in ("''", '""', "()"):
            if value:
                sentence = sentence.replace(f"{opening}{value}{closing}", f"{opening}…{closing}")
    return sentence


def places_of(error: BaseException) -> str:
    """Where an error was raised and what kind it is, with those that led to it; what they say is left out."""
    told = []
    step: BaseException | None = error
    while step:
        told.append("".join([*traceback.format_tb(step.__traceback__), f"{type(step).__name__}\n"]))
        step = step.__cause__ or step.__context__
    return "\nAfter this, while it was handled:\n\n".join(reversed(told))
