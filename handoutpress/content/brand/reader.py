"""Reading a brand: ``_brand.yml`` and what it extends become the values that the press works with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from handoutpress.content.brand.brand import DEFAULT_LOOK, Brand, BrandRow, Contact
from handoutpress.content.brand.extras.reader import ReadExtras, read_extras, unprinted_languages
from handoutpress.content.brand.files import inside
from handoutpress.content.brand.identity import IdentityReader, VisualIdentity
from handoutpress.content.brand.keys import ContactKeys, NameKeys
from handoutpress.content.brand.layers import Layer, LayerReader, Layers, first, first_layer
from handoutpress.content.models.telephones import not_dialled, phone_parts
from handoutpress.content.print_profile import print_profile
from handoutpress.content.project import Project
from handoutpress.yamlfile.problems import ContentError, Problem, split_hint
from handoutpress.yamlfile.source import YamlSource


class BrandReader:
    """Reads many brands of one project; what they share is read once."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._layers = LayerReader(project)
        self._identities = IdentityReader(project)
        self._extras: dict[Layers, ReadExtras] = {}

    def read(self, folder: Path) -> Brand:
        """Read the brand in ``folder``, whose name is its slug. Raises ``ContentError`` with every mistake."""
        return self.read_layers(folder.name, self._layers.layers(folder))

    def layers_of(self, source: YamlSource, path: Path) -> Layers:
        """Return a brand that is a part of the file ``path``, and those that it extends. Raises ``ContentError``."""
        return self._layers.layers_of(source, path)

    def read_layers(self, slug: str, layers: Layers, row: BrandRow | None = None) -> Brand:
        """Return the brand ``slug`` that ``layers`` make together; ``row`` is where it is one of a sheet.

        Raises ``ContentError`` with every mistake.
        """
        identity = self._identities.identity(layers)
        mistakes = [problem for layer in layers for problem in layer.problems]
        profile, profile_problems = _print_profile(layers, self._project)
        extras = self._read_extras(layers)
        if problems := [*mistakes, *_missing(layers), *identity.problems, *profile_problems, *extras.problems]:
            raise ContentError(sorted(set(problems)))
        brand = _brand(slug, layers, identity, extras, row)
        return replace(brand, print_profile=profile) if profile else brand

    def _read_extras(self, layers: Layers) -> ReadExtras:
        # Clinics that print nothing of their own beside their contact share what the chain prints.
        if layers[0].has_extras:
            return read_extras(layers, self._project)
        extended = layers[1:]
        if extended not in self._extras:
            self._extras[extended] = read_extras(extended, self._project)
        return self._extras[extended]


def _brand(slug: str, layers: Layers, identity: VisualIdentity, extras: ReadExtras, row: BrandRow | None) -> Brand:
    full, short = _names(layers)
    country, contacts = first(layers, lambda layer: layer.handout_keys.country) or "", _contacts(layers)
    languages = first(layers, lambda layer: layer.handout_keys.languages) or ()
    logo = identity.logo.logo
    return Brand(
        slug=slug,
        path=layers[0].path,
        name=full,
        short_name=short,
        link=first(layers, _link) or "",
        country=country,
        contacts=contacts,
        logo=replace(logo, alt=logo.alt or full) if logo else None,
        colours=identity.colours,
        base_font=identity.base_font,
        heading_font=identity.heading_font,
        article_url=first(layers, lambda layer: layer.handout_keys.article_url) or "",
        site=first(layers, lambda layer: layer.handout_keys.site) or "",
        look=first(layers, lambda layer: layer.handout_keys.look) or DEFAULT_LOOK,
        writing_lines=first(layers, lambda layer: layer.handout_keys.writing_lines) or (),
        # The farthest file comes first, so that what a nearer one says takes its place.
        notes={slug: note for layer in reversed(layers) for slug, note in layer.handout_keys.notes.items()},
        hidden={slug: names for layer in reversed(layers) for slug, names in layer.handout_keys.hide.items()},
        print_inks={role: inks for layer in reversed(layers) for role, inks in layer.handout_keys.inks.items()},
        languages=languages,
        formats=first(layers, lambda layer: layer.handout_keys.formats) or (),
        needs_approval=bool(first(layers, lambda layer: layer.handout_keys.needs_approval)),
        extras=extras.extras,
        files=tuple(layer.path for layer in layers) + identity.logo.files + extras.files,
        remarks=(
            *identity.remarks,
            *_unlinked(contacts, country),
            *unprinted_languages(extras.extras, languages),
            *_unused(layers),
        ),
        logo_remarks=identity.logo.remarks,
        unseen_logo=identity.logo.unseen,
        row=row,
    )


def _print_profile(layers: Layers, project: Project) -> tuple[Path | None, list[Problem]]:
    """Return the nearest file's profile for print, and what is wrong with it."""
    layer = first_layer(layers, lambda layer: layer.handout_keys.print.profile)
    name = layer.handout_keys.print.profile if layer else None
    if layer is None or name is None:
        return None, []
    try:
        path = inside(layer.path.parent, name, project)
        print_profile(path)
    except ValueError as mistake:
        fault = split_hint(str(mistake))
        location = ("defaults", "handout", "print", "profile")
        return None, [layer.problem(location, f'The profile "{name}" {fault.sentence}', fault.hint)]
    return path, []


def _missing(layers: Layers) -> list[Problem]:
    """Return a problem for the name and the country if they are missing; all else has a quiet default."""
    nearest, problems = layers[0], []
    if any(layer.problems and not (layer.keys.meta and layer.keys.defaults) for layer in layers):
        return []  # what looks missing may stand in a part with a mistake
    if not _names(layers)[0]:
        hint = 'add below "meta" a line: name: Name of the clinic.'
        problems.append(nearest.problem(("meta",), "The brand has no name.", hint))
    if first(layers, lambda layer: layer.handout_keys.country) is None:
        sentence = "The brand names no country, which decides the emergency number."
        hint = 'add below "defaults", "handout" a line with its two letters: country: gb.'
        problems.append(nearest.problem(("defaults", "handout"), sentence, hint))
    return problems


def _names(layers: Layers) -> tuple[str, str]:
    """Return the full and the short name; one given alone stands for both."""
    names = first(layers, lambda layer: layer.meta.name) or NameKeys()
    full, short = names.full or names.short or "", names.short or names.full or ""
    return full, short


def _link(layer: Layer) -> str | None:
    return layer.meta.link.home if layer.meta.link else None


def _contacts(layers: Layers) -> tuple[Contact, ...]:
    places = tuple(_contact(keys) for keys in first(layers, lambda layer: layer.meta.contacts) or ())
    names = {name.casefold() for name in _names(layers)}
    # The one place of a clinic stands below the clinic's name, and need not say it again.
    if len(places) == 1 and places[0].name.casefold() in names:
        return (replace(places[0], name=""),)
    return places


def _contact(keys: ContactKeys) -> Contact:
    return Contact(keys.name or "", keys.address, keys.phone or "", keys.email or "", keys.hours or "")


def _unlinked(contacts: tuple[Contact, ...], country: str) -> Iterator[str]:
    """Yield a remark for each number that is printed without a link."""
    for contact in contacts:
        for digits in not_dialled(phone_parts(contact.phone, country)):
            yield (
                f'"{digits}" in the telephone line "{contact.phone}" has no link, since it cannot be dialled from '
                "everywhere: write it whole, with its area code."
            )


def _unused(layers: Layers) -> list[str]:
    names = dict.fromkeys(name for layer in layers for name in layer.unused)
    return [f"accepted, but without a meaning in print: {', '.join(names)}"] if names else []
