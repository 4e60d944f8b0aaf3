"""Reading what a clinic prints beside its contact: keys and picture files become values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from handoutpress.content.brand.extras.keys import NETWORKS, LineKeys, PersonKeys
from handoutpress.content.brand.extras.values import BrandPicture, Extras, Lines, Person, SocialLink
from handoutpress.content.brand.files import inside
from handoutpress.content.brand.layers import Layer, Layers, first_layer
from handoutpress.content.brand.logo_files import read_picture
from handoutpress.content.models.web_addresses import typed_address, web_address
from handoutpress.content.project import Project
from handoutpress.yamlfile.problems import Problem, split_hint
from handoutpress.yamlfile.source import Location

KEYS = ("defaults", "handout")
LEAST_PIXELS = 120
"""Pixels of the shorter side of a photo: fewer are coarse in its smallest box."""


@dataclass(frozen=True)
class ReadExtras:
    """What was read, the files that were looked at, and what is wrong with them."""

    extras: Extras
    files: tuple[Path, ...]
    problems: tuple[Problem, ...]


def read_extras(layers: Layers, project: Project) -> ReadExtras:
    """Return what ``layers`` say together: each key whole from the nearest file that has it, lines one by one."""
    reader = _ExtrasReader(layers, project)
    extras = Extras(
        people=reader.people(), marks=reader.marks(), lines=_lines(layers), links=_links(layers), photo=reader.photo()
    )
    return ReadExtras(extras, tuple(reader.files), tuple(reader.problems))


class _ExtrasReader:
    """Reads pictures, and notes what was looked at and what is wrong."""

    def __init__(self, layers: Layers, project: Project) -> None:
        self._layers, self._project = layers, project
        self.files: list[Path] = []
        self.problems: list[Problem] = []

    def people(self) -> tuple[Person, ...]:
        layer = first_layer(self._layers, lambda layer: layer.handout_keys.people)
        entries = (layer.handout_keys.people if layer else None) or ()
        return tuple(self._person(layer, number, keys) for number, keys in enumerate(entries) if layer)

    def _person(self, layer: Layer, number: int, keys: PersonKeys) -> Person:
        photo = None
        if keys.photo:
            photo = self._picture(layer, keys.photo, keys.name, ("people", number, "photo"), drawn=False)
        return Person(keys.name, keys.role or "", keys.registered_with or "", keys.number or "", photo)

    def marks(self) -> tuple[BrandPicture, ...]:
        layer = first_layer(self._layers, lambda layer: layer.handout_keys.marks)
        entries = (layer.handout_keys.marks if layer else None) or ()
        marks = (
            self._picture(layer, keys.file, keys.alt, ("marks", number, "file"), drawn=True)
            for number, keys in enumerate(entries)
            if layer
        )
        return tuple(filter(None, marks))

    def photo(self) -> BrandPicture | None:
        layer = first_layer(self._layers, lambda layer: layer.handout_keys.photo)
        keys = layer.handout_keys.photo if layer else None
        return self._picture(layer, keys.file, keys.alt, ("photo", "file"), drawn=False) if layer and keys else None

    def _picture(self, layer: Layer, name: str, alt: str, place: Location, *, drawn: bool) -> BrandPicture | None:
        """Return the picture ``name``; a photo is not ``drawn``, but of pixels."""
        try:
            path = inside(layer.path.parent, name, self._project)
            self.files.append(path)
            picture = read_picture(path)
            if not drawn:
                _check_photo(picture.width, picture.height, is_pixels=picture.pixels)
        except ValueError as mistake:
            fault = split_hint(str(mistake))
            sentence = f'The picture "{name}" {fault.sentence}'
            self.problems.append(layer.problem((*KEYS, *place), sentence, fault.hint))
            return None
        return BrandPicture(path, alt, picture.width, picture.height, picture.pixels)


def _check_photo(width: float, height: float, *, is_pixels: bool) -> None:
    if not is_pixels:
        raise ValueError("is a drawing, where a photo belongs. Hint: name a PNG or JPEG.")
    if min(width, height) < LEAST_PIXELS:
        raise ValueError(
            f"has {width:g} × {height:g} pixels, which print coarse. "
            f"Hint: save the photo larger, with {3 * LEAST_PIXELS} pixels or more across."
        )


def _lines(layers: Layers) -> dict[str, Lines]:
    """Return the lines by language; of each, the nearest file's counts."""
    said: dict[str, dict[str, str]] = {}
    for layer in reversed(layers):  # the farthest comes first, so that what a nearer one says takes its place
        for language, keys in layer.handout_keys.lines.items():
            said.setdefault(language, {}).update(_said(keys))
    return {language: Lines(**lines) for language, lines in sorted(said.items()) if lines}


def _said(keys: LineKeys) -> dict[str, str]:
    return {name: value for name in LineKeys.model_fields if (value := getattr(keys, name))}


def _links(layers: Layers) -> tuple[SocialLink, ...]:
    layer = first_layer(layers, lambda layer: layer.handout_keys.links)
    links = (layer.handout_keys.links if layer else None) or {}
    return tuple(_link(network, name) for network, name in links.items())


def _link(network: str, name: str) -> SocialLink:
    shown, begin = NETWORKS.get(network, (network.replace("-", " ").capitalize(), ""))
    if "://" in name:
        address = web_address(name)
        return SocialLink(shown, typed_address(address), address)
    return SocialLink(shown, name.removeprefix("@"), web_address(begin + name.removeprefix("@")))


def unprinted_languages(extras: Extras, wanted: tuple[str, ...]) -> Iterator[str]:
    """Yield a remark for each language of lines that a brand which wants only some never prints."""
    for language in extras.lines:
        if wanted and language not in wanted:
            yield f'the lines in "{language}" are never printed, since "languages" leaves it out'
