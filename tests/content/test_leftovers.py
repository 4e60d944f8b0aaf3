"""Markup that is not ours: what would be printed raw is told, and what comes out right is not."""

import pytest

from handoutpress.content.text.leftovers import (
    leftovers,
    leftovers_in_article,
    leftovers_in_line,
    leftovers_in_plain,
)
from handoutpress.content.text.markdown import seen_lines

TOLD = [
    ("### What happens", "###"),
    ("#Aftercare", "#"),
    ("One.\n\n> a quotation", ">"),
    ("| Harm | Often |", "| Harm | Often |"),
    ("Harm | Often\n--- | ---", " |"),
    ("- [ ] Call us", "[ ]"),
    ("☐ Call us", "☐"),
    ("![A person](pictures/x.png", "!["),
    ("<b>Rest</b> today", "<b>"),
    ("Rest.<o:p></o:p>", "<o:p>"),
    ("<!--[if gte mso 9]>", "<!--"),
    ("<br/>", "<br/>"),
    ("Rest&nbsp;well", "&nbsp;"),
    ("5 &lt; 6", "&lt;"),
    ("It&#8217;s fine", "&#8217;"),
    ("**Rest ** today", "**"),
    ("***", "***"),
    ("Text\n---\nmore", "---"),
    ("~~Rest~~", "~~"),
    ("Rest[^1].", "[^1]"),
    ("[^1]: A note", "[^1]:"),
    ("[us][1]", "[us][1]"),
    ("[1]: https://a.org", "[1]:"),
    ("```\ncode\n```", "```"),
    ("a `word` of", "`"),
    ("[us](https://a.org and more)", "]("),
    ("<https://a.org>", "<https://a.org>"),
    ("<a@b.org>", "<a@b.org>"),
    ("[[Main page]]", "[["),
    ("[b]Rest[/b]", "[b]"),
    ("''Rest'' now", "''"),
    ("Dear {{name}}", "{{"),
    ("Dear {name}", "{name}"),
    ("Call {phone} or come", "{phone} or come"),
    ("Ring {telefon}", "{telefon}"),
    ("a {brace", "{"),
    ("10^9 cells", "^9"),
    ("H~2~O", "~"),
    ("Mild\tRedness", "Mild\tRedness"),
    ("Do\t\tDon’t smoke", "Do\t\tDon’t smoke"),
    ("\\textbf{Rest}", "\\textbf"),
    ('{ HYPERLINK "https://a.org" }', "HYPERLINK "),
    ("Error! Bookmark not defined.", "Error! Bookmark not defined."),
    ("Rest \uf0e0 sleep", "\uf0e0"),
    ("itâ€™s", "â€™"),
    ("caf\ufffd", "\ufffd"),
    ("From £40*", "*"),
    ("«Patient_Name»", "«Patient_Name»"),
    ("==Rest==", "=="),
]
CLEAN = [
    "A **strong** and *soft* word, _too_.",
    "• one\n• two",
    "1) one\n2) two",
    "[us](https://a.org/b_c*d)",
    r"From £40\*",
    "Two in 10 (20%) – that’s “few”; 5 < 6 & 7 > 6.",
    "Call 01632 960 001 / 999, #1 choice",
    "Name: ____________",
    "Is it a/b or c?",
    "Ring us: +44 (0)20 7946 0000 [option 2].",
    "10⁹ cells, CO₂, ½, ±2 °C, 3 × 4",
    "Write to a_b@c.org",
    "A\u00a0hard space",
    "L’été, ça va ? « Oui »",
    "~5 days",
    r"\# one",
    "C# and F#",
    "Q&A; R&D",
    "5 * 3 times",
]


@pytest.mark.parametrize(("text", "written"), TOLD)
def test_what_would_be_printed_raw_is_told(text: str, written: str) -> None:
    found = list(leftovers(seen_lines(text)))
    assert written in [leftover.written for leftover in found]
    assert all(leftover.hint for leftover in found)


@pytest.mark.parametrize("text", CLEAN)
def test_what_is_meant_is_left_alone(text: str) -> None:
    assert list(leftovers(seen_lines(text))) == []


def test_a_line_takes_no_list() -> None:
    assert [found.written for found in leftovers_in_line(seen_lines("May help:\n- one", blocks=False))] == ["- "]


@pytest.mark.parametrize(
    "title", ["**Cupping**", "[Cupping](https://a.org)", "Cupping [@cao-2012]", "# Cupping", "_Cupping_"]
)
def test_a_title_takes_no_markup(title: str) -> None:
    assert list(leftovers_in_plain(title))


def test_the_clinics_name_stands_in_running_text_alone() -> None:
    assert not list(leftovers(seen_lines("Welcome to **{clinic}**.\n\n- {clinic}")))
    assert [leftover.hint for leftover in leftovers_in_article(["At {clinic}"])] == ['write "our clinic".']
    assert [leftover.written for leftover in leftovers_in_plain("At {clinic}")] == ["{clinic}"]


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("{telefon}", 'did you mean "{phone}"?'),
        ("{phon}", 'did you mean "{phone}"?'),
        ("{Phone}", 'did you mean "{phone}"?'),
        ("{our clinic}", 'did you mean "{clinic}"?'),
        ("{patient}", "known here: {clinic} and {phone}."),
    ],
)
def test_a_placeholder_that_is_not_there_says_what_may_have_been_meant(written: str, hint: str) -> None:
    (leftover,) = leftovers(seen_lines(f"Ring {written}", phone=True))
    assert hint in leftover.hint
    assert not list(leftovers(seen_lines("Ring {phone}", phone=True)))
