"""Our small Markdown: what it knows, and that it prints everything else as it stands."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from press_room import catalog_of, clinic

from handoutpress.content.text.markdown import render_blocks, render_line
from handoutpress.press.page.citations import Citations, reference_list

BLOCKS = [
    ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
    ("A **strong** and *soft* word", "<p>A <strong>strong</strong> and <em>soft</em> word</p>"),
    ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
    ("1. one\n2. two", "<ol>\n<li>one</li>\n<li>two</li>\n</ol>"),
    ("[a page](https://clinic.example/)", '<p><a href="https://clinic.example/">a page</a></p>'),
    ("one [@a; @b]", "<p>one{a,b}</p>"),
    ("# No heading", "<p># No heading</p>"),
    ("    no code", "<p>no code</p>"),
    ("`no code`", "<p>`no code`</p>"),
    ("![no picture](https://clinic.example/a.png)", "<p>no picture</p>"),
    ("> no quote", "<p>&gt; no quote</p>"),
    ("a | b\n- | -", "<p>a | b</p>\n<ul>\n<li>| -</li>\n</ul>"),
    ("<b>bold</b> &amp; <script>alert(1)</script>",
     "<p>&lt;b&gt;bold&lt;/b&gt; &amp;amp; &lt;script&gt;alert(1)&lt;/script&gt;</p>"),
    ("{{ jinja }} {% raw %}", "<p>{{ jinja }} {% raw %}</p>"),
    ("[run](javascript:alert(1))", "<p>run</p>"),
    ("[run](vbscript:x) [file](file:///etc/passwd)", "<p>run file</p>"),
    ("[data](data:text/html,x)", "<p>data</p>"),
    ("[a [b] c](ms-msdt:/id) \\\\[x](smb://h/s)", "<p>a [b] c \\x</p>"),
    ("[@Not A Key]", "<p>[@Not A Key]</p>"),
    (r"\[@a\] \*plain\*", "<p>[@a] *plain*</p>"),
]  # fmt: skip


def cite(keys: object) -> str:
    return "{" + ",".join(keys) + "}"  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "html"), BLOCKS)
def test_text_becomes_html(text: str, html: str) -> None:
    assert render_blocks(text, cite) == html


def test_a_line_has_no_paragraph() -> None:
    assert render_line("**one** [@a]", cite) == "<strong>one</strong>{a}"


@given(st.text(max_size=60))
def test_no_markup_of_the_writer_gets_through(text: str) -> None:
    html = render_blocks(text, cite)
    known = ("p", "/p", "strong", "/strong", "em", "/em", "ul", "/ul", "ol", "/ol", "li", "/li", "br /", "/a")
    for piece in html.split("<")[1:]:
        assert piece.startswith(("a href=", "ol start=")) or piece.partition(">")[0] in known


def test_citations_count_in_order_of_appearance() -> None:
    citations = Citations("Reference {number}")
    assert citations.cite(["mug"]) == ('<sup class="cite"><a href="#ref-1" title="Reference 1">1</a></sup>')
    assert re.sub("<[^>]*>", "", citations.cite(["tea", "mug"])) == "1,2"
    assert citations.keys == ("mug", "tea")


def test_citations_that_follow_each_other_are_printed_as_the_first_and_the_last() -> None:
    citations = Citations("Reference {number}", numbered=("a", "b", "c", "d", "e", "f"))
    assert re.sub("<[^>]*>", "", citations.cite(["c", "a", "e", "d"])) == "1,3–5"
    assert re.sub("<[^>]*>", "", citations.cite(["e", "f"])) == "5,6"


def test_references_are_set_with_their_identifiers_as_links(tmp_path: object) -> None:
    catalog = catalog_of(clinic(tmp_path / "clinic"))  # type: ignore[operator]
    (entry,) = reference_list(["leaf-2020"], catalog.references)
    assert (entry.number, entry.key) == (1, "leaf-2020")
    assert entry.html.startswith("Leaf A. Tea and throats.")
    assert reference_list([], catalog.references) == ()
