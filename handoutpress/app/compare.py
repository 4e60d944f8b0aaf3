"""Comparing two builds: what changed from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from handoutpress.batch.diff.comparison import ComparedEdition, compare_all
from handoutpress.batch.diff.pairs import pairs_of
from handoutpress.content.edition_filter import choose
from handoutpress.store.processes import cores


def compare(old: Path, new: Path, *, brands: Sequence[str] = (), drawn: bool = False) -> list[ComparedEdition]:
    """Compare the editions of two output folders, or of two manifests; ``drawn`` keeps pictures of what changed.

    Raises ``HandoutError`` where there is no manifest of ours, or no brand of one of these names.
    """
    pairs = pairs_of(old, new)
    chosen = choose(tuple(brands), list(dict.fromkeys(pair.label.brand for pair in pairs)), "brand")
    return compare_all([pair for pair in pairs if pair.label.brand in chosen], cores(), drawn=drawn)
