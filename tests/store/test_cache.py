"""What is kept between runs: whole files only, made once, and not for ever."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from handoutpress.store import cache_secret as cache_secret_module
from handoutpress.store.cache import DAY, Cache
from handoutpress.store.cache_secret import cache_secret


def test_what_was_written_is_read(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    assert cache.read("plates", "ab12") is None
    cache.write("plates", "ab12", b"plate")
    assert cache.read("plates", "ab12") == b"plate"
    assert cache.read("art", "ab12") is None


def test_nothing_half_written_is_left_under_a_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path)
    cache.write("plates", "ab12", b"old")

    def unplugged(part: Path, path: Path) -> None:
        raise OSError("the power went")

    monkeypatch.setattr("handoutpress.store.files.os.replace", unplugged)
    with pytest.raises(OSError, match="power"):
        cache.write("plates", "ab12", b"new")
    monkeypatch.undo()
    assert cache.read("plates", "ab12") == b"old"


def test_what_cannot_be_read_is_made_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    (tmp_path / "plates/ab/ab12").mkdir(parents=True)
    assert cache.read("plates", "ab12") is None


def test_of_many_that_want_it_one_makes_it(tmp_path: Path) -> None:
    made = []

    def make() -> bytes:
        time.sleep(0.05)
        made.append(1)
        return b"plate"

    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(lambda _: Cache(tmp_path).keep("plates", "ab12", make), range(8)))
    assert kept == [b"plate"] * 8
    assert made == [1]


def test_a_maker_that_fails_keeps_nothing(tmp_path: Path) -> None:
    cache = Cache(tmp_path)

    def fail() -> bytes:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        cache.keep("plates", "ab12", fail)
    assert cache.keep("plates", "ab12", lambda: b"plate") == b"plate"


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "other key", "other kind", "bare", "foreign"])
def test_what_is_not_as_it_was_written_is_made_again_and_told(
    damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache(tmp_path)
    for kind, key in (("plates", "ab12"), ("plates", "ab34"), ("art", "ab12")):
        cache.write(kind, key, f"{kind} {key}".encode())
    path = tmp_path / "plates/ab/ab12"
    content = path.read_bytes()
    flipped = content[:-1] + bytes([content[-1] ^ 1])
    changed = {"cut": content[:-3], "flipped": flipped, "empty": b"", "bare": b"plates ab12"}
    changed["other key"] = (tmp_path / "plates/ab/ab34").read_bytes()
    changed["other kind"] = (tmp_path / "art/ab/ab12").read_bytes()
    changed["foreign"] = content
    path.write_bytes(changed[damage])
    if damage == "foreign":
        monkeypatch.setenv("HANDOUTS_CACHE_KEY", "another user's")
    assert cache.read("plates", "ab12") is None
    assert cache.keep("plates", "ab12", lambda: b"anew") == b"anew"
    assert cache.take_damaged() == 1
    assert cache.take_damaged() == 0


def test_the_secret_is_made_once_and_is_read_by_its_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("HANDOUTS_CACHE_KEY")
    first = cache_secret()
    cache_secret_module._kept_secret.cache_clear()
    assert cache_secret() == first
    assert len(first) == 64
    assert "HANDOUTS_CACHE_KEY" not in os.environ
    assert (tmp_path / "state/handoutpress/cache.key").stat().st_mode & 0o077 == 0


def test_without_a_place_for_a_secret_a_run_and_its_workers_share_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "state").write_text("no folder")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("HANDOUTS_CACHE_KEY")
    first = cache_secret()
    assert len(first) == 64
    assert cache_secret() == first
    assert os.environ["HANDOUTS_CACHE_KEY"].encode() == first


def aged(cache: Cache, key: str, days: float, size: int = 10) -> None:
    cache.write("plates", key, bytes(size))
    then = time.time() - days * DAY
    os.utime(cache.folder / "plates" / key[:2] / key, (then, then))


def test_what_was_not_used_for_long_is_removed(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    aged(cache, "aa11", 61)
    aged(cache, "bb22", 59)
    aged(cache, "cc33", 61)
    cache.read("plates", "cc33")
    assert cache.prune() == 1
    assert [cache.read("plates", key) is not None for key in ("aa11", "bb22", "cc33")] == [False, True, True]


def test_the_oldest_go_first_when_there_is_too_much(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for days, key in enumerate(("aa11", "bb22", "cc33", "dd44")):
        aged(cache, key, days)
    assert cache.prune(keep_bytes=160) == 2
    assert [cache.read("plates", key) is not None for key in ("aa11", "bb22", "cc33", "dd44")] == [
        True, True, False, False,
    ]  # fmt: skip


def test_locks_that_are_held_are_left_alone_and_old_ones_go(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    with cache.only_maker("plates", "cd34"):
        pass
    with cache.only_maker("plates", "ab12"):
        yesterday = time.time() - DAY - 1
        for lock in (tmp_path / "locks").iterdir():
            os.utime(lock, (yesterday, yesterday))
        assert cache.prune(keep_days=0, keep_bytes=0) == 0
        assert len(list((tmp_path / "locks").iterdir())) == 1
    assert cache.prune() == 0
    assert not list((tmp_path / "locks").iterdir())


def test_it_is_pruned_once_a_day(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    aged(cache, "aa11", 61)
    assert cache.prune_daily() == 1
    aged(cache, "bb22", 61)
    assert cache.prune_daily() == 0
    yesterday = time.time() - DAY - 1
    os.utime(tmp_path / "pruned", (yesterday, yesterday))
    assert cache.prune_daily() == 1


def test_a_cache_that_cannot_be_written_is_not_pruned(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("no folder")
    assert Cache(tmp_path / "cache").prune_daily() == 0
