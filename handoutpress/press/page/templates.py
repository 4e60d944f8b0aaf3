"""Templates to HTML, and which template and stylesheet make which page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

from handoutpress.content.models.formats import Format
from handoutpress.content.project import Project
from handoutpress.press.page.sandbox import Sandbox
from handoutpress.press.page.template_budget import TemplateLimits
from handoutpress.store.digests import bytes_digest

SCREEN_TEMPLATE = "screen.html.j2"
BODY_TEMPLATE = "body.html.j2"
SCREEN_STYLE = "styles/screen.css"
COVER_PAGE_TEMPLATE = "slip.html.j2"
COVER_PAGE_STYLE = "styles/slip.css"
ART_TEMPLATE = "art.html.j2"
ART_STYLE = "styles/art.css"


def template_name(format_: Format) -> str:
    """Return the template that sets a format's pages."""
    return f"{format_.style}.html.j2"


SHARED_STYLES = ("painted", "ladder", "blocks", "figures")
"""The stylesheets of what looks paint, of the ladder, blocks and figures of risk, which all formats share."""


def style_names(format_: Format) -> tuple[str, ...]:
    """Return the stylesheets of a format's pages, in the order that they are read."""
    names = filter(None, (format_.base_style, *SHARED_STYLES, format_.style))
    return tuple(f"styles/{name}.css" for name in names)


def look_name(look: str) -> str:
    """Return the stylesheet of a look, which is read after those of the format."""
    return f"looks/{look}/look.css"


def template_files(project: Project) -> dict[str, Path]:
    """Return the files of a project's templates by name, those of pages of its site aside."""
    return {path.name: path for path in project.files("templates", "*.j2").values()}


class Templates:
    """The templates of a project, by name."""

    _known: ClassVar[dict[tuple[str, bytes], tuple[str, ...]]] = {}
    """What each template reads, for every press of a process: parsing them all takes 70 ms."""

    def __init__(self, files: Mapping[str, Path], limits: TemplateLimits | None = None) -> None:
        """Read ``files`` by name; a page takes at most what ``limits`` say."""
        self._digests: dict[str, str] = {}
        self._files = files
        self._limits = limits or TemplateLimits()

    @cached_property
    def _sandbox(self) -> Sandbox:
        return Sandbox(self._files, self._limits)

    def render(
        self, name: str, values: Mapping[str, Any], functions: Mapping[str, Callable[..., Any]] | None = None
    ) -> str:
        """Return the template ``name`` filled with ``values`` and the ``functions`` that it may call.

        Raises ``TemplateError`` with the template's line where it asks for more.
        """
        return self._sandbox.render(name, values, functions or {})

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
        """Return the names of the templates that a template reads. Raises ``TemplateError``."""
        if name not in self._files:
            return self._sandbox.references(name)  # which tells that it is missing
        read = name, self._files[name].read_bytes()
        if read not in self._known:
            self._known[read] = tuple(self._sandbox.references(name))
        return self._known[read]

    def digest(self, name: str) -> str:
        """Return the SHA-256 of the template and all that it reaches."""
        if name not in self._digests:
            parts = b"".join(self._files[part].read_bytes() for part in self.closure(name))
            self._digests[name] = bytes_digest(parts)
        return self._digests[name]
