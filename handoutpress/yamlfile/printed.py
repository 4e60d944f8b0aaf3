"""The texts of a record that are printed: all of them but those that their model marks as ``NOT_PRINTED``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin, get_type_hints

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
    for name, annotation in _annotations(type(record)).items():
        key = type(record).model_fields[name].alias or name
        yield from _texts(getattr(record, name), annotation, (*location, key))


@cache
def _annotations(model: type[BaseModel]) -> dict[str, Any]:
    hints = get_type_hints(model, include_extras=True)
    return {name: hints[name] for name in model.model_fields}


def _texts(value: Any, annotation: Any, location: Location) -> Iterator[MarkedText]:
    kinds = dict(_printed_kinds(annotation))
    if isinstance(value, BaseModel) and kinds:
        yield from marked_texts(value, location)
    elif isinstance(value, str) and str in kinds:
        yield MarkedText(location, value, kinds[str])
    elif isinstance(value, tuple | list | Mapping) and kinds:
        # A tuple's first argument is what its entries are, a mapping's second what its values are.
        place = int(isinstance(value, Mapping))
        of_parts = next((get_args(kind)[place] for kind in kinds if get_args(kind)), None)
        for key, part in value.items() if isinstance(value, Mapping) else enumerate(value):
            yield from _texts(part, of_parts, (*location, key))


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
