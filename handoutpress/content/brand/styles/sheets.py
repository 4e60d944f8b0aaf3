"""The style sheets of an SVG as flat rules, nesting unfolded and media queries answered (CSS Nesting 1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import cssselect2
import tinycss2

from handoutpress.content.brand.styles.refusal import PLAIN, not_drawn
from handoutpress.content.brand.styles.tokens import between_commas, is_sign

MOST_CHARACTERS = 100_000
"""A logo's styles have a few hundred characters; what has a thousand times as many takes minutes to work out."""
MOST_MATCHES = 2_000_000
"""Rules times elements that may have to be looked at."""
_DRAWS_NOTHING = {"charset", "font-face", "keyframes", "-webkit-keyframes", "-moz-keyframes", "page", "counter-style"}
_DRAWS_NOTHING |= {"namespace", "font-feature-values", "view-transition", "starting-style"}
_MEDIA = {
    "": True,
    "all": True,
    "screen": True,
    "only screen": True,
    "(prefers-color-scheme: light)": True,
    "(prefers-color-scheme: dark)": False,
    "(prefers-reduced-motion: no-preference)": True,
    "(prefers-reduced-motion: reduce)": False,
    "(prefers-reduced-motion)": False,
}
"""The media queries that have one answer for every logo on paper: light, still, and as it looks in a browser."""


@dataclass(frozen=True)
class StyleDeclaration:
    """One declaration of a rule or a ``style`` attribute; ``line`` counts in the SVG file."""

    name: str
    text: str
    tokens: tuple[Any, ...]
    important: bool
    line: int


@dataclass(frozen=True)
class Matched:
    """The declarations of a rule that matches an element, with its rank in the cascade."""

    rank: tuple[tuple[int, int, int], int]
    declarations: tuple[StyleDeclaration, ...]


class StyleSheets:
    """All style sheets of one SVG, asked element by element."""

    def __init__(self) -> None:
        self._matcher = cssselect2.Matcher()
        self._rules = 0
        self._characters = 0

    def add(self, css: str, media: str, line: int) -> None:
        """Add a ``style`` element's text, which begins in ``line``. Raises ``ValueError`` for what cannot be drawn."""
        self._characters += len(css)
        if self._characters > MOST_CHARACTERS:
            kilobytes = f"more than {MOST_CHARACTERS // 1000} kB"
            raise ValueError(f"carries {kilobytes} of styles, where a logo needs few. {PLAIN}")
        if _media_holds(media, line):
            self._add_rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), "", line - 1)

    def elements(self, root: Any) -> Iterator[tuple[Any, list[Matched]]]:
        """Yield each element below and with lxml's ``root``, parents first, with the rules that match it.

        Raises ``ValueError`` where the rules would take too long on so many elements.
        """
        count = sum(1 for _ in root.iter())
        if self._rules * count > MOST_MATCHES:
            raise ValueError(f"has {self._rules:,} style rules for {count:,} parts, too many for a logo. {PLAIN}")
        if not self._rules:
            yield from ((element, []) for element in root.iter())
            return
        for wrapper in cssselect2.ElementWrapper.from_xml_root(root).iter_subtree():
            found = self._matcher.match(wrapper)
            rules = [
                Matched((specificity, order), each) for specificity, order, pseudo, each in found if pseudo is None
            ]
            yield wrapper.etree_element, rules

    def _add_rules(self, rules: Sequence[Any], parent: str, line: int) -> None:
        """Add rules whose lines count from ``line``; ``parent`` is the selector that they are nested in."""
        declarations = []
        for rule in rules:
            if rule.type == "declaration":
                declarations.append(declared(rule, line))
            elif rule.type == "at-rule":
                self._add_at_rule(rule, parent, line)
            elif rule.type == "qualified-rule":
                selector = _nested(rule.prelude, parent, rule.source_line + line)
                self._add_rules(_contents(rule.content), selector, line)
        if parent and declarations:
            self._select(parent, tuple(declarations))

    def _add_at_rule(self, rule: Any, parent: str, line: int) -> None:
        name = rule.lower_at_keyword
        if name == "media" and rule.content is not None:
            if _media_holds(tinycss2.serialize(rule.prelude), rule.source_line + line):
                self._add_rules(_contents(rule.content), parent, line)
        elif name not in _DRAWS_NOTHING:
            raise not_drawn(f'"@{name}"', rule.source_line + line)

    def _select(self, selector: str, declarations: tuple[StyleDeclaration, ...]) -> None:
        try:
            compiled = cssselect2.compile_selector_list(selector)
        except cssselect2.SelectorError:
            raise not_drawn(f'the selector "{selector[:60]}"', declarations[0].line) from None
        for each in compiled:
            self._rules += 1
            self._matcher.add_selector(each, declarations)


def declared(node: Any, line: int) -> StyleDeclaration:
    """Return tinycss2's declaration; its line counts from ``line``."""
    name = node.name if node.name.startswith("--") else node.lower_name
    return StyleDeclaration(
        name, tinycss2.serialize(node.value).strip(), tuple(node.value), node.important, node.source_line + line
    )


def style_declarations(css: str, line: int) -> list[StyleDeclaration]:
    """Return the declarations of a ``style`` attribute in ``line``."""
    parts = tinycss2.parse_blocks_contents(css, skip_comments=True, skip_whitespace=True)
    return [declared(part, line - 1) for part in parts if part.type == "declaration"]


def _contents(content: Sequence[Any]) -> list[Any]:
    parts: list[Any] = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    return parts


def _nested(prelude: Sequence[Any], parent: str, line: int) -> str:
    """Return a rule's selectors as they read outside of the rule that it is nested in (CSS Nesting 1, 3)."""
    if not parent:
        return str(tinycss2.serialize(prelude)).strip()
    if any(token.type in ("function", "() block") and "&" in tinycss2.serialize([token]) for token in prelude):
        raise not_drawn("a nested style", line)
    return ", ".join(_within(selector, parent) for selector in between_commas(prelude))


def _within(selector: Sequence[Any], parent: str) -> str:
    around = f":is({parent})"
    text = "".join(around if is_sign(part, "&") else part.serialize() for part in selector).strip()
    return text if any(is_sign(part, "&") for part in selector) else f"{around} {text}"


def _media_holds(query: str, line: int) -> bool:
    """Return whether a list of media queries holds for a logo. Raises ``ValueError`` where that depends."""
    answers = []
    for part in query.lower().split(","):
        words = " ".join(part.replace(":", ": ").split())
        if words not in _MEDIA:
            raise not_drawn(f'"@media {words}"', line)
        answers.append(_MEDIA[words])
    return any(answers)
