"""The order in which words are seen: as a browser draws each of their characters, and as a PDF places them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from playwright.sync_api import Page

Place = tuple[float, float, float]
"""Left edge, middle and height of a character, in CSS pixels."""

_PLACES = """(wanted) => {
  const drawn = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode())
    for (let at = 0; at < walker.currentNode.length; at++)
      if (!/[\\s\\u00ad\\u200b\\u2066-\\u2069]/.test(walker.currentNode.data[at])) drawn.push([walker.currentNode, at]);
  const text = drawn.map(([node, at]) => node.data[at]).join("");
  const place = ([node, at]) => {
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    const box = range.getBoundingClientRect();
    return [box.left, box.top + box.height / 2, box.height];
  };
  return wanted.map(words => {
    const found = [];
    for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1))
      found.push(drawn.slice(at, at + words.length).map(place));
    return found;
  });
}"""


def places(page: Page, wanted: Sequence[str]) -> list[list[list[Place]]]:
    """For each of the words, without their spaces, where each character of each occurrence is drawn."""
    found: list[list[list[Place]]] = page.evaluate(_PLACES, ["".join(words.split()) for words in wanted])
    return found


def is_in_order(characters: Sequence[Place]) -> bool:
    """Whether each character stands right of the one before it, or begins a line below."""
    for (left, middle, height), (next_left, next_middle, _) in pairwise(characters):
        same_line = abs(middle - next_middle) < height / 2
        if (same_line and next_left <= left - 0.5) or (not same_line and next_middle < middle):
            return False
    return True


def out_of_order(page: Page, wanted: Sequence[str]) -> list[str]:
    """Those of the words that the page does not draw from left to right as they are written, or not at all."""
    found = places(page, wanted)
    return [
        words
        for words, occurrences in zip(wanted, found, strict=True)
        if not occurrences or not all(map(is_in_order, occurrences))
    ]
