"""The pictograms that a handout sets before the entries of its lists, and the picture of its covers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from handoutpress.content.models.handouts import NO_ICON, Handout, Passage
from handoutpress.content.pictures.role_svg import RoleSvg, read_roles
from handoutpress.content.project import Project
from handoutpress.store.digests import bytes_digest
from handoutpress.yamlfile.nearest import nearest
from handoutpress.yamlfile.problems import Problem, split_hint
from handoutpress.yamlfile.source import Location, YamlSource

FOLDER = "icons"
COVERS = ("pictures", "covers/{slug}.svg")
"""The folder of a handout's picture for covers, and its name there, the same in every language."""


@dataclass(frozen=True)
class Icon:
    """A pictogram: its file, the digest of it, and its drawing in colour roles."""

    path: Path
    digest: str
    drawing: RoleSvg


@dataclass(frozen=True)
class ReadIcons:
    """The pictograms of a handout by name, and what is wrong with others."""

    icons: Mapping[str, Icon]
    problems: tuple[Problem, ...]


def icons_of(handout: Handout) -> Iterator[tuple[Location, str]]:
    """Yield each pictogram that a handout names, with its place."""
    for name, value in handout:
        if isinstance(value, Passage):
            for number, icon in enumerate(value.icons):
                if icon != NO_ICON:
                    yield (name, "icons", number), icon


class IconLibrary:
    """The pictograms that a project's handouts may name; each is read once, when a handout names it."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._read: dict[Path, Icon | ValueError] = {}

    @cached_property
    def _files(self) -> Mapping[str, Path]:
        return self._project.files(FOLDER, "*.svg")

    def icons(self, source: YamlSource, handout: Handout) -> ReadIcons:
        """Return the pictograms that the handout in ``source`` names."""
        icons: dict[str, Icon] = {}
        problems: list[Problem] = []
        for place, name in icons_of(handout):
            if name not in self._files:
                near = nearest(name, self._files)
                hint = f'did you mean "{near}"?' if near else "docs/content.md shows all there are."
                problems.append(source.problem(source.written_at(place), f'There is no pictogram "{name}".', hint))
            elif name not in icons:
                icon = self._icon(self._files[name])
                if isinstance(icon, Icon):
                    icons[name] = icon
                else:
                    fault = split_hint(str(icon))
                    sentence = f'The pictogram "{name}" {fault.sentence}'
                    problems.append(source.problem(source.written_at(place), sentence, fault.hint))
        return ReadIcons(icons, tuple(problems))

    def cover(self, slug: str) -> Icon | Problem | None:
        """Return the picture of a handout's covers, if there is one, or what is wrong with it."""
        folder, name = COVERS
        path = next(iter(self._project.files(folder, name.format(slug=slug)).values()), None)
        if path is None:
            return None
        cover = self._icon(path)
        if isinstance(cover, Icon):
            return cover
        fault = split_hint(str(cover))
        return Problem(Path(self._project.show(path)), 0, 0, f"This picture {fault.sentence}", fault.hint)

    def _icon(self, path: Path) -> Icon | ValueError:
        """Return a pictogram or a picture of covers, or what is wrong with it."""
        if path not in self._read:
            raw = path.read_bytes()
            try:
                self._read[path] = Icon(path, bytes_digest(raw), read_roles(raw))
            except ValueError as mistake:
                self._read[path] = mistake
        return self._read[path]
