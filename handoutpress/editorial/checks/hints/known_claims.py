"""What was found in each sentence of a text before: where one has changed, the others need not be judged again."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import astuple

from handoutpress.editorial.checks.hints.claim import Claim


class KnownClaims:
    """The claims of a text's sentences by the same rules, each judged once; ``kept`` is what a run before has kept."""

    def __init__(self, kept: bytes | None = None) -> None:
        self._before: dict[str, list[list[object]]] = json.loads(kept or b"{}")
        self._asked: dict[str, tuple[Claim, ...]] = {}

    def of(
        self, sentence: str, section: str, practices: tuple[str, ...], judge: Callable[[], tuple[Claim, ...]]
    ) -> tuple[Claim, ...]:
        """Return the claims of a sentence, by ``judge`` where it was never asked for."""
        key = repr((sentence, section, practices))
        if key not in self._asked:
            before = self._before.get(key)
            self._asked[key] = judge() if before is None else tuple(Claim(*values) for values in before)  # type: ignore[arg-type]
        return self._asked[key]

    def to_keep(self) -> bytes:
        """Return what was asked for, and nothing that was not: a text forgets what it no longer says."""
        return json.dumps({key: [astuple(claim) for claim in claims] for key, claims in self._asked.items()}).encode()
