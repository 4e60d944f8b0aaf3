"""The texts of a record that are printed: all of them but those that their model marks as ``NOT_PRINTED``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from types import UnionType
from typing import Annotated, Any, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from handoutpress.yamlfile.record import NOT_PRINTED
from handoutpress.yamlfile.source import Location


class MarkedText(NamedTuple):
    """A printed text with its place in its file, and what its type is annotated with."""

    place: Location
    text: str
    marks: tuple[object, ...]


def printed_texts(record: BaseModel, location: Location = ()) -> Iterator[tuple[Location, str]]:
    """Yield each printed text within ``record``, which stands at ``location`` of its file, with its own place there."""
    yield from (marked[:2] for marked in marked_texts(record, location))


def marked_texts(record: BaseModel, location: Location = ()) -> Iterator[MarkedText]:
    """Yield the same with what the types of the texts are annotated with."""
    for name, key, printed in _fields(type(record)):
        yield from _texts(getattr(record, name), printed, (*location, key))


AnyRecord = TypeVar("AnyRecord", bound=BaseModel)


def changed_texts(record: AnyRecord, change: Callable[[str], str]) -> AnyRecord:
    """Return ``record`` with each of its printed texts as ``change`` makes it, and all else as it is."""
    changed = {name: _changed(getattr(record, name), printed, change) for name, _, printed in _fields(type(record))}
    return record.model_copy(update=changed)


class _Printed(NamedTuple):
    """What of a value may be printed: the kinds that it may be of, with what these are annotated with.

    ``entries`` is the same of what is in a tuple or a list, and ``values`` of what is in a mapping.
    """

    kinds: Mapping[Any, tuple[object, ...]]
    entries: _Printed | None
    values: _Printed | None


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, str, _Printed], ...]:
    """Return the fields of a model of which anything may be printed: its name, its key, and what may be."""
    hints = get_type_hints(model, include_extras=True)
    read = ((name, field.alias or name, _printed(hints[name])) for name, field in model.model_fields.items())
    return tuple((name, key, printed) for name, key, printed in read if printed)


def _printed(annotation: Any) -> _Printed | None:
    kinds = dict(_printed_kinds(annotation))
    if not kinds:
        return None
    # A tuple's first argument is what its entries are, a mapping's second what its values are.
    parts = next((get_args(kind) for kind in kinds if get_args(kind)), ())
    entries, values = (_printed(parts[place]) if len(parts) > place else None for place in (0, 1))
    return _Printed(kinds, entries, values)


def _texts(value: Any, printed: _Printed, location: Location) -> Iterator[MarkedText]:
    if isinstance(value, BaseModel):
        yield from marked_texts(value, location)
    elif isinstance(value, str):
        if str in printed.kinds:
            yield MarkedText(location, value, printed.kinds[str])
    elif isinstance(value, Mapping):
        yield from _texts_within(value.items(), printed.values, location)
    elif isinstance(value, tuple | list):
        yield from _texts_within(enumerate(value), printed.entries, location)


def _texts_within(
    parts: Iterable[tuple[Any, Any]], printed: _Printed | None, location: Location
) -> Iterator[MarkedText]:
    if printed:
        for key, part in parts:
            yield from _texts(part, printed, (*location, key))


def _changed(value: Any, printed: _Printed | None, change: Callable[[str], str]) -> Any:
    if isinstance(value, BaseModel):
        return changed_texts(value, change)
    if printed is None:
        return value
    if isinstance(value, str):
        return change(value) if str in printed.kinds else value
    if isinstance(value, Mapping):
        return {key: _changed(part, printed.values, change) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return type(value)(_changed(part, printed.entries, change) for part in value)
    return value


def _printed_kinds(annotation: Any, marks: tuple[object, ...] = ()) -> Iterator[tuple[Any, tuple[object, ...]]]:
    """Yield the kinds that a value may be of, without those that are not printed, with what they are annotated with."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        if NOT_PRINTED not in parts[1:]:
            yield from _printed_kinds(parts[0], (*marks, *parts[1:]))
    elif origin in (Union, UnionType):
        for part in parts:
            yield from _printed_kinds(part, marks)
    else:
        yield annotation, marks
