"""Bad input at the practitioner's terminal: each is refused with one whole sentence, and nothing is sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from mail_support import sample_mail
from mail_support.server import Post
from mail_support.terminal import ICE, Terminal

TO = ("--to", "mia@patients.example")
ICE_FILE = "handouts/ice-packs.en.yaml"


def nothing(root: Path) -> None:
    pass


def edited(name: str, old: str, new: str) -> Callable[[Path], None]:
    """Change a text in one of the project's files."""

    def change(root: Path) -> None:
        path = root / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    return change


def asking_for_a_name(root: Path) -> None:
    (root / "templates" / "mail").mkdir(parents=True)
    (root / "templates" / "mail" / "letter.txt.j2").write_text("Dear {{ name }}", "utf-8")


def translated(root: Path) -> None:
    text = (root / ICE_FILE).read_text("utf-8")
    draft = 'translation: {of: en, version: "1.1", by: A friend, status: draft}\n'
    (root / "handouts" / "ice-packs.es.yaml").write_text(text + draft, "utf-8")


def written(name: str, words: str) -> Callable[[Path], None]:
    """Put a file of the practitioner's beside the project's own."""

    def write(root: Path) -> None:
        (root / name).write_text(words, "utf-8")

    return write


IN_A_YEAR = datetime.now(UTC).date() + timedelta(days=365)
YESTERDAY, LAST_YEAR = (datetime.now(UTC).date() - timedelta(days=days) for days in (2, 300))
REFUSED = "A check found errors, so this handout is not mailed."
CONTROL = "has a line break or another control character in it."
CASES: dict[str, tuple[Callable[[Path], None], tuple[str, ...], str]] = {
    "an address with a line break": (nothing, (*ICE, "--to", "a@x.example\r\nBcc: b"), f"The address {CONTROL}"),
    "a name with a line break": (nothing, (*ICE, *TO, "--name", "Mia\r\nBcc: b@x.example"), f"The name {CONTROL}"),
    "a name like an encoded word": (
        nothing,
        (*ICE, *TO, "--name", "=?utf-8?q?Bob?="),
        "The name looks like an encoded word (=?…?=), which mail programs would show as another.",
    ),
    "a name without end": (nothing, (*ICE, *TO, "--name", "a" * 201), "The name is longer than 200 characters."),
    "a note without end": (
        written("note.txt", "x" * 5001),
        (*ICE, *TO, "--note-file", "note.txt"),
        "The note is longer than 5000 characters.",
    ),
    "a note that is not there": (
        nothing,
        (*ICE, *TO, "--note-file", "gone.txt"),
        "gone.txt cannot be read as text in UTF-8.",
    ),
    "no address": (
        nothing,
        (*ICE, "--to", "mia"),
        "The address needs a name, an @ and a domain, as in mia@example.org.",
    ),
    "two dots": (
        nothing,
        (*ICE, "--to", "m..a@x.example"),
        "The address has a character before the @ that an address cannot have, or two dots in a row.",
    ),
    "a domain that cannot be": (
        nothing,
        (*ICE, "--to", "mia@-bücher.example"),
        "The domain of the address, after the @, is not one that can exist.",
    ),
    "a domain without a dot": (
        nothing,
        (*ICE, "--to", "mia@bücher"),
        "The domain of the address, after the @, has no dot, as in example.org.",
    ),
    "a title with a line break": (
        edited(ICE_FILE, "title: Ice packs\nsub", 'title: "Ice\\npacks"\nsub'),
        (*ICE, *TO),
        'handouts/ice-packs.en.yaml:2:8: "title" must be on one line. Hint: join the lines of "title".',
    ),
    "a template that needs a name": (
        asking_for_a_name,
        (*ICE, *TO),
        (
            "templates/mail/letter.txt.j2:1: 'name' is undefined. "
            "Hint: a template has the words of its page alone; docs/formats.md lists them."
        ),
    ),
    "a handout that failed a check": (
        edited(ICE_FILE, "What is done, by", "It cures pain. What is done, by"),
        (*ICE, *TO),
        (
            f"{REFUSED}\nhandouts/ice-packs.en.yaml:8:6: error claim-cure: “cures”: no practice of this kind is known "
            "to cure or heal a condition. Hint: Say what may get better, and for how long. For example, "
            '"may give short-term relief of neck pain". To take responsibility, add to "accepted": '
            f'- {{rule: claim-cure, text: "It cures pain.", because: TO WRITE, until: {IN_A_YEAR}}}'
        ),
    ),
    "an expired handout": (
        edited(ICE_FILE, "article:", f"reviewed: {{by: Anyone, on: {LAST_YEAR}, next: {YESTERDAY}}}\narticle:"),
        (*ICE, *TO),
        (
            f"{REFUSED}\nhandouts/ice-packs.en.yaml:51:46: error review-overdue: The review was due on {YESTERDAY}. "
            'Hint: have it reviewed, then write the new days at "reviewed".'
        ),
    ),
    "a handout with a mistake": (
        edited(ICE_FILE, "date: 2026-01-01\nauthor", "date: soon\nauthor"),
        (*ICE, *TO),
        (
            'handouts/ice-packs.en.yaml:49:7: "date" must be a day, not "soon". '
            "Hint: write it as year-month-day, like 2026-05-31."
        ),
    ),
    "a draft translation": (
        translated,
        (*ICE, *TO, "--language", "es"),
        (
            'River Clinic gives no handout "ice-packs" in "es": '
            "a draft translation is given only by a brand that names its language."
        ),
    ),
    "a short password": (
        written("password.txt", "short\n"),
        (*ICE, *TO, "--password-file", "password.txt"),
        "The password for the PDF needs at least 8 characters.",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_it_is_refused_with_a_sentence(case: str, terminal: Terminal, settings: Post) -> None:
    prepare, words, sentence = CASES[case]
    prepare(terminal.folder)
    code, output = terminal.run(*words, "--send")
    assert (code, output) == (1, f"{sentence}\n")
    assert settings.delivered == []


def test_a_page_that_fails_its_proof_is_not_mailed(terminal: Terminal, settings: Post) -> None:
    (terminal.folder / "styles").mkdir()
    style = (sample_mail.ROOT / "styles" / "leaflet.css").read_text("utf-8")
    (terminal.folder / "styles" / "leaflet.css").write_text(f"{style}\n.code {{ display: none }}\n", "utf-8")
    code, output = terminal.run(*ICE, *TO, "--send")
    first, *findings = output.splitlines()
    assert (code, first) == (1, "A page failed its proof, so it is not mailed.")
    lost = (
        "river-clinic/en/a4-leaflet/ice-packs.pdf: No reader finds the code to https://example.org/articles/ice-packs."
    )
    assert [finding for finding in findings if finding.startswith(lost)]
    assert settings.delivered == []
