"""Handout Press: patient handouts from YAML, typeset once and branded many times. docs/python.md tells of these names.

They are loaded when they are first used, so that a command loads only what it needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handoutpress.app.build import build
    from handoutpress.app.build_settings import BuildSettings
    from handoutpress.app.check import check
    from handoutpress.app.compare import compare
    from handoutpress.app.printing import print_handout
    from handoutpress.app.project import open_catalog, open_project
    from handoutpress.app.proof import prove
    from handoutpress.content.edition_filter import EditionFilter
    from handoutpress.content.own_files import trust_files
    from handoutpress.yamlfile.problems import HandoutError

__version__ = "0.1.0"

__all__ = [
    "BuildSettings",
    "EditionFilter",
    "HandoutError",
    "build",
    "check",
    "compare",
    "open_catalog",
    "open_project",
    "print_handout",
    "prove",
    "trust_files",
]

_MODULES = {
    "BuildSettings": "app.build_settings",
    "EditionFilter": "content.edition_filter",
    "HandoutError": "yamlfile.problems",
    "build": "app.build",
    "check": "app.check",
    "compare": "app.compare",
    "open_catalog": "app.project",
    "open_project": "app.project",
    "print_handout": "app.printing",
    "prove": "app.proof",
    "trust_files": "content.own_files",
}


def __getattr__(name: str) -> object:
    """Load a public name from its module. Raises ``AttributeError`` for any other."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
