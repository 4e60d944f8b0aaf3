"""A site that several processes write: the same files, and the same sentence where one cannot be written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from press_room import BRAND, change
from site_room import contents, made, site_project

from handoutpress.app.site.making import make_site
from handoutpress.yamlfile.problems import HandoutError


def test_several_processes_write_what_one_does_and_say_what_they_cannot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = site_project(tmp_path)
    change(project.root / "project.yaml", lambda keys: keys["site"].update(base="https://hill.example/{brand}"))
    brand = project.root / "brands/dale/_brand.yml"
    brand.parent.mkdir()
    brand.write_text((project.root / BRAND).read_text("utf-8").replace("Hill", "Dale"), encoding="utf-8")
    by_one = contents(made(project).folder)
    monkeypatch.setattr("handoutpress.app.site.making.cores", lambda: 2)
    monkeypatch.setattr("handoutpress.app.site.making.MANY_CLINICS", 1)
    monkeypatch.setattr("handoutpress.site.site_writer.WORTH_PROCESSES", 1)
    monkeypatch.setattr("handoutpress.site.site_writer.FileWriter", None)  # nothing is written in this one
    other = tmp_path / "other"
    make_site(project, out=other)
    assert contents(other) == by_one
    shutil.rmtree(other / "dale")
    (other / "dale").write_bytes(b"in the way")
    with pytest.raises(HandoutError, match=r"The site cannot be written: .*dale"):
        make_site(project, out=other)
