"""The engine's pace: what it works out again although it is known, mended so that no byte of a page changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from handoutpress.press.layout.pace.backgrounds import lay_when_drawn
from handoutpress.press.layout.pace.cycles import leave_no_cycles
from handoutpress.press.layout.pace.drawings import leave_plain, remember_outlines
from handoutpress.press.layout.pace.flow import ask_once
from handoutpress.press.layout.pace.formulas import find_formulas_quickly
from handoutpress.press.layout.pace.lengths import resolve_quickly
from handoutpress.press.layout.pace.lines import remember_lines
from handoutpress.press.layout.pace.pseudo_elements import style_when_asked
from handoutpress.press.layout.pace.runs import keep_patterns
from handoutpress.press.layout.pace.styles import fill_styles
from handoutpress.press.layout.pace.trees import keep_trees

RESOLVERS = ("absolute", "block", "column", "float", "grid", "inline", "page", "table")
"""The engine's modules of layouts that resolve the lengths of boxes by themselves."""


def keep_pace(module: Callable[[str], Any]) -> None:
    """Mend the engine's pace; ``module`` gives its modules by their names."""
    engine = module("weasyprint")
    keep_patterns(module("tinyhtml5.inputstream"))
    keep_trees(engine.HTML, engine.cssselect2.Matcher)
    css, properties = module("weasyprint.css"), module("weasyprint.css.properties")
    layout, percent = module("weasyprint.layout"), module("weasyprint.layout.percent")
    find_formulas_quickly(module("weasyprint.css.functions"), (css, percent), properties.Dimension)
    fill_styles(css, module("weasyprint.css.computed_values"), properties)
    style_when_asked(css)
    boxes = module("weasyprint.formatting_structure.boxes")
    ask_once(boxes)
    resolvers = [module(f"weasyprint.layout.{name}") for name in RESOLVERS]
    resolve_quickly(percent, boxes, properties.Dimension, resolvers)
    remember_lines(module("weasyprint.text.line_break"), layout.inline, layout.preferred)
    remember_outlines(module("weasyprint.svg"))
    lay_when_drawn(layout, module("weasyprint.document"))
    leave_plain(module("weasyprint.document"))
    leave_no_cycles(module)
