"""The cache is no witness: what was damaged or laid there is made anew, and a changed plate is proved again."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import press_room
import pytest
from press_room import BRAND, Call, caller, change, write_handout

from handoutpress.cli import main
from handoutpress.content.project import builtin_root
from handoutpress.store.cache import Cache

TEA = "out/hill/en/a4-leaflet/warm-tea.pdf"
BUILD = ("build", "warm-tea", "--format", "a4-leaflet", "--no-html")
LARGE = ("build", "warm-tea", "--format", "a4-large-print", "--no-html")
SEEDED = 210
FOR_TYPESETTING = {"subsets", "measures", "failures"}
"""What is asked for only by those who typeset: parts of fonts, and what came of earlier layouts."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small clinic, built once: its pages, its art and its verdicts are cached."""
    root = press_room.printable(tmp_path_factory.mktemp("built") / "clinic")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        patch.setattr("sys.argv", ["handouts", *BUILD])
        assert main() == 0
    return root


@pytest.fixture
def root(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "clinic"))


@pytest.fixture
def call(root: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Call:
    return caller(root, monkeypatch, capfd)


def entries(root: Path) -> list[Path]:
    return sorted(path for path in (root / ".handoutpress").glob("*/??/*") if path.is_file())


def damaged(content: bytes, other: bytes, chance: random.Random) -> bytes:
    """``content`` with one of the faults of disks, of copying, and of hands."""
    at = chance.randrange(max(1, len(content)))
    flipped = bytes([byte ^ (1 << chance.randrange(8)) for byte in content[at : at + 1]])
    faults = [
        content[:at],
        content[:at] + flipped + content[at + 1 :],
        content[:at] + b"\0" * 64 + content[at + 64 :],
        content + b"more",
        other,
        b"",
        b"{}",
    ]
    return chance.choice([fault for fault in faults if fault != content])


def spoil(root: Path, times: int, chance: random.Random) -> Iterator[list[Path]]:
    """Damage entries of the cache, a few at a time, and give those that were."""
    left = times
    while left:
        paths = chance.sample(entries(root), min(left, 7, len(entries(root))))
        for path in paths:
            other = chance.choice(entries(root)).read_bytes()
            path.write_bytes(damaged(path.read_bytes(), other, chance))
        left -= len(paths)
        yield paths


def rebuild_after_damage(root: Path, call: Call, times: int) -> None:
    right = (root / TEA).read_bytes()
    for paths in spoil(root, times, random.Random(16)):
        code, _, complained = call(*BUILD, "--force")
        assert code == 0, (paths, complained)
        assert (root / TEA).read_bytes() == right, paths
        told = "damaged or from elsewhere, and w" in complained
        assert told or {path.parts[-3] for path in paths} <= FOR_TYPESETTING, paths
        assert Cache(root / ".handoutpress").take_damaged() == 0


def test_damaged_entries_are_told_and_made_anew(root: Path, call: Call) -> None:
    kinds = {path.parts[-3] for path in entries(root)}
    assert kinds >= {"art", "brands", "checks", "plates", "proofs", "reads", "subsets"}
    rebuild_after_damage(root, call, len(entries(root)))


@pytest.mark.soak
def test_of_many_damaged_entries_none_is_believed(root: Path, call: Call) -> None:
    rebuild_after_damage(root, call, SEEDED)


def test_a_style_that_hides_the_risks_is_refused_though_the_plate_was_right_before(root: Path, call: Call) -> None:
    right = (root / TEA).read_bytes()
    style = (builtin_root() / "styles/leaflet.css").read_text("utf-8")
    (root / "styles").mkdir()
    (root / "styles/leaflet.css").write_text(style + "\nul.risks li { color: #ffffff }\n", "utf-8")
    code, _, complained = call(*BUILD)
    assert code == 1
    assert "does not pass its proof" in complained
    assert (root / TEA).read_bytes() == right


def test_a_shorter_text_is_proved_by_its_own_pages_whatever_changes_next(root: Path, call: Call) -> None:
    long = "You may feel warm for a while. Rest a little and drink some water. "
    write_handout(root, what_to_expect=long * 12, after_care=long * 9)
    assert call(*LARGE)[0] == 0
    write_handout(root, what_to_expect="You may feel warm for a while.", after_care="Rest a little.")
    assert call(*LARGE)[0] == 0
    telephone = {"address": ["1 Hill Street"], "phone": "01632 960999"}
    change(root / BRAND, lambda brand: brand["meta"].update(contacts=[telephone]))
    code, _, complained = call(*LARGE)
    assert code == 0, complained


@pytest.mark.parametrize("key", ["the tests", "another user's"])
def test_art_with_another_number_that_was_laid_there_is_never_printed(
    root: Path, call: Call, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    """The art is whole, and made by this very press: of another number, and by this user or by another one."""

    def art_of(number: str, cache_key: str) -> Path:
        before = entries(root)
        change(root / BRAND, lambda brand: brand["meta"].update(contacts=[{"phone": number}]))
        monkeypatch.setenv("HANDOUTS_CACHE_KEY", cache_key)
        assert call(*BUILD, "--force", "--proof", "none")[0] == 0
        (path,) = [path for path in entries(root) if path.parts[-3] == "art" and path not in before]
        return path

    theirs = art_of("01632 960111", key)
    ours = art_of("01632 960999", "the tests")
    right = (root / TEA).read_bytes()
    ours.write_bytes(theirs.read_bytes())
    code, _, complained = call(*BUILD, "--force", "--proof", "none")
    assert code == 0
    assert "1 entry of the cache was damaged or from elsewhere" in complained
    assert (root / TEA).read_bytes() == right
