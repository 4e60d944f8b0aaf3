"""The cascade of an SVG (CSS Cascading 4): what its styles say of each element becomes that element's attributes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import tinycss2

from handoutpress.content.brand.styles.refusal import not_drawn
from handoutpress.content.brand.styles.sheets import StyleDeclaration, StyleSheets, style_declarations
from handoutpress.content.brand.styles.values import (
    GEOMETRY,
    IN_STYLE,
    INHERITED,
    NOT_INHERITED,
    UNKNOWN_HERE,
    UnknownValueError,
    origin,
    plain_ground,
    plain_transform,
    plain_value,
)
from handoutpress.content.brand.styles.variables import Tokens, Variables, own_variables, uses_variables, with_variables

ATTRIBUTES = INHERITED.keys() | NOT_INHERITED
_MARKERS = ("marker-start", "marker-mid", "marker-end")
_MEASURED = {"svg", "rect", "circle", "ellipse", "image", "use", "path"}
"""The elements whose measures a style may give."""
_PLACED = {"transform", "transform-origin", "transform-box"}
_GROUND = {"background", "background-color"}
_FROM_ATTRIBUTE, _FROM_RULE, _FROM_STYLE = range(3)

Rank = tuple[bool, int, Any]


@dataclass(frozen=True)
class _Value:
    """What a property comes to; ``text`` None means that the element says nothing of it."""

    text: str | None
    unknown: str = ""
    line: int = 0


class StyleResolver:
    """Works out the styles of one SVG, given as lxml's root element."""

    def __init__(self, root: Any, view: tuple[float, float]) -> None:
        """``view`` is the width and height of its view box, in its units."""
        self._root = root
        self._view = view
        self._ids = {node.get("id") for node in root.iter() if node.get("id")}
        self._sheets = StyleSheets()
        self._plain: dict[tuple[str, str], _Value | None] = {}
        self.left_out: set[str] = set()

    def resolve(self) -> None:
        """Write every style as attributes, in place. Raises ``ValueError`` with a sentence and a hint."""
        styles = list(self._root.iter("{*}style"))
        for style in styles:
            if style.get("type", "text/css").strip().lower() in ("", "text/css"):
                self._sheets.add("".join(style.itertext()), style.get("media", ""), style.sourceline or 1)
        variables: dict[Any, Variables] = {}
        for element, matched in self._sheets.elements(self._root):
            ranked = sorted(_ranked(element, matched), key=lambda each: each[0])
            declarations = [declaration for _, declaration in ranked]
            own = {each.name: each.tokens for each in declarations if each.name.startswith("--")}
            inherited = variables.get(element.getparent(), {})
            variables[element] = own_variables(own, inherited) if own else inherited
            self._write(element, self._computed(declarations, variables[element]))
        for style in styles:
            if style.getparent() is not None:
                style.getparent().remove(style)

    def _computed(self, declarations: list[StyleDeclaration], variables: Variables) -> dict[str, _Value]:
        """Return what each property comes to, the winner's line with it."""
        computed: dict[str, _Value] = {}
        for declaration in declarations:
            for each in _longhands(declaration):
                value = self._value(each, variables)
                if value is not None:
                    computed[each.name] = value
        return computed

    def _value(self, declaration: StyleDeclaration, variables: Variables) -> _Value | None:
        """Return what a declaration says, or None for one that a browser passes over."""
        name, tokens = declaration.name, declaration.tokens
        if name.startswith("animation") and declaration.text != "none":
            self.left_out.add("animation")
        if name not in ATTRIBUTES | GEOMETRY | IN_STYLE | UNKNOWN_HERE | _PLACED | _GROUND:
            return None
        if uses_variables(tokens):
            replaced = with_variables(tokens, variables)
            if replaced is None:
                return _Value(None)
            # What does not come to a value counts as if nothing were said (CSS Custom Properties 1, 3).
            return self._read(replace(declaration, tokens=replaced, text=tinycss2.serialize(replaced))) or _Value(None)
        return self._read(declaration)

    def _read(self, declaration: StyleDeclaration) -> _Value | None:
        key = declaration.name, declaration.text
        if key not in self._plain:
            self._plain[key] = self._plain_value(declaration)
        return self._plain[key]

    def _plain_value(self, declaration: StyleDeclaration) -> _Value | None:
        name, tokens, line = declaration.name, declaration.tokens, declaration.line
        try:
            if name == "transform":
                text = plain_transform(tokens)
            elif name in ("transform-origin", "transform-box"):
                text = declaration.text
            elif name in _GROUND:
                text = plain_ground(tokens)
            else:
                text = plain_value(name, tokens, self._ids)
        except UnknownValueError as error:
            return _Value(None, str(error), line)
        return None if text is None else _Value(_settled(name, text), line=line)

    def _write(self, element: Any, computed: Mapping[str, _Value]) -> None:
        for name, value in computed.items():
            if value.unknown and (name not in _GROUND or element is self._root):
                raise not_drawn(value.unknown, value.line)
        for name in ATTRIBUTES & (computed.keys() | set(element.keys())):
            _set(element, name, computed[name].text if name in computed else None)
        measured = _local(element) in _MEASURED
        for name in GEOMETRY & computed.keys():
            if measured and computed[name].text not in (None, "auto"):
                element.set(name, computed[name].text)
        self._place(element, computed)
        kept = [f"{name}: {computed[name].text}" for name in sorted(IN_STYLE & computed.keys()) if computed[name].text]
        _set(element, "style", "; ".join(kept) or None)
        _set(element, "class", None)
        if element is self._root:
            self._lay_ground(computed)

    def _place(self, element: Any, computed: Mapping[str, _Value]) -> None:
        """Write where an element is moved to, from the origin that its style names."""
        if "transform" in computed:
            _set(element, "transform", computed["transform"].text or None)
        moved, about = element.get("transform"), computed.get("transform-origin")
        box = computed.get("transform-box")
        _set(element, "transform-origin", None)
        if not moved:
            return
        if box and box.text and box.text.lower() != "view-box":
            raise not_drawn(f'"transform-box: {box.text}"', box.line)
        if about and about.text:
            try:
                x, y = origin(tinycss2.parse_component_value_list(about.text), *self._view)
            except UnknownValueError as error:
                raise not_drawn(str(error), about.line) from None
            element.set("transform", f"translate({x:g} {y:g}) {moved} translate({-x:g} {-y:g})")

    def _lay_ground(self, computed: Mapping[str, _Value]) -> None:
        """Draw the root's background, which browsers lay behind the whole picture, as a shape."""
        grounds = [value.text for name in _GROUND if (value := computed.get(name)) and value.text]
        if grounds and grounds[0] not in ("none", "currentColor"):
            ground = self._root.makeelement(f"{{{_namespace(self._root)}}}rect")
            left, top, width, height = self._root.get("viewBox", "").replace(",", " ").split()
            for name, value in zip(
                ("x", "y", "width", "height", "fill"), (left, top, width, height, grounds[0]), strict=True
            ):
                ground.set(name, value)
            self._root.insert(0, ground)


def _ranked(element: Any, matched: list[Any]) -> Iterator[tuple[Rank, StyleDeclaration]]:
    """Yield all that is declared for an element, with how much it weighs: its attributes least."""
    line = element.sourceline or 1
    for name, text in element.items():
        if name in ATTRIBUTES or name in _PLACED - {"transform"}:
            yield (False, _FROM_ATTRIBUTE, ()), StyleDeclaration(name, text, _tokens(text), False, line)
    for rule in matched:
        for each in rule.declarations:
            yield (each.important, _FROM_RULE, rule.rank), each
    for each in style_declarations(element.get("style", ""), line):
        yield (each.important, _FROM_STYLE, ()), each


@lru_cache(maxsize=4096)
def _tokens(text: str) -> Tokens:
    return tuple(tinycss2.parse_component_value_list(text))


def _longhands(declaration: StyleDeclaration) -> Iterator[StyleDeclaration]:
    name = declaration.name.removeprefix("-webkit-")
    for each in _MARKERS if name == "marker" else (name,):
        yield declaration if each == declaration.name else replace(declaration, name=each)


def _settled(name: str, text: str) -> str | None:
    """Return a value without the words that stand for others: ``initial``, ``inherit``, ``unset``."""
    word = text.lower()
    if word == "initial":
        return INHERITED.get(name)
    if word in ("unset", "revert", "revert-layer") or (word == "inherit" and name in INHERITED):
        return None
    return text


def _set(element: Any, name: str, value: str | None) -> None:
    if value is not None:
        element.set(name, value)
    elif name in element.attrib:
        del element.attrib[name]


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _namespace(element: Any) -> str:
    return str(element.tag).rpartition("}")[0].removeprefix("{")
