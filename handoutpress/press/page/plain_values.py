"""Values as templates get them: words, figures, and read-only records and tuples of these; nothing that has a method.

A project brings templates of its own. Whatever object of ours or of Python's they could touch would be a way out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from pathlib import PurePath
from typing import Any

from markupsafe import Markup
from pydantic import BaseModel

Note = Callable[[str], object]


class PageRecord:
    """Named plain values, to be read by name alone; ``note`` hears of each name that is read."""

    __slots__ = ("_names", "_note", "_record", "_values")

    def __init__(self, values: Mapping[str, Any], note: Note | None = None) -> None:
        """Keep ``values``, which must be plain."""
        self._values: dict[str, Any] = dict(values)
        self._names = tuple(self._values)
        self._record: Any = None
        self._note = note

    @classmethod
    def of(cls, record: Any, names: tuple[str, ...]) -> PageRecord:
        """Return what ``record``, one of ours, has under ``names``, each made plain when it is first asked for.

        A page reads a few of a brand's two hundred values, and a chain has thousands of brands.
        """
        made = cls({})
        made._names, made._record = names, record
        return made

    def __contains__(self, name: object) -> bool:
        return self._found(name) is not _NO_VALUE

    def __getitem__(self, name: str) -> Any:
        value = self._found(name)
        if value is _NO_VALUE:
            raise KeyError(name)
        if self._note is not None:
            self._note(name)
        return value

    def __len__(self) -> int:
        return sum(name in self for name in self._names)

    def _found(self, name: object) -> Any:
        """Return the plain value of this name, or ``_NO_VALUE``."""
        if name not in self._values and isinstance(name, str) and name in self._names:
            value = getattr(self._record, name)
            self._values[name] = plain(value) if _is_for_pages(value) else _NO_VALUE
        return self._values.get(name, _NO_VALUE)  # type: ignore[call-overload]

    def pairs(self) -> tuple[tuple[str, Any], ...]:
        """Return all names with their values."""
        return tuple((name, self[name]) for name in self._names if name in self)


_NO_VALUE: Any = object()
"""Stands for what a template may not have, and for what is not there."""


def plain(value: Any) -> Any:
    """Return ``value`` as a template may have it.

    Records of ours become ``PageRecord``, and what computes from them with them; a path is left out. Raises
    ``TypeError`` for everything else, in a record once it is read: a new kind of value has to be made plain by
    whoever gives it.
    """
    kind = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if kind is tuple or kind is list:
        return tuple(map(plain, value))
    return _converted(value)


_AS_THEY_ARE = frozenset({str, Markup, int, float, bool, type(None), PageRecord})


def _converted(value: Any) -> Any:
    if isinstance(value, Enum):
        return PageRecord({"name": value.name, "value": plain(value.value)})
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Mapping):
        return PageRecord({str(name): plain(part) for name, part in value.items()})
    kind: Any = type(value)
    if names := _names(kind):
        return PageRecord.of(value, names)
    raise TypeError(f"a template may not have a {type(value).__name__}")


def _is_for_pages(value: Any) -> bool:
    """Return whether ``value`` can be a word of a page: files, bytes and days as Python has them are none."""
    if isinstance(value, tuple | list):
        return all(map(_is_for_pages, value))
    return not isinstance(value, PurePath | bytes) and not hasattr(value, "isoformat")


@cache
def _names(kind: Any) -> tuple[str, ...]:
    """Return the names of a record's fields and properties; none for a type that is no record."""
    if issubclass(kind, BaseModel):
        names = list(kind.model_fields)
    elif is_dataclass(kind):
        names = [field.name for field in fields(kind)]
    elif issubclass(kind, tuple) and hasattr(kind, "_fields"):
        names = list(kind._fields)
    else:
        return ()
    computed = (name for base in kind.__mro__ for name, part in vars(base).items() if isinstance(part, property))
    return tuple(dict.fromkeys([*names, *(name for name in computed if not _is_of_library(name))]))


def _is_of_library(name: str) -> bool:
    return name.startswith("_") or hasattr(BaseModel, name)
