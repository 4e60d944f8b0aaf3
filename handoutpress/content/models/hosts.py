"""Host names: as the network has them, as people read them, and those that pretend to be another (IDNA 2008, UTS 39).

The only place that imports idna.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from functools import lru_cache

import idna

_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)", re.IGNORECASE)
MAX_HOST = 253
"""Longest host, in octets (RFC 1035, 2.3.4, without the root's dot)."""
_READABLE = re.compile("[\x21-\x7e\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017e\u0400-\u045f\u0490\u0491]*")
"""Letters that every font of ours has: ASCII, those of Europe's languages in Latin, and Cyrillic."""
_TOGETHER = (
    {"CJK", "HIRAGANA", "KATAKANA", "LATIN"},
    {"CJK", "BOPOMOFO", "LATIN"},
    {"CJK", "HANGUL", "LATIN"},
)
"""Scripts that one word may mix (UTS 39, 5.2, highly restrictive)."""
_LATIN_LOOK_ALIKES = frozenset("асԁеһіјӏорԛѕѵѡхуьԝӕѐїёαγικνοορτυχωϳ")
"""Letters of other alphabets that are drawn as Latin ones: a word of nothing else is taken for another, unless it
stands before an ending of its own alphabet."""
_PRIVATE_ENDS = (
    "localhost",
    "local",
    "internal",
    "lan",
    "home",
    "corp",
    "intranet",
    "localdomain",
    "onion",
    "home.arpa",
)
"""Names that no public server has (RFC 6761, 6762, 8375, and what the ICANN keeps off the root)."""


class HostError(ValueError):
    """A name that no host can have, or that pretends to be another; the sentence says which and what to do."""


@lru_cache(maxsize=4096)
def ascii_host(host: str) -> str:
    """Return ``host`` as the network has it, international labels in their ASCII form; ASCII stays as it is.

    Raises ``HostError``.
    """
    if _is_number(host):
        return host
    encoded = host if host.isascii() else _encoded(host)
    if len(encoded) > MAX_HOST or not all(map(_LABEL.fullmatch, encoded.split("."))):
        raise HostError(_no_host(host))
    if encoded == host and "xn--" not in host.lower():
        return host  # letters of one alphabet, as they are read
    labels = readable_labels(encoded)
    for label in labels:
        _refuse_look_alike(label, host, ends_in_ascii=labels[-1].isascii())
    return encoded


def readable_labels(host: str) -> list[str]:
    """Return the labels of an ASCII host with their own letters."""
    return [_decoded(label, host) if label.lower().startswith("xn--") else label for label in host.split(".")]


def readable_host(host: str) -> str:
    """Return an ASCII host as people read it, where its alphabets are such as every font has; else as it is."""
    readable = ".".join(readable_labels(host))
    return readable if is_readable(readable) else host


def is_readable(text: str) -> bool:
    """Return whether every font of ours has all letters of ``text``."""
    return _READABLE.fullmatch(text) is not None


def is_public(host: str) -> bool:
    """Return whether ``host`` could be found by everybody: no name or number of a network of one's own."""
    name = host.lower().rstrip(".")
    try:
        return ipaddress.ip_address(name).is_global
    except ValueError:
        return "." in name and not any(name == end or name.endswith("." + end) for end in _PRIVATE_ENDS)


def _is_number(host: str) -> bool:
    # An address of IPv6 has colons, one of IPv4 ends in a digit; of all else it takes long to see that it is none.
    if ":" not in host and not host[-1:].isdigit():
        return False
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _encoded(host: str) -> str:
    try:
        # UTS 46 folds capitals and wide letters as browsers do; the rules of STD 3 leave letters, digits and hyphens.
        return idna.encode(host, uts46=True, std3_rules=True).decode("ascii")
    except idna.IDNAError:
        raise HostError(_no_host(host)) from None


def _decoded(label: str, host: str) -> str:
    try:
        return idna.decode(label)
    except idna.IDNAError:
        raise HostError(_no_host(host)) from None


def _no_host(host: str) -> str:
    return f'"{shown(host)}" is not the name of a host. Hint: write it as the browser shows it, like clinic.example.'


def shown(text: str) -> str:
    """Return ``text`` with each character that cannot be seen as its number."""
    return "".join(letter if letter.isprintable() else f"U+{ord(letter):04X}" for letter in text)


def _refuse_look_alike(label: str, host: str, *, ends_in_ascii: bool) -> None:
    letters = [letter for letter in label.lower() if unicodedata.category(letter)[0] == "L"]
    scripts = {_script(letter) for letter in letters}
    foreign = [letter for letter in letters if not letter.isascii() and _script(letter) != "LATIN"]
    mixed = len(scripts) > 1 and not any(scripts <= allowed for allowed in _TOGETHER)
    if mixed or (foreign and ends_in_ascii and set(letters) <= _LATIN_LOOK_ALIKES):
        letter = foreign[0]
        raise HostError(
            f'"{host}" is not what it looks like: "{letter}" is a letter of another alphabet '
            f"({unicodedata.name(letter).lower()}). Hint: type the address anew instead of pasting it."
        )


def _script(letter: str) -> str:
    """Return the script of a letter, as the first word of its name has it."""
    script = unicodedata.name(letter, "?").split()[0].partition("-")[0]
    return "CJK" if script == "IDEOGRAPHIC" else script
