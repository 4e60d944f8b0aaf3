"""The number of syllables of a word, by its groups of vowels: no dictionary and no download."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

_GROUP = re.compile(r"[aeiouyáàâäæéèêëíìîïóòôöœúùûüÿ]+")

_SILENT_E = re.compile(r"(?:[^aeiouy]|[aeiouy])e$|[^td]ed$|(?<![sxz])(?<![cs]h)(?<![cg])es$")
_SOUNDED_E = re.compile(r"^[^aeiouy]+e[ds]?$|[^aeiouylr][lr]e[ds]?$|ee[ds]?$|[aeo]ye[ds]?$|[^l]lle$")
_INNER_E = re.compile(
    r"(?<=[a-z][^aeiouyl])e(?=(?:ful|less|ly|ty|ment|ness|some|where|thing|times?|work|body|day|line|back|board|walk|way)s?(?:ly)?$)"
)
_SPLIT = re.compile(
    r"i(?=[ao]|um|us|et|ence|ent)(?<![cgstx]i)(?<!shi)(?<!lli)(?!age|ous$)|i(?=er$)(?<=[lrd]i)|(?<=[st])i(?=et|um)"
    r"|(?<=[vrb])i(?=ous)|(?<=[aeiousc]ci)(?=at)"
    r"|e(?=o(?!ne?s?$|u|p|r))|(?<=cr)e(?=at)|(?<=id)e(?=a)|(?<=ar)e(?=a)|(?<=r)e(?=act|alit|a[ds]s)"
    r"|u(?=[ao](?!r[dt]))(?<=[^gq]u)|u(?=el$|ence)(?<=[^gqe]u)|[ay](?=ing)|[ou](?=ing)|(?<=[cp]o)(?=[ae][lmt])|y(?=one)|(?<=[^aeiouy])(?=sms?$)"
)


def _english(word: str) -> int:
    word = re.sub(r"['’]s$|['’]", "", word)
    word = re.sub(r"^y(?=[aeiou])|(?<=[aeo])y(?=[aeiou])|^eu|(?<=q)u", "j", word) if len(word) > 2 else word
    if _SILENT_E.search(word) and not _SOUNDED_E.search(word):
        word = re.sub(r"e([sd]?)$", r"\1", word)
    word = _SPLIT.sub(lambda mark: mark.group() + "-", _INNER_E.sub("", word))
    return len(_GROUP.findall(word))


def _spanish(word: str) -> int:
    """Count vowels: two strong ones (a, e, o) or an accented weak one (í, ú) stand apart; u may be silent."""
    word = re.sub(r"(?<=[gq])u(?=[eiéí])", "", word.replace("ü", "u"))
    word = re.sub(r"y(?=[aeiouáéíóú])", "j", word)
    word = re.sub(r"([aeoáéó])(?=[aeoáéó])|([íú])(?=[aeoáéó])|([aeoáéó])(?=[íú])", r"\g<0>-", word)
    return len(_GROUP.findall(word))


_SOUNDED_ENT = re.compile(
    r"(?:m|i|qu|cc|bs|és|éc|arg|urg|ag|cid|ud|ffér|ér|tin)ent$"
    r"|^(?:content|dent|vent|lent|cent|souvent|parent|talent|serpent|évident|prudent|excellent)$"
)
"""Words in which a final "ent" is no mute ending of a verb."""


def _french(word: str) -> int:
    """Count vowels; a final e, es or ent is mute where another syllable remains."""
    if word.endswith("ent") and not _SOUNDED_ENT.search(word):
        word = word[:-2]
    word = re.sub(r"(?<=[gq])u(?=[eéèêiîaà])", "", re.sub(r"^[cdjlmnst]['’]|^(?:qu|lorsqu|jusqu|puisqu)['’]", "", word))
    word = re.sub(r"(?<=[aeéèouâêôû])y(?=[aeéèiou])", "j", word)
    word = re.sub(
        r"é(?=[aeèouâêô])|i(?=[éèaâoôœ])(?<=[bcdfgpt][lr]i)|o(?=[éèaâ])|u(?=[éèaâo])|[aeou](?=[ïü])", r"\g<0>-", word
    )
    if re.search(r"[aeiouyéèêâôûîœ].*[^aeiouyéèêâôûî](?:es?)$|[éiu]es?$", word):
        word = re.sub(r"es?$", "", word)
    return len(_GROUP.findall(word))


_COUNTERS: dict[str, Callable[[str], int]] = {"en": _english, "es": _spanish, "fr": _french}
LANGUAGES = tuple(_COUNTERS)
"""The languages, as BCP 47 primary subtags, whose syllables can be counted."""


@lru_cache(maxsize=50_000)
def syllables(word: str, language: str) -> int:
    """Count the syllables of ``word``, at least one for each of its parts; raises ``KeyError`` for other languages."""
    count = _COUNTERS[language]
    return sum(max(1, count(part)) for part in re.split(r"[-‐‑/.,]", word.lower()) if part)
