"""What a field of a model takes, read from its type: text, a number, a day, a choice, further fields, or entries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from handoutpress.content.text.fields import MarkupKind

Widget = Literal["line", "text", "number", "day", "choice", "group", "list"]
_PLAIN: tuple[tuple[type, Widget], ...] = ((date, "day"), (bool, "choice"), (int, "number"), (float, "number"))


@dataclass(frozen=True)
class FieldType:
    """``model`` is that of a group, ``entry`` what the entries of a list take, ``options`` what may be chosen.

    A group without a ``model`` has entries by names that are data, such as languages.
    """

    widget: Widget
    model: type[BaseModel] | None = None
    entry: FieldType | None = None
    options: tuple[str, ...] = ()
    is_markdown: bool = False


@cache
def field_types(model: type[BaseModel]) -> dict[str, FieldType]:
    """Return what each field of ``model`` takes, by its key; fields for which a page has no form are left out."""
    hints = get_type_hints(model, include_extras=True)
    types = {(field.alias or name): _type_of(hints[name]) for name, field in model.model_fields.items()}
    return {key: type_ for key, type_ in types.items() if type_ is not None}


def _type_of(annotation: Any) -> FieldType | None:
    bases, marks = _bases(annotation)
    for base in bases:
        if isinstance(base, type) and issubclass(base, BaseModel):
            return FieldType("group", model=base)
    for base in bases:
        if get_origin(base) is Literal:
            return FieldType("choice", options=tuple(map(str, get_args(base))))
        if get_origin(base) is tuple:
            entry = _type_of(get_args(base)[0])
            return FieldType("list", entry=entry) if entry else None
        if get_origin(base) is dict:
            return _named_entries(get_args(base)[1])
    return _plain_type(bases, marks)


def _named_entries(annotation: Any) -> FieldType | None:
    """Return the type of entries by name, of words or groups: others have no form."""
    entry = _type_of(annotation)
    has_form = entry is not None and (entry.model is not None or entry.widget == "line")
    return FieldType("group", entry=entry) if has_form else None


def _plain_type(bases: list[Any], marks: list[Any]) -> FieldType | None:
    if str in bases:
        markup = next((mark for mark in marks if isinstance(mark, MarkupKind)), MarkupKind.WORDS)
        is_long = markup is not MarkupKind.WORDS
        return FieldType("text" if is_long else "line", is_markdown=markup is MarkupKind.PARAGRAPHS)
    for base, widget in _PLAIN:
        if base in bases:
            return FieldType(widget, options=("true", "false") if base is bool else ())
    return None


def _bases(annotation: Any) -> tuple[list[Any], list[Any]]:
    """Return the types that a value may be of, and what they are annotated with."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        bases, marks = _bases(parts[0])
        return bases, [*marks, *parts[1:]]
    if origin in (Union, UnionType):
        pairs = [_bases(part) for part in parts if part is not type(None)]
        return [base for bases, _ in pairs for base in bases], [mark for _, marks in pairs for mark in marks]
    return [annotation], []


def shorthand(model: type[BaseModel]) -> str:
    """Return the key that a plain text or list stands for, where a file may have one in place of the group."""
    needed = [name for name, field in model.model_fields.items() if field.is_required()]
    return needed[0] if needed else next(iter(field_types(model)))


def as_group(model: type[BaseModel], raw: Any) -> dict[str, Any]:
    """Return what a file has in the place of a ``model``, as a group of keys."""
    if isinstance(raw, dict):
        return {str(key): value for key, value in raw.items()}
    return {} if raw is None else {shorthand(model): raw}


def as_entries(raw: Any) -> list[Any]:
    """Return what a file has in the place of a list, as entries: one thing alone stands for a list of it."""
    if raw is None:
        return []
    return list(raw) if isinstance(raw, list | tuple) else [raw]
