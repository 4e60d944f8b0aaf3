"""Checking a file against its model: every mistake in plain words, where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from handoutpress.yamlfile.nearest import meant, nearest
from handoutpress.yamlfile.problems import ContentError, Problem
from handoutpress.yamlfile.source import Location, YamlSource
from handoutpress.yamlfile.wordings import ModelMistake, wanted_kind, wording

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class _ModelError:
    """One of pydantic's errors: ``location`` is in the file; ``branch`` is the way into a union, if it took one.

    ``refuses_type`` says that the whole branch was refused, not something within it.
    """

    kind: str
    location: Location
    branch: Location
    message: str
    given: Any
    context: dict[str, Any]
    wanted: tuple[str, ...] = ()
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
    details = [each for each in error.errors(include_url=False) if not _follows_from_others(each)]
    findings = _without_unions([_finding(source, each, location) for each in details])
    slips = {
        _slip(model, finding.location[len(location) :]) for finding in findings if finding.kind == "extra_forbidden"
    }
    told = [found for found in findings if found.kind != "missing" or found.location[len(location) :] not in slips]
    return sorted({_problem(source, model, finding, location) for finding in told})


def _follows_from_others(details: Any) -> bool:
    """A list whose entries are all refused is also called too short, which is no mistake of its own."""
    return details["type"] == "too_short" and bool(len(details["input"]) >= details["ctx"]["min_length"])


def _finding(source: YamlSource, details: Any, start: Location) -> _ModelError:
    """Split pydantic's location into steps of the file and names of union branches, which are not in the file."""
    kind: str = details["type"]
    steps, branch = list(start), []
    given_steps: tuple[str | int, ...] = (*details["loc"], *details.get("ctx", {}).get("place", ()))
    for index, step in enumerate(given_steps):
        last = index == len(given_steps) - 1
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
        given=details["input"],
        context=details.get("ctx", {}),
        wanted=(wanted_kind(kind),) if kind.endswith("_type") else (),
        refuses_type=bool(branch) and given_steps[-1] == branch[-1] and kind.endswith("_type"),
    )


def _without_unions(findings: list[_ModelError]) -> list[_ModelError]:
    """Where a value may be of several types, tell the mistakes of the one it was meant to be."""
    kept: list[_ModelError] = []
    for finding in findings:
        rivals = [other for other in findings if other.branch and _same_place(other, finding)]
        if finding.refuses_type and any(not rival.refuses_type for rival in rivals):
            continue
        merged = _merged(rivals) if finding.refuses_type else finding
        if merged not in kept:
            kept.append(merged)
    return kept


def _merged(rivals: list[_ModelError]) -> _ModelError:
    """Return one finding for several that each want another type."""
    return replace(rivals[0], wanted=tuple(dict.fromkeys(words for rival in rivals for words in rival.wanted)))


def _same_place(one: _ModelError, other: _ModelError) -> bool:
    shared = min(len(one.location), len(other.location))
    return one.location[:shared] == other.location[:shared]


def _problem(source: YamlSource, model: type[BaseModel], finding: _ModelError, start: Location) -> Problem:
    inner = finding.location[len(start) :]
    if finding.kind == "extra_forbidden":
        key = str(inner[-1])
        hint = meant(key, _keys(_model_at(model, inner[:-1])))
        return source.problem(finding.location, f'"{key}" is not a known key here.', hint, key=True)
    node = source.root.at(finding.location)
    mistake = ModelMistake(
        kind=finding.kind,
        name=_name(finding),
        given=finding.given,
        word=node.word if not isinstance(node.value, str) else "",
        context=finding.context,
        wanted=_wanted(model, finding, inner),
        message=finding.message,
    )
    return source.problem(finding.location, *wording(mistake))


def _name(finding: _ModelError) -> str:
    """Return what to call the value: its key in quotes, or its place in a list, from 1."""
    keys = [step for step in finding.location if isinstance(step, str)]
    last = finding.location[-1] if finding.location else ""
    if isinstance(last, int):
        return f'Entry {last + 1} of "{keys[-1]}"' if keys else f"Entry {last + 1}"
    return f'"{last}"' if last else "The file"


def _wanted(model: type[BaseModel], finding: _ModelError, inner: Location) -> str:
    """Return what should stand there: for a missing key the line to add, for a wrong type the right one."""
    if finding.kind == "missing":
        info = _keys(_model_at(model, inner[:-1])).get(str(inner[-1]))
        described = info.description.rstrip(".") if info and info.description else ""
        return f'a line "{inner[-1]}: …"' + (f" ({described[0].lower()}{described[1:]})" if described else "")
    wanted = finding.wanted
    if finding.kind == "model_type" and not finding.branch and (found := _model_at(model, inner)):
        wanted = (getattr(found, "written_as", wanted[0]),)
    return " or ".join(wanted)


def _slip(model: type[BaseModel], inner: Location) -> Location:
    """Return the location of the key that an unknown key at ``inner`` may be a slip of."""
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
