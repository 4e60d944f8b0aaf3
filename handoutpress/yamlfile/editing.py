"""One value of a YAML text set, added or removed by splicing: comments, order, quotes and all else stay byte for byte.

Whatever is written is read again, and is returned only if it says what it should and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from handoutpress.yamlfile.problems import ContentError
from handoutpress.yamlfile.source import Location, yaml_source
from handoutpress.yamlfile.spans import Entry, Span, neighbours, span_at, spans_of
from handoutpress.yamlfile.writing import STEP, beside, block, flow, literal, quoted, scalar

_MARK = "\ufeff"


class UneditableError(ValueError):
    """A value that no splice can set, such as one that is repeated elsewhere by its name (``*name``)."""


def with_value(text: str, location: Location, value: Any) -> str:
    """Return the YAML ``text`` with ``value`` at ``location``; keys that are missing on the way are added.

    Of a mapping or list only the parts that differ are touched. ``value`` is plain data: text, numbers, truth values,
    days, None, lists and mappings. Raises ``UneditableError``, or ``ContentError`` for a text that is not YAML.
    """
    body = text.removeprefix(_MARK)
    for step in _steps(_data(body), location, value):
        body = _checked(body, *step)
    return text[: len(text) - len(text.removeprefix(_MARK))] + body


def without_value(text: str, location: Location) -> str:
    """Return the YAML ``text`` without the key or the entry of a list at ``location``.

    A comment that ends one of its lines goes with it. Raises as ``with_value`` does, ``KeyError`` if there is none.
    """
    body = text.removeprefix(_MARK)
    return text[: len(text) - len(body)] + _checked(body, location, _GONE)


def with_moved(text: str, location: Location, index: int, by: int) -> str:
    """Return the YAML ``text`` with the entry ``index`` of the list at ``location`` moved ``by`` places.

    An entry moves as it is written, with the comments above it. Above the first one an empty line parts those of the
    list, which stay, from its own.
    Raises as ``with_value`` does, ``IndexError`` where there is no such entry or place.
    """
    body = text.removeprefix(_MARK)
    data = _data(body)
    entries = list(_at(data, location))
    if not (0 <= index < len(entries) and 0 <= index + by < len(entries)):
        raise IndexError(index + by)
    entries.insert(index + by, entries.pop(index))
    expected = repr(_changed(data, location, entries))
    root = spans_of(body)
    span = span_at(root, location) if root else None
    if span is not None and not span.is_alias and len(span.entries) == len(entries):
        moved = _with_entries_in_order(body, span, index, by)
        with suppress(ContentError):
            if repr(_data(moved)) == expected:
                return text[: len(text) - len(body)] + moved
    return with_value(text, location, entries)


def _with_entries_in_order(text: str, span: Span, index: int, by: int) -> str:
    """Return ``text`` with one entry moved; in a block the lines between two entries belong to the latter."""
    starts = [entry.start for entry in span.entries]
    ends = [entry.end for entry in span.entries]
    if not span.is_flow:
        ends = [_line_end(text, end) for end in ends]
        starts = [_start_with_comments(text, starts[0]), *(end + 1 for end in ends[:-1])]
    parts = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    between = [text[end:start] for end, start in zip(ends, starts[1:], strict=False)]
    parts.insert(index + by, parts.pop(index))
    words = "".join(part + gap for part, gap in zip(parts, [*between, ""], strict=True))
    return text[: starts[0]] + words + text[ends[-1] :]


def _start_with_comments(text: str, offset: int) -> int:
    """Return where the comments begin that stand just above the entry at ``offset``, as far in as it; else its line.

    Those at the top of a file are of the file.
    """
    line = text.rfind("\n", 0, offset) + 1
    indent = text[line:offset]
    start = line
    while start:
        above = text.rfind("\n", 0, start - 1) + 1
        if not text.startswith(f"{indent}#", above):
            return start
        start = above
    return line


def _at(data: Any, location: Location) -> Any:
    for step in location:
        data = data[step]
    return data


class _Gone:
    pass


_GONE = _Gone()


def _steps(data: Any, location: Location, value: Any) -> Iterator[tuple[Location, Any]]:
    """Yield the smallest single changes that put ``value`` at ``location`` of ``data``, in the order to make them."""
    for depth, step in enumerate(location):
        parts = _parts(data)
        if step not in parts:
            inner: Any = value
            for key in reversed(location[depth + 1 :]):
                inner = {key: inner} if isinstance(key, str) else [inner]
            yield location[: depth + 1], inner
            return
        data = parts[step]
    yield from _differences(data, location, value)


def _differences(old: Any, location: Location, new: Any) -> Iterator[tuple[Location, Any]]:
    if repr(old) == repr(new):
        return
    is_same_kind = (isinstance(old, dict) and isinstance(new, dict)) or (
        isinstance(old, list) and isinstance(new, list)
    )
    if not is_same_kind or not old or not new:
        yield location, new
        return
    old_parts, new_parts = _parts(old), _parts(new)
    for step, part in new_parts.items():
        if step in old_parts:
            yield from _differences(old_parts[step], (*location, step), part)
        else:
            yield (*location, step), part
    for step in reversed([step for step in old_parts if step not in new_parts]):
        yield (*location, step), _GONE


def _line_end(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    return len(text) if end < 0 else end


def _parts(value: Any) -> dict[str | int, Any]:
    if isinstance(value, dict):
        return value
    return dict(enumerate(value)) if isinstance(value, list | tuple) else {}


def _checked(text: str, location: Location, value: Any) -> str:
    """Return the first way of writing one change that reads as it should."""
    expected = repr(_changed(_data(text), location, value))
    root = spans_of(text)
    if root is not None:
        for edited in _Splicer(text, root).ways(location, value):
            try:
                if repr(_data(edited)) == expected:
                    return edited
            except ContentError:
                continue
    shown = ".".join(map(str, location)) or "the file"
    raise UneditableError(f'"{shown}" is written in a way that only a person can change')


def _data(text: str) -> Any:
    return yaml_source(text, Path("edited"), "").data


def _changed(data: Any, location: Location, value: Any) -> Any:
    """Return ``data`` with one change; what is repeated in it by its name changes in that place alone."""
    if not location:
        return value
    step, *inner = location
    parts = dict(_parts(data))
    if value is _GONE and not inner:
        del parts[step]
    else:
        parts[step] = _changed(parts.get(step), tuple(inner), value)
    return parts if isinstance(step, str) else list(parts.values())


class _Splicer:
    """Ways to write one change, the most natural first; a way that does not fit the place reads wrongly."""

    def __init__(self, text: str, root: Span) -> None:
        self._text = text
        self._root = root
        self._newline = "\r\n" if "\r\n" in text else "\n"

    def ways(self, location: Location, value: Any) -> Iterator[str]:
        if not location:
            return
        parent = span_at(self._root, location[:-1])
        if parent is None or parent.is_alias:
            return
        step = location[-1]
        if value is _GONE:
            yield from self._removed(location, parent, step)
        elif any(entry.step == step for entry in parent.entries):
            yield from self._replaced(parent, neighbours(parent, step)[1], value)
        elif parent.entries or (parent.is_flow and parent.kind != "scalar"):
            yield from self._added(parent, step, value)
        else:  # an empty or plain value becomes a mapping or a list
            yield from self.ways(location[:-1], {step: value} if isinstance(step, str) else [value])

    def _replaced(self, parent: Span, entry: Entry, value: Any) -> Iterator[str]:
        old, text = entry.value, self._text
        style = old.style if old.style in ("'", '"') else ""
        indent = " " * parent.column
        is_bare = old.start == old.end and not old.is_alias
        if isinstance(value, dict | list | tuple):
            words = [flow(value)]
        else:
            in_block = (
                "" if old.is_flow or self._rest_of_line(old.end) else literal(value, indent + STEP, self._newline)
            )
            words = [in_block, scalar(value, in_flow=old.is_flow, style=style), scalar(value, in_flow=old.is_flow)]
        words += [quoted(value)] if isinstance(value, str) else []
        if is_bare and not old.is_flow and isinstance(value, dict | list | tuple):
            at = self._line_end(entry.after)
            yield text[:at] + beside(value, indent, self._newline) + text[at:]
        if isinstance(value, dict) and value and not is_bare and not old.is_flow and old.kind == "scalar":
            yield text[: entry.after] + beside(value, indent, self._newline) + text[old.end :]
        for word in filter(None, words):
            if is_bare:
                yield f"{text[: entry.after]} {word}{text[entry.after :]}"
            else:
                yield text[: old.start] + word + text[old.end :]
                yield f"{text[: entry.after]} {word}{text[old.end :]}"

    def _added(self, parent: Span, step: str | int, value: Any) -> Iterator[str]:
        text = self._text
        if parent.is_flow:
            entry = f"{scalar(step, in_flow=True)}: {flow(value)}" if isinstance(step, str) else flow(value)
            at = parent.entries[-1].end if parent.entries else parent.start + 1
            yield text[:at] + (", " if parent.entries else "") + entry + text[at:]
            return
        indent = " " * parent.column
        if isinstance(step, str):
            words = [f"{scalar(step, in_flow=False)}:{beside(value, indent, self._newline)}"]
            words += [f"{quoted(step)}: {quoted(value)}"] if isinstance(value, str) else []
        else:
            words = [f"- {block(value, indent + STEP, self._newline)}", f"- {flow(value)}"]
        for word in words:
            at = self._line_end(parent.entries[-1].end)
            yield f"{text[:at]}{self._newline}{indent}{word}{text[at:]}"
            at = parent.raw_end  # behind the empty lines that belong to a text which keeps them
            at = text.rfind("\n", 0, at) + 1
            yield f"{text[:at]}{indent}{word}{self._newline}{text[at:]}"

    def _removed(self, location: Location, parent: Span, step: str | int) -> Iterator[str]:
        before, entry, after = neighbours(parent, step)
        text = self._text
        if before is None and after is None:
            empty: Any = {} if parent.kind == "map" else []
            if parent.is_flow:
                yield text[: entry.start] + text[entry.end :]
            elif len(location) > 1:
                outer = span_at(self._root, location[:-2])
                if outer is not None:
                    yield from self._replaced(outer, neighbours(outer, location[-2])[1], empty)
            else:
                yield text[: parent.start] + flow(empty) + text[parent.end :]
        elif parent.is_flow:
            start, end = (entry.start, after.start) if after else (before.end if before else 0, entry.end)
            yield text[:start] + text[end:]
        else:
            yield from self._lines_removed(entry)

    def _lines_removed(self, entry: Entry) -> Iterator[str]:
        text = self._text
        line_start = text.rfind("\n", 0, entry.start) + 1
        if not text[line_start : entry.start].strip(" "):
            end = text.find("\n", entry.end)
            if end >= 0:
                yield text[:line_start] + text[end + 1 :]
            else:
                yield text[:line_start].rstrip("\r\n")
        rest = text[entry.end :]
        yield text[: entry.start] + rest.lstrip()  # its first line also holds the dash of a list
        yield text[: entry.start] + rest

    def _line_end(self, offset: int) -> int:
        end = _line_end(self._text, offset)
        return end - 1 if self._text[end - 1 : end] == "\r" and end < len(self._text) else end

    def _rest_of_line(self, offset: int) -> str:
        return self._text[offset : self._line_end(offset)].strip()
