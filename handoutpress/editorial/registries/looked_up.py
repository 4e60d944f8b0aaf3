"""The day on which references were looked up, written into the library; not another byte of it changes."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from handoutpress.yamlfile.problems import HandoutError
from handoutpress.yamlfile.source import Location, YamlSource
from handoutpress.yamlfile.textfile import offset_of

_KEY = "looked_up"
_DAY = re.compile(r"""["']?\d{4}-\d{2}-\d{2}["']?""")
_STATUS = re.compile(r"""["']?[a-z-]+["']?""")


def noted(source: YamlSource, keys: Collection[str], day: date) -> str:
    """Return the library's text with ``day`` as that on which the entries ``keys`` were looked up; each has a status.

    Raises ``HandoutError`` for a library that is JSON.
    """
    if source.path.suffix == ".json":
        raise HandoutError(f"{source.path.as_posix()} is JSON, where no day is noted. Hint: make it a references.yaml.")
    is_keyed = isinstance(source.data, dict)
    entries = source.data["references"] if is_keyed else source.data
    text = source.text
    # From the end, so that the places of those before stay.
    for index in reversed(range(len(entries))):
        if entries[index].get("id") in keys:
            text = _with_day(source, text, (*(("references",) if is_keyed else ()), index, "custom"), day)
    return text


def _with_day(source: YamlSource, text: str, custom: Location, day: date) -> str:
    node = source.root.at(custom)
    if _KEY in node.parts:
        begin = offset_of(text, *node.parts[_KEY].place)
        match = _DAY.match(text, begin)
        return f"{text[:begin]}{day.isoformat()}{text[match.end() :]}" if match else text
    begin = offset_of(text, *node.parts["status"].place)
    match = _STATUS.match(text, begin)
    if match is None:
        return text
    in_braces = text[offset_of(text, *node.place)] == "{"
    margin = "\n" + " " * (node.keys["status"][1] - 1)
    return f"{text[: match.end()]}{', ' if in_braces else margin}{_KEY}: {day.isoformat()}{text[match.end() :]}"
