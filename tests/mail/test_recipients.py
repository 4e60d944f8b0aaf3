"""Many recipients: CSV files as spreadsheets really save them, and every bad row told without naming anyone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from handoutpress.mail.letter_context import Recipient
from handoutpress.mail.offered import OfferedHandouts
from handoutpress.mail.recipients import RecipientDefaults, read_recipients
from handoutpress.yamlfile.problems import ContentError

OFFERED = {("acupuncture", "en"), ("dry-needling", "en"), ("acupuncture", "es")}
LANGUAGES = {"en": ("English",), "es": ("Spanish", "Español"), "ar": ("Arabic",), "en-US": ("English (US)",)}
DEFAULTS = RecipientDefaults("en", ("acupuncture",), OfferedHandouts(OFFERED, LANGUAGES))


def read(path: Path) -> tuple[tuple[Recipient, ...], list[str]]:
    good, problems = read_recipients(path, DEFAULTS)
    return good, [str(problem).removeprefix(f"{path.as_posix()}:") for problem in problems]


def saved(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "patients.csv"
    path.write_bytes(text.encode(encoding))
    return path


TABLE = """address;name;language;handouts;note
mia@patients.example;Zoë Müller;en;"acupuncture;dry-needling";"Line one
line two; with a semicolon"
bob@patients.example;;es;;
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_what_a_spreadsheet_saves_is_read(tmp_path: Path, encoding: str, ending: str) -> None:
    good, problems = read(saved(tmp_path, TABLE.replace("\n", ending), encoding))
    assert problems == []
    assert [(row.to.address, row.to.name, row.language, row.handouts) for row in good] == [
        ("mia@patients.example", "Zoë Müller", "en", ("acupuncture", "dry-needling")),
        ("bob@patients.example", "", "es", ("acupuncture",)),
    ]
    assert good[0].note.splitlines() == ["Line one", "line two; with a semicolon"]


def test_a_handout_is_known_whatever_its_capitals(tmp_path: Path) -> None:
    table = "address;handouts\na@patients.example;Acupuncture, DRY-NEEDLING, acupuncture\n"
    good, problems = read(saved(tmp_path, table))
    assert problems == []
    assert [row.handouts for row in good] == [("acupuncture", "dry-needling")]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("cp1251", "Олена Шевченко"),
        ("cp1250", "Łukasz Żak"),
        ("gbk", "王小明"),
        ("cp1256", "أمل"),
        ("mac_roman", "Zoë Müller"),
    ],
)
def test_a_file_of_another_encoding_is_asked_about_and_never_guessed(tmp_path: Path, encoding: str, name: str) -> None:
    path = saved(tmp_path, f"address;name\nmia@patients.example;{name}\n", encoding)
    with pytest.raises(ContentError, match=r"patients\.csv:2:\d+: The byte .* is not UTF-8.*--encoding"):
        read(path)
    good, problems = read_recipients(path, replace(DEFAULTS, encoding=encoding))
    assert (good[0].to.name, problems) == (name, ())


@pytest.mark.parametrize("column", ["E-Mail", "e-mail address", "Email", "E-mail  Address"])
def test_the_line_of_excel_is_passed_over_and_lines_are_counted_right(tmp_path: Path, column: str) -> None:
    good, problems = read(saved(tmp_path, f"sep=;\r\n{column};name\r\nmia@x.example;Mia\r\nnobody;Bo\r\n"))
    assert [(row.to.address, row.line) for row in good] == [("mia@x.example", 3)]
    assert [problem.split(":")[0] for problem in problems] == ["4"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found_out(tmp_path: Path, delimiter: str) -> None:
    table = "Name|ADDRESS |note\nMia|mia@x.example|ok\n\n".replace("|", delimiter)
    good, problems = read(saved(tmp_path, table))
    assert problems == []
    assert (good[0].to.name, good[0].to.address, good[0].note) == ("Mia", "mia@x.example", "ok")


BAD_ROWS = """address,name,language,handouts,note
,Quartermaine,,,
quartermaine,,,,
quartermaine@patients.example,,xx,,
quartermaine@patients.example,,en,quartermaine dry-needling,
"quartermaine@patients.example","Quarter
maine",,,
quartermaine@patients.example,,,,a note, Quartermaine
fine@patients.example,,,,
Fine@Patients.example,,,acupuncture acupuncture,
"""


def test_every_bad_row_is_told_in_one_pass_and_none_names_a_patient(tmp_path: Path) -> None:
    good, problems = read(saved(tmp_path, BAD_ROWS))
    assert [row.to.local for row in good] == ["fine"]
    assert problems == [
        '2:1: The column "address" is empty.',
        "3:1: The address needs a name, an @ and a domain, as in mia@example.org.",
        "4:1: The language of this row is none that is known here. Hint: handouts are written in: en, es.",
        '5:1: Name 1 in the column "handouts" is no handout of ours. Hint: known here: acupuncture, dry-needling.',
        "6:1: The name has a line break or another control character in it.",
        "8:1: The row has more cells than the heading row; a note with commas needs double quotes around it.",
        "10:1: This row repeats the row at line 9. Hint: Remove one of them; nobody is mailed the same handout twice.",
    ]
    assert "quarter" not in "".join(problems).casefold()


@pytest.mark.parametrize(
    ("language", "handouts", "told"),
    [
        ("EN", "", ""),
        ("Es", "", ""),
        ("en_us", "", "2:1: acupuncture is not written in en-US (here: en, es)."),
        ("ar", "", "2:1: acupuncture is not written in ar (here: en, es)."),
        ("ES", "dry-needling", "2:1: dry-needling is not written in es (here: en)."),
        ("english", "", "2:1: English is no language code. Hint: write en."),
        ("español", "", "2:1: Español is no language code. Hint: write es."),
    ],
)
def test_the_language_of_a_row_is_read_or_told(tmp_path: Path, language: str, handouts: str, told: str) -> None:
    good, problems = read(saved(tmp_path, f"address,language,handouts\nmia@x.example,{language},{handouts}\n"))
    assert [row.language for row in good] == ([] if told else [language.lower()])
    assert "".join(problems).startswith(told)
    assert bool(problems) is bool(told)


def test_a_handout_that_was_named_for_all_is_told_as_such(tmp_path: Path) -> None:
    for_all = replace(DEFAULTS, handouts=("cuppin",))
    _, problems = read_recipients(saved(tmp_path, "address\nmia@x.example\n"), for_all)
    assert [problem.sentence for problem in problems] == [
        "A handout that was named for all is no handout of ours. Hint: known here: acupuncture, dry-needling."
    ]


@pytest.mark.parametrize(
    ("encoding", "name", "readings"),
    [
        ("cp1252", "Zoë Müller", "--encoding windows-1252: here windows-1252 reads “ëü”."),
        ("cp1251", "Олена Шевченко", "windows-1251 reads “ОШав”"),
        ("cp1250", "Łukasz Żak", "windows-1250 reads “ŁŻ”"),
        ("cp1253", "Ελένη Παππά", "windows-1253 reads “ΕΠάέ”"),
        ("mac_roman", "Zoë Müller", "macintosh reads “ëü”"),
        ("gbk", "王小明", "such as --encoding windows-1252 (Western Europe), windows-1251 (Cyrillic) or gb18030"),
    ],
)
def test_the_encodings_that_make_words_are_named(tmp_path: Path, encoding: str, name: str, readings: str) -> None:
    with pytest.raises(ContentError) as refused:
        read(saved(tmp_path, f"address;name\nmia@patients.example;{name}\n", encoding))
    assert readings in str(refused.value)
    assert name.split(maxsplit=1)[0] not in str(refused.value)


def test_a_file_read_in_a_wrong_encoding_greets_nobody(tmp_path: Path) -> None:
    path = saved(tmp_path, "address;name;note\nmia@x.example;Zoë Müller;\nbob@x.example;Bob;Café at 8\n", "cp1252")
    good, problems = read_recipients(path, replace(DEFAULTS, encoding="windows-1251"))
    assert (good, [problem.line for problem in problems]) == ((), [2, 3])
    assert "has letters of two alphabets" in str(problems[0])


def test_units_and_words_of_one_alphabet_pass(tmp_path: Path) -> None:
    rows = "a@x.example;Олена;50 μg, 3 kΩ\nb@x.example;Γιώργος;β-blocker\nc@x.example;Ağaoğlu;нове HbA1c\n"
    good, problems = read(saved(tmp_path, f"address;name;note\n{rows}"))
    assert (len(good), problems) == (3, [])


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty; its first row names the columns."),
        (b"\n\n", "The file is empty; its first row names the columns."),
        (b"mia@x.example,Mia\n", 'The first row needs a column "address".'),
        (b"address,nane\n", 'The first row has a column that is not known: "nane".'),
        (b"address,name,name\n", "The first row names a column twice."),
        (b'address,note\nmia@x.example,"open\n', "The row cannot be read: unexpected end of data."),
        (b"address\n\x81\x8d\xff\n", "The byte 0x81 is not UTF-8, and the file does not say what it is."),
        (b"address\na\x00b\n", "This is not text, or text in another encoding than UTF-8."),
    ],
)
def test_a_file_that_cannot_be_read_is_one_problem(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "patients.csv"
    path.write_bytes(content)
    with pytest.raises(ContentError) as refused:
        read(path)
    assert [problem.sentence for problem in refused.value.problems] == [sentence]
