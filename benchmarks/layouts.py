"""How often a page is laid out until its plate is found: in a first build, and once a few words were changed.

Layouts are counted, never seconds: the count is the same on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory

from benchmarks.pages import ROOT
from benchmarks.tables import Table
from handoutpress.content.catalog import Catalog
from handoutpress.content.editions import Edition, HandoutFile
from handoutpress.content.loading import load_catalog
from handoutpress.content.models.handouts import Passage
from handoutpress.content.project import find_project
from handoutpress.press.layout.choices import TypeSetting
from handoutpress.press.layout.excess import DoesNotFitError
from handoutpress.press.layout.trials import LayoutTrial
from handoutpress.press.layout.typeset import Typesetter
from handoutpress.press.page.flow import flow_of
from handoutpress.press.page.templates import Templates
from handoutpress.press.plate.plate_maker import PlateContent, PlateMaker, TypesettingTools
from handoutpress.press.press import HandoutPress
from handoutpress.store.cache import Cache

MORE_WORDS = " Ask us about it."
"""What is added to a text."""


class CountingMaker(PlateMaker):
    """A maker of plates that counts its layouts."""

    layouts = 0

    def laid_out(self, content: PlateContent, setting: TypeSetting, html: str, reads: frozenset[str]) -> LayoutTrial:
        self.layouts += 1
        return super().laid_out(content, setting, html, reads)


@dataclass(frozen=True)
class PlateLayouts:
    """How often one plate was laid out: at first, and after its text was changed."""

    format: str
    first: int
    changed: int


def one_edition_a_plate(catalog: Catalog, cache: Cache) -> list[Edition]:
    """The first edition of each plate, in the order of a build."""
    press = HandoutPress(catalog, cache)
    plates: dict[str, Edition] = {}
    for edition in catalog.editions():
        plates.setdefault(press.plate_group(edition), edition)
    return list(plates.values())


def counted(catalog: Catalog, editions: Iterable[Edition], folder: Path) -> Iterator[PlateLayouts]:
    """Lay out the plates of ``editions`` in their order, as a build does whose cache is the empty ``folder``."""
    templates = Templates({path.name: path for path in catalog.project.files("templates", "*.j2").values()})
    tools = TypesettingTools(Typesetter([ROOT / "fonts"], folder), Cache(folder))
    maker = CountingMaker(templates, catalog.project, catalog.references, tools)
    for edition in editions:
        content, counts = content_of(catalog, edition), []
        for file in (edition.handout_file, with_more_words(edition.handout_file)):
            maker.layouts = 0
            with suppress(DoesNotFitError):  # a text that fills its format may have no room for more words
                maker.remembered_fit(replace(content, file=file))
            counts.append(maker.layouts)
        yield PlateLayouts(edition.format.name, *counts)


def content_of(catalog: Catalog, edition: Edition) -> PlateContent:
    """What is typeset for an edition."""
    country = catalog.countries[edition.brand.country]
    flow = flow_of(edition.brand, country, edition.handout_file)
    return PlateContent(edition.handout_file, edition.language, edition.format, flow)


def with_more_words(file: HandoutFile) -> HandoutFile:
    """The same handout, with a few more words in its first section."""
    name, text = next((name, value) for name, value in file.handout if isinstance(value, Passage))
    longer = text.model_copy(update={"text": text.text.rstrip() + MORE_WORDS})
    return replace(file, handout=file.handout.model_copy(update={name: longer}))


def tables() -> list[Table]:
    """One table: layouts a plate over all shipped editions, by format."""
    catalog = load_catalog(find_project(ROOT))
    with TemporaryDirectory() as name:
        folder = Path(name)
        plates = list(counted(catalog, one_edition_a_plate(catalog, Cache(folder)), folder))
    by_format = {plate.format: [other for other in plates if other.format == plate.format] for plate in plates}
    rows = [_row(name, alike) for name, alike in sorted(by_format.items())]
    remark = "A build begins with an empty cache; then a sentence is added to each text."
    columns = ("format", "plates", "layouts a plate, first build", "once a text was changed")
    return [Table("Layouts until a plate is found", columns, [*rows, _row("all", plates)], remark)]


def _row(name: str, plates: list[PlateLayouts]) -> tuple[str, ...]:
    first, changed = mean(plate.first for plate in plates), mean(plate.changed for plate in plates)
    return name, f"{len(plates)}", f"{first:.2f}", f"{changed:.2f}"
