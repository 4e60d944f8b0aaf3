"""Reading a brand: ``_brand.yml`` and what it extends become the values that the press works with."""

from __future__ import annotations

from pathlib import Path

from handoutpress.content.brandfonts import FontReader
from handoutpress.content.brandkeys import ContactKeys, HandoutKeys, NameKeys
from handoutpress.content.brandlogos import brand_logo
from handoutpress.content.brands import Brand, Contact, Logo
from handoutpress.content.layers import Layer, LayerReader, Layers, first
from handoutpress.content.palettes import brand_colours
from handoutpress.content.problems import ContentError, Problem
from handoutpress.content.project import Project


def read_brand(folder: Path, project: Project) -> Brand:
    """Read the brand in ``folder``. Raises ``ContentError`` with every mistake of its files."""
    return BrandReader(project).read(folder)


class BrandReader:
    """Reads many brands of one project; what they share is read once."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._layers = LayerReader(project)

    def read(self, folder: Path) -> Brand:
        """Read the brand in ``folder``, whose name is its slug. Raises ``ContentError`` with every mistake."""
        layers = self._layers.layers(folder)
        problems = _missing(layers)
        full, short = _names(layers)
        colours, remarks, found = brand_colours(layers)
        problems += found
        fonts = FontReader(layers, self._project)
        base_font, heading_font = fonts.families()
        problems += fonts.problems
        logo, logo_remarks = self._logo(layers, full, problems)
        if problems:
            raise ContentError(sorted(set(problems)))
        ours = _Ours(layers)
        return Brand(
            slug=folder.name,
            path=layers[0].path,
            name=full,
            short_name=short,
            link=first(layers, _link) or "",
            country=ours.country,
            contacts=_contacts(layers),
            logo=logo,
            colours=colours,
            base_font=base_font,
            heading_font=heading_font,
            article_url=ours.article_url,
            writing_lines=first(layers, lambda layer: layer.ours.writing_lines) or (),
            notes=ours.notes,
            hidden=ours.hidden,
            languages=first(layers, lambda layer: layer.ours.languages) or (),
            formats=first(layers, lambda layer: layer.ours.formats) or (),
            files=tuple(layer.path for layer in layers) + ((logo.path,) if logo else ()),
            remarks=(*remarks, *fonts.remarks, *logo_remarks, *_unused(layers)),
        )

    def _logo(self, layers: Layers, name: str, problems: list[Problem]) -> tuple[Logo | None, list[str]]:
        try:
            return brand_logo(layers, self._project, name)
        except ContentError as error:
            problems += error.problems
            return None, []


def _missing(layers: Layers) -> list[Problem]:
    """A brand needs a name and a country; the rest has a quiet default."""
    own, problems = layers[0], []
    if not _names(layers)[0]:
        hint = "add a line to meta: name: Name of the clinic."
        problems.append(own.problem(("meta",), "The brand has no name.", hint))
    if first(layers, lambda layer: layer.ours.country) is None:
        sentence = "The brand names no country, which decides the emergency number."
        hint = 'add a line to defaults.handout with its two letters: "country: gb".'
        problems.append(own.problem(("defaults", "handout"), sentence, hint))
    return problems


def _names(layers: Layers) -> tuple[str, str]:
    """Return the full and the short name; one given alone stands for both."""
    names = first(layers, lambda layer: layer.keys.meta.name) or NameKeys()
    full, short = names.full or names.short or "", names.short or names.full or ""
    return full, short


def _link(layer: Layer) -> str | None:
    return layer.keys.meta.link.home if layer.keys.meta.link else None


def _contacts(layers: Layers) -> tuple[Contact, ...]:
    contacts = first(layers, lambda layer: layer.keys.meta.contacts) or ()
    return tuple(_contact(keys) for keys in contacts)


def _contact(keys: ContactKeys) -> Contact:
    return Contact(keys.name or "", keys.address, keys.phone or "", keys.email or "", keys.hours or "")


class _Ours:
    """What ``defaults.handout`` says, nearest first; notes and hidden sections by handout."""

    def __init__(self, layers: Layers) -> None:
        said: list[HandoutKeys] = [layer.ours for layer in layers]
        self.country = first(layers, lambda layer: layer.ours.country) or ""
        self.article_url = first(layers, lambda layer: layer.ours.article_url) or ""
        self.notes: dict[str, str] = {slug: note for ours in reversed(said) for slug, note in ours.notes.items()}
        self.hidden: dict[str, tuple[str, ...]] = {
            slug: names for ours in reversed(said) for slug, names in ours.hide.items()
        }


def _unused(layers: Layers) -> list[str]:
    names = dict.fromkeys(name for layer in layers for name in layer.unused)
    return [f"accepted, but without a meaning in print: {', '.join(names)}"] if names else []
