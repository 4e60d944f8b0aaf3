"""How titles end, and how a main message is parted for a poster."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from handoutpress.press.page.titles import ended_with_two, first_and_rest, nearly_one_line, title_step


@pytest.mark.parametrize(
    ("title", "ended"),
    [
        ("Exercises for your lower back", 'Exercises for your <span class="tie">lower back</span>'),
        ("Acupuncture or dry needling?", 'Acupuncture or <span class="tie">dry needling?</span>'),
        ("Dry needling", "Dry needling"),
        ("What physiotherapy offers", "What physiotherapy offers"),
        ("Acupuncture", "Acupuncture"),
    ],
)
def test_short_words_end_a_title_together(title: str, ended: str) -> None:
    assert ended_with_two(title) == ended


@pytest.mark.parametrize(
    ("title", "step"),
    [("Acupuncture", 0), ("Osteopathic care", 0), ("Physiotherapy", 1), ("Акупунктура (голковколювання)", 2)],
)
def test_a_title_is_so_small_that_its_longest_word_has_room_on_a_cover(title: str, step: int) -> None:
    assert title_step(title) == step


@pytest.mark.parametrize(
    ("title", "is_nearly"),
    [
        ("Acupuncture", False),
        ("Acupuncture or dry needling?", True),
        ("Acupuncture ou puncture sèche ?", True),
        ("What acupuncture may do, and what not", False),
        ("Physiotherapy for your neck", False),
    ],
)
def test_a_title_just_too_long_for_a_line_beside_a_mark_is_a_little_smaller(title: str, is_nearly: bool) -> None:
    assert nearly_one_line(title) == is_nearly


@pytest.mark.parametrize(
    ("message", "first", "rest"),
    [
        ("<p>It may help. Ask us.</p>", "It may\u00a0help.", "<p>Ask us.</p>"),
        ("<p>Keep moving.</p>", "Keep\u00a0moving.", ""),
        ("<p>Ask Dr. Hill &amp; us. Rest.</p>", "Ask Dr. Hill &amp; us.", "<p>Rest.</p>"),
        ("<p>قد يخفف الألم. اسألنا.</p>", "قد يخفف الألم.", "<p>اسألنا.</p>"),
        ("<p>It <strong>may</strong> help. Ask.</p>", "", "<p>It <strong>may</strong> help. Ask.</p>"),
        ("<p>One.</p><p>Two.</p>", "", "<p>One.</p><p>Two.</p>"),
        ("<ul><li>Rest.</li></ul>", "", "<ul><li>Rest.</li></ul>"),
    ],
)
def test_the_first_sentence_of_a_message_stands_alone(message: str, first: str, rest: str) -> None:
    assert first_and_rest(Markup(message)) == (first, rest)  # noqa: S704  written here
