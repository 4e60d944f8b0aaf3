"""A file against its model: every mistake in plain words, where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from handoutpress.yamlfile.look_alikes import Suspect, plain_spelling, suspects
from handoutpress.yamlfile.nearest import meant, nearest
from handoutpress.yamlfile.problems import ContentError, Problem
from handoutpress.yamlfile.source import Location, YamlSource
from handoutpress.yamlfile.wordings import ModelMistake, expected_kind, wording

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class _ModelError:
    """One of pydantic's errors: ``location`` is in the file; ``branch`` is the path into a union, if it took one.

    ``kinds`` are what its value should have been, in words. ``refuses_type`` says that the whole branch was refused,
    not something within it.
    """

    kind: str
    location: Location
    branch: Location
    message: str
    value: Any
    context: dict[str, Any]
    kinds: tuple[str, ...] = ()
    refuses_type: bool = False


def load_record(source: YamlSource, model: type[Model], location: Location = ()) -> Model:
    """Return the value at ``location`` of ``source`` as a ``model``. Raises ``ContentError`` with all mistakes."""
    try:
        return model.model_validate(source.root.at(location).value)
    except ValidationError as error:
        raise ContentError(explain(source, model, error, location)) from None


def explain(
    source: YamlSource, model: type[BaseModel], error: ValidationError, location: Location = ()
) -> list[Problem]:
    """Return the mistakes of ``error``, which checked the value at ``location``, in the order of the file."""
    all_details = [details for details in error.errors(include_url=False) if not _follows_from_others(details)]
    mistakes = _without_unions([_model_error(source, details, location) for details in all_details])
    misspelt = {
        _misspelt_key(model, mistake.location[len(location) :])
        for mistake in mistakes
        if mistake.kind == "extra_forbidden"
    }
    return sorted(
        {
            _problem(source, model, mistake, location)
            for mistake in mistakes
            if mistake.kind != "missing" or mistake.location[len(location) :] not in misspelt
        }
    )


def _follows_from_others(details: Any) -> bool:
    """Return whether a list is only called too short since all its entries are refused."""
    return details["type"] == "too_short" and bool(len(details["input"]) >= details["ctx"]["min_length"])


def _model_error(source: YamlSource, details: Any, start: Location) -> _ModelError:
    """Split pydantic's location into steps of the file and names of union branches, which are not in the file."""
    kind: str = details["type"]
    steps, branch = list(start), []
    loc: tuple[str | int, ...] = (*details["loc"], *details.get("ctx", {}).get("place", ()))
    for index, step in enumerate(loc):
        last = index == len(loc) - 1
        node = source.root.at(tuple(steps))
        if step in node.parts or (last and kind == "missing" and isinstance(node.value, dict)):
            steps.append(step)
        elif step != "[key]":  # pydantic's mark for the name of a key
            branch.append(step)
    return _ModelError(
        kind=kind,
        location=tuple(steps),
        branch=tuple(branch),
        message=details["msg"],
        value=details["input"],
        context=details.get("ctx", {}),
        kinds=(expected_kind(kind),) if kind.endswith("_type") else (),
        refuses_type=bool(branch) and loc[-1] == branch[-1] and kind.endswith("_type"),
    )


def _without_unions(mistakes: list[_ModelError]) -> list[_ModelError]:
    """Return of a value that may be of several types only the mistakes of the one that it was meant to be."""
    remaining: list[_ModelError] = []
    for mistake in mistakes:
        rivals = [rival for rival in mistakes if rival.branch and _same_place(rival, mistake)]
        if mistake.refuses_type and any(not rival.refuses_type for rival in rivals):
            continue
        merged = _merged(rivals) if mistake.refuses_type else mistake
        if merged not in remaining:
            remaining.append(merged)
    return remaining


def _merged(rivals: list[_ModelError]) -> _ModelError:
    """Return one mistake for several that each want another type."""
    return replace(rivals[0], kinds=tuple(dict.fromkeys(kind for rival in rivals for kind in rival.kinds)))


def _same_place(mistake_a: _ModelError, mistake_b: _ModelError) -> bool:
    """Return whether one of two mistakes stands at the place of the other, or within it."""
    shared = min(len(mistake_a.location), len(mistake_b.location))
    return mistake_a.location[:shared] == mistake_b.location[:shared]


def _problem(source: YamlSource, model: type[BaseModel], mistake: _ModelError, start: Location) -> Problem:
    inner = mistake.location[len(start) :]
    if mistake.kind == "extra_forbidden":
        return _unknown_key(source, mistake.location, _keys(_model_at(model, inner[:-1])))
    node = source.root.at(mistake.location)
    if mistake.kinds and isinstance(node.value, str) and not node.style and (suspect := _suspect(source, mistake)):
        return Problem(source.path, suspect.line, suspect.column, suspect.words.sentence, suspect.words.hint)
    words = wording(
        ModelMistake(
            kind=mistake.kind,
            name=_name(mistake),
            value=mistake.value,
            word=node.word if not isinstance(node.value, str) else "",
            context=mistake.context,
            expected=_expected(model, mistake, inner),
            keys=tuple(_keys(_model_at(model, inner))) if "a group of keys" in mistake.kinds else (),
            message=mistake.message,
        )
    )
    return source.problem(mistake.location, words.sentence, words.hint)


def _unknown_key(source: YamlSource, location: Location, keys: Mapping[str, FieldInfo]) -> Problem:
    key = str(location[-1])
    spelt = plain_spelling(key).strip()
    sentence = f'"{key}" is not a known key here.'
    if spelt != key and spelt in keys:
        sentence = f'A character that cannot be seen stands in "{spelt}".'
        return source.problem(location, sentence, f'delete the whole word, and type "{spelt}:" anew.', key=True)
    return source.problem(location, sentence, meant(key, keys), key=True)


def _suspect(source: YamlSource, mistake: _ModelError) -> Suspect | None:
    """Return what looks wrong in the lines of a text that should have been something else, if anything does."""
    first = source.place(mistake.location)[0]
    lines = source.lines_of(mistake.location)
    found = suspects(source.text.split("\n"), first, first + len(lines) - 1)
    return found[0] if found else None


def _name(mistake: _ModelError) -> str:
    """Return what to call the value: its key in quotes, or its place in a list, from 1."""
    keys = [step for step in mistake.location if isinstance(step, str)]
    last = mistake.location[-1] if mistake.location else ""
    if isinstance(last, int):
        return f'Entry {last + 1} of "{keys[-1]}"' if keys else f"Entry {last + 1}"
    return f'"{last}"' if last else "The file"


def _expected(model: type[BaseModel], mistake: _ModelError, inner: Location) -> str:
    """Return what should stand there: for a missing key the line to add, for a wrong type the right one."""
    if mistake.kind == "missing":
        info = _keys(_model_at(model, inner[:-1])).get(str(inner[-1]))
        described = info.description.rstrip(".") if info and info.description else ""
        return f'a line "{inner[-1]}: …"' + (f" ({described[0].lower()}{described[1:]})" if described else "")
    kinds = mistake.kinds
    if mistake.kind == "model_type" and not mistake.branch and (inner_model := _model_at(model, inner)):
        kinds = (getattr(inner_model, "written_as", kinds[0]),)
    return " or ".join(kinds)


def _misspelt_key(model: type[BaseModel], inner: Location) -> Location:
    """Return the location of the key that an unknown key at ``inner`` may be a misspelling of."""
    near = nearest(str(inner[-1]), _keys(_model_at(model, inner[:-1])))
    return (*inner[:-1], near) if near else ()


def _keys(model: type[BaseModel] | None) -> dict[str, FieldInfo]:
    """Return a model's fields by the keys that stand for them in a file."""
    return {info.alias or name: info for name, info in model.model_fields.items()} if model else {}


def _model_at(model: type[BaseModel] | None, location: Location) -> type[BaseModel] | None:
    """Return the model of the value at ``location``, as far as annotations tell."""
    for step in location:
        info = _keys(model).get(str(step)) if isinstance(step, str) else None
        if info is not None:
            model = next(iter(_models_in([info.annotation])), None)
    return model


def _models_in(annotations: Iterable[Any]) -> Iterable[type[BaseModel]]:
    for annotation in annotations:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            yield annotation
        else:
            yield from _models_in(get_args(annotation))
