"""How a brand looks: everything that clinics of one chain share, worked out once for all of them."""

from __future__ import annotations

from dataclasses import dataclass

from handoutpress.content.brandfonts import FontReader
from handoutpress.content.brandlogos import brand_logo
from handoutpress.content.brands import Colours, FontFamily, Logo
from handoutpress.content.layers import Layers
from handoutpress.content.palettes import brand_colours
from handoutpress.content.problems import ContentError, Problem
from handoutpress.content.project import Project


@dataclass(frozen=True)
class Look:
    """Colours, typefaces and logo, with what was changed and what is wrong."""

    colours: Colours
    base_font: FontFamily
    heading_font: FontFamily
    logo: Logo | None
    remarks: tuple[str, ...]
    problems: tuple[Problem, ...]


def brand_look(layers: Layers, project: Project) -> Look:
    """Return the look that ``layers`` make together. Mistakes are in it: nothing is raised."""
    colours, remarks, problems = brand_colours(layers)
    fonts = FontReader(layers, project)
    base_font, heading_font = fonts.families()
    remarks += tuple(fonts.remarks)
    problems += fonts.problems
    logo = None
    try:
        logo, found = brand_logo(layers, project)
        remarks += tuple(found)
    except ContentError as error:
        problems += error.problems
    return Look(colours, base_font, heading_font, logo, remarks, tuple(problems))
