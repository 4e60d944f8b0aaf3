"""Figures stay on the line of the words that they belong to; a tilde stands for a fixed space."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from handoutpress.content.text.ties import FIXED, MOST_OF_WIDE, figures_tied

TIED = [
    ("About 52 in 100 people have it", "About 52~in~100~people have it"),
    ("About 8 in 100 treatments: a bruise", "About~8~in~100 treatments: a bruise"),
    ("52 de cada 100 personas", "52~de~cada~100 personas"),
    ("52 sur 100 personnes", "52~sur~100 personnes"),
    ("for 10\nminutes, 3 times a day", "for~10~minutes, 3~times a day"),
    ("from 4 to 6 weeks", "from 4~to~6~weeks"),
    ("call NHS 111 on 111.", "call NHS~111~on~111."),
    ("Version 1.0, 12 March 2026", "Version~1.0, 12~March~2026"),
    ("March 12, 2026", "March~12, 2026"),
    ("12 de marzo de 2026", "12~de~marzo de~2026"),
    ("see p. 3 and no. 5", "see p.~3~and no.~5"),
    ("Oui ; « bien » : 50 %", "Oui~; «~bien~»~: 50~%"),
    # A full stop ends a sentence, and a citation's number is none of its words.
    ("at all. 3 people", "at all. 3~people"),
    ("for 43. Migraine", "for~43. Migraine"),
    # Beside a tag no space is fixed, and none within it.
    ('about <b>3</b> times <a href="#1" title="to 5 in 100">x</a>', None),
    # What would be too long keeps a place at which its line may end.
    ("About 1 in 10,000 consultations", "About 1~in~10,000 consultations"),
    # A number to call is never parted, however long the words around it are.
    ("Ring 01632 960 111 for a new day.", "Ring 01632~960~111 for a new day."),
    ("our clinic’s (01632) 960 111.", "our clinic’s (01632)~960~111."),
    ("telephone +44 (0)1632 960 111, daily", "telephone +44~(0)1632~960~111, daily"),
    ("telephone +44 1632 960100", "telephone +44~1632~960100"),
    ("Samaritans on 116 123", "Samaritans on~116~123"),
    ("in 2024 2025 3 people", "in~2024~2025~3 people"),
    ("no figure at all", None),
]


def html(text: str) -> Markup:
    return Markup(text)  # noqa: S704  of this file


@pytest.mark.parametrize(("text", "tied"), TIED)
def test_a_figure_stays_with_its_words(text: str, tied: str | None) -> None:
    assert figures_tied(html(text)).replace(FIXED, "~") == (tied or text)


@pytest.mark.parametrize(("text", "_"), TIED)
def test_what_is_tied_is_tied_for_good(text: str, _: str | None) -> None:
    once = figures_tied(html(text))
    assert figures_tied(once) == once


def test_a_wide_column_holds_more_letters_together() -> None:
    assert figures_tied(Markup("8 in 100 treatments"), MOST_OF_WIDE).replace(FIXED, "~") == "8~in~100~treatments"


def test_a_narrow_column_holds_fewer_letters_together() -> None:
    assert figures_tied(Markup("6 in 100 people, 10 minutes"), 9).replace(FIXED, "~") == "6~in~100 people, 10 minutes"
