"""Handouts of other lengths, in the words of the shipped ones: whole sentences and items of lists cut or repeated."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import Any

from layout_matrix.combinations import Combination

PASSAGES = ("what_it_is", "what_to_expect", "tell_us_first", "after_care", "alternatives")
ABOUT_ITSELF = ("reviewed", "translation", "answers", "accepted")
"""What holds of the handout as it was, and not of one that is made of it."""
WIDE = ("zh-Hans",)
"""Languages whose signs are twice as wide as a letter: half as many are as long."""
_SENTENCE = re.compile(r"(?<=[.!?؟।]) +|(?<=[。！？])")
_CITATION = re.compile(r" ?\[@[^\]]*\]")
_KEY = re.compile(r"@([\w-]+)")

Data = dict[str, Any]
KeysOf = Callable[[list[str]], list[str]]


def handout_of(shipped: Mapping[str, Any], row: Combination, extra_keys: tuple[str, ...]) -> Data:
    """Return a shipped handout with the lengths of a row; ``extra_keys`` are references beyond those that it has."""
    data = deepcopy(dict(shipped))
    for key in ABOUT_ITSELF:
        data.pop(key, None)
    _scale(data, 1 + row.text / 100)
    data["urgent_help"] = _signs(shipped, row.signs)
    data["title"] = title_of(shipped, row.title // 2 if row.language in WIDE else row.title)
    return _cite(data, row.references, extra_keys)


def _scale(data: Data, factor: float) -> None:
    budget = _Budget(factor)
    for key in PASSAGES:
        if key in data:
            data[key] = _passage(data[key], budget)
    data["sections"] = [_passage(section, budget) for section in data.get("sections", [])]
    for group in ("benefits", "risks"):
        if group in data:
            data[group]["items"] = budget.of(data[group]["items"], least=_least(data, group))
    data["questions"] = budget.of(data["questions"], least=2)
    if "comparison" in data:
        data["comparison"]["rows"] = budget.of(data["comparison"]["rows"], least=2)


def _least(data: Data, group: str) -> int:
    """Keep harms and benefits of every practice: they are listed by practice or severity."""
    items = data[group]["items"]
    if len(data["practices"]) == 1:
        return 2
    seen: set[str] = set()
    for count, item in enumerate(items, 1):
        seen.add(item.get("practice", ""))
        if len(seen) == len(data["practices"]):
            return count
    return len(items)


class _Budget:
    """How many of some units are to stay: what rounding adds or takes, the next ones make good."""

    def __init__(self, factor: float) -> None:
        self.factor, self._debt = factor, 0.0

    def of(self, units: list[Any], least: int = 1) -> list[Any]:
        wanted = len(units) * self.factor + self._debt
        count = max(min(least, len(units)), round(wanted))
        self._debt = wanted - count
        return [units[number % len(units)] for number in range(count)]


def _passage(value: Any, budget: _Budget) -> Any:
    if isinstance(value, str):
        return _text(value, budget)
    scaled = {key: _text(text, budget) if key in ("text", "short") else text for key, text in value.items()}
    if icons := value.get("icons"):
        entries = sum(line.startswith("- ") for line in scaled["text"].splitlines())
        names = ["no" if name is False else name for name in icons]  # as YAML 1.1 reads that name
        scaled["icons"] = [names[number % len(names)] for number in range(entries)]
    return scaled


def _text(text: str, budget: _Budget) -> str:
    return "\n\n".join(_block(block, budget) for block in text.strip().split("\n\n"))


def _block(block: str, budget: _Budget) -> str:
    if block.startswith("- "):
        return "\n".join(budget.of(_items(block), least=2))
    sentences = [sentence for sentence in _SENTENCE.split(" ".join(block.split())) if sentence.strip()]
    return " ".join(budget.of(sentences))


def _items(block: str) -> list[str]:
    return [f"- {' '.join(item.split())}" for item in re.split(r"^- ", block, flags=re.M) if item.strip()]


def _signs(shipped: Mapping[str, Any], count: int) -> str:
    """Return the text of urgent help with so many signs: its own, and then those of other lists."""
    lead, items, others = [], list[str](), list[str]()
    urgent = shipped["urgent_help"]
    for block in (urgent if isinstance(urgent, str) else urgent["text"]).strip().split("\n\n"):
        if block.startswith("- "):
            items += _items(block)
        else:
            lead.append(" ".join(block.split()))
    for text in _texts(shipped["tell_us_first"]):
        others += [item for block in text.split("\n\n") if block.startswith("- ") for item in _items(block)]
    return "\n\n".join([lead[0], "\n".join((items + others)[:count])])


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (value["text"],)


def title_of(shipped: Mapping[str, Any], letters: int) -> str:
    """Return a title of at most so many letters, and nearly as many, in words of the handout."""
    message = _CITATION.sub("", " ".join(str(shipped["main_message"]).split()))
    words = f"{shipped['title'].rstrip('?？؟ ')}: {message}"
    kept = words[: letters + 1]
    end = kept.rfind(" ") if len(words) > letters else letters
    kept = kept[: end if 2 * end > letters else letters]
    return kept.rstrip(" ,;:.，。：；؛،")


def _cite(data: Data, count: int, extra: tuple[str, ...]) -> Data:
    """Cite exactly so many references: fewer of its own, or its own and extra ones in turn."""
    own = list(dict.fromkeys(_cited(data)))
    kept, more = own[:count], list(extra[: max(0, count - len(own))])
    places = sum(1 for _ in _citations(data))
    share = [more[number::places] for number in range(places)]

    def keys_of(keys: list[str]) -> list[str]:
        return list(dict.fromkeys([*(kept[own.index(key) % len(kept)] for key in keys), *share.pop(0)]))

    recited: Data = _recited(data, keys_of)
    return recited


def _cited(value: Any) -> Iterator[str]:
    for keys in _citations(value):
        yield from keys


def _citations(value: Any, key: str = "") -> Iterator[list[str]]:
    if isinstance(value, str):
        yield from (_KEY.findall(match) for match in _CITATION.findall(value))
    elif key == "references":
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _citations(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _citations(inner)


def _recited(value: Any, keys_of: KeysOf, key: str = "") -> Any:
    if isinstance(value, str):
        return _CITATION.sub(lambda match: _citation(match, keys_of), value)
    if key == "references":
        return keys_of(value)
    if isinstance(value, dict):
        return {name: _recited(inner, keys_of, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_recited(inner, keys_of) for inner in value]
    return value


def _citation(match: re.Match[str], keys_of: KeysOf) -> str:
    keys = "; ".join(f"@{key}" for key in keys_of(_KEY.findall(match[0])))
    return f"{' ' * match[0].startswith(' ')}[{keys}]"
