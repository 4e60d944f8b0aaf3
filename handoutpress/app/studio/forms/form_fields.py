"""The fields of a form, made from a model and what a file has: a new field of a model appears by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from handoutpress.app.studio.forms.field_types import FieldType, Widget, as_entries, as_group, field_types, shorthand
from handoutpress.content.brand.keys import OpenOrText
from handoutpress.yamlfile.source import Location

SUGGESTED = frozenset({"condition"})
"""Fields whose choices are suggestions: other words may be written."""
Choices = Mapping[str, Mapping[str, str]]
"""By a field's name, what may be chosen in it, each with what a person calls it."""


@dataclass(frozen=True)
class FormField:
    """One field at ``location`` of a record, with what the file has for it: ``is_given`` tells whether it has any.

    A group of which the file has one plain value is a plain field, ``called_by`` the group's name.
    A group or list that ``is_fixed`` gets new entries otherwise, as by an upload.
    ``default`` is what counts where the file has nothing, as people call it. Of a group or a list, ``parts`` are its
    fields or entries; ``addable`` are the names of what may be added to it. ``doubts`` are what an import left to be
    looked at, ``original`` what a translation is made from. A group that ``has_one_part`` is of one type: which of its
    parts it has is chosen, and can be taken away.
    """

    location: Location
    widget: Widget
    value: str = ""
    help: str = ""
    is_needed: bool = False
    is_given: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    default: str = ""
    called_by: str = ""
    parts: tuple[FormField, ...] = ()
    addable: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    original: str = ""
    is_fixed: bool = False
    has_one_part: bool = False

    @property
    def name(self) -> str:
        """The location as one word: ``risks.items.0.name``."""
        return name_of(self.location)

    @property
    def called(self) -> str:
        """The name by which people call it."""
        return self.called_by or self.name

    def walk(self) -> Iterator[FormField]:
        """Yield the field and all within it, in the order in which they are read."""
        yield self
        for part in self.parts:
            yield from part.walk()


def name_of(location: Location) -> str:
    """Return a location as one word."""
    return ".".join(map(str, location))


def location_of(name: str) -> Location:
    """Return the location that ``name_of`` made a word of."""
    return tuple(int(step) if step.isdecimal() else step for step in name.split("."))


def shown(raw: Any) -> str:
    """Return what a form shows of a plain value."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, list | tuple):
        return "\n".join(f"- {shown(entry)}" for entry in raw)
    return raw.isoformat() if isinstance(raw, date) else str(raw).strip().replace("\r\n", "\n")


class FormMaker:
    """Makes the fields of a form. ``added`` are the names of parts that are shown though the file has none."""

    def __init__(self, choices: Choices, added: Collection[str] = ()) -> None:
        self._choices = choices
        self._added = frozenset(added)

    def fields(self, model: type[BaseModel], raw: Any, location: Location = ()) -> tuple[FormField, ...]:
        """Return a field for each of ``model``'s that the file has, or that is plain; the others can be added."""
        group = as_group(model, raw)
        fields = (
            self._field(type_, key, group.get(key), (*location, key), _info(model, key))
            for key, type_ in self._types(model).items()
        )
        return tuple(field for field in fields if self._is_shown(field))

    def _types(self, model: type[BaseModel]) -> dict[str, FieldType]:
        """Return what the fields of ``model`` take; not those with entries by names that nobody knows."""
        return {
            key: type_
            for key, type_ in field_types(model).items()
            if type_.widget != "group" or type_.model is not None or key in self._choices
        }

    def addable(self, model: type[BaseModel], raw: Any, location: Location = ()) -> tuple[str, ...]:
        """Return the names of the groups and lists of ``model`` that the file has not, and that are not shown.

        Of a model that has one key alone there are none beside the one that is shown.
        """
        keys = {field.location[len(location)] for field in self.fields(model, raw, location)}
        if keys and getattr(model, "has_one_key", False):
            return ()
        return tuple(name_of((*location, key)) for key in self._types(model) if key not in keys)

    def _is_shown(self, field: FormField) -> bool:
        if field.is_given or field.is_needed or not (field.widget in ("group", "list") or field.called_by):
            return True
        return any(f"{added}.".startswith(f"{field.called}.") for added in self._added)

    def _field(self, type_: FieldType, key: str, raw: Any, location: Location, info: FieldInfo | None) -> FormField:
        help_, is_needed = (info.description or "", info.is_required()) if info else ("", True)
        widget = type_.widget
        if type_.model is not None and issubclass(type_.model, OpenOrText) and not isinstance(raw, dict):
            inner = shorthand(type_.model)
            plain = self._field(field_types(type_.model)[inner], inner, raw, (*location, inner), info)
            return replace(plain, called_by=name_of(location))
        if type_.model is not None:
            parts, addable = self.fields(type_.model, raw, location), self.addable(type_.model, raw, location)
            group = FormField(location, widget, "", help_, is_needed, raw is not None, parts=parts, addable=addable)
            return replace(group, has_one_part=getattr(type_.model, "has_one_key", False))
        if type_.entry is not None and type_.widget == "group":
            return self._named_entries(type_.entry, key, raw, location, help_)
        if type_.entry is not None:
            entries = self._entries(type_.entry, key, raw, location, is_begun=is_needed)
            return FormField(location, widget, "", help_, is_needed, raw is not None, parts=entries)
        choices = self._choices_of(type_, key)
        if widget == "line" and choices and key not in SUGGESTED:
            widget = "choice"
        elif widget == "line" and "\n" in shown(raw):
            widget = "text"
        default = shown(info.default) if info and not is_needed and info.default_factory is None else ""
        default = dict(choices).get(default, default)
        return FormField(location, widget, shown(raw), help_, is_needed, raw is not None, choices, default)

    def _entries(
        self, entry: FieldType, key: str, raw: Any, location: Location, *, is_begun: bool
    ) -> tuple[FormField, ...]:
        """Return the entries that a file has, and the one that is added: the first where the list is new, too."""
        values = as_entries(raw)
        is_first = not values and (is_begun or name_of(location) in self._added)
        if is_first or any(f"{added}.".startswith(f"{name_of((*location, len(values)))}.") for added in self._added):
            values.append(None)
        return tuple(self._field(entry, key, value, (*location, at), None) for at, value in enumerate(values))

    def _named_entries(self, entry: FieldType, key: str, raw: Any, location: Location, help_: str) -> FormField:
        """Return a group of the entries that a file has by names, where it is known which names there may be."""
        given = {str(name): value for name, value in raw.items()} if isinstance(raw, dict) else {}
        known = self._choices.get(key, {})
        shown_names = [
            name
            for name in dict.fromkeys((*given, *known))
            if name in given or any(f"{added}.".startswith(f"{name_of((*location, name))}.") for added in self._added)
        ]
        parts = [self._field(entry, name, given.get(name), (*location, name), None) for name in shown_names]
        addable = tuple(name_of((*location, name)) for name in known if name not in shown_names)
        return FormField(location, "group", "", help_, False, raw is not None, parts=tuple(parts), addable=addable)

    def _choices_of(self, type_: FieldType, key: str) -> tuple[tuple[str, str], ...]:
        named = self._choices.get(key, {})
        return tuple((option, named.get(option, option)) for option in type_.options) or tuple(named.items())


def _info(model: type[BaseModel], key: str) -> FieldInfo:
    return next(field for name, field in model.model_fields.items() if (field.alias or name) == key)
