"""The words of an imported article as our Markdown, its markers as citations."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from handoutpress.editorial.importing.article import MARKER, marked
from handoutpress.editorial.importing.blocks import ArticleBlock

Keys = Mapping[int, str]
"""The keys of the references by the numbers that the article gives them."""


def with_numbers(parts: Sequence[ArticleBlock], numbers: tuple[int, ...], keys: Keys) -> list[str]:
    """Return the words of each part with its citations; those of the heading above go to the first part."""
    words = [cited(part.text, keys) for part in parts]
    if numbers:
        words[:1] = [f"{words[0]} {citation(numbers, keys)}" if words else citation(numbers, keys)]
    return words


def cited(text: str, keys: Keys) -> str:
    """Put citations by key in the place of markers such as [1,2]; a number without an entry stays a marker."""

    def by_key(mark: re.Match[str]) -> str:
        numbers = marked(mark[1])
        return f" {citation(numbers, keys)}" if all(number in keys for number in numbers) else mark[0]

    return MARKER.sub(by_key, text).strip()


def citation(numbers: tuple[int, ...], keys: Keys) -> str:
    """Return one citation of all ``numbers`` that have an entry, else the marker as it was."""
    citations = [f"@{keys[number]}" for number in dict.fromkeys(numbers) if number in keys]
    return f"[{'; '.join(citations)}]" if citations else f"[{','.join(map(str, numbers))}]"
