"""The shelf: all handouts of a project with what they are, and how far each is on its way to patients."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from handoutpress.app.project import open_catalog, today
from handoutpress.app.studio.beginning import kinds_to_begin
from handoutpress.app.studio.giving_out import approved_texts
from handoutpress.app.studio.page_drawing import by_preference
from handoutpress.app.studio.shared_problems import SharedProblem, shared_problems
from handoutpress.batch.releases.recalls import Recall, read_recalls, recall_of_text
from handoutpress.batch.releases.release_folder import FOLDER, ReleaseFolder
from handoutpress.content.catalog import Catalog, HandoutKey
from handoutpress.content.editions import HandoutFile
from handoutpress.content.handout_names import HandoutName, handout_names
from handoutpress.content.models.versions import version_order
from handoutpress.content.project import Project

StateName = Literal[
    "has_mistakes", "recalled", "draft", "to_review", "reviewed", "approved", "current", "changed", "overdue", "behind"
]


@dataclass(frozen=True)
class HandoutState:
    """One thing to know of a handout; ``day`` is that on which its review was due."""

    name: StateName
    day: date | None = None


@dataclass(frozen=True)
class ShelfItem:
    """A handout as the shelf shows it; ``editions`` are brands and formats in which it is printed."""

    handout: str
    language: str
    title: str
    kind: str
    states: tuple[HandoutState, ...]
    editions: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ShelfChoice:
    """What the shelf shows: names; "" shows all."""

    brand: str = ""
    language: str = ""
    format: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Shelf:
    """The handouts that were chosen, and by what names one may choose: of each with what a person calls it.

    ``kinds_to_begin`` are those of which one may begin a handout; ``problems`` are mistakes in what all handouts share.
    """

    items: tuple[ShelfItem, ...]
    brands: Mapping[str, str]
    languages: Mapping[str, str]
    formats: Mapping[str, str]
    kinds: Mapping[str, str]
    kinds_to_begin: Mapping[str, str]
    problems: tuple[SharedProblem, ...] = ()


def read_shelf(project: Project, choice: ShelfChoice | None = None) -> Shelf:
    """Return the handouts of a project that fit ``choice``, by title. Raises ``HandoutError``."""
    catalog, choice = open_catalog(project), choice or ShelfChoice()
    items = [item for item in _Reading(project, catalog).items() if _fits(item, choice)]
    names = {item.language for item in items} | set(catalog.languages)
    kinds, begin = sorted({file.handout.kind for file in catalog.handouts.values()}), kinds_to_begin(project)
    return Shelf(
        tuple(sorted(items, key=lambda item: (item.title.casefold(), item.language))),
        brands={slug: brand.name for slug, brand in catalog.brands.items()},
        languages={code: catalog.languages[code].native_name for code in sorted(names) if code in catalog.languages},
        formats={slug: file.format.name for slug, file in catalog.formats.items()},
        kinds={kind: begin.names[kind] for kind in kinds},
        kinds_to_begin=begin.names,
        problems=shared_problems([*catalog.problems, *begin.problems]),
    )


def _fits(item: ShelfItem, choice: ShelfChoice) -> bool:
    is_printed = any(choice.brand in ("", brand) and choice.format in ("", format_) for brand, format_ in item.editions)
    has_choice = bool(choice.brand or choice.format)
    return (is_printed or not has_choice) and choice.language in ("", item.language) and choice.kind in ("", item.kind)


class _Reading:
    """What the states of all handouts are told from, read once."""

    def __init__(self, project: Project, catalog: Catalog) -> None:
        self._project, self._catalog = project, catalog
        self._recalls: tuple[Recall, ...] = read_recalls(project.root / FOLDER)
        self._approved = approved_texts(project)
        current = ReleaseFolder(project.root).current
        self._released: dict[HandoutKey, set[str]] = {}
        for file in current.files if current else ():
            label = file.label
            for code in label.language.split("+"):
                self._released.setdefault((label.handout, code), set()).add(label.content_hash)
        self._editions: dict[HandoutKey, list[tuple[str, str]]] = {}
        for edition in by_preference(catalog.editions()):
            key = edition.handout_slug, edition.language_slug
            self._editions.setdefault(key, []).append((edition.brand_slug, edition.format_slug))

    def items(self) -> Iterator[ShelfItem]:
        for name in handout_names(self._project)[0]:
            yield self._item(name)

    def _item(self, name: HandoutName) -> ShelfItem:
        key = name.slug, name.language
        file = self._catalog.handouts.get(key)
        if file is None:
            title = name.slug.replace("-", " ").capitalize()
            return ShelfItem(*key, title, "", (HandoutState("has_mistakes"),), ())
        editions = tuple(self._editions.get(key, ()))
        return ShelfItem(*key, file.handout.title, file.handout.kind, tuple(self._states(file)), editions)

    def _states(self, file: HandoutFile) -> Iterator[HandoutState]:
        if recall_of_text(file, self._recalls):
            yield HandoutState("recalled")
        translation, review = file.handout.translation, file.handout.reviewed
        if translation is not None and translation.status == "draft":
            yield HandoutState("draft")
        yield HandoutState("reviewed" if review else "to_review")
        if review and self._approved & set(file.hashes):  # what is to be reviewed is not done with, whoever approved it
            yield HandoutState("approved")
        released = self._released.get((file.slug, file.language))
        if released:
            yield HandoutState("current" if released & set(file.hashes) else "changed")
        if review is not None and review.next < today():
            yield HandoutState("overdue", review.next)
        if translation is not None and self._is_behind(file, translation.of, translation.version):
            yield HandoutState("behind")

    def _is_behind(self, file: HandoutFile, language: str, version: str) -> bool:
        source = self._catalog.handouts.get((file.slug, language))
        return source is not None and version_order(version) < version_order(source.handout.version)
