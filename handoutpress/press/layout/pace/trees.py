"""Trees of pages, parsed and matched once: most settings of a text that are tried differ in their style alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

STYLE = re.compile(r"(?<=<style>)[^<\r\0]*(?=</style>)")
"""The words of a style that a parser leaves as they are."""
KEPT = 4
"""Trees that are kept: those of one text, with and without a break or its references."""


@dataclass(frozen=True)
class ParsedTree:
    """A page's elements as selectors see them, in the order of the tree, and those of its styles."""

    base_url: Any
    root: Any
    styles: tuple[Any, ...]

    def give(self, page: Any, styles: Sequence[str]) -> None:
        """Make this the tree of a page with other styles."""
        for element, style in zip(self.styles, styles, strict=True):
            element.text = style
        page.base_url, page.media_type = self.base_url, "print"
        page.wrapper_element, page.etree_element = self.root, self.root.etree_element


def keep_trees(html: Any, matcher: Any) -> None:
    """Keep trees and what matches in them; ``html`` is the engine's type of pages, ``matcher`` that of selectors."""
    if getattr(html.__init__, "patched", False):
        return
    html.__init__ = _keeping(html.__init__)
    match = matcher.match

    @wraps(match)
    def match_once(selectors: Any, element: Any) -> Any:
        matches = element.__dict__.get("matches")
        if matches is None:
            return match(selectors, element)
        if selectors not in matches:
            matches[selectors] = match(selectors, element)
        return matches[selectors]

    matcher.match = match_once


def _keeping(parse: Any) -> Any:
    trees: dict[str, ParsedTree] = {}

    @wraps(parse)
    def parse_once(page: Any, *args: Any, string: str | None = None, url_fetcher: Any = None, **options: Any) -> None:
        if string is None or args or options:
            parse(page, *args, string=string, url_fetcher=url_fetcher, **options)
            return
        body, styles = STYLE.sub("", string), STYLE.findall(string)
        if body in trees:
            page.url_fetcher = url_fetcher
            trees[body].give(page, styles)
            return
        parse(page, string=string, url_fetcher=url_fetcher)
        elements = tuple(page.etree_element.iter("style"))
        if [element.text or "" for element in elements] == styles:
            if len(trees) >= KEPT:
                del trees[next(iter(trees))]
            _remember_elements(page.wrapper_element)
            trees[body] = ParsedTree(page.base_url, page.wrapper_element, elements)

    parse_once.patched = True  # type: ignore[attr-defined]
    return parse_once


def _remember_elements(root: Any) -> None:
    """Let a root give the same elements each time, which remember what matches them."""
    elements = tuple(root.iter_subtree())
    for element in elements:
        element.matches = {}
    root.iter_subtree = elements.__iter__
