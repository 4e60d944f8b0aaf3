"""Values as YAML that any reader takes for the same: by YAML 1.1, by 1.2, and by ours."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import yaml

from handoutpress.yamlfile.source import plain_value
from handoutpress.yamlfile.textfile import INVISIBLE

_PLAIN = re.compile(r"(?:\.\./)*[^\W_](?:[\w .()/&+'@%-]|:(?! |$))*(?<! )")
"""Words that need no quotes: they begin with a letter or digit, and no sign in them means anything to YAML."""
_PLAIN_IN_BLOCK = re.compile(r"(?:\.\./)*[^\W_](?:[\w .()/&+'@%,-]|:(?! |$))*(?<! )")
_RESOLVER = yaml.resolver.Resolver()
STEP = "  "


def scalar(value: Any, *, in_flow: bool, style: str = "") -> str:
    """Return a text, number, truth value, day or None on one line, in quotes of ``style`` if it can be so written."""
    if not isinstance(value, str):
        return _word(value)
    if style == "'" and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    is_plain = (_PLAIN if in_flow else _PLAIN_IN_BLOCK).fullmatch(value) and value.isprintable()
    return value if style != '"' and is_plain and _stays_text(value) else quoted(value)


def quoted(text: str) -> str:
    """Return ``text`` in double quotes, what cannot be seen as escapes."""
    return INVISIBLE.sub(_escape, json.dumps(text, ensure_ascii=False))


def flow(value: Any) -> str:
    """Return a value on one line; mappings in braces, lists in brackets."""
    if isinstance(value, dict):
        inner = ", ".join(f"{scalar(str(key), in_flow=True)}: {flow(part)}" for key, part in value.items())
        return f"{{{inner}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(flow, value))}]"
    return scalar(value, in_flow=True)


def block(value: Any, indent: str, newline: str) -> str:
    """Return a value on lines of its own that begin with ``indent``; short lists stay on one line.

    The first line has no indent: it stands behind a dash or on a line that was begun.
    """
    if isinstance(value, dict) and value:
        lines = [f"{scalar(str(key), in_flow=False)}:{beside(part, indent, newline)}" for key, part in value.items()]
        return f"{newline}{indent}".join(lines)
    if _is_tall(value):
        return f"{newline}{indent}".join(f"- {block(part, indent + STEP, newline)}" for part in value)
    if isinstance(value, dict | list | tuple):
        return flow(value)
    return literal(value, indent, newline) or scalar(value, in_flow=False)


def beside(value: Any, indent: str, newline: str) -> str:
    """Return what stands behind the colon of a key that is indented by ``indent``."""
    inner = indent + STEP
    if (isinstance(value, dict) and value) or _is_tall(value):
        return f"{newline}{inner}{block(value, inner, newline)}"
    return f" {block(value, inner, newline)}"


def literal(value: Any, indent: str, newline: str) -> str:
    """Return a text of several lines as ``|``; empty where that form cannot hold it."""
    if not isinstance(value, str) or "\n" not in value.rstrip("\n") or INVISIBLE.search(value) or "\r" in value:
        return ""
    body, end = value.rstrip("\n"), value[len(value.rstrip("\n")) :]
    if len(end) > 1 or body[0].isspace() or any(line != line.rstrip() for line in body.split("\n")):
        return ""
    lines = [f"{indent}{line}" if line else "" for line in body.split("\n")]
    return newline.join([f"|{'' if end else '-'}", *lines])


def _is_tall(value: Any) -> bool:
    return isinstance(value, list | tuple) and any(isinstance(part, dict | list | tuple) for part in value)


def _word(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else repr(value)


def _stays_text(word: str) -> bool:
    tag = _RESOLVER.resolve(yaml.ScalarNode, word, (True, False))  # type: ignore[no-untyped-call]
    return bool(tag == "tag:yaml.org,2002:str") and isinstance(plain_value(word), str)


def _escape(sign: re.Match[str]) -> str:
    number = ord(sign[0])
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"
