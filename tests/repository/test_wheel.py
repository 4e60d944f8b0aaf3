"""The wheel: what a clinic installs, without the repository beside it."""

import zipfile
from pathlib import Path

import pytest
from wheels import ROOT, build_wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(tmp_path_factory.mktemp("wheel"))


def test_it_carries_every_built_in_folder_whole(wheel: Path) -> None:
    carried = set(zipfile.ZipFile(wheel).namelist())
    shared = ("templates", "styles", "formats", "kinds", "languages", "countries", "rules", "fonts", "profiles")
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
