"""A brand file and those that it extends, nearest first: the look of a chain, the contacts of a clinic."""

from __future__ import annotations

import os.path
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from handoutpress.content.brand.extras.keys import ExtraKeys
from handoutpress.content.brand.files import FILE_NAME
from handoutpress.content.brand.keys import BrandFile, ColourKeys, HandoutKeys, MetaKeys, TypographyKeys
from handoutpress.content.project import Project
from handoutpress.yamlfile.explain import load_record
from handoutpress.yamlfile.problems import ContentError, Problem
from handoutpress.yamlfile.source import Location, YamlSource

_NEARLY_RIGHT_NAMES = ("_brand.yaml", "brand.yml", "brand.yaml")
_UNUSED_COLOURS = ("foreground", "background", "success", "info", "warning", "danger", "dark")
_UNUSED_TYPE = ("monospace", "monospace_inline", "monospace_block")

_EXTRAS = frozenset(ExtraKeys.model_fields)

Value = TypeVar("Value")


@dataclass(frozen=True, eq=False)
class Layer:
    """One ``_brand.yml`` as it was read. ``path`` is where it lies; paths in it begin at its folder."""

    path: Path
    source: YamlSource
    keys: BrandFile
    unused: tuple[str, ...]
    """The keys that mean nothing in print, such as ``color.success``."""
    fonts: Path | None
    """The folder of its own font files, if it has one."""
    problems: tuple[Problem, ...] = ()
    """The mistakes in it; the parts that hold them are left out of ``keys``."""

    @property
    def has_identity(self) -> bool:
        """Whether this file says anything of how a page looks; else the brand looks as the one that it extends."""
        keys = self.keys
        parts = keys.logo, keys.color, keys.typography, self.fonts
        return any(part is not None for part in parts)

    @property
    def has_extras(self) -> bool:
        """Whether this file says anything of what is printed beside the contact."""
        return not _EXTRAS.isdisjoint(self.handout_keys.model_fields_set)

    @property
    def meta(self) -> MetaKeys:
        return self.keys.meta or _NO_META

    @property
    def colour(self) -> ColourKeys:
        return self.keys.color or _NO_COLOURS

    @property
    def typography(self) -> TypographyKeys:
        return self.keys.typography or _NO_TYPE

    @cached_property
    def handout_keys(self) -> HandoutKeys:
        return (self.keys.defaults.handout if self.keys.defaults else None) or _NO_KEYS

    def problem(self, location: Location, sentence: str, hint: str = "") -> Problem:
        return self.source.problem(location, sentence, hint)


Layers = tuple[Layer, ...]
_NO_KEYS, _NO_META, _NO_COLOURS, _NO_TYPE = HandoutKeys(), MetaKeys(), ColourKeys(), TypographyKeys()


def first(layers: Layers, value: Callable[[Layer], Value | None]) -> Value | None:
    """Return the nearest layer's value that is not None."""
    for layer in layers:
        if (result := value(layer)) is not None:
            return result
    return None


def first_layer(layers: Layers, value: Callable[[Layer], object]) -> Layer | None:
    """Return the nearest layer that has a value."""
    return next((layer for layer in layers if value(layer) is not None), None)


class LayerReader:
    """Reads brand files, and one that others extend only once."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._layers: dict[Path, Layer] = {}
        self._parents: dict[str, Path] = {}

    def layers(self, folder: Path) -> Layers:
        """Return the brand file in ``folder`` and those that it extends. Raises ``ContentError``."""
        file = folder / FILE_NAME
        # A clinic's own file is read once anyway; only a file that others extend is kept, by ``_shared``.
        return self._with_extended(self._layers.get(file) or self._read(file))

    def layers_of(self, source: YamlSource, path: Path) -> Layers:
        """Return a brand that is a part of the file ``path``, and those that it extends. Raises ``ContentError``."""
        return self._with_extended(_layer(path, source, None))

    def _with_extended(self, own: Layer) -> Layers:
        layers = [own]
        while (extends := layers[-1].handout_keys.extends) is not None:
            path = self._parent(layers[-1], extends)
            if path in [layer.path for layer in layers]:
                circle = " → ".join([*(layer.path.parent.name for layer in layers), path.parent.name])
                sentence = f"it leads in a circle: {circle}"
                raise ContentError([_extends_problem(layers[-1], sentence, "delete one of them.")])
            layers.append(self._shared(path))
        return tuple(layers)

    def _shared(self, path: Path) -> Layer:
        if path not in self._layers:
            self._layers[path] = self._read(path)
        return self._layers[path]

    def _read(self, path: Path) -> Layer:
        if not path.is_file():
            folder = Path(self._project.show(path.parent))
            near = next((name for name in _NEARLY_RIGHT_NAMES if (path.parent / name).is_file()), None)
            hint = f"rename {near} to {FILE_NAME}." if near else f"add one, or delete the folder {folder.as_posix()}."
            raise ContentError([Problem(folder / FILE_NAME, 0, 0, "The brand has no file of this name.", hint)])
        fonts = path.with_name("fonts")
        return _layer(path, self._project.read(path), fonts if fonts.is_dir() else None)

    def _parent(self, layer: Layer, extends: str) -> Path:
        """Return the brand file that ``extends`` leads to; a project's brand may extend a built-in one."""
        place = os.path.normpath(f"{layer.path.parent}/{extends}/{FILE_NAME}")
        if place not in self._parents:
            self._parents[place] = self._find(layer, extends, Path(place))
        return self._parents[place]

    def _find(self, layer: Layer, extends: str, path: Path) -> Path:
        if extends.startswith(("/", "\\")) or not self._project.contains(path):
            raise ContentError([_extends_problem(layer, "it leads out of the project", "write it like ../chain.")])
        if not path.is_file() and path.is_relative_to(self._project.root):
            path = self._project.builtin / path.relative_to(self._project.root)
        if not path.is_file():
            hint = f"name a folder with a {FILE_NAME}, like ../chain."
            raise ContentError([_extends_problem(layer, f'there is no brand in "{extends}"', hint)])
        return path


def _layer(path: Path, source: YamlSource, fonts: Path | None) -> Layer:
    keys, problems = _keys(source)
    empty = _empty_colours(keys.color, source) if keys.color else ()
    return Layer(path, source, keys, tuple(_unused(keys)), fonts, (*problems, *empty))


def _keys(source: YamlSource) -> tuple[BrandFile, tuple[Problem, ...]]:
    """Return the keys of a brand file, and its mistakes; parts without any are read on, to tell further mistakes."""
    try:
        return load_record(source, BrandFile), ()
    except ContentError as error:
        data = source.data if isinstance(source.data, dict) else {}
        parts = {key: value for key, value in data.items() if key in BrandFile.model_fields and _is_whole(key, value)}
        return BrandFile.model_validate(parts), error.problems


def _is_whole(key: str, value: object) -> bool:
    try:
        BrandFile.model_validate({key: value})
    except ValidationError:
        return False
    return True


def _extends_problem(layer: Layer, sentence: str, hint: str) -> Problem:
    return layer.problem(("defaults", "handout", "extends"), f'"extends" cannot be followed: {sentence}.', hint)


def _empty_colours(colour: ColourKeys, source: YamlSource) -> list[Problem]:
    """Return a problem for each colour that looks empty: one that begins with # and has no quotes is a comment."""
    places: list[Location] = [("color", key) for key in colour.model_fields_set if getattr(colour, key, ()) is None]
    places += [("color", "palette", key) for key, shade in colour.palette.items() if shade is None]
    hint = 'a colour that begins with # needs quotes: "#1f3a5f".'
    return [source.problem(place, f'"{place[-1]}" is empty.', hint) for place in sorted(places, key=str)]


def _unused(keys: BrandFile) -> Iterator[str]:
    for name in ("meta", "logo", "color", "typography"):
        part = getattr(keys, name)
        if part is not None:
            yield from _extras(part, name)


def _extras(part: BaseModel, name: str) -> Iterator[str]:
    """Yield the dotted names of the keys within ``part`` that were accepted but are not used."""
    for key in part.model_extra or ():
        yield f"{name}.{key}"
    unused = {ColourKeys: _UNUSED_COLOURS, TypographyKeys: _UNUSED_TYPE}.get(type(part), ())
    for key, value in vars(part).items():
        if key in unused and value is not None:
            yield f"{name}.{key.replace('_', '-')}"
        elif isinstance(value, BaseModel):
            yield from _extras(value, f"{name}.{key}")
