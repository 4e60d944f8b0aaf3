"""Reading YAML: plain data, the place of everything in it, and a sentence for whatever cannot be read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handoutpress.yamlfile.problems import ContentError
from handoutpress.yamlfile.source import YamlSource, read_yaml
from handoutpress.yamlfile.textfile import MAX_BYTES


def read(folder: Path, text: str | bytes) -> YamlSource:
    path = folder / "file.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_yaml(path, Path("file.yaml"))


def refusal(folder: Path, text: str | bytes) -> list[str]:
    with pytest.raises(ContentError) as caught:
        read(folder, text)
    return str(caught.value).splitlines()


def test_words_mean_what_yaml_1_2_says(tmp_path: Path) -> None:
    text = """
    words: [yes, no, on, off, y, 0x1F, 1:30, .inf, 1_000, "5", '5', !!str 5, 12345678901234567890, 2026-02-30]
    truths: [true, False]
    numbers: [5, -3, 007, 2.5, 1e3, 1.]
    nothing: [null, ~, ]
    day: 2026-05-31
    """
    data = read(tmp_path, text).data
    assert all(isinstance(word, str) for word in data["words"])
    assert data["truths"] == [True, False]
    assert data["numbers"] == [5, -3, 7, 2.5, 1000.0, 1.0]
    assert data["nothing"] == [None, None]
    assert data["day"] == date(2026, 5, 31)


def test_keys_stay_the_text_that_they_are_written_as(tmp_path: Path) -> None:
    assert read(tmp_path, "on: 1\nyes: 2\n50: 3\n1.0: 4\ntrue: 5\n2026-01-01: 6\n").data == {
        "on": 1,
        "yes": 2,
        "50": 3,
        "1.0": 4,
        "true": 5,
        "2026-01-01": 6,
    }


def test_places_are_of_keys_and_values(tmp_path: Path) -> None:
    source = read(tmp_path, "a:\n  - x\n  - {b: é, c: [1, 2]}\n")
    assert source.place(("a", 0)) == (2, 5)
    assert source.place(("a", 1, "c", 1)) == (3, 19)
    assert source.place(("a", 1, "c"), key=True) == (3, 12)
    assert source.place(("a",), key=True) == (1, 1)
    assert source.place(("a", 1, "missing")) == (3, 5)


def test_a_byte_order_mark_is_accepted_and_shifts_nothing(tmp_path: Path) -> None:
    source = read(tmp_path, b"\xef\xbb\xbfa: b\n")
    assert source.data == {"a": "b"}
    assert source.place(("a",), key=True) == (1, 1)


def test_aliases_repeat_a_value(tmp_path: Path) -> None:
    assert read(tmp_path, "a: &x [1]\nb: *x\n").data == {"a": [1], "b": [1]}


def test_forty_levels_are_read(tmp_path: Path) -> None:
    assert read(tmp_path, "[" * 40 + "]" * 40).data
    assert refusal(tmp_path, "[" * 41 + "]" * 41) == [
        "file.yaml:1:41: The file is nested more than 40 levels deep. Hint: check its brackets."
    ]


def test_half_a_million_levels_cost_a_sentence(tmp_path: Path) -> None:
    assert len(refusal(tmp_path, "[" * 500_000)) == 1
    assert len(refusal(tmp_path, "- " * 400_000)) == 1


def test_a_twenty_megabyte_file_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, b"a: b\n" * 4_000_000) == [
        "file.yaml: The file is larger than 1 MB. Hint: split it, or see whether it is the right file."
    ]
    assert MAX_BYTES == 1_000_000


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    for name, words in (("folder.yaml", "This is not a file."), ("gone.yaml", "(no such file or directory)")):
        with pytest.raises(ContentError) as caught:
            read_yaml(tmp_path / name, Path(name))
        assert words in str(caught.value)


def test_reading_goes_on_after_a_syntax_mistake(tmp_path: Path) -> None:
    lines = refusal(tmp_path, "a: b: c\nd: 1\ne: [1, 2\nf: x\nf: y\n")
    assert [line.split(": ")[0] for line in lines] == ["file.yaml:1:5", "file.yaml:4:2"]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_bytes_give_a_source_or_a_sentence(tmp_path: Path, raw: bytes) -> None:
    read_or_refuse(tmp_path, raw)


YAML_PIECES = ("a", "on", ": ", "- ", "[", "]", "{", "}", ",", "\n", "\n  ", "\t", '"', "'", "|\n ", ">-\n  ", "&x ")
MORE_PIECES = ("*x", "!t ", "#", "? ", "---\n", "...\n", "%YAML 1.1\n", "5", "2026-01-01", "é", "\\", "<<: ", "\r\n")


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(YAML_PIECES + MORE_PIECES), max_size=40).map("".join))
def test_yaml_like_text_gives_a_source_or_a_sentence(tmp_path: Path, text: str) -> None:
    read_or_refuse(tmp_path, text.encode())


def read_or_refuse(folder: Path, raw: bytes) -> None:
    try:
        source = read(folder, raw)
    except ContentError as error:
        assert error.problems
        assert all(problem.sentence and problem.hint for problem in error.problems)
    else:
        assert source.data is not None
