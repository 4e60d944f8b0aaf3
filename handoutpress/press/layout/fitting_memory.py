"""What was measured of handouts that were fitted before, kept in the cache: it tells where a search may begin.

An entry that is missing, or of another text, never decides what is printed: it only costs layouts. What did not fit
is remembered with the digest of all that its pages were made from, and counts for nothing where that has changed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from handoutpress.press.layout.blocks import ParagraphLines
from handoutpress.press.layout.choices import TextLengths, TypeSetting
from handoutpress.press.layout.measured_blocks import MeasuredBlock
from handoutpress.press.layout.prediction import MeasuredText
from handoutpress.store.cache import Cache
from handoutpress.store.digests import code_digest, parts_digest

KIND, FAILED = "measures", "failures"
MOST_FAILED = 16
"""So many layouts that did not fit are remembered of a text."""


class FittingMemory:
    """The measured texts of one cache."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._read: dict[str, MeasuredText] = {}
        self._failed: dict[str, tuple[MeasuredText, ...]] = {}

    def recall(self, names: Sequence[str]) -> MeasuredText | None:
        """Return what was measured last of the text with the first of ``names`` of which anything is known."""
        return next((measured for name in names if (measured := self._of(name))), None)

    def keep(self, names: Sequence[str], measured: MeasuredText) -> None:
        """Remember a text by all of its ``names``, from the nearest to the widest."""
        data = json.dumps(asdict(measured)).encode()
        for name in names:
            self._read[name] = measured
            self._cache.write(KIND, _key(name), data)

    def failures(self, name: str) -> tuple[MeasuredText, ...]:
        """Return what was measured of the text of this name where it did not fit."""
        if name not in self._failed:
            data = self._cache.read(FAILED, _key(name))
            self._failed[name] = tuple(map(_from_json, json.loads(data))) if data else ()
        return self._failed[name]

    def keep_failures(self, name: str, failed: Sequence[MeasuredText]) -> None:
        """Remember how a text did not fit, in place of what is remembered of it in the same setting."""
        kept = {(measured.basis, measured.setting): measured for measured in (*self.failures(name), *failed)}
        self._failed[name] = tuple(kept.values())[-MOST_FAILED:]
        self._cache.write(FAILED, _key(name), json.dumps(list(map(asdict, self._failed[name]))).encode())

    def _of(self, name: str) -> MeasuredText | None:
        if name not in self._read and (data := self._cache.read(KIND, _key(name))):
            self._read[name] = _from_json(json.loads(data))
        return self._read.get(name)


def _key(name: str) -> str:
    return parts_digest(part.encode() for part in (code_digest(), name))


def _from_json(values: dict[str, Any]) -> MeasuredText:
    setting, lengths, blocks = values.pop("setting"), values.pop("lengths"), values.pop("blocks")
    # JSON has no tuples.
    setting.update(shortened=tuple(setting["shortened"]), starts=tuple(setting["starts"]))
    area = values.pop("area")
    return MeasuredText(
        area=tuple(area) if area else None,
        setting=TypeSetting(**setting),
        lengths=TextLengths(**lengths),
        blocks=tuple(map(_block_from_json, blocks)),
        **values,
    )


def _block_from_json(values: dict[str, Any]) -> MeasuredBlock:
    lines = tuple(_lines_from_json(each) for each in values.pop("lines"))
    values.update(sections=tuple(values["sections"]), breaks=tuple(values["breaks"]))
    return MeasuredBlock(**values, lines=lines)


def _lines_from_json(values: dict[str, Any]) -> ParagraphLines:
    return ParagraphLines(**{**values, "words": tuple(map(tuple, values["words"]))})
