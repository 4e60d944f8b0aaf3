"""Whole files only: the old one or the new one, with the rights that it should have, and nothing left beside it."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from handoutpress.store.files import HeldOpenError, replace_file, replace_shared_file, stamp_of


def test_a_new_file_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "leaflet.pdf"
    path.write_bytes(b"old")
    assert replace_file(path, b"new") == stamp_of(path)
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("mode", [0o600, 0o644])
def test_a_shared_file_has_the_rights_that_were_asked_for(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "cached"
    replace_shared_file(path, b"new", mode)
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_of_many_writers_each_writes_a_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "cached"
    contents = [bytes([number]) * 200_000 for number in range(16)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda content: replace_shared_file(path, content), contents))
    assert path.read_bytes() in contents
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("write", [replace_file, replace_shared_file])
def test_a_file_held_open_elsewhere_stays_and_nothing_is_left_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: object
) -> None:
    path = tmp_path / "leaflet.pdf"
    path.write_bytes(b"old")

    def held(part: Path, path: Path) -> None:
        raise PermissionError(13, "The process cannot access the file", str(path))

    monkeypatch.setattr("handoutpress.store.files.os.replace", held)
    with pytest.raises(HeldOpenError):
        write(path, b"new")  # type: ignore[operator]
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
