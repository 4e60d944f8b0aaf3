"""What is printed: a file's words never reach a terminal as commands to it."""

from __future__ import annotations

import pytest

from handoutpress.cli.console import complain, note, say, say_gravely, seen

HOSTILE = [
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
    "\x1b]8;;https://a.org\x1b\\",
    "\x9b31m",
    "\x9d0;t\x9c",
    "a\rb",
    "\x08\x08",
    "\x07",
    "\x00",
    "\x7f",
    "\x0e",
    "\x1b(0",
    "\x1bc",
    "\x90q\x9c",
    "a\u202egpj.exe",
    "\u2066a",
    "line\u2028two",
    "\x0c",
    "\x0b",
    "\x85",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_controls_are_shown(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    for print_words in (say, complain, note, say_gravely):
        print_words(text)
    out, err = capsys.readouterr()
    assert all(sign.isprintable() or sign == "\n" for sign in out + err)
    assert "\\" in out


def test_words_of_every_script_are_left_alone() -> None:
    text = "Größe\tüber 5 °C – العربية \u200f(١) ไทย हिन्दी \u200d 中文 🙂\nnext"
    assert seen(text) == text
