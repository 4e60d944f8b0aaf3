"""Phrases with their braces filled in: what is in another script or language is kept apart from the words around it.

The engine has no ``unicode-bidi``, but it sets each inline element on its own and orders them by the direction of
their paragraph. So an element around a Latin name or a telephone number is what isolates it (Unicode, UAX #9, 6.3).
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from handoutpress.content.brand.brand import Brand
from handoutpress.content.brand.extras.line_parts import line_parts
from handoutpress.content.models.languages import Language
from handoutpress.content.text.ties import FIXED, figures_tied
from handoutpress.content.text_direction import kind_of, reads_from_right

NO_FIRST_NAMES = frozenset({"Jr", "Sr", "Esq", "PhD", "Junior", "Senior"})
"""What may stand behind the comma of a name, besides a first name and what has a full stop or capitals alone."""
GROUPED_DIGITS = re.compile(r"\+?\d+(?:[ \u00a0-]\d+)+")
"""A telephone number within someone's own words: among right-to-left words its groups would change places."""

SHORT = 16
"""The most characters of a part of an address that is never broken over two lines."""
LAST_WORDS = re.compile(r"(?<![^\s>])([^\s<>&:;,.][^\s<>&]{0,9}) ([^\s<>&]{1,8})(?=</p>|</li>|$)")
"""A short last word of a paragraph, where no citation follows, and the one before it: short enough for any line.

A mark alone that ends what is bold, such as a figure, would tie all of that.
"""
LAST_OF_MESSAGE = re.compile(r"(?<![^\s>])([^\s<>&]{1,12}) ([^\s<>&]{1,12})(?=</p>|$)")
"""The same at the end of a main message, whose lines are long enough for longer words."""
CITED_LAST = re.compile(
    rf"(?<![^ \n>])((?:[^\s<>&]|{FIXED}){{1,10}} )"
    r'<span class="tie">([^\s<>&]{1,8}<sup class="cite">(?:(?!</sup>).)*</sup>[^\s<>&]*</span>)(?=</p>|</li>|$)'
)
"""The same with a citation behind the last word, which may be several that stand together."""
LAST_SIGNS = re.compile(r"([⺀-鿿]{3}[。！？]?)(?=</p>|</li>|$)")
"""The last signs of a paragraph in a script that may break between any two of them."""
NUMBERED = re.compile(
    r'(?<!\S)[^\W\d_]{1,4} (?:<span class="dialled"><span dir="ltr">[+\d]{1,8}</span></span>|'
    r'<span dir="ltr">[+\d]{1,8}</span>)[^\s<>&\w]?'
)
"""A number to call, set apart from words that are read from the right, with the short word before it."""
BETWEEN_GROUPS = re.compile(r"(?<=\d) (?=\(?\d)|(?<=\d\)) (?=\d)")
PARTS = re.compile(r"(?<=[,;،؛]) +")
"""Where a line of hours may end: behind a comma or semicolon that a space follows."""
DASHED = re.compile(r"([^\s,;،؛/]+(?: ?[-‐–—] ?[^\s,;،؛/]+)+)")
"""Days and times from … to: no line ends at their dash."""
COMMAS = re.compile(r"([,;،、]\s*)")


def _reads_from_left(text: str) -> bool:
    """Return whether ``text`` has letters or figures, and none of a script that is written from the right."""
    return not reads_from_right(text) and any(kind_of(letter) in ("L", "EN") for letter in text)


def apart(text: str, language: Language, code: str = "") -> Markup:
    """Return ``text`` as it stands in a sentence of ``language``; ``code`` is its own language where that differs."""
    spoken = Markup(' lang="{}"').format(code) if code else Markup("")
    if language.direction == "rtl" and _reads_from_left(text):
        return Markup('<span dir="ltr"{}>{}</span>').format(spoken, text)
    return Markup("<span{}>{}</span>").format(spoken, text) if code else escape(text)


def kept_together(name: str, language: Language) -> Markup:
    """Return a service's name, whose parts stay on one line where it is short and has figures, such as "NHS 111"."""
    fixed = unbroken(name)
    if language.direction == "ltr" or fixed == name:
        return apart(fixed, language)
    # From right to left, readers of a PDF would run the two halves of a name with a fixed space together.
    return Markup('<span class="tie">{}</span>').format(apart(name, language))


def dialled(number: str, language: Language) -> Markup:
    """Return a number to call in an emergency: no number on its page is larger."""
    return Markup('<span class="dialled">{}</span>').format(kept_together(number, language))


def linked_line(line: str, country: str, language: Language) -> Markup:
    """Return a clinic's own line with its telephone numbers, as dialled in ``country``, and addresses as links."""
    parts = []
    for part in line_parts(line, country):
        words = apart(unbroken(part.text) if part.link else part.text, language)
        parts.append(Markup('<a href="{}">{}</a>').format(part.link, words) if part.link else words)
    return in_order(Markup("").join(parts), line, language)


def in_order(line: Markup, words: str, language: Language) -> Markup:
    """Return ``line``, whose parts say ``words``, with these in their order where they are read from the left.

    Each on its own would else stand left of the one before: "option 2" before the number, as if it were its beginning.
    """
    from_left = language.direction == "rtl" and _reads_from_left(words)
    return Markup('<span dir="ltr">{}</span>').format(line) if from_left else line


def turned(body: Markup, words: str, language: Language) -> Markup:
    """Return ``body``, which says ``words``, from the left where these are and the text of ``language`` is not."""
    if language.direction == "rtl" and _reads_from_left(words):
        return Markup('<div dir="ltr">{}</div>').format(body)
    return body


def unbroken(text: str) -> str:
    """Return ``text`` with no line's end within its short parts that have figures: postcodes, house numbers.

    Nor is there one between the groups of a number, such as one to call.
    """
    parts = COMMAS.split(BETWEEN_GROUPS.sub("\u00a0", text))
    joined = (len(part) <= SHORT and any(map(str.isdigit, part)) for part in parts)
    return "".join(_joined(part) if join else part for part, join in zip(parts, joined, strict=True))


def in_parts(text: str, language: Language) -> Markup:
    """Return hours, as they stand in a sentence of ``language``, with lines that end at commas and semicolons alone.

    Within a part that is wider than its place, none ends at a dash.
    """
    parts = Markup(" ").join(Markup('<span class="part">{}</span>').format(_tied(part)) for part in PARTS.split(text))
    return in_order(parts, text, language)


def _tied(part: str) -> Markup:
    """Return a part of hours with its days and times from … to kept together."""
    tied = Markup('<span class="tie">{}</span>')
    pieces = enumerate(DASHED.split(part))
    return Markup("").join(tied.format(piece) if number % 2 else escape(piece) for number, piece in pieces)


def _joined(part: str) -> str:
    """Return ``part`` with no line's end between its words; one may stand before and behind it."""
    words = part.strip(" ")
    return part.replace(words, words.replace(" ", "\u00a0")) if words else part


def ended_well(html: Markup) -> Markup:
    """Return the same with no short word, and no single sign, alone in the last line of a paragraph."""
    words = CITED_LAST.sub(r'<span class="tie">\1\2', LAST_WORDS.sub("\\1\u00a0\\2", str(html)))
    return Markup(LAST_SIGNS.sub(r'<span class="tie">\1</span>', words))  # noqa: S704  parts of ``html``


def message_ended_well(html: Markup) -> Markup:
    """Return a main message that is read from the left with no word of up to 12 letters alone in its last line."""
    return Markup(LAST_OF_MESSAGE.sub("\\1\u00a0\\2", str(html)))  # noqa: S704  parts of ``html``


def say(phrase: str, language: Language, /, **values: str) -> Markup:
    """Return a phrase of ``language`` as HTML, its values escaped and set apart where they need it."""
    safe = {name: value if isinstance(value, Markup) else apart(value, language) for name, value in values.items()}
    said = escape(phrase).format(**safe)
    if language.direction == "ltr":
        return figures_tied(said)
    # Not by a fixed space: readers of a PDF would run the two halves together.
    return Markup(NUMBERED.sub(r'<span class="tie">\g<0></span>', str(said)))  # noqa: S704  parts of ``said``


def spoken_name(name: str) -> str:
    """Return a name as it is said: a table of patients may have "O'Neill, Siobhan" for Siobhan O'Neill.

    What has a full stop or capitals alone, as "Jr." and "MD", is no first name.
    """
    family, comma, first = (part.strip() for part in name.partition(","))
    is_first = first and "," not in first and "." not in first and not first.isupper() and first not in NO_FIRST_NAMES
    return f"{first} {family}" if comma and family and is_first else name


def logo_alt(brand: Brand, language: Language) -> str:
    """Return what a screen reader says for a brand's logo: the words that the brand gives it, else the language's."""
    return (brand.logo.alt if brand.logo else "") or language.phrases.logo_alt.format(name=brand.name)
