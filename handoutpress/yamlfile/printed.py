"""The texts of a record that are printed: all of them but those that their model marks as ``NOT_PRINTED``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from handoutpress.yamlfile.record import NOT_PRINTED
from handoutpress.yamlfile.source import Location


def printed_texts(record: BaseModel, location: Location = ()) -> Iterator[tuple[Location, str]]:
    """Yield each printed text within ``record``, which stands at ``location`` of its file, with its own place there."""
    for name, annotation in _annotations(type(record)).items():
        key = type(record).model_fields[name].alias or name
        yield from _texts(getattr(record, name), annotation, (*location, key))


@cache
def _annotations(model: type[BaseModel]) -> dict[str, Any]:
    hints = get_type_hints(model, include_extras=True)
    return {name: hints[name] for name in model.model_fields}


def _texts(value: Any, annotation: Any, location: Location) -> Iterator[tuple[Location, str]]:
    kinds = list(_printed_kinds(annotation))
    if isinstance(value, BaseModel) and kinds:
        yield from printed_texts(value, location)
    elif isinstance(value, str) and str in kinds:
        yield location, value
    elif isinstance(value, tuple | list | Mapping) and kinds:
        # A tuple's first argument is what its entries are, a mapping's second what its values are.
        place = int(isinstance(value, Mapping))
        of_parts = next((get_args(kind)[place] for kind in kinds if get_args(kind)), None)
        for key, part in value.items() if isinstance(value, Mapping) else enumerate(value):
            yield from _texts(part, of_parts, (*location, key))


def _printed_kinds(annotation: Any) -> Iterator[Any]:
    """Yield the kinds that a value may be of, without those that are marked."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        if NOT_PRINTED not in parts[1:]:
            yield from _printed_kinds(parts[0])
    elif origin in (Union, UnionType):
        for part in parts:
            yield from _printed_kinds(part)
    else:
        yield annotation
