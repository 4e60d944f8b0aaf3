"""A chain's brands are read once: again only when something that they were read from has changed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from handoutpress.content.brand.brand_cache import BrandCache
from handoutpress.content.brand.reader import BrandReader
from handoutpress.content.catalog import Catalog
from handoutpress.content.loading import load_catalog
from handoutpress.content.project import Project, builtin_root
from handoutpress.store import digests
from handoutpress.store.cache import Cache

CHAIN = """meta: {name: Hill Group}
color: {primary: "#224466"}
typography: {base: Nunito}
logo: {path: logo.png, alt: Hill}
defaults: {handout: {country: gb, print: {profile: shop.icc}}}
"""
CLINIC = """meta: {name: Hill Clinic}
defaults: {handout: {extends: ../chain}}
"""
FONTS = builtin_root() / "fonts"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    for name, text in (("chain", CHAIN), ("clinic", CLINIC)):
        folder = tmp_path / "project/brands" / name
        folder.mkdir(parents=True)
        (folder / "_brand.yml").write_text(text, encoding="utf-8")
    shutil.copy(builtin_root() / "profiles/FOGRA39L_coated.icc", tmp_path / "project/brands/chain/shop.icc")
    Image.new("RGB", (600, 300), "red").save(tmp_path / "project/brands/chain/logo.png")
    (tmp_path / "project/handouts").mkdir()
    builtin = tmp_path / "built-in"
    for name in ("countries", "formats", "languages", "fonts", "templates", "styles", "looks", "brands"):
        shutil.copytree(builtin_root() / name, builtin / name)
    return Project(tmp_path / "project", builtin)


def load(project: Project, made_by: str = "this code") -> Catalog:
    return load_catalog(project, brand_cache=BrandCache(Cache(project.root / "cache"), made_by))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The folders of the brands that were read, not taken from the cache."""
    folders: list[str] = []
    whole = BrandReader.read

    def note(reader: BrandReader, folder: Path) -> object:
        folders.append(folder.name)
        return whole(reader, folder)

    monkeypatch.setattr(BrandReader, "read", note)
    return folders


def test_brands_from_the_cache_are_the_brands_that_were_read(project: Project, read: list[str]) -> None:
    first = load(project)
    assert not first.problems
    assert read == ["chain", "clinic"]
    again = load(project)
    assert read == ["chain", "clinic"]
    assert again.brands == first.brands
    assert again.brands["chain"].base_font is again.brands["clinic"].base_font


def own_brand_for_the_built_in_one(project: Project) -> None:
    shutil.copytree(project.root / "brands/chain", project.root / "brands/default")


def a_family_of_its_own(project: Project) -> None:
    shutil.copytree(project.builtin / "fonts/nunito", project.root / "brands/chain/fonts/nunito")


def a_longer_font_file(project: Project) -> None:
    file = next((project.builtin / "fonts").rglob("Nunito*.ttf"))
    file.write_bytes(file.read_bytes() + b" ")


def another_print_shop(project: Project) -> None:
    file = project.root / "brands/chain/shop.icc"
    file.write_bytes(file.read_bytes().replace(b"FOGRA39L Coated", b"Press of Vale 1"))


CHANGES: dict[str, tuple[Callable[[Project], object], list[str]]] = {
    "the clinic's file": (lambda p: (p.root / "brands/clinic/_brand.yml").write_text(CLINIC + "\n"), ["clinic"]),
    "the chain's file": (
        lambda p: (p.root / "brands/chain/_brand.yml").write_text(CHAIN.replace("Hill G", "Dale G")),
        ["chain", "clinic"],
    ),
    "the chain's logo": (
        lambda p: Image.new("RGB", (300, 300), "blue").save(p.root / "brands/chain/logo.png"),
        ["chain", "clinic"],
    ),
    "the print shop's profile": (another_print_shop, ["chain", "clinic"]),
    "a font file": (
        a_longer_font_file,
        ["chain", "clinic"],
    ),
    "a folder of fonts beside the chain's file": (a_family_of_its_own, ["chain", "clinic"]),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_a_brand_was_read_from_counts(name: str, project: Project, read: list[str]) -> None:
    load(project)
    read.clear()
    change, affected = CHANGES[name]
    change(project)
    kept = load(project).brands
    assert read == affected
    assert kept == load_catalog(project).brands


def test_a_brand_of_the_project_takes_the_place_of_the_built_in_one_that_was_extended(
    project: Project, read: list[str]
) -> None:
    path = project.root / "brands/clinic/_brand.yml"
    path.write_text(CLINIC.replace("../chain", "../default"), encoding="utf-8")
    load(project)
    read.clear()
    own_brand_for_the_built_in_one(project)
    assert load(project).brands["clinic"].colours.primary == "#224466"
    assert read == ["clinic", "default"]


def test_a_brand_with_a_mistake_is_read_each_time(project: Project, read: list[str]) -> None:
    (project.root / "brands/clinic/_brand.yml").write_text(CLINIC + "logo: none.png\n", encoding="utf-8")
    problems = load(project).problems
    read.clear()
    assert load(project).problems == problems
    assert read == ["clinic"]


def entry_of(project: Project) -> Path:
    (entry,) = (path for path in (project.root / "cache/brands").rglob("*") if path.is_file())
    return entry


@pytest.mark.parametrize("content", [b"", b"{", b'{"brands": 3}', b"\xff\xfe"])
def test_a_cache_that_cannot_be_read_counts_as_empty(content: bytes, project: Project, read: list[str]) -> None:
    load(project)
    read.clear()
    entry_of(project).write_bytes(content)
    assert len(load(project).brands) == 2
    assert read == ["chain", "clinic"]


def test_a_cache_that_someone_wrote_by_hand_says_nothing(project: Project, read: list[str]) -> None:
    load(project)
    entry = entry_of(project)
    kept = entry.read_bytes()
    entry.write_bytes(kept.replace(b"Hill Clinic", b"Vale Clinic"))
    assert entry.read_bytes() != kept
    read.clear()
    assert load(project).brands["clinic"].name == "Hill Clinic"
    assert read == ["chain", "clinic"]
    assert Cache(project.root / "cache").take_damaged() == 1


def test_a_file_of_the_same_size_and_time_is_read_by_what_it_says(project: Project) -> None:
    path = project.root / "brands/clinic/_brand.yml"
    load(project)
    times = path.stat()
    path.write_text(CLINIC.replace("Hill C", "Dale C"))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    input_digest_forgets()
    assert load(project).brands["clinic"].name == "Dale Clinic"


def input_digest_forgets() -> None:
    """What a process has read it knows by the file's stamp; another process begins anew."""
    digests._input_digest.cache_clear()


def test_other_code_reads_for_itself(project: Project, read: list[str]) -> None:
    load(project)
    read.clear()
    load(project, "another code")
    assert read == ["chain", "clinic"]


def test_where_nothing_can_be_kept_brands_are_read_all_the_same(project: Project) -> None:
    (project.root / "cache").write_text("a file where the folder should be", encoding="utf-8")
    assert len(load(project).brands) == 2
