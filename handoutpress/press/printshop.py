"""The press for a print shop: the same plates and brands, then inks and sheets."""

from __future__ import annotations

import hashlib
from typing import Literal

from handoutpress.content.catalog import Catalog
from handoutpress.content.editions import Edition
from handoutpress.content.problems import HandoutError
from handoutpress.press.imposition import Ticket, for_print
from handoutpress.press.inks import InkRule
from handoutpress.press.keys import Named, Parts
from handoutpress.press.press import HandoutPress, OpenPlate
from handoutpress.press.printed import Printed

Way = Literal["screen", "print", "mono"]
"""Pages to read on a screen or print in the office; sheets in four inks; sheets in black alone."""


class PrintShopPress:
    """Makes print files of one catalog's editions, with a press that makes their pages."""

    def __init__(self, catalog: Catalog, press: HandoutPress, way: Way) -> None:
        self._catalog = catalog
        self._press = press
        self._way = way
        self._way_input: Named = {"the way it is printed": way}

    def inputs(self, edition: Edition, kind: Literal["pdf", "html"] = "pdf") -> Parts:
        """All that a print file is made from."""
        return *self._press.inputs(edition, kind), self._way_input

    def plate_group(self, edition: Edition) -> str:
        """Editions of equal groups share a plate."""
        return self._press.plate_group(edition)

    def plate_at_hand(self, edition: Edition) -> bool:
        """Whether nothing need be typeset."""
        return self._press.plate_at_hand(edition)

    def open_plate(self, edition: Edition) -> PrintShopPlate:
        """Typeset the edition's plate, or take it from the cache. Raises ``HandoutError``."""
        return PrintShopPlate(self, self._press.open_plate(edition))

    def html(self, edition: Edition) -> bytes:
        """Nothing on a screen goes to a print shop."""
        raise HandoutError(f"{edition.slug}: HTML files are made for screens only.")

    def ticket(self, edition: Edition) -> Ticket:
        """What the edition's sheets are made by."""
        handout = edition.handout.handout
        ending = "mono.pdf" if self._way == "mono" else "print.pdf"
        return Ticket(
            format=edition.printed.format,
            name=f"{edition.brand}/{edition.languages}/{edition.format}/{edition.slug}.{ending}",
            version=handout.version,
            day=handout.date.isoformat(),
            rule=InkRule(edition.giver.print_inks, mono=self._way == "mono"),
            mirrored=self._catalog.languages[edition.language].direction == "rtl",
        )


class PrintShopPlate:
    """An open plate whose editions come out on sheets."""

    def __init__(self, press: PrintShopPress, plate: OpenPlate) -> None:
        self._press = press
        self._plate = plate

    def print(self, edition: Edition) -> Printed:
        """Brand the plate and lay it on sheets. Raises ``HandoutError`` where this edition cannot be made."""
        pages = self._plate.print(edition)
        sheets = for_print(pages.pdf, self._press.ticket(edition))
        return Printed(sheets, pages.pages, pages.addresses, hashlib.sha256(sheets).hexdigest())
