"""What a build was asked for, and what of the project it makes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from handoutpress.batch.plan import OutputLabel
from handoutpress.batch.prune import Standing
from handoutpress.batch.run import RunOptions
from handoutpress.batch.trial import trial_brands
from handoutpress.cli.opening import cache_of, open_catalog
from handoutpress.content.bilingual import LanguagePair, bilingual_editions
from handoutpress.content.catalog import Catalog
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.editions import JOINED, Edition
from handoutpress.content.loading import EVERYTHING
from handoutpress.content.project import Project
from handoutpress.editorial.build_check import BuildCheck
from handoutpress.press.printshop.press import Purpose
from handoutpress.yamlfile.problems import HandoutError

OUT = "out"


class Bundle(StrEnum):
    """Which zips to write."""

    all = "all"
    changed = "changed"


class PurposeOption(StrEnum):
    """What PDFs are for."""

    screen = "screen"
    print = "print"


class Proved(StrEnum):
    """What is proved before it is written."""

    all = "all"
    plates = "plates"
    none = "none"


@dataclass(frozen=True)
class Order:
    """Everything that a build was asked for."""

    project: Project
    wanted: EditionFilter = EVERYTHING
    out: Path | None = None
    html: bool | None = None
    trial: int = 0
    strict: bool = False
    dry_run: bool = False
    explain: bool = False
    prune: bool = False
    json: bool = False
    way: Purpose = "screen"
    options: RunOptions = field(default_factory=RunOptions)
    proved: Proved = Proved.plates
    bilingual: str = ""

    @property
    def out_folder(self) -> Path:
        return self.out or self.project.root / OUT

    @property
    def pairing(self) -> LanguagePair | None:
        """What is set in two languages side by side, if that was asked for."""
        return LanguagePair(self.wanted, self.bilingual) if self.bilingual else None

    @property
    def loaded(self) -> EditionFilter:
        """What of the project must be loaded."""
        return self.pairing.loaded if self.pairing else self.wanted


def check_languages(order: Order) -> None:
    """Raise ``HandoutError`` for two languages that cannot stand side by side."""
    if order.pairing:
        if order.html:
            raise HandoutError("HTML files are in one language each. Hint: leave --html out, or --bilingual.")
        order.pairing.check(order.project)


def editions_of(order: Order, catalog: Catalog) -> tuple[list[Edition], list[str]]:
    """The editions to make, and in sentences what keeps others from being made."""
    editions, refused = bilingual_editions(catalog, order.pairing) if order.pairing else (list(catalog.editions()), [])
    if order.trial:
        chosen = trial_brands(tuple(catalog.brands.values()), order.trial)
        editions = [edition for edition in editions if edition.brand in chosen]
    today = date.today()  # noqa: DTZ011 - the day where the clinic is
    passed, stopped = BuildCheck(catalog, cache_of(order.project), today, strict=order.strict).passing(editions)
    return passed, [*refused, *stopped]


def wants_html(order: Order, editions: list[Edition]) -> bool:
    """Whether HTML files are made too: those of two languages are made one by one."""
    if order.bilingual:
        return False
    if order.way != "screen":
        return False
    return order.html if order.html is not None else len({edition.brand_slug for edition in editions}) == 1


def standing_in(project: Project) -> Standing:
    """Whether the project still has what an output was made of, with mistakes or without."""
    everything = open_catalog(project).selection

    def stands(label: OutputLabel) -> bool:
        return (
            all((label.handout, code) in everything.handouts for code in label.language.split(JOINED))
            and label.brand in everything.brands
            and (not label.format or label.format in everything.formats)
        )

    return stands
