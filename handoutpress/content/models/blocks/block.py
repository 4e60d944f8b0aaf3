"""A block of a handout's body: a mapping with one key, the block's type, and what it holds below."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from pydantic import ConfigDict, Field, model_validator

from handoutpress.content.models.blocks.content import BlockContent
from handoutpress.content.models.blocks.exercises import ExercisesContent
from handoutpress.content.models.blocks.links import LinksContent
from handoutpress.content.models.blocks.note import NoteContent
from handoutpress.content.models.blocks.pairs import PairsContent
from handoutpress.content.models.blocks.picture import PictureContent
from handoutpress.content.models.blocks.steps import StepsContent
from handoutpress.content.models.blocks.table import TableContent
from handoutpress.content.models.blocks.text import TextContent
from handoutpress.content.models.blocks.write import WriteContent
from handoutpress.yamlfile.nearest import meant
from handoutpress.yamlfile.record import Record, misplaced


def _one_type(schema: dict[str, Any]) -> None:
    """Tell editors that a block has one key, or is a plain text."""
    types = schema["properties"]
    schema["minProperties"] = schema["maxProperties"] = 1
    for of_type in types.values():
        of_type.pop("default", None)
    group = dict(schema)
    schema.clear()
    schema["anyOf"] = [{"type": "string", "minLength": 1}, group]


class Block(Record):
    """One block: exactly one of these keys, its type. A plain text is a block ``text``."""

    model_config = ConfigDict(json_schema_extra=_one_type)

    has_one_key: ClassVar[bool] = True
    """A form offers no second type beside the one that it has."""

    text: TextContent | None = Field(default=None, description="Paragraphs and lists.")
    picture: PictureContent | None = Field(default=None, description="A picture with its caption.")
    steps: StepsContent | None = Field(default=None, description="What to do, one thing after the other.")
    exercises: ExercisesContent | None = Field(default=None, description="What to do, how often, and how it looks.")
    table: TableContent | None = Field(default=None, description="Rows with cells to read, or to write in.")
    pairs: PairsContent | None = Field(default=None, description="Dos and don’ts, questions and answers, what when.")
    note: NoteContent | None = Field(default=None, description="A few words in a frame.")
    write: WriteContent | None = Field(default=None, description="Lines and boxes for a pen.")
    links: LinksContent | None = Field(default=None, description="Where to read more, and whom to ask.")

    @property
    def type(self) -> str:
        """The key that it has: ``text``, ``steps``."""
        return next(name for name in type(self).model_fields if getattr(self, name) is not None)

    @property
    def content(self) -> BlockContent:
        """What stands below its type."""
        content: BlockContent = getattr(self, self.type)
        return content

    @property
    def is_optional(self) -> bool:
        """Whether it stands only where there is room."""
        return self.picture is not None and self.picture.optional

    @model_validator(mode="before")
    @classmethod
    def _has_one_type(cls, value: Any) -> Any:
        if isinstance(value, str):
            return {"text": {"text": value}}
        if isinstance(value, dict):
            _check_type(list(map(str, value)), {str(key): part for key, part in value.items()}, cls.model_fields)
            return {key: _written_out(cls.model_fields[key].annotation, part) for key, part in value.items()}
        return value


def _check_type(keys: list[str], value: dict[str, Any], types: Iterable[str]) -> None:
    """Raise an error unless ``keys`` are one type with something below it."""
    known = [key for key in keys if key in types]
    others = [key for key in keys if key not in types]
    if not keys:
        raise ValueError(f"a block is empty. Hint: write its type and what it holds: {', '.join(types)}.")
    if not known:
        raise misplaced(others[0], f'"{others[0]}" is no type of block. Hint: {meant(others[0], types)}')
    if len(known) > 1:
        named = " and ".join(f'"{key}"' for key in known)
        raise ValueError(
            f'this block has {len(known)} types, {named}. Hint: begin each with "- " on a line of its own.'
        )
    if others:
        hint = f'write it below "{known[0]}:", two spaces further in, with all that belongs to this block.'
        raise misplaced(others[0], f'"{others[0]}" stands beside "{known[0]}" and not below it. Hint: {hint}')
    if value[known[0]] is None:
        raise ValueError(f'the block "{known[0]}" is empty. Hint: write what it holds below it, two spaces further in.')


def _written_out(annotation: Any, value: Any) -> Any:
    """Return a block's content as a group of keys: a plain text or list stands for one of them."""
    model = next(part for part in annotation.__args__ if issubclass(part, BlockContent))
    return {model.written_in: value} if model.written_in and isinstance(value, str | list) else value
