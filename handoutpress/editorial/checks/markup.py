"""Markup: what a handout's words would print raw, lists and headings that run together, lines that slip into a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise
from textwrap import dedent

from handoutpress.content.text.bullets import begins_entry, with_lists, without_bullet
from handoutpress.content.text.fields import MAX_TEXT, MarkupKind, markup_kind
from handoutpress.content.text.leftovers import (
    MAX_LEFTOVERS,
    PICTURE,
    Leftover,
    leftovers,
    leftovers_in_line,
    leftovers_in_plain,
)
from handoutpress.content.text.markdown import links, seen_lines
from handoutpress.editorial.checks.findings import Remark
from handoutpress.editorial.checks.line_breaks import (
    joined_headings,
    line_break_remarks,
    lost_paragraph_remarks,
    plain_questions,
)
from handoutpress.editorial.checks.subject import CheckSubject
from handoutpress.yamlfile.printed import marked_texts
from handoutpress.yamlfile.source import Location, Node, YamlSource

_TYPED = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_PRINTED = re.compile(r"(?<=[^\W\d_])’(?=[^\W\d_])")
_SPECIAL = re.compile(r"[^\w\s.,;:!?()'’“”%/–-]|_|--|==|''|\t|\n|mso|Mso|Fragment|HYPERLINK|PAGEREF")


def remarks(subject: CheckSubject) -> Iterator[Remark]:
    """Look at every printed text of the handout for what would be printed raw or run together."""
    printed = list(_printed(subject))
    for location, node, kind in printed:
        if len(node.value) <= MAX_TEXT:
            yield from _raw(location, node.value, kind)
            if kind is MarkupKind.PARAGRAPHS:
                yield from _folded_list(subject.source, location, node)
                yield from list_end_remarks(location, node.value)
                yield from _line_breaks(subject.source, location, node)
    yield from apostrophe_remarks([(location, node.value) for location, node, _ in printed], "handout")


def _printed(subject: CheckSubject) -> Iterator[tuple[Location, Node, MarkupKind]]:
    """Yield each text of the file that is printed, or is an entry of one that is, with what it may hold."""
    kinds = {subject.source.written_at(text.place): markup_kind(text) for text in marked_texts(subject.handout)}
    for location, node in subject.source.root.texts():
        around = (location[:length] for length in range(len(location), 0, -1))
        kind = next((kinds[place] for place in around if place in kinds), None)
        if kind:
            yield location, node, kind


def _raw(location: Location, text: str, kind: MarkupKind) -> Iterator[Remark]:
    if _SPECIAL.search(text):
        yield from raw_remarks(location, text, _leftovers(text, kind))


def raw_remarks(location: Location, text: str, found: Iterable[Leftover]) -> Iterator[Remark]:
    """Yield a remark for each of the first leftovers ``found`` in ``text``."""
    line = 0
    for leftover in islice(found, MAX_LEFTOVERS):
        at = text.find(leftover.written, line)
        at = at if at >= 0 else text.find(leftover.written)
        if at < 0 and leftover.written.strip():
            # Stars and citations that stood between its words are none of what is seen.
            at = text.find(leftover.written.split()[0], line)
        at = max(at, 0)
        line = text.rfind("\n", 0, at) + 1
        written = " ".join(leftover.written.split())[:40]
        sentence = f"“{written}”: {leftover.sentence}" if written else leftover.sentence
        yield Remark("markup-raw", "error", location, sentence, leftover.hint, at, words=written)


def _leftovers(text: str, kind: MarkupKind) -> Iterator[Leftover]:
    if kind is MarkupKind.WORDS:
        yield from leftovers_in_plain(without_bullet(text))
        return
    yield from (PICTURE for link in links(text) if link.is_picture)
    if kind is MarkupKind.PARAGRAPHS:
        yield from leftovers(seen_lines(text, phone=True))
    else:
        is_entry = kind is MarkupKind.ENTRY
        yield from leftovers_in_line(seen_lines(without_bullet(text), blocks=False, phone=is_entry))


def _folded_list(source: YamlSource, location: Location, node: Node) -> Iterator[Remark]:
    """Yield a remark where YAML joins the lines of a list, which so is none: after ``>``, or without any sign."""
    if node.style == "|":
        return
    written = with_lists("\n".join(line.strip() for line in source.lines_of(location))).split("\n")
    entries = [line.rstrip() for line in written[1:] if begins_entry(line)]
    printed = [line.strip() for line in with_lists(node.value).split("\n")]
    if any(not any(line.startswith(entry) for line in printed) for entry in entries):
        key = next(step for step in reversed(location) if isinstance(step, str))
        sentence = f'The list runs together, since "{key}" joins its lines.'
        hint = f'write "{key}: |" in its first line, and the words below it, indented by two spaces more.'
        yield Remark("list-joined", "error", location, sentence, hint)


def list_end_remarks(location: Location, text: str) -> Iterator[Remark]:
    """Yield a remark for a sentence right below a list: it is printed as a part of the last entry."""
    lines = text.split("\n")
    offset = 0
    for above, line in pairwise(lines):
        offset += len(above) + 1
        indent = len(above) - len(above.lstrip())
        is_sentence = line[:1].strip() != "" and line[indent : indent + 1].isupper() and above.rstrip()[-1:] in ".!?"
        if is_sentence and begins_entry(above, (above,)) and not begins_entry(line, (above, line)):
            sentence = "This line is printed as a part of the list's last entry."
            yield Remark("list-end", "warning", location, sentence, "put an empty line above it.", offset)


def _line_breaks(source: YamlSource, location: Location, node: Node) -> Iterator[Remark]:
    """Yield a remark for each line that its writer ended and that runs on, and each heading that is printed as text."""
    is_kept = node.style == "|"
    lines = node.value.split("\n") if is_kept else source.lines_of(location)
    if lines and node.style not in ("|", ">"):
        lines[0] = lines[0].rjust(len(lines[0]) + node.place[1] - 1)
    lines = lines if is_kept else dedent("\n".join(lines)).split("\n")
    if not is_kept:
        yield from lost_paragraph_remarks(location, node.value)
    for offset, words in joined_headings(lines):
        end = "" if words.endswith("?") else "; or end it with a full stop"
        is_marked = f"**{words}**" in node.value
        hint = f"{'put' if is_marked else f'write it **{words}**, with'} an empty line below{end}."
        yield joined_heading(location, words, hint, offset if is_kept else 0)
    yield from line_break_remarks(location, lines, is_kept)
    for offset, words in plain_questions(lines):
        hint = f'write it **{words}**; a heading of its own is that of a block of "body".'
        yield plain_heading(location, words, hint, offset if is_kept else 0)


def joined_heading(location: Location, words: str, hint: str, at: int) -> Remark:
    """Return the remark on a heading that runs on into the next line."""
    sentence = f"“{words}” is printed as the first words of the next line, not as a heading."
    return Remark("heading-joined", "warning", location, sentence, hint, at, words=words)


def plain_heading(location: Location, words: str, hint: str, at: int) -> Remark:
    """Return the remark on a question that stands above its answer and is printed as any other text."""
    sentence = f"“{words}” stands alone and is printed as plain text, not as a heading."
    return Remark("heading-plain", "warning", location, sentence, hint, at, words=words)


def apostrophe_remarks(texts: Sequence[tuple[Location, str]], what: str) -> Iterator[Remark]:
    """Yield a remark where typed apostrophes stand beside those of a word processor in the texts of ``what``."""
    typed = [(location, match) for location, text in texts if (match := _TYPED.search(text))]
    if typed and any(_PRINTED.search(text) for _, text in texts):
        location, match = typed[0]
        sentence = f"Apostrophes of two kinds, ' and ’, stand in this {what}: ' in {len(typed)} of its texts."
        yield Remark("apostrophes-mixed", "note", location, sentence, "write ’ throughout.", match.start())
