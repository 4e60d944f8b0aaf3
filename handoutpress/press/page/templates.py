"""Templates to HTML, and which template and stylesheet make which page.

The only place that imports Jinja2: sandboxed, all escaped, no template named at run time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, TemplateNotFound, meta
from jinja2 import TemplateError as JinjaError
from jinja2.sandbox import SandboxedEnvironment

from handoutpress.content.models.formats import Format
from handoutpress.store.digests import bytes_digest
from handoutpress.yamlfile.problems import HandoutError

SCREEN_TEMPLATE = "screen.html.j2"
SCREEN_STYLE = "styles/screen.css"
COVER_PAGE_TEMPLATE = "slip.html.j2"
COVER_PAGE_STYLE = "styles/slip.css"
ART_TEMPLATE = "art.html.j2"
ART_STYLE = "styles/art.css"


def template_name(format_: Format) -> str:
    """Return the template that sets a format's pages."""
    return f"{format_.style}.html.j2"


def style_names(format_: Format) -> tuple[str, ...]:
    """Return the stylesheets of a format's pages, in the order that they are read."""
    names = (format_.base_style, format_.style) if format_.base_style else (format_.style,)
    return tuple(f"styles/{name}.css" for name in names)


class TemplateError(HandoutError):
    """A template that cannot be used as it is."""


class _Loader(BaseLoader):
    """A loader of templates from one mapping of names to files, so that a project's own win over the built-in ones."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self.files = files

    def get_source(self, environment: Any, template: str) -> tuple[str, str, Any]:
        if template not in self.files:
            raise TemplateNotFound(template)
        path = self.files[template]
        return path.read_text("utf-8"), str(path), lambda: True


class Templates:
    """The templates of a project, by name."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._digests: dict[str, str] = {}
        self._files = files

    @cached_property
    def _environment(self) -> SandboxedEnvironment:
        # A project brings templates of its own: they may fill in words and run nothing.
        return SandboxedEnvironment(
            loader=_Loader(self._files),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def render(self, name: str, values: Mapping[str, Any]) -> str:
        """Return the template ``name`` filled with ``values``; raises ``TemplateError`` where it asks for more."""
        try:
            return self._environment.get_template(name).render(values)
        except JinjaError as error:
            raise TemplateError(f"templates/{name}: {error}") from error

    def closure(self, name: str) -> tuple[str, ...]:
        """Return the names of ``name`` and of every template that it reaches, sorted."""
        # Jinja2's loader reports a template once an environment, so what a page loads does not tell.
        reached: set[str] = set()
        waiting = [name]
        while waiting:
            current = waiting.pop()
            if current not in reached:
                reached.add(current)
                waiting.extend(self._references(current))
        return tuple(sorted(reached))

    def _references(self, name: str) -> Iterable[str]:
        if name not in self._files:
            raise TemplateError(f"templates/{name} is missing.")
        tree = self._environment.parse(self._files[name].read_text("utf-8"))
        for reference in meta.find_referenced_templates(tree):
            if reference is None:
                raise TemplateError(f"templates/{name} names another template at run time. Hint: write its name out.")
            yield reference

    def digest(self, name: str) -> str:
        """Return the SHA-256 of the template and all that it reaches."""
        if name not in self._digests:
            parts = b"".join(self._files[part].read_bytes() for part in self.closure(name))
            self._digests[name] = bytes_digest(parts)
        return self._digests[name]
