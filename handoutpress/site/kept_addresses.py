"""The addresses that released sheets have printed: each must lead to a file of the site, wherever the site is now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from handoutpress.content.models.site_addresses import base_of
from handoutpress.site.clinics import SiteClinic
from handoutpress.site.pages.page_plate import PagePlate
from handoutpress.site.pages.stubs import stub
from handoutpress.site.site_map import Place


@dataclass(frozen=True)
class ReleasedAddress:
    """An address that sheets of a release have: the release's name, the brand's, and where its site was then."""

    release: str
    brand: str
    base: str
    address: str


@dataclass(frozen=True)
class PrintedPlace:
    """An address that a sheet prints, by what, and the files below the site's folder of which one must be there."""

    address: str
    printed_by: str
    files: tuple[str, ...]


@dataclass(frozen=True)
class MovedPage:
    """A page at an old address of the same host, which leads to where it is now; both are below the site's folder."""

    clinic: SiteClinic
    old: Place
    new: Place
    plate: PagePlate


class KeptAddresses:
    """Where released addresses lead on a site."""

    def __init__(self, clinics: Iterable[SiteClinic], earlier: Sequence[str]) -> None:
        """``earlier`` are addresses where the site was, whose hosts still lead to its folder."""
        self._clinics = {clinic.brand.slug: clinic for clinic in clinics}
        self._earlier = earlier

    def lost(self, addresses: Iterable[ReleasedAddress]) -> Iterator[str]:
        """Yield in a sentence why addresses lead nowhere, once for each place where the site was."""
        told: set[str] = set()
        for released in addresses:
            if released.base not in told and self._folder(released) is None:
                told.add(released.base)
                sentence = f"{released.address}, which the release {released.release} printed, would lead nowhere"
                hint = (
                    f'if that host still leads to the site\'s folder, write "earlier: [{released.base}]" below "site" '
                    "in project.yaml; else give the site its old address again."
                )
                yield f"project.yaml: {sentence}. Hint: {hint}"

    def place(self, released: ReleasedAddress) -> PrintedPlace | None:
        """Return where an address leads; None where nobody knows it."""
        folder = self._folder(released)
        if folder is None:
            return None
        path = Place(_joined(folder, _rest(released))).file
        folders, _, name = path.rpartition("/")
        return PrintedPlace(released.address, f"the release {released.release}", (path, f"{folders.upper()}/{name}"))

    def moved(self, addresses: Iterable[ReleasedAddress]) -> Iterator[MovedPage]:
        """Yield a page for each address whose place on the same host is another one now, in small letters."""
        told: set[Place] = set()
        for released in addresses:
            clinic, folder = self._clinics[released.brand], self._folder(released)
            rest = _rest(released)
            old, new = Place(_joined(folder or "", rest)), Place(_joined(clinic.folder, rest))
            if folder is not None and old != new and old not in told:
                told.add(old)
                yield MovedPage(clinic, old, new, PagePlate("", partial(stub, old, new, f"{rest}/")))

    def _folder(self, released: ReleasedAddress) -> str | None:
        """Return the folder, below the site's, in which the pages of an address were; None where nobody knows it."""
        clinic = self._clinics[released.brand]
        base, top = released.base.lower(), clinic.top.lower()
        if base == clinic.base.lower():
            return clinic.folder
        if urlsplit(base).netloc == urlsplit(top).netloc and f"{base}/".startswith(f"{top}/"):
            within = base.removeprefix(top).strip("/")
            return _joined("" if clinic.shares else clinic.folder, within)
        if base in (base_of(earlier, released.brand).lower() for earlier in self._earlier):
            return clinic.folder
        return None


def _rest(released: ReleasedAddress) -> str:
    """Return what of an address is behind that of the clinic's first page, in small letters."""
    return released.address.lower().removeprefix(released.base.lower()).strip("/")


def _joined(*folders: str) -> str:
    return "/".join(filter(None, folders))
