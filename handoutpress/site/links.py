"""Where a site's pages lead: every link and picture within its folder, and every address elsewhere."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from handoutpress.press.page.html_words import HtmlPart, html_parts

_OURS = frozenset({"canonical", "alternate"})
"""Kinds of <link> that name a page and fetch nothing."""


@dataclass(frozen=True)
class PageLink:
    """A link of a page: the address as it is written, and whether the page loads what is there."""

    address: str
    loads: bool


@dataclass(frozen=True)
class PageLinks:
    """One page: where it lies below the site's folder, its links, and the places in it that links can lead to."""

    path: str
    links: tuple[PageLink, ...]
    places: frozenset[str]


def read_links(folder: Path) -> Iterator[PageLinks]:
    """Yield the links of every page below ``folder``, in order."""
    for path in sorted(folder.rglob("*.html")):
        parts = html_parts(path.read_text("utf-8"))
        yield PageLinks(
            path.relative_to(folder).as_posix(),
            tuple(link for part in parts if part.kind == "start" for link in _links(part)),
            frozenset(
                part.attributes["id"] or "" for part in parts if part.kind == "start" and "id" in part.attributes
            ),
        )


def _links(tag: HtmlPart) -> Iterator[PageLink]:
    if address := tag.attributes.get("href"):
        loads = tag.value == "link" and tag.attributes.get("rel") not in _OURS
        if tag.value == "a" or loads:
            yield PageLink(address, loads)
    if address := tag.attributes.get("src"):
        yield PageLink(address, loads=True)
    if tag.attributes.get("http-equiv") == "refresh":
        yield PageLink((tag.attributes.get("content") or "").partition("url=")[2], loads=False)


@dataclass(frozen=True)
class BrokenLink:
    """A link to what is not there, on ``page``."""

    page: str
    address: str


def broken_links(folder: Path, pages: Iterable[PageLinks]) -> Iterator[BrokenLink]:
    """Yield the links within a site that lead to no file, or to no place of a page."""
    read = {page.path: page for page in pages}
    for page in read.values():
        for link in page.links:
            if _is_within(link.address) and not _leads(folder, read, page, link.address):
                yield BrokenLink(page.path, link.address)


def _is_within(address: str) -> bool:
    # What begins at the host's top is for the host: the folder may be put anywhere below it.
    return not urlsplit(address).scheme and not address.startswith("/")


def _leads(folder: Path, read: dict[str, PageLinks], page: PageLinks, address: str) -> bool:
    path, _, place = address.partition("#")
    target = page.path
    if path:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), unquote(path)))
        target = posixpath.normpath(f"{target}/index.html") if path.endswith(("/", ".")) else target
    if place and target in read:
        return unquote(place) in read[target].places
    return target in read or (folder / target).is_file()


def outer_links(pages: Iterable[PageLinks]) -> dict[str, str]:
    """Return every address of the web to which pages lead, each with a page that does."""
    outer: dict[str, str] = {}
    for page in pages:
        for link in page.links:
            if urlsplit(link.address).scheme in ("https", "http"):
                outer.setdefault(link.address, page.path)
    return outer
