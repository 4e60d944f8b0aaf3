"""The press for a print shop: the same plates and brands, then inks and sheets."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from handoutpress.content.catalog import Catalog
from handoutpress.content.editions import Edition
from handoutpress.content.pictures.handout_picture import photograph_fineness
from handoutpress.content.print_profile import SHIPPED, print_profile
from handoutpress.press.cache_keys import InputParts, NamedInputs
from handoutpress.press.press import HandoutPlate, HandoutPress
from handoutpress.press.printed import PrintedPdf, Purpose, edition_path
from handoutpress.press.printshop.imposition import PrintTicket, for_print
from handoutpress.press.printshop.ink_rule import InkRule
from handoutpress.press.printshop.profile_inks import inks_of
from handoutpress.store.digests import bytes_digest
from handoutpress.yamlfile.problems import HandoutError


class PrintShopPress:
    """A press for print files of one catalog's editions, on top of the press that prints their pages."""

    def __init__(self, catalog: Catalog, press: HandoutPress, purpose: Purpose) -> None:
        self._catalog = catalog
        self._press = press
        self._purpose = purpose
        self._profile_inputs: dict[Path | None, NamedInputs] = {}

    def inputs(self, edition: Edition, kind: Literal["pdf", "html"] = "pdf") -> InputParts:
        """Return all that a print file is made from."""
        return *self._press.inputs(edition, kind), self._inputs_of_profile(edition.brand.print_profile)

    def _inputs_of_profile(self, path: Path | None) -> NamedInputs:
        if path not in self._profile_inputs:
            profile = print_profile(path)
            name = self._catalog.project.show(path) if path else f"built-in/{SHIPPED}"
            self._profile_inputs[path] = {"the way it is printed": self._purpose, name: profile.digest}
        return self._profile_inputs[path]

    def plate_group(self, edition: Edition) -> str:
        """Return a name that the editions of one plate have in common."""
        return self._press.plate_group(edition)

    def has_cached_plate(self, edition: Edition) -> bool:
        """Return whether nothing need be typeset."""
        return self._press.has_cached_plate(edition)

    def open_plate(self, edition: Edition) -> PrintShopPlate:
        """Typeset the edition's plate, or take it from the cache. Raises ``HandoutError``."""
        return PrintShopPlate(self, self._press.open_plate(edition))

    def html(self, edition: Edition) -> bytes:
        """Raise ``HandoutError``: nothing on a screen goes to a print shop."""
        raise HandoutError(f"{edition.handout_slug}: HTML files are made for screens only.")

    def ticket(self, edition: Edition) -> PrintTicket:
        """Return what the edition's sheets are made by."""
        handout = edition.handout
        return PrintTicket(
            format=edition.format,
            name=edition_path(edition, self._purpose),
            version=handout.version,
            day=handout.date.isoformat(),
            rule=InkRule(inks_of(edition.brand), edition.brand.print_inks, mono=self._purpose == "mono"),
            mirrored=edition.language.direction == "rtl",
            # The second of two languages shows no pictures of its own.
            pictures=tuple(edition.handout_file.pictures.values()),
            fineness=photograph_fineness(handout, edition.handout_file.pictures),
        )


class PrintShopPlate:
    """An open plate whose editions come out on sheets."""

    def __init__(self, press: PrintShopPress, plate: HandoutPlate) -> None:
        self._press = press
        self._plate = plate

    def print(self, edition: Edition) -> PrintedPdf:
        """Brand the plate and lay it on sheets. Raises ``HandoutError`` where this edition cannot be made."""
        pages = self._plate.print(edition)
        sheets = for_print(pages.pdf, self._press.ticket(edition))
        return PrintedPdf(pdf=sheets, pages=pages.pages, addresses=pages.addresses, sha256=bytes_digest(sheets))
