"""The grammar of citations: what the press prints as one, the checks count as one, and what was meant is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoutpress.content.crosschecks import cited_in
from handoutpress.content.models.citations import (
    blank_citations,
    citations,
    cited_keys,
    drop_citations,
    unreadable_citation,
)
from handoutpress.content.text.markdown import render_blocks
from handoutpress.editorial.checks.prose import Prose
from handoutpress.editorial.translating.figures import figures
from handoutpress.yamlfile.source import Node, YamlSource

GRAMMAR: list[tuple[str, list[str], list[str]]] = [
    # text, keys that it cites, what in it is meant as a citation and cannot be read
    ("It helps [@linde-2016].", ["linde-2016"], []),
    ("[@a]", ["a"], []),
    ("two [@a; @b] of them", ["a", "b"], []),
    ("close [@a;@b;   @c]", ["a", "b", "c"], []),
    ("over a line [@a;\n@b]", ["a", "b"], []),
    ("over a paragraph [@a;\n\n@b]", [], ["[@a; @b]"]),
    ("[@a] and [@b]", ["a", "b"], []),
    ("**bold [@a]** and *[@b]*", ["a", "b"], []),
    ("- one [@a]\n- two [@b]", ["a", "b"], []),
    ("a link [see [@a]](https://clinic.example)", ["a"], []),
    ("before brackets [@a](https://clinic.example)", ["a"], []),
    ("capitals [@Linde-2016]", ["Linde-2016"], []),
    ("an underscore [@linde_2016]", ["linde_2016"], []),
    ("as Better BibTeX writes [@Doe2019NeedlingKnee; @doe:2019.a+b]", ["Doe2019NeedlingKnee", "doe:2019.a+b"], []),
    ("as Zotero writes [@http://zotero.org/users/1/items/AB12]", ["http://zotero.org/users/1/items/AB12"], []),
    ("in *emphasis [@who_2020_a*b] of it*", ["who_2020_a*b"], []),
    ("letters of others [@müller-2016; @李2019]", ["müller-2016", "李2019"], []),
    ("a page [@linde-2016, p. 3]", [], ["[@linde-2016, p. 3]"]),
    ("a space before the semicolon [@a ; @b]", [], ["[@a ; @b]"]),
    ("no @ behind it [@a; b]", [], ["[@a; b]"]),
    ("a semicolon too many [@a;]", [], ["[@a;]"]),
    ("never closed [@a", [], ["[@a"]),
    ("never closed [@a and then [@b]", ["b"], ["[@a and then"]),
    ("half of them [@a b] and [@b]", ["b"], ["[@a b]"]),
    (r"escaped \[@a]", [], []),
    (r"a backslash, printed \\[@a]", ["a"], []),
    (r"meant, then a backslash, printed [@\\[@a]", ["a"], ["[@\\\\"]),
    (r"a backslash and escaped \\\[@A]", [], []),
    ("an address a@b.example, [a] and [ @a]", [], []),
]  # fmt: skip


def printed_keys(text: str) -> list[str]:
    """The keys of all that the press prints as a citation."""
    keys: list[str] = []
    render_blocks(text, lambda cited: keys.extend(cited) or "")  # type: ignore[func-returns-value]
    return keys


def source_of(text: str) -> YamlSource:
    """A file with ``text`` as its main message."""
    node = Node({"main_message": text}, (1, 1), parts={"main_message": Node(text, (1, 1))})
    return YamlSource(Path("tea.en.yaml"), text, "", node)


@pytest.mark.parametrize(("text", "keys", "unreadable"), GRAMMAR)
def test_all_who_read_a_text_see_the_same_citations(text: str, keys: list[str], unreadable: list[str]) -> None:
    assert printed_keys(text) == keys
    assert [key for key, _ in cited_keys(text)] == keys
    assert all(text[offset:].startswith(f"@{key}") for key, offset in cited_keys(text))
    faults = [fault.sentence for citation in citations(text) if (fault := unreadable_citation(citation))]
    assert faults == [f'"{words}" is not a readable citation.' for words in unreadable]
    in_file = cited_in(source_of(text))
    assert [item.key for item in in_file if item.key] == keys
    assert [item.fault.sentence for item in in_file if item.fault] == faults


@pytest.mark.parametrize("text", [text for text, _, _ in GRAMMAR])
def test_nobody_takes_a_citation_for_words_or_figures(text: str) -> None:
    blank = blank_citations(text)
    assert len(blank) == len(text)
    assert not list(citations(blank))
    assert len(Prose(("main_message",), text).plain) == len(text)
    assert all(citation.written not in Prose(("main_message",), text).plain for citation in citations(text))
    assert [figure.written for figure in figures(text)] == [figure.written for figure in figures(drop_citations(text))]


def test_what_is_left_without_citations_closes_up() -> None:
    assert drop_citations("It helps [@a; @b], some say\n[@c]. Not all.") == "It helps, some say. Not all."


PIECES = ["[", "@", "a", "b-1", "A", ";", " ", "\n", "]", "[@a]", "[@a; @b]", "\\", "\\\\", "*", "- ", ".", "(x)"]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_the_press_prints_what_is_counted(text: str) -> None:
    assert printed_keys(text) == [key for key, _ in cited_keys(text)]
