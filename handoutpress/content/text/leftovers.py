"""Markup that is not ours, left in words that a reader sees: pasted from Word, the web, wikis and chats.

What ``content.text.markdown`` understands is gone from those words; what still looks like markup would be printed raw.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from handoutpress.content.text.markdown import ESCAPED
from handoutpress.yamlfile.nearest import nearest

MAX_LEFTOVERS = 20
"""Most leftovers that are told of one text: after these its writer knows the kind."""


class Leftover(NamedTuple):
    """Something that would be printed raw, as it is ``written``: what it is, and what to write instead."""

    written: str
    sentence: str
    hint: str


PICTURE = Leftover(
    "![", "A picture cannot stand in a text.", "take it out, with the brackets and the address behind it."
)
"""What is told of a picture that ``content.text.markdown`` understands."""


class _Kind(NamedTuple):
    pattern: re.Pattern[str]
    sentence: str
    hint: str | Callable[[str], str]


def _kind(pattern: str, sentence: str, hint: str | Callable[[str], str]) -> _Kind:
    return _Kind(re.compile(pattern), sentence, hint)


def _sign_for(written: str) -> str:
    sign = html.unescape(written)
    if sign == written:
        return "write the sign itself, or take it out."
    return "write an ordinary space." if sign.isspace() else f'write "{sign}" itself.'


_TABLE = 'write a block "table" of "body"'
_TICKS = 'a block "write" of "body" has boxes to tick: "ticks:"'
_NOTE = 'a block "note" of "body" sets words in a frame'
_BACKSLASH = "or write a backslash before it if it is to be printed"
_PHONE_WORDS = frozenset(
    {
        *("phone number", "telephone", "telephone number", "tel", "number", "our number", "mobile"),
        *(
            "telefon",
            "telefonnummer",
            "rufnummer",
            "nummer",
            "teléfono",
            "telefono",
            "número",
            "numero",
            "téléphone",
            "numéro",
            "telefone",
        ),
        *("هاتف", "الهاتف", "טלפון", "电话"),
    }
)
_CLINIC_WORDS = frozenset(
    {"clinic", "clinic name", "our clinic", "practice", "name", "clínica", "clinique", "praxis", "klinik"}
)


def _placeholder_hint(written: str) -> str:
    """Return what someone may have meant who wrote a placeholder that is not there."""
    name = written.strip("{} ").lower().replace("_", " ").replace("-", " ")
    if name in _CLINIC_WORDS:
        return 'did you mean "{clinic}"? A backslash before it prints it as it stands.'
    is_phone = name in _PHONE_WORDS or nearest(name, ("phone",))
    wanted = 'did you mean "{phone}"?' if is_phone else "write the words themselves; known here: {clinic} and {phone}."
    return f"{wanted} A backslash before it prints it as it stands."


_ELSEWHERE = "The clinic's telephone number can stand only at the end of a paragraph, of a list's entry or of a step."
_NO_NAME = "The clinic's name has no place here."
_UNKNOWN = "There is no such placeholder."
_CELL = r"\S{1,30}(?: \S{1,30}){0,4}"
_TAG = r"</?[A-Za-z][\w:.-]{0,40}(?:\s[^<>\n]{0,400})?/?>"
_KINDS: tuple[_Kind, ...] = (
    _kind(r"!\[", PICTURE.sentence, PICTURE.hint),
    _kind(
        r"<(?:https?://|mailto:|[^\s<>@]{1,64}@)[^\s<>]{1,400}>",
        "An address in < > is not read as a link.",
        "write [words](https://…).",
    ),
    _kind(
        rf"<!--|-->|<!\[[^\]\n]{{0,80}}\]>?|<[?!][A-Za-z]|{_TAG}",
        "This HTML is not understood.",
        "take out what stands between < and >, and both signs; for **strong** and *emphasis* write stars.",
    ),
    _kind(
        r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});",
        "A sign is written as HTML has it.",
        _sign_for,
    ),
    _kind(
        r"^\s{0,12}#{1,6}(?=[^\w#]|\w{3,})",
        "A heading cannot stand in a text.",
        'take out the #; a heading of its own is that of a block of "body", and a short one **stands so**.',
    ),
    _kind(
        r"^\s{0,12}(?:(?:-[ \t]?){3,40}|(?:=[ \t]?){3,40}|(?:\*[ \t]?){3,40}|(?:~[ \t]?){3,40}|_{3,})$",
        "A line cannot be drawn in a text.",
        "delete it; an empty line parts paragraphs.",
    ),
    _kind(r"^\s{0,12}>", "A quotation cannot be marked by >.", f"take out the sign; {_NOTE}."),
    _kind(
        r"^\s{0,12}\|.*|\|\s{0,4}:?-{2,}|\s\|(?=\s)|\|$",
        "A table cannot stand in a text.",
        f'{_TABLE}, or a list, a line for each row: "- Bruises: common".',
    ),
    _kind(
        rf"{_CELL}(?: *\t[ \t]*{_CELL})+",
        "A tab stands between words, as between columns of a table.",
        f'{_TABLE}, or a list, a line for each row: "- Bruises: common"; or write a space.',
    ),
    _kind(
        r"\[[ xX]?\]|[☐☑☒]",
        "A box to tick cannot stand in a text.",
        f'{_TICKS}; or take out the box, and begin the line with "- ".',
    ),
    _kind(
        r"\[\^[^\]\n]{1,80}\]:?",
        "A footnote cannot stand in a text.",
        "write a citation, [@key], or say it in the text.",
    ),
    _kind(
        r"^\s{0,12}\[[^\]\n]{1,200}\]:|\[[^\]\n]{1,200}\] ?\[[^\]\n]{0,200}\]",
        "A link by reference is not understood.",
        "write [words](https://…).",
    ),
    _kind(r"\]\(", "This link cannot be read.", "write [words](https://…), without spaces in the address."),
    _kind(
        r"\[\[|\]\]|\[(?=https?:)|\[/?(?:b|i|u|s|url|img|list|quote|color|size)(?:=[^\]\n]{0,200})?\]",
        "These brackets are not understood.",
        "take them out; for **strong** and *emphasis* write stars, for a link [words](https://…).",
    ),
    _kind(
        r"^h[1-6]\. ", "A heading cannot stand in a text.", 'take out the sign; a heading is that of a block of "body".'
    ),
    _kind(r"`+", "Code cannot stand in a text.", "take out the signs `."),
    _kind(r"~~", "Words cannot be struck out.", "take out the signs ~~, and the words if they do not count."),
    _kind(
        r"\*{2,}|(?<!_)__(?=[^\W_])|(?<=[^\W_])__(?!_)",
        "These signs would be printed as they stand.",
        f"write **strong**, with no space inside the stars, {_BACKSLASH}.",
    ),
    _kind(
        r"==+|^= | =$|(?<=\w)\^\S|(?<!~)~(?=[^\W\d])|(?<=[\w.!?])~(?!~)",
        "These signs would be printed as they stand.",
        f"take them out; small figures are signs of their own, as in CO₂ and 10⁹; {_BACKSLASH}.",
    ),
    _kind(
        r"\{\{|\}\}|\{%|%\}|\$\{|<<|>>|«\w{1,40}_\w{1,40}»",
        "A field that nothing fills would be printed as it stands.",
        "write the words themselves.",
    ),
    _kind(
        r"\{phone\}[^\n\ufffc]{0,12}",
        _ELSEWHERE,
        'end a text or a step with it, or put an empty line below; elsewhere write "our number".',
    ),
    _kind(r"\{clinic\}", _NO_NAME, 'write "our clinic".'),
    _kind(r"\{ ?[^\W\d_][\w -]{0,30}\}", _UNKNOWN, _placeholder_hint),
    _kind(r"\\[A-Za-z]{2,20}(?=[\s{\\]|$)|\$\$", "These signs would be printed as they stand.", "take them out."),
    _kind(
        r"(?<!\{)\{(?!\{)|(?<!\})\}(?!\})",
        "These signs would be printed as they stand.",
        f"take them out, or write ( and ); {_BACKSLASH}.",
    ),
    _kind("[•‣◦●○■▪⁃]", "A bullet stands within a line.", 'begin a line of its own with it, or with "- ".'),
    _kind(
        r"''", "Two apostrophes would be printed as they stand.", "for *emphasis* write stars, for a quotation “ and ”."
    ),
    _kind(
        r"\b(?:HYPERLINK|INCLUDEPICTURE|PAGEREF|MERGEFIELD) |\bTOC \\|Error! (?:Bookmark|Reference source) not "
        r"(?:defined|found)\.?|\bmso-[a-z-]{2,40}|MsoNormal|(?:Start|End)Fragment",
        "This comes from inside Word.",
        "take it out.",
    ),
    _kind(
        r"[\ue000-\uf8ff]",
        "This sign comes from a font such as Symbol, and is printed by no other.",
        'take it out; if it begins a line of a list, write "- ".',
    ),
    _kind(
        r"\ufffd|â€[\w˜™œ“”•¦¢]|Ã[©¨¡ª¢³²±¼¶¤]|Â[£°·«»©®]",
        "A sign was lost when this was pasted.",
        "write the sign that belongs there; paste again, as text in UTF-8.",
    ),
    _kind(
        r"(?<![\w*])\*(?!\s?[\w*])|(?<=\w)\*(?![\w*])|(?<![\w*])\*(?=\w)|(?<=\w)\*(?=\w)",
        "A single * would be printed as it stands.",
        f"write *emphasis* with a star at both ends, {_BACKSLASH}.",
    ),
)
_OURS_IN_PLAIN = (
    _kind(r"\[@", "A citation cannot stand here.", "put it in a text below."),
    _kind(
        r"(?<!\w)_[^\W_][^_\n]{0,80}_(?!\w)",
        "These signs would be printed as they stand: this line takes no markup.",
        "take them out.",
    ),
)
_IN_ARTICLES = {
    _ELSEWHERE: Leftover("", "The clinic's telephone number has no place in an article.", 'write "call us".'),
    _NO_NAME: Leftover("", "The clinic's name has no place in an article.", 'write "our clinic".'),
    _UNKNOWN: Leftover("", _UNKNOWN, "write the words themselves. A backslash before it prints it as it stands."),
    "A heading cannot stand in a text.": Leftover(
        "", "This heading is not understood.", "begin its line with ##, a space behind that, and an empty line above."
    ),
    "A table cannot stand in a text.": Leftover(
        "",
        "This table is not understood.",
        "write | What | How often | in its first line, |---|---| below, and as many cells in each line.",
    ),
    PICTURE.sentence: Leftover(
        "", "This picture is not understood.", "write ![what it shows](picture.png), without spaces in the address."
    ),
    "A footnote cannot stand in a text.": Leftover(
        "", "This footnote is not understood.", "write [^name] in the text, and [^name]: … on a line of its own."
    ),
}
"""What articles may hold and handouts may not, by what is told there of it: what is told where it is not understood."""
_NO_PLACEHOLDER = "write the words themselves: this line takes no placeholder."
_LISTED = _kind(
    r"^\s{0,12}[-+*] |^\s{0,12}\d{1,3}[.)] ",
    "A list cannot stand here, and would run together.",
    "write sentences, or move the list to a text of the section.",
)


def leftovers(lines: Sequence[str]) -> Iterator[Leftover]:
    """Yield what would be printed raw of the seen ``lines`` of a Markdown text, line by line."""
    yield from _found(lines, _KINDS)


def leftovers_in_line(lines: Sequence[str]) -> Iterator[Leftover]:
    """Yield the same of a text that stands within a line, where lists are none either."""
    kinds = (*_KINDS, _LISTED) if len(lines) > 1 else _KINDS
    yield from _found(lines, kinds)


def leftovers_in_article(lines: Sequence[str]) -> Iterator[Leftover]:
    """Yield the same of an article's text, which may have headings, tables, pictures and footnotes."""
    for leftover in _found(lines, _KINDS):
        told = _IN_ARTICLES.get(leftover.sentence)
        yield told._replace(written=leftover.written) if told else leftover


def leftovers_in_plain(text: str) -> Iterator[Leftover]:
    """Yield the same of a line that is printed as it is written, where our own markup is none either."""
    for leftover in _found([text], (*_KINDS, *_OURS_IN_PLAIN)):
        is_placeholder = leftover.sentence in (_ELSEWHERE, _NO_NAME, _UNKNOWN)
        yield leftover._replace(hint=_NO_PLACEHOLDER) if is_placeholder else leftover


def _found(lines: Sequence[str], kinds: Sequence[_Kind]) -> Iterator[Leftover]:
    """Yield in each line one leftover of a kind, and no kind within another."""
    for line in lines:
        taken: list[tuple[int, int]] = []
        for kind in kinds:
            match = next((m for m in kind.pattern.finditer(line) if not _within(m.span(), taken)), None)
            if match:
                taken.append(match.span())
                written = match[0].replace(ESCAPED, "")
                yield Leftover(written, kind.sentence, kind.hint if isinstance(kind.hint, str) else kind.hint(written))


def _within(span: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in taken)
