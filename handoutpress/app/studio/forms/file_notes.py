"""What stands beside the fields of a form: doubts of an import, and what a translation is made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import BaseModel

from handoutpress.app.studio.forms.form_edits import data_of
from handoutpress.app.studio.forms.form_fields import FormField, FormMaker
from handoutpress.yamlfile.problems import ContentError
from handoutpress.yamlfile.source import YamlSource, yaml_source

DOUBT = "DOUBT"
"""How a comment begins that an import has left."""
_HEAD = "title"
"""The field at which stands what is said above the whole file."""


@dataclass(frozen=True)
class FieldDoubt:
    """A doubt above the field ``name``, from the line ``first`` to ``last``, counted from 1."""

    name: str
    words: str
    first: int
    last: int


def doubts_in(source: YamlSource, fields: Iterable[FormField]) -> tuple[FieldDoubt, ...]:
    """Return the doubts of a file that belong to its form's ``fields``."""
    at_line: dict[int, str] = {}
    for field in (each for outer in fields for each in outer.walk() if each.is_given):
        line, _ = source.place(source.written_at(field.location), key=True)
        at_line.setdefault(line, field.name)
    return tuple(_all_doubts(source.text.split("\n"), at_line))


def _all_doubts(lines: list[str], at_line: Mapping[int, str]) -> Iterator[FieldDoubt]:
    first = 1
    for number, line in enumerate(lines, start=1):
        if not line.strip().startswith("#"):
            yield from _doubts(lines[first - 1 : number - 1], first, at_line.get(number, _HEAD))
            first = number + 1


def _doubts(above: list[str], first: int, name: str) -> Iterator[FieldDoubt]:
    """Yield each doubt in a run of comments: it goes on until the next begins."""
    begun = [at for at, line in enumerate(above) if line.strip(" \t#").startswith(DOUBT)]
    for start, end in zip(begun, [*begun[1:], len(above)], strict=False):
        words = " ".join(line.strip().removeprefix("#").strip() for line in above[start:end])
        yield FieldDoubt(name, words.partition(": ")[2], first + start, first + end - 1)


def with_doubts(fields: Iterable[FormField], doubts: Iterable[FieldDoubt]) -> tuple[FormField, ...]:
    """Return ``fields`` with the doubts that stand at them."""
    doubts = tuple(doubts)

    def doubted(field: FormField) -> FormField:
        own = tuple(doubt.words for doubt in doubts if doubt.name == field.name)
        return replace(field, doubts=own, parts=tuple(map(doubted, field.parts)))

    return tuple(map(doubted, fields)) if doubts else tuple(fields)


def source_language(text: str) -> str:
    """Return the language that a handout's file says it was translated from; "" where it was not."""
    with suppress(ContentError):
        data = data_of(text)
        translation = data.get("translation") if isinstance(data, dict) else None
        return str(translation.get("of", "")) if isinstance(translation, dict) else ""
    return ""


def with_originals(fields: Iterable[FormField], model: type[BaseModel], original: str) -> tuple[FormField, ...]:
    """Return the ``fields`` of a translation with the words that the file ``original`` has in their places."""
    there = FormMaker({}).fields(model, data_of(original))
    words = {field.name: field.value for outer in there for field in outer.walk() if field.widget in ("text", "line")}

    def beside(field: FormField) -> FormField:
        said = words.get(field.name, "")
        return replace(field, original="" if said == field.value else said, parts=tuple(map(beside, field.parts)))

    return tuple(map(beside, fields))


def without_doubts(model: type[BaseModel], text: str, name: str) -> str:
    """Return the YAML ``text`` without the doubts at the field ``name``: their lines alone. Raises ``ContentError``."""
    body = text.removeprefix("\ufeff")
    source = yaml_source(body, Path("edited"), "")
    doubts = doubts_in(source, FormMaker({}).fields(model, source.data))
    gone = {line for doubt in doubts if doubt.name == name for line in range(doubt.first, doubt.last + 1)}
    lines = enumerate(body.splitlines(keepends=True), start=1)
    left = "".join(line for number, line in lines if number not in gone)
    is_comment = repr(yaml_source(left, Path("edited"), "").data) == repr(source.data)
    return text[: len(text) - len(body)] + left if is_comment else text
