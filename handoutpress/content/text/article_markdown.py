"""The Markdown of articles to HTML: our small Markdown with headings, tables, footnotes and pictures.

HTML is text here, too: ``<script>`` is printed as it is written. Only a comment, ``<!-- … -->``, is a note to the
writer, and is not printed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from markupsafe import Markup, escape

from handoutpress.content.text.markdown import Cite, new_parser, seen_words

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

FIRST_LEVEL, LAST_LEVEL = 2, 4
"""Levels of headings in an article: its title is the one of level 1."""
TAKEN_IDS = frozenset({"content", "contents", "references", "notes"})
"""What the page itself has ids of."""
FOOTNOTE = re.compile(r"\[\^([^\]\s^]{1,80})\]")
"""A footnote, where it is named or told."""

_STACKED = (2, 3)
"""Columns beside the first one that a phone has room for, and would not have beside it."""
_BREAKS = re.compile(r"[\W_]+")
_NOT_LINE_END = re.compile(r"[^\n]")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Heading(NamedTuple):
    """A heading with its level (2 to 4), the id of its place, its words, and its line in the text, from 1."""

    level: int
    id: str
    words: str
    line: int


class Picture(NamedTuple):
    """What a page shows of a picture: its address, and its size in pixels."""

    address: str
    width: int
    height: int


class PictureUse(NamedTuple):
    """A picture of a text: the address that is written, the words for who cannot see it, and the line, from 1."""

    address: str
    alt: str
    line: int


BlockKind = Literal["heading", "paragraph", "entry", "cell", "footnote", "alt"]


class TextBlock(NamedTuple):
    """A run of words in one piece: its kind, its Markdown, and the character of the text at which that begins.

    ``seen`` are the words that a reader sees of it, as ``content.text.markdown.seen_lines`` has them.
    Lines of a list or a footnote are without the spaces that they begin with. ``alt`` is what is said of a picture; it
    follows the block in which the picture stands.
    """

    kind: BlockKind
    text: str
    offset: int
    seen: str


@dataclass(frozen=True)
class ArticleOutline:
    """What a text holds, as far as others ask for it; ``footnotes`` are the labels that are told and never named."""

    blocks: tuple[TextBlock, ...]
    headings: tuple[Heading, ...]
    pictures: tuple[PictureUse, ...]
    unnamed_footnotes: tuple[str, ...]


def article_html(text: str, cite: Cite, picture: Callable[[str], Picture], back: str) -> Markup:
    """Return an article's text as HTML. ``back`` is what a footnote's link back says, with ``{note}``."""
    env = {"cite": cite, "picture": picture, "back": back}
    tokens = _parser().parse(text, env)
    _set_ids(tokens)
    _name_rows(tokens)
    html = _parser().renderer.render(tokens, _parser().options, env)
    return Markup(html.strip())  # noqa: S704  markdown-it escapes all


def without_comments(text: str) -> str:
    """Return ``text`` with blanks for its comments, so that all else keeps its place. One without an end is none."""
    parts: list[str] = []
    begin = 0
    while (start := text.find("<!--", begin)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        parts += [text[begin:start], _NOT_LINE_END.sub(" ", text[start : end + 3])]
        begin = end + 3
    return "".join(parts) + text[begin:]


def outline(text: str) -> ArticleOutline:
    """Return the headings, pictures and runs of words of an article's text, in its order."""
    env: dict[str, Any] = {}
    tokens = _parser().parse(text, env)
    _set_ids(tokens)
    notes: Mapping[str, int] = env.get("footnotes", {}).get("refs", {})
    return ArticleOutline(
        blocks=tuple(_blocks(tokens, text)),
        headings=tuple(_headings(tokens)),
        pictures=tuple(_pictures(tokens)),
        unnamed_footnotes=tuple(label[1:] for label, number in notes.items() if number < 0),
    )


_KINDS: dict[str, BlockKind] = {"heading_open": "heading", "th_open": "cell", "td_open": "cell"}
_AROUND: dict[str, BlockKind] = {"list_item": "entry", "footnote": "footnote"}


def _blocks(tokens: Sequence[Token], text: str) -> Iterator[TextBlock]:
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    around: list[BlockKind] = ["paragraph"]
    ends: dict[int, int] = {}
    for before, token in pairwise(tokens):
        name, _, side = before.type.rpartition("_")
        if name in _AROUND:
            around = [*around, _AROUND[name]] if side == "open" else around[:-1]
        if token.type == "inline":
            line = _line(token, before) - 1
            # Cells of one row stand on one line.
            offset = max(text.find(token.content.partition("\n")[0], ends.get(line, starts[line])), starts[line])
            ends[line] = offset + len(token.content)
            kind = _KINDS.get(before.type, around[-1])
            yield TextBlock(kind, token.content, offset, seen_words(token.children or ()))
            yield from _alts(token, text, offset)


def _alts(block: Token, text: str, offset: int) -> Iterator[TextBlock]:
    for image in block.children or ():
        if image.type == "image":
            offset = max(text.find("![", offset) + 2, offset)
            yield TextBlock("alt", image.content, offset, _alt(image))


def _line(*tokens: Token) -> int:
    return next((token.map[0] + 1 for token in tokens if token.map), 0)


def _headings(tokens: Sequence[Token]) -> Iterator[Heading]:
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            words = seen_words(inline.children or ()).strip()
            yield Heading(int(opening.tag[1:]), str(opening.attrs["id"]), words, _line(opening))


def _pictures(tokens: Sequence[Token]) -> Iterator[PictureUse]:
    for block in tokens:
        for token in block.children or ():
            if token.type == "image":
                yield PictureUse(str(token.attrs["src"]), _alt(token), _line(block))


def _alt(image: Token) -> str:
    return seen_words(image.children or ()).strip()


def _set_ids(tokens: Sequence[Token]) -> None:
    """Give each heading an id made of its words, of which no two are alike."""
    taken = set(TAKEN_IDS)
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            words = unicodedata.normalize("NFC", seen_words(inline.children or ()).lower())
            name = _BREAKS.sub("-", words).strip("-") or "part"
            # A letter first, and nothing that the page's own ids begin with.
            name = name if name[0].isalpha() and not name.startswith(("ref-", "note-")) else f"part-{name}"
            free = next(each for each in _numbered(name) if each not in taken)
            taken.add(free)
            opening.attrSet("id", free)


def _numbered(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name}-{number}"
        number += 1


def _name_rows(tokens: Sequence[Token]) -> None:
    """Where the first column of a table has no head of its own, its cells are the heads of their rows."""
    named = False
    for index, token in enumerate(tokens):
        if token.type == "thead_open":
            named = not tokens[index + 3].content.strip()
            if named:
                tokens[index + 2].tag = tokens[index + 4].tag = "td"
        elif token.type == "tr_open" and tokens[index + 1].type == "td_open" and named:
            closing = next(other for other in tokens[index + 1 :] if other.type == "td_close")
            tokens[index + 1].tag = closing.tag = "th"
            tokens[index + 1].attrSet("scope", "row")
        elif token.type == "th_open" and token.tag == "th":
            token.attrSet("scope", "col")


def footnote_letter(number: int) -> str:
    """Return the sign of a footnote, from 1: a, b, … z, aa: numbers are for references."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, len(_LETTERS))
        letters = _LETTERS[rest] + letters
    return letters


def _render_picture(_renderer: Any, tokens: Any, index: int, _options: Any, env: Any) -> str:
    picture: Picture = env["picture"](str(tokens[index].attrs["src"]))
    tag = Markup('<img src="{}" alt="{}" width="{}" height="{}" loading="lazy">')
    return str(tag.format(picture.address, _alt(tokens[index]), picture.width, picture.height))


def _open_table(_renderer: Any, tokens: Any, index: int, _options: Any, _env: Any) -> str:
    # What is wider than a phone is moved within a frame of its own, which a keyboard can reach and a reader can name.
    head = next(at for at in range(index, len(tokens)) if tokens[at].type == "thead_close")
    names = [seen_words(token.children) for token in tokens[index:head] if token.type == "inline"]
    beside = len(names) - 1
    # On a phone, the first cell of a row stands over the others, so that these are all in sight.
    kind = f"wide stacks columns-{beside}" if beside in _STACKED else "wide"
    tag = Markup('<div class="{}" role="region" tabindex="0" aria-label="{}"><table>\n')
    return str(tag.format(kind, ", ".join(filter(None, names))))


def _close_table(*_: Any) -> str:
    return "</table></div>\n"


def _render_note_sign(_renderer: Any, tokens: Any, index: int, _options: Any, _env: Any) -> str:
    meta = tokens[index].meta
    sign = footnote_letter(meta["id"] + 1)
    place = f"note-{sign}-{meta['subId']}" if meta["subId"] else f"note-{sign}-back"
    return f'<sup class="cite"><a href="#note-{sign}" id="{place}">{sign}</a></sup>'


def _open_notes(*_: Any) -> str:
    return '<ol class="notes" id="notes" type="a">\n'


def _close_notes(*_: Any) -> str:
    return "</ol>\n"


def _open_note(_renderer: Any, tokens: Any, index: int, _options: Any, _env: Any) -> str:
    return f'<li id="note-{footnote_letter(tokens[index].meta["id"] + 1)}">'


def _close_note(*_: Any) -> str:
    return "</li>\n"


def _render_way_back(_renderer: Any, tokens: Any, index: int, _options: Any, env: Any) -> str:
    sign = footnote_letter(tokens[index].meta["id"] + 1)
    if tokens[index].meta["subId"]:
        return ""
    spoken = escape(env["back"].format(note=sign))
    return f' <a class="back" href="#note-{sign}-back" aria-label="{spoken}">↩\ufe0e</a>'


_RULES = {
    "image": _render_picture,
    "table_open": _open_table,
    "table_close": _close_table,
    "footnote_ref": _render_note_sign,
    "footnote_block_open": _open_notes,
    "footnote_block_close": _close_notes,
    "footnote_open": _open_note,
    "footnote_close": _close_note,
    "footnote_anchor": _render_way_back,
}


@cache
def _parser() -> MarkdownIt:
    from mdit_py_plugins.footnote import footnote_plugin  # noqa: PLC0415

    parser = new_parser()
    parser.enable(["heading", "table"])
    parser.use(footnote_plugin, inline=False)
    for name, rule in _RULES.items():
        parser.add_render_rule(name, rule)
    return parser
