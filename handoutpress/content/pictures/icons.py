"""The pictograms that a handout sets before the entries of its lists, each from the folder ``icons``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from handoutpress.content.models.handouts import NO_ICON, Handout, Passage
from handoutpress.content.pictures.role_svg import RoleSvg, read_roles
from handoutpress.content.project import Project
from handoutpress.store.digests import bytes_digest
from handoutpress.yamlfile.nearest import nearest
from handoutpress.yamlfile.problems import Problem, split_hint
from handoutpress.yamlfile.source import Location, YamlSource

FOLDER = "icons"


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


def read_icons(project: Project, source: YamlSource, handout: Handout) -> ReadIcons:
    """Return the pictograms that the handout in ``source`` names."""
    named = list(icons_of(handout))
    files = project.files(FOLDER, "*.svg") if named else {}
    icons: dict[str, Icon] = {}
    problems: list[Problem] = []
    for place, name in named:
        if name not in files:
            near = nearest(name, files)
            hint = f'did you mean "{near}"?' if near else "docs/content.md shows all there are."
            problems.append(source.problem(source.written_at(place), f'There is no pictogram "{name}".', hint))
        elif name not in icons:
            try:
                icons[name] = _icon(files[name])
            except ValueError as mistake:
                fault = split_hint(str(mistake))
                sentence = f'The pictogram "{name}" {fault.sentence}'
                problems.append(source.problem(source.written_at(place), sentence, fault.hint))
    return ReadIcons(icons, tuple(problems))


def _icon(path: Path) -> Icon:
    raw = path.read_bytes()
    return Icon(path, bytes_digest(raw), read_roles(raw))
