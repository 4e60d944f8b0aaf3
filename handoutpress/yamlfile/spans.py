"""Where each value of a YAML text begins and ends, so that one can be exchanged and the rest left as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml


@dataclass(frozen=True)
class Span:
    """One value: ``text[start:end]`` holds it, comments behind it left out; ``raw_end`` is where the parser ended it.

    ``kind`` is ``scalar``, ``map`` or ``list``; ``column`` is that of its first character, from 0. ``is_flow`` tells
    whether it is, or stands in, brackets or braces. ``is_alias`` tells that it is only repeated here, as ``*name``.
    """

    kind: str
    start: int
    end: int
    raw_end: int
    column: int
    style: str = ""
    is_flow: bool = False
    is_alias: bool = False
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Entry:
    """A part of a mapping or a list. ``start`` is where its key begins, or its dash; ``after`` where its colon ends."""

    step: str | int
    start: int
    after: int
    value: Span = field(repr=False)

    @property
    def end(self) -> int:
        return max(self.after, self.value.end)


def spans_of(text: str) -> Span | None:
    """Return the value of a YAML text that is known to be right; None for one without any."""
    loader = yaml.CSafeLoader(text)
    try:
        node = loader.get_single_node()
    finally:
        loader.dispose()
    return None if node is None else _Spans(text).span(node, 0, in_flow=False)


class _Spans:
    def __init__(self, text: str) -> None:
        self._text = text

    def span(self, node: yaml.Node, after: int, *, in_flow: bool) -> Span:
        """Return the span of a node whose key, dash or bracket ends at ``after``."""
        start, raw_end, column = node.start_mark.index, node.end_mark.index, node.start_mark.column
        if start < after:  # composed before: an alias has the place of what it repeats
            match = re.compile(r"\s*\*[^\s,\[\]{}]*").match(self._text, after)
            end = match.end() if match else after
            return Span("scalar", after, end, end, 0, is_flow=in_flow, is_alias=True)
        if isinstance(node, yaml.ScalarNode):
            end = start + len(self._text[start:raw_end].rstrip()) if node.style in ("|", ">") else raw_end
            return Span("scalar", start, end, raw_end, column, node.style or "", in_flow)
        is_flow = in_flow or (isinstance(node, yaml.CollectionNode) and bool(node.flow_style))
        entries = tuple(
            self._pairs(node, is_flow) if isinstance(node, yaml.MappingNode) else self._items(node, is_flow)
        )
        own_end = raw_end if is_flow or not entries else entries[-1].end
        kind = "map" if isinstance(node, yaml.MappingNode) else "list"
        return Span(kind, start, own_end, raw_end, column, "", is_flow, entries=entries)

    def _pairs(self, node: yaml.Node, is_flow: bool) -> Iterator[Entry]:
        for key, value in node.value:
            end = key.end_mark.index
            colon = re.compile(r"\s*:").match(self._text, end)
            after = colon.end() if colon else end
            yield Entry(str(key.value), key.start_mark.index, after, self.span(value, after, in_flow=is_flow))

    def _items(self, node: yaml.Node, is_flow: bool) -> Iterator[Entry]:
        behind = node.start_mark.index
        for index, item in enumerate(node.value):
            start = behind if is_flow else self._dash(behind, node.start_mark.column)
            after = start if is_flow else start + 1
            value = self.span(item, after, in_flow=is_flow)
            yield Entry(index, value.start if is_flow else start, after, value)
            behind = value.end

    def _dash(self, behind: int, column: int) -> int:
        """Return where the next dash in ``column`` stands, at ``behind`` or on a later line."""
        if self._text.startswith("-", behind):
            return behind
        match = re.compile(rf"^[ ]{{{column}}}-(?=\s|$)", re.MULTILINE).search(self._text, behind)
        return match.end() - 1 if match else behind


def span_at(root: Span, location: tuple[str | int, ...]) -> Span | None:
    """Return the value at ``location``, or None."""
    for step in location:
        entry = next((entry for entry in root.entries if entry.step == step), None)
        if entry is None:
            return None
        root = entry.value
    return root


def neighbours(span: Span, step: str | int) -> tuple[Entry | None, Entry, Entry | None]:
    """Return the entry before ``step``, that of ``step``, and the next one. Raises ``StopIteration`` without it."""
    padded = (None, *span.entries, None)
    index = next(at for at, entry in enumerate(padded) if entry is not None and entry.step == step)
    before, after = padded[index - 1], padded[index + 1]
    return before, span.entries[index - 1], after
