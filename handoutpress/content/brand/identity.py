"""A brand's visual identity: what clinics of one chain share of their looks, worked out once for all of them."""

from __future__ import annotations

from dataclasses import dataclass

from handoutpress.content.brand.brand import Colours, FontFamily
from handoutpress.content.brand.fonts import FontReader
from handoutpress.content.brand.layers import Layers
from handoutpress.content.brand.logos import ChosenLogo, brand_logo
from handoutpress.content.brand.palette import brand_colours
from handoutpress.content.project import Project
from handoutpress.yamlfile.problems import ContentError, Problem


@dataclass(frozen=True)
class VisualIdentity:
    """Colours, typefaces and logo, with what was changed and what is wrong."""

    colours: Colours
    base_font: FontFamily
    heading_font: FontFamily
    logo: ChosenLogo
    remarks: tuple[str, ...]
    problems: tuple[Problem, ...]


class IdentityReader:
    """Works out visual identities; brands that say the same of their colours or typefaces share the work."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._identities: dict[Layers, VisualIdentity] = {}
        self._colours: dict[Layers, tuple[Colours, tuple[str, ...], list[Problem]]] = {}
        self._fonts: dict[Layers, FontReader] = {}

    def identity(self, layers: Layers) -> VisualIdentity:
        """Return the identity that ``layers`` make together. Mistakes are in it: nothing is raised."""
        # Clinics without a look of their own share the key of the chain's file, and so its identity.
        shaping = tuple(layer for layer in layers if layer.has_identity) or layers[-1:]
        if shaping not in self._identities:
            self._identities[shaping] = self._work_out(shaping)
        return self._identities[shaping]

    def _work_out(self, layers: Layers) -> VisualIdentity:
        colours, remarks, problems = self._coloured(layers)
        fonts = self._font_reader(layers)
        base_font, heading_font = fonts.families
        logo, logo_problems = self._logo(layers, colours)
        return VisualIdentity(
            colours=colours,
            base_font=base_font,
            heading_font=heading_font,
            logo=logo,
            remarks=(*remarks, *fonts.remarks),
            problems=(*problems, *fonts.problems, *logo_problems),
        )

    def _coloured(self, layers: Layers) -> tuple[Colours, tuple[str, ...], list[Problem]]:
        key = tuple(layer for layer in layers if layer.keys.color or layer.keys.typography)
        if key not in self._colours:
            self._colours[key] = brand_colours(key)
        return self._colours[key]

    def _font_reader(self, layers: Layers) -> FontReader:
        key = tuple(layer for layer in layers if layer.keys.typography or layer.fonts) or layers[-1:]
        if key not in self._fonts:
            self._fonts[key] = FontReader(key, self._project)
        return self._fonts[key]

    def _logo(self, layers: Layers, colours: Colours) -> tuple[ChosenLogo, tuple[Problem, ...]]:
        try:
            return brand_logo(layers, colours, self._project), ()
        except ContentError as error:
            return ChosenLogo(), error.problems
