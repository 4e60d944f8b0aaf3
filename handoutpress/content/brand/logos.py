"""A brand's logo: which of its pictures is printed, and on which ground it is seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from handoutpress.content.brand.brand import Colours, Logo
from handoutpress.content.brand.colours import WHITE
from handoutpress.content.brand.files import inside
from handoutpress.content.brand.keys import LogoFile, LogoKeys, LogoShades
from handoutpress.content.brand.layers import Layer, Layers, first_layer
from handoutpress.content.brand.logo_files import drawn_picture, read_picture
from handoutpress.content.brand.visibility import LOST_SHARE, Visibility, brings_own_ground, visibility
from handoutpress.content.project import Project
from handoutpress.store.files import FileStamp, stamp_of
from handoutpress.yamlfile.problems import ContentError, Problem, split_hint

PADDING = 0.12
"""How far a ground reaches beyond a logo, as a share of its shorter side."""


@dataclass(frozen=True)
class ChosenLogo:
    """The logo for print, with ``alt`` empty where no file gives it words; None where there is none that is seen.

    ``unseen`` is the file that cannot be seen then. ``files`` are all that were looked at.
    """

    logo: Logo | None = None
    remarks: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()
    unseen: Path | None = None


@dataclass(frozen=True)
class _Candidate:
    """A picture that a brand names: the name as written, and the logo on paper."""

    name: str
    logo: Logo
    remarks: tuple[str, ...]


def brand_logo(layers: Layers, colours: Colours, project: Project) -> ChosenLogo:
    """Return the logo for print: the first of the brand's pictures that is seen on paper, else on a colour of its.

    Raises ``ContentError`` where one that has to be looked at is wrong.
    """
    layer = first_layer(layers, lambda layer: layer.keys.logo)
    if layer is None or layer.keys.logo is None:
        return ChosenLogo()
    keys = layer.keys.logo
    looked_at: list[_Candidate] = []
    for chosen in dict.fromkeys(_by_size(keys)):
        candidate = _candidate(layer, chosen, project)
        looked_at.append(candidate)
        if _seen(candidate.logo.path, WHITE).is_seen:
            return _on_paper(candidate, looked_at)
    return _on_ground(looked_at, colours) if looked_at else ChosenLogo()


def _candidate(layer: Layer, chosen: LogoFile, project: Project) -> _Candidate:
    file = _named_image(layer, chosen)
    try:
        path = inside(layer.path.parent, file.path, project)
        picture = read_picture(path)
    except ValueError as mistake:
        raise ContentError([_problem(layer, chosen, file, str(mistake))]) from None
    remarks = tuple(f'the logo "{file.path}" has {remark}' for remark in picture.remarks)
    return _Candidate(
        file.path, Logo(path, file.alt or "", picture.width, picture.height, pixels=picture.pixels), remarks
    )


def _seen(path: Path, ground: str) -> Visibility:
    return _measured(path, stamp_of(path), ground)


@lru_cache(maxsize=4096)
def _measured(path: Path, _stamp: FileStamp, ground: str) -> Visibility:
    return visibility(drawn_picture(path), ground)


def _on_paper(candidate: _Candidate, looked_at: list[_Candidate]) -> ChosenLogo:
    remarks = [f'{_unseen_on_paper(other)}: "{candidate.name}" is printed' for other in looked_at[:-1]]
    seen = _seen(candidate.logo.path, WHITE)
    if not seen.is_clear:
        remarks.append(f'the logo "{candidate.name}" is pale on paper ({seen.contrast:.1f}:1): darker is easier to see')
    return ChosenLogo(candidate.logo, (*remarks, *candidate.remarks), _files(looked_at))


def _on_ground(looked_at: list[_Candidate], colours: Colours) -> ChosenLogo:
    grounds = {colours.primary_text: "the colour of its headings", colours.primary: "the primary colour"}
    for candidate in looked_at:
        logo = candidate.logo
        if brings_own_ground(drawn_picture(logo.path)):
            continue
        for ground, name in reversed(grounds.items()):
            if _seen(logo.path, ground).is_clear:
                remark = f"{_unseen_on_paper(candidate)}: it is printed on {ground}, {name}"
                return ChosenLogo(_padded(logo, ground), (remark, *candidate.remarks), _files(looked_at))
    remark = f"{_unseen_on_paper(looked_at[0])}, nor on a colour of the brand: the name is printed instead"
    return ChosenLogo(remarks=(remark,), files=_files(looked_at), unseen=looked_at[0].logo.path)


def _padded(logo: Logo, ground: str) -> Logo:
    padding = PADDING * min(logo.width, logo.height)
    return replace(
        logo, width=logo.width + 2 * padding, height=logo.height + 2 * padding, ground=ground, padding=padding
    )


def _unseen_on_paper(candidate: _Candidate) -> str:
    seen = _seen(candidate.logo.path, WHITE)
    if LOST_SHARE < seen.lost < 0.995:
        return f'{seen.lost:.0%} of the logo "{candidate.name}" cannot be seen on white paper'
    return f'the logo "{candidate.name}" cannot be seen on white paper ({seen.contrast:.1f}:1)'


def _files(looked_at: list[_Candidate]) -> tuple[Path, ...]:
    return tuple(candidate.logo.path for candidate in looked_at)


def _by_size(keys: LogoKeys) -> Iterator[LogoFile]:
    """Yield the pictures, the best for print first: the largest, in its variant for light grounds."""
    sizes = [size for size in (keys.large, keys.medium, keys.small) if size is not None]
    for variant in ("light", "dark"):
        yield from (file for size in sizes if (file := _variant(size, variant)))
    yield from keys.images.values()


def _variant(size: LogoShades, variant: str) -> LogoFile | None:
    return size.light if variant == "light" else size.dark


def _named_image(layer: Layer, chosen: LogoFile) -> LogoFile:
    """Return the one of ``images`` that a size names where a path would stand, else ``chosen`` itself."""
    image = layer.keys.logo.images.get(chosen.path) if layer.keys.logo else None
    return image.model_copy(update={"alt": chosen.alt or image.alt}) if image else chosen


def _problem(layer: Layer, chosen: LogoFile, file: LogoFile, mistake: str) -> Problem:
    """Return the problem at the place where the picture's path is written."""
    fault = split_hint(mistake)
    texts = layer.source.root.at(("logo",)).texts(("logo",))
    paths = {chosen.path, file.path}
    locations = [location for location, node in texts if str(node.value).strip() in paths]
    location = locations[-1] if locations else ("logo",)
    return layer.problem(location, f'The logo "{file.path}" {fault.sentence}', fault.hint)
