"""A project lies over the built-in folders, file by file, and nothing is read outside the two."""

from __future__ import annotations

from pathlib import Path

import pytest

from handoutpress.content.project import Project, find_project
from handoutpress.yamlfile.problems import HandoutError


@pytest.fixture
def project(tmp_path: Path) -> Project:
    root, builtin = tmp_path / "clinic", tmp_path / "builtin"
    for name in ("handouts/a.en.yaml", "formats/own.yaml", "formats/a4.yaml", "brands/river/_brand.yml"):
        write(root / name)
    for name in ("formats/a4.yaml", "formats/letter.yaml", "brands/default/_brand.yml", "brands/hill/_brand.yml"):
        write(builtin / name)
    write(tmp_path / "secret.yaml")
    return Project(root.resolve(), builtin.resolve())


def write(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x")


def test_the_projects_files_hide_built_in_ones(project: Project) -> None:
    assert project.files("formats") == {
        "a4": project.root / "formats/a4.yaml",
        "letter": project.builtin / "formats/letter.yaml",
        "own": project.root / "formats/own.yaml",
    }
    assert project.file("formats/letter.yaml") == project.builtin / "formats/letter.yaml"


def test_only_the_default_brand_is_built_in(project: Project) -> None:
    assert list(project.files("brands", "*/_brand.yml")) == ["default", "river"]


def test_a_missing_file_is_an_error(project: Project) -> None:
    with pytest.raises(HandoutError, match="no file"):
        project.file("formats/gone.yaml")


@pytest.mark.parametrize("name", ["../secret.yaml", "formats/../../secret.yaml", "/etc/passwd", "formats/link.yaml"])
def test_nothing_outside_is_found(project: Project, name: str) -> None:
    (project.root / "formats/link.yaml").symlink_to(project.root.parent / "secret.yaml")
    with pytest.raises(HandoutError):
        project.file(name)


def test_what_lies_inside_is_known(project: Project) -> None:
    assert project.contains(project.root / "formats/own.yaml")
    assert project.contains(project.builtin / "formats/letter.yaml")
    assert not project.contains(project.root / ".." / "secret.yaml")
    assert not project.contains(Path("/etc/passwd"))


def test_paths_are_shown_from_the_project(project: Project) -> None:
    assert project.show(project.root / "formats/own.yaml") == "formats/own.yaml"
    assert project.show(project.builtin / "formats/letter.yaml") == "built-in/formats/letter.yaml"


def test_a_project_is_found_from_within(project: Project) -> None:
    assert find_project(project.root / "handouts").root == project.root
    with pytest.raises(HandoutError, match="handouts init"):
        find_project(project.builtin)
