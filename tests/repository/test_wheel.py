"""The wheel: what a clinic installs, without the repository beside it."""

import hashlib
import json
import tarfile
import zipfile
from pathlib import Path

import pytest
from wheels import ROOT, build_package, build_wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_package("sdist", tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module")
def unpacked(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the sdist holds, at another place, of another day."""
    folder = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(sdist) as archive:
        # Python 3.11.2, Debian 12's, has no filters yet.
        archive.extraction_filter = getattr(tarfile, "data_filter", lambda member, _: member)
        archive.extractall(folder)  # noqa: S202  our own archive
    (source,) = folder.iterdir()
    (source / "PKG-INFO").unlink()  # which the build adds, and adds anew
    for file in source.rglob("*.py"):
        file.touch()
    return source


def test_it_carries_every_built_in_folder_whole(wheel: Path) -> None:
    carried = set(zipfile.ZipFile(wheel).namelist())
    shared = (
        "templates",
        "styles",
        "looks",
        "formats",
        "kinds",
        "languages",
        "countries",
        "rules",
        "fonts",
        "profiles",
    )
    folders = (*shared, "brands/default")
    for folder in folders:
        files = {file.relative_to(ROOT).as_posix() for file in (ROOT / folder).rglob("*") if file.is_file()}
        assert files, folder
        assert {f"handoutpress/_builtin/{file}" for file in files} <= carried


def test_it_carries_every_page_of_the_documentation(wheel: Path) -> None:
    carried = zipfile.ZipFile(wheel).namelist()
    pages = {f"handoutpress/_builtin/docs/{page.name}" for page in (ROOT / "docs").glob("*.md")}
    assert len(pages) > 10
    assert pages <= set(carried)


def test_it_carries_the_sample_and_no_brand_but_the_default(wheel: Path) -> None:
    carried = zipfile.ZipFile(wheel).namelist()
    sample = [name for name in carried if name.startswith("handoutpress/_builtin/sample/")]
    assert "handoutpress/_builtin/sample/references.yaml" in sample
    assert "handoutpress/_builtin/sample/handouts/acupuncture.en.yaml" in sample
    assert "handoutpress/_builtin/sample/articles/acupuncture.en.md" in sample
    brands = {name.split("/")[3] for name in carried if name.startswith("handoutpress/_builtin/brands/")}
    assert brands == {"default"}
    assert not any(name.startswith(("tests/", "docs/", "setup/")) for name in carried)


def test_its_bill_of_materials_names_every_file_of_it_with_its_digest(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".cdx.json")]
        assert ".dist-info/sboms/" in name
        bill = json.loads(archive.read(name))
        listed = {part["name"]: part for part in bill["components"]}
        assert set(listed) == set(archive.namelist())
        packed = [part for part in listed if ".dist-info/" not in part]
        digests = {part: hashlib.sha256(archive.read(part)).hexdigest() for part in packed}
    assert {part: listed[part]["hashes"][0]["content"] for part in packed} == digests
    licences = {part.rpartition(".")[2]: listed[part]["licenses"][0]["license"]["id"] for part in packed}
    assert (licences["ttf"], licences["icc"], licences["js"]) == ("OFL-1.1", "Zlib", "MIT")
    assert bill["metadata"]["component"]["version"] == wheel.name.split("-")[1]


def test_the_wheel_of_the_sdist_is_the_same_byte_for_byte(wheel: Path, unpacked: Path, tmp_path: Path) -> None:
    again = build_package("wheel", tmp_path, unpacked)
    assert again.name == wheel.name
    assert again.read_bytes() == wheel.read_bytes()


@pytest.mark.soak
def test_the_sdist_of_the_sdist_is_the_same_byte_for_byte(sdist: Path, unpacked: Path, tmp_path: Path) -> None:
    assert build_package("sdist", tmp_path, unpacked).read_bytes() == sdist.read_bytes()
