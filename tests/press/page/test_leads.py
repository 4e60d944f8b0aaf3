"""The lead of a main message: its first sentences, and no element cut in two."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

import pytest
from markupsafe import Markup

from handoutpress.press.page.titles import LEAD_LETTERS, with_lead

CITED = '<span class="tie">rare<sup class="cite"><a href="#ref-1">1</a></sup>.</span>'
LONG = "word " * (LEAD_LETTERS // 5) + "end."


@pytest.mark.parametrize(
    ("message", "lead"),
    [
        ("<p>One short sentence.</p>", "One short sentence."),
        ("<p>It may help. Harm is rare. Ask us.</p>", "It may help. Harm is rare. Ask us."),
        (f"<p>It may help. Harm is {CITED} {LONG}</p>", f"It may help. Harm is {CITED}"),
        (f"<p>{LONG} Ask us.</p>", LONG),
        (f"<p>Ask Dr. Hill &amp; Co. first. {LONG}</p>", "Ask Dr. Hill &amp; Co. first."),
        (f"<p>It <strong>may help. It may {LONG}</strong> Ask us.</p>", f"It <strong>may help. It may {LONG}</strong>"),
        (
            f'<p>可能有帮助。<sup class="cite">1</sup>{"长" * LEAD_LETTERS}。</p>',
            '可能有帮助。<sup class="cite">1</sup>',
        ),
        (f"<p>It may help.</p><ul><li>{LONG}</li></ul>", "It may help."),
    ],
)
def test_the_first_sentences_are_the_lead_and_no_letter_changes(message: str, lead: str) -> None:
    html = with_lead(Markup(message))  # noqa: S704  written above
    opened, _, rest = html.partition('<span class="first">')
    assert (opened, rest[: len(lead) + 7]) == ("<p>", f"{lead}</span>")
    assert words_of(html) == words_of(message)


def words_of(html: str) -> str:
    """What is read of HTML whose elements are all closed."""
    return "".join(fromstring(f"<div>{html}</div>").itertext())  # noqa: S314  written above


def test_a_message_that_begins_with_a_list_has_no_lead() -> None:
    message = Markup("<ul><li>Ask us.</li></ul>")
    assert with_lead(message) is message
