"""What was measured of handouts that were fitted before, kept in the cache: it tells where a search may begin.

It never decides what is printed: an entry that is missing, or of another text, only costs layouts.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from handoutpress.press.layout.choices import TextLengths, TypeSetting
from handoutpress.press.layout.prediction import MeasuredBlock, MeasuredText
from handoutpress.store.cache import Cache
from handoutpress.store.digests import code_digest, parts_digest

KIND = "measures"


class FittingMemory:
    """The measured texts of one cache."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._read: dict[str, MeasuredText] = {}

    def recall(self, names: Sequence[str]) -> MeasuredText | None:
        """Return what was measured last of the text with the first of ``names`` of which anything is known."""
        return next((measured for name in names if (measured := self._of(name))), None)

    def keep(self, names: Sequence[str], measured: MeasuredText) -> None:
        """Remember a text by all of its ``names``, from the nearest to the widest."""
        for name in names:
            self._read[name] = measured
            self._cache.write(KIND, _key(name), json.dumps(asdict(measured)).encode())

    def _of(self, name: str) -> MeasuredText | None:
        if name not in self._read and (data := self._cache.read(KIND, _key(name))):
            self._read[name] = _from_json(data)
        return self._read.get(name)


def _key(name: str) -> str:
    return parts_digest(part.encode() for part in (code_digest(), name))


def _from_json(data: bytes) -> MeasuredText:
    values = json.loads(data)
    setting, lengths, blocks = values.pop("setting"), values.pop("lengths"), values.pop("blocks")
    # JSON has no tuples.
    setting.update(shortened=tuple(setting["shortened"]), starts=tuple(setting["starts"]))
    return MeasuredText(
        setting=TypeSetting(**setting),
        lengths=TextLengths(**lengths),
        blocks=tuple(MeasuredBlock(**{**block, "sections": tuple(block["sections"])}) for block in blocks),
        **values,
    )
