"""One value is changed, and nothing else of the file: comments, order, quotes and line ends stay byte for byte."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from handoutpress.yamlfile.editing import UneditableError, with_moved, with_value, without_value
from handoutpress.yamlfile.source import yaml_source
from handoutpress.yamlfile.writing import block

BRAND = """\
# Our clinic.
meta:
  name: {full: River Clinic, short: 'River'}   # as on the door
  contacts:
    # the town
    - address: [1 Quay, Saltmere]
      phone: "01632 960 001"  # reception
      hours: |
        Monday to Friday

    - name: Hill
color:
  primary: "#1f3a5f" # navy

  # gold, but only on paper
  secondary:
defaults: {handout: {country: gb}}
# the end
"""


def data(text: str) -> Any:
    return yaml_source(text.removeprefix("\ufeff"), Path("x.yml"), "").data


@pytest.mark.parametrize(
    ("location", "value", "old", "new"),
    [
        (("meta", "contacts", 0, "phone"), "01632 960 002", '"01632 960 001"', '"01632 960 002"'),
        (("meta", "name", "short"), "The River's", "'River'", "'The River''s'"),
        (("meta", "name", "full"), "River, Hill: Clinic", "River Clinic,", '"River, Hill: Clinic",'),
        (("meta", "name"), "River", "{full: River Clinic, short: 'River'} ", "River "),
        (("meta", "contacts", 0, "address"), ["2 Quay", "Saltmere"], "[1 Quay,", "[2 Quay,"),
        (("meta", "contacts", 0, "address", 2), "QX1", "Saltmere]", "Saltmere, QX1]"),
        (("meta", "contacts", 0, "hours"), "Never", "|\n        Monday to Friday", "Never"),
        (("meta", "contacts", 0, "email"), "a@b.example", "Friday\n", "Friday\n      email: a@b.example\n"),
        (("meta", "contacts", 1, "phone"), "+44 1632 1", "- name: Hill", '- name: Hill\n      phone: "+44 1632 1"'),
        (("meta", "contacts", 2), {"name": "Sea", "phone": "1"}, "Hill", 'Hill\n    - name: Sea\n      phone: "1"'),
        (("color", "secondary"), "#aa0000", "secondary:", 'secondary: "#aa0000"'),
        (("color", "secondary"), {"light": "red"}, "secondary:", "secondary:\n    light: red"),
        (("color", "palette", "reed"), "green", "secondary:", "secondary:\n  palette:\n    reed: green"),
        (("defaults", "handout", "site"), "https://x.example", "gb}", "gb, site: https://x.example}"),
        (("logo",), {"path": "a.svg"}, "gb}}", "gb}}\nlogo:\n  path: a.svg"),
        (("meta", "name", "full"), "no", "River Clinic", '"no"'),
        (("meta", "name", "full"), "12:30", "River Clinic", '"12:30"'),
        (("meta", "contacts", 1, "name"), "Hill\nTop", "Hill", "|-\n        Hill\n        Top"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_only_the_words_that_change_are_changed(
    location: tuple[str | int, ...], value: Any, old: str, new: str, newline: str
) -> None:
    text = "\ufeff" + BRAND.replace("\n", newline)
    wanted = "\ufeff" + BRAND.replace(old, new, 1).replace("\n", newline)
    assert with_value(text, location, value) == wanted


@pytest.mark.parametrize(
    ("location", "old", "new"),
    [
        (("meta", "contacts", 0, "phone"), '      phone: "01632 960 001"  # reception\n', ""),
        (("meta", "contacts", 0, "address"), "address: [1 Quay, Saltmere]\n      ", ""),
        (("meta", "contacts", 0, "address", 0), "1 Quay, ", ""),
        (("meta", "contacts", 1), "    - name: Hill\n", ""),
        (("meta", "name", "short"), ", short: 'River'", ""),
        (("meta", "name", "full"), "full: River Clinic, ", ""),
        (("defaults", "handout", "country"), "country: gb", ""),
        (("color",), BRAND[BRAND.index("color") : BRAND.index("defaults")], ""),
        (("defaults",), "defaults: {handout: {country: gb}}\n", ""),
        (("meta", "contacts", 1, "name"), "- name: Hill", "- {}"),
    ],
)
def test_what_is_removed_takes_its_own_lines_alone(location: tuple[str | int, ...], old: str, new: str) -> None:
    assert without_value(BRAND, location) == BRAND.replace(old, new, 1)


REST = "  - rest # a while\n"
COOL = "  # cold, never ice\n  - cool: |\n      ten minutes\n\n      and again\n"
WALK = '  - "walk"\n'
CARRIED = f"steps:\n{REST}{COOL}{WALK}kinds: [a, 'b',  c]\n"
OF_FIRST = "  # the first\n  # of all\n  - rest\n"


@pytest.mark.parametrize(
    ("location", "index", "by", "old", "new"),
    [
        (("steps",), 1, -1, REST + COOL, COOL + REST),
        (("steps",), 1, 1, COOL + WALK, WALK + COOL),
        (("kinds",), 0, 2, "a, 'b',  c", "'b', c,  a"),
    ],
)
def test_an_entry_moves_as_it_is_written(location: Any, index: int, by: int, old: str, new: str) -> None:
    for newline in ("\n", "\r\n"):
        text = CARRIED.replace("\n", newline)
        assert with_moved(text, location, index, by) == text.replace(
            old.replace("\n", newline), new.replace("\n", newline)
        )


@pytest.mark.parametrize(
    "head", ["steps:\n", "steps:\n  # of the list\n\n", "steps:\n# of the list\n", "steps: # of the list\n"]
)
def test_the_comments_of_the_first_entry_move_with_it(head: str) -> None:
    assert with_moved(f"{head}{OF_FIRST}{WALK}", ("steps",), 0, 1) == f"{head}{WALK}{OF_FIRST}"
    assert with_moved(f"{head}{OF_FIRST}{WALK}", ("steps",), 1, -1) == f"{head}{WALK}{OF_FIRST}"


def test_the_comments_at_the_top_of_a_file_stay() -> None:
    assert with_moved("# of the file\n- a\n- b\n", (), 0, 1) == "# of the file\n- b\n- a\n"


def test_an_entry_moves_to_no_place_that_is_not_there() -> None:
    for index, by in ((0, -1), (2, 1), (3, 0)):
        with pytest.raises(IndexError):
            with_moved(CARRIED, ("steps",), index, by)


def test_what_is_repeated_by_its_name_is_left_to_a_person() -> None:
    text = "a: &it {x: 1}\nb: *it\n"
    with pytest.raises(UneditableError, match=r'"b\.x" is written in a way that only a person can change'):
        with_value(text, ("b", "x"), 2)
    with pytest.raises(UneditableError):
        with_value(text, ("a", "x"), 2)
    assert with_value(text, ("c",), 2) == text + "c: 2\n"
    assert data(with_value(text, ("b",), 2)) == {"a": {"x": 1}, "b": 2}


def test_a_comma_parts_no_line_of_an_address() -> None:
    address = {"address": ["1 Quay,Saltmere", "QX1"]}
    assert data(block(address, "", "\n")) == address
    assert data(with_value("{a: 1}\n", ("b",), address)) == {"a": 1, "b": address}


def test_a_text_is_read_as_the_same_by_every_reader() -> None:
    for word in ("no", "y", "1e3", "0x1f", "1_000", "12:30", "~", "null", "= 1", "- a", "a: b", "a #b", "*x", "", " a"):
        text = with_value("key: other\n", ("key",), word)
        assert yaml.safe_load(text) == {"key": word}, text
        assert data(text) == {"key": word}


WORDS = st.text(st.sampled_from("abz09 :#-'\"{}[],&*!|>%@\\é中\n\t"), max_size=12)
SCALARS = WORDS | st.integers(-9, 99) | st.booleans() | st.none()
KEYS = st.text(st.sampled_from("abcdef"), min_size=1, max_size=2)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=10
)


def written(value: Any, draw: Any, indent: int = 0, *, in_flow: bool = False) -> str:
    """A value in random styles, with comments between the lines; what it returns begins behind a colon or a dash."""
    if isinstance(value, dict | list) and value and not in_flow and draw(st.integers(0, 3)):
        lines = []
        column = indent + draw(st.sampled_from([1, 2, 4]))
        for step, part in value.items() if isinstance(value, dict) else enumerate(value):
            if draw(st.booleans()):
                lines.append(" " * draw(st.integers(0, 6)) + f"# note {draw(st.integers(0, 99))}")
            head = f"{step}:" if isinstance(value, dict) else "-"
            lines.append(" " * column + head + written(part, draw, column))
        return "\n" + "\n".join(lines)
    if isinstance(value, dict):
        pairs = [f"{step}:{written(part, draw, in_flow=True)}" for step, part in value.items()]
        return f" {{{', '.join(pairs)}}}"
    if isinstance(value, list):
        return f" [{','.join(written(part, draw, in_flow=True) for part in value)}]"
    tail = "" if in_flow or draw(st.booleans()) else f"  # beside {draw(st.integers(0, 99))}"
    if isinstance(value, str) and re.fullmatch(r"[abzé]+", value):
        return f" {draw(st.sampled_from([value, json.dumps(value), chr(39) + value + chr(39)]))}{tail}"
    return f" {json.dumps(value, ensure_ascii=False)}{tail}"


def locations(value: Any, above: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for step, part in parts for place in ((*above, step), *locations(part, (*above, step)))]


def in_place(old: Any, new: Any) -> Any:
    """Return ``new`` as it stands in a file: keys that were there keep their order, and others come behind them."""
    if isinstance(old, dict) and isinstance(new, dict):
        keys = [*(key for key in old if key in new), *(key for key in new if key not in old)]
        return {key: in_place(old.get(key), new[key]) for key in keys}
    if isinstance(old, list) and isinstance(new, list):
        return [in_place(was, part) for was, part in zip(old, new, strict=False)] + new[len(old) :]
    return new


@given(content=st.dictionaries(KEYS, VALUES, min_size=1, max_size=4), new=VALUES, draws=st.data())
def test_any_value_of_any_file_is_set_added_and_removed(content: dict[str, Any], new: Any, draws: Any) -> None:
    text = written(content, draws.draw).removeprefix("\n") + "\n"
    if text.startswith(" "):
        text = re.sub(r"^ (?=[{\[])", "", text)
    assume(data(text) == content)
    location = draws.draw(st.sampled_from(locations(content)))
    edited = with_value(text, location, new)
    wanted = deepcopy(content)
    parent: Any = wanted
    for step in location[:-1]:
        parent = parent[step]
    parent[location[-1]] = in_place(parent[location[-1]], new)
    assert repr(data(edited)) == repr(wanted)
    removed = without_value(edited, location)
    del parent[location[-1]]
    assert repr(data(removed)) == repr(wanted)
    added = with_value(text, ("zz", "new"), new)
    assert repr(data(added)) == repr({**content, "zz": {"new": new}})
    if not text.startswith("{"):
        assert without_value(added, ("zz",)) == text
