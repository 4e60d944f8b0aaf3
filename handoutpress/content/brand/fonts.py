"""The typefaces of a brand: the families that it names, with their files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from handoutpress.content.brand.brand import FontFamily
from handoutpress.content.brand.files import inside
from handoutpress.content.brand.keys import Font, TypeKeys
from handoutpress.content.brand.layers import Layer, Layers, first, first_layer
from handoutpress.content.brand.typefaces import (
    BUILT_IN_FAMILIES,
    DEFAULT_FAMILY,
    GENERIC_FAMILIES,
    check_font,
    damaged_fonts,
    find_family,
    font_stack,
    read_face,
)
from handoutpress.content.project import Project
from handoutpress.yamlfile.problems import Problem, split_hint
from handoutpress.yamlfile.source import Location

LINE_HEIGHTS = (1.2, 1.5)
"""What is easy to read, as a multiple of the type size (RNIB, Clear print)."""
WEIGHTS = {"base": (400, 500), "headings": (400, 900)}
"""Thin strokes break up on an office printer, and wholly bold text has nothing left to stress."""


@dataclass(frozen=True)
class _DeclaredFont:
    """An entry of ``typography.fonts``, the ``index``-th of ``layer``."""

    layer: Layer
    index: int
    font: Font


class FontReader:
    """Finds the files of a brand's families. Problems and remarks are known once ``families`` was asked for."""

    def __init__(self, layers: Layers, project: Project) -> None:
        self.problems: list[Problem] = []
        self.remarks: list[str] = []
        self._layers = layers
        self._project = project

    @cached_property
    def families(self) -> tuple[FontFamily, FontFamily]:
        """The family of the text and that of the headings, which without a word is the same."""
        base = self._family("base") or FontFamily(DEFAULT_FAMILY, self._found(DEFAULT_FAMILY))
        headings = self._family("headings") or base
        return self._set(base, "base"), self._set(headings, "headings")

    def _family(self, part: str) -> FontFamily | None:
        def family(layer: Layer) -> str | None:
            keys = _keys(layer, part)
            return keys.family if keys else None

        layer = first_layer(self._layers, family)
        names = family(layer) if layer else None
        if layer is None or names is None:
            return None
        return self._first_present(names, layer, part)

    def _first_present(self, names: str, layer: Layer, part: str) -> FontFamily:
        """Return the first family of a list, as CSS has it, that is there (CSS Fonts 4, 2.1)."""
        stack = font_stack(names)
        location = ("typography", part, "family")
        for place, name in enumerate(stack):
            family = GENERIC_FAMILIES.get(name.casefold(), name)
            declared = self._declared(family)
            files = self._listed(declared) if declared else self._whole(family, layer, location)
            if files:
                if place or family != name:
                    self.remarks.append(f'typography.{part}.family {names}: "{family}" is used, the first that is here')
                return FontFamily(family, files)
            if declared:  # its mistakes are told
                return FontFamily(family)
        self.problems.append(self._missing(stack, layer, location))
        return FontFamily(stack[0] if stack else names)

    def _set(self, family: FontFamily, part: str) -> FontFamily:
        return FontFamily(family.name, family.files, self._weight(part), self._line_height(part))

    def _found(self, name: str) -> tuple[Path, ...]:
        folders = [layer.fonts for layer in self._layers if layer.fonts]
        return find_family(name, (*folders, self._project.root / "fonts", self._project.builtin / "fonts"))

    def _whole(self, name: str, layer: Layer, location: Location) -> tuple[Path, ...]:
        """Return the files of a family; those that are damaged are noted."""
        files = self._found(name)
        for path in files:
            if self._project.builtin not in path.parents or self._project.root in path.parents:
                try:
                    check_font(path)
                except ValueError as mistake:
                    fault = split_hint(str(mistake))
                    sentence = f'{self._project.show(path)}, of the family "{name}", {fault.sentence}'
                    self.problems.append(layer.problem(location, sentence, fault.hint))
        return files

    def _missing(self, stack: Sequence[str], layer: Layer, location: Location) -> Problem:
        named = " or ".join(f'"{name}"' for name in stack) or '""'
        folder = self._project.show(layer.path.parent / "fonts")
        sentence = f"There is no font file of the family {named} in the project, and none is ever fetched."
        hint = f"put its static TTF files, the regular one at least, into fonts/ or {folder}/, or name one of ours: "
        places = [layer.fonts for layer in self._layers if layer.fonts] + [self._project.root / "fonts"]
        if damaged := [self._project.show(path) for place in places for path in damaged_fonts(place)]:
            sentence += f" {', '.join(damaged)} cannot be read as a font."
        return layer.problem(location, sentence, f"{hint}{', '.join(BUILT_IN_FAMILIES)}.")

    def _declared(self, name: str) -> _DeclaredFont | None:
        """Return the nearest entry of ``typography.fonts`` that lists files for the family ``name``."""
        for layer in self._layers:
            for index, font in enumerate(layer.typography.fonts):
                if font.source == "file" and font.family == name and font.files:
                    return _DeclaredFont(layer, index, font)
        return None

    def _listed(self, declared: _DeclaredFont) -> tuple[Path, ...]:
        files = []
        for number, file in enumerate(declared.font.files):
            try:
                files.append(self._listed_file(declared.layer, file.path, declared.font.family))
            except ValueError as mistake:
                fault = split_hint(str(mistake))
                location = ("typography", "fonts", declared.index, "files", number, "path")
                self.problems.append(
                    declared.layer.problem(location, f'The font "{file.path}" {fault.sentence}', fault.hint)
                )
        return tuple(files)

    def _listed_file(self, layer: Layer, name: str, family: str) -> Path:
        path = inside(layer.path.parent, name, self._project)
        face = read_face(path)
        check_font(path)
        if face.variable:
            raise ValueError("is a variable font. Hint: use the static files that come with it.")
        if face.family.casefold() != family.casefold():
            raise ValueError(f'holds the family "{face.family}". Hint: name that one in "family".')
        return path

    def _weight(self, part: str) -> int | None:
        brand_value = first(self._layers, lambda layer: keys.weight if (keys := _keys(layer, part)) else None)
        if brand_value is None:
            return None
        low, high = WEIGHTS[part]
        weight = min(max(brand_value, low), high)
        if weight != brand_value:
            self.remarks.append(f"typography.{part}.weight {brand_value} is hard to read in print: {weight} is used")
        return weight

    def _line_height(self, part: str) -> float | None:
        brand_value = first(self._layers, lambda layer: keys.line_height if (keys := _keys(layer, part)) else None)
        if brand_value is None or part == "headings":
            return brand_value
        low, high = LINE_HEIGHTS
        height = min(max(brand_value, low), high)
        if height != brand_value:
            self.remarks.append(
                f"typography.base.line-height {brand_value:g} is hard to read in print: {height:g} is used"
            )
        return height


def _keys(layer: Layer, part: str) -> TypeKeys | None:
    typography = layer.typography
    return typography.base if part == "base" else typography.headings
