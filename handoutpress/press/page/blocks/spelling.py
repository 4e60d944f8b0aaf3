"""A handout in the words of a country: "lymphoedema" of a British text is printed as "lymphedema" in the United States.

Its title stays as it is, since files, pages and letters know it by that, and so does what others have written.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial

from handoutpress.content.editions import HandoutFile
from handoutpress.content.models.countries import Country, Spelling
from handoutpress.yamlfile.printed import changed_texts

KEPT = frozenset({"title", "author", "article", "reviewed", "translation"})
"""What of a handout is said of it, and names it."""


def spelling_of(country: Country, *texts: HandoutFile) -> Spelling:
    """Return the words that ``country`` has in place of others, for each language of a page in which it has any."""
    codes = dict.fromkeys(text.language for text in texts)
    return tuple((code, tuple(country.spelling[code].items())) for code in codes if code in country.spelling)


def respelled(file: HandoutFile, spelling: Spelling) -> HandoutFile:
    """Return a handout as it is printed where words are spelled so."""
    words = dict(spelling).get(file.language)
    if not words:
        return file
    change = partial(_pattern(words).sub, _other(words))
    own = {name: getattr(file.handout, name) for name in KEPT}
    handout = changed_texts(file.handout, change).model_copy(update=own)
    about = (replace(each, harms=tuple(changed_texts(risk, change) for risk in each.harms)) for each in file.about)
    return replace(file, handout=handout, about=tuple(about))


@cache
def _pattern(words: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """Return a pattern of words that are no part of a longer one, of an address, or of the key of a reference."""
    longest_first = sorted((re.escape(word) for word, _ in words), key=len, reverse=True)
    return re.compile(rf"(?<![\w@./-])(?:{'|'.join(longest_first)})(?![\w@/-])", re.IGNORECASE)


@cache
def _other(words: tuple[tuple[str, str], ...]) -> Callable[[re.Match[str]], str]:
    others = {word.lower(): there for word, there in words}

    def other(match: re.Match[str]) -> str:
        word = others[match[0].lower()]
        return word[0].upper() + word[1:] if match[0][0].isupper() else word

    return other
