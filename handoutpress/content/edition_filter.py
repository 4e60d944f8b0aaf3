"""The choice of handouts, brands, languages and formats that a run is about."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fnmatch import fnmatchcase

from handoutpress.yamlfile.nearest import meant
from handoutpress.yamlfile.problems import HandoutError


@dataclass(frozen=True)
class EditionFilter:
    """Names or glob patterns (``moorland-*``); none at all means every one."""

    handouts: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()


def choose(patterns: tuple[str, ...], names: Collection[str], noun: str) -> list[str]:
    """Return the ``names`` that match any of ``patterns``, in their order.

    Raises ``HandoutError`` naming each pattern that nothing matches, with the nearest name; ``noun`` says of what.
    """
    unknown = [pattern for pattern in patterns if not any(fnmatchcase(name, pattern) for name in names)]
    if unknown:
        raise HandoutError("\n".join(_unknown(pattern, names, noun) for pattern in unknown))
    return [name for name in names if not patterns or any(fnmatchcase(name, pattern) for pattern in patterns)]


def _unknown(pattern: str, names: Collection[str], noun: str) -> str:
    return f'No {noun} is called "{pattern}". Hint: {meant(pattern, names)}'
