"""Manifests and recalls that someone changed by hand, or a disk spoilt: a sentence each, never our mistake."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fakepress import Chain
from press_room import CASES, Call, caller
from releaser import make

from handoutpress.batch.run import run

SEED = 16
COMMANDS = (
    ("verify", "0a1b2c3d"),
    ("release", "--list"),
    ("approve", "*", "--by", "N"),
    ("recall", "h0", "--dry-run"),
    ("rollback", "spring"),
    ("compare", "releases/spring", "out"),
    ("proof", "--check", "file"),
)
VALUES: tuple[Any, ...] = (
    "",
    "..",
    "/etc/passwd",
    "\0",
    "x" * 300,
    -1,
    10**30,
    1e400,
    0.5,
    None,
    True,
    [],
    {},
    [[]],
    {"a": 1},
    "9.9.9.9",
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with something built, and released once."""
    chain = Chain(tmp_path_factory.mktemp("kept") / "project", formats=("a4-leaflet",)).set_up()
    assert not run(chain.plan(), chain.out, chain.maker).exit_code
    make(chain, "spring")
    for folder in ("handouts", "brands"):
        shutil.rmtree(chain.folder / folder)
        shutil.copytree(CASES / "clinic" / folder, chain.folder / folder)
    shutil.copy(CASES / "clinic/references.yaml", chain.folder)
    return chain.folder


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a JSON value."""
    yield at
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield from places(inner, (*at, key))


def mutated(content: bytes, chance: random.Random) -> bytes:
    """``content`` with one value changed or left out, or its bytes cut or overwritten."""
    kind = chance.randrange(6)
    if kind == 0:
        return content[: chance.randrange(len(content))]
    if kind == 1:
        at = chance.randrange(len(content))
        return content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :]
    document = json.loads(content)
    *way, last = chance.choice([place for place in places(document) if place])
    inner = document
    for key in way:
        inner = inner[key]
    if kind == 2:
        del inner[last]
    else:
        inner[last] = chance.choice(VALUES)
    return json.dumps(document).encode()


def try_all(root: Path, call: Call, times: int) -> None:
    chance = random.Random(SEED)
    (root / "releases/recalls.json").write_text(
        '[{"handout": "h9", "below": "", "content_hashes": ["ffffffff"], "date": "2026-01-01"}]'
    )
    names = ["out/manifest.json", "releases/spring/manifest.json", "releases/recalls.json", "releases/history.json"]
    contents = {name: (root / name).read_bytes() for name in names}
    for number in range(times):
        name = names[number % len(names)]
        (root / name).chmod(0o644)
        (root / name).write_bytes(spoilt := mutated(contents[name], chance))
        for words in COMMANDS:
            code, _, complained = call(*words)
            assert code in (0, 1), (number, name, words, complained, spoilt[-600:])
            assert "our mistake" not in complained
        (root / name).write_bytes(contents[name])


@pytest.fixture
def call(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Call:
    shutil.copytree(kept, tmp_path / "project", symlinks=True)
    return caller(tmp_path / "project", monkeypatch, capfd)


def test_a_few_spoilt_files_are_told_in_a_sentence(call: Call, tmp_path: Path) -> None:
    try_all(tmp_path / "project", call, 8)


@pytest.mark.soak
def test_many_spoilt_files_are_told_in_a_sentence(call: Call, tmp_path: Path) -> None:
    try_all(tmp_path / "project", call, 420)


@pytest.mark.parametrize(
    "nested", ['{"manifest": ' + "[" * 100_000, '{"manifest": 2, "files": {}, "parts": 3}', "[]", "3"]
)
def test_what_is_no_manifest_is_told(nested: str, call: Call, tmp_path: Path) -> None:
    (tmp_path / "project/out/manifest.json").write_text(nested)
    code, _, complained = call("verify", "0a1b2c3d")
    assert (code, "is no manifest of ours" in complained) == (1, True), complained
