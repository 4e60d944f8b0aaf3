"""What a person typed into a form, written into the YAML that it was made from: each change by splicing."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from handoutpress.app.studio.forms.field_types import FieldType, as_entries, as_group, field_types, shorthand
from handoutpress.app.studio.forms.form_fields import shown
from handoutpress.yamlfile.editing import with_moved, with_value, without_value
from handoutpress.yamlfile.source import Location, yaml_source


@dataclass(frozen=True)
class FieldEdit:
    """What a field shall say: ``""`` removes it."""

    location: Location
    value: str


def data_of(text: str) -> Any:
    """Return the plain data of a YAML text. Raises ``ContentError``."""
    return yaml_source(text.removeprefix("\ufeff"), Path("edited"), "").data


def value_at(model: type[BaseModel], data: Any, location: Location) -> str:
    """Return what a form shows of the field at ``location``. Raises ``KeyError`` where ``model`` has none there."""
    type_, raw = FieldType("group", model=model), data
    for step in location:
        type_, raw = _part(type_, raw, step)
    return shown(raw)


def with_edit(model: type[BaseModel], text: str, edit: FieldEdit) -> str:
    """Return ``text`` with one edit.

    Raises ``KeyError`` where ``model`` has no such field, or its list no such place; ``UneditableError`` where only a
    person can change it.
    """
    data = data_of(text)
    value = edit.value.strip().replace("\r\n", "\n")
    if value_at(model, data, edit.location) == value:
        return text
    is_side = [isinstance(step, int) for step in edit.location[-2:]] == [True, True]  # of a pair, which stays a pair
    if not value and not is_side:
        return _without(model, text, data, edit.location)
    return with_value(text, (), _placed(FieldType("group", model=model), data, edit.location, value))


def without_entry(model: type[BaseModel], text: str, location: Location) -> str:
    """Return ``text`` without an entry of a list, or a part. Raises as ``with_edit`` does."""
    return _without(model, text, data_of(text), location)


def with_entry_moved(text: str, location: Location, by: int) -> str:
    """Return ``text`` with the entry at ``location`` moved ``by`` places. Raises as ``with_moved`` does."""
    return with_moved(text, location[:-1], int(location[-1]), by)


def _part(type_: FieldType, raw: Any, step: str | int) -> tuple[FieldType, Any]:
    """Return what a group or list takes at ``step``, and what it has there."""
    if type_.model is not None:
        return field_types(type_.model)[str(step)], as_group(type_.model, raw).get(str(step))
    if type_.entry is not None and type_.widget == "group":
        return type_.entry, raw.get(step) if isinstance(raw, dict) else None
    entries = as_entries(raw)
    if type_.entry is None or not isinstance(step, int) or step > len(entries):
        raise KeyError(step)
    return type_.entry, entries[step] if step < len(entries) else None


def _placed(type_: FieldType, raw: Any, location: Location, value: str) -> Any:
    """Return ``raw`` with the typed ``value`` at ``location`` of it, written as short as it was."""
    if not location:
        return _typed(type_, raw, value)
    step, *rest = location
    inner_type, inner = _part(type_, raw, step)
    placed = _placed(inner_type, inner, tuple(rest), value)
    if type_.model is not None:
        group = {**as_group(type_.model, raw), str(step): placed}
        return placed if _is_short(type_.model, raw) and set(group) == {shorthand(type_.model)} else group
    if type_.widget == "group":
        return {**(raw if isinstance(raw, dict) else {}), step: placed}
    entries = as_entries(raw)
    return [*entries[: int(step)], placed, *entries[int(step) + 1 :]]


def _is_short(model: type[BaseModel], raw: Any) -> bool:
    """Return whether a file has, or may begin with, a plain value in place of a group."""
    return not isinstance(raw, dict) if raw is not None else getattr(model, "written_as", "") == "text"


def _typed(type_: FieldType, raw: Any, value: str) -> Any:
    """Return typed words as a value of the file; what is no number or day stays text, and the model says so."""
    if not value:
        return value
    with suppress(ValueError):
        if type_.widget == "day":
            return date.fromisoformat(value)
        if type_.widget == "number" or (isinstance(raw, int | float) and not isinstance(raw, bool)):
            return int(value) if value.lstrip("-").isdigit() else float(value)
    if type_.options == ("true", "false") and value in type_.options:
        return value == "true"
    lines = value.split("\n")
    if isinstance(raw, list) and all(line.startswith(("- ", "  ")) for line in lines):
        return [entry.replace("\n  ", "\n") for entry in value.removeprefix("- ").split("\n- ")]
    return value


def _without(model: type[BaseModel], text: str, data: Any, location: Location) -> str:
    """Return ``text`` without what stands at ``location``, and without the group that it leaves empty."""
    written = _written_at(model, data, location)
    if written is None:
        return text
    while len(written) > 1 and isinstance(written[-1], str) and _is_alone(data, written):
        written = written[:-1]
    return without_value(text, written)


def _written_at(model: type[BaseModel], data: Any, location: Location) -> Location | None:
    """Return where the file has a field: a plain text stands for the one key of its group; None where it has not."""
    type_, raw, written = FieldType("group", model=model), data, list[str | int]()
    for step in location:
        was = raw
        type_, raw = _part(type_, raw, step)
        if raw is None:
            return None
        if isinstance(was, dict | list | tuple) and not (isinstance(was, list | tuple) and isinstance(step, str)):
            written.append(step)
    return tuple(written)


def _is_alone(data: Any, location: Location) -> bool:
    for step in location[:-1]:
        data = data[step]
    return len(data) == 1
