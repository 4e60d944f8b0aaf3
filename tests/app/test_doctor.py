"""The doctor: its page of logos, and what many brands share said once."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from press_room import clinic, write_handout

from handoutpress.app.doctor import diagnose
from handoutpress.app.new import new_project
from handoutpress.app.project import open_project
from handoutpress.content.project import Project
from handoutpress.yamlfile.problems import HandoutError

COUNTED = re.compile(r"The check has (\d+) warnings, which stop no build\. Hint: see them with: handouts check ")


@pytest.fixture
def chain(tmp_path: Path) -> Project:
    """A chain with a white logo and a pale colour, and three clinics that take all of it."""
    root = clinic(tmp_path / "clinic")
    (root / "brands" / "chain").mkdir()
    logo = Image.new("RGBA", (400, 200))
    ImageDraw.Draw(logo).ellipse((20, 20, 180, 180), "#ffffff")
    logo.save(root / "brands" / "chain" / "logo.png")
    (root / "brands" / "chain" / "_brand.yml").write_text(
        "meta: {name: Chain}\nlogo: logo.png\ncolor: {primary: '#20405a', link: '#ffd500'}\n"
        "defaults: {handout: {country: gb}}\n",
        "utf-8",
    )
    for name in ("east", "north", "west"):
        (root / "brands" / name).mkdir()
        text = f"meta: {{name: {name.title()} Clinic}}\ndefaults: {{handout: {{extends: ../chain}}}}\n"
        (root / "brands" / name / "_brand.yml").write_text(text, "utf-8")
    return open_project(root)


def test_what_brands_share_is_said_once(chain: Project) -> None:
    remarks = [remark for remark in diagnose(chain).remarks if "chain" in remark]
    assert len(remarks) == 2
    assert all("brands/chain/_brand.yml (and 3 more): " in remark for remark in remarks)


def test_a_picture_that_a_brand_without_a_logo_does_not_name_is_told(chain: Project) -> None:
    folder = chain.root / "brands" / "alone"
    folder.mkdir()
    (folder / "_brand.yml").write_text("meta: {name: Alone}\ndefaults: {handout: {country: gb}}\n", "utf-8")
    Image.new("RGB", (400, 200), "#20405a").save(folder / "our logo.png")
    Image.new("RGB", (400, 200), "#20405a").save(folder / "door.png")
    (chain.root / "brands" / "east" / "east.svg").write_text("<svg/>", "utf-8")
    told = [remark for remark in diagnose(chain).remarks if "nothing names it" in remark]
    assert len(told) == 1
    assert "alone/_brand.yml: our logo.png lies beside it" in told[0]
    assert told[0].endswith("Hint: write the line: logo: our logo.png")


def test_a_number_that_nobody_names_is_among_the_warnings_that_are_counted(tmp_path: Path) -> None:
    root = clinic(tmp_path / "clinic")
    before = _warnings(open_project(root))
    write_handout(root, after_care="- Call the ward on 01632 960 999.")
    assert _warnings(open_project(root)) == before + 1


def _warnings(project: Project) -> int:
    """Return how many warnings the doctor says that the check has."""
    (sentence,) = diagnose(project).warnings
    told = COUNTED.match(sentence)
    assert told, sentence
    return int(told[1])


def test_the_page_shows_each_logo_once_and_is_the_same_again(chain: Project) -> None:
    page = diagnose(chain).page
    assert page is not None
    text = page.read_text("utf-8")
    assert text.count("data:image/png;base64,") == 1
    assert "<h2>chain, east, north, west</h2>" in text
    assert "it is printed on #20405a, the primary colour" in text
    assert "http" not in text.replace("http-equiv", "")
    shutil.rmtree(chain.root / ".handoutpress")
    assert diagnose(chain).page == page
    assert page.read_text("utf-8") == text


def test_a_folder_whose_name_is_not_utf_8_is_told(tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/Praxis M\xfcller"))
    with pytest.raises(HandoutError, match="Praxis M\ufffdller is not UTF-8"):
        new_project(folder)
    assert not folder.exists()
    clinic(folder)
    with pytest.raises(HandoutError, match="is not UTF-8"):
        open_project(folder)


def test_a_brand_whose_folders_name_is_not_utf_8_is_told(tmp_path: Path) -> None:
    root = clinic(tmp_path / "clinic")
    shutil.copytree(root / "brands" / "hill", Path(os.fsdecode(os.fsencode(root) + b"/brands/M\xfcller")))
    with pytest.raises(HandoutError, match="is not UTF-8"):
        diagnose(open_project(root))


def test_the_page_of_inks_shows_brands_that_print_alike_together_and_only_when_asked(chain: Project) -> None:
    assert diagnose(chain).ink_page is None
    diagnosis = diagnose(chain, inks=True)
    assert diagnosis.ink_page is not None
    text = diagnosis.ink_page.read_text("utf-8")
    assert "<h2>chain, east, north, west</h2>" in text
    assert "FOGRA39L Coated" in text
    assert re.search(r"primary<br>#20405a.*?\d+% \d+% \d+% \d+%", text, re.DOTALL)
    assert "http" not in text.replace("http-equiv", "")
    assert diagnosis.unmixable == text.count("it prints duller")
    assert diagnose(chain, inks=True).ink_page == diagnosis.ink_page
    assert diagnosis.ink_page.read_text("utf-8") == text
