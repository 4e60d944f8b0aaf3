"""Our small Markdown to HTML, by markdown-it-py. The only place that knows what a text may hold.

Only paragraphs, strong, emphasis, lists and links are known, and ``[@key]`` and ``[@one; @two]`` are citations;
``{phone}`` at the end of a paragraph or an entry is the place of the clinic's telephone number, and ``{clinic}``
anywhere its name. All else, HTML included, stays as it stands: ``content.text.leftovers`` finds it. Lists are also read
as they are pasted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup, escape

from handoutpress.content.models.citations import citation_at
from handoutpress.content.models.web_addresses import web_address
from handoutpress.content.text.bullets import with_lists

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

Cite = Callable[[Sequence[str]], str]
"""Turns the keys of one citation into the HTML that stands in its place."""
LINK_HINT = "begin it with https://, mailto: or tel:, or leave the words alone."
ESCAPED = "\ufffc"
"""What stands in seen words for a sign behind a backslash: it is meant to be printed, whatever it looks like."""


CLINIC = "{clinic}"
"""Stands for the clinic's name."""
PHONE = "{phone}"
"""Stands for the clinic's telephone number."""
PHONE_CLASS = "clinic-phone"
PHONE_PLACE = f'<span class="{PHONE_CLASS}"></span>'
"""What stands in HTML for the number: whoever makes a page puts there what that page has for it."""
_ENDING_PHONE = re.compile(r"\{phone\}[.。۔]?(?=[*]*\s*$)")
"""The number as the last of its words; a full stop behind it is left out, for the number stands by itself."""


class MarkdownLink(NamedTuple):
    """A link of a text: where it leads, or for a picture where that lies."""

    address: str
    is_picture: bool


def render_blocks(text: str, cite: Cite, *, clinic: str = "") -> Markup:
    """Return ``text`` as HTML paragraphs and lists, with ``PHONE_PLACE`` where the clinic's number ends one of them.

    ``clinic``, a text or HTML, stands where its name belongs.
    """
    env = {"cite": cite, "phone": True, "clinic": clinic}
    return Markup(_parser().render(with_lists(text), env).strip())  # noqa: S704  markdown-it escapes all


def render_line(text: str, cite: Cite, *, clinic: str = "", phone: bool = False) -> Markup:
    """Return ``text`` as HTML without a paragraph around it, for table cells and list entries.

    Only with ``phone`` may the clinic's number end it; ``clinic`` stands where its name belongs.
    """
    env = {"cite": cite, "phone": phone, "clinic": clinic}
    return Markup(_parser().renderInline(text, env).strip())  # noqa: S704  markdown-it escapes all content


def has_phone(text: str) -> bool:
    """Return whether the clinic's telephone number has a place in ``text``."""
    return PHONE in text and PHONE_PLACE in render_blocks(text, lambda _: "")


def list_entries(text: str) -> int:
    """Return how many entries the lists of ``text`` have."""
    return sum(token.type == "list_item_open" for token in _parser().parse(with_lists(text), {"clinic": ""}))


def has_clinic(text: str) -> bool:
    """Return whether the clinic's name has a place in ``text``."""
    return CLINIC in text and any(
        token.type == "clinic"
        for block in _parser().parse(with_lists(text), {"clinic": ""})
        for token in block.children or ()
    )


def links(text: str) -> tuple[MarkdownLink, ...]:
    """Return every link and picture of ``text``, in its order, whether it may lead there or not."""
    return tuple(_links(text)) if "](" in text else ()


def seen_lines(text: str, *, blocks: bool = True, phone: bool = False) -> tuple[str, ...]:
    """Return the lines of words that a reader sees of ``text``, without its citations.

    ``ESCAPED`` stands for each sign behind a backslash. Without ``blocks``, lists are no lists. Only with
    ``phone`` is the place of the clinic's number none of the words; that of its name never is.
    """
    env = {"phone": phone, "clinic": ""}
    tokens = _parser().parse(with_lists(text), env) if blocks else _parser().parseInline(text, env)
    lines = "\n".join(seen_words(token.children or ()) for token in tokens if token.type == "inline")
    return tuple(lines.split("\n"))


def may_lead(address: str) -> bool:
    """Return whether a link may lead to ``address``: a web page, a mail address, a telephone, a place of the page."""
    if address.startswith(("mailto:", "tel:", "#")):
        return True
    try:
        return bool(web_address(address))
    except ValueError:
        return False


def _links(text: str) -> Iterator[MarkdownLink]:
    for block in _parser().parse(with_lists(text)):
        for token in block.children or ():
            if token.type in ("link_open", "image"):
                address = token.attrs.get("href") or token.attrs.get("src") or ""
                yield MarkdownLink(str(address), token.type == "image")


def seen_words(tokens: Sequence[Token]) -> str:
    """Return the words of ``tokens`` that a reader sees. A picture is none of them."""
    written = []
    for token in tokens:
        if token.type == "text":
            written.append(token.content)
        elif token.type == "text_special":
            # Before a letter, a backslash is one.
            written.append(ESCAPED if len(token.content) == 1 else token.content)
        elif token.type in ("softbreak", "hardbreak"):
            written.append("\n")
    return "".join(written)


def _close_up(state: StateInline) -> None:
    """Drop the space before a citation: its number hangs on the word before it."""
    state.pending = state.pending.rstrip()
    if not state.pending and state.tokens and state.tokens[-1].type == "softbreak":
        state.tokens.pop()


def _citation_rule(state: StateInline, silent: bool) -> bool:
    citation = citation_at(state.src, state.pos, state.posMax)
    if citation is None:
        return False
    if not silent:
        _close_up(state)
        token = state.push("citation", "", 0)
        token.meta = {"keys": tuple(cited.key for cited in citation.keys)}
    state.pos = citation.end
    return True


def _phone_rule(state: StateInline, silent: bool) -> bool:
    match = _ENDING_PHONE.match(state.src, state.pos) if state.env.get("phone") else None
    if match is None:
        return False
    if not silent:
        state.push("phone", "", 0)
    state.pos = match.end()
    return True


def _clinic_rule(state: StateInline, silent: bool) -> bool:
    if "clinic" not in state.env or not state.src.startswith(CLINIC, state.pos):
        return False
    if not silent:
        state.push("clinic", "", 0)
    state.pos += len(CLINIC)
    return True


def _render_clinic(_renderer: Any, _tokens: Any, _index: int, _options: Any, env: Any) -> str:
    return str(escape(env["clinic"]))


def _render_phone(_renderer: Any, _tokens: Any, _index: int, _options: Any, _env: Any) -> str:
    return PHONE_PLACE


def _render_citation(_renderer: Any, tokens: Any, index: int, _options: Any, env: Any) -> str:
    cite: Cite = env["cite"]
    return cite(tokens[index].meta["keys"])


def _render_words(_renderer: Any, tokens: Any, index: int, _options: Any, _env: Any) -> str:
    return str(escape(tokens[index].content))


def _open_link(renderer: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    """Return the tag of a link, or nothing where it may lead nowhere: this is the list for all finished HTML."""
    env["is_dropped"] = not may_lead(str(tokens[index].attrs.get("href", "")))
    return "" if env["is_dropped"] else str(renderer.renderToken(tokens, index, options, env))


def _close_link(_renderer: Any, _tokens: Any, _index: int, _options: Any, env: Any) -> str:
    return "" if env["is_dropped"] else "</a>"


@cache
def _parser() -> MarkdownIt:
    return new_parser()


def new_parser() -> MarkdownIt:
    """Return a parser of this Markdown, to which ``article_markdown`` adds what articles may hold besides."""
    # 60 ms that loading a project with no link in its texts does without.
    from markdown_it import MarkdownIt  # noqa: PLC0415

    parser = MarkdownIt("zero", {"html": False, "linkify": False, "typographer": False})
    parser.enable(["list", "emphasis", "link", "image", "newline", "escape", "balance_pairs"])
    parser.inline.ruler.before("link", "citation", _citation_rule)
    parser.inline.ruler.before("link", "phone", _phone_rule)
    parser.inline.ruler.before("link", "clinic", _clinic_rule)
    # Signs behind a backslash stay apart from the words beside them, so that ``seen_lines`` can tell them.
    parser.disable("text_join")
    # Every link is one, and leads nowhere unless it may; markdown-it would print those of its own list as they stand.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    rules = {"citation": _render_citation, "phone": _render_phone, "clinic": _render_clinic, "image": _render_words}
    links = {"link_open": _open_link, "link_close": _close_link}
    for name, rule in {**rules, **links, "text_special": _render_words}.items():
        parser.add_render_rule(name, rule)
    return parser
