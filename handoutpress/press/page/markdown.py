"""Our small Markdown to HTML, by markdown-it-py.

Only paragraphs, strong, emphasis, lists and links are known; everything else, HTML included, is printed as it stands.
``[@key]`` and ``[@one; @two]`` are citations.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markupsafe import Markup

from handoutpress.content.models.citations import citation_at

Cite = Callable[[Sequence[str]], str]
"""Turns the keys of one citation into the HTML that stands in its place."""


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


def _render_citation(_renderer: Any, tokens: Any, index: int, _options: Any, env: Any) -> str:
    cite: Cite = env["cite"]
    return cite(tokens[index].meta["keys"])


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False, "linkify": False, "typographer": False})
    parser.enable(["list", "emphasis", "link", "newline", "escape", "balance_pairs"])
    parser.inline.ruler.before("link", "citation", _citation_rule)
    parser.add_render_rule("citation", _render_citation)
    return parser


def render_blocks(text: str, cite: Cite) -> Markup:
    """Return ``text`` as HTML paragraphs and lists."""
    return Markup(_parser().render(text, {"cite": cite}).strip())  # noqa: S704  markdown-it escapes all content


def render_line(text: str, cite: Cite) -> Markup:
    """Return ``text`` as HTML without a paragraph around it, for table cells and list entries."""
    return Markup(_parser().renderInline(text, {"cite": cite}).strip())  # noqa: S704  markdown-it escapes all content
