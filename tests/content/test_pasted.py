"""Pasted texts come out clean, or what would be printed raw of them is told; and neither takes long."""

from __future__ import annotations

import re

import pytest
from growth import slow
from made_up.pasted import BULLETS, INDENTS, NUMBERS, pasted_text

from handoutpress.content.text.bullets import with_dashes
from handoutpress.content.text.leftovers import leftovers
from handoutpress.content.text.markdown import links, render_blocks, seen_lines
from handoutpress.editorial.checks.reading.sentences import split
from handoutpress.press.page.html_words import plain_text

# Judged by the letters of the finished page alone: no sign here is one that a sentence needs.
RAW = re.compile(r"[#*~`|<>\\{}^=•·▪◦●○■➢❖‣⁃☐☑�\ue000-\uf8ff\t]|&\w+;|&#|__|\[[^\d]|''|^h\d\.|â€|\[ ?\]", re.MULTILINE)


def _silent(text: str) -> str:
    """Return what of ``text`` is printed raw, if nothing is told of it."""
    if any(True for _ in leftovers(seen_lines(text))) or any(link.is_picture for link in links(text)):
        return ""
    words = plain_text(str(render_blocks(text, lambda keys: "")))
    found = RAW.search(re.sub(r"^- ", "", words, flags=re.MULTILINE))
    return found[0] if found else ""


def test_no_pasted_text_is_printed_raw_in_silence() -> None:
    silent = {seed: raw for seed in range(500) if (raw := _silent(pasted_text(seed)))}
    assert not silent, [(seed, raw, pasted_text(seed)) for seed, raw in list(silent.items())[:5]]


@pytest.mark.parametrize("indent", dict.fromkeys(INDENTS))
@pytest.mark.parametrize("sign", BULLETS)
def test_every_pasted_bullet_makes_a_list(sign: str, indent: str) -> None:
    text = f"Watch for:\n{indent}{sign}Red marks.\n{indent}{sign}Pain."
    html = str(render_blocks(text, lambda keys: ""))
    assert re.sub("✓ ", "", html) == "<p>Watch for:</p>\n<ul>\n<li>Red marks.</li>\n<li>Pain.</li>\n</ul>"
    assert list(leftovers(seen_lines(text))) == []


@pytest.mark.parametrize("form", NUMBERS)
def test_every_pasted_number_makes_a_list(form: str) -> None:
    text = f"Do this:\n{form.format(1)}Rest.\n{form.format(2)}Drink."
    html = str(render_blocks(text, lambda keys: ""))
    assert html == "<p>Do this:</p>\n<ol>\n<li>Rest.</li>\n<li>Drink.</li>\n</ol>"


BARE = [
    "Tell us if you:\n\n\tbleed easily\n\tare pregnant",
    "Tell us if you:\n\tbleed easily\n\tare pregnant",
    "Tell us if you:\n   bleed easily\n   are pregnant",
    "Tell us if you:\n\u00a0\u00a0bleed easily\n\u00a0\u00a0are pregnant\n",
]


@pytest.mark.parametrize("text", BARE)
@pytest.mark.parametrize("after", ["", "\nCall us.", "\n\nCall us."])
def test_lines_whose_bullets_were_lost_make_a_list(text: str, after: str) -> None:
    html = str(render_blocks(text + after, lambda keys: ""))
    entries = "<p>Tell us if you:</p>\n<ul>\n<li>bleed easily</li>\n<li>are pregnant</li>\n</ul>"
    assert html == entries + ("\n<p>Call us.</p>" if after else "")
    said = [sentence.text.strip(" -") for sentence in split(with_dashes(text))]
    assert said[-2:] == ["bleed easily", "are pregnant"]
    assert len(with_dashes(text)) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "Rest\n  for a day\n  or two",
        "- Rest\n\n  for a day\n  or two",
        "\tRest for a day.\n\n\tDrink.",
        "Rest:\n\n  The next day you may feel tired, and you may have a mark\n  or two, which goes away within a week.",
    ],
)
def test_what_is_only_moved_in_is_no_list(text: str) -> None:
    assert str(render_blocks(text, lambda keys: "")).count("<li>") == text.count("- ")


@pytest.mark.parametrize("first", ["- ", "-\t", "* ", "1. ", "• ", "-"])
@pytest.mark.parametrize("other", ["– ", "-", "—\t", "1. ", "1.", "(2) ", "* ", "o\t", "● ", "-> "])
def test_signs_of_two_kinds_make_two_entries(first: str, other: str) -> None:
    for text in (f"{first}a fever\n{other}a burn", f"{other}a fever\n{first}a burn"):
        html = str(render_blocks(text, lambda keys: ""))
        assert re.findall("<li>(.*)</li>", html) == ["a fever", "a burn"], text


HOSTILE = ["[", "*a", "[a](", "<a ", "• ", "![](", "(1) a\n", "\\", "`", "- ", "a|", "[@a", "A. ", "_", "| ",
           "a:\n\tb\n\tc\n", "\tb\n"]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_takes_no_longer(piece: str) -> None:
    assert slow(lambda text: (list(leftovers(seen_lines(text))), links(text)), piece, 3_000) is None
