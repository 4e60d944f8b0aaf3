"""Versions of handouts, in their order."""

from __future__ import annotations

from handoutpress.yamlfile.problems import HandoutError


def version_order(version: str) -> tuple[int, ...]:
    """Return what versions are sorted by: ``1.10`` comes after ``1.9``, and ``1.0`` is the same as ``1.0.0``.

    Raises ``HandoutError`` for anything else.
    """
    parts = version.split(".")
    if not 2 <= len(parts) <= 3 or not all(part.isascii() and part.isdigit() for part in parts):
        raise HandoutError(f'"{version}" is not a version; write it as 1.2 or 1.2.3.')
    return (*map(int, parts), 0)[:3]
