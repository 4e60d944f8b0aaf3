"""What docs/brands.md shows is true: its examples read, and every key of ours is told."""

from __future__ import annotations

import re
from pathlib import Path

from brands import read_brand
from handoutpress.content.brand.keys import ContactKeys, HandoutKeys
from handoutpress.content.project import Project, builtin_root

TEXT = (Path(__file__).parents[2] / "docs" / "brands.md").read_text(encoding="utf-8")


def test_the_examples_read_without_a_mistake(tmp_path: Path) -> None:
    project = Project(tmp_path.resolve(), builtin_root())
    whole, _people, _country, clinic = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
    for slug, example in {"chain": whole, "eastgate": clinic}.items():
        (tmp_path / "brands" / slug).mkdir(parents=True)
        (tmp_path / "brands" / slug / "_brand.yml").write_text(example, encoding="utf-8")
    assert read_brand(project.root / "brands" / "chain", project).remarks == ()
    assert read_brand(project.root / "brands" / "eastgate", project).short_name == "Eastgate Clinic"


def test_every_key_of_ours_is_told() -> None:
    keys = [*HandoutKeys.model_fields, *ContactKeys.model_fields]
    assert len(keys) >= 12
    assert [key for key in keys if f"`{key}`" not in TEXT] == []


def test_every_built_in_family_is_told() -> None:
    folders = sorted(path.name for path in (builtin_root() / "fonts").iterdir() if path.is_dir())
    assert folders
    assert [name for name in folders if name.replace("-", " ") not in TEXT.lower()] == []
