"""The logo of a brand: of all that its files name, the one that is printed."""

from __future__ import annotations

from collections.abc import Iterator

from handoutpress.content.brandfonts import inside
from handoutpress.content.brands import Logo
from handoutpress.content.layers import Layer, Layers, first_layer
from handoutpress.content.logos import read_picture
from handoutpress.content.lookkeys import LogoFile, LogoKeys, LogoShades
from handoutpress.content.problems import ContentError, Problem
from handoutpress.content.project import Project


def brand_logo(layers: Layers, project: Project) -> tuple[Logo | None, list[str]]:
    """Return the logo for print, with ``alt`` empty where no file gives it words, and remarks.

    Raises ``ContentError``.
    """
    layer = first_layer(layers, lambda layer: layer.keys.logo)
    if layer is None or layer.keys.logo is None:
        return None, []
    chosen = next(_by_size(layer.keys.logo), None)
    if chosen is None:
        return None, []
    file = _named_image(layer.keys.logo, chosen)
    try:
        path = inside(layer, file.path, project)
        picture = read_picture(path)
    except ValueError as mistake:
        raise ContentError([_problem(layer, chosen, file, str(mistake))]) from None
    remarks = [f'the logo "{file.path}" has {remark}' for remark in picture.remarks]
    return Logo(path, file.alt or "", picture.width, picture.height), remarks


def _by_size(keys: LogoKeys) -> Iterator[LogoFile]:
    """Yield the pictures, the best for print first: the largest, in its variant for light grounds."""
    sizes = [size for size in (keys.large, keys.medium, keys.small) if size is not None]
    for variant in ("light", "dark"):
        yield from (file for size in sizes if (file := _variant(size, variant)))
    yield from keys.images.values()


def _variant(size: LogoShades, variant: str) -> LogoFile | None:
    return size.light if variant == "light" else size.dark


def _named_image(keys: LogoKeys, chosen: LogoFile) -> LogoFile:
    """A size may name one of ``images`` where a path would stand."""
    image = keys.images.get(chosen.path)
    return image.model_copy(update={"alt": chosen.alt or image.alt}) if image else chosen


def _problem(layer: Layer, chosen: LogoFile, file: LogoFile, mistake: str) -> Problem:
    """Return the problem at the place where the picture's path is written."""
    sentence, _, hint = mistake.partition(" Hint: ")
    texts = layer.source.root.at(("logo",)).texts(("logo",))
    wanted = {chosen.path, file.path}
    locations = [location for location, node in texts if str(node.value).strip() in wanted]
    location = locations[-1] if locations else ("logo",)
    return layer.problem(location, f'The logo "{file.path}" {sentence}', hint)
