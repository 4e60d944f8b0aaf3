"""What an article says of itself above its text: YAML, TOML, or the title block of Pandoc and MultiMarkdown."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping

from handoutpress.editorial.importing.blocks import ArticleFacts, Doubt, left_out, tidy

_YAML = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\A\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_PANDOC = re.compile(
    r"\A%[ \t]?(?P<title>[^\n]*\n(?:[ \t]+\S[^\n]*\n)*)"
    r"(?:%[ \t]?(?P<author>[^\n]*\n))?(?:%[ \t]?(?P<date>[^\n]*\n))?"
)
_MULTI = re.compile(r"\A(?:(?:Title|Author|Date|Subtitle)[ \t]*:[^\n]+\n)+(?=\s*\n|\Z)", re.IGNORECASE)
_KEY = re.compile(r"^([A-Za-z_][\w-]*)[ \t]*:(?:[ \t]+|$)(.*)$")

_TITLES = ("title",)
_SUBTITLES = ("subtitle",)
_AUTHORS = ("author", "authors", "byline", "by", "creator", "writer")
_DATES = ("date", "published", "publishdate", "pubdate", "date_published", "created", "lastmod", "updated")


def split_front_matter(text: str) -> tuple[ArticleFacts, tuple[Doubt, ...], str]:
    """Return the facts of the front matter, doubts about the rest of it, and ``text`` with empty lines in its place."""
    for pattern, read in _KINDS:
        match = pattern.match(text)
        values = read(match) if match else {}
        if match is None or not values:
            continue
        # Empty lines in its place: the doubts count the lines of the file.
        rest = "\n" * match.group().count("\n") + text[match.end() :]
        return _facts(values), tuple(_doubts(values)), rest
    return ArticleFacts(), (), text


def _yaml(match: re.Match[str]) -> Mapping[str, str]:
    """Read the top keys leniently: a fault in one line must not lose the others."""
    values: dict[str, list[str]] = {}
    key = ""
    for line in match[match.lastindex or 0].split("\n"):
        begins = _KEY.match(line)
        if begins:
            key = begins[1].lower()
            values.setdefault(key, []).append(begins[2])
        elif key and line.strip():
            values[key].append(line.strip())
    return {key: _plain(parts) for key, parts in values.items()}


def _plain(parts: list[str]) -> str:
    """Return a YAML value as words: quotes, brackets, dashes and block signs gone."""
    first = parts[0].strip()
    if first in ("|", ">", "|-", ">-"):
        return tidy(" ".join(parts[1:]))
    names = [match[1] for part in parts if (match := re.match(r"^-?\s*name:\s*(.+)$", part.strip()))]
    items = [part[1:] for part in parts[1:] if part.startswith("- ")]
    if not first and (names or items):
        return ", ".join(_unquoted(item) for item in names or items)
    words = " ".join(part.strip() for part in parts)
    if words.startswith("[") and words.endswith("]"):
        return ", ".join(_unquoted(item) for item in words[1:-1].split(","))
    return _unquoted(words)


def _unquoted(words: str) -> str:
    words = words.strip()
    if len(words) >= 2 and words[0] == words[-1] and words[0] in "\"'":
        words = words[1:-1].replace("\\n", " ").replace('\\"', '"').replace("''", "'")
    return tidy(words)


def _toml(match: re.Match[str]) -> Mapping[str, str]:
    try:
        data = tomllib.loads(match[1])
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}
    return {key.lower(): _words(value) for key, value in data.items()}


def _words(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_words(part) for part in value)
    if isinstance(value, dict):
        return _words(value.get("name", ", ".join(f"{key}: {part}" for key, part in value.items())))
    return tidy(str(value))


def _pandoc(match: re.Match[str]) -> Mapping[str, str]:
    return {key: tidy(words).replace(";", ",") for key, words in match.groupdict().items() if words and words.strip()}


def _facts(values: Mapping[str, str]) -> ArticleFacts:
    def first(keys: tuple[str, ...]) -> str:
        return next((values[key] for key in keys if values.get(key)), "")

    return ArticleFacts(first(_TITLES), first(_SUBTITLES), first(_AUTHORS), first(_DATES))


def _doubts(values: Mapping[str, str]) -> Iterator[Doubt]:
    facts = _facts(values)
    taken = {facts.title, facts.subtitle, facts.author, facts.date}
    for key, words in values.items():
        if words and words not in taken:
            yield from left_out(1, f"front matter ({key})", words)


_KINDS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Mapping[str, str]]], ...] = (
    (_YAML, _yaml),
    (_TOML, _toml),
    (_PANDOC, _pandoc),
    (_MULTI, _yaml),
)
