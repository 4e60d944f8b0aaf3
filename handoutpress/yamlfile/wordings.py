"""The kinds of pydantic's mistakes in plain words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from handoutpress.yamlfile.look_alikes import plain_spelling
from handoutpress.yamlfile.nearest import nearest
from handoutpress.yamlfile.problems import MessageAndHint, split_hint
from handoutpress.yamlfile.record import CITATION_KEY, ONE_LINE, SLUG


@dataclass(frozen=True)
class ModelMistake:
    """One refused value: ``name`` is what to call it, ``word`` how it is written in the file.

    ``expected`` says what should stand there, and of a group of keys ``keys`` which they are.
    """

    kind: str
    name: str
    value: Any
    word: str
    context: dict[str, Any]
    expected: str
    message: str
    keys: tuple[str, ...] = ()


_PHONE = 'write digits, spaces, + ( ) and -, like "+44 1632 960001".'
PATTERNS: dict[str, str] = {
    f"^{SLUG}$": "use lower-case letters, digits and single hyphens, like dry-needling.",
    f"^{CITATION_KEY}$": "write the key as the library has it, without spaces, commas or brackets.",
    r"^[0-9]+\.[0-9]+(\.[0-9]+)?$": 'write two or three numbers in quotes, like "1.0" or "1.0.2".',
    r"^[0-9+][0-9 +()-]*$": _PHONE,
    "^(a4|letter)$": "write a4 or letter.",
    r"^10\.\d{4,9}/\S+$": "write a DOI like 10.1136/bmj.38383.605544.",
    r"^\d{1,8}$": 'write a PMID in quotes, like "34489268".',
    r"^[0-9a-f]{8}$": "leave it to `handouts translate` with --update.",
    r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$": "write a language's code, like en or zh-Hans.",
    r"^[a-z]{2,3}(_[A-Z][A-Za-z]+)*$": "write a locale like en_GB.",
}
"""What to write, by the pattern that a model asks for."""

_KINDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (bool, "true or false"),
    (str, "text"),
    ((int, float), "a number"),
    (date, "a day"),
    (dict, "a group of keys"),
    ((list, tuple), "a list"),
)
_EXPECTED = {
    "string": "text",
    "int": "a whole number",
    "float": "a number",
    "decimal": "a number",
    "bool": "true or false",
    "date": "a day",
    "tuple": "a list",
    "list": "a list",
    "set": "a list",
    "frozen": "a list",
    "dict": "a group of keys",
}
_HINTS = {
    "a list": 'begin each entry on a line of its own with "- ".',
    "a group of keys": 'write "key: value" lines below it, indented by two spaces.',
    "a day": "write it as year-month-day, like 2026-05-31.",
    "a whole number": "write digits only.",
    "a number": "write digits only.",
    "true or false": "write true or false.",
    "text": "write it as one text in quotes.",
}
_SAID_BY_VALUE = {("text", "a day"), ("a number", "a day"), ("a number", "a whole number")}
"""The kind that stands there and the one expected: where the value itself says more than its kind."""
_BOUNDS = {
    "greater_than_equal": ("ge", "{} or more"),
    "greater_than": ("gt", "more than {}"),
    "less_than_equal": ("le", "at most {}"),
    "less_than": ("lt", "less than {}"),
}


def wording(mistake: ModelMistake) -> MessageAndHint:
    """Return the sentence and the hint for ``mistake``."""
    if mistake.value is None and mistake.kind != "missing":
        return MessageAndHint(f"{mistake.name} is empty.", "write its value after the colon, or delete the line.")
    if mistake.kind in _WORDINGS:
        return _WORDINGS[mistake.kind](mistake)
    if mistake.kind in _BOUNDS:
        return _bound(mistake)
    if mistake.kind.endswith(("_type", "_parsing", "_from_float", "_inexact", "_size")):
        return _wrong_type(mistake)
    return MessageAndHint(f"{mistake.name} is not accepted: {mistake.message}.", "")


def _kind_of(value: Any) -> str:
    """Return what ``value`` is called, such as "text" or "a list"."""
    return next((words for types, words in _KINDS if isinstance(value, types)), "something else")


def expected_kind(kind: str) -> str:
    """Return what a value should have been, from the kind of pydantic's error (``string_type``: "text")."""
    return _EXPECTED.get(kind.partition("_")[0], "a group of keys")


def _wrong_type(mistake: ModelMistake) -> MessageAndHint:
    expected = mistake.expected or expected_kind(mistake.kind)
    kind = _kind_of(mistake.value)
    if kind == "text" and (hint := _respelt(str(mistake.value), expected)):
        return MessageAndHint(f'{mistake.name} must be {expected}, not "{mistake.value}".', hint)
    if kind == "a group of keys" and expected == "text":
        return _entry_type(replace(mistake, context={"value": mistake.value}))
    if (kind, expected) in _SAID_BY_VALUE or kind == expected:
        return MessageAndHint(
            f'{mistake.name} must be {expected}, not "{mistake.word or mistake.value}".', _HINTS[expected]
        )
    if expected == "text" and mistake.word:
        return MessageAndHint(f"{mistake.name} must be text, not {kind}.", f'put it in quotes: "{mistake.word}".')
    hint = _HINTS.get(expected, "")
    if expected == "a group of keys" and mistake.keys:
        lines = " and ".join(f'"{key}: …"' for key in mistake.keys[:2])
        hint = f"write lines such as {lines} below it, indented by two spaces."
    return MessageAndHint(f"{mistake.name} must be {expected}, not {kind}.", hint)


def _respelt(word: str, expected: str) -> str:
    """Return what to write for a ``word`` that is as ``expected`` but for its signs, else nothing."""
    spelt = plain_spelling(word)
    if expected == "a list" and spelt.startswith("["):
        return f"write {spelt}, with the brackets and commas of the keyboard."
    if expected == "a day" and spelt != word and re.fullmatch(r"\d{4}-\d{2}-\d{2}", spelt):
        return f"write {spelt}, with the signs of the keyboard and without quotes."
    if "number" not in expected or not re.fullmatch(r"\d[\d., ]*", spelt):
        return ""
    if re.fullmatch(r"\d{1,3}([., ]\d{3})+", spelt):
        return f"write {re.sub('[., ]', '', spelt)}, without a sign between thousands."
    return f"write {spelt.replace(',', '.')}, as digits" + (" with a full stop." if "," in spelt else ".")


def _pattern(mistake: ModelMistake) -> MessageAndHint:
    if mistake.context["pattern"] == ONE_LINE:
        return MessageAndHint(f"{mistake.name} must be on one line.", f"join the lines of {mistake.name}.")
    hint = PATTERNS.get(mistake.context["pattern"], "")
    spelt = plain_spelling(str(mistake.value))
    if spelt != mistake.value and re.search(mistake.context["pattern"], spelt):
        hint = f'write "{spelt}", with the signs of the keyboard.'
    elif "," in spelt:
        hint = "part the entries with the keyboard's comma and a space: " + ", ".join(spelt.split(",")) + "."
    return MessageAndHint(f'{mistake.name} cannot be "{mistake.value}".', hint)


def _choice(mistake: ModelMistake) -> MessageAndHint:
    # pydantic has the choices in a sentence only: 'a', 'b' or 'c'.
    choices = re.findall(r"'([^']*)'", mistake.context["expected"])
    near = nearest(str(mistake.value), choices)
    listed = ", ".join(choices)
    sentence = f'{mistake.name} cannot be "{mistake.word or mistake.value}".'
    return MessageAndHint(sentence, f'did you mean "{near}"?' if near else f"write one of: {listed}.")


def _bound(mistake: ModelMistake) -> MessageAndHint:
    key, words = _BOUNDS[mistake.kind]
    bound = mistake.context[key]
    limit = int(bound) if float(bound).is_integer() else bound
    return MessageAndHint(f"{mistake.name} must be {words.format(limit)}, not {mistake.value}.", "")


def _too_many(mistake: ModelMistake) -> MessageAndHint:
    most, actual = mistake.context["max_length"], mistake.context["actual_length"]
    return MessageAndHint(
        f"{mistake.name} has {actual} entries; at most {most} may stand there.",
        f"take {actual - most} out of {mistake.name}.",
    )


def _too_few(mistake: ModelMistake) -> MessageAndHint:
    least = mistake.context["min_length"]
    entries = "one entry" if least == 1 else f"{least} entries"
    return MessageAndHint(f"{mistake.name} needs at least {entries}.", _HINTS["a list"])


def _too_long(mistake: ModelMistake) -> MessageAndHint:
    most, length = mistake.context["max_length"], len(mistake.value)
    hint = f"cut {length - most} characters from {mistake.name}, or say the rest elsewhere."
    return MessageAndHint(f"{mistake.name} has {length} characters; at most {most} may stand there.", hint)


def _too_short(mistake: ModelMistake) -> MessageAndHint:
    return MessageAndHint(f"{mistake.name} has no text.", "write its words after the colon, or delete the line.")


def _no_words(mistake: ModelMistake) -> MessageAndHint:
    seen = "" if str(mistake.value).isspace() else f': "{str(mistake.value)[:20]}"'
    hint = f"write what a patient is to read at {mistake.name}; signs and citations alone are no words."
    return MessageAndHint(f"{mistake.name} has no words that can be read{seen}.", hint)


def _no_name(mistake: ModelMistake) -> MessageAndHint:
    hint = f'write the name of the person at {mistake.name}, like "Dr Ana Ruiz".'
    return MessageAndHint(f'{mistake.name} holds no name: "{str(mistake.value)[:20]}".', hint)


def _long_word(mistake: ModelMistake) -> MessageAndHint:
    most, length = mistake.context["most"], mistake.context["length"]
    hint = f"part it by spaces or hyphens in {mistake.name}, or take it out; pasted data looks like this."
    return MessageAndHint(f"{mistake.name} has a word of {length} letters; at most {most} may stand in one.", hint)


def _entry_type(mistake: ModelMistake) -> MessageAndHint:
    entry = mistake.context["value"]
    if entry is None:
        return MessageAndHint(f"{mistake.name} is empty.", 'write its words after the "- ", or delete the line.')
    if isinstance(entry, dict):
        key = next(iter(entry), "")
        hint = f'a colon makes it one: put the whole text in double quotes, like "{key}: …".'
        return MessageAndHint(f"{mistake.name} must be text, not a group of keys.", hint)
    kind = _kind_of(entry)
    hint = 'write each entry on a line of its own, with "- " before it, all in one column.'
    return MessageAndHint(f"{mistake.name} must be text, not {kind}.", hint)


def _from_model(mistake: ModelMistake) -> MessageAndHint:
    """Return the words of a model's own check, which may carry a hint."""
    sentence, hint = split_hint(str(mistake.context.get("error", mistake.message)))
    return MessageAndHint(f"{sentence[:1].upper()}{sentence[1:].rstrip('.')}.", hint)


def _missing(mistake: ModelMistake) -> MessageAndHint:
    return MessageAndHint(f"{mistake.name} is missing.", f"add {mistake.expected}." if mistake.expected else "")


_WORDINGS: dict[str, Callable[[ModelMistake], MessageAndHint]] = {
    "missing": _missing,
    "string_pattern_mismatch": _pattern,
    "literal_error": _choice,
    "string_too_short": _too_short,
    "string_too_long": _too_long,
    "too_short": _too_few,
    "too_long": _too_many,
    "value_error": _from_model,
    "no_words": _no_words,
    "no_name": _no_name,
    "long_word": _long_word,
    "entry_type": _entry_type,
}
