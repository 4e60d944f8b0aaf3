"""The colours that a brand's files name, names followed to their colours, as the colour roles of a page."""

from __future__ import annotations

from dataclasses import dataclass, field

from handoutpress.content.brand.brand import Colours
from handoutpress.content.brand.colours import colour_roles, read_colour
from handoutpress.content.brand.keys import ColourKeys, Shades
from handoutpress.content.brand.layers import Layer, Layers, first
from handoutpress.yamlfile.nearest import nearest
from handoutpress.yamlfile.problems import Problem
from handoutpress.yamlfile.source import Location

DEFAULT_PRIMARY = "#2f4858"
"""A quiet slate for a brand that names no colour: 9.6:1 on white."""
_KEYS = tuple(name for name in ColourKeys.model_fields if name != "palette")


@dataclass(frozen=True)
class _PaletteEntry:
    """A colour as a file writes it, and where."""

    text: str
    layer: Layer
    location: Location


class _CircleError(Exception):
    """Colour names that lead to each other, and never to a colour."""

    def __init__(self, circle: tuple[str, ...]) -> None:
        super().__init__(f"The colour names lead in a circle: {' → '.join((*circle, circle[0]))}.")
        self.names = frozenset(circle)


@dataclass
class _Palette:
    """Every named colour of a brand; a palette's name comes before the standard's of the same word."""

    entries: dict[Location, _PaletteEntry]
    problems: list[Problem] = field(default_factory=list)
    circles: set[frozenset[str]] = field(default_factory=set)

    def colour(self, entry: _PaletteEntry | None) -> str | None:
        """Return the colour of ``entry`` as ``#rrggbb``; None if there is none, or if it is a mistake, then noted."""
        if entry is None:
            return None
        try:
            return self._follow(entry.text, ())
        except _CircleError as circle:
            if circle.names not in self.circles:
                self.circles.add(circle.names)
                hint = "give one of them a colour."
                self.problems.append(entry.layer.problem(entry.location, str(circle), hint))
            return None
        except ValueError as mistake:
            if self._named(entry.text):
                return None  # the mistake is reported where that name gets its colour
            near = nearest(entry.text, self._palette_names())
            hint = f'did you mean "{near}"?' if near else 'write it like "#1f3a5f", or name one of color.palette.'
            self.problems.append(entry.layer.problem(entry.location, str(mistake), hint))
            return None

    def _named(self, name: str) -> _PaletteEntry | None:
        return self.entries.get(("color", "palette", name)) or self.entries.get(("color", name))

    def _palette_names(self) -> list[str]:
        return [str(location[-1]) for location in self.entries if location[1] == "palette"]

    def _follow(self, text: str, trail: tuple[str, ...]) -> str:
        entry = self._named(text)
        if entry is None:
            return read_colour(text)
        if text in trail:
            raise _CircleError(trail[trail.index(text) :])
        return self._follow(entry.text, (*trail, text))


def brand_colours(layers: Layers) -> tuple[Colours, tuple[str, ...], list[Problem]]:
    """Return the colour roles, remarks on colours that had to change, and every mistake in the colours."""
    palette = _Palette({entry.location: entry for entry in _named(layers)})
    named = {location: palette.colour(entry) for location, entry in palette.entries.items()}
    role = {name: named.get(("color", name)) for name in _KEYS}
    heading = palette.colour(_typed(layers, "headings"))
    link = palette.colour(_typed(layers, "link")) or role["link"]
    colours, remarks = colour_roles(
        role["primary"] or DEFAULT_PRIMARY, role["secondary"] or role["tertiary"], link, role["light"], heading
    )
    return colours, remarks, list(dict.fromkeys(palette.problems))


def _named(layers: Layers) -> list[_PaletteEntry]:
    """Return every named colour, the farthest layer's first, so that a nearer one takes its place."""
    entries: list[_PaletteEntry] = []
    for layer in reversed(layers):
        keys = layer.colour
        named: dict[Location, Shades | None] = {
            ("color", "palette", name): shades for name, shades in keys.palette.items()
        }
        named |= {("color", name): getattr(keys, name) for name in _KEYS}
        entries += [_PaletteEntry(shades.light, layer, location) for location, shades in named.items() if shades]
    return entries


def _typed(layers: Layers, part: str) -> _PaletteEntry | None:
    """Return the colour that ``typography.headings`` or ``typography.link`` names."""

    def entry(layer: Layer) -> _PaletteEntry | None:
        keys = getattr(layer.typography, part)
        if keys is None or keys.color is None:
            return None
        return _PaletteEntry(keys.color.light, layer, ("typography", part, "color"))

    return first(layers, entry)
